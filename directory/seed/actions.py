"""Filling a database: the catalogue from its files, and the invented people of the demo world."""

from sqlalchemy import select

from directory import database
from directory.audit.record import record
from directory.catalog import actions as catalog
from directory.catalog.actions import Written
from directory.catalog.models import Condition, Profession
from directory.database import db
from directory.jurisdictions import actions as jurisdictions
from directory.practitioners.models import ConditionTreated, Practitioner
from directory.seed import demo


def seed_catalog(*, actor: str = "cli") -> dict[str, Written]:
    """Bring the reference data to what its files say, in the open transaction. Raises ContentError.

    Records one event when something changed; a second run changes nothing. People whose condition or profession
    changed count as changed themselves, so that whoever follows them hears of it.
    """
    written = catalog.load()
    db.session.flush()
    written |= jurisdictions.load()
    totals = {verb: sum(len(getattr(w, verb)) for w in written.values()) for verb in ("added", "changed", "removed")}
    if any(totals.values()):
        record("catalog:seed", actor=actor, subject="catalog", **totals)
    db.session.flush()
    database.changed(_people_touched(written))
    return written


def seed_demo() -> int:
    """Add the demo world, in the open transaction; the number of people added, 0 when it is there already."""
    return demo.build()


def _people_touched(written: dict[str, Written]) -> set[int]:
    """The ids of practitioners who treat a condition, or belong to a profession, that is no longer as it was."""
    conditions = written["conditions"].changed | written["conditions"].removed
    professions = written["professions"].changed | written["professions"].removed
    treating = (
        select(ConditionTreated.practitioner_id)
        .join(Condition, Condition.id == ConditionTreated.condition_id)
        .where(Condition.slug.in_(conditions))
    )
    belonging = (
        select(Practitioner.id)
        .join(Profession, Profession.id == Practitioner.profession_id)
        .where(Profession.slug.in_(professions))
    )
    return {*db.session.scalars(treating), *db.session.scalars(belonging)}
