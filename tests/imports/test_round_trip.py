"""Any row that is right comes out as it went in; any text at all is answered with a report."""

import string
from contextlib import suppress
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from directory.catalog.models import Condition
from directory.credentials.models import Credential
from directory.database import db
from directory.imports.reading import Unreadable
from directory.imports.rosters import _checks
from directory.practitioners.models import Practitioner
from tests.imports.tables import ada, load, load_nppes, mary, outcome

RELAXED = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
printable = st.characters(codec="utf-8", categories=("L", "N", "P", "S"), exclude_characters="\ufffd")
word = st.text(printable, min_size=1, max_size=30)
name = st.builds(lambda letter, rest: letter + rest, st.sampled_from(string.ascii_letters + "éÉßøłŒ李"), word)
place = st.sampled_from([("CA-ON", 43.5, -80.2), ("US-CT", 41.3, -72.9), ("CA-QC", 46.8, -71.2)])
maybe = st.none() | word


@st.composite
def people(draw: Any) -> dict[str, Any]:
    region, lat, lon = draw(place)
    languages = draw(st.lists(st.sampled_from(["en", "fr-CA", "zh-Hant", "es-419", "cr"]), unique=True, max_size=3))
    return ada(
        given_name=draw(name), family_name=draw(name), former_name=draw(st.none() | name), region=region,
        lat=str(lat), lon=str(lon), postal_code=None, practice_name=draw(maybe), street=draw(maybe),
        locality=draw(st.none() | name), languages=";".join(languages),
        conditions=";".join(draw(st.sets(st.sampled_from(["neck-pain", "sciatica", "headache"]), max_size=2))),
        visit_modes=";".join(draw(st.sets(st.sampled_from(["home", "video"])))),
        accepting_new=draw(st.sampled_from(["yes", "no", "unknown"])), licence_number=draw(maybe),
        licence_expires_on=None, training_body=draw(maybe),
    )  # fmt: skip


@pytest.fixture(scope="module")
def numbers():
    """A number for each example, because the database keeps what earlier ones wrote."""
    return iter(range(10**6))


@RELAXED
@given(rows=st.lists(people(), min_size=1, max_size=6))
def test_generated_rows_come_out_as_they_went_in(catalog: Flask, numbers, rows: list[dict[str, Any]]):
    from unicodedata import normalize

    known = set(db.session.scalars(select(Condition.slug)))
    for row in rows:
        row["external_id"] = f"g-{next(numbers)}"
        row["conditions"] = ";".join(c for c in row["conditions"].split(";") if c in known)
    assert outcome(load(rows)) == (len(rows), 0, 0, 0, 0)
    assert outcome(load(rows)) == (0, 0, len(rows), 0, 0)
    db.session.rollback()
    for row in rows:
        one = db.session.scalars(select(Practitioner).where(Practitioner.external_id == row["external_id"])).one()
        (there,) = one.locations
        stored = {
            "given_name": one.given_name, "family_name": one.family_name, "former_name": one.former_name,
            "practice_name": there.name, "street": there.street, "locality": there.locality, "region": there.region,
            "lat": str(there.lat), "lon": str(there.lon), "languages": ";".join(one.languages),
            "accepting_new": one.accepting_new,
        }  # fmt: skip
        wanted = {key: row[key] and normalize("NFC", row[key]) for key in stored}
        assert stored == wanted
        assert {c.condition.slug for c in one.conditions} == set(filter(None, row["conditions"].split(";")))
        held = db.session.scalars(select(Credential).where(Credential.practitioner_id == one.id))
        assert {c.kind for c in held} == {
            kind for kind, cell in (("licence", row["licence_number"]), ("training", row["training_body"])) if cell
        }


@RELAXED
@given(content=st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_any_bytes_at_all_are_refused_or_reported(catalog: Flask, content: bytes):
    for start in (b"", b"given_name,family_name,profession,postal_code\n"):
        for read in (load, load_nppes):
            with suppress(Unreadable):
                outcome(read(start + content, dry_run=True))


@RELAXED
@given(text=st.text(st.characters(codec="utf-8", exclude_characters="\0\r"), max_size=60))
def test_any_text_in_any_cell_is_taken_or_refused_by_its_column(catalog: Flask, text: str):
    columns = list(_checks_of_the_layout())
    report = load(
        [ada(external_id=f"t-{n}", **({c: text} if c != "external_id" else {})) for n, c in enumerate(columns)],
        dry_run=True,
    )
    outcome(report)
    named = {refusal["column"] for refusal in report["refused"]}
    assert named <= {*columns, "(row)"}
    outcome(load_nppes([mary(**{column: text}) for column in list(mary())[:60]], dry_run=True))


def _checks_of_the_layout() -> list[str]:
    from directory.imports import queries

    return list(_checks(queries.known()))
