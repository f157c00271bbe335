"""The database has the last word: what each named constraint refuses, beside a row like it that passes."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import CheckConstraint, UniqueConstraint, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from directory.credentials.models import Check, CheckSource, Credential
from directory.credentials.rules import HOLDER_STATUSES, PROCESSES, SOURCE_TYPES, Kind, Verification
from directory.database import Base, changed, db, transaction
from tests import factories

CREDENTIAL, CHECK, SOURCE = (
    Base.metadata.tables[name] for name in ("credential", "verification_check", "check_source")
)
NOON = datetime(2026, 11, 21, 17, tzinfo=UTC)
TRAINING = {"kind": "training", "time_zone": "America/Toronto", "claimed_on": date(2026, 11, 21), "version": 1}
LICENCE = TRAINING | {"kind": "licence", "jurisdiction_code": "CA-ON"}
CONFIRMED = {
    "status": "validated", "need": "periodic", "validation_type": "primary", "validation_process": "primary",
    "failure_action": "warn", "found": "active", "performed_at": NOON, "performed_on": date(2026, 11, 21),
    "performed_by": "reviewer:1", "next_due_on": date(2027, 2, 19), "findings": {},
}  # fmt: skip
ANSWERED = {
    "who": "Example College", "type": "lic-board", "communication_method": "portal",
    "validation_status": "successful", "validated_on": date(2026, 11, 21),
}  # fmt: skip
NO_DAY = CONFIRMED | {"next_due_on": None}

# The constraint, a row that passes, and what makes it refused.
REFUSED: list[tuple[str, Any, dict[str, Any], dict[str, Any]]] = [
    ("ck_credential_kind", CREDENTIAL, TRAINING, {"kind": "badge"}),
    ("ck_credential_kind", CREDENTIAL, TRAINING, {"kind": "Training"}),
    ("ck_credential_jurisdiction_of_kind", CREDENTIAL, LICENCE, {"jurisdiction_code": None}),
    ("ck_credential_jurisdiction_of_kind", CREDENTIAL, LICENCE | {"kind": "permission"}, {"jurisdiction_code": None}),
    ("ck_credential_hours", CREDENTIAL, TRAINING | {"hours_total": 0.0}, {"hours_total": -0.5}),
    ("ck_credential_hours", CREDENTIAL, TRAINING | {"hours_in_person": 8.0}, {"hours_in_person": -8.0}),
    (
        "ck_credential_hours",
        CREDENTIAL,
        TRAINING | {"hours_total": 40.0, "hours_in_person": 40.0},
        {"hours_in_person": 40.5},
    ),
    ("ck_verification_check_status", CHECK, CONFIRMED, {"status": "verified"}),
    ("ck_verification_check_found", CHECK, CONFIRMED, {"found": "lapsed"}),
    ("ck_verification_check_need", CHECK, CONFIRMED, {"need": "often"}),
    ("ck_verification_check_validation_type", CHECK, CONFIRMED, {"validation_type": "guess"}),
    ("ck_verification_check_validation_process", CHECK, CONFIRMED, {"validation_process": "guess"}),
    ("ck_verification_check_failure_action", CHECK, CONFIRMED, {"failure_action": "shrug"}),
    ("ck_verification_check_next_due", CHECK, CONFIRMED, {"next_due_on": None}),
    ("ck_verification_check_next_due", CHECK, NO_DAY | {"need": "initial"}, {"need": "periodic"}),
    ("ck_verification_check_next_due", CHECK, NO_DAY | {"validation_type": "nothing"}, {"validation_type": "multiple"}),
    ("ck_verification_check_next_due", CHECK, NO_DAY | {"status": "in-process"}, {"status": "validated"}),
    ("ck_check_source_type", SOURCE, ANSWERED, {"type": "friend"}),
    ("ck_check_source_communication_method", SOURCE, ANSWERED, {"communication_method": "gossip"}),
    ("ck_check_source_validation_status", SOURCE, ANSWERED, {"validation_status": "maybe"}),
]


def put(table: Any, row: dict[str, Any]) -> None:
    """Insert a row past the models, as any program at the database could."""
    with transaction() as session:
        person = factories.practitioner()
        if table is CREDENTIAL:
            row = row | {"practitioner_id": person.id}
        elif table is CHECK:
            row = row | {"credential_id": factories.credential(person).id}
        else:
            row = row | {"check_id": factories.check(factories.credential(person)).id}
        session.execute(insert(table), [row])
        changed([person.id])


def name_of(refusal: IntegrityError) -> str:
    """The constraint's name, as each engine tells it."""
    diagnosis = getattr(refusal.orig, "diag", None)
    return str(diagnosis.constraint_name) if diagnosis else str(refusal.orig).rpartition(": ")[2]


@pytest.mark.parametrize(("constraint", "table", "passes", "fault"), REFUSED, ids=[r[0] for r in REFUSED])
def test_a_row_is_refused_by_name_and_its_neighbour_passes(catalog, constraint, table, passes, fault):
    put(table, passes)
    assert db.session.scalar(select(table.c.id)) is not None
    with pytest.raises(IntegrityError) as refusal:
        put(table, passes | fault)
    assert name_of(refusal.value) == constraint


def test_every_check_constraint_of_the_room_has_its_example():
    tables = (CREDENTIAL, CHECK, SOURCE)
    named = {c.name for table in tables for c in table.constraints if isinstance(c, CheckConstraint)}
    assert named == {name for name, *_ in REFUSED}


@pytest.mark.parametrize(
    ("table", "passes", "column", "values"),
    [
        (CREDENTIAL, LICENCE, "kind", list(Kind)),
        (CHECK, CONFIRMED, "status", list(Verification)),
        (CHECK, CONFIRMED, "found", HOLDER_STATUSES),
        (CHECK, CONFIRMED, "validation_process", PROCESSES),
        (SOURCE, ANSWERED, "type", SOURCE_TYPES),
    ],
)
def test_every_word_of_the_rules_may_be_stored(catalog, table, passes, column, values):
    for value in values:
        put(table, passes | {column: str(value)})
    assert {*map(str, values)} <= set(db.session.scalars(select(table.c[column])))


def test_a_credential_is_renewed_once(catalog):
    """Two renewals of one licence would leave two current ones."""
    assert any(
        isinstance(c, UniqueConstraint) and c.columns.keys() == ["supersedes_id"] for c in CREDENTIAL.constraints
    )
    with transaction():
        first = factories.credential(factories.practitioner())
        factories.credential(first.practitioner, supersedes_id=first.id)
    with pytest.raises(IntegrityError), transaction():
        factories.credential(first.practitioner, supersedes_id=first.id)


@pytest.mark.parametrize("fault", [{"practitioner_id": 0}, {"jurisdiction_code": "CA-XX"}, {"regulator_id": 0}])
def test_a_credential_names_only_what_there_is(catalog, fault):
    with transaction():
        held = factories.credential(factories.practitioner())
    with pytest.raises(IntegrityError), transaction() as session:
        session.execute(insert(CREDENTIAL), [LICENCE | {"practitioner_id": held.practitioner_id} | fault])


def test_of_two_writers_the_second_is_told(catalog):
    with transaction():
        held = factories.credential(factories.practitioner())
    with pytest.raises(StaleDataError), transaction() as session:  # noqa: PT012 - somebody else writes in between
        found = session.get(Credential, held.id)
        session.execute(CREDENTIAL.update().values(version=7))
        found.number = "00002"
        session.flush()


def test_checks_and_their_sources_go_with_their_credential_and_come_in_order(catalog):
    with transaction():
        held = factories.credential(factories.practitioner())
        late = factories.check(held, performed_at=NOON, performed_by="second")
        factories.source(late)
        factories.check(held, performed_at=datetime(2026, 11, 1, tzinfo=UTC), performed_by="first")
    db.session.expire_all()
    assert [check.performed_by for check in db.session.get(Credential, held.id).checks] == ["first", "second"]
    with transaction() as session:
        session.delete(session.get(Credential, held.id))
    assert [db.session.scalars(select(model)).all() for model in (Credential, Check, CheckSource)] == [[], [], []]
