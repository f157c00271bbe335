"""Who may call which route. Shut by default: a view that says nothing answers 403 and fails the build."""

from collections.abc import Callable
from enum import StrEnum
from typing import Any, TypeVar

from flask import Flask, current_app, request

from directory.web.errors import Forbidden

View = TypeVar("View", bound=Callable[..., Any])
PUBLIC = "public"


class Permission(StrEnum):
    """What a signed-in person may do; alphabetical."""

    CREDENTIAL_DECIDE = "credential:decide"
    RECORD_EDIT = "record:edit"


def public(view: View) -> View:
    """Anyone may call this view, signed in or not."""
    view.access = PUBLIC  # type: ignore[attr-defined]
    return view


def requires(permission: Permission) -> Callable[[View], View]:
    """Only a person whose roles hold `permission` may call this view."""

    def declare(view: View) -> View:
        view.access = permission  # type: ignore[attr-defined]
        return view

    return declare


def access_of(app: Flask, endpoint: str) -> str | None:
    """What the view behind an endpoint declares; None when it says nothing."""
    return getattr(app.view_functions[endpoint], "access", None)


def init_app(app: Flask) -> None:
    """Stand at the door of every request."""
    app.before_request(_guard)


def _guard() -> None:
    """Nobody holds a permission before there are accounts, so whatever is not public is shut."""
    if request.endpoint is not None and access_of(current_app, request.endpoint) != PUBLIC:
        raise Forbidden
