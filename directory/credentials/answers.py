"""Which questions a record already answers: from a checked fact, in the person's own words, or not at all.

A question names the facts that can answer it (`answered_by`). A fact that is missing, out of date or only claimed
does not; then the person's own words do, and without those the question is one to ask.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from directory.catalog.models import Condition, Question
from directory.credentials.queries import Fact, headline_of
from directory.credentials.rules import Kind, Status
from directory.practitioners.models import Answer, Practitioner


class Origin(StrEnum):
    """Who answers: our checks, the record itself, the person, or a talk on the phone."""

    CHECKS = "checks"
    RECORD = "record"
    WORDS = "words"
    ASK = "ask"


@dataclass(frozen=True)
class Answered:
    """A question and what the record says to it. `topic` is the first fact named, and chooses the sentence.

    `text` is set only for words the person wrote; `on` is the day of the check or of the words.
    """

    question: Question
    origin: Origin
    topic: str = ""
    fact: Fact | None = None
    text: str | None = None
    language: str | None = None
    on: date | None = None


_SEEN = {Status.CONFIRMED, Status.CONDITIONS, Status.DOCUMENT_SEEN}
_SAID = {Status.CONFIRMED, Status.CONDITIONS, Status.NOT_VALID}
FROM_FACTS = {
    "license.profession": (Kind.LICENCE, _SEEN),
    "license.status": (Kind.LICENCE, _SAID),
    "license.issuer_complaints_url": (Kind.LICENCE, _SEEN),
    "authorization.needling": (Kind.PERMISSION, _SAID),
    "insurance.liability": (Kind.INSURANCE, {Status.CONFIRMED, Status.DOCUMENT_SEEN}),
    "training.program": (Kind.TRAINING, _SEEN),
    "certification.name": (Kind.CERTIFICATION, _SEEN),
    "certification.expires": (Kind.CERTIFICATION, _SEEN),
}
DESCRIBED = {"license.profession", "training.program", "certification.name"}


def answers(
    person: Practitioner, facts: Sequence[Fact], questions: Iterable[Question], condition: Condition | None = None
) -> list[Answered]:
    """What a listed record says to each question, in their order; about one condition when it is given."""
    own, known = _own_words(person, condition), _known_details(person, condition)
    region = person.locations[0].region if person.locations else None
    found = []
    for question in questions:
        topic = next(iter(question.body["answered_by"]), "")
        fact = headline_of(facts, FROM_FACTS[topic][0], region) if topic in FROM_FACTS else None
        found.append(
            _checked(question, topic, fact)
            or _in_words(question, topic, fact, own.get(question.id))
            or (Answered(question, Origin.WORDS, topic, on=known[topic]) if topic in known else None)
            or Answered(question, Origin.ASK)
        )
    return found


def _own_words(person: Practitioner, condition: Condition | None) -> dict[int, Answer]:
    """The person's answers by question; one about the condition stands before a general one."""
    wanted = {None, condition.id if condition else None}
    rows = [a for a in person.answers if a.condition_id in wanted]
    return {a.question_id: a for a in sorted(rows, key=lambda a: (a.condition_id is not None, a.id))}


def _checked(question: Question, topic: str, fact: Fact | None) -> Answered | None:
    if topic == "record.code":
        return Answered(question, Origin.RECORD, topic)
    if fact and question.answer_mode == "verified" and _settles(fact, topic):
        return Answered(question, Origin.CHECKS, topic, fact, on=fact.standing.checked_on)
    return None


def _in_words(question: Question, topic: str, fact: Fact | None, own: Answer | None) -> Answered | None:
    if own is not None and question.answer_mode != "ask":
        return Answered(question, Origin.WORDS, text=own.text, language=own.language, on=own.answered_on)
    if fact and fact.credential and fact.standing.status is Status.OWN_STATEMENT and topic in DESCRIBED:
        return Answered(question, Origin.WORDS, topic, fact, on=fact.credential.claimed_on)
    return None


def _settles(fact: Fact, topic: str) -> bool:
    """Whether where a fact stands answers the question, and not merely something near it."""
    standing, check = fact.standing, fact.check
    if standing.status not in FROM_FACTS[topic][1]:
        return False
    if topic == "license.status":
        return standing.status is not Status.CONFIRMED or (check is not None and check.found == "active")
    if topic == "license.issuer_complaints_url":
        return fact.issuer("en") is not None
    return topic != "certification.expires" or standing.ends_on is not None


def _known_details(person: Practitioner, condition: Condition | None) -> dict[str, date | None]:
    """What the person filled in about the first practice or about a condition, and the day they last said so."""
    known: dict[str, date | None] = {}
    if person.locations and person.locations[0].first_visit_price is not None:
        known["clinic.fee_first"] = person.locations[0].details_updated_on
    treated = {t.condition_id: t for t in person.conditions}
    if condition and condition.id in treated and treated[condition.id].seen_last_year:
        known["practitioner.condition_frequency"] = person.attested_on
    return known
