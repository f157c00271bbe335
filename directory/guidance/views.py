"""Home, the condition guides and the general guides."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from directory.catalog import queries as catalog
from directory.guidance import queries, rules
from directory.guidance.blueprint import blueprint
from directory.web.access import public
from directory.web.locale import language


@blueprint.get("/")
@public
def home() -> ResponseReturnValue:
    """Find someone near: the search, what the proof levels mean, and a way in by body area."""
    short = sum(q.on_short_sheet for q in catalog.questions())
    return render_template("guidance/home.html", areas=queries.areas(), guides=catalog.documents("guide"), short=short)


@blueprint.get("/conditions/")
@public
def conditions() -> ResponseReturnValue:
    """Every condition by part of the body; a typed word leads to its guide, or to near ones."""
    typed = request.args.get("q", "").strip()
    match = catalog.match_condition(typed)
    if match.condition:
        return redirect(url_for("guidance.condition", slug=match.condition.slug))
    return render_template("guidance/conditions.html", areas=queries.areas(), typed=typed, near=match.near)


@blueprint.get("/conditions/<string:slug>")
@public
def condition(slug: str) -> ResponseReturnValue:
    """One guide: doctor first, what it is, what to ask, what is known. Any other name leads to it."""
    found = catalog.match_condition(slug).condition
    if found is not None and found.slug != slug:
        return redirect(url_for("guidance.condition", slug=found.slug))
    return render_template("guidance/condition.html", page=queries.condition_page(slug))


@blueprint.get("/guides/")
@public
def guides() -> ResponseReturnValue:
    """The general guides, and the words people may meet."""
    listed = catalog.documents("guide")
    return render_template(
        "guidance/guides.html",
        guides=listed,
        openings={d.slug: rules.opening(d.body["blocks"], language()) for d in listed},
        terms=catalog.documents("term"),
        emergency_text=catalog.document("safety", "emergency"),
    )


@blueprint.get("/guides/<string:slug>")
@public
def guide(slug: str) -> ResponseReturnValue:
    """One general guide."""
    return render_template("guidance/guide.html", page=queries.guide_page(slug))
