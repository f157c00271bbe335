"""The rows of the index: made from the record, rewritten in the transaction that changes it, compared on request."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import orjson
from sqlalchemy import delete, select, text

from directory.credentials import rules
from directory.credentials.rules import LADDER, Kind, Status
from directory.database import any_of, db
from directory.practitioners.models import Practitioner
from directory.search import bands, listing, packing, sources
from directory.search.models import ANY_CONDITION, NEVER_ENDS, search_entry, search_listing
from directory.search.sources import Held, Record

_NEVER = [0] * len(LADDER)
_KEY = ("condition_id", "band", "lon", "location_id")
_REMOVE = {
    "sqlite": "DELETE FROM search_entry WHERE condition_id = :condition_id AND band = :band AND lon = :lon"
    " AND location_id = :location_id",
    "postgresql": "DELETE FROM search_entry AS e USING unnest(CAST(:condition_id AS int[]), CAST(:band AS int[]),"
    " CAST(:lon AS int[]), CAST(:location_id AS int[])) AS old(condition_id, band, lon, location_id)"
    " WHERE (e.condition_id, e.band, e.lon, e.location_id) = (old.condition_id, old.band, old.lon, old.location_id)",
}


class Rows(NamedTuple):
    """Rows for search_entry and search_listing, each in the order of its columns."""

    entries: list[tuple[Any, ...]]
    listings: list[tuple[Any, ...]]


def refresh(practitioner_ids: Iterable[int]) -> None:
    """Rewrite the rows of these practitioners from their records, whatever changed. Called before a commit."""
    ids = sorted(practitioner_ids)
    parents = sources.parents()
    _take_turns(ids)
    for start in range(0, len(ids), sources.BATCH):
        some = ids[start : start + sources.BATCH]
        _remove(some)
        _insert(_rows(sources.records(some), parents))


def _take_turns(ids: Sequence[int]) -> None:
    """Where writers run side by side, two who changed one person's record rewrite its rows one after the other."""
    if db.engine.dialect.name == "postgresql":
        people = select(Practitioner.id).where(any_of(Practitioner.id, ids)).order_by(Practitioner.id)
        db.session.execute(people.with_for_update())


def rebuild() -> int:
    """Make the whole index anew; how many practices it now holds."""
    for table in (search_entry, search_listing):
        db.session.execute(delete(table))
    parents, written = sources.parents(), 0
    for ids in sources.listed_ids():
        rows = _rows(sources.records(ids), parents)
        _insert(rows)
        written += len(rows.listings)
    return written


def differences() -> list[tuple[int, str]]:
    """Practices (by id) whose rows are not what their record makes today: "missing", "stale" or "left over"."""
    wanted: dict[int, int] = {}
    parents = sources.parents()
    for ids in sources.listed_ids():
        rows = _rows(sources.records(ids), parents)
        wanted |= _digests(*rows)
    stored = _digests(*(db.session.execute(select(table)) for table in (search_entry, search_listing)))
    found = dict.fromkeys(wanted.keys() - stored.keys(), "missing")
    found |= dict.fromkeys(stored.keys() - wanted.keys(), "left over")
    found |= {key: "stale" for key in wanted.keys() & stored.keys() if wanted[key] != stored[key]}
    return sorted(found.items())


def _rows(records: Iterable[Record], parents: Mapping[int, int]) -> Rows:
    rows = Rows([], [])
    for record in records:
        conditions = sorted(_with_groups(record.conditions, parents))
        written = orjson.dumps(conditions).decode()
        for place in record.locations:
            here = [h for h in record.held if h.kind not in rules.BY_PLACE or h.region == place.region]
            if any(h.kind in rules.BY_PLACE and _ends(h) is None for h in here):
                continue  # the issuer says it is not valid here: the record stays, search does not lead to it
            band, lon = bands.band(place.lat), bands.column(place.lon)
            entry = (band, lon, place.id, *_entry(record.person, place, here))
            rows.entries.extend([(condition, *entry) for condition in conditions])
            payload = listing.written(record.person, place, here)
            rows.listings.append((place.id, record.person.id, band, lon, written, payload))
    return rows


def _entry(person: Any, place: Any, here: Sequence[Held]) -> tuple[Any, ...]:
    """What search_entry holds besides its key, in the order of its columns."""
    return (
        packing.code_order(person.code),
        *bands.on_sphere(place.lat, place.lon),
        packing.attrs(person.profession_id, person.accepting_new, person.visit_modes),
        packing.spoken(person.languages),
        *_untils(here),
    )


def _with_groups(conditions: Iterable[int], parents: Mapping[int, int]) -> set[int]:
    """What a person is found under: any condition, those they treat, and the groups these belong to."""
    found = {ANY_CONDITION, *conditions}
    for condition in conditions:
        while (condition := parents.get(condition, ANY_CONDITION)) not in found:
            found.add(condition)
    return found


def _untils(here: Sequence[Held]) -> list[int]:
    """Per kind and rung, the minute until which the best credential stands; 0 where one is known as not valid."""
    ends: dict[Kind, list[tuple[int, ...] | None]] = {kind: [] for kind in Kind}
    for held in here:
        ends[held.kind].append(_ends(held))
    columns: list[int] = []
    for of_kind in ends.values():
        known = [end for end in of_kind if end is not None]
        best = [max(rung) for rung in zip(*known, strict=True)] if known and len(known) == len(of_kind) else _NEVER
        columns += best
    return columns


@lru_cache(maxsize=4096)
def _ends(held: Held) -> tuple[int, ...] | None:
    """The minutes until which each rung stands, in the ladder's order; None when the issuer says it is not valid."""
    if held.checks and rules.standing(held.claim, held.checks, rules.FOREVER).status is Status.NOT_VALID:
        return None
    horizon = rules.horizon(held.claim, held.checks, held.zone)
    return tuple(min(-(-horizon[rung] // 60), NEVER_ENDS) for rung in LADDER)


def _insert(rows: Rows) -> None:
    """Bulk, past the compiler of statements, which takes longer than the database: ten times longer on PostgreSQL."""
    connection = db.session.connection()
    for table, values in zip((search_entry, search_listing), rows, strict=True):
        if values and connection.dialect.name == "postgresql":
            cursor = connection.connection.cursor()
            with cursor.copy(f"COPY {table.name} FROM STDIN") as copy:
                for row in values:
                    copy.write_row(row)
        elif values:
            marks = ", ".join("?" * len(table.columns))
            connection.exec_driver_sql(f"INSERT INTO {table.name} VALUES ({marks})", values)  # noqa: S608 - constants


def _remove(practitioner_ids: Sequence[int]) -> None:
    """Take out what the listings say was written; entries are found by their key, so they need no second index."""
    listed, connection = search_listing.c, db.session.connection()
    of_these = listed.practitioner_id.in_(practitioner_ids)
    rows = db.session.execute(select(listed.conditions, listed.band, listed.lon, listed.location_id).where(of_these))
    keys = [(condition, *rest) for conditions, *rest in rows for condition in orjson.loads(conditions)]
    if not keys:
        return
    values: Any = [dict(zip(_KEY, key, strict=True)) for key in keys]
    if connection.dialect.name == "postgresql":
        values = {name: list(column) for name, column in zip(_KEY, zip(*keys, strict=True), strict=True)}
    connection.execute(text(_REMOVE[connection.dialect.name]), values)
    db.session.execute(delete(search_listing).where(of_these))


def _digests(entries: Iterable[Any], listings: Iterable[Any]) -> dict[int, int]:
    """One number per practice that stands for all its rows, in whatever order they come."""
    found: dict[int, int] = defaultdict(int)
    for table, rows in ((search_entry, entries), (search_listing, listings)):
        where = list(table.c.keys()).index("location_id")
        for row in rows:
            found[row[where]] += hash((table.name, *row))
    return found
