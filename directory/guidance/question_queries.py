"""What the questions page and the sheet show, finished."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from directory import clock
from directory.catalog import queries as catalog
from directory.catalog.models import Condition, Document, Question
from directory.credentials.answers import Answered, Origin, answers
from directory.credentials.queries import facts_for
from directory.credentials.rules import Standing, Status
from directory.practitioners.models import Practitioner
from directory.practitioners.queries import listed_by_slug
from directory.web.errors import NotFound


@dataclass(frozen=True)
class Group:
    """Questions under one heading; `short` counts those of the one-page sheet."""

    heading: Document
    questions: list[Question]
    short: int


@dataclass(frozen=True)
class Asked:
    """What somebody wants to ask about, and what we made of it; `unknown` names the parameters we could not read.

    `about` stands for {condition} in a question, under text_en and text_fr.
    """

    condition: Condition | None
    near: list[Condition]
    person: Practitioner | None
    unknown: list[str]
    about: dict[str, str]
    review: str | None
    emergency: Document


@dataclass(frozen=True)
class Sheet:
    """One page to print: its questions, each with an answer where the record has one, and the day they were read."""

    asked: Asked
    answers: list[Answered]
    on: date


def asked(*, condition: str = "", practitioner: str = "") -> Asked:
    """Read what the reader typed or a link carried. Anything is answered; what is not known is named."""
    match = catalog.match_condition(condition)
    person = _listed(practitioner)
    fallback = catalog.document("question-text", "condition-fallback")
    found = match.condition
    missing = {
        "condition": condition.strip() and found is None,
        "practitioner": practitioner.strip() and person is None,
    }
    return Asked(
        condition=found,
        near=match.near,
        person=person,
        unknown=[name for name, is_missing in missing.items() if is_missing],
        about={"text_en": found.inline_en, "text_fr": found.inline_fr} if found else fallback.body,
        review=fallback.review,
        emergency=catalog.document("safety", "emergency"),
    )


def groups() -> list[Group]:
    """Every question under its heading, in order. Two statements."""
    by_group: dict[str, list[Question]] = {}
    for question in catalog.questions():
        by_group.setdefault(question.group_slug, []).append(question)
    headings = [d for d in catalog.documents("question-group") if d.slug in by_group]
    return [Group(d, by_group[d.slug], sum(q.on_short_sheet for q in by_group[d.slug])) for d in headings]


def sheet(wanted: Asked, chosen: Iterable[str] = ()) -> Sheet:
    """The short questions of the chosen groups, or of all when none of these is a group with such questions."""
    short = [q for q in catalog.questions() if q.on_short_sheet]
    kept = set(chosen)
    return _filled(wanted, [q for q in short if q.group_slug in kept] or short)


def _filled(wanted: Asked, questions: Sequence[Question]) -> Sheet:
    person = wanted.person
    if person is None:
        return Sheet(wanted, [Answered(q, Origin.ASK) for q in questions], clock.now().date())
    zone = person.locations[0].jurisdiction.time_zone if person.locations else "UTC"
    said = answers(person, facts_for([person.id])[person.id], questions, wanted.condition)
    return Sheet(wanted, said, clock.today(zone))


def _listed(slug: str) -> Practitioner | None:
    if not slug.strip():
        return None
    try:
        return listed_by_slug(slug.strip())
    except NotFound:
        return None


def example_standings() -> list[Standing]:
    """One standing of each status, dated a little before today, to show how it looks."""
    today = clock.now().date()
    since = {
        Status.CHECK_DUE: today - timedelta(days=20),
        Status.EXPIRED: today - timedelta(days=52),
        Status.CORRECTED: today - timedelta(days=18),
    }
    checked = today - timedelta(days=9)
    return [Standing(status, since.get(status, checked), checked_on=checked) for status in Status]
