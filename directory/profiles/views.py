"""The public page of one practitioner, and the way from a record code to it."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from directory.catalog import queries as catalog
from directory.practitioners import queries as practitioners
from directory.practitioners.rules import read_code
from directory.profiles import documents, queries, rules
from directory.web.access import public
from directory.web.locale import language
from directory.web.templating import absolute

blueprint = Blueprint("profiles", __name__)


@blueprint.get("/practitioners/<string:slug>")
@public
def show(slug: str) -> ResponseReturnValue:
    """A listed record in full; of an unlisted one, only that nobody has claimed it."""
    person = practitioners.public_by_slug(slug)
    if person.visibility != "listed":
        return render_template("profiles/unlisted.html", person=person, body=queries.licensing_body_for(person))
    condition = catalog.match_condition(request.args.get("condition", "")).condition
    record = queries.record_of(person, condition)
    return render_template(
        "profiles/show.html",
        record=record,
        condition=condition,
        initials=rules.initials(person.given_name, person.family_name),
        linked_data=documents.linked_data(record, absolute(url_for("profiles.show", slug=slug)), language()),
    )


@blueprint.get("/verify/")
@public
def verify() -> ResponseReturnValue:
    """The field for a record code, and where a typed one leads."""
    typed = request.args.get("code", "").strip()
    code = read_code(typed)
    if code:
        return redirect(url_for("profiles.verify_code", code=code))
    return render_template("profiles/verify.html", typed=typed, written=None), 422 if typed else 200


@blueprint.get("/verify/<string:code>")
@public
def verify_code(code: str) -> ResponseReturnValue:
    """What stands behind a record code now, or plainly that nothing does."""
    written = read_code(code)
    if written and written != code:
        return redirect(url_for("profiles.verify_code", code=written))
    person = practitioners.public_by_code(written) if written else None
    if person is None:
        return render_template("profiles/verify.html", typed=code, written=written), 404
    return render_template("profiles/verify_code.html", found=queries.lookup_of(person))


@blueprint.get("/api/v1/practitioners/<string:slug>")
@public
def api(slug: str) -> ResponseReturnValue:
    """A listed record for programs."""
    return documents.as_json(queries.record_of(practitioners.listed_by_slug(slug)))
