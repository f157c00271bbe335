"""The file of places, built anew from a few invented rows with the functions that `make gazetteer` uses."""

import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from directory.config import ROOT
from directory.places.gazetteer import FILE, OfflineGazetteer
from directory.places.rules import place_key

SCRIPTS = str(ROOT / "scripts")
sys.path.insert(0, SCRIPTS)
from gazetteer_build import build  # noqa: E402  # the folder is no package
from gazetteer_merge import label_names  # noqa: E402
from gazetteer_sources import Postal, Town, geonames_town, province_code, zip_code  # noqa: E402

sys.path.remove(SCRIPTS)

TOWNS = [
    Town(1, "Arrowville", "CA-ON", 44.00, -80.00, 90_000, ("Arrowvil", "Ville Flèche", "Ароувил", "AVL", "arovil")),
    Town(2, "Arrowville", "CA-ON", 44.02, -80.01, 700),
    Town(3, "Saint-Fictif", "CA-QC", 47.00, -71.00, 4_000),
    Town(4, "Saint-Fictif", "CA-QC", 45.50, -73.50, 6_000),
    Town(5, "Grosbourg", "CA-QC", 45.55, -73.60, 500_000),
    Town(6, "Nordbourg", "CA-QC", 47.05, -71.10, 80_000),
    Town(7, "Pole Inlet", "CA-NU", 64.00, -68.00, 3_000),
    Town(8, "Greater Mudbury", "CA-ON", 46.50, -81.00, 160_000, ("Mudbury",)),
    Town(9, "Mudbury", "US-MA", 42.40, -71.40, 18_000),
    Town(11, "Westmuddle", "US-MA", 42.10, -72.90, 20_000),
    Town(10, "Québec", "CA-QC", 46.81, -71.21, 530_000),
]
ZIPS = [
    Postal("99101", "Mudbury", "US-MA", 42.39, -71.41, names=("Mudbury", "Hamlet Corners")),
    Postal("99102", "Mudbury", "US-MA", 42.38, -71.42, names=("Mudbury", "Hamlet Corners")),
    Postal("99103", "Mudbury", "US-MA", 0.0, 0.0, names=("Mudbury",)),
    Postal("99104", "Acme Insurance", "US-MA", 42.4, -71.4),
    Postal("99105", "Nowhere", "US-MA", 0.0, 0.0),
    Postal("99106", "Hamlet Corners", "US-MA", 42.0, -73.0, names=("Hamlet Corners",)),
]
AREAS = [
    Postal("K9Z", "Arrowville South", "CA-ON", 44.05, -80.03),
    Postal("K8Z", "Arrowville (Harbour Row / Old Mill / NW Side)", "CA-ON", 44.10, -80.00),
    Postal("K7Z", "Arrowville Central", "CA-ON", 46.00, -85.00),
    Postal("K6Z", "Arrowville Central", "CA-ON", 46.00, -85.00, placed=True),
    Postal("X0Z", "Outer Nunavut (Pole Inlet)", "CA-NU", 79.00, -76.00),
    Postal("K0Z", "Arrow County (Arrowville)", "CA-ON", 44.50, -80.00),
    Postal("G0Z", "Région Perdue (Introuvable)", "CA-QC", 48.00, -72.00),
    Postal("G1Z", "Québec Northeast", "CA-QC", 46.82, -71.20),
]


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("gazetteer") / "gazetteer.db"
    build(path, TOWNS, ZIPS, AREAS, {"invented": "1.0"})
    return path


@pytest.fixture(scope="module")
def gazetteer(path: Path) -> OfflineGazetteer:
    return OfflineGazetteer(path)


def rows(path: Path, statement: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(path) as connection:
        return connection.execute(statement).fetchall()


def test_the_same_sources_in_any_order_give_the_same_bytes(path: Path, tmp_path: Path):
    again = tmp_path / "again.db"
    build(again, reversed(TOWNS), reversed(ZIPS), reversed(AREAS), {"invented": "1.0"})
    assert again.read_bytes() == path.read_bytes()


def test_the_file_has_the_tables_of_the_one_that_is_shipped(path: Path):
    tables = "SELECT name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY name"
    assert rows(path, tables) == rows(FILE, tables)


def test_the_shipped_file_names_its_sources():
    pinned = dict(
        line.split("==") for line in (ROOT / "requirements-gazetteer.in").read_text().splitlines() if "==" in line
    )
    assert dict(rows(FILE, "SELECT name, version FROM source")) == pinned


def test_a_second_town_of_a_name_close_by_is_the_same_town(gazetteer: OfflineGazetteer):
    assert [town.id for town in gazetteer.towns("arrowville")] == [1]


def test_towns_of_a_name_far_apart_are_told_apart_by_a_larger_one(gazetteer: OfflineGazetteer):
    labels = {town.id: town.place("fr").label for town in gazetteer.towns("stfictif")}
    assert labels == {
        3: "Saint-Fictif (près de Nordbourg), Québec",
        4: "Saint-Fictif (près de Grosbourg), Québec",
    }
    assert [gazetteer.find(label).place.lat for label in labels.values()] == [47.0, 45.5]


def test_names_are_ranked_and_other_alphabets_and_codes_left_out(path: Path):
    assert rows(path, "SELECT key, rank FROM alias WHERE place = 1 ORDER BY key") == [
        ("arrowvil", 2),
        ("arrowville", 0),
        ("villefleche", 2),
    ]
    assert rows(path, "SELECT rank FROM alias WHERE place = 8 AND key = 'mudbury'") == [(1,)]


def test_a_town_is_also_called_as_english_speakers_do(gazetteer: OfflineGazetteer):
    assert gazetteer.find("Quebec City").place == gazetteer.find("Québec").place
    assert gazetteer.find("G1Z").place.label == "Quebec City, Quebec (G1Z)"
    assert gazetteer.find("G1Z", "fr").place.label == "Québec, Québec (G1Z)"


def test_a_place_that_only_zip_codes_know_lies_amid_those_that_are_close(gazetteer: OfflineGazetteer):
    corners = sorted((town.lat, town.lon, town.population) for town in gazetteer.towns("hamletcorners"))
    assert corners == [(42.0, -73.0, 0), (42.385, -71.415, 0)]
    assert gazetteer.towns(place_key("Acme Insurance")) == []
    assert {town.id for town in gazetteer.towns("mudbury")} == {8, 9}


def test_a_zip_code_without_a_point_lies_at_its_town_or_is_left_out(gazetteer: OfflineGazetteer):
    lost = gazetteer.area("99103")
    assert lost is not None
    assert (lost.lat, lost.lon, lost.approximate) == (42.4, -71.4, True)
    assert gazetteer.area("99105") is None


@pytest.mark.parametrize(
    ("code", "locality", "lat", "approximate"),
    [
        ("K9Z", "Arrowville", 44.05, False),
        ("K8Z", "Arrowville", 44.10, False),
        ("K7Z", "Arrowville", 44.00, False),
        ("K6Z", "Arrowville", 46.00, False),
        ("X0Z", "Pole Inlet", 64.00, True),
        ("K0Z", "Arrowville", 44.50, True),
        ("G0Z", "Introuvable", 48.00, True),
    ],
)
def test_a_canadian_area_lies_where_it_can(
    gazetteer: OfflineGazetteer, code: str, locality: str, lat: float, approximate: bool
):
    area = gazetteer.area(code)
    assert area is not None
    assert (area.locality, area.lat, bool(area.approximate)) == (locality, lat, approximate)


def test_quarters_are_known_from_the_labels_of_areas(gazetteer: OfflineGazetteer):
    assert [(t.name, t.lat) for key in ("harbourrow", "oldmill") for t in gazetteer.towns(key)] == [
        ("Harbour Row", 44.1),
        ("Old Mill", 44.1),
    ]
    assert gazetteer.towns("nwside") == []


@pytest.mark.parametrize(
    ("label", "names"),
    [
        ("Guelph South", ("Guelph", [])),
        ("Downtown Toronto (Kensington Market / Chinatown)", ("Toronto", ["Kensington Market", "Chinatown"])),
        ("Outer Nunavut (Iqaluit)", ("Outer Nunavut", ["Iqaluit"])),
        ("North", ("North", [])),
    ],
)
def test_a_label_is_a_town_and_its_quarters(label: str, names: tuple[str, list[str]]):
    assert label_names(Postal("K1A", label, "CA-ON", 45, -75)) == names


def test_rows_of_the_packages_are_understood():
    row = {
        "geonameid": 5, "name": "Olinda, CDP", "latitude": 1.0, "longitude": 2.0, "countrycode": "CA",
        "population": 900, "admin1code": "08", "alternatenames": [""],
    }  # fmt: skip
    assert geonames_town(row) == Town(5, "Olinda", "CA-ON", 1.0, 2.0, 900, ("",))
    code = {
        "zip_code": "00501", "city": "Holtsville", "state": "NY", "lat": "40.8", "long": "-73.0",
        "acceptable_cities": ["Holts"], "zip_code_type": "STANDARD",
    }  # fmt: skip
    assert zip_code(code).names == ("Holtsville", "Holts")
    assert zip_code(code | {"zip_code_type": "UNIQUE"}).names == ()
    provinces = {"Nunavut Territory": "CA-NU", "Northwest Territory": "CA-NT", "Quebec": "CA-QC"}
    assert {name: province_code(name) for name in provinces} == provinces


@pytest.fixture(scope="module", autouse=True)
def _scripts_leave_no_trace() -> Iterator[None]:
    yield
    for name in ("gazetteer_build", "gazetteer_merge", "gazetteer_sources"):
        sys.modules.pop(name, None)
