"""What a patient reads: home, condition guides, general guides, questions and the sheet, how we check."""

from flask import Flask

from directory.guidance import api_views, question_views, views
from directory.guidance.blueprint import blueprint

__all__ = ["api_views", "init_app", "question_views", "views"]


def init_app(app: Flask) -> None:
    """Register the room's addresses and commands."""
    app.register_blueprint(blueprint)
