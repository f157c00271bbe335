"""Domain errors and the pages they become, in one place."""

from http import HTTPStatus

from flask import Flask, current_app, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from directory.web.locale import is_machine_path


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


def init_app(app: Flask) -> None:
    """Every error becomes a page for people and JSON for machines; none shows a trace."""
    app.register_error_handler(DomainError, lambda error: answer(error.status))
    app.register_error_handler(HTTPException, _http_answer)
    app.register_error_handler(Exception, _unexpected_answer)


def answer(status: int) -> ResponseReturnValue:
    """The page, or for machines the JSON, of an error status."""
    if is_machine_path(request.path):
        return {"error": HTTPStatus(status).phrase}, status
    return render_template("errors/error.html", status=status if status in PAGES else 400), status


def _http_answer(error: HTTPException) -> ResponseReturnValue:
    if error.code is None or error.code < 400:
        return error.get_response()
    return answer(error.code)


def _unexpected_answer(error: Exception) -> ResponseReturnValue:
    current_app.logger.error("unexpected error on %s", request.endpoint, exc_info=error)
    return answer(500)
