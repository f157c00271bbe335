"""Where a fact stands: each of the twelve words by example, then what must hold for any claim, date and zone."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.credentials.rules import (
    HOLDER_STATUSES,
    LADDER,
    NOTHING,
    Check,
    Claim,
    Source,
    Standing,
    Status,
    Verification,
    as_json,
    headline,
    horizon,
    standing,
)

TODAY = date(2026, 11, 21)
CLAIM = Claim(date(2026, 1, 1))
ZONES = ["America/Toronto", "America/St_Johns", "America/Phoenix", "Pacific/Honolulu", "America/Iqaluit"]
FAR = ["Pacific/Kiritimati", "Etc/GMT+12", "Asia/Kathmandu", "Australia/Lord_Howe"]


def days(number: int) -> timedelta:
    return timedelta(days=number)


def check(ago: int, status: str = "validated", **fields) -> Check:
    fields.setdefault("found", "active" if status == "validated" else "unknown")
    return Check(Verification(status), TODAY - days(ago), **fields)


def confirmed(ago: int, good_for: int = 90) -> Check:
    return check(ago, next_due_on=TODAY - days(ago) + days(good_for))


EXAMPLES = {
    "nothing is claimed": (None, [], Status.NONE_CLAIMED, None),
    "claimed only": (CLAIM, [], Status.OWN_STATEMENT, date(2026, 1, 1)),
    "claimed later than today": (Claim(TODAY + days(1)), [], Status.NONE_CLAIMED, None),
    "sent to us": (CLAIM, [check(3, "in-process")], Status.IN_REVIEW, TODAY - days(3)),
    "the issuer said so": (CLAIM, [confirmed(9)], Status.CONFIRMED, TODAY - days(9)),
    "on the last good day": (CLAIM, [confirmed(90)], Status.CONFIRMED, TODAY - days(90)),
    "the day after": (CLAIM, [confirmed(91)], Status.CHECK_DUE, TODAY),
    "long after": (CLAIM, [confirmed(100)], Status.CHECK_DUE, TODAY - days(9)),
    "checked once and for all": (CLAIM, [check(700)], Status.CONFIRMED, TODAY - days(700)),
    "a copy was seen": (CLAIM, [check(9, source=Source.DOCUMENT)], Status.DOCUMENT_SEEN, TODAY - days(9)),
    "looked at again while still good": (
        CLAIM,
        [confirmed(9), check(1, "in-process")],
        Status.CONFIRMED,
        TODAY - days(9),
    ),
    "looked at again when late": (CLAIM, [confirmed(99), check(1, "in-process")], Status.CHECK_DUE, TODAY - days(8)),
    "a checked field was edited": (CLAIM, [confirmed(9), check(0, "req-revalid")], Status.CHECK_DUE, TODAY),
    "nobody answered": (CLAIM, [check(5, "val-fail")], Status.COULD_NOT_CONFIRM, TODAY - days(5)),
    "nobody answered again": (
        CLAIM,
        [confirmed(95), check(5, "reval-fail")],
        Status.COULD_NOT_CONFIRM,
        TODAY - days(5),
    ),
    "suspended": (CLAIM, [confirmed(50), check(5, "reval-fail", found="suspended")], Status.NOT_VALID, TODAY - days(5)),
    "revoked before we looked": (CLAIM, [check(5, "val-fail", found="revoked")], Status.NOT_VALID, TODAY - days(5)),
    "active with limits": (CLAIM, [check(5, found="conditions")], Status.CONDITIONS, TODAY - days(5)),
    "provisional": (CLAIM, [check(5, found="provisional")], Status.CONDITIONS, TODAY - days(5)),
    "no list is kept": (CLAIM, [check(5, source=Source.NOT_KEPT)], Status.NOT_NEEDED, TODAY - days(5)),
    "the register says ended": (CLAIM, [check(5, "reval-fail", found="expired")], Status.EXPIRED, TODAY - days(5)),
    "on its last day": (Claim(date(2026, 1, 1), TODAY), [confirmed(9)], Status.CONFIRMED, TODAY - days(9)),
    "ended yesterday": (Claim(date(2026, 1, 1), TODAY - days(1)), [confirmed(9)], Status.EXPIRED, TODAY - days(1)),
    "ended before it was due": (
        Claim(date(2026, 1, 1), TODAY - days(1)),
        [confirmed(95)],
        Status.EXPIRED,
        TODAY - days(1),
    ),
    "an own statement that ended": (Claim(date(2026, 1, 1), TODAY - days(1)), [], Status.EXPIRED, TODAY - days(1)),
    "suspended, and then ended": (
        Claim(date(2026, 1, 1), TODAY - days(1)),
        [check(5, "reval-fail", found="suspended")],
        Status.NOT_VALID,
        TODAY - days(5),
    ),
    "we were wrong": (CLAIM, [confirmed(30), check(2, "entered-in-error")], Status.CORRECTED, TODAY - days(2)),
    "we were wrong, then looked again": (
        CLAIM,
        [confirmed(30), check(2, "entered-in-error"), confirmed(1)],
        Status.CONFIRMED,
        TODAY - days(1),
    ),
    "reinstated": (
        CLAIM,
        [check(50, "reval-fail", found="suspended"), confirmed(5)],
        Status.CONFIRMED,
        TODAY - days(5),
    ),
    "a check of tomorrow does not count today": (CLAIM, [confirmed(-1)], Status.OWN_STATEMENT, date(2026, 1, 1)),
}


@pytest.mark.parametrize("name", EXAMPLES)
def test_standing_of(name):
    claim, checks, status, since = EXAMPLES[name]
    found = standing(claim, checks, TODAY)
    assert (found.status, found.since) == (status, since)


def test_the_examples_show_every_status():
    assert {status for _, _, status, _ in EXAMPLES.values()} == set(Status)


def test_a_confirmed_fact_says_when_it_was_checked_and_when_it_will_be():
    found = standing(Claim(date(2026, 1, 1), date(2027, 1, 31)), [confirmed(9)], TODAY)
    assert as_json(found) == {
        "status": "confirmed",
        "checked_on": "2026-11-12",
        "next_check_by": "2027-02-10",
        "ends_on": "2027-01-31",
    }
    assert found.until == date(2027, 1, 31)


@pytest.mark.parametrize(
    ("several", "shown"),
    [
        ([], Status.NONE_CLAIMED),
        ([Status.OWN_STATEMENT, Status.CONFIRMED], Status.CONFIRMED),
        ([Status.CONFIRMED, Status.NOT_VALID], Status.NOT_VALID),
        ([Status.DOCUMENT_SEEN, Status.CHECK_DUE], Status.DOCUMENT_SEEN),
    ],
)
def test_several_credentials_of_a_kind_show_bad_news_first_then_the_best(several, shown):
    assert headline(Standing(status) for status in several).status is shown


dates = st.dates(date(2024, 2, 1), date(2028, 3, 31))


@st.composite
def histories(draw) -> tuple[Claim, list[Check]]:
    """A claim and its checks, oldest first, none before the claim."""
    claimed = draw(dates)
    ends = draw(st.none() | st.integers(-30, 900).map(lambda n: claimed + days(n)))
    performed, checks = claimed, []
    for _ in range(draw(st.integers(0, 4))):
        performed += days(draw(st.integers(0, 200)))
        checks.append(
            Check(
                draw(st.sampled_from(Verification)),
                performed,
                draw(st.sampled_from(Source)),
                draw(st.sampled_from(HOLDER_STATUSES)),
                draw(st.none() | st.integers(0, 400).map(lambda n, day=performed: day + days(n))),
            )
        )
    return Claim(claimed, ends), checks


@given(histories(), st.integers(0, 1200), st.sampled_from(ZONES + FAR), st.integers(-5, 5))
def test_the_horizon_of_the_index_agrees_with_the_standing_of_the_page(history, later, zone, seconds):
    """At any instant after the last check, and a few seconds round each local midnight."""
    claim, checks = history
    last = max([claim.claimed_on, *(c.performed_on for c in checks)])
    midnight = datetime.combine(last + days(later + 1), datetime.min.time(), ZoneInfo(zone)).astimezone(UTC)
    instant = midnight + timedelta(seconds=seconds)
    shown = standing(claim, checks, instant.astimezone(ZoneInfo(zone)).date()).status
    ends = horizon(claim, checks, zone)
    held = {rung for rung in LADDER if ends[rung] > instant.timestamp()}
    expected = set(LADDER[: LADDER.index(shown) + 1]) if shown in LADDER else set()
    assert held == expected


@given(histories(), dates)
def test_a_standing_lasts_until_the_day_it_names(history, today):
    claim, checks = history
    known = [c for c in checks if c.performed_on <= today]
    found = standing(claim, known, today)
    if found is not NOTHING:
        assert standing(claim, known, found.until).status is found.status
        if found.until < date(9999, 1, 1):
            assert standing(claim, known, found.until + days(1)).status is not found.status


@given(histories(), st.integers(0, 800), st.integers(1, 400))
def test_time_alone_never_makes_a_fact_better(history, later, more):
    claim, checks = history
    last = max([claim.claimed_on, *(c.performed_on for c in checks)])
    before, after = (standing(claim, checks, last + days(n)).status for n in (later, later + more))
    if before in LADDER:
        assert after is before or after not in LADDER
    else:
        assert after not in LADDER


@given(histories(), dates)
def test_a_look_that_has_not_ended_takes_nothing_away(history, today):
    claim, checks = history
    known = [c for c in checks if c.performed_on <= today]
    before = standing(claim, known, today)
    after = standing(claim, [*known, Check(Verification.IN_PROCESS, today)], today)
    if before.status is Status.CONFIRMED:
        assert after == before


@given(histories(), dates)
def test_green_needs_the_issuer_s_own_word(history, today):
    claim, checks = history
    if standing(claim, checks, today).status is Status.CONFIRMED:
        assert any(c.status is Verification.VALIDATED and c.source is Source.ISSUER for c in checks)
        assert claim.expires_on is None or today <= claim.expires_on


@pytest.mark.parametrize("zone", ZONES + FAR)
@pytest.mark.parametrize("day", [date(2024, 2, 29), date(2026, 3, 8), date(2026, 11, 1), date(2026, 12, 31)])
def test_a_date_ends_at_midnight_of_its_own_zone(zone, day):
    ends = horizon(
        Claim(date(2024, 1, 1), day), [Check(Verification.VALIDATED, date(2024, 1, 1), found="active")], zone
    )
    end = datetime.fromtimestamp(ends[Status.CONFIRMED], UTC).astimezone(ZoneInfo(zone))
    assert (end.date(), end - timedelta(seconds=1) < end) == (day + days(1), True)
    assert (end.astimezone(UTC) - timedelta(seconds=1)).astimezone(ZoneInfo(zone)).date() == day
