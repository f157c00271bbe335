"""What we say ourselves is plain, promises nothing, and nothing meant for editors reaches a page."""

import html
import json
import re

import pytest

from directory.catalog import actions, queries
from directory.config import ROOT
from tests.catalog.files import texts_for_editors
from tests.reading import grade, sentences_of

OWN = [f"guidance/{name}.html" for name in ("home", "conditions", "condition", "guides", "guide")]
OWN += [f"parts/{name}.html" for name in ("claim", "guide_blocks", "origin", "review_mark", "sources")]
AVOIDED = re.compile(
    r"\b(suitable|best|verified practitioner|specialist|cure[ds]?|guarantee\w*|safe|toxin\w*)\b", re.IGNORECASE
)


def own_words() -> list[str]:
    """Every English string of these pages' templates."""
    source = "\n".join((ROOT / "templates" / name).read_text() for name in OWN)
    found = re.findall(r'\b(?:_|ngettext)\("([^"]+)"', source)
    return [re.sub(r"%\(\w+\)s", "it", text) for text in found]


def test_a_child_of_eleven_can_read_what_we_say():
    sentences = sentences_of(own_words())
    assert len(sentences) > 30
    assert grade(sentences) < 6
    assert [s for s in sentences if len(s.split()) > 26] == []


def test_the_grade_tells_plain_from_learned():
    assert grade(["We saw a copy."]) < 2
    assert grade(["Intramuscular stimulation demonstrates considerable therapeutic applicability."]) > 20


def test_we_promise_nothing_and_rank_nobody():
    assert [text for text in own_words() if AVOIDED.search(text)] == []
    assert AVOIDED.search("The best specialist")


@pytest.fixture
def everything(client, catalog) -> str:
    """Every page of the room and its answers to machines, as one text."""
    paths = ["/", "/conditions/", "/conditions/?q=nek", "/guides/", "/questions/", "/questions/sheet", "/how-we-check"]
    paths += [f"/conditions/{c.slug}" for c in queries.conditions()]
    paths += [f"/guides/{d.slug}" for d in queries.documents("guide")]
    texts = [client.get(root + path).text for root in ("", "/fr") for path in paths]
    machine = [
        json.dumps(client.get(f"/api/v1/{n}").get_json(), ensure_ascii=False) for n in ("conditions", "questions")
    ]
    return html.unescape("\n".join(texts + machine))


def test_nothing_for_editors_reaches_a_page(everything):
    assert "Appelez le 911" in everything
    assert [text for text in texts_for_editors() if text in everything] == []
    assert [mark for mark in ("unverified)", "seed-0", "editor_note", "icd10") if mark in everything] == []


def test_no_claim_without_a_source_reaches_a_page(everything):
    claims = json.loads((actions.FOLDER / "safety.json").read_text("utf-8"))["claims_without_source"]
    assert len(claims) == 12
    figures = {claim["value"] for claim in claims if "%" in claim["value"]}
    assert [figure for figure in figures if figure in everything or figure.replace("-", "–") in everything] == []
    assert [claim["measure"] for claim in claims if claim["measure"] in everything] == []
    assert re.findall(r"\b\d+\s?%(?!\w)", everything) == []
