"""The demo world: invented, whole, honest, and the same each time."""

import json
import re

import pytest
from sqlalchemy import select

from directory.audit.models import Event
from directory.catalog import queries as catalog_queries
from directory.config import ROOT
from directory.credentials.queries import facts_for
from directory.credentials.rules import Kind, Status
from directory.database import db, transaction
from directory.practitioners.models import Practitioner
from directory.search import index
from directory.seed import actions
from directory.seed.demo import PEOPLE

WORLD = json.loads(PEOPLE.read_text())


def people() -> list[Practitioner]:
    return list(db.session.scalars(select(Practitioner).order_by(Practitioner.id)))


def test_sixty_people_and_more_are_listed_and_marked_as_invented(demo):
    found = people()
    assert len(found) == len(WORLD["people"]) >= 60
    assert {(p.origin, p.visibility) for p in found} == {("demo", "listed")}


def test_every_fact_stands_as_the_world_says(demo):
    by_id = {p.external_id: p for p in people()}
    chains = facts_for([p.id for p in by_id.values()])
    for entry in WORLD["people"]:
        chain = chains[by_id[entry["id"]].id]
        shown = {fact.kind.value: fact.standing.status.value for fact in chain}
        assert shown == {kind: fact.partition(":")[0] for kind, fact in entry["facts"].items()}, entry["id"]


def test_every_standing_occurs_and_every_kind_is_confirmed_somewhere(demo):
    chains = facts_for([p.id for p in people()])
    found = {(fact.kind, fact.standing.status) for chain in chains.values() for fact in chain}
    assert {status for _, status in found} == set(Status)
    assert {kind for kind, status in found if status is Status.CONFIRMED} == set(Kind)


def test_every_condition_one_may_list_is_treated_by_someone(demo):
    treated = {t.condition.slug for p in people() for t in p.conditions}
    assert treated == {c.slug for c in catalog_queries.conditions() if c.kind != "search-only"}


def test_some_have_two_practices_some_in_two_jurisdictions_and_some_speak_french(demo):
    found = people()
    places = [{location.region for location in p.locations} for p in found if len(p.locations) > 1]
    assert len(places) >= 5
    assert max(map(len, places)) == 2
    assert sum("fr" in p.languages for p in found) >= 12


def test_a_second_run_adds_nobody(demo):
    with transaction():
        assert actions.seed_demo() == 0
    assert db.session.query(Event).filter_by(tag="seed:demo").count() == 1


def test_the_index_holds_the_demo_world(demo):
    assert index.differences() == []


def test_no_number_could_be_someone_s(demo):
    phones = [location.phone for p in people() for location in p.locations]
    assert [phone for phone in phones if not re.fullmatch(r"\d{3} 555 01\d\d", phone)] == []


def words_to_avoid() -> list[str]:
    """What practitioners' own words may not say, from the catalogue's terms and the claims never to show."""
    style = json.loads((ROOT / "directory/catalog/data/terminology.json").read_text())["style"]
    avoid = [word for entry in style["avoid"] for word in re.sub(r"\(.*?\)", "", entry).split(", ")]
    return [word.strip().lower() for word in avoid if word.strip()]


def test_own_words_promise_nothing():
    texts = [text for words in WORLD["words"].values() for several in words.values() for text in several]
    avoid = [*words_to_avoid(), "suitable", "guarantee", "verified"]
    assert [
        (word, text) for text in texts for word in avoid if re.search(rf"\b{re.escape(word)}\b", text.lower())
    ] == []


@pytest.mark.parametrize("careless", ["The best in town.", "A cure for pain."])
def test_the_words_to_avoid_are_found(careless):
    assert any(re.search(rf"\b{re.escape(word)}\b", careless.lower()) for word in words_to_avoid())
