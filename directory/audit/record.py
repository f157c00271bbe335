"""The one way an event is written."""

from typing import Any

from directory import clock
from directory.audit.models import Event
from directory.audit.tags import TAGS
from directory.database import db


def record(tag: str, *, actor: str, subject: str, **data: Any) -> None:
    """Add an event to the open transaction. Raises ValueError when its keys are not those of the tag."""
    if TAGS[tag] != data.keys():
        raise ValueError(f"{tag} carries {sorted(TAGS[tag])}, not {sorted(data)}")
    db.session.add(Event(at=clock.now(), tag=tag, actor=actor, subject=subject, data=data))
