"""The search as a page and for programs."""

from http import HTTPStatus

import orjson
from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from directory.search import asking, documents, pages
from directory.web.access import public
from directory.web.locale import language

blueprint = Blueprint("search", __name__)
NEIGHBOURS = 3
STATUSES = {
    asking.INVALID: HTTPStatus.UNPROCESSABLE_ENTITY,
    asking.UNKNOWN_CONDITION: HTTPStatus.NOT_FOUND,
    asking.UNKNOWN_PLACE: HTTPStatus.NOT_FOUND,
}


@blueprint.get("/search")
@public
def results() -> ResponseReturnValue:
    """Who is near and what is proven about them; or what to change so that someone is found."""
    answer = asking.answer(request.args.items(multi=True), language(), neighbours=NEIGHBOURS)
    page = render_template("search/results.html", page=pages.page_of(answer))
    return page, STATUSES.get(answer.outcome, HTTPStatus.OK)


@blueprint.get("/api/v1/search")
@public
def api() -> ResponseReturnValue:
    """The same for programs."""
    status, body = documents.as_json(asking.answer(request.args.items(multi=True), language(), neighbours=0))
    return Response(orjson.dumps(body), status, mimetype="application/json")
