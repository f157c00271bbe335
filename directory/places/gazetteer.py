"""The offline gazetteer: one small file, read where it lies, behind geopy's own interface.

Place data: GeoNames (CC BY 4.0) and others, see NOTICE; built by scripts/gazetteer_build.py.
"""

import math
import sqlite3
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from geopy.exc import GeocoderQueryError
from geopy.geocoders.base import DEFAULT_SENTINEL, Geocoder
from geopy.location import Location
from rapidfuzz import fuzz, process

from directory.places.distance import great_circle_km
from directory.places.regions import region_name
from directory.places.rules import LONGEST, Attempt, Located, Place, Reading, place_key, read, settle
from directory.words import fold

FILE = Path(__file__).with_name("data") / "gazetteer.db"
NEAR_KM = 60
ALIKE = 72  # of 100; less alike is no misspelling
LETTERS_OFF = 3
SUGGESTIONS = 5
_TOWN = (
    "SELECT p.id, p.name, p.name_en, p.region, p.lat / 1e5, p.lon / 1e5, p.population, n.name,"
    " coalesce(n.name_en, n.name), {rank} FROM {source} place p LEFT JOIN place n ON n.id = p.near "
)
_NAMED = _TOWN.format(rank="a.rank", source="alias a CROSS JOIN") + "WHERE p.id = a.place AND "
_AREA = "SELECT code, locality, locality_en, region, lat / 1e5, lon / 1e5, approximate FROM postal WHERE "


@dataclass(frozen=True)
class Town:
    """A row of the gazetteer that bears a name; `near` tells it apart from another of its name and region."""

    id: int
    name: str
    name_en: str | None
    region: str
    lat: float
    lon: float
    population: int
    near: str | None
    near_en: str | None
    rank: int

    def place(self, language: str, precision: str = "town") -> Place:
        """What people are shown: "Québec, Québec" in French, "Quebec City, Quebec" in English."""
        french = language == "fr"
        name = shown = self.name if french else self.name_en or self.name
        if self.near:
            shown += f" (près de {self.near})" if french else f" (near {self.near_en})"
        label = f"{shown}, {region_name(self.region, language)}"
        return Place(label, self.lat, self.lon, precision, name, self.region)


@dataclass(frozen=True)
class Area:
    """A ZIP code's or a Canadian postal area's middle."""

    code: str
    locality: str
    locality_en: str | None
    region: str
    lat: float
    lon: float
    approximate: bool

    def place(self, language: str) -> Place:
        name = self.locality_en if self.locality_en and language != "fr" else self.locality
        label = f"{name}, {region_name(self.region, language)} ({self.code})"
        precision = "approximate" if self.approximate else "postal"
        return Place(label, self.lat, self.lon, precision, name, self.region)


class OfflineGazetteer(Geocoder):  # type: ignore[misc]  # geopy has no types
    """A geopy geocoder that asks nobody: `geocode` answers from the file, `find` says besides what was unclear."""

    def __init__(self, path: Path = FILE, **options: Any) -> None:
        super().__init__(**options)
        self._address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
        self._connections = threading.local()

    def geocode(
        self, query: str, *, exactly_one: bool = True, timeout: Any = DEFAULT_SENTINEL, language: str = "en"
    ) -> Location | list[Location] | None:
        """geopy's call: the place, or the likeliest first of several; None when unknown. `raw` holds the Place."""
        located = self.find(query, language)
        places = [located.place] if located.place else located.choices
        found = [Location(place.label, (place.lat, place.lon), vars(place)) for place in places]
        return (found[0] if exactly_one else found) if found else None

    def reverse(self, query: Any, *, exactly_one: bool = True, timeout: Any = DEFAULT_SENTINEL) -> Location | None:
        """Not answered: nobody here asks what is at a point."""
        raise GeocoderQueryError("the offline gazetteer finds points, not addresses")

    def find(self, text: str, language: str = "en") -> Located:
        """Where a typed place is. Any text is answered, in milliseconds."""
        reading = read(text)
        area = self.area(reading.postal) if reading.postal else None
        town, towns = self.named(reading, area)
        if area and town and at_odds(town, area):
            both = [area.place(language), town.place(language)]
            return Located(both[1]) if reading.doubtful else Located(choices=both)
        if area and not (town and says_more(town, area, whole=reading.whole)):
            return Located(area.place(language))
        if reading.only and not (town and town.rank == 0 and town.region in reading.only):
            towns = self._largest(reading.only, [*towns, *([town] if town else [])])
        elif town:
            return Located(town.place(language))
        choices = list(dict.fromkeys(t.place(language) for t in towns))
        return Located(choices=choices) if choices else Located(suggestions=self._spellings(text, reading, language))

    def named(self, reading: Reading, area: Area | None = None) -> tuple[Town | None, list[Town]]:
        """The town a reading names, or those it may be, by the first way to understand it that some town answers."""
        within = frozenset({area.region}) if area else None
        for attempt in (replace(a, regions=a.regions or within) for a in reading.attempts):
            bearers = self._bearers(attempt)
            if area and len(near := [t for t in bearers if not at_odds(t, area)]) == 1:
                bearers = near
            one, several = settle(bearers, in_region=attempt.regions is not None)
            if one:
                return (one, []) if attempt.sure else (None, [one])
            if several:
                return None, several
        return None, []

    def _bearers(self, attempt: Attempt) -> list[Town]:
        towns = [t for t in self.towns(attempt.key) if attempt.regions is None or t.region in attempt.regions]
        if attempt.near is None or not towns:
            return towns
        told = [t for t in towns if attempt.near in {place_key(n) for n in (t.near, t.near_en) if n}]
        around = [t for t in self.towns(attempt.near) if attempt.regions is None or t.region in attempt.regions]
        return told or [
            t
            for t in towns
            if any(great_circle_km(t.lat, t.lon, a.lat, a.lon) <= NEAR_KM for a in around if a.rank < 2)
        ]

    def _largest(self, regions: frozenset[str], named: list[Town]) -> list[Town]:
        """For a region alone: its largest towns, and those that bear its name, the most people first."""
        marks = ", ".join("?" * len(regions))
        statement = _TOWN.format(rank="0", source="") + f"WHERE p.region IN ({marks}) ORDER BY p.population DESC, p.id"
        towns = {t.id: t for t in [*_towns(self._rows(statement + " LIMIT 8", sorted(regions))), *named[:4]]}
        return sorted(towns.values(), key=lambda t: -t.population)

    def _spellings(self, text: str, reading: Reading, language: str) -> list[str]:
        """Labels of towns named nearly so, the most alike first, then the most people; else those of single words."""
        asked = next((a for a in reading.attempts if len(a.key) > 2), None)
        if asked is None:
            codes = self.areas_beginning(reading.postal[:-1], SUGGESTIONS) if reading.postal else []
            return [area.place(language).label for area in codes]
        towns = self.alike(asked.key, asked.regions, least=ALIKE) or self.alike(asked.key, None, least=ALIKE)
        if not towns:
            words = [word for word in fold(text[:LONGEST]).split() if len(word) > 3]
            found = (town for word in words for town in self.towns(place_key(word)))
            named = [t for t in found if t.rank == 0 and (asked.regions is None or t.region in asked.regions)]
            towns = sorted(named, key=lambda t: (-t.population, t.id))
        return list(dict.fromkeys(town.place(language).label for town in towns))[:SUGGESTIONS]

    def alike(self, key: str, regions: frozenset[str] | None, *, least: float) -> list[Town]:
        """Towns whose names are `least` of 100 alike a key: the most alike first, then the most people."""
        lengths = (len(key) - LETTERS_OFF, len(key) + LETTERS_OFF)
        rows = self._rows("SELECT keys FROM spelling WHERE length BETWEEN ? AND ?", lengths)
        keys = [name for (keys,) in rows for name in keys.split(" ")]
        found = process.extract(key, keys, scorer=fuzz.ratio, score_cutoff=least, limit=100)
        towns = [(score, town) for name, score, _ in found for town in self.towns(name) if town.rank < 2]
        inside = [(s, t) for s, t in towns if regions is None or t.region in regions]
        return [town for _, town in sorted(inside, key=lambda st: (-round(st[0] / 5), -st[1].population, st[1].id))]

    def area(self, code: str) -> Area | None:
        """The area of a ZIP code or of the first three characters of a Canadian postal code."""
        return next(iter(self._areas("code = ?", (code,))), None)

    def towns(self, key: str) -> list[Town]:
        """Every town that bears a name, by its key."""
        return _towns(self._rows(_NAMED + "a.key = ?", (key,)))

    def beginning(self, prefix: str, limit: int) -> list[Town]:
        """Towns whose name's key is or begins so: those whose whole name it is, then the most people first."""
        rows = self._rows(
            _NAMED + "a.key >= ? AND a.key < ? AND a.rank < 2"
            " GROUP BY p.id ORDER BY max(a.key = ?) DESC, p.population DESC, p.id LIMIT ?",
            (prefix, prefix + "\U0010ffff", prefix, limit),
        )
        return _towns(rows)

    def nearest(self, lat: float, lon: float) -> Town | None:
        """The town nearest to a point, degrees; None when none is within about 100 km: it is in neither country."""
        around = _TOWN.format(rank="0", source="") + "WHERE p.lat BETWEEN ? AND ? AND p.lon BETWEEN ? AND ?"
        wide = 1 / max(math.cos(math.radians(lat)), 0.1)
        box = ((lat - 1) * 1e5, (lat + 1) * 1e5, (lon - wide) * 1e5, (lon + wide) * 1e5)
        towns = _towns(self._rows(around, box))
        return min(towns, key=lambda t: great_circle_km(lat, lon, t.lat, t.lon), default=None)

    def areas_beginning(self, prefix: str, limit: int) -> list[Area]:
        """Postal areas whose code begins so, in order."""
        return self._areas("code >= ? AND code < ? LIMIT ?", (prefix, prefix + "\U0010ffff", limit))

    def _areas(self, condition: str, values: Sequence[Any]) -> list[Area]:
        return [Area(*row) for row in self._rows(_AREA + condition, values)]

    def _rows(self, statement: str, values: Sequence[Any]) -> list[Any]:
        connection: sqlite3.Connection | None = getattr(self._connections, "it", None)
        if connection is None:
            connection = sqlite3.connect(self._address, uri=True)
            connection.execute("PRAGMA cache_size = -256")
            self._connections.it = connection
        return connection.execute(statement, values).fetchall()


def says_more(town: Town, area: Area, *, whole: bool) -> bool:
    """Whether a town says better than a code where one is: yes in a rural area, which is wide, except where the area
    is itself called after the town and only its three characters were given, as its label does."""
    return area.approximate and (whole or place_key(town.name) != place_key(area.locality))


def at_odds(town: Town, area: Area) -> bool:
    """Whether a town cannot lie in the postal area named beside it, wide as a rural one may be."""
    if town.region != area.region or area.approximate or place_key(town.name) == place_key(area.locality):
        return town.region != area.region
    return great_circle_km(town.lat, town.lon, area.lat, area.lon) > NEAR_KM


def _towns(rows: Iterable[Any]) -> list[Town]:
    return [Town(*row) for row in rows]
