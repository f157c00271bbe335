"""What editors wrote for themselves stays in the files."""

import json
from collections.abc import Iterator
from typing import Any

from sqlalchemy import select

from directory.catalog import actions as catalog_actions
from directory.database import Base, db
from tests.catalog.files import texts_for_editors

TABLES = (
    "condition", "condition_word", "document", "jurisdiction", "profession", "question", "region", "regulator",
    "review_clock", "training_body",
)  # fmt: skip


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from strings(part)
    elif isinstance(value, list):
        for part in value:
            yield from strings(part)


def loaded() -> str:
    """Everything the database holds of the catalogue, as one text."""
    tables = Base.metadata.tables
    rows = [list(row) for name in TABLES for row in db.session.execute(select(tables[name]))]
    return "\n".join(strings([[cell for cell in row if isinstance(cell, str | dict | list)] for row in rows]))


def test_there_is_much_that_could_leak():
    for_editors = texts_for_editors()
    assert len(for_editors) > 200
    assert any("(memory, unverified)" in text for text in for_editors)


def test_what_editors_read_is_not_loaded(catalog):
    text = loaded()
    assert len(text) > 100_000
    assert [note for note in texts_for_editors() if note in text] == []
    assert [mark for mark in ("unverified)", "seed-0", "editor_note") if mark in text] == []


def test_claims_without_a_source_are_not_loaded(catalog):
    safety = json.loads((catalog_actions.FOLDER / "safety.json").read_text("utf-8"))
    claims = safety["claims_without_source"]
    assert len(claims) == 12
    text = loaded()
    figures = {claim["value"] for claim in claims if "%" in claim["value"]}
    assert [figure for figure in figures if figure in text or figure.replace("-", "–") in text] == []
    assert [claim["measure"] for claim in claims if claim["measure"] in text] == []


def test_what_is_wholly_from_memory_and_what_is_called_suitable_is_left_out(catalog):
    text = loaded()
    safety = json.loads((catalog_actions.FOLDER / "safety.json").read_text("utf-8"))
    rows = {row["factor"]: row for row in safety["suitability"]}
    assert rows["Under 18"]["note"] == "memory, unverified"
    assert rows["Muscle knots"]["seed"][0]["says"] == "suitable"
    left_out = [row["product_text"] for row in rows.values() if row["product_text"] not in text]
    assert left_out == [
        rows[factor]["product_text"]
        for factor in ("Pacemaker or other implant", "Under 18", "Long-lasting pain", "Muscle knots")
    ]
