"""What the pages of one practitioner show, finished: the chain of facts with its sources, practices, answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select

from directory import clock
from directory.catalog import queries as catalog
from directory.catalog.models import Condition, Document
from directory.credentials.answers import Answered, Origin, answers
from directory.credentials.queries import Fact, counts_at, facts_for, headline_of
from directory.credentials.rules import BY_PLACE, Kind, Status
from directory.database import db
from directory.jurisdictions.models import Regulator
from directory.practitioners.models import PracticeLocation, Practitioner
from directory.profiles import rules

REGISTER_TYPES = {"lic-board", "reg-auth"}


@dataclass(frozen=True)
class Link:
    """A fact and where a reader may look it up: the page we looked at, or else the register of who issues it."""

    fact: Fact
    address: str | None
    is_register: bool


@dataclass(frozen=True)
class Practice:
    """A place of practice; addresses are only those that may be followed, `today` the hours of this day there."""

    location: PracticeLocation
    website: str | None
    booking: str | None
    phone: str | None
    week: dict[str, rules.Hours]
    today: rules.Hours


@dataclass(frozen=True)
class Record:
    """A listed person's page. `tally` counts facts by standing, `asked` what is left to ask on the phone.

    `about` is what stands for {condition} in a question, under text_en and text_fr.
    """

    person: Practitioner
    chain: list[Link]
    tally: dict[Status, int]
    practices: list[Practice]
    answered: list[Answered]
    asked: list[Answered]
    on_sheet: int
    about: dict[str, str]
    emergency: Document
    review: str | None

    @property
    def facts(self) -> list[Fact]:
        return [link.fact for link in self.chain]


@dataclass(frozen=True)
class Lookup:
    """What stands behind a record code at this moment; `strip` has one fact of each kind, none when unlisted."""

    person: Practitioner
    strip: list[Fact]
    at: datetime

    @property
    def licence(self) -> Fact | None:
        return self.strip[0] if self.strip else None


@dataclass(frozen=True)
class LicensingBody:
    """Who licenses a profession in a place, and where a reader may look a licence up."""

    regulator: Regulator
    register: str | None
    website: str | None


def record_of(person: Practitioner, condition: Condition | None = None) -> Record:
    """The page of a listed person; questions about one condition when it is given. Six statements."""
    facts = _nearest_first(facts_for([person.id])[person.id], person)
    questions = catalog.questions()
    said = answers(person, facts, questions, condition)
    fallback = catalog.document("question-text", "condition-fallback")
    return Record(
        person=person,
        chain=[_link(fact) for fact in facts],
        tally=_tally(facts),
        practices=[_practice(location) for location in person.locations],
        answered=[a for a in said if a.origin is not Origin.ASK],
        asked=[a for a in said if a.origin is Origin.ASK and a.question.on_short_sheet],
        on_sheet=sum(question.on_short_sheet for question in questions),
        about={"text_en": condition.inline_en, "text_fr": condition.inline_fr} if condition else fallback.body,
        emergency=catalog.document("safety", "emergency"),
        review=fallback.review,
    )


def lookup_of(person: Practitioner) -> Lookup:
    """The facts of a record where the person practises first, and the time there. Three statements."""
    home = person.locations[0] if person.locations else None
    facts = facts_for([person.id])[person.id] if person.visibility == "listed" else []
    strip = [headline_of(facts, kind, home.region if home else None) for kind in Kind] if facts else []
    return Lookup(person, strip, clock.now().astimezone(ZoneInfo(home.jurisdiction.time_zone if home else "UTC")))


def licensing_body_for(person: Practitioner) -> LicensingBody | None:
    """Whom to ask about an unlisted person: who licenses the profession where they practise first."""
    if not person.locations:
        return None
    regulator = db.session.scalar(
        select(Regulator)
        .where(
            Regulator.jurisdiction_code == person.locations[0].region,
            Regulator.profession_slug == person.profession.slug,
            Regulator.is_current,
        )
        .order_by(Regulator.id)
    )
    if regulator is None:
        return None
    return LicensingBody(regulator, rules.web_address(regulator.register_url), rules.web_address(regulator.website))


def _nearest_first(facts: Sequence[Fact], person: Practitioner) -> list[Fact]:
    """The chain, what counts where the person practises first before what counts elsewhere."""
    region = person.locations[0].region if person.locations else ""
    order = list(Kind)

    def place(fact: Fact) -> tuple[int, bool]:
        return order.index(fact.kind), fact.credential is not None and not counts_at(fact.credential, region)

    return sorted(facts, key=place)


def _tally(facts: Sequence[Fact]) -> dict[Status, int]:
    standings = [fact.standing.status for fact in facts]
    return {status: standings.count(status) for status in Status if status in standings}


def _link(fact: Fact) -> Link:
    looked_at = rules.web_address(fact.source.address) if fact.source else None
    if fact.source and looked_at:
        return Link(fact, looked_at, fact.source.type in REGISTER_TYPES)
    regulator = fact.credential.regulator if fact.credential and fact.kind in BY_PLACE else None
    return Link(fact, rules.web_address(regulator.register_url) if regulator else None, is_register=True)


def _practice(location: PracticeLocation) -> Practice:
    week = rules.week(location.hours)
    today = clock.today(location.jurisdiction.time_zone)
    return Practice(
        location=location,
        website=rules.web_address(location.website),
        booking=rules.web_address(location.booking_url),
        phone=rules.phone_address(location.phone),
        week=week,
        today=week.get(rules.day_of(today), []),
    )
