"""Who is near, and what is proven about them."""

from flask import Flask

from directory import database
from directory.search import cli, index, views

__all__ = ["init_app"]


def init_app(app: Flask) -> None:
    """Register the room's addresses and commands, and have the index follow every change."""
    database.subscribe(app, index.refresh)
    app.register_blueprint(views.blueprint)
    app.register_blueprint(cli.blueprint)
