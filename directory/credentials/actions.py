"""Writing what is claimed and what was checked. Nothing here commits: callers stand inside `transaction()`."""

from datetime import date

from directory import clock
from directory.catalog.models import TrainingBody
from directory.credentials.models import Credential
from directory.credentials.rules import Kind
from directory.database import db
from directory.jurisdictions.models import Regulator
from directory.practitioners.models import Practitioner


def claim(
    *,
    practitioner: Practitioner,
    kind: Kind,
    time_zone: str,
    jurisdiction_code: str | None = None,
    issuer: str | None = None,
    regulator: Regulator | None = None,
    training_body: TrainingBody | None = None,
    title: str | None = None,
    number: str | None = None,
    limits: str | None = None,
    hours_total: float | None = None,
    hours_in_person: float | None = None,
    completed_on: date | None = None,
    expires_on: date | None = None,
    claimed_on: date | None = None,
    supersedes: Credential | None = None,
) -> Credential:
    """A credential as its holder states it, flushed: attested, so an own statement until it is checked.

    `claimed_on` is today in `time_zone` unless it is given.
    """
    credential = Credential(
        practitioner=practitioner,
        kind=kind,
        issuer=issuer,
        regulator=regulator,
        training_body=training_body,
        title=title,
        number=number,
        jurisdiction_code=jurisdiction_code,
        time_zone=time_zone,
        limits=limits,
        hours_total=hours_total,
        hours_in_person=hours_in_person,
        completed_on=completed_on,
        expires_on=expires_on,
        claimed_on=claimed_on or clock.today(time_zone),
        supersedes_id=supersedes.id if supersedes else None,
    )
    db.session.add(credential)
    db.session.flush()
    return credential
