"""The demo world: invented people across Canada and the United States, in every standing a fact can have.

people.json says where each fact stands and how many days ago that was found; dates are counted back from today, so a
demo world ages as a real one does.
"""

import hashlib
import json
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from directory import clock
from directory.audit.record import record
from directory.catalog import queries as catalog
from directory.catalog.models import Profession, TrainingBody
from directory.credentials import actions as credentials
from directory.credentials.models import Credential
from directory.credentials.rules import Kind, Status, Verification
from directory.database import db
from directory.jurisdictions.models import Jurisdiction, Regulator
from directory.practitioners import actions as practitioners
from directory.practitioners.models import Answer, ConditionTreated, PracticeLocation, Practitioner
from directory.practitioners.rules import code_of

PEOPLE = Path(__file__).with_name("people.json")
ACTOR = "demo"
WORKDAYS = ("mon", "tue", "wed", "thu", "fri")
HOURS = {
    "weekdays": {day: [["08:00", "17:00"]] for day in WORKDAYS},
    "long": {day: [["08:00", "12:00"], ["13:00", "19:00"]] for day in WORKDAYS} | {"sat": [["09:00", "13:00"]]},
    "short": {day: [["10:00", "16:00"]] for day in WORKDAYS[:3]},
}
TITLES = {
    Kind.PERMISSION: "Needling",
    Kind.CERTIFICATION: "IMS practitioner",
    Kind.INSURANCE: "Professional liability",
}
LIMITS = "Works with another licensed practitioner in the building until the end of next year."


def build() -> int:
    """Add whoever is missing, in the open transaction; how many that was."""
    world = json.loads(PEOPLE.read_text())
    known = set(db.session.scalars(select(Practitioner.external_id).where(Practitioner.origin == "demo")))
    missing = [person for person in world["people"] if person["id"] not in known]
    if missing:
        builder = _Builder(world["words"])
        for person in missing:
            builder.add(person)
        record("seed:demo", actor=ACTOR, subject="demo", added=len(missing))
    return len(missing)


class _Builder:
    """What every invented person is made with, read once."""

    def __init__(self, words: dict[str, dict[str, list[str]]]) -> None:
        self.words = words
        self.conditions = {row.slug: row for row in catalog.conditions()}
        self.professions = {row.slug: row for row in db.session.scalars(select(Profession))}
        self.questions = {row.slug: row for row in catalog.questions()}
        self.zones = {row.code: row.time_zone for row in db.session.scalars(select(Jurisdiction))}
        self.regulators = {
            (row.jurisdiction_code, row.profession_slug): row for row in db.session.scalars(select(Regulator))
        }
        self.schools = list(db.session.scalars(select(TrainingBody).order_by(TrainingBody.id)))

    def add(self, entry: dict[str, Any]) -> None:
        """One person with practices, conditions, words of their own, and every fact as the entry says."""
        pick = partial(_picked, entry["id"])
        zone = self.zones[entry["places"][0]["region"]]
        today = clock.today(zone)
        said_on = today - timedelta(days=pick("said", 60))
        person = practitioners.create(
            given_name=entry["given_name"],
            family_name=entry["family_name"],
            profession=self.professions[entry["profession"]],
            origin="demo",
            visibility="listed",
            external_id=entry["id"],
            pronoun=entry["pronoun"],
            languages=entry["languages"],
            visit_modes=entry["visit_modes"],
            accepting_new=entry["accepting_new"],
            is_claimed=True,
            attested_on=said_on,
            code=code_of(pick("code", 28_000_000)),
        )
        person.locations = [_location(place, n, said_on) for n, place in enumerate(entry["places"])]
        person.conditions = [
            ConditionTreated(condition=self.conditions[treated.pop("slug")], **treated)
            for treated in map(dict, entry["conditions"])
        ]
        person.answers = list(self._answers(entry, said_on))
        db.session.flush()
        for kind, fact in entry["facts"].items():
            status, _, days = fact.partition(":")
            if status != Status.NONE_CLAIMED:
                self._add_fact(person, Kind(kind), Status(status), int(days or 30))

    def _answers(self, entry: dict[str, Any], said_on: date) -> Iterator[Answer]:
        """Words to about two thirds of the questions that words can answer; about their first condition for some."""
        language = "fr" if entry["languages"][0] == "fr" else "en"
        first = self.conditions[entry["conditions"][0]["slug"]]
        for slug, texts in self.words[language].items():
            question = self.questions[slug]
            if _picked(entry["id"], slug, 3):
                yield Answer(
                    question=question,
                    condition_id=first.id if question.per_condition else None,
                    text=texts[_picked(entry["id"], f"{slug} text", len(texts))],
                    language=language,
                    answered_on=said_on,
                )

    def _add_fact(self, person: Practitioner, kind: Kind, status: Status, days: int) -> None:
        place = person.locations[0]
        zone = self.zones[place.region]
        found_on = clock.today(zone) - timedelta(days=days)
        held = credentials.claim(
            practitioner=person,
            kind=kind,
            time_zone=zone,
            claimed_on=found_on - timedelta(days=10),
            expires_on=_ends(kind, status, found_on),
            limits=LIMITS if status is Status.CONDITIONS else None,
            **self._issued(person, kind, place.region, found_on),
        )
        for step in STEPS[status]:
            _check(held, found_on, **step)

    def _issued(self, person: Practitioner, kind: Kind, region: str, found_on: date) -> dict[str, Any]:
        """Who issued it and what it is called; numbers all begin with X, which no register uses."""
        number = f"X{_picked(person.code, kind, 90_000) + 10_000}"
        if kind in {Kind.LICENCE, Kind.PERMISSION}:
            regulator = self.regulators.get((region, person.profession.slug))
            return {
                "jurisdiction_code": region,
                "regulator": regulator,
                "issuer": None if regulator else "Sample licensing body",
                "number": number,
                "title": TITLES.get(kind),
            }
        if kind is Kind.INSURANCE:
            return {"issuer": "Sample Mutual Insurance", "title": TITLES[kind]}
        school = self.schools[_picked(person.code, kind, len(self.schools))]
        hours = 20 + 8 * _picked(person.code, "hours", 9)
        taught: dict[str, Any] = {
            "title": school.programs[0] if school.programs else None,
            "hours_total": hours,
            "hours_in_person": hours - 8,
            "completed_on": found_on - timedelta(days=400 + _picked(person.code, "completed", 2500)),
        }
        return {"training_body": school} | (taught if kind is Kind.TRAINING else {"title": TITLES[kind]})


def _location(place: dict[str, Any], position: int, said_on: date) -> PracticeLocation:
    prices = place.get("prices") or [None] * 4
    return PracticeLocation(
        position=position,
        **{name: place.get(name) for name in ("name", "street", "locality", "region", "lat", "lon", "precision")},
        phone=place["phone"],
        booking_url=place.get("booking_url"),
        currency=("CAD" if place["region"].startswith("CA") else "USD") if prices[0] else None,
        first_visit_price=prices[0],
        first_visit_minutes=prices[1],
        later_visit_price=prices[2],
        later_visit_minutes=prices[3],
        hours=HOURS.get(place.get("hours", ""), {}),
        access=place["access"],
        details_updated_on=said_on,
    )


VALIDATED = Verification.VALIDATED
# How a fact came to stand where it does: what each check found, how many days before the last, and from whom.
STEPS: dict[Status, list[dict[str, Any]]] = {
    Status.CONFIRMED: [{"status": VALIDATED}],
    Status.DOCUMENT_SEEN: [{"status": VALIDATED, "by_document": True}],
    Status.IN_REVIEW: [{"status": Verification.IN_PROCESS, "found": "unknown"}],
    Status.CHECK_DUE: [{"status": VALIDATED}],
    Status.OWN_STATEMENT: [],
    Status.COULD_NOT_CONFIRM: [{"status": Verification.VAL_FAIL, "found": "unknown", "answered": "unknown"}],
    Status.EXPIRED: [{"status": VALIDATED, "before": 60}],
    Status.CONDITIONS: [{"status": VALIDATED, "found": "conditions"}],
    Status.NOT_VALID: [
        {"status": VALIDATED, "before": 80},
        {"status": Verification.REVAL_FAIL, "found": "suspended", "answered": "failed"},
    ],
    Status.NOT_NEEDED: [{"status": VALIDATED, "need": "none"}],
    Status.CORRECTED: [
        {"status": VALIDATED, "before": 30},
        {"status": Verification.ENTERED_IN_ERROR, "found": "unknown", "answered": "failed"},
    ],
}


def _check(held: Credential, found_on: date, *, before: int = 0, by_document: bool = False, **step: Any) -> None:
    day = found_on - timedelta(days=before)
    regulated = held.regulator is not None
    credentials.record_check(
        credential=held,
        performed_at=datetime.combine(day, time(11), ZoneInfo(held.time_zone)),
        performed_by=ACTOR,
        by_document=by_document,
        who=held.regulator.name_en if held.regulator else (held.issuer or "Sample issuer"),
        source_type="lic-board" if regulated else "issuer",
        method="portal" if regulated else "manual",
        address=held.regulator.register_url if held.regulator and not by_document else None,
        **step,
    )


def _ends(kind: Kind, status: Status, found_on: date) -> date | None:
    if status is Status.EXPIRED:
        return found_on
    if kind is Kind.INSURANCE:
        return found_on + timedelta(days=365)
    return found_on + timedelta(days=700) if kind is Kind.CERTIFICATION else None


def _picked(seed: str, what: str, below: int) -> int:
    """A number that looks drawn by lot and is the same each time."""
    return int.from_bytes(hashlib.sha256(f"{seed} {what}".encode()).digest()[:8]) % below
