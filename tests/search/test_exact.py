"""A search equals looking at everyone: geopy's great circle, the pure rules, plain Python."""

import random

import pytest
import time_machine

from directory.credentials.rules import LADDER, Kind
from directory.practitioners.rules import VISIT_MODES
from directory.search import packing, queries
from directory.search.criteria import Criteria
from tests.search.world import TAGS, World, anywhere, km_between, round_about

NOON = "2026-11-21 17:00:00+00:00"
SPOTS = {
    "guelph": ((43.55, -80.25), 0.3),
    "date-line": ((51.9, 179.98), 0.3),
    "equator-and-date-line": ((0.0, -179.999), 0.5),
    "north-pole": ((89.95, 30.0), 0.5),
    "south-pole": ((-90.0, 0.0), 0.4),
    "prime-meridian": ((51.45, 0.0), 2.5),
}


def random_criteria(pick, world, **fixed):
    """Mostly a filter or two; sometimes none."""
    asked = {
        "within": pick.choice([1, 5, 12.5, 25, 60, 100, 250, 500]),
        "per_page": pick.choice([1, 3, 7, 20, 100]),
        "professions": tuple(pick.sample(sorted(world.professions), pick.choice([0, 0, 0, 1, 2]))),
        "facts": {kind: pick.choice(LADDER) for kind in pick.sample(list(Kind), pick.choice([0, 0, 1, 2]))},
        "languages": tuple(t.lower() for t in pick.sample(TAGS, pick.choice([0, 0, 0, 1]))),
        "accepting": pick.random() < 0.2,
        "visits": tuple(pick.sample(VISIT_MODES, pick.choice([0, 0, 0, 1]))),
    }
    return Criteria(**asked | fixed)


def pages(criteria, point, world, condition):
    """Every page of a search, one after another, as (km, code)."""
    found, number = [], 1
    while True:
        asked = Criteria(**{**vars(criteria), "page": number})
        answer = queries.find(asked, point, condition=condition, profession_ids=world.professions)
        assert answer.is_exact
        found += [(result.km, result.listing.code) for result in answer.results]
        if not answer.results:
            return found, answer
        number += 1


@pytest.mark.parametrize("spot", SPOTS)
@time_machine.travel(NOON, tick=False)
def test_every_page_is_what_looking_at_everyone_finds(catalog, spot):
    (lat, lon), spread = SPOTS[spot]
    world = World(
        sum(map(ord, spot)), 120, round_about(lat, lon, spread), visibility=("listed", "listed", "unlisted", "hidden")
    )
    pick = random.Random(spot)
    for _ in range(25):
        point = round_about(lat, lon, spread)(pick)
        condition = pick.choice([0, 0, *world.conditions])
        criteria = random_criteria(pick, world)
        expected = world.search(criteria, point, condition)
        found, answer = pages(criteria, point, world, condition)
        assert found == expected
        assert answer.total == answer.counts.total == len(expected)


@time_machine.travel(NOON, tick=False)
def test_the_nearest_outside_is_the_nearest_on_the_globe(catalog):
    world = World(3, 60, anywhere)
    pick = random.Random(4)
    for _ in range(40):
        point, condition = anywhere(pick), pick.choice([0, *world.conditions])
        criteria = random_criteria(pick, world, within=pick.choice([1, 5, 25, 500]))
        everyone = world.search(Criteria(**{**vars(criteria), "within": 21_000}), point, condition)
        inside = [hit for hit in everyone if hit[0] <= criteria.within]
        answer = queries.find(criteria, point, condition=condition, profession_ids=world.professions, neighbours=3)
        beyond = [(round(r.km, 3), r.listing.code) for r in answer.beyond]
        if not inside:
            assert beyond == [(round(km, 3), code) for km, code in everyone[:3]] or _is_just_outside(
                beyond, everyone, criteria
            )
        assert answer.total == len(inside)


def _is_just_outside(beyond, everyone, criteria):
    """Where someone stands within twice the radius, only those are called just outside."""
    near = [(round(km, 3), code) for km, code in everyone if km <= 2 * criteria.within]
    return bool(near) and beyond == near[:3]


@time_machine.travel(NOON, tick=False)
def test_just_outside_and_a_wider_circle(catalog):
    world = World(9, 80, round_about(43.55, -80.25, 0.4))
    pick = random.Random(5)
    for _ in range(30):
        criteria = random_criteria(pick, world, within=pick.choice([5, 12.5, 25, 300]), per_page=100)
        point = round_about(43.55, -80.25, 0.3)(pick)
        everyone = world.search(Criteria(**{**vars(criteria), "within": 21_000}), point)
        inside = [hit for hit in everyone if hit[0] <= criteria.within]
        outside = [hit for hit in everyone if criteria.within < hit[0] <= 2 * criteria.within]
        answer = queries.find(criteria, point, condition=0, profession_ids=world.professions, neighbours=2)
        if inside or outside:
            assert [(r.km, r.listing.code) for r in answer.beyond] == outside[:2]
        wider = min(500, 2 * criteria.within)
        more = [hit for hit in outside if hit[0] <= wider]
        assert answer.wider == ((wider, len(inside) + len(more)) if more else None)


@time_machine.travel(NOON, tick=False)
def test_a_crowd_is_read_from_the_nearest_ring_and_pages_stay_exact(catalog, monkeypatch):
    monkeypatch.setattr(queries, "MOST_ROWS", 60)
    world = World(11, 250, round_about(43.55, -80.25, 0.15))
    pick = random.Random(6)
    inexact = 0
    for _ in range(40):
        criteria = random_criteria(pick, world, within=pick.choice([25, 60, 100]), per_page=pick.choice([5, 20]))
        point = round_about(43.55, -80.25, 0.1)(pick)
        expected = world.search(criteria, point)
        for number in (1, 2, 4):
            asked = Criteria(**{**vars(criteria), "page": number})
            answer = queries.find(asked, point, condition=0, profession_ids=world.professions)
            start = asked.skipped
            assert [(r.km, r.listing.code) for r in answer.results] == expected[start : start + asked.per_page]
            if answer.is_exact:
                assert answer.total == len(expected)
            else:
                inexact += 1
                assert answer.total <= len(expected)
                assert answer.total >= min(start + len(answer.results), 100)
    assert inexact > 20


@time_machine.travel(NOON, tick=False)
def test_nobody_is_listed_twice_and_ties_go_by_code(catalog):
    world = World(12, 90, lambda pick: (43.55, -80.25 + pick.choice([-0.1, 0, 0.1])))
    found, _ = pages(Criteria(per_page=7), (43.55, -80.25), world, 0)
    assert found == world.search(Criteria(), (43.55, -80.25))
    codes = [code for _, code in found]
    assert len(codes) == len(set(codes))
    assert [packing.code_order(c) for c in sorted(codes)] == sorted(map(packing.code_order, codes))


def test_the_edge_of_the_circle_is_inside(catalog):
    world = World(13, 30, round_about(43.55, -80.25, 0.2))
    point = (43.5, -80.2)
    for km in sorted({km_between(point, (p["lat"], p["lon"])) for person in world.people for p in person.places}):
        for within in (km, km - 1e-6):
            if within >= 1:
                answer = queries.find(Criteria(within=within), point, condition=0, profession_ids=world.professions)
                assert answer.total == len(world.search(Criteria(within=within), point))
