"""What invented people say breaks none of the rules for words, and none of the claims never to show is among it."""

import json
import re
from collections.abc import Iterator

import pytest

from directory.config import ROOT
from directory.seed import demo
from tests.reading import grade

WORLD = json.loads(demo.PEOPLE.read_text())
CATALOG = ROOT / "directory" / "catalog" / "data"
MORE_TO_AVOID = ["suitable", "verified", "proven", "success", "effective", "toujours", "efficace", "prouvé"]


def texts(world: object) -> Iterator[str]:
    """Every text of the world, wherever it stands, but not the names of keys."""
    if isinstance(world, str):
        yield world
    elif isinstance(world, dict):
        for value in world.values():
            yield from texts(value)
    elif isinstance(world, list):
        for value in world:
            yield from texts(value)


def shown() -> list[str]:
    """What a page may print of the demo world in people's own words or about them."""
    return [*texts(WORLD["words"]), *texts(WORLD["people"]), *demo.TITLES.values(), *demo.LIMITS.values()]


def words_to_avoid() -> list[str]:
    """The words of terminology.json that the site does not use, in either language."""
    style = json.loads((CATALOG / "terminology.json").read_text())["style"]
    entries = [re.sub(r"\(.*?\)", "", entry) for entry in style["avoid"] + style["avoid_fr"]]
    return [word.strip().lower() for entry in entries for word in entry.split(",") if word.strip()]


def breaks(text: str, avoid: list[str]) -> list[str]:
    """The words to avoid that a text holds, in the singular or the plural."""
    return [word for word in avoid if re.search(rf"\b{re.escape(word)}e?s?\b", text.lower())]


def test_the_words_to_avoid_are_those_of_both_languages():
    assert {"specialist", "best", "cure", "safe", "guarantee", "spécialiste", "guérir"} <= set(words_to_avoid())


def test_nobody_uses_a_word_to_avoid():
    avoid = [*words_to_avoid(), *MORE_TO_AVOID]
    assert [(text, breaks(text, avoid)) for text in shown() if breaks(text, avoid)] == []


@pytest.mark.parametrize("careless", ["The best in town.", "A cure for pain.", "Two specialists.", "Sans risque."])
def test_a_word_to_avoid_is_found(careless):
    assert breaks(careless, words_to_avoid())


def claims() -> list[dict[str, str]]:
    found: list[dict[str, str]] = json.loads((CATALOG / "safety.json").read_text())["claims_without_source"]
    return found


def claimed_in(text: str) -> list[str]:
    """The claims never to show that a text makes: its figures, or the words in which it was made."""
    plain = text.lower().replace("–", "-")
    made = [claim["value"] for claim in claims() if re.search(r"\d", claim["value"]) and claim["value"] in plain]
    made += [claim["measure"] for claim in claims() if claim["measure"] in plain]
    return made + re.findall(r"\d+ ?%|per ?cent|pour cent", plain)


def test_nobody_makes_one_of_the_twelve_claims_or_gives_a_percentage():
    assert len(claims()) == 12
    assert [(text, claimed_in(text)) for text in shown() if claimed_in(text)] == []


def test_such_a_claim_is_found():
    assert claimed_in("Pain relief effectiveness: 70–80%.")
    assert claimed_in("There is a remarkable success rate.")
    assert claimed_in("80 pour cent")


def test_answers_are_short_and_plain():
    english = list(texts(WORLD["words"]["en"]))
    assert max(map(len, texts(WORLD["words"]))) <= 200
    assert grade(english) <= 6


def test_french_is_spaced_as_in_canada():
    french = list(texts(WORLD["words"]["fr"]))
    assert [text for text in french if re.search(r" [?!;:]|['\"]", text)] == []
    assert [text for text in texts(WORLD["words"]["en"]) if re.search(r"['\"]", text)] == []
