"""The searches that are timed, and the same answers by looking at everyone."""

import random

from geopy.distance import great_circle
from sqlalchemy import select

from bench.people import towns
from directory.catalog import queries as catalog
from directory.database import db
from directory.places.distance import EARTH_KM
from directory.practitioners.models import ConditionTreated, PracticeLocation, Practitioner
from directory.search import queries
from directory.search.criteria import Criteria

RADII = (5, 10, 25, 50, 100, 200)


def cases(count: int, seed: int = 11) -> list[dict]:
    """A third each in large, middling and small towns; conditions from common to rare; two in five with a filter."""
    pick = random.Random(seed)
    by_size = sorted(towns(), key=lambda town: -town[4])
    kinds = [by_size[:40], by_size[400:2000], by_size[-8000:]]
    conditions = [condition.id for condition in catalog.conditions() if condition.kind != "search-only"]
    professions = [profession.id for profession in catalog.professions()]
    found = []
    for number in range(count):
        _, _, lat, lon, _ = pick.choice(kinds[number % 3])
        case = {"lat": round(lat + pick.gauss(0, 0.02), 5), "lon": round(lon + pick.gauss(0, 0.02), 5)}
        case |= {"within": pick.choice(RADII), "condition": pick.choice([0, *pick.choices(conditions, k=4)])}
        chosen = pick.choice(["accepting", "language", "profession"]) if pick.random() < 0.4 else ""
        values = {"accepting": 1, "language": "fr", "profession": pick.choice(professions[:4])}
        found.append(case | ({chosen: values[chosen]} if chosen else {}))
    return found


class Ours:
    """The product's own search, called as the page calls it."""

    def __init__(self) -> None:
        self.professions = {profession.slug: profession.id for profession in catalog.professions()}
        self.slugs = {key: slug for slug, key in self.professions.items()}

    def criteria(self, case: dict) -> Criteria:
        return Criteria(
            within=case["within"],
            accepting=bool(case.get("accepting")),
            languages=(case["language"],) if "language" in case else (),
            professions=(self.slugs[case["profession"]],) if "profession" in case else (),
        )

    def search(self, case: dict) -> tuple[list[str], int, dict[int, int]]:
        found = queries.find(
            self.criteria(case),
            (case["lat"], case["lon"]),
            condition=case["condition"],
            profession_ids=self.professions,
        )
        return [r.listing.code for r in found.results], found.total, dict(found.counts.profession)


class Everyone:
    """Looking at every practice with geopy's great circle."""

    def __init__(self) -> None:
        parents = {c.id: c.parent_id for c in catalog.conditions()}
        treated: dict[int, set] = {}
        for owner, condition in db.session.execute(
            select(ConditionTreated.practitioner_id, ConditionTreated.condition_id)
        ):
            treated.setdefault(owner, {0}).update({condition, parents[condition]})
        self.people = {person.id: person for person in db.session.scalars(select(Practitioner))}
        self.treated = treated
        self.places = db.session.execute(
            select(PracticeLocation.practitioner_id, PracticeLocation.lat, PracticeLocation.lon)
        ).all()

    def search(self, case: dict) -> tuple[list[str], int]:
        here, reach = (case["lat"], case["lon"]), case["within"] / 111 + 0.1
        best: dict[int, float] = {}
        for owner, lat, lon in self.places:
            if abs(lat - here[0]) < reach and self._passes(owner, case):
                km = round(great_circle(here, (lat, lon), radius=EARTH_KM).km, 6)
                if km <= case["within"]:
                    best[owner] = min(km, best.get(owner, km))
        codes = [code for _, code in sorted((km, self.people[owner].code) for owner, km in best.items())]
        return codes[:20], len(codes)

    def _passes(self, owner: int, case: dict) -> bool:
        person = self.people[owner]
        return (
            case["condition"] in self.treated.get(owner, {0})
            and (not case.get("accepting") or person.accepting_new == "yes")
            and ("language" not in case or case["language"] in person.languages)
            and ("profession" not in case or person.profession_id == case["profession"])
        )
