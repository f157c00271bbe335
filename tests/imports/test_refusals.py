"""Rows and files that are refused: each with its column and a reason, and the rest goes in."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from directory.database import db
from directory.imports.reading import Unreadable
from directory.practitioners.models import PracticeLocation, Practitioner
from tests.imports.tables import ADA, LICENSED, NPIS, ada, load, outcome, written

pytestmark = pytest.mark.usefixtures("catalog")
NOWHERE = {"lat": None, "lon": None, "postal_code": None, "locality": None, "region": None}


@pytest.mark.parametrize(
    ("cells", "column", "reason"),
    [
        ({"given_name": None}, "given_name", "is missing"),
        ({"family_name": "   "}, "family_name", "is missing"),
        ({"profession": None}, "profession", "is missing"),
        ({"given_name": "12"}, "given_name", "“12” has no letter"),
        ({"given_name": "A" * 101}, "given_name", "has 101 characters; at most 100 fit"),
        ({"given_name": "A\u202eB"}, "given_name", "holds a character that cannot be printed"),
        ({"street": "x" * 1_000_000}, "street", "has 1,000,000 characters"),
        ({"external_id": "x" * 101}, "external_id", "has 101 characters; at most 100 fit"),
        ({"npi": "2000000001"}, "npi", "“2000000001” is not an NPI: its check digit is wrong"),
        ({"pronoun": "it"}, "pronoun", "“it” is not one of she, he, they"),
        ({"profession": "wizard"}, "profession", "“wizard” is not a profession of the catalogue"),
        ({"region": "ON"}, "region", "“ON” is not a region such as CA-ON"),
        ({"region": "US-PR"}, "region", "“US-PR” is not a region such as CA-ON"),
        ({"country": "MX"}, "country", "“MX” is not CA or US"),
        ({"country": "US"}, "country", "US does not hold CA-ON"),
        ({"postal_code": "K2S"}, "postal_code", "“K2S” is not a postal code or ZIP"),
        ({"postal_code": "V6B 1A1"}, "postal_code", "V6B 1A1 is a code of CA-BC, not of CA-ON"),
        ({"postal_code": "06511"}, "postal_code", "06511 is not a code of CA"),
        ({"postal_code": "6511"}, "postal_code", "“6511” is not a postal code of CA-ON"),
        ({"lat": "north"}, "lat", "“north” is not a number"),
        ({"lat": None}, "lat", "is missing: coordinates need both"),
        ({"lon": None}, "lon", "is missing: coordinates need both"),
        ({"lon": "80.24"}, "lat", "43.53, 80.24 does not lie in CA"),
        ({"phone": "555"}, "phone", "“555” is not a telephone number with its area code"),
        ({"email": "ada"}, "email", "“ada” is not an e-mail address"),
        (
            {"website": "javascript:alert(1)"},
            "website",
            "“javascript:alert(1)” does not begin with https:// or http://",
        ),
        ({"languages": "en;klingonese"}, "languages", "“klingonese” is not a language tag such as en or fr-CA"),
        ({"languages": "xx"}, "languages", "“xx” names no known language"),
        ({"conditions": "neck-pain;nope"}, "conditions", "“nope” is not a condition of the catalogue"),
        ({"accepting_new": "maybe"}, "accepting_new", "“maybe” is not one of yes, no, unknown"),
        ({"visit_modes": "fax"}, "visit_modes", "“fax” is not one of in-person, home, video"),
        ({"licence_number": "1" * 61}, "licence_number", "has 61 characters; at most 60 fit"),
        (
            {"licence_expires_on": "31/03/2027"},
            "licence_expires_on",
            "“31/03/2027” is not a date written YYYY-MM-DD",
        ),
        (
            {"licence_expires_on": "2027-03-31"},
            "licence_number",
            "is missing: a licence needs a number or an issuer",
        ),
        ({"training_hours": "60"}, "training_body", "is missing: a training needs a body or a programme"),
        ({"training_body": "X", "training_hours": "-1"}, "training_hours", "“-1” is not a number of hours"),
        (
            {"training_body": "X", "training_completed_on": "2190-01-01"},
            "training_completed_on",
            "2190-01-01 is still to come",
        ),
        (
            {"certification_expires_on": "2028-01-31"},
            "certification_name",
            "is missing: a certification needs a name or an issuer",
        ),
        (NOWHERE, "postal_code", "is missing: a place needs lat and lon, or a postal_code, or locality and region"),
        (
            {**NOWHERE, "locality": "Guelph"},
            "region",
            "is missing: a place needs lat and lon, or a postal_code, or locality and region",
        ),
        (
            {**NOWHERE, "locality": "Nosuchtownatall", "region": "CA-ON"},
            "locality",
            "is not a place we know: give lat and lon",
        ),
        (
            {**NOWHERE, "lat": "42.31", "lon": "-83.05"},
            "region",
            "cannot be told from the rest of the row: give it, as in CA-ON",
        ),
    ],
)
def test_a_row_that_is_wrong_is_refused_by_column_and_reason(cells: dict[str, Any], column: str, reason: str):
    report = load([ada(), ada(**cells | {"external_id": cells.get("external_id", "r-2")})], dry_run=True)
    assert report["refused"] == [{"row": 3, "column": column, "reason": reason}]
    assert outcome(report) == (1, 0, 0, 1, 0)


def test_every_wrong_column_of_a_row_is_named():
    report = load([ada(npi="1", region="XX", pronoun="it")], dry_run=True)
    assert report["refused"] == [
        {
            "row": 2,
            "column": "region",
            "reason": "“XX” is not a region such as CA-ON",
            "also": [
                {"column": "npi", "reason": "“1” is not an NPI: it has ten digits"},
                {"column": "pronoun", "reason": "“it” is not one of she, he, they"},
            ],
        }
    ]


def test_a_condition_that_is_only_there_to_be_searched_for_cannot_be_claimed(catalog: Flask):
    from directory.catalog.models import Condition

    slug = db.session.scalars(select(Condition.slug).where(Condition.kind == "search-only")).first()
    (refused,) = load([ada(conditions=slug)], dry_run=True)["refused"]
    assert refused["column"] == "conditions"
    assert refused["reason"] == f"“{slug}” is there to be searched for, not to be listed as treated"


@pytest.mark.parametrize(
    ("cells", "region", "precision", "flags"),
    [
        ({"lat": "43.55", "lon": "-80.25"}, "CA-ON", "address", {}),
        ({"lat": "43,55", "lon": "−80,25"}, "CA-ON", "address", {}),
        ({"lat": "42.30", "lon": "-83.03", "postal_code": "N9A 1A1"}, "CA-ON", "address", {}),
        ({"postal_code": "k2s1s9"}, "CA-ON", "postal", {}),
        ({"postal_code": "06511"}, "US-CT", "postal", {}),
        ({"postal_code": "6511.0"}, "US-CT", "postal", {}),
        ({"locality": "Guelph", "region": "ca-on"}, "CA-ON", "town", {}),
        ({"locality": "quebec", "region": "CA-QC"}, "CA-QC", "town", {}),
        ({"postal_code": "X0A 0A0"}, "CA-NU", "approximate", {"approximate_place": 1}),
        ({"postal_code": "98101", "region": "US-OR"}, "US-OR", "postal", {"postal_code_of_another_region": 1}),
    ],
)
def test_a_place_is_found_from_what_the_row_gives(
    cells: dict[str, str], region: str, precision: str, flags: dict[str, int]
):
    report = load([ada(**NOWHERE | cells)])
    assert (outcome(report), report["flagged"]) == ((1, 0, 0, 0, 0), flags)
    (place,) = db.session.scalars(select(PracticeLocation))
    assert (place.region, place.precision) == (region, precision)


def test_damage_with_one_sure_reading_is_repaired_and_counted():
    row = {
        **ADA, "given_name": "  Ada ", "npi": f"{NPIS[0]}.0", "region": "US-CT", "locality": "New Haven",
        "postal_code": "6511.0", "lat": "41,31", "lon": "-72.92", "licence_number": "7",
        "licence_expires_on": "2027-03-31 00:00:00",
    }  # fmt: skip
    report = load([row])
    assert (outcome(report), report["repaired"]) == ((1, 0, 0, 0, 0), 5)
    assert load([row])["repaired"] == 5
    assert load([ada(given_name=" Ada ", region="XX")])["repaired"] == 0


@pytest.mark.parametrize(
    ("line", "reason"),
    [(b"r-1,Ada,Lee", "has 3 cells, and the header 6"), (b"r-1,Ada,Lee,PT,43,-80,x", "has 7 cells, and the header 6")],
)
def test_a_row_with_too_few_or_too_many_cells_is_refused(line: bytes, reason: str):
    header = b"external_id,given_name,family_name,profession,lat,lon\n"
    (refused,) = load(header + line + b"\n", dry_run=True)["refused"]
    assert (refused["row"], refused["column"], refused["reason"]) == (2, "(row)", reason)


def test_blank_columns_and_rows_that_a_spreadsheet_adds_do_no_harm():
    content = (
        b"\xef\xbb\xbfGiven_Name, family_name,profession,lat,lon,region,,\r\n"
        b"Ada,Lee,PT,43.5,-80.2,CA-ON,,\r\n,,,,,,,\r\n\r\nBo,Lee,PT,43.5,-80.2,CA-ON,,\r\n"
    )
    assert outcome(load(content)) == (2, 0, 0, 0, 0)
    assert db.session.scalars(select(Practitioner.given_name).order_by(Practitioner.id)).all() == ["Ada", "Bo"]


@pytest.mark.parametrize(
    ("header", "says"),
    [
        ("given_name,family_name,lat,lon", "missing column profession"),
        (
            "given_name,family_name,profession,lat",
            "missing column lat and lon (or postal_code, or locality and region)",
        ),
        ("given_name,family_name,profession,postal_code,fax", "unknown column “fax”"),
        (
            "given_name,family_name,profession,postal_code,licence_no",
            "unknown column “licence_no” (did you mean licence_number?)",
        ),
        ("given_name,given_name,family_name,profession,postal_code", "column given_name stands 2 times"),
        ("given_name;family_name;profession;postal_code", "missing column given_name; missing column family_name"),
        ("", "The file is empty"),
    ],
)
def test_a_file_of_another_layout_is_refused_whole(header: str, says: str):
    with pytest.raises(Unreadable) as refused:
        load(f"{header}\nAda,Lee,PT,N1G 4Z2\n".encode() if header else b"")
    assert says in str(refused.value)
    assert db.session.scalar(select(func.count()).select_from(Practitioner)) == 0


@pytest.mark.parametrize(
    "damage",
    [b"Bo,\x00,PT\r\n", "Ren\xe9,Lee,PT\r\n".encode("latin-1"), b'Bo,"Lee,PT\r\n', b"x" * 10_000_000],
)
def test_a_file_with_a_damaged_line_is_refused_before_its_first_row_goes_in(damage: bytes):
    with pytest.raises(Unreadable):
        load(written([ada(external_id=f"r-{n}") for n in range(50)]) + damage)
    assert db.session.scalar(select(func.count()).select_from(Practitioner)) == 0


def test_a_licence_of_many_cells_keeps_its_column_in_the_report():
    (refused,) = load([ada(**LICENSED | {"licence_expires_on": "2027-02-30"})], dry_run=True)["refused"]
    assert refused["column"] == "licence_expires_on"
