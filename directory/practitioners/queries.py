"""Reads of practitioners. What a reader may not see is not found."""

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import joinedload, selectinload

from directory.database import db
from directory.practitioners.models import ConditionTreated, PracticeLocation, Practitioner
from directory.web.errors import NotFound


def public_by_slug(slug: str) -> Practitioner:
    """A listed or an unlisted person, with practices, conditions and answers. Raises NotFound. Four statements."""
    found = _one(Practitioner.slug == slug, slug)
    if found is None:
        raise NotFound
    return found


def public_by_code(code: str) -> Practitioner | None:
    """The same by the record code in its written form; None when there is no such record to see."""
    return _one(Practitioner.code == code, code)


def listed_by_slug(slug: str) -> Practitioner:
    """A person the search may show. Raises NotFound for everyone else."""
    found = public_by_slug(slug)
    if found.visibility != "listed":
        raise NotFound
    return found


def _one(matches: ColumnElement[bool], text: str) -> Practitioner | None:
    if "\0" in text:  # PostgreSQL takes no such text
        return None
    return db.session.scalar(
        select(Practitioner)
        .where(matches, Practitioner.visibility != "hidden")
        .options(
            joinedload(Practitioner.profession),
            selectinload(Practitioner.locations).joinedload(PracticeLocation.jurisdiction),
            selectinload(Practitioner.conditions).joinedload(ConditionTreated.condition),
            selectinload(Practitioner.answers),
        )
    )
