"""The counts beside filters, against counting by hand."""

import random
from dataclasses import replace

import time_machine

from directory.credentials.rules import LADDER, Kind, Status
from directory.practitioners.rules import VISIT_MODES
from directory.search import queries
from directory.search.criteria import Criteria
from tests.search.test_exact import NOON, random_criteria
from tests.search.world import TAGS, World, round_about


def total(world, criteria, point, condition):
    return len(world.search(criteria, point, condition))


@time_machine.travel(NOON, tick=False)
def test_each_facet_is_what_choosing_it_would_find(catalog):
    world = World(21, 110, round_about(43.55, -80.25, 0.2))
    pick = random.Random(22)
    for _ in range(12):
        spot = round_about(43.55, -80.25, 0.1)(pick), pick.choice([0, 0, *world.conditions])
        check_counts(world, random_criteria(pick, world, within=pick.choice([10, 25, 60])), *spot)


def check_counts(world, asked, point, condition):
    counts = queries.find(asked, point, condition=condition, profession_ids=world.professions).counts

    def chosen(**changes):
        return total(world, replace(asked, **changes), point, condition)

    assert counts.total == chosen()
    for slug, key in world.professions.items():
        assert counts.profession[key] == chosen(professions=(slug,))
    for kind in Kind:
        for rung in LADDER:
            assert counts.fact[kind, rung] == chosen(facts=asked.facts | {kind: rung})
    for tag in {tag.lower() for tag in TAGS} | {"zh-hant", "nl"}:
        assert counts.language[tag] == chosen(languages=(*asked.languages, tag))
    assert counts.accepting == chosen(accepting=True)
    for mode in VISIT_MODES:
        assert counts.visit[mode] == chosen(visits=(*asked.visits, mode))


@time_machine.travel(NOON, tick=False)
def test_each_filter_says_how_many_there_are_without_it(catalog):
    world = World(23, 110, round_about(43.55, -80.25, 0.2))
    pick = random.Random(24)
    for _ in range(25):
        point = round_about(43.55, -80.25, 0.1)(pick)
        asked = random_criteria(pick, world, within=60)
        counts = queries.find(asked, point, condition=0, profession_ids=world.professions).counts
        expected = {each: total(world, asked.toggled(each), point, 0) for each in asked.filters}
        assert {each: counts.without[each] for each in asked.filters} == expected


@time_machine.travel(NOON, tick=False)
def test_a_person_with_two_practices_counts_once_and_by_the_practice_that_passes(catalog):
    """Licensed in Ontario alone: the nearer practice, in New York, does not pass, the farther one does."""
    world = World(25, 60, round_about(43.55, -80.25, 0.1))
    asked = Criteria(facts={Kind.LICENCE: Status.OWN_STATEMENT}, within=60, per_page=100)
    expected = world.search(asked, (43.55, -80.25))
    answer = queries.find(asked, (43.55, -80.25), condition=0, profession_ids=world.professions)
    assert [(r.km, r.listing.code) for r in answer.results] == expected
    assert answer.counts.fact[Kind.LICENCE, Status.OWN_STATEMENT] == len(expected)
