"""What a cell may hold, and the damage that has one sure reading."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.imports import rules
from directory.imports.rules import Bad, Column, Repaired


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("Ada", "Ada"),
        ("  Ada  Marie ", "Ada Marie"),
        ("1 Main\nUnit 2", "1 Main Unit 2"),
        ("\N{NO-BREAK SPACE}Ada\t", "Ada"),
        ("Zoe\u0301", "Zoé"),
        ("कि\u200dष", "कि\u200dष"),
        ("=HYPERLINK(\"http://x\")", "=HYPERLINK(\"http://x\")"),
    ],
)  # fmt: skip
def test_a_cell_is_cleaned_of_what_nobody_means(cell: str, text: str):
    assert rules.clean(cell) == text


@pytest.mark.parametrize("cell", ["a\x07b", "a\u202eb", "a\ufeffb", "a\ufffdb", "x" * 1_000_000, "a\ue000"])
def test_a_cell_that_cannot_be_printed_is_bad(cell: str):
    with pytest.raises(Bad):
        rules.clean(cell)


@given(st.text())
def test_a_cleaned_cell_is_clean(text: str):
    try:
        cleaned = rules.clean(text)
    except Bad:
        return
    assert rules.clean(cleaned) == cleaned
    assert "\0" not in cleaned


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2000000002", "2000000002"),
        ("2000000002.0", Repaired("2000000002")),
        ("2.000000002E+09", Repaired("2000000002")),
        ("2.000000002e9", Repaired("2000000002")),
    ],
)
def test_an_npi_is_read(text: str, value: object):
    assert rules.npi(text) == value


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("2000000001", "“2000000001” is not an NPI: its check digit is wrong"),
        ("3412549073", "“3412549073” is not an NPI: its check digit is wrong"),
        ("200000002", "“200000002” is not an NPI: it has ten digits"),
        ("2E+09", "“2E+09” is not an NPI: it has ten digits"),
        ("２００００００００２", "“２００００００００２” is not an NPI: it has ten digits"),
    ],
)
def test_what_is_no_npi_is_bad(text: str, reason: str):
    with pytest.raises(Bad) as bad:
        rules.npi(text)
    assert str(bad.value) == reason


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("43.53", 43.53),
        ("-80", -80.0),
        ("43,53", Repaired(43.53)),
        ("−80.24", Repaired(-80.24)),
    ],
)
def test_a_number_is_read(text: str, value: object):
    assert rules.number(text) == value


@pytest.mark.parametrize("text", ["nan", "inf", "1e5", "1,234.5", "12 000", "0x10", "", "--1", "9" * 400, "٤٣"])
def test_what_is_no_number_is_bad(text: str):
    with pytest.raises(Bad):
        rules.number(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2027-03-31", date(2027, 3, 31)),
        ("2027-03-31 00:00:00", Repaired(date(2027, 3, 31))),
        ("2027-03-31T00:00", Repaired(date(2027, 3, 31))),
    ],
)
def test_a_day_is_read(text: str, value: object):
    assert rules.day(text) == value


@pytest.mark.parametrize(
    "text", ["31/03/2027", "2027-02-30", "20270331", "0001-01-01", "9999-12-31", "2027-3-1", "2027-03-31 12:00"]
)
def test_what_is_no_day_is_bad(text: str):
    with pytest.raises(Bad):
        rules.day(text)


@pytest.mark.parametrize(
    ("text", "region", "country", "code"),
    [
        ("K2S 1S9", None, None, "K2S 1S9"),
        ("k2s1s9", "CA-ON", "CA", "K2S 1S9"),
        ("06511", None, None, "06511"),
        ("065112345", "US-CT", "US", "06511-2345"),
        ("06511-2345", None, None, "06511-2345"),
        ("06511.0", None, None, Repaired("06511")),
        ("6511.0", "US-CT", "US", Repaired("06511")),
        ("6511", "US-CT", None, Repaired("06511")),
        ("6511", None, None, Repaired("06511")),
        ("65112345", "US-CT", None, Repaired("06511-2345")),
        ("6511-2345", "US-CT", None, Repaired("06511-2345")),
    ],
)
def test_a_postal_code_is_read(text: str, region: str | None, country: str | None, code: object):
    assert rules.postal_code(text, region, country) == code


@pytest.mark.parametrize(
    ("text", "region", "country"),
    [
        ("K2S", None, None),
        ("D2S 1S9", None, None),
        ("K2O 1S9", None, None),
        ("9021", "US-CA", "US"),
        ("9021", None, "CA"),
        ("651", None, None),
        ("123456", None, None),
        ("06511-", None, None),
        ("０６５１１", None, None),
        ("06511.5", None, None),
    ],
)
def test_what_is_no_postal_code_is_bad(text: str, region: str | None, country: str | None):
    with pytest.raises(Bad):
        rules.postal_code(text, region, country)


@pytest.mark.parametrize(
    "text",
    ["519-555-0100", "(519) 555-0100", "+1 519 555 0100", "519.555.0100 x 12", "5195550100", "418 555-0100 poste 4"],
)
def test_a_phone_number_stays_as_it_was_written(text: str):
    assert rules.phone(text) == text


def test_a_phone_number_that_became_a_decimal_is_repaired():
    assert rules.phone("5195550100.0") == Repaired("5195550100")


@pytest.mark.parametrize("text", ["555-0100", "call me", "1" * 16, "519-555-0100 ext", "+", "javascript:alert(1)"])
def test_what_is_no_phone_number_is_bad(text: str):
    with pytest.raises(Bad):
        rules.phone(text)


@pytest.mark.parametrize("text", ["ada@example.org", "ada.b+c@sub.example.ca", "zoé@exämple.org"])
def test_an_email_address_is_read(text: str):
    assert rules.email(text) == text


@pytest.mark.parametrize("text", ["ada", "ada@", "@example.org", "a b@example.org", "a@b@example.org", "a@b", "a@b.c"])
def test_what_is_no_email_address_is_bad(text: str):
    with pytest.raises(Bad):
        rules.email(text)


@pytest.mark.parametrize(
    "text", ["https://example.org", "http://example.org/a?b=c#d", "https://exämple.org/é", "https://example.org:8443/x"]
)
def test_a_web_address_is_read(text: str):
    assert rules.website(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "example.org", "javascript:alert(1)", "data:text/html,x", "//example.org", "https://", "https://localhost",
        "https://a@example.org", "https://example.org/\"onload=", "https://[::1", "https://example.org:99999",
        "ftp://example.org", "https://example.org/" + "x" * 300, "https://exa mple.org",
    ],
)  # fmt: skip
def test_what_is_no_web_address_is_bad(text: str):
    with pytest.raises(Bad):
        rules.website(text)


@pytest.mark.parametrize(
    ("text", "tag"), [("en", "en"), ("FR-ca", "fr-CA"), ("zh-hant", "zh-Hant"), ("es-419", "es-419"), ("fil", "fil")]
)
def test_a_language_tag_gets_its_usual_case(text: str, tag: str):
    assert rules.language({"en", "fr", "zh", "es", "fil"})(text) == tag


@pytest.mark.parametrize("text", ["english", "xx", "en_CA", "e", "en-", "<en>"])
def test_what_is_no_language_tag_is_bad(text: str):
    with pytest.raises(Bad):
        rules.language({"en"})(text)


def test_several_values_are_parted_by_semicolons_each_once():
    assert rules.several(rules.one_of(("a", "b")))("b; A ;;b") == ("b", "a")


def test_too_many_values_are_bad():
    with pytest.raises(Bad, match="names 61 values"):
        rules.several(str)(";".join(map(str, range(61))))


def test_a_column_keeps_its_answers_and_says_what_was_repaired():
    asked: list[str] = []
    column = Column("name", lambda text: asked.append(text) or text)  # type: ignore[func-returns-value]
    assert [column.read(" Ada "), column.kept[" Ada "], column.read("   ")] == [
        Repaired("Ada"),
        Repaired("Ada"),
        Repaired(None),
    ]
    assert asked == ["Ada"]


@pytest.mark.parametrize(
    ("lat", "lon", "country", "within"),
    [
        (43.53, -80.24, "CA", True),
        (43.53, 80.24, None, False),
        (41.3, -72.9, "US", True),
        (41.3, -72.9, "CA", False),
        (52.0, 175.0, "US", True),
        (0.0, 0.0, None, False),
        (float("nan"), -80.0, None, False),
    ],
)
def test_a_point_lies_within_a_country_or_not(lat: float, lon: float, country: str | None, within: bool):
    assert rules.is_within(lat, lon, country) is within
