"""Questions to ask, the printable sheet, and how we check."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from directory.catalog.queries import clocks
from directory.credentials.rules import Status
from directory.guidance import question_queries as queries
from directory.guidance.blueprint import blueprint
from directory.web.access import public

LONGEST_ANSWER = 100  # letters: as many such answers as there can be still fit one page, in either language
LONGEST_CHOICE = 9  # groups kept in the address of the large print


@blueprint.get("/questions/")
@public
def questions() -> ResponseReturnValue:
    """Every question by group, with what to listen for, and the form that makes a sheet."""
    typed = request.args.get("condition", "")
    asked = queries.asked(condition=typed)
    page = render_template("guidance/questions.html", asked=asked, groups=queries.groups(), typed=typed)
    return page, 422 if asked.unknown else 200


@blueprint.get("/questions/sheet")
@public
def sheet() -> ResponseReturnValue:
    """One page to print, about a condition and for a practitioner when they are given."""
    typed = request.args.get("condition", "")
    asked = queries.asked(condition=typed, practitioner=request.args.get("practitioner", ""))
    groups = request.args.getlist("group")
    page = render_template(
        "guidance/sheet.html",
        sheet=queries.sheet(asked, groups),
        typed=typed,
        groups=groups[:LONGEST_CHOICE],
        is_large=request.args.get("large") == "1",
        limit=LONGEST_ANSWER,
    )
    return page, 422 if asked.unknown else 200


@blueprint.get("/how-we-check")
@public
def how_we_check() -> ResponseReturnValue:
    """Each status as it looks, what it means, and how often we look."""
    looks = {standing.status: standing for standing in queries.example_standings()}
    return render_template("guidance/how_we_check.html", looks=looks, statuses=list(Status), clocks=clocks())
