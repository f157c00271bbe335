import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from directory.catalog import queries
from directory.web.errors import NotFound


@pytest.mark.parametrize(
    ("typed", "slug"),
    [
        ("mal de dos", "low-back-pain"),
        ("back pain", "low-back-pain"),
        ("Tour de reins", "low-back-pain"),
        ("tennis elbow", "tennis-elbow"),
        ("epicondylite", "tennis-elbow"),
        ("L’ÉPICONDYLITE", "tennis-elbow"),
        ("douleur au cou", "neck-pain"),
        ("neck pain", "neck-pain"),
        ("my neck hurts", "neck-pain"),
        ("mal aux genoux", "knee-pain"),
        ("knee", "knee-pain"),
        ("hand pain", "wrist-hand-pain"),
        ("heel pain", "plantar-heel-pain"),
        ("plantar-heel-pain", "plantar-heel-pain"),
        ("TMJ", "jaw-pain-tmd"),
        ("sinusitis", "sinus-headache"),
        ("  Migraine ", "migraine"),
    ],
)
def test_typed_words_lead_to_a_condition(catalog, typed, slug):
    match = queries.match_condition(typed)
    assert match.condition is not None
    assert (match.condition.slug, match.near) == (slug, [])


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("nek pain", "neck-pain"),
        ("plntar", "plantar-heel-pain"),
        ("carpel tunel", "carpal-tunnel"),
        ("syatique", "sciatica"),
        ("foot pain", "plantar-heel-pain"),
        ("cheville", "ankle-sprain"),
    ],
)
def test_unknown_words_offer_up_to_five_near_ones(catalog, typed, first):
    match = queries.match_condition(typed)
    assert match.condition is None
    assert match.near[0].slug == first
    assert len(match.near) <= 5


@pytest.mark.parametrize("typed", ["", "   ", "xyzzy", "💥" * 500, "\0", "a", "l’", "🦵 " * 5000, "x" * 1_000_000])
def test_what_means_nothing_offers_nothing(catalog, typed):
    assert queries.match_condition(typed) == queries.ConditionMatch()


def test_a_known_word_costs_one_statement_and_an_unknown_one_four(catalog, count_statements):
    with count_statements() as known:
        queries.match_condition("mal de dos")
    with count_statements() as unknown:
        queries.match_condition("nek pain")
    assert (len(known), len(unknown)) == (1, 4)


def test_a_million_letters_are_answered_at_once(catalog):
    started = time.perf_counter()
    queries.match_condition("lombalgie " * 100_000)
    assert time.perf_counter() - started < 0.5


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=st.text(max_size=300))
def test_any_text_is_answered(catalog, typed):
    match = queries.match_condition(typed)
    assert match.condition is None or match.near == []


def test_conditions_stand_by_region_with_children_after_their_parent(catalog):
    listed = queries.conditions()
    assert len(listed) == 44
    assert [c.slug for c in listed if c.region_slug == "shoulder"] == [
        "shoulder-pain",
        "rotator-cuff-pain",
        "frozen-shoulder",
    ]
    assert list(dict.fromkeys(c.region_slug for c in listed)) == [r.slug for r in queries.regions()]


def test_things_that_are_not_there(catalog):
    with pytest.raises(NotFound):
        queries.condition_by_slug("nope")
    with pytest.raises(NotFound):
        queries.document("guide", "nope")
    assert queries.profession_by_slug("nope") is None


@pytest.mark.parametrize(
    ("code", "slug"),
    [
        ("225100000X", "physiotherapist"),
        ("2251X0800X", "physiotherapist"),
        ("111NS0005X", "chiropractor"),
        ("171100000X", "acupuncturist"),
        ("225700000X", "massage-therapist"),
        ("225X00000X", "occupational-therapist"),
        ("2255A2300X", "athletic-therapist"),
        ("175F00000X", "naturopathic-doctor"),
        ("208VP0014X", "physician"),
        ("363L00000X", "nurse-practitioner"),
    ],
)
def test_a_taxonomy_code_leads_to_its_profession(catalog, code, slug):
    found = queries.profession_by_taxonomy(code)
    assert found is not None
    assert found.slug == slug


@pytest.mark.parametrize("code", ["225200000X", "363A00000X", "213E00000X", "390200000X", "", "225100000x"])
def test_a_taxonomy_code_of_nobody_listed_leads_nowhere(catalog, code):
    assert queries.profession_by_taxonomy(code) is None


def test_clocks_are_numbers_the_code_uses_and_words_people_read(catalog):
    clocks = queries.clocks()
    assert {key: clock.days for key, clock in clocks.items()} == {
        "licence": 90,
        "permission": 90,
        "training": None,
        "certification": None,
        "insurance": None,
        "profile": 90,
        "decision": 10,
        "decision-target": 5,
        "correction": 2,
        "reminders-before": None,
        "reminders-after": None,
    }
    assert (clocks["licence"].value_en, clocks["licence"].value_fr) == ("every 90 days", "tous les 90 jours")


def test_questions_stand_in_nine_groups(catalog):
    listed = queries.questions()
    groups = [d.slug for d in queries.documents("question-group")]
    assert len(listed) == 36
    assert sum(q.on_short_sheet for q in listed) == 13
    assert list(dict.fromkeys(q.group_slug for q in listed)) == groups
