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
from directory.credentials.models import Check, Credential
from directory.credentials.rules import BY_PLACE, Kind, Status, Verification
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
    (Kind.PERMISSION, "en"): "Needling",
    (Kind.PERMISSION, "fr"): "Aiguilles sèches",
    (Kind.INSURANCE, "en"): "Professional liability",
    (Kind.INSURANCE, "fr"): "Responsabilité professionnelle",
}
LIMITS = {
    Kind.LICENCE: "Works with another licensed practitioner in the building until the end of next year.",
    Kind.PERMISSION: "Does not needle the chest or the upper back.",
}


def build() -> int:
    """Add whoever is missing, in the open transaction; how many that was."""
    world = json.loads(PEOPLE.read_text())
    known = set(db.session.scalars(select(Practitioner.external_id).where(Practitioner.origin == "demo")))
    missing = [person for person in world["people"] if person["id"] not in known]
    if missing:
        builder = _Builder(world)
        for person in missing:
            builder.add(person)
        record("seed:demo", actor=ACTOR, subject="demo", added=len(missing))
    return len(missing)


class _Builder:
    """What every invented person is made with, read once."""

    def __init__(self, world: dict[str, Any]) -> None:
        self.world = world
        self.conditions = {row.slug: row for row in catalog.conditions()}
        self.professions = {row.slug: row for row in db.session.scalars(select(Profession))}
        self.questions = {row.slug: row for row in catalog.questions()}
        self.zones = {row.code: row.time_zone for row in db.session.scalars(select(Jurisdiction))}
        self.regulators = {
            (row.jurisdiction_code, row.profession_slug): row for row in db.session.scalars(select(Regulator))
        }
        codes = [_code(entry) for entry in world["people"]]
        self.taken = set(db.session.scalars(select(Practitioner.code).where(Practitioner.code.in_(codes))))
        self.schools = {row.slug: row for row in db.session.scalars(select(TrainingBody))}

    def add(self, entry: dict[str, Any]) -> None:
        """One person with practices, conditions, words of their own, and every fact as the entry says."""
        pick = partial(_picked, entry["id"])
        zone = self.zones[entry["places"][0]["region"]]
        today = clock.today(zone)
        said_on, code = today - timedelta(days=pick("said", 60)), _code(entry)
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
            code=None if code in self.taken else code,
        )
        person.locations = [_location(place, n, said_on) for n, place in enumerate(entry["places"])]
        person.conditions = [
            ConditionTreated(condition=self.conditions[treated.pop("slug")], **treated)
            for treated in map(dict, entry["conditions"])
        ]
        person.answers = list(self._answers(entry, said_on))
        db.session.flush()
        for region, facts in {entry["places"][0]["region"]: entry["facts"], **entry.get("elsewhere", {})}.items():
            for kind, fact in facts.items():
                if fact != Status.NONE_CLAIMED:
                    self._add_fact(person, entry, Kind(kind), region, fact)

    def _answers(self, entry: dict[str, Any], said_on: date) -> Iterator[Answer]:
        """Words to about two thirds of the questions that words can answer, about each of their first conditions."""
        language, words = _language(entry), self.world["words"][_language(entry)]
        first_year = min(treated["since_year"] for treated in entry["conditions"])
        for slug, texts in words.items():
            question = self.questions.get(slug)
            if question is None:
                continue  # words about one condition, used below
            about = [treated["slug"] for treated in entry["conditions"][:3]] if question.per_condition else [None]
            for condition in about:
                if _picked(entry["id"], f"{slug} {condition}", 3):
                    choice = words.get(f"{slug} {condition}", texts)
                    yield Answer(
                        question=question,
                        condition_id=self.conditions[condition].id if condition else None,
                        text=_one(choice, entry["id"], f"{slug} {condition} text").format(year=first_year),
                        language=language,
                        answered_on=said_on,
                    )

    def _add_fact(self, person: Practitioner, entry: dict[str, Any], kind: Kind, region: str, fact: str) -> None:
        """`fact` is a standing and how many days ago that was found, as in people.json."""
        word, _, days = fact.partition(":")
        status, zone = Status(word), self.zones[region]
        steps, found_on = STEPS[status], clock.today(zone) - timedelta(days=int(days or 30))
        first = found_on - timedelta(days=max([step.get("before", 0) for step in steps], default=0))
        held = credentials.claim(
            practitioner=person,
            kind=kind,
            time_zone=zone,
            claimed_on=first - timedelta(days=10),
            expires_on=_ends(kind, status, found_on),
            limits=LIMITS.get(kind) if status is Status.CONDITIONS else None,
            **self._issued(person, entry, kind, region, first),
        )
        checks: list[Check] = []
        for step in steps:
            is_mistake = step["status"] is Verification.ENTERED_IN_ERROR
            checks.append(_check(held, found_on, corrects=checks[-1] if is_mistake else None, **step))

    def _issued(
        self, person: Practitioner, entry: dict[str, Any], kind: Kind, region: str, first: date
    ) -> dict[str, Any]:
        """Who issued it and what it is called; numbers all begin with X, which no register uses."""
        title = TITLES.get((kind, _language(entry)))
        if kind in BY_PLACE:
            regulator = self.regulators.get((region, person.profession.slug))
            return {
                "jurisdiction_code": region,
                "regulator": regulator,
                "issuer": None if regulator else "Sample licensing body",
                "number": f"X{_picked(entry['id'], f'{kind} {region}', 90_000) + 10_000}",
                "title": title,
            }
        if kind is Kind.INSURANCE:
            return {"issuer": "Sample Mutual Insurance", "title": title}
        if kind is Kind.CERTIFICATION:
            known = self._near("certifiers", region)
            slug, title = next((c for c in known if c[0] == entry.get("school")), _one(known, entry["id"], kind))
            return {"training_body": self.schools[slug], "title": title}
        school = self.schools[entry.get("school") or _one(self._near("schools", region), entry["id"], kind)]
        hours = 20 + 8 * _picked(entry["id"], "hours", 9)
        return {
            "training_body": school,
            "title": school.programs[0],
            "hours_total": hours,
            "hours_in_person": hours - 8,
            "completed_on": first - timedelta(days=400 + _picked(entry["id"], "completed", 2500)),
        }

    def _near(self, what: str, region: str) -> list[Any]:
        """Who teaches or certifies in a jurisdiction, or else in its country."""
        known: dict[str, list[Any]] = self.world[what]
        return known.get(region) or known[region[:2]]


def _location(place: dict[str, Any], position: int, said_on: date) -> PracticeLocation:
    prices = place.get("prices") or [None] * 4
    return PracticeLocation(
        position=position,
        **{name: place.get(name) for name in PLACE},
        currency=("CAD" if place["region"].startswith("CA") else "USD") if prices[0] else None,
        first_visit_price=prices[0],
        first_visit_minutes=prices[1],
        later_visit_price=prices[2],
        later_visit_minutes=prices[3],
        hours=HOURS.get(place.get("hours", ""), {}),
        access=place["access"],
        details_updated_on=said_on,
    )


PLACE = (
    "name", "street", "locality", "region", "postal_code", "lat", "lon", "precision", "phone", "website", "booking_url",
)  # fmt: skip
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


def _check(held: Credential, found_on: date, *, before: int = 0, by_document: bool = False, **step: Any) -> Check:
    day = found_on - timedelta(days=before)
    register = held.regulator if not by_document else None
    return credentials.record_check(
        credential=held,
        performed_at=datetime.combine(day, time(11), ZoneInfo(held.time_zone)),
        performed_by=ACTOR,
        by_document=by_document,
        who=_issuer(held),
        source_type="lic-board" if held.kind in BY_PLACE else "cont-ed" if held.kind == Kind.TRAINING else "issuer",
        method="portal" if register else "manual",
        address=register.register_url if register else None,
        **step,
    )


def _issuer(held: Credential) -> str:
    if held.regulator:
        return held.regulator.name_en
    return held.training_body.name if held.training_body else (held.issuer or "")


def _ends(kind: Kind, status: Status, found_on: date) -> date | None:
    if status is Status.EXPIRED:
        return found_on
    if kind is Kind.INSURANCE:
        return found_on + timedelta(days=365)
    return found_on + timedelta(days=700) if kind is Kind.CERTIFICATION else None


def _code(entry: dict[str, Any]) -> str:
    return code_of(_picked(entry["id"], "code", 28_000_000))


def _language(entry: dict[str, Any]) -> str:
    return "fr" if entry["languages"][0] == "fr" else "en"


def _one(choices: list[Any], seed: str, what: str) -> Any:
    return choices[_picked(seed, what, len(choices))]


def _picked(seed: str, what: str, below: int) -> int:
    """A number that looks drawn by lot and is the same each time."""
    return int.from_bytes(hashlib.sha256(f"{seed} {what}".encode()).digest()[:8]) % below
