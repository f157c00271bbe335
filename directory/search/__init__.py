"""Who is near, and what is proven about them."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Register the room's addresses and commands."""
