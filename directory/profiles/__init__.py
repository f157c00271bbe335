"""The public record of one practitioner: the chain of facts, and the code that leads to it."""

from flask import Flask

from directory.audit import models as audit_models
from directory.credentials import models as credential_models
from directory.profiles.views import blueprint

__all__ = ["audit_models", "credential_models", "init_app"]


def init_app(app: Flask) -> None:
    """Register the room's addresses and commands."""
    app.register_blueprint(blueprint)
