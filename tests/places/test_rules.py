"""Understanding typed text, and telling which bearer of a name is meant, with no gazetteer at hand."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.places.regions import COUNTRIES, PROVINCES, REGIONS, STATES, region_name, regions_by_spelling
from directory.places.rules import CHOICES, LONGEST, place_key, read, settle
from directory.words import fold


@dataclass(frozen=True)
class Bearer:
    population: int
    rank: int = 0


@pytest.mark.parametrize(
    "same",
    [
        ("St. John's", "st johns", "Saint John’s", "ST-JOHNS", "St John`s"),
        ("Sault Ste. Marie", "Sault Sainte-Marie", "sault ste marie", "Sault St Marie"),
        ("Québec", "QUEBEC", "quebec", "Que\u0301bec"),
        ("Val-d'Or", "Val d’Or", "valdor", "VAL D'OR"),
        ("Trois-Rivières", "trois rivieres", "TROIS  RIVIÈRES"),
        ("La Salle", "LaSalle", "la-salle"),
        ("Fort McMurray", "Ft. McMurray", "fort mcmurray"),
        ("Mount Pearl", "Mt Pearl"),
        ("North Vancouver", "N. Vancouver"),
        ("Pa‘auilo", "Paauilo", "Pa'auilo"),
        ("Sacré-Cœur", "Sacre Coeur"),
    ],
)
def test_ways_to_write_one_name_have_one_key(same: tuple[str, ...]):
    assert len({place_key(name) for name in same}) == 1


def test_different_names_have_different_keys():
    names = ["Saint John", "St. John's", "Saint-Jean", "Johnstown", "Portland", "North Portland"]
    assert len({place_key(name) for name in names}) == len(names)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("K2S 1S9", "K2S"),
        ("k2s1s9", "K2S"),
        ("K2S", "K2S"),
        ("K2S 1", "K2S"),
        ("K2S-1S9", "K2S"),
        ("n1g  2w1, canada", "N1G"),
        ("KOA 1LO", "K0A"),
        ("kOa1l0", "K0A"),
        ("212 Gordon Street, Guelph, ON N1G 1X1", "N1G"),
        ("11331 Mellis Drive, Richmond, BC V6X 1L8", "V6X"),
        ("10001", "10001"),
        ("10001-1234", "10001"),
        ("100011234", "10001"),
        ("New York NY 10001", "10001"),
        ("12345 Main St, Springfield, IL 62704-1234", "62704"),
        ("90210 USA", "90210"),
        ("Guelph", None),
        ("100 Mile House", None),
        ("Z9Z 9Z9", None),
        ("123456", None),
        ("bob lou", None),
    ],
)
def test_a_postal_code_is_found_in_a_text(typed: str, code: str | None):
    assert read(typed).postal == code


def test_a_number_where_a_house_number_stands_is_doubtful():
    assert read("12345 Jasper Avenue, Edmonton, AB").doubtful
    assert not read("Edmonton 12345").doubtful
    assert not read("90210 USA").doubtful


def first(typed: str) -> tuple[str, frozenset[str] | None]:
    attempt = read(typed).attempts[0]
    return attempt.key, attempt.regions


@pytest.mark.parametrize(
    ("typed", "key", "regions"),
    [
        ("Guelph", "guelph", None),
        ("Guelph, Ontario", "guelph", {"CA-ON"}),
        ("Guelph, ont.", "guelph", {"CA-ON"}),
        ("Guelph, ON, Canada", "guelph", {"CA-ON"}),
        ("Guelph, Canada", "guelph", PROVINCES),
        ("Québec, QC", "quebec", {"CA-QC"}),
        ("Montréal (Québec)", "montreal", {"CA-QC"}),
        ("Vancouver, Colombie-Britannique", "vancouver", {"CA-BC"}),
        ("Charlottetown, Î.-P.-É.", "charlottetown", {"CA-PE"}),
        ("Halifax, N.S.", "halifax", {"CA-NS"}),
        ("Saint John, Nouveau-Brunswick", "stjohn", {"CA-NB"}),
        ("St. John's, Newfoundland", "stjohns", {"CA-NL"}),
        ("Washington, D.C.", "washington", {"US-DC"}),
        ("Charlotte, N Carolina", "charlotte", {"US-NC"}),
        ("Los Angeles, CA, USA", "losangeles", {"US-CA"}),
        ("Boston, États-Unis", "boston", STATES),
        ("Portland, OR", "portland", {"US-OR"}),
        ("Ontario, Guelph", "guelph", {"CA-ON"}),
    ],
)
def test_a_region_or_country_is_taken_from_the_text(typed: str, key: str, regions: set[str] | None):
    assert first(typed) == (key, regions)


def test_ca_is_california_before_it_is_canada_unless_canada_is_said():
    tried = [a.regions for a in read("London, CA").attempts if a.key == "london"]
    assert tried[0] == {"US-CA"}
    assert PROVINCES in tried
    assert not {"US-CA"} & {c for a in read("London, Canada").attempts for c in a.regions or ()}


def test_ne_is_nebraska_before_nouvelle_ecosse():
    assert regions_by_spelling()["ne"] == ("US-NE", "CA-NS")


@pytest.mark.parametrize(("typed", "only"), [("Ontario", {"CA-ON"}), ("BC", {"CA-BC"}), ("Canada", PROVINCES)])
def test_a_region_alone_is_known_as_one(typed: str, only: set[str]):
    assert read(typed).only == only


@pytest.mark.parametrize("typed", ["Port Washington", "Fort Washington"])
def test_a_town_whose_name_ends_in_a_region_is_tried_as_a_whole_first(typed: str):
    assert first(typed) == (place_key(typed), None)


@pytest.mark.parametrize("typed", ["Paris, France", "London, England", "Sydney, Australia"])
def test_a_country_elsewhere_is_no_town(typed: str):
    assert not any(a.sure and a.near is None for a in read(typed).attempts)


def test_a_text_longer_than_an_address_is_no_place():
    assert read("a" * LONGEST).attempts
    assert not read("Guelph " * LONGEST).attempts


@given(st.text())
def test_any_text_can_be_read(text: str):
    read(text)
    place_key(text)


def test_the_only_bearer_of_a_name_is_meant():
    only = Bearer(700)
    assert settle([only], in_region=False) == (only, [])
    assert settle([], in_region=False) == (None, [])


@pytest.mark.parametrize(
    ("people", "in_region", "settled"),
    [
        ([652_503, 66_881], False, False),
        ([422_324, 10_060], False, False),
        ([2_794_356, 4_882], False, True),
        ([1_000_000, 20_000], False, True),
        ([1_000_000, 20_001], False, False),
        ([25_000, 0], False, True),
        ([24_999, 0], False, False),
        ([11_108, 3_227], True, False),
        ([20_000, 2_000], True, True),
        ([20_000, 2_001], True, False),
    ],
)
def test_a_name_is_settled_by_a_bearer_that_dominates(people: list[int], in_region: bool, settled: bool):
    bearers = [Bearer(count) for count in reversed(people)]
    one, several = settle(bearers, in_region=in_region)
    assert (one is not None) == settled
    assert [b.population for b in several] == ([] if settled else people)


def test_an_alternate_name_counts_only_for_a_larger_place():
    hamlet, city = Bearer(1_500, rank=2), Bearer(73_000, rank=0)
    assert settle([hamlet, city], in_region=False) == (city, [])
    larger = Bearer(166_004, rank=2)
    assert settle([larger, city], in_region=False) == (None, [larger, city])


def test_an_alternate_name_alone_is_asked_about_unless_the_region_was_said():
    other = Bearer(5_000, rank=2)
    assert settle([other], in_region=False) == (None, [other])
    assert settle([other], in_region=True) == (other, [])


def test_within_a_region_its_own_name_comes_before_other_names():
    own, other = Bearer(900), Bearer(90_000, rank=2)
    assert settle([other, own], in_region=True) == (own, [])


def test_choices_are_cut_off_after_the_most_people():
    one, several = settle([Bearer(n) for n in range(1000, 1040)], in_region=False)
    assert one is None
    assert [b.population for b in several] == list(range(1039, 1039 - CHOICES, -1))


def test_every_region_has_a_name_in_both_languages_and_is_found_by_each():
    for code in REGIONS:
        for language in ("en", "fr"):
            assert code in regions_by_spelling()[fold(region_name(code, language)).replace(" ", "")]
        assert code in regions_by_spelling()[code[3:].lower()]
    assert set(COUNTRIES.values()) == {PROVINCES, STATES}
