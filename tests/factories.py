"""One function a model, with unsurprising defaults; for use inside `with transaction():` on the catalogue."""

from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import select

from directory.catalog.models import Condition, Profession
from directory.credentials.models import Check, CheckSource, Credential
from directory.database import db
from directory.practitioners import actions
from directory.practitioners.models import ConditionTreated, PracticeLocation, Practitioner

TODAY = date(2026, 11, 21)


def practitioner(
    *, profession: str = "physiotherapist", conditions: tuple[str, ...] = (), **fields: Any
) -> Practitioner:
    """A listed physiotherapist, Ada Example, with no practice yet."""
    defaults: dict[str, Any] = {
        "given_name": "Ada",
        "family_name": "Example",
        "pronoun": "she",
        "visibility": "listed",
        "origin": "own",
        "languages": ["en"],
        "visit_modes": ["in-person"],
        "accepting_new": "yes",
        "attested_on": TODAY,
    }
    held = db.session.scalars(select(Profession).where(Profession.slug == profession)).one()
    person = actions.create(profession=held, **defaults | fields)
    for slug in conditions:
        treated = db.session.scalars(select(Condition).where(Condition.slug == slug)).one()
        person.conditions.append(ConditionTreated(condition=treated))
    db.session.flush()
    return person


def location(person: Practitioner, **fields: Any) -> PracticeLocation:
    """A clinic in Guelph, the person's next one."""
    defaults: dict[str, Any] = {
        "position": len(person.locations),
        "name": "Example Clinic",
        "street": "1 Example Street",
        "locality": "Guelph",
        "region": "CA-ON",
        "postal_code": "N1G 1A1",
        "lat": 43.53,
        "lon": -80.24,
        "precision": "address",
    }
    place = PracticeLocation(**defaults | fields)
    person.locations.append(place)
    db.session.flush()
    return place


def credential(person: Practitioner, **fields: Any) -> Credential:
    """An Ontario licence, claimed today and not yet checked."""
    kind = fields.get("kind", "licence")
    defaults: dict[str, Any] = {
        "kind": kind,
        "issuer": "Example College",
        "number": "00001",
        "jurisdiction_code": "CA-ON" if kind in {"licence", "permission"} else None,
        "time_zone": "America/Toronto",
        "claimed_on": TODAY,
    }
    held = Credential(practitioner=person, **defaults | fields)
    db.session.add(held)
    db.session.flush()
    return held


def check(held: Credential, **fields: Any) -> Check:
    """The issuer confirmed it today, good for 90 days."""
    performed_on: date = fields.get("performed_on", TODAY)
    defaults: dict[str, Any] = {
        "status": "validated",
        "need": "periodic",
        "validation_type": "primary",
        "validation_process": "primary",
        "failure_action": "warn",
        "found": "active",
        "performed_on": performed_on,
        "performed_at": datetime.combine(performed_on, time(17), UTC),
        "performed_by": "reviewer:1",
        "next_due_on": date(2027, 2, 19),
    }
    made = Check(**defaults | fields)
    held.checks.append(made)
    db.session.flush()
    return made


def source(made: Check, **fields: Any) -> CheckSource:
    """The issuer's public register, which answered."""
    defaults: dict[str, Any] = {
        "who": "Example College",
        "type": "lic-board",
        "communication_method": "portal",
        "validation_status": "successful",
        "validated_on": made.performed_on,
        "address": "https://register.example.org/",
    }
    found = CheckSource(**defaults | fields)
    made.sources.append(found)
    db.session.flush()
    return found
