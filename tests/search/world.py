"""Random people in bulk, and a search that looks at every one of them: what the index is held against."""

import math
import random
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from geopy.distance import great_circle
from sqlalchemy import insert

from directory import clock
from directory.catalog.models import Condition, Profession
from directory.credentials import rules
from directory.credentials.models import Check, Credential
from directory.credentials.queries import source_of
from directory.credentials.rules import LADDER, Kind, Status
from directory.database import changed, db, transaction
from directory.places.distance import EARTH_KM
from directory.practitioners import actions
from directory.practitioners.models import ConditionTreated, PracticeLocation, Practitioner
from directory.practitioners.rules import VISIT_MODES

ZONES = ("America/Toronto", "America/St_Johns", "America/Vancouver", "Pacific/Auckland", "UTC")
TAGS = ("en", "fr", "fr-CA", "FR", "es", "zh-Hant-TW", "zh", "pa", "so")
TODAY = date(2026, 11, 21)


@dataclass
class Person:
    """A practitioner as plain values; `places` are rows of practice_location, `held` (row, checks) of credential."""

    row: dict
    places: list[dict] = field(default_factory=list)
    conditions: set[int] = field(default_factory=set)
    held: list[tuple[dict, list[dict]]] = field(default_factory=list)


class World:
    """People of one seed in the database, and the plain values they were made from."""

    def __init__(self, seed: int, count: int, spots, visibility=("listed",), is_proven=True) -> None:
        self.chance = random.Random(seed)
        self.conditions = {c.id: c for c in db.session.query(Condition)}
        self.professions = {p.slug: p.id for p in db.session.query(Profession)}
        codes = sorted(actions.free_codes(count))
        self.chance.shuffle(codes)
        self.people = [self._person(n, code, spots, visibility) for n, code in enumerate(codes, start=1)]
        if is_proven:
            for person in self.people:
                self._prove(person)
        self.store()

    def _person(self, key, code, spots, visibility):
        pick = self.chance
        person = Person(
            {
                "id": key,
                "code": code,
                "slug": f"person-{key}",
                "given_name": "Person",
                "family_name": str(key),
                "profession_id": pick.choice(list(self.professions.values())),
                "languages": pick.sample(TAGS, pick.randint(0, 3)),
                "visit_modes": pick.sample(VISIT_MODES, pick.randint(0, 3)),
                "accepting_new": pick.choice(["yes", "no", "unknown"]),
                "visibility": pick.choice(visibility),
                "origin": "own",
                "is_claimed": False,
                "created_at": datetime(2026, 1, 1, tzinfo=UTC),
                "updated_at": datetime(2026, 1, 1, tzinfo=UTC),
                "version": 1,
            }
        )
        person.conditions = set(pick.sample(sorted(self.conditions), pick.randint(0, 5)))
        for n in range(pick.choice([1, 1, 1, 2, 2, 5])):
            lat, lon = spots(pick)
            place = {
                "id": key * 10 + n,
                "practitioner_id": key,
                "position": n,
                "region": pick.choice(["CA-ON", "US-NY"]),
            }
            person.places.append(place | {"lat": lat, "lon": lon, "precision": "address", "hours": {}, "access": []})
        return person

    def _prove(self, person):
        pick = self.chance
        for kind in pick.choices(list(Kind), k=pick.randint(0, 7)):
            key = person.row["id"] * 100 + len(person.held)
            claimed = TODAY - timedelta(pick.randrange(300))
            row = {
                "id": key,
                "practitioner_id": person.row["id"],
                "kind": kind.value,
                "jurisdiction_code": pick.choice(["CA-ON", "US-NY"]) if kind in rules.BY_PLACE else None,
                "time_zone": pick.choice(ZONES),
                "claimed_on": claimed,
                "expires_on": pick.choice([None, TODAY + timedelta(pick.randrange(-40, 400))]),
                "withdrawn_on": pick.choice([None] * 9 + [TODAY]),
                "version": 1,
            }
            checks = [self._check(key, n, claimed) for n in range(pick.choice([0, 1, 1, 2, 3]))]
            person.held.append((row, sorted(checks, key=lambda c: (c["performed_at"], c["id"]))))

    def _check(self, key, n, claimed):
        pick = self.chance
        day = min(TODAY, claimed + timedelta(pick.randrange(300)))
        need, kind = pick.choice([("initial", "primary")] * 4 + [("initial", "nothing")] * 2 + [("none", "primary")])
        return {
            "id": key * 10 + n,
            "credential_id": key,
            "status": pick.choice(["validated"] * 8 + [v.value for v in rules.Verification]),
            "need": need,
            "validation_type": kind,
            "validation_process": "primary",
            "failure_action": "none",
            "found": pick.choice(["active"] * 8 + ["unknown", "conditions", "suspended", "expired"]),
            "performed_at": datetime.combine(day, time(12), UTC),
            "performed_on": day,
            "performed_by": "reviewer:1",
            "next_due_on": pick.choice([None, day + timedelta(pick.randrange(400))]),
            "findings": {},
        }

    def store(self):
        """Write everyone, as an import does: in bulk, saying whose records changed."""
        with transaction() as session:
            held = [h for p in self.people for h, _ in p.held]
            for model, rows in (
                (Practitioner, [p.row for p in self.people]),
                (PracticeLocation, [place for p in self.people for place in p.places]),
                (
                    ConditionTreated,
                    [{"practitioner_id": p.row["id"], "condition_id": c} for p in self.people for c in p.conditions],
                ),
                (Credential, held),
                (Check, [c for p in self.people for _, checks in p.held for c in checks]),
            ):
                if rows:
                    session.execute(insert(model), rows)
            changed(p.row["id"] for p in self.people)

    # What a search must find, looking at everyone.

    def search(self, criteria, point, condition=0):
        """(km to the millimetre, code) of everyone who passes, nearest first, ties by code."""
        found = []
        for person in self.people:
            reach = [
                km_between(point, (place["lat"], place["lon"]))
                for place in person.places
                if self.passes(person, place, criteria, condition)
            ]
            if reach and min(reach) <= criteria.within:
                found.append((min(reach), person.row["code"]))
        return sorted(found)

    def passes(self, person, place, criteria, condition=0):
        row = person.row
        treated = person.conditions | {self.conditions[c].parent_id for c in person.conditions}
        levels = self.levels(person, place["region"])
        tags = [tag.lower() for tag in row["languages"]]
        return (
            row["visibility"] == "listed"
            and (condition == 0 or condition in treated)
            and levels is not None
            and (
                not criteria.professions or row["profession_id"] in {self.professions[s] for s in criteria.professions}
            )
            and all(levels[kind] >= LADDER.index(rung) + 1 for kind, rung in criteria.facts.items())
            and all(any(tag == t or tag.startswith(f"{t}-") for tag in tags) for t in criteria.languages)
            and (not criteria.accepting or row["accepting_new"] == "yes")
            and all(mode in row["visit_modes"] for mode in criteria.visits)
        )

    def headlines(self, person, region):
        """Each kind's one standing at a place today, by the pure rules."""
        return {
            kind: rules.headline(
                rules.standing(rules.Claim(h["claimed_on"], h["expires_on"]), values(checks), today(h["time_zone"]))
                for h, checks in person.held
                if h["kind"] == kind
                and h["withdrawn_on"] is None
                and (kind not in rules.BY_PLACE or h["jurisdiction_code"] == region)
            )
            for kind in Kind
        }

    def levels(self, person, region):
        """The level of each kind at a place today, by the pure rules; None when search must not lead there."""
        levels = {}
        for kind in Kind:
            here = [
                rules.standing(
                    rules.Claim(h["claimed_on"], h["expires_on"]), values(checks), today(h["time_zone"])
                ).status
                for h, checks in person.held
                if h["kind"] == kind
                and h["withdrawn_on"] is None
                and (kind not in rules.BY_PLACE or h["jurisdiction_code"] == region)
            ]
            if Status.NOT_VALID in here and kind in rules.BY_PLACE:
                return None
            reached = [LADDER.index(status) + 1 for status in here if status in LADDER]
            levels[kind] = 0 if Status.NOT_VALID in here else max(reached, default=0)
        return levels


def values(checks):
    return [
        rules.Check(
            rules.Verification(c["status"]),
            c["performed_on"],
            source_of(c["need"], c["validation_type"]),
            c["found"],
            c["next_due_on"],
        )
        for c in checks
    ]


def today(zone):
    return clock.now().astimezone(ZoneInfo(zone)).date()


def km_between(here, there):
    """geopy's great circle on the mean sphere, to the millimetre."""
    return round(great_circle(here, there, radius=EARTH_KM).km, 6)


def round_about(lat, lon, spread):
    """Spots round a place, some of them shared, some on borders of bands, some exactly symmetric: ties happen."""

    def spot(pick):
        if pick.random() < 0.15:
            return lat, lon
        there = lat + pick.gauss(0, spread), lon + pick.gauss(0, spread) / max(0.02, math.cos(math.radians(lat)))
        if pick.random() < 0.3:
            step = pick.choice([0.05, 0.1])
            there = round(there[0] / step) * step, round(there[1] / step) * step
        return max(-90.0, min(90.0, there[0])), (there[1] + 180) % 360 - 180

    return spot


def anywhere(pick):
    """Spots over the whole globe, evenly, and now and then a pole or the date line itself."""
    if pick.random() < 0.1:
        return pick.choice([(90.0, 0.0), (-90.0, 12.0), (0.0, 180.0), (0.0, -180.0), (51.0, 180.0)])
    return math.degrees(math.asin(pick.uniform(-1, 1))), pick.uniform(-180, 180)
