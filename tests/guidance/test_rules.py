from datetime import date

import pytest

from directory.guidance import rules


@pytest.mark.parametrize(
    ("blocks", "first"),
    [
        ([{"kind": "p", "text_en": "One. Two."}], "One."),
        ([{"kind": "h", "text_en": "Head"}, {"kind": "list", "items": [{"text_en": "No end"}]}], "No end"),
        ([{"kind": "include", "document": "emergency"}], ""),
        ([], ""),
    ],
)
def test_the_opening_is_the_first_sentence(blocks, first):
    assert rules.opening(blocks, "en") == first


@pytest.mark.parametrize(
    ("read_on", "months", "due"),
    [
        (date(2026, 11, 4), 24, date(2028, 11, 4)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
    ],
)
def test_a_claim_is_due_after_whole_months(read_on, months, due):
    assert rules.due_on(read_on, months) == due
