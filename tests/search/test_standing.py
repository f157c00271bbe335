"""A filter obeys today's standing: SQL against the pure rules, at random instants, and at the midnights that matter."""

import random
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from directory.credentials import rules
from directory.credentials.rules import LADDER, Kind, Status
from directory.database import transaction
from directory.search import queries
from directory.search.criteria import Criteria
from tests import factories
from tests.search.world import TODAY, World, round_about

GUELPH = (43.53, -80.24)


def found(*facts, **more):
    answer = queries.find(Criteria(facts=dict(facts), per_page=100, **more), GUELPH, condition=0, profession_ids={})
    return [result.listing for result in answer.results]


def turning_points(world):
    """Instants at which some standing may change: just before, at and just after every midnight that matters."""
    days = {}
    for person in world.people:
        for row, checks in person.held:
            zone = row["time_zone"]
            days.setdefault(zone, set()).update(c["next_due_on"] for c in checks if c["next_due_on"])
            days[zone] |= {row["expires_on"]} - {None}
    for zone, ends in days.items():
        for day in ends:
            midnight = datetime.combine(day + timedelta(days=1), time(), ZoneInfo(zone)).astimezone(UTC)
            yield from (midnight + timedelta(seconds=s) for s in (-1, 0, 1))


@time_machine.travel("2026-11-21 17:00:00+00:00", tick=False)
def test_every_filter_passes_whom_the_pure_rules_pass_at_any_instant(catalog):
    """The index is written once; nothing runs between then and the years the clock is set to."""
    world = World(41, 60, round_about(*GUELPH, 0.1))
    pick = random.Random(42)
    start = datetime(2026, 11, 21, 17, tzinfo=UTC)
    later = [instant for instant in turning_points(world) if instant > start]
    instants = [start, *pick.sample(later, 25), *(start + timedelta(hours=pick.randrange(24 * 500)) for _ in range(10))]
    for instant in instants:
        with time_machine.travel(instant, tick=False):
            counts = queries.find(Criteria(within=500), GUELPH, condition=0, profession_ids=world.professions).counts
            for kind in Kind:
                for rung in LADDER:
                    expected = len(world.search(Criteria(within=500, facts={kind: rung}), GUELPH))
                    assert counts.fact[kind, rung] == expected, (instant, kind, rung)
                    answer = queries.find(
                        Criteria(within=500, facts={kind: rung}), GUELPH, condition=0, profession_ids=world.professions
                    )
                    assert answer.total == expected


@time_machine.travel("2026-11-21 17:00:00+00:00", tick=False)
def test_cards_show_the_standing_of_the_pure_rules(catalog):
    world = World(43, 60, round_about(*GUELPH, 0.1))
    by_code = {person.row["code"]: person for person in world.people}
    for ahead in (0, 10, 100, 380):
        with time_machine.travel(datetime(2026, 11, 21, 17, tzinfo=UTC) + timedelta(days=ahead), tick=False):
            for listing in found(within=500):
                expected = world.headlines(by_code[listing.code], listing.practice["region"])
                assert listing.facts == expected


@pytest.mark.parametrize(
    ("zone", "day"),
    [
        ("America/Toronto", date(2026, 11, 30)),
        ("America/St_Johns", date(2026, 11, 30)),
        ("America/Toronto", date(2027, 3, 13)),  # clocks go forward the next morning
        ("America/Toronto", date(2027, 11, 6)),  # and back
        ("America/Vancouver", date(2028, 2, 29)),
    ],
)
def test_a_licence_stands_to_the_end_of_its_last_day_where_it_was_given(catalog, zone, day):
    with transaction():
        person = factories.practitioner()
        factories.location(person)
        held = factories.credential(person, time_zone=zone, expires_on=day)
        factories.check(held, next_due_on=date(2030, 1, 1))
        other = factories.practitioner(given_name="Ben")
        factories.location(other)
        factories.check(factories.credential(other), next_due_on=date(2030, 1, 1))
    confirmed = (Kind.LICENCE, Status.CONFIRMED)
    midnight = datetime.combine(day + timedelta(days=1), time(), ZoneInfo(zone)).astimezone(UTC)
    with time_machine.travel(midnight - timedelta(seconds=1), tick=False):
        assert {listing.code for listing in found(confirmed)} == {person.code, other.code}
    with time_machine.travel(midnight, tick=False):
        assert [listing.code for listing in found(confirmed)] == [other.code]
        by_code = {listing.code: listing for listing in found()}
        assert by_code[person.code].facts[Kind.LICENCE].status is Status.EXPIRED


@time_machine.travel("2026-11-21 17:00:00+00:00", tick=False)
def test_a_late_check_drops_the_filter_match_at_once(catalog):
    with transaction():
        person = factories.practitioner()
        factories.location(person)
        factories.check(factories.credential(person), next_due_on=TODAY)
    confirmed = (Kind.LICENCE, Status.CONFIRMED)
    assert len(found(confirmed)) == 1
    with time_machine.travel("2026-11-22 05:00:00+00:00", tick=False):
        assert found(confirmed) == []
        assert found()[0].facts[Kind.LICENCE].status is Status.CHECK_DUE


@time_machine.travel("2026-11-21 17:00:00+00:00", tick=False)
def test_permission_counts_only_where_it_was_given(catalog):
    with transaction():
        person = factories.practitioner()
        factories.location(person, region="US-NY")
        factories.check(factories.credential(person, kind="permission", jurisdiction_code="CA-ON"))
        factories.check(factories.credential(person, kind="training"))
    assert found((Kind.PERMISSION, Status.OWN_STATEMENT)) == []
    assert len(found((Kind.TRAINING, Status.CONFIRMED))) == 1
    assert found()[0].facts[Kind.PERMISSION] == rules.NOTHING
