"""Domain errors and the pages they become, in one place."""

from http import HTTPStatus

from flask import Flask, Response, current_app, make_response, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from directory.web.locale import is_machine_path
from directory.words import printable


class DomainError(Exception):
    """Something the product forbids or cannot find; subclasses say which answer it is."""

    status = HTTPStatus.BAD_REQUEST


class NotFound(DomainError):
    """There is no such thing, or not for the person who asks."""

    status = HTTPStatus.NOT_FOUND


class Forbidden(DomainError):
    """The person who asks may not."""

    status = HTTPStatus.FORBIDDEN


PAGES = {400, 403, 404, 405, 409, 413, 414, 429, 500, 503}
TOLD = {"Allow", "Retry-After"}
KEPT = ("condition", "near")


def init_app(app: Flask) -> None:
    """Every error becomes a page for people and JSON for machines; none shows a trace."""
    app.register_error_handler(DomainError, lambda error: answer(error.status))
    app.register_error_handler(HTTPException, _http_answer)
    app.register_error_handler(Exception, _unexpected_answer)


def answer(status: int) -> Response:
    """The page, or for machines the JSON, of an error status. The page keeps what was typed into a search."""
    if is_machine_path(request.path):
        return make_response({"error": HTTPStatus(status).phrase}, status)
    typed = {name: request.args.get(name, "")[:200] for name in KEPT}
    shown = status if status in PAGES else 400
    page = render_template(
        "errors/error.html", status=shown, typed=typed, path=printable(request.root_path + request.path)[:120]
    )
    return make_response(page, status)


def _http_answer(error: HTTPException) -> ResponseReturnValue:
    if error.code is None or error.code < 400:
        return error.get_response()
    response = answer(error.code)
    response.headers.extend({name: value for name, value in error.get_headers() if name in TOLD})
    return response


def _unexpected_answer(error: Exception) -> ResponseReturnValue:
    current_app.logger.error("unexpected error on %s", request.endpoint, exc_info=error)
    return answer(500)
