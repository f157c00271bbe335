"""What a file may name: professions, conditions, places that license, who licenses there, schools, languages."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from directory.imports.rules import Bad
from directory.places.geocode import Place
from directory.words import fold as _fold

fold = lru_cache(maxsize=5_000)(_fold)

PointFor = Callable[[str | None, str | None, str | None], Place | None]


@dataclass(frozen=True)
class Licensing:
    """Who licenses a profession in a region, and the folded names it goes by."""

    profession_id: int
    names: frozenset[str]
    regulator_id: int


class Regulators:
    """Who is meant by the name of an issuer. `by_region`: ISO 3166-2 → those there."""

    def __init__(self, by_region: Mapping[str, list[Licensing]]) -> None:
        self.by_region = by_region

    def __call__(self, region: str, profession_id: int, issuer: str | None) -> tuple[int | None, str | None]:
        """The regulator that a name means in a region, else None and the name as it was written.

        Without a name: the one that licenses the profession there.
        """
        there = self.by_region.get(region, [])
        if issuer is None:
            return next((r.regulator_id for r in there if r.profession_id == profession_id), None), None
        named = [(r.profession_id != profession_id, r.regulator_id) for r in there if fold(issuer) in r.names]
        return (min(named)[1], None) if named else (None, issuer)


@dataclass(frozen=True)
class Known:
    """The catalogue as look-ups, read once for a file.

    professions: folded word → id · taxonomies: NUCC code → profession id · conditions: slug → id, or why it cannot be
    claimed · zones: region (ISO 3166-2) → IANA zone · regions: "US connecticut", "US ct" → region · regulator: region,
    profession id, issuer as written or None → its id, and the name where it has none · schools: folded word → training
    body id · languages: lower-case codes · today: zone → the date it is there · point: postal code, town, region →
    where that is · region_at: lat, lon → the region, None near a border.
    """

    professions: Mapping[str, int]
    taxonomies: Mapping[str, int]
    conditions: Mapping[str, int | Bad]
    zones: Mapping[str, str]
    regions: Mapping[str, str]
    regulator: Callable[[str, int, str | None], tuple[int | None, str | None]]
    schools: Mapping[str, int]
    languages: frozenset[str]
    today: Callable[[str], date]
    point: PointFor
    region_at: Callable[[float, float], str | None]

    def school(self, name: str | None) -> tuple[int | None, str | None]:
        """The training body that a name or slug means, else the name as it was written."""
        found = self.schools.get(fold(name)) if name else None
        return (found, None) if found else (None, name)

    def by_place(self, kind: str, region: str, **claim: Any) -> dict[str, Any]:
        """The columns of a licence or permission in a region."""
        return self._claim(kind, self.zones[region], jurisdiction_code=region, **claim)

    def anywhere(self, kind: str, zone: str, **claim: Any) -> dict[str, Any]:
        """The columns of a training or certification; its days end in a zone."""
        return self._claim(kind, zone, **claim)

    def _claim(self, kind: str, zone: str, **claim: Any) -> dict[str, Any]:
        return {"kind": kind, "time_zone": zone, "claimed_on": self.today(zone), **claim}
