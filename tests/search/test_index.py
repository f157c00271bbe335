"""The index follows the record: the same after any change as if it were made anew, and in the same transaction."""

import contextlib
import random
from datetime import date

import pytest
from sqlalchemy import delete, select, update

from directory import database
from directory.catalog.models import Condition
from directory.credentials.models import Check, Credential
from directory.database import db, transaction
from directory.practitioners.models import ConditionTreated, PracticeLocation, Practitioner
from directory.search import index, queries
from directory.search.criteria import Criteria
from directory.search.models import ANY_CONDITION, search_entry, search_listing
from tests import factories
from tests.search.world import World, round_about

GUELPH = (43.53, -80.24)


def found_codes(condition: str | None = None, **asked) -> list[str]:
    """The record codes a search round Guelph finds."""
    row = db.session.scalar(select(Condition).where(Condition.slug == condition)) if condition else None
    answer = queries.find(
        Criteria(per_page=100, **asked), GUELPH, condition=queries.condition_id(row), profession_ids={}
    )
    return [result.listing.code for result in answer.results]


def rows_of(table):
    return sorted(map(tuple, db.session.execute(select(table))))


@pytest.fixture
def ada(catalog):
    """A listed physiotherapist in Guelph with a confirmed licence, who treats neck pain and tennis elbow."""
    with transaction():
        person = factories.practitioner(conditions=("neck-pain", "tennis-elbow"))
        factories.location(person)
        factories.check(factories.credential(person))
    return person


@pytest.fixture
def ben(catalog):
    """Another, who must stay found whatever happens to Ada."""
    with transaction():
        person = factories.practitioner(given_name="Ben", conditions=("neck-pain",))
        factories.location(person)
    return person


def close_practice(person):
    db.session.delete(person.locations[0])


def move(person):
    person.locations[0].lat = 43.9


def second_practice(person):
    factories.location(person, lat=43.6, lon=-80.3, region="US-NY")


def cross_the_date_line(person):
    person.locations[0].lon = 180.0


def drop_a_condition(person):
    db.session.delete(person.conditions[0])


def gain_a_condition(person):
    added = db.session.scalars(select(Condition).where(Condition.slug == "migraine")).one()
    person.conditions.append(ConditionTreated(condition=added))


def rename(person):
    person.family_name = "Sample"


def speak_french(person):
    person.languages = ["en", "fr-CA"]


def stop_taking_patients(person):
    person.accepting_new = "no"


def hide(person):
    person.visibility = "hidden"


def unlist(person):
    person.visibility = "unlisted"


def claim_insurance(person):
    factories.credential(person, kind="insurance", expires_on=date(2027, 1, 31))


def withdraw(person):
    held = db.session.scalars(select(Credential).where(Credential.practitioner_id == person.id)).one()
    held.withdrawn_on = date(2026, 11, 20)


def renew(person):
    held = db.session.scalars(select(Credential).where(Credential.practitioner_id == person.id)).one()
    factories.credential(person, supersedes_id=held.id, expires_on=date(2028, 1, 1))


def check_again(person):
    held = db.session.scalars(select(Credential).where(Credential.practitioner_id == person.id)).one()
    factories.check(held, found="conditions", performed_on=date(2026, 11, 22))


def suspend(person):
    held = db.session.scalars(select(Credential).where(Credential.practitioner_id == person.id)).one()
    factories.check(held, found="suspended", performed_on=date(2026, 11, 22))


def err(person):
    check = db.session.scalars(select(Check)).one()
    factories.check(check.credential, status="entered-in-error", corrects_id=check.id, performed_on=date(2026, 11, 22))


def erase(person):
    db.session.execute(delete(Practitioner).where(Practitioner.id == person.id))
    database.changed([person.id])


def erase_through_the_session(person):
    db.session.delete(person)


def change_in_bulk(person):
    db.session.execute(update(PracticeLocation).values(lat=10.0, lon=10.0))
    database.changed([person.id])


CHANGES = [
    close_practice, move, second_practice, cross_the_date_line, drop_a_condition, gain_a_condition, rename,
    speak_french, stop_taking_patients, hide, unlist, claim_insurance, withdraw, renew, check_again, suspend, err,
    erase, erase_through_the_session, change_in_bulk,
]  # fmt: skip


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_after_any_change_the_index_is_as_if_made_anew(ada, ben, change):
    with transaction():
        change(ada)
    if change is change_in_bulk:
        with transaction():
            database.changed([ben.id])
    assert index.differences() == []
    kept = rows_of(search_entry), rows_of(search_listing)
    with transaction():
        index.rebuild()
    assert (rows_of(search_entry), rows_of(search_listing)) == kept


def test_a_change_that_is_rolled_back_leaves_the_index(ada):
    before = rows_of(search_entry), rows_of(search_listing)
    with contextlib.suppress(RuntimeError), transaction():
        hide(ada)
        db.session.flush()
        raise RuntimeError("changed my mind")
    assert (rows_of(search_entry), rows_of(search_listing)) == before


def test_random_worlds_written_in_bulk_are_as_if_made_anew(catalog):
    World(31, 80, round_about(43.55, -80.25, 0.5), visibility=("listed", "listed", "unlisted"))
    assert index.differences() == []
    kept = rows_of(search_entry), rows_of(search_listing)
    with transaction():
        written = index.rebuild()
    assert (rows_of(search_entry), rows_of(search_listing)) == kept
    assert written == len(kept[1])


def test_a_group_finds_those_who_treat_its_children_once(ada, ben):
    """Ada treats tennis elbow, one of the tendon pains."""
    assert found_codes("tendon-pain") == [ada.code]
    assert found_codes("tennis-elbow") == [ada.code]
    assert found_codes("golfers-elbow") == []
    with transaction():
        added = db.session.scalars(select(Condition).where(Condition.slug == "golfers-elbow")).one()
        ada.conditions.append(ConditionTreated(condition=added))
    assert found_codes("tendon-pain") == [ada.code]
    entries = db.session.execute(select(search_entry.c.condition_id)).scalars().all()
    assert entries.count(ANY_CONDITION) == 2


def test_a_word_that_is_only_searched_for_finds_those_of_its_group(ada, catalog):
    with transaction():
        gain_a_condition(ada)
    assert found_codes("sinus-headache") == found_codes("headache") == [ada.code]


@pytest.mark.parametrize("visibility", ["unlisted", "hidden"])
def test_who_is_not_listed_is_nowhere_in_the_index(ada, ben, visibility):
    with transaction():
        ada.visibility = visibility
    assert found_codes() == [ben.code]
    assert ada.code not in str(rows_of(search_listing))
    assert ada.id not in db.session.execute(select(search_listing.c.practitioner_id)).scalars().all()


def test_a_licence_that_is_not_valid_ends_the_search_at_once_and_there_alone(ada, ben):
    """Suspended in Ontario; the practice in New York stays."""
    with transaction():
        factories.location(ada, region="US-NY", lat=43.6)
        suspend(ada)
    assert sorted(found_codes()) == sorted([ada.code, ben.code])
    regions = [r.payload for r in db.session.execute(select(search_listing.c.payload))]
    assert sum('"US-NY"' in text for text in regions) == 1
    assert sum(ada.code in text for text in regions) == 1
    with transaction():
        held = db.session.scalars(select(Credential).where(Credential.kind == "licence")).one()
        factories.check(held, found="active", performed_on=date(2026, 11, 23))
    assert len(rows_of(search_listing)) == 3


def test_a_training_that_is_not_valid_stays_but_passes_no_filter(ada):
    with transaction():
        for found in ("active", "revoked"):
            factories.check(factories.credential(ada, kind="training", number=found), found=found)
    assert found_codes() == [ada.code]
    entry = db.session.execute(select(search_entry)).mappings().first()
    assert entry["training_confirmed_until"] == entry["training_own_statement_until"] == 0
    assert entry["licence_confirmed_until"] > 0


def test_check_finds_what_was_lost_what_is_left_and_what_is_stale(ada, ben):
    place, other = ada.locations[0].id, ben.locations[0].id
    with transaction() as session:
        session.execute(delete(search_listing).where(search_listing.c.location_id == place))
        session.execute(delete(search_entry).where(search_entry.c.location_id == place))
        session.execute(update(search_entry).where(search_entry.c.location_id == other).values(languages=" xx "))
        session.execute(
            search_listing.insert().values(
                location_id=999, practitioner_id=999, band=0, lon=0, conditions="[]", payload="{}"
            )
        )
    assert index.differences() == [(place, "missing"), (other, "stale"), (999, "left over")]


def test_the_commands_rebuild_and_check(ada, catalog):
    runner = catalog.test_cli_runner()
    assert runner.invoke(args=["search", "check"]).exit_code == 0
    with transaction() as session:
        session.execute(delete(search_entry))
    failed = runner.invoke(args=["search", "check"])
    assert failed.exit_code == 1
    assert "stale" in failed.output
    done = runner.invoke(args=["search", "rebuild"])
    assert done.exit_code == 0
    assert "1 practices" in done.output
    assert runner.invoke(args=["search", "check"]).exit_code == 0


def test_the_statements_of_a_refresh_do_not_grow_with_people(catalog, count_statements):
    with transaction():
        people = [factories.practitioner(given_name=f"N{n}", conditions=("neck-pain",)) for n in range(40)]
        for person in people:
            factories.location(person)
            factories.check(factories.credential(person))
        ids = [person.id for person in people]
    seen = []
    for some in (ids[:1], ids):
        with transaction(), count_statements() as statements:
            index.refresh(some)
            seen.append(len(statements))
    assert seen[0] == seen[1] <= 11


def test_entries_of_someone_who_moved_are_not_left_behind(ada):
    pick = random.Random(1)
    for _ in range(10):
        with transaction():
            ada.locations[0].lat, ada.locations[0].lon = pick.uniform(-90, 90), pick.uniform(-180, 180)
        assert len(rows_of(search_entry)) == 4  # any, neck pain, tennis elbow, tendon pain
