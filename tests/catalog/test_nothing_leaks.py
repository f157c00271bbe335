"""What editors wrote for themselves stays in the files."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import select

from directory.catalog import actions as catalog_actions
from directory.database import Base, db
from directory.jurisdictions import actions as jurisdiction_actions

EDITORS = {
    "basis_note", "detail_en", "editor_note", "effects_note", "fact_note", "facts", "graded_by", "how_to_confirm",
    "icd_note", "licensing", "limits_of_text", "needling_permission", "note", "product", "red_flag_note", "rule",
    "rules", "says", "seed_contrast", "seed_says", "seen", "suitability_rule", "when_considered_rule",
    "seek_help_soon_basis", "seed_origin",
}  # fmt: skip
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


def fields(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """Every text of a file with the keys that lead to it."""
    if isinstance(value, str):
        yield path, value
    for key, part in value.items() if isinstance(value, dict) else ():
        yield from fields(part, (*path, key))
    for part in value if isinstance(value, list) else ():
        yield from fields(part, path)


@pytest.fixture(scope="session")
def for_editors() -> set[str]:
    """Texts of 20 letters and more that only editors may read: notes, leads, drafts of evidence."""
    public, private = set(), set()
    for folder in (catalog_actions.FOLDER, jurisdiction_actions.FOLDER):
        for path in folder.glob("*.json"):
            content = json.loads(path.read_text("utf-8"))
            for keys, text in fields(content):
                is_note = bool(EDITORS & set(keys)) or (path.stem == "regulators" and keys[-1] == "note_en")
                is_draft = keys[0] == "claims" and keys[-1] in {"statement", "statement_fr", "limits", "limits_fr"}
                is_lead = keys[0] == "sources" and len(keys) == 3 and content["sources"][keys[1]]["kind"] == "seed"
                (private if is_note or is_draft or is_lead else public).add(text)
    return {text for text in private - public if len(text) >= 20}


def loaded() -> str:
    """Everything the database holds of the catalogue, as one text."""
    tables = Base.metadata.tables
    rows = [list(row) for name in TABLES for row in db.session.execute(select(tables[name]))]
    return "\n".join(strings([[cell for cell in row if isinstance(cell, str | dict | list)] for row in rows]))


def test_there_is_much_that_could_leak(for_editors):
    assert len(for_editors) > 200
    assert any("(memory, unverified)" in text for text in for_editors)


def test_what_editors_read_is_not_loaded(catalog, for_editors):
    text = loaded()
    assert len(text) > 100_000
    assert [note for note in for_editors if note in text] == []
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
