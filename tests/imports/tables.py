"""Invented files in the layouts that are imported, and one call that imports them."""

import csv
import io
import json
from pathlib import Path
from typing import Any

from directory.imports import actions
from directory.imports.cli import FLAGS
from directory.imports.nppes import Nppes
from directory.imports.reading import header_of
from directory.imports.report import Report
from directory.imports.rosters import Roster

FILES = Path(__file__).with_name("files")
NPIS = ("2000000002", "2000000010", "2000000028", "2000000036", "2000000044", "2000000051")  # right, never given out
ADA: dict[str, Any] = {
    "external_id": "r-1", "given_name": "Ada", "family_name": "Invented", "profession": "physiotherapist",
    "practice_name": "Invented Clinic", "street": "1 Invented Street", "locality": "Guelph", "region": "CA-ON",
    "postal_code": "N1G 4Z2", "lat": "43.53", "lon": "-80.24",
}  # fmt: skip
LICENSED: dict[str, Any] = {
    "licence_issuer": "Invented College", "licence_number": "00017", "licence_expires_on": "2027-03-31",
}  # fmt: skip
MARY: dict[str, str] = {
    "NPI": NPIS[0], "Entity Type Code": "1", "Provider Last Name (Legal Name)": "MCINVENTED",
    "Provider First Name": "MARY", "Provider First Line Business Practice Location Address": "1 MAIN ST",
    "Provider Business Practice Location Address City Name": "NEW HAVEN",
    "Provider Business Practice Location Address State Name": "CT",
    "Provider Business Practice Location Address Postal Code": "065112345",
    "Provider Business Practice Location Address Country Code (If outside U.S.)": "US",
    "Healthcare Provider Taxonomy Code_1": "225100000X", "Provider License Number_1": "PT1",
    "Provider License Number State Code_1": "CT", "Healthcare Provider Primary Taxonomy Switch_1": "Y",
}  # fmt: skip


def ada(**cells: Any) -> dict[str, Any]:
    """A roster row that is right: a physiotherapist in Guelph with coordinates; None leaves a cell blank."""
    return {**ADA, **cells}


def written(rows: list[dict[str, Any]], header: list[str] | None = None) -> bytes:
    """Rows as a CSV file whose header holds every column that some row has."""
    names = header or list(dict.fromkeys(name for row in rows for name in row))
    text = io.StringIO()
    table = csv.DictWriter(text, names, restval="", lineterminator="\r\n")
    table.writeheader()
    table.writerows({name: "" if cell is None else cell for name, cell in row.items()} for row in rows)
    return text.getvalue().encode()


def nppes_header() -> list[str]:
    """The 329 columns of the official layout of 2018."""
    with (FILES / "nppes_invented.csv").open("rb") as file:
        return header_of(file)[0]


def mary(**cells: str) -> dict[str, str]:
    """An NPPES row that is right: a physical therapist in New Haven, CT. Short names stand for the long ones."""
    return {**dict.fromkeys(nppes_header(), ""), **MARY, **{SHORT.get(k, k): v for k, v in cells.items()}}


def slot(number: int, code: str, licence: str = "", state: str = "", switch: str = "N") -> dict[str, str]:
    """The four cells of a taxonomy slot."""
    names = ("Taxonomy Code", "License Number", "License Number State Code", "Primary Taxonomy Switch")
    owner = ("Healthcare Provider", "Provider", "Provider", "Healthcare Provider")
    cells = zip(owner, names, (code, licence, state, switch), strict=True)
    return {f"{who} {name}_{number}": cell for who, name, cell in cells}


SHORT = {
    "npi": "NPI", "entity": "Entity Type Code", "last": "Provider Last Name (Legal Name)",
    "first": "Provider First Name", "other_last": "Provider Other Last Name",
    "other_type": "Provider Other Last Name Type Code", "deactivated": "NPI Deactivation Date",
    "reactivated": "NPI Reactivation Date", "zip": "Provider Business Practice Location Address Postal Code",
    "state": "Provider Business Practice Location Address State Name",
    "city": "Provider Business Practice Location Address City Name",
    "country": "Provider Business Practice Location Address Country Code (If outside U.S.)",
}  # fmt: skip


def load(content: bytes | list[dict[str, Any]], *, layout: Any = Roster, **options: Any) -> dict[str, Any]:
    """Import rows, or the bytes of a file, and say what the report says."""
    file = content if isinstance(content, bytes) else written(content)
    with Report() as report:
        actions.import_file(io.BytesIO(file), report, name="invented.csv", layout=layout, **options)
        said: dict[str, Any] = json.loads("".join(report.as_json()))
    assert said["flagged"].keys() <= FLAGS.keys()
    return said


def load_nppes(content: bytes | list[dict[str, Any]], **options: Any) -> dict[str, Any]:
    return load(content, layout=Nppes, **options)


def outcome(report: dict[str, Any]) -> tuple[int, int, int, int, int]:
    """Added, changed, unchanged, refused, skipped; together the rows read."""
    counts = (report["added"], report["changed"], report["unchanged"], len(report["refused"]), report["skipped"])
    assert sum(counts) == report["read"]
    return counts
