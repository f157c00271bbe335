"""Files in: rosters of practitioners, streamed, validated row by row."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Register the room's addresses and commands."""
