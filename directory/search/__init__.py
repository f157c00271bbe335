"""Who is near, and what is proven about them."""

from flask import Flask

from directory import database
from directory.search import index

__all__ = ["init_app"]


def init_app(app: Flask) -> None:
    """Register the room's addresses and commands, and have the index follow every change."""
    database.subscribe(app, index.refresh)
