"""What a patient reads: home, condition guides, general guides, questions and the sheet, how we check."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Register the room's addresses and commands."""
