"""How far answers lie from real facilities; run with -s to read the report.

The Canadian points are of the buildings. Many of the American ones are of the middle of the town, so what is measured
there is the ZIP code's distance from that.
"""

import csv
import statistics
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from directory.places.distance import great_circle_km
from directory.places.geocode import locate, point_for
from directory.places.rules import Place


@dataclass
class Errors:
    """Kilometres off, and the same of the answers that are not marked approximate."""

    all: list[float] = field(default_factory=list)
    exact: list[float] = field(default_factory=list)
    unanswered: int = 0

    def add(self, place: Place | None, lat: float, lon: float) -> None:
        if place is None:
            self.unanswered += 1
            return
        self.all.append(great_circle_km(lat, lon, place.lat, place.lon))
        if place.precision != "approximate":
            self.exact.append(self.all[-1])

    def __str__(self) -> str:
        exact = f"median {median(self.exact):.2f} km, p90 {p90(self.exact):.1f} km" if self.exact else "-"
        answered = f"n {len(self.all):>4}, median {median(self.all):5.2f} km, p90 {p90(self.all):5.1f} km"
        return f"{answered}; not marked approximate: n {len(self.exact):>4}, {exact}; no one place: {self.unanswered}"


def median(errors: list[float]) -> float:
    return statistics.median(errors)


def p90(errors: list[float]) -> float:
    return sorted(errors)[int(0.9 * len(errors))]


@dataclass(frozen=True)
class Facility:
    kind: str
    street: str
    locality: str
    region: str
    postal_code: str
    lat: float
    lon: float


def canadian(path: Path) -> Iterator[Facility]:
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            code = row["postal_code"].strip()
            if row["latitude"] and code[1:2].isdigit():
                kind = "rural" if code[1] == "0" else "urban"
                street = f"{row['street_no']} {row['street_name']}".strip()
                region = f"CA-{row['province'].upper()}"
                yield Facility(kind, street, row["city"], region, code, float(row["latitude"]), float(row["longitude"]))


def american(path: Path) -> Iterator[Facility]:
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, skipinitialspace=True):
            region = f"US-{row['state']}"
            yield Facility("US", row["address"], row["city"], region, row["zip"], float(row["LAT"]), float(row["LON"]))


def middles(path: Path) -> dict[str, Place]:
    """The middle of each postal area as GeoNames gives it: what there would be without any work."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return {row[1]: Place(row[2], float(row[9]), float(row[10]), "postal") for row in rows}


@pytest.fixture(scope="module")
def measured(shared: Path) -> dict[tuple[str, str], Errors]:
    areas = middles(shared / "geo" / "geonames_postal_CA.txt") | middles(shared / "geo" / "geonames_postal_US.txt")
    found: dict[tuple[str, str], Errors] = defaultdict(Errors)
    facilities = [
        *canadian(shared / "geo" / "odhf_facilities_ca_dev.csv"),
        *american(shared / "geo" / "synthea_rehab_us.csv"),
    ]
    for f in facilities:
        code = f.postal_code[:3] if f.kind != "US" else f.postal_code.zfill(5)
        if code not in areas:
            continue
        address = f"{f.street}, {f.locality}, {f.region[3:]} {code if f.kind == 'US' else f.postal_code}"
        answers = {
            "middle of the postal area": areas[code],
            "postal code typed": locate(f.postal_code if f.kind != "US" else code).place,
            "address typed": locate(address).place,
            "address in a file": point_for(postal_code=f.postal_code, locality=f.locality, region=f.region),
        }
        for way, place in answers.items():
            found[f.kind, way].add(place, f.lat, f.lon)
    print("\nKilometres from the facility")
    for (kind, way), errors in sorted(found.items()):
        print(f"  {kind:<6}{way:<26}{errors}")
    return found


@pytest.mark.shared
@pytest.mark.parametrize("way", ["postal code typed", "address typed", "address in a file"])
def test_urban_answers_are_near(measured: dict[tuple[str, str], Errors], way: str):
    middle = measured["urban", "middle of the postal area"]
    found = measured["urban", way]
    assert median(found.all) <= 1.6
    assert median(found.all) < median(middle.all)
    assert p90(found.all) < p90(middle.all)
    assert found.unanswered <= 10


@pytest.mark.shared
@pytest.mark.parametrize("way", ["address typed", "address in a file"])
def test_rural_answers_are_near_or_marked_approximate(measured: dict[tuple[str, str], Errors], way: str):
    middle = measured["rural", "middle of the postal area"]
    found = measured["rural", way]
    assert p90(found.exact) <= 60
    assert len(found.exact) > len(found.all) / 2
    assert median(found.all) < median(middle.all) / 5
    assert p90(found.all) < p90(middle.all) / 3


@pytest.mark.shared
def test_a_rural_code_alone_is_marked_approximate_and_no_worse_than_its_middle(measured: dict[tuple[str, str], Errors]):
    middle = measured["rural", "middle of the postal area"]
    found = measured["rural", "postal code typed"]
    assert found.exact == []
    assert median(found.all) < median(middle.all)


@pytest.mark.shared
@pytest.mark.parametrize("way", ["postal code typed", "address typed", "address in a file"])
def test_american_answers_are_near(measured: dict[tuple[str, str], Errors], way: str):
    middle = measured["US", "middle of the postal area"]
    found = measured["US", way]
    assert median(found.all) <= 3
    assert p90(found.all) <= p90(middle.all) * 1.01
    assert found.unanswered <= 10
