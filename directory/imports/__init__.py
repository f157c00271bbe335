"""Files in: rosters of practitioners, streamed, validated row by row."""

from flask import Flask

from directory.imports import cli

__all__ = ["cli", "init_app"]


def init_app(app: Flask) -> None:
    """Register the room's commands."""
    app.cli.add_command(cli.files)
