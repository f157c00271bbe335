"""What must hold for any claim, any checks, any day and any zone, whatever clock the server keeps."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.credentials import rules
from directory.credentials.rules import (
    FOREVER,
    HOLDER_STATUSES,
    LADDER,
    NOTHING,
    Check,
    Claim,
    Source,
    Status,
    Verification,
    basis_of,
    horizon,
    speaking,
    standing,
)

ZONES = (
    "America/Toronto", "America/St_Johns", "America/Halifax", "America/Regina", "America/Phoenix",
    "America/Vancouver", "America/Iqaluit", "America/Adak", "Pacific/Honolulu",
    "Pacific/Kiritimati", "Etc/GMT+12", "Etc/GMT-14", "Asia/Kathmandu", "Australia/Lord_Howe",
    "America/Havana", "America/Santiago", "Asia/Beirut", "Africa/Casablanca",  # clocks change at midnight, or oddly
)  # fmt: skip
EDGES = [
    date(2024, 2, 28), date(2024, 2, 29), date(2024, 3, 1), date(2027, 2, 28), date(2028, 2, 29),
    date(2026, 3, 7), date(2026, 3, 8), date(2026, 3, 28), date(2026, 3, 29), date(2026, 9, 5), date(2026, 10, 31),
    date(2026, 11, 1), date(2026, 12, 30), date(2026, 12, 31), date(2027, 1, 1), date(1999, 12, 31), date(2038, 1, 19),
]  # fmt: skip
SERVERS = (*ZONES, "UTC", "Pacific/Apia", "Pacific/Chatham", "Asia/Tokyo", "Europe/London", "Antarctica/Troll")
dates = st.dates(date(2024, 2, 1), date(2028, 3, 31)) | st.sampled_from(EDGES[:15])


def days(number: int) -> timedelta:
    return timedelta(days=number)


@st.composite
def histories(draw) -> tuple[Claim, list[Check]]:
    """A claim and its checks, oldest first, none before the claim."""
    claimed = draw(dates)
    ends = draw(st.none() | st.integers(-30, 900).map(lambda n: claimed + days(n)) | dates | st.just(date.max))
    performed, checks = claimed, []
    for _ in range(draw(st.integers(0, 5))):
        performed += days(draw(st.integers(0, 200)))
        checks.append(
            Check(
                draw(st.sampled_from(Verification) | st.just(Verification.VALIDATED)),
                performed,
                draw(st.sampled_from(Source) | st.just(Source.ISSUER)),
                draw(st.sampled_from(HOLDER_STATUSES) | st.just("active")),
                draw(st.none() | st.integers(0, 400).map(lambda n, day=performed: day + days(n))),
            )
        )
    return Claim(claimed, ends), checks


def last_day(claim: Claim, checks: list[Check]) -> date:
    return max([claim.claimed_on, *(check.performed_on for check in checks)])


def known_on(day: date, checks: list[Check]) -> list[Check]:
    return [check for check in checks if check.performed_on <= day]


@given(histories(), st.integers(0, 1200), st.sampled_from(ZONES), st.integers(-5, 5))
def test_the_horizon_of_the_index_agrees_with_the_standing_of_the_page(history, later, zone, seconds):
    """At any instant after the last check, and a few seconds round each local midnight."""
    claim, checks = history
    day = last_day(claim, checks) + days(later + 1)
    midnight = datetime.combine(day, datetime.min.time(), ZoneInfo(zone)).astimezone(UTC)
    _agree(claim, checks, zone, midnight + timedelta(seconds=seconds))


@given(histories(), st.sampled_from(ZONES), st.integers(-90_000, 90_000))
def test_the_horizon_agrees_round_the_very_days_it_turns_on(history, zone, seconds):
    claim, checks = history
    turns = [claim.expires_on, *(check.next_due_on for check in checks)]
    for day in {turn for turn in turns if turn and last_day(claim, checks) < turn < date(9999, 1, 1)}:
        midnight = datetime.combine(day + days(1), datetime.min.time(), ZoneInfo(zone)).astimezone(UTC)
        for near in (-1, 0, 1, seconds):
            instant = midnight + timedelta(seconds=near)
            if instant.astimezone(ZoneInfo(zone)).date() >= last_day(claim, checks):
                _agree(claim, checks, zone, instant)


def _agree(claim: Claim, checks: list[Check], zone: str, instant: datetime) -> None:
    shown = standing(claim, checks, instant.astimezone(ZoneInfo(zone)).date()).status
    ends = horizon(claim, checks, zone)
    held = {rung for rung in LADDER if ends[rung] > instant.timestamp()}
    assert held == (set(LADDER[: LADDER.index(shown) + 1]) if shown in LADDER else set())


@given(histories(), dates)
def test_a_standing_is_one_and_the_same_from_its_day_to_the_day_it_names(history, today):
    claim, checks = history
    found = standing(claim, known_on(today, checks), today)
    if found is NOTHING:
        return
    for day in {found.until, today + (found.until - today) / 2}:
        assert standing(claim, known_on(today, checks), day) == found
    if found.until < FOREVER:
        assert standing(claim, known_on(today, checks), found.until + days(1)).status is not found.status


@given(histories())
def test_time_alone_only_takes_away_and_in_one_order(history):
    """What it is, then due, then ended: never back, and never anything else."""
    claim, checks = history
    start = last_day(claim, checks)
    turns = {start, start + days(1), *(c.next_due_on for c in checks if c.next_due_on), claim.expires_on or start}
    moments = sorted({day + days(n) for day in turns if day < date(9998, 1, 1) for n in (-1, 0, 1, 2)})
    passed = [standing(claim, checks, day).status for day in moments if day >= start]
    first, *rest = [status for status, _ in groupby(passed)]
    assert rest in ([], [Status.CHECK_DUE], [Status.EXPIRED], [Status.CHECK_DUE, Status.EXPIRED])
    if Status.CHECK_DUE in rest:
        assert first in {Status.CONFIRMED, Status.CONDITIONS}
    if first in {Status.NOT_VALID, Status.EXPIRED}:
        assert rest == []


@given(histories(), dates, st.integers(0, 400))
def test_two_checks_at_most_say_all_that_all_checks_say(history, today, later):
    claim, checks = history
    known = known_on(today, checks)
    few = speaking(known)
    assert len(few) <= 2
    assert speaking(few) == few
    assert basis_of(few) == basis_of(known)
    assert standing(claim, few, today + days(later)) == standing(claim, known, today + days(later))


@given(histories(), dates, st.sampled_from([Verification.IN_PROCESS, Verification.ATTESTED]))
def test_a_look_or_a_word_takes_nothing_away_and_lifts_nothing(history, today, status):
    claim, checks = history
    known = known_on(today, checks)
    before = standing(claim, known, today)
    after = standing(claim, [*known, Check(status, today)], today)
    passing = {Status.OWN_STATEMENT, Status.CORRECTED, Status.IN_REVIEW}
    assert after == before or (before.status in passing and after.status is Status.IN_REVIEW)


@given(histories(), dates, st.sampled_from([*Source][1:]))
def test_neither_an_edit_nor_a_copy_nor_a_silence_makes_a_fact_better_than_the_issuer_left_it(history, today, source):
    claim, checks = history
    known = known_on(today, checks)
    before = standing(claim, known, today).status
    news = [
        Check(Verification.REQ_REVALID, today),
        Check(Verification.VAL_FAIL, today),
        Check(Verification.VALIDATED, today, source, "active"),
    ]
    after = [standing(claim, [*known, check], today).status for check in news]
    if before is not Status.CONFIRMED:
        assert Status.CONFIRMED not in after
    basis = basis_of(known)
    if before in {Status.NOT_VALID, Status.EXPIRED} and basis and basis.source is Source.ISSUER:
        assert after == [before] * 3


@given(histories(), dates)
def test_a_mistake_takes_everything_before_it_back(history, today):
    claim, checks = history
    known = known_on(today, checks)
    late = Check(Verification.ENTERED_IN_ERROR, today)
    again = Check(Verification.VALIDATED, today, found="active")
    is_over = claim.expires_on is not None and today > claim.expires_on
    if claim.claimed_on <= today:
        status = standing(claim, [*known, late], today).status
        assert status is (Status.EXPIRED if is_over else Status.CORRECTED)
    assert standing(claim, [*known, late, again], today) == standing(claim, [again], today)


@given(histories(), dates)
def test_green_needs_a_yes_of_the_issuer_that_is_neither_late_nor_ended(history, today):
    claim, checks = history
    if standing(claim, checks, today).status is Status.CONFIRMED:
        basis = basis_of(known_on(today, checks))
        assert basis is not None
        assert (basis.status, basis.source) == (Verification.VALIDATED, Source.ISSUER)
        assert max(today, basis.performed_on) <= min(basis.next_due_on or FOREVER, claim.expires_on or FOREVER)


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("day", EDGES)
def test_a_date_ends_at_the_last_instant_of_its_day_in_its_own_zone(zone, day):
    ends = horizon(Claim(day - days(9), day), [Check(Verification.VALIDATED, day - days(9), found="active")], zone)
    end = datetime.fromtimestamp(ends[Status.CONFIRMED], UTC)
    assert end.astimezone(ZoneInfo(zone)).date() == day + days(1)
    assert (end - timedelta(seconds=1)).astimezone(ZoneInfo(zone)).date() == day


def test_a_day_that_a_zone_never_had_ends_when_the_next_one_begins():
    """Samoa went from the end of 29 December 2011 straight to the 31st."""
    check = Check(Verification.VALIDATED, date(2011, 12, 1), found="active")
    end = horizon(Claim(date(2011, 12, 1), date(2011, 12, 29)), [check], "Pacific/Apia")[Status.CONFIRMED]
    assert datetime.fromtimestamp(end, ZoneInfo("Pacific/Apia")).replace(tzinfo=None) == datetime(2011, 12, 31)  # noqa: DTZ001 - as clocks there showed it


@contextmanager
def server_in(zone: str) -> Iterator[None]:
    """This process with the clock of a server elsewhere."""
    before = os.environ.get("TZ")
    os.environ["TZ"] = zone
    time.tzset()
    try:
        yield
    finally:
        os.environ.pop("TZ")
        if before is not None:
            os.environ["TZ"] = before
        time.tzset()


@pytest.mark.parametrize("server", SERVERS)
def test_the_zone_of_the_server_makes_no_difference(server):
    expected = [_end(day, zone) for day in EDGES for zone in ZONES]
    with server_in(server):
        assert time.localtime(0).tm_zone == datetime.fromtimestamp(0, ZoneInfo(server)).tzname()
        assert [_end(day, zone) for day in EDGES for zone in ZONES] == expected


def _end(day: date, zone: str) -> int:
    rules._end_of_day.cache_clear()
    return horizon(Claim(day - days(1), day), [], zone)[Status.OWN_STATEMENT]
