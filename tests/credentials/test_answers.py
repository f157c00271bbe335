"""Which questions a record answers, from what, and when it falls back to a talk."""

from datetime import date

import pytest
import time_machine
from sqlalchemy import select

from directory.catalog import queries as catalog_queries
from directory.catalog.models import Condition
from directory.credentials.answers import FROM_FACTS, Origin, answers
from directory.credentials.queries import facts_for
from directory.credentials.rules import Status
from directory.database import db, transaction
from directory.practitioners.queries import listed_by_slug
from tests import factories
from tests.profiles import people

pytestmark = pytest.mark.usefixtures("catalog")


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2026-11-21T17:00:00Z", tick=False):
        yield


def said(build, condition=None):
    """What the person made by `build` answers, by question."""
    with transaction():
        slug = build().slug
    db.session.remove()
    person = listed_by_slug(slug)
    found = db.session.scalar(select(Condition).where(Condition.slug == condition)) if condition else None
    all_said = answers(person, facts_for([person.id])[person.id], catalog_queries.questions(), found)
    return {answer.question.slug: answer for answer in all_said}


def test_every_topic_that_facts_answer_is_named_by_a_question(catalog):
    topics = {topic for q in catalog_queries.questions() for topic in q.body["answered_by"][:1]}
    assert set(FROM_FACTS) <= topics


def test_every_question_has_one_answer_in_order():
    answered = said(factories.practitioner)
    assert list(answered) == [q.slug for q in catalog_queries.questions()]
    assert {slug for slug, a in answered.items() if a.origin is not Origin.ASK} == {"cert-code"}


@pytest.mark.parametrize(
    ("status", "origin"),
    [
        (s, Origin.CHECKS if s in {Status.CONFIRMED, Status.CONDITIONS, Status.NOT_VALID} else Origin.ASK)
        for s in Status
    ],
)
def test_whether_a_licence_is_active_is_answered_only_by_who_issued_it(status, origin):
    assert said(lambda: people.with_fact("licence", status))["lic-status"].origin is origin


@pytest.mark.parametrize("status", list(Status))
def test_permission_is_answered_only_by_who_gives_it(status):
    settled = {Status.CONFIRMED, Status.CONDITIONS, Status.NOT_VALID}
    answered = said(lambda: people.with_fact("permission", status))["lic-needle"]
    assert answered.origin is (Origin.CHECKS if status in settled else Origin.ASK)


@pytest.mark.parametrize("status", list(Status))
def test_a_course_is_answered_by_a_check_a_document_or_as_claimed(status):
    expected = {
        Status.CONFIRMED: Origin.CHECKS,
        Status.DOCUMENT_SEEN: Origin.CHECKS,
        Status.CONDITIONS: Origin.CHECKS,
        Status.OWN_STATEMENT: Origin.WORDS,
    }
    answered = said(lambda: people.with_fact("training", status))["tr-course"]
    assert answered.origin is expected.get(status, Origin.ASK)


def test_a_licence_confirmed_without_its_status_does_not_answer_whether_it_is_active():
    def build():
        person = factories.practitioner()
        factories.check(factories.credential(person), found="unknown")
        return person

    answered = said(build)
    assert answered["lic-status"].origin is Origin.ASK
    assert answered["lic-who"].origin is Origin.CHECKS


def test_a_fact_gone_stale_falls_back_to_own_words():
    def build():
        person = people.with_fact("training", Status.CHECK_DUE)
        people.answer(person, "tr-course", "UBC, in 2019.")
        return person

    answered = said(build)["tr-course"]
    assert (answered.origin, answered.text, answered.on) == (Origin.WORDS, "UBC, in 2019.", date(2026, 3, 3))


def test_a_confirmed_fact_stands_before_own_words():
    def build():
        person = people.with_fact("training", Status.CONFIRMED)
        people.answer(person, "tr-course", "UBC, in 2019.")
        return person

    assert said(build)["tr-course"].origin is Origin.CHECKS


def test_a_licence_elsewhere_does_not_answer_for_here():
    def build():
        person = factories.practitioner()
        factories.location(person)
        people.with_fact("licence", Status.CONFIRMED, person, jurisdiction_code="CA-QC")
        return people.with_fact("permission", Status.CONFIRMED, person, jurisdiction_code="CA-QC")

    answered = said(build)
    assert {answered[slug].origin for slug in ("lic-who", "lic-status", "lic-needle")} == {Origin.ASK}


def test_words_about_the_condition_stand_before_general_ones():
    def build():
        person = factories.practitioner(conditions=("neck-pain",))
        people.answer(person, "ex-mine", "Often.")
        people.answer(person, "ex-mine", "Necks daily.", condition_id=person.conditions[0].condition_id)
        return person

    assert said(build, "neck-pain")["ex-mine"].text == "Necks daily."
    assert said(build, "heel-pain")["ex-mine"].text == "Often."
    assert said(build)["ex-mine"].text == "Often."


def test_a_question_that_only_a_talk_answers_is_never_answered():
    def build():
        person = factories.practitioner()
        people.answer(person, "sf-risks", "None at all.")
        return person

    assert said(build)["sf-risks"].origin is Origin.ASK


def test_prices_and_how_many_were_seen_are_the_persons_own_words():
    def build():
        person = factories.practitioner(conditions=("neck-pain",))
        person.conditions[0].seen_last_year = "50-99"
        factories.location(person, first_visit_price=100, details_updated_on=date(2026, 11, 2))
        return person

    answered = said(build, "neck-pain")
    assert (answered["ct-price"].origin, answered["ct-price"].on) == (Origin.WORDS, date(2026, 11, 2))
    assert answered["ex-mine"].origin is Origin.WORDS
    assert said(build)["ex-mine"].origin is Origin.ASK


def test_an_end_date_is_answered_only_when_there_is_one():
    def build(ends):
        return lambda: people.with_fact("certification", Status.CONFIRMED, expires_on=ends)

    assert said(build(people.LATER))["cert-expire"].origin is Origin.CHECKS
    assert said(build(None))["cert-expire"].origin is Origin.ASK


def test_nobody_to_complain_to_is_left_to_ask():
    assert said(lambda: people.with_fact("licence", Status.CONFIRMED, issuer=None))["rf-complain"].origin is Origin.ASK
    assert said(lambda: people.with_fact("licence", Status.CONFIRMED))["rf-complain"].origin is Origin.CHECKS
