"""What the database promises, on real files and with real threads."""

import sqlite3
import threading
from datetime import UTC, datetime

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError, IntegrityError, StatementError

from directory.audit.models import Event
from directory.audit.record import record
from directory.database import PRAGMAS, db, insert_many, subscribe, transaction
from tests import factories


def note(added: int) -> None:
    record("seed:demo", actor="cli", subject="demo", added=added)


def seen() -> list[int]:
    db.session.rollback()
    return sorted(event.data["added"] for event in db.session.query(Event))


def test_every_sqlite_connection_is_durable_and_strict(app):
    if db.engine.dialect.name != "sqlite":
        pytest.skip("settings of SQLite")
    with db.engine.connect() as connection:
        found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in PRAGMAS}
    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 5000}


def test_a_transaction_keeps_all_or_nothing(app):
    with transaction():
        note(1)
    with pytest.raises(RuntimeError, match="half way"), transaction():  # noqa: PT012 - it fails after a flush
        note(2)
        db.session.flush()
        raise RuntimeError("half way")
    assert seen() == [1]


def test_nothing_else_commits(app):
    note(1)
    with pytest.raises(RuntimeError, match="only transaction"):
        db.session.commit()
    db.session.rollback()
    assert seen() == []


def test_transactions_do_not_nest_and_do_not_take_in_earlier_changes(app):
    with pytest.raises(RuntimeError, match="open already"), transaction(), transaction():
        pass
    note(1)
    with pytest.raises(RuntimeError, match="before the transaction"), transaction():
        pass
    db.session.rollback()
    assert seen() == []


def test_writers_wait_their_turn(app):
    """Forty writers who each read first: none is refused, none overwrites another."""
    faults: list[Exception] = []

    def write() -> None:
        with app.app_context():
            try:
                with transaction():
                    if db.engine.dialect.name != "sqlite":
                        db.session.execute(text("LOCK TABLE event IN EXCLUSIVE MODE"))
                    note(db.session.query(Event).count() + 1)
            except Exception as fault:  # noqa: BLE001 - the thread must report whatever happened
                faults.append(fault)

    threads = [threading.Thread(target=write) for _ in range(40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert seen() == list(range(1, 41))


def test_a_writer_holds_the_lock_from_its_first_moment(app):
    if db.engine.dialect.name != "sqlite":
        pytest.skip("the lock of SQLite")
    with transaction():
        other = sqlite3.connect(db.engine.url.database, timeout=0, isolation_level=None)
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")
        other.close()


def test_subscribers_hear_whose_record_changed_before_the_commit(catalog):
    heard: list[set[int]] = []
    subscribe(catalog, heard.append)
    with transaction():
        person = factories.practitioner()
        factories.location(person)
        person_id = person.id
    with transaction():
        note(1)
    with transaction():
        factories.credential(db.session.get(type(person), person_id))
    catalog.extensions["directory.subscribers"].remove(heard.append)
    assert heard == [{person_id}, {person_id}]


def test_a_subscriber_that_fails_undoes_the_change(catalog):
    def refuse(ids: set[int]) -> None:
        raise RuntimeError("no")

    subscribe(catalog, refuse)
    with pytest.raises(RuntimeError, match="no"), transaction():
        factories.practitioner()
    catalog.extensions["directory.subscribers"].remove(refuse)
    assert db.session.execute(text("SELECT count(*) FROM practitioner")).scalar() == 0


def test_an_instant_without_a_zone_is_refused(app):
    with pytest.raises(StatementError, match="time zone"), transaction():
        db.session.add(Event(at=datetime(2026, 1, 1), tag="seed:demo", actor="a", subject="s", data={}))  # noqa: DTZ001


def test_an_event_with_other_keys_is_refused(app):
    with pytest.raises(ValueError, match="carries"), transaction():
        record("seed:demo", actor="cli", subject="demo", other=1)


def test_a_broken_rule_names_its_constraint(catalog):
    with pytest.raises(IntegrityError, match="ck_practitioner_pronoun"), transaction():
        factories.practitioner(pronoun="it")
    with transaction():
        factories.practitioner(pronoun="they")


def test_a_fault_of_the_database_does_not_repeat_what_was_typed(app):
    with pytest.raises(DatabaseError) as fault:
        db.session.execute(text("SELECT :near FROM nowhere"), {"near": "Canaryville"})
    db.session.rollback()
    assert ("nowhere" in str(fault.value), "Canaryville" in str(fault.value)) == (True, False)


NASTY = "50% of %s, 100%%, :x 'q' \\ %(a)s — é"


@pytest.mark.parametrize("same", [{"actor", "subject"}, {"data"}, {"actor", "subject", "data"}, set()])
def test_rows_written_in_bulk_hold_what_they_were_given(app, same):
    row = {"at": datetime(2026, 1, 1, tzinfo=UTC), "tag": "t", "actor": NASTY, "subject": NASTY, "data": {"a": [NASTY]}}
    with transaction():
        insert_many(
            Event.__table__,
            [{name: value for name, value in row.items() if name not in same}] * 2,
            **{name: row[name] for name in same},
        )
    written = [{name: getattr(event, name) for name in row} for event in db.session.query(Event)]
    db.session.rollback()
    assert written == [row, row]
