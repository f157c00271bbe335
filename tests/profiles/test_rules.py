from datetime import date, time

import pytest

from directory.profiles import rules


@pytest.mark.parametrize("text", ["https://example.org/a?b=1", "http://example.org", "https://EXAMPLE.org:8443/x"])
def test_an_address_a_reader_may_follow_is_kept(text):
    assert rules.web_address(text) == text


@pytest.mark.parametrize(
    "text",
    [
        None, "", "javascript:alert(1)", "JavaScript:alert(1)", "data:text/html,x", "//example.org", "example.org",
        "https://", "https://user@example.org", "https://example.org@evil.example", "https://exa mple.org",
        "https://example.org/\n", "https://[::1", "ftp://example.org", "https://example.org/\u202e", "mailto:a@b.c",
    ],
)  # fmt: skip
def test_an_address_not_for_following_is_dropped(text):
    assert rules.web_address(text) is None


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("519 555 0142", "tel:+15195550142"),
        ("(519) 555-0142", "tel:+15195550142"),
        ("+1 519.555.0142", "tel:+15195550142"),
        ("519 555 0142 ext. 4", "tel:+15195550142;ext=4"),
        ("519 555 0142 poste 12", "tel:+15195550142;ext=12"),
        ("519 555 0142x7", "tel:+15195550142;ext=7"),
        ("555 0142", None),
        ("+44 20 7946 0958", None),
        ("call us", None),
        ("٥١٩٥٥٥٠١٤٢", None),
        ("", None),
        (None, None),
    ],
)
def test_a_phone_number_is_dialled_only_when_it_can_be(text, address):
    assert rules.phone_address(text) == address


def test_hours_that_can_be_read_are_in_order():
    stored = {"mon": [["13:00", "17:00"], ["08:00", "12:00"]], "sun": []}
    assert rules.week(stored) == {"mon": [(time(8), time(12)), (time(13), time(17))]}


@pytest.mark.parametrize(
    "stored",
    [None, [], "mon", {"mon": "08:00"}, {"mon": [["08:00"]]}, {"mon": [["25:00", "26:00"]]}, {"mon": [["9", "10"]]},
     {"mon": [["12:00", "08:00"]]}, {"mon": [[8, 9]]}, {"lundi": [["08:00", "09:00"]]}, {"mon": [None]}],
)  # fmt: skip
def test_hours_that_cannot_be_read_are_left_out(stored):
    assert rules.week(stored) == {}


def test_a_day_has_its_key():
    assert [rules.day_of(date(2026, 11, day)) for day in (16, 21, 22)] == ["mon", "sat", "sun"]


@pytest.mark.parametrize(
    ("given", "family", "letters"), [("Maren", "Kowalczyk", "MK"), (" émile", "zola", "ÉZ"), ("李", " ", "李")]
)
def test_initials(given, family, letters):
    assert rules.initials(given, family) == letters
