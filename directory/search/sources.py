"""What the index is made from: the public record of many practitioners at once, as plain values, no ORM objects."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sqlalchemy import exists, select
from sqlalchemy.orm import aliased

from directory.catalog.models import Condition
from directory.credentials.models import Check as CheckRow
from directory.credentials.models import Credential
from directory.credentials.queries import source_of
from directory.credentials.rules import Check, Claim, Kind, Verification
from directory.database import any_of, db
from directory.practitioners.models import ConditionTreated, PracticeLocation, Practitioner

BATCH = 1000  # people read at once; a few MB of memory


class Held(NamedTuple):
    """One credential in force: what was claimed, what was found (oldest first), and where and until when it counts."""

    kind: Kind
    region: str | None
    zone: str
    claim: Claim
    checks: tuple[Check, ...]


@dataclass
class Record:
    """One listed practitioner. `person` and `locations` are rows with the columns of PERSON and LOCATION."""

    person: Any
    locations: list[Any] = field(default_factory=list)
    conditions: list[int] = field(default_factory=list)
    held: list[Held] = field(default_factory=list)


_P, _L = Practitioner, PracticeLocation
PERSON = (
    _P.id, _P.code, _P.slug, _P.given_name, _P.family_name, _P.pronoun, _P.profession_id, _P.languages, _P.visit_modes,
    _P.accepting_new, _P.origin,
)  # fmt: skip
LOCATION = (
    _L.practitioner_id, _L.id, _L.name, _L.street, _L.locality, _L.region, _L.lat, _L.lon, _L.precision, _L.currency,
    _L.first_visit_price,
)  # fmt: skip


def listed_ids(size: int = BATCH) -> Iterator[list[int]]:
    """The ids of everyone search may show, in order, some at a time."""
    last = 0
    while ids := list(
        db.session.scalars(select(_P.id).where(_P.visibility == "listed", _P.id > last).order_by(_P.id).limit(size))
    ):
        yield ids
        last = ids[-1]


def records(ids: Sequence[int]) -> list[Record]:
    """The listed among these practitioners, by id. Five statements, however many."""
    people = db.session.execute(select(*PERSON).where(any_of(_P.id, ids), _P.visibility == "listed").order_by(_P.id))
    found = {row.id: Record(row) for row in people}
    for place in db.session.execute(select(*LOCATION).where(any_of(_L.practitioner_id, found)).order_by(_L.id)):
        found[place.practitioner_id].locations.append(place)
    treated = select(ConditionTreated.practitioner_id, ConditionTreated.condition_id)
    for owner, condition in db.session.execute(treated.where(any_of(ConditionTreated.practitioner_id, found))):
        found[owner].conditions.append(condition)
    for owner, held in _held(list(found)):
        found[owner].held.append(held)
    return list(found.values())


def parents() -> dict[int, int]:
    """The group of each condition that belongs to one."""
    rows = db.session.execute(select(Condition.id, Condition.parent_id).where(Condition.parent_id.is_not(None)))
    return {child: parent for child, parent in rows if parent is not None}


def _held(ids: Sequence[int]) -> Iterator[tuple[int, Held]]:
    """Each credential in force of these practitioners, oldest first: not withdrawn, not superseded."""
    later = aliased(Credential)
    credentials = db.session.execute(
        select(
            Credential.id, Credential.practitioner_id, Credential.kind, Credential.jurisdiction_code,
            Credential.time_zone, Credential.claimed_on, Credential.expires_on,
        )
        .where(any_of(Credential.practitioner_id, ids), Credential.withdrawn_on.is_(None))
        .where(~exists().where(later.supersedes_id == Credential.id))
        .order_by(Credential.id)
    ).all()  # fmt: skip
    checks = _checks([row.id for row in credentials])
    for key, owner, kind, region, zone, claimed_on, expires_on in credentials:
        yield owner, Held(Kind(kind), region, zone, Claim(claimed_on, expires_on), tuple(checks.get(key, ())))


def _checks(credential_ids: Sequence[int]) -> dict[int, list[Check]]:
    """The checks of each credential as values, oldest first."""
    found: dict[int, list[Check]] = defaultdict(list)
    rows = db.session.execute(
        select(
            CheckRow.credential_id, CheckRow.status, CheckRow.performed_on, CheckRow.need, CheckRow.validation_type,
            CheckRow.found, CheckRow.next_due_on,
        )
        .where(any_of(CheckRow.credential_id, credential_ids))
        .order_by(CheckRow.performed_at, CheckRow.id)
    )  # fmt: skip
    for key, status, day, need, validation_type, holder, due in rows:
        found[key].append(Check(Verification(status), day, source_of(need, validation_type), holder, due))
    return found
