"""Reference data and the demo world, loaded into an empty or living database."""

from flask import Flask

from directory.seed import cli

__all__ = ["cli", "init_app"]


def init_app(app: Flask) -> None:
    """Register the room's addresses and commands."""
    app.cli.add_command(cli.seed)
