"""Reference data and the demo world, loaded into an empty or living database."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Register the room's addresses and commands."""
