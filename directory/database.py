"""The database: one `db`, one naming convention, and `transaction()`, the only place that commits."""

import json
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from flask import Flask, current_app
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    ARRAY,
    JSON,
    ColumnElement,
    Connection,
    DateTime,
    Dialect,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    any_,
    bindparam,
    event,
    func,
    insert,
    literal,
    literal_column,
    select,
    update,
)
from sqlalchemy.orm import DeclarativeBase, InstrumentedAttribute, Session, UOWTransaction
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.types import TypeEngine

PRAGMAS = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 5000}
Subscriber = Callable[[set[int]], None]


class Base(DeclarativeBase):
    """The root of every model; constraint names are what field messages are mapped by."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_N_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )

    def touches(self) -> int | None:
        """The id of the practitioner whose public record a change of this row changes, if any."""
        return None


class UtcDateTime(TypeDecorator[datetime]):
    """An instant. Always aware, always UTC, on both engines."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs its time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


db = SQLAlchemy(model_class=Base)


def init_app(app: Flask) -> None:
    """Bind `db` to the app and set up every connection its engine opens."""
    db.init_app(app)
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            event.listen(db.engine, "connect", _set_up_sqlite)
            event.listen(db.engine, "begin", _begin_sqlite)


def _set_up_sqlite(connection: sqlite3.Connection, record: ConnectionPoolEntry) -> None:
    """Durable and strict, asserted on every connect: a setting that did not take is an error, not a surprise."""
    connection.isolation_level = None
    for name, value in PRAGMAS.items():
        connection.execute(f"PRAGMA {name}={value}")
        found = connection.execute(f"PRAGMA {name}").fetchone()[0]
        if found != value:
            raise RuntimeError(f"SQLite keeps {name} at {found}, not {value}: is the database on a network drive?")


def _begin_sqlite(connection: Connection) -> None:
    """A writer takes its lock at the start, so that it waits its turn instead of failing half way."""
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def transaction() -> Iterator[Session]:
    """Commit what the block did, or nothing of it. Rows read before are read anew, under the writer's lock."""
    session = db.session()
    if "changed" in session.info:
        raise RuntimeError("a transaction is open already")
    if session.new or session.dirty or session.deleted:
        raise RuntimeError("rows were changed before the transaction began")
    session.rollback()
    session.connection(execution_options={"writes": True})
    session.info["changed"] = set()
    try:
        yield session
        session.flush()
        _tell_subscribers(session)
        session.commit()
    except BaseException:
        session.rollback()
        raise
    finally:
        session.info.pop("changed", None)


def subscribe(app: Flask, subscriber: Subscriber) -> None:
    """Call `subscriber` with the ids of the practitioners a transaction changed, before it commits."""
    app.extensions.setdefault("directory.subscribers", []).append(subscriber)


def changed(practitioner_ids: Iterable[int]) -> None:
    """Say whose record a bulk statement changed. Rows changed through the session say so themselves."""
    db.session.info["changed"].update(practitioner_ids)


def any_of(column: InstrumentedAttribute[Any], values: Collection[Any]) -> ColumnElement[bool]:
    """Whether a column is one of many values: one bound value however many they are, so that their text costs nothing.

    For text and whole numbers.
    """
    if db.session.get_bind().dialect.name == "sqlite":
        return column.in_(select(func.json_each(json.dumps(list(values))).table_valued("value").c.value))
    return column == any_(literal(list(values), ARRAY(Text() if isinstance(column.type, String) else column.type)))


def insert_many(table: Table, rows: Sequence[Mapping[str, Any]], **same: Any) -> None:
    """Insert rows that all have the same keys, without the unit of work: many times faster. Then call changed().

    `same` are columns with one value for all rows; they, and columns that are None in every row, are not sent per row.
    """
    if not rows:
        return
    connection = db.session.connection()
    dialect = connection.dialect
    names = [name for name in rows[0] if any(row.get(name) is not None for row in rows)]
    fixed = {name: _written(value, table.c[name].type, dialect) for name, value in same.items()}
    statement = insert(table).values({**{name: bindparam(name) for name in names}, **fixed}).compile(dialect=dialect)
    columns = [_sent([row[name] for row in rows], table.c[name].type, dialect) for name in names]
    if statement.positiontup:
        order = [columns[names.index(name)] for name in statement.positiontup]
        connection.exec_driver_sql(str(statement), list(zip(*order, strict=True)))
    else:
        values = zip(*columns, strict=True)
        connection.exec_driver_sql(str(statement), [dict(zip(names, each, strict=True)) for each in values])


def _sent(values: list[Any], of: TypeEngine[Any], dialect: Dialect) -> list[Any]:
    """The values of a column as the driver takes them."""
    process = of.dialect_impl(dialect).bind_processor(dialect)
    return [process(value) for value in values] if process else values


def update_many(table: Table, rows: Sequence[tuple[int, Mapping[str, Any]]]) -> None:
    """Write columns of rows by id, one statement for all rows with the same columns; a version goes up by one.

    Without the unit of work, as insert_many. Then call changed().
    """
    groups: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for i, columns in rows:
        values = {"of": i, **{f"to_{name}": value for name, value in columns.items()}}
        groups.setdefault(tuple(sorted(columns)), []).append(values)
    version = {"version": table.c.version + 1} if "version" in table.c else {}
    for names, group in groups.items():
        values = {**{name: bindparam(f"to_{name}") for name in names}, **version}
        db.session.connection().execute(update(table).where(table.c.id == bindparam("of")).values(values), group)


def _written(value: Any, of: TypeEngine[Any], dialect: Dialect) -> ColumnElement[Any]:
    """A value as a part of the statement's text."""
    plain = literal(json.dumps(value), String()) if isinstance(of, JSON) else literal(value, of)
    text = str(plain.compile(dialect=dialect, compile_kwargs={"literal_binds": True}))
    is_doubled = dialect.paramstyle in {"format", "pyformat"}  # a % is doubled here, and once more in the statement
    return literal_column(text.replace("%%", "%") if is_doubled else text)


def _tell_subscribers(session: Session) -> None:
    ids: set[int] = session.info["changed"]
    if ids:
        for subscriber in current_app.extensions.get("directory.subscribers", []):
            subscriber(ids)
        session.flush()


@event.listens_for(Session, "after_flush")
def _note_changes(session: Session, context: UOWTransaction) -> None:
    if "changed" in session.info:
        rows: list[Any] = [*session.new, *session.dirty, *session.deleted]
        session.info["changed"].update(i for row in rows if (i := row.touches()) is not None)


@event.listens_for(Session, "before_commit")
def _only_transactions_commit(session: Session) -> None:
    if "changed" not in session.info:
        raise RuntimeError("only transaction() commits")
