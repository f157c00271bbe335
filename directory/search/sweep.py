"""The two statements that read the index, written once for both engines.

Both walk a list of ranges (bands.py), the inner rings first, and read the index in that order. CROSS JOIN keeps
SQLite, LATERAL with OFFSET 0 keeps PostgreSQL, from walking it any other way: so a LIMIT cuts off the outermost rows.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import orjson
from sqlalchemy import text

from directory.credentials.rules import LADDER, Kind
from directory.database import db
from directory.search import bands, packing
from directory.search.facets import Filters
from directory.search.models import until_column

_STANDS = "CAST(e.{} > :now AS INTEGER)"
_LEVELS = " + ".join(
    f"({' + '.join(_STANDS.format(until_column(kind, rung)) for rung in LADDER)}) * {1 << packing.LEVEL_SHIFTS[kind]}"
    for kind in Kind
)
_SIGNATURE = f"e.attrs * {1 << packing.ATTRS_SHIFT} + {_LEVELS}"
_CHORD = " + ".join(f"(e.{axis} - :{axis}) * (e.{axis} - :{axis})" for axis in "xyz")
_IN_RANGE = (
    "e.condition_id = :condition AND e.band = ((b.value >> 44) & 4095)"
    " AND e.lon BETWEEN ((b.value >> 22) & 4194303) AND (b.value & 4194303)"
)
_WALKS = {
    "sqlite": f"json_each(:ranges) AS b CROSS JOIN search_entry AS e ON {_IN_RANGE}",
    "postgresql": "unnest(CAST(:ranges AS bigint[])) AS b(value) CROSS JOIN LATERAL "  # noqa: S608 - constants
    f"(SELECT * FROM search_entry AS e WHERE {_IN_RANGE} OFFSET 0) AS e",
}
_AROUND = {
    engine: text(
        f"SELECT e.code_order, e.location_id, {_SIGNATURE}, e.languages, {_CHORD}, b.value >> 56"  # noqa: S608 - constants
        f" FROM {walk} LIMIT :most"
    )
    for engine, walk in _WALKS.items()
}
_NEAREST = """
SELECT near.code_order, near.location_id, near.chord, listing.payload FROM (
  SELECT code_order, location_id, chord, row_number() OVER (ORDER BY chord, code_order, location_id) AS position FROM (
    SELECT e.code_order, e.location_id, {chord} AS chord FROM {walk}
    WHERE b.value >> 56 <= 1 + COALESCE(
      (SELECT b.value >> 56 FROM {walk} WHERE {matches} LIMIT 1 OFFSET :most), 99) AND {matches}
    ORDER BY chord, e.code_order, e.location_id LIMIT :most) AS best) AS near
LEFT JOIN search_listing AS listing ON listing.location_id = near.location_id AND near.position > :skipped
ORDER BY near.position
"""


@dataclass(frozen=True)
class Ask:
    """Where (lat, lon in degrees), for which condition of the index, with which filters, at which minute since 1970."""

    point: tuple[float, float]
    condition: int
    filters: Filters
    minute: int


class Around(NamedTuple):
    """What stands round a place: rows of person, practice, signature, languages, chord squared and ring.

    Nothing within `known_km` is missing, -1 where anything may be; rows may lie outside the radii asked for.
    """

    rows: Sequence[Any]
    known_km: float


class Near(NamedTuple):
    """A practice that passes every filter. `payload` is None for those that were to be skipped."""

    person: int
    location: int
    chord_squared: float
    payload: str | None


def around(ask: Ask, radii: Sequence[float], *, most: int) -> Around:
    """Every practice within growing radii (km), or the `most` innermost ones, whatever the filters. One statement."""
    engine, values = _bound(ask, radii)
    found = db.session.connection().execute(_AROUND[engine], {**values, "most": most}).all()
    if len(found) < most:
        return Around(found, radii[-1])
    ring = found[-1][5]
    return Around(found, radii[ring - 1] if ring else -1)


def nearest(ask: Ask, radii: Sequence[float], *, most: int, skipped: int = 0) -> list[Near]:
    """The nearest practices that pass every filter, nearest first, with payloads after the first `skipped`.

    Each radius must be at least the height of a band more than the one before: the ring after the one in which the
    `most`th is met then holds whatever may be nearer. One statement.
    """
    engine, values = _bound(ask, radii)
    clauses, asked = _matches(ask.filters)
    statement = text(_NEAREST.format(chord=_CHORD, walk=_WALKS[engine], matches=clauses))
    values |= asked | {"most": most, "skipped": skipped}
    return [Near(*row) for row in db.session.connection().execute(statement, values)]


def _bound(ask: Ask, radii: Sequence[float]) -> tuple[str, dict[str, Any]]:
    """The engine's name, and what is asked as values for its statements."""
    engine = db.engine.dialect.name
    ranges = bands.rings(*ask.point, radii)
    values = dict(zip("xyz", bands.on_sphere(*ask.point), strict=True))
    bound = orjson.dumps(ranges).decode() if engine == "sqlite" else ranges
    return engine, {**values, "ranges": bound, "condition": ask.condition, "now": ask.minute}


def _matches(filters: Filters) -> tuple[str, dict[str, Any]]:
    """The filters as a condition on an entry, made of column names and names of bound values alone."""
    bits = packing.attrs(0, "yes" if filters.accepting else "no", filters.visits)
    clauses, values = ["(e.attrs & :bits) = :bits"], dict[str, Any](bits=bits)
    clauses += [f"e.{until_column(kind, LADDER[level - 1])} > :now" for kind, level in filters.least.items()]
    if filters.professions:
        professions = {f"profession_{place}": key for place, key in enumerate(sorted(filters.professions))}
        clauses.append(f"(e.attrs >> {packing.PROFESSION_SHIFT}) IN ({', '.join(f':{name}' for name in professions)})")
        values |= professions
    for place, tag in enumerate(filters.languages):
        clauses.append(f"(e.languages LIKE :language_{place} OR e.languages LIKE :dialect_{place})")
        values |= {f"language_{place}": f"% {tag} %", f"dialect_{place}": f"% {tag}-%"}
    return " AND ".join(clauses), values
