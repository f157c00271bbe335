import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.catalog import rules


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Neck pain", "pain in my necks"),
        ("mal de dos", "j’ai mal au dos"),
        ("mal de genou", "Douleur aux genoux"),
        ("back pain", "backache"),
        ("headache", "my head hurts"),
        ("L’épicondylite", "epicondylite"),
    ],
)
def test_words_that_mean_the_same_have_one_key(one, other):
    assert rules.key(one) == rules.key(other)


@pytest.mark.parametrize(
    ("one", "other"), [("neck pain", "back pain"), ("upper back pain", "back pain"), ("hip pain", "shin pain")]
)
def test_words_that_mean_different_things_do_not(one, other):
    assert rules.key(one) != rules.key(other)


def test_looser_forms_leave_out_what_says_only_pain():
    assert rules.looser_forms("Wrist or hand pain (RSI, thumb)") == {
        "wrist or hand pain rsi thumb",
        "hand pain rsi thumb wrist",
        "wrist or hand pain",
        "hand pain wrist",
        "wrist",
        "hand pain",
        "rsi",
        "thumb",
    }
    assert "pain" not in rules.looser_forms("Groin strain or pain")


def test_begins_like_wants_every_word():
    assert rules.begins_like("plant fasc", "plantar fasciitis")
    assert not rules.begins_like("plant elbow", "plantar fasciitis")


@given(st.text())
def test_any_text_has_a_key(text):
    assert rules.key(text) == rules.key(rules.key(text))
    assert len(rules.likely_keys(text)) >= 2
