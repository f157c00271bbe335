import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.credentials.rules import LADDER, Kind, Status
from directory.practitioners.rules import VISIT_MODES
from directory.search.criteria import ACCEPTING, PROFESSION, Criteria, Problem, clean, parse, plain

PROFESSIONS = ("physiotherapist", "chiropractor", "physician")


def read(*pairs):
    return parse(pairs, professions=PROFESSIONS)


def test_an_empty_query_is_a_search_for_nowhere():
    asked = read()
    assert asked.criteria == Criteria()
    assert not asked.problems
    assert not asked.criteria.has_place


def test_every_parameter_of_the_contract_is_read():
    asked = read(
        ("near", "Guelph, Ontario"),
        ("condition", "neck-pain"),
        ("within", "100"),
        ("profession", "physician"),
        ("fact", "licence:confirmed"),
        ("fact", "training:document_seen"),
        ("fact", "permission:met"),
        ("language", "fr"),
        ("accepting", "1"),
        ("visit", "home"),
        ("page", "2"),
        ("per_page", "100"),
        ("lat", "43.5"),
        ("lon", "-80.25"),
    )
    assert not asked.problems
    assert asked.criteria == Criteria(
        near="Guelph, Ontario",
        point=(43.5, -80.25),
        within=100,
        condition="neck-pain",
        professions=("physician",),
        facts={
            Kind.LICENCE: Status.CONFIRMED,
            Kind.PERMISSION: Status.CONFIRMED,
            Kind.TRAINING: Status.DOCUMENT_SEEN,
        },
        languages=("fr",),
        accepting=True,
        visits=("home",),
        page=2,
        per_page=100,
    )


@pytest.mark.parametrize(
    ("name", "value", "problem"),
    [
        ("within", "0", Problem("range", 1, 500)),
        ("within", "501", Problem("range", 1, 500)),
        ("within", "far", Problem("range", 1, 500)),
        ("within", "1e2", Problem("range", 1, 500)),
        ("within", "nan", Problem("range", 1, 500)),
        ("within", "٢٥", Problem("range", 1, 500)),
        ("page", "0", Problem("range", 1, 1_000_000)),
        ("page", "1.5", Problem("range", 1, 1_000_000)),
        ("page", "9" * 5000, Problem("range", 1, 1_000_000)),
        ("per_page", "101", Problem("range", 1, 100)),
        ("profession", "wizard", Problem("choice")),
        ("visit", "carrier-pigeon", Problem("choice")),
        ("accepting", "yes", Problem("choice")),
        ("fact", "licence", Problem("fact")),
        ("fact", "licence:expired", Problem("fact")),
        ("fact", "licence:met", Problem("fact")),
        ("fact", "mood:confirmed", Problem("fact")),
        ("language", "french!", Problem("language")),
        ("language", "e", Problem("language")),
        ("near", "x" * 201, Problem("long", 0, 200)),
        ("condition", "x" * 121, Problem("long", 0, 120)),
    ],
)
def test_a_value_that_makes_no_sense_names_its_field(name, value, problem):
    asked = read((name, value), ("language", "fr") if name != "language" else ("accepting", "1"))
    assert asked.problems == {name: problem}
    assert asked.criteria.filters != []


def test_a_latitude_alone_asks_for_the_longitude():
    assert read(("lat", "43")).problems == {"lon": Problem("both")}
    assert read(("lon", "-80")).problems == {"lat": Problem("both")}
    assert read(("lat", "91"), ("lon", "-80")).problems == {"lat": Problem("range", -90, 90)}
    assert read(("lat", "43"), ("lon", "-181")).problems == {"lon": Problem("range", -180, 180)}


def test_blank_values_count_as_absent():
    asked = read(("near", "  "), ("fact", ""), ("within", ""), ("profession", "\u200b"))
    assert asked.criteria == Criteria()
    assert not asked.problems


def test_the_higher_of_two_rungs_of_a_fact_holds():
    asked = read(("fact", "licence:confirmed"), ("fact", "licence:document_seen"))
    assert asked.criteria.facts == {Kind.LICENCE: Status.CONFIRMED}


def test_repeated_values_count_once_and_tags_in_lower_case():
    asked = read(("language", "FR-ca"), ("language", "fr-CA"), ("visit", "home"), ("visit", "home"))
    assert asked.criteria.languages == ("fr-ca",)
    assert asked.criteria.visits == ("home",)


def test_what_was_typed_is_kept_beside_a_problem():
    asked = read(("near", "Guelph"), ("within", "9999"), ("condition", "neck pain"))
    assert asked.typed == {"near": "Guelph", "within": "9999", "condition": "neck pain"}
    assert asked.criteria.near == "Guelph"


criteria = st.builds(
    Criteria,
    near=st.text("abcé, -'0", max_size=20).map(clean),
    point=st.none()
    | st.tuples(st.floats(-90, 90).map(lambda x: round(x, 6)), st.floats(-180, 180).map(lambda x: round(x, 6))),
    within=st.integers(1, 500).map(float) | st.sampled_from([1.5, 12.25]),
    condition=st.sampled_from(["", "neck-pain", "mal de dos"]),
    professions=st.lists(st.sampled_from(PROFESSIONS), unique=True).map(tuple),
    facts=st.dictionaries(st.sampled_from(list(Kind)), st.sampled_from(LADDER)),
    languages=st.lists(st.sampled_from(["fr", "en", "zh-hant-tw"]), unique=True).map(tuple),
    accepting=st.booleans(),
    visits=st.lists(st.sampled_from(VISIT_MODES), unique=True).map(tuple),
    page=st.integers(1, 1_000_000),
    per_page=st.integers(1, 100),
)


@given(criteria)
@settings(deadline=None)
def test_a_search_and_its_query_string_are_inverse(search):
    asked = read(*search.query())
    assert not asked.problems
    assert asked.criteria == search


@given(criteria)
@settings(deadline=None)
def test_a_filter_taken_off_and_put_on_again_is_the_same_search(search):
    for each in search.filters:
        assert each not in search.toggled(each).filters
        assert search.toggled(each).page == 1
    for each in [("language", "so"), ACCEPTING, ("visit", "home")]:
        assert set(search.toggled(each).toggled(each).filters) == set(search.filters)
    assert search.without_filters().filters == []
    assert (PROFESSION in search.filters) == bool(search.professions)


@given(
    st.lists(
        st.tuples(
            st.sampled_from(
                [
                    "near",
                    "lat",
                    "lon",
                    "within",
                    "condition",
                    "profession",
                    "fact",
                    "language",
                    "accepting",
                    "visit",
                    "page",
                    "per_page",
                    "other",
                ]
            ),
            st.text(max_size=50),
        ),
        max_size=20,
    )
)
@settings(max_examples=300, deadline=None)
def test_any_text_is_read_or_named(pairs):
    asked = read(*pairs)
    assert set(asked.problems) <= {name for name, _ in pairs} | {"lat", "lon"}
    assert all(text.isprintable() for text in asked.typed.values())


@pytest.mark.shared
def test_hostile_strings_are_read_or_named(shared):
    strings = json.loads((shared / "hostile" / "naughty.json").read_text())
    assert len(strings) > 200
    for text in strings:
        for name in ("near", "condition", "fact", "language", "within", "page"):
            asked = read((name, text), ("near", "Guelph"))
            assert set(asked.problems) <= {name}


@pytest.mark.parametrize(
    ("value", "text"), [(25.0, "25"), (2.5, "2.5"), (1e-05, "0.00001"), (-80.25, "-80.25"), (0.0, "0")]
)
def test_numbers_are_written_plainly(value, text):
    assert plain(value) == text
