"""What people type into an address or a form, without the characters that nobody types and no page may hold."""

from flask import Flask, Request, request
from werkzeug.datastructures import ImmutableMultiDict, MultiDict
from werkzeug.utils import cached_property

from directory.web.errors import NotFound
from directory.words import printable


class TypedRequest(Request):
    """A request whose typed values hold no control characters, so that each may be shown again as it is."""

    @cached_property
    def args(self) -> "MultiDict[str, str]":
        return ImmutableMultiDict((name, printable(value)) for name, value in super().args.items(multi=True))

    @cached_property
    def form(self) -> "ImmutableMultiDict[str, str]":
        return ImmutableMultiDict((name, printable(value)) for name, value in super().form.items(multi=True))


def init_app(app: Flask) -> None:
    """Clean what is typed; an address with a control character in its path leads nowhere."""
    app.request_class = TypedRequest
    app.before_request(_refuse_unprintable_paths)


def _refuse_unprintable_paths() -> None:
    if printable(request.path) != request.path:
        raise NotFound
