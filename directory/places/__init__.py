"""Where a typed place is, with no call to the outside."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Register the room's addresses and commands."""
