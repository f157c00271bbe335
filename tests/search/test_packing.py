import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.credentials.rules import Kind
from directory.practitioners.rules import ACCEPTING, CODE_LETTERS, VISIT_MODES, new_code
from directory.search import packing


@given(
    st.integers(1, 30_000),
    st.sampled_from(ACCEPTING),
    st.sets(st.sampled_from(VISIT_MODES)),
    st.lists(st.integers(0, 3), min_size=5, max_size=5),
)
@settings(deadline=None)
def test_what_is_packed_is_read_back(profession, accepting, visits, levels):
    signature = packing.attrs(profession, accepting, visits) << packing.ATTRS_SHIFT
    signature += sum(level << shift for level, shift in zip(levels, packing.LEVEL_SHIFTS.values(), strict=True))
    assert packing.profession(signature) == profession
    assert packing.accepts(signature) == (accepting == "yes")
    assert {mode for mode in VISIT_MODES if packing.visits(signature, mode)} == visits
    assert [packing.level(signature, kind) for kind in Kind] == levels


def test_the_best_of_two_practices_has_the_higher_level_of_each_fact():
    base = packing.attrs(7, "yes", ["home"]) << packing.ATTRS_SHIFT
    assert packing.best_of([base + 0b01_11, base + 0b10_00]) == base + 0b10_11


@pytest.mark.parametrize(
    ("languages", "tag", "expected"),
    [
        (["en", "fr-CA"], "fr", True),
        (["en", "FR"], "fr", True),
        (["fr"], "fr-ca", False),
        (["frr"], "fr", False),
        (["zh-Hant-TW"], "zh-hant", True),
        (["zh-Hant-TW"], "zh-hant-tw", True),
        (["zh-Hant-TW"], "hant", False),
        ([], "en", False),
    ],
)
def test_a_language_is_found_by_its_tag_or_its_beginning(languages, tag, expected):
    assert packing.speaks(packing.spoken(languages), tag) is expected


def test_codes_as_numbers_sort_like_codes():
    codes = sorted({new_code() for _ in range(500)} | {"NW-2222-22", "NW-ZZZZ-ZZ"})
    numbers = [packing.code_order(code) for code in codes]
    assert numbers == sorted(set(numbers))
    assert numbers[0] == 0
    assert numbers[-1] == len(CODE_LETTERS) ** 6 - 1
    assert numbers[-1] < 2**31
