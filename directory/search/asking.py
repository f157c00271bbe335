"""From a query string to an answer: what was asked, where that is, for which condition, and who is there."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from directory.catalog import queries as catalog
from directory.catalog.models import Condition, Profession
from directory.catalog.queries import ConditionMatch
from directory.places import geocode
from directory.places.geocode import Located, Place
from directory.search import criteria, queries
from directory.search.criteria import Asked, Criteria
from directory.search.queries import Found

START = "start"  # no place was given
INVALID = "invalid"  # a field makes no sense
CHOICES = "choices"  # there are several places of that name
UNKNOWN_PLACE = "unknown_place"
UNKNOWN_CONDITION = "unknown_condition"
FOUND = "found"
_COORDINATES = re.compile(r"(-?\d{1,2}(?:\.\d+)?)\s*[,;]\s*(-?\d{1,3}(?:\.\d+)?)", re.ASCII)


@dataclass(frozen=True)
class Answer:
    """What comes of a search: one of the outcomes above, and as much as is known then."""

    outcome: str
    asked: Asked
    professions: list[Profession]
    located: Located = field(default_factory=Located)
    match: ConditionMatch = field(default_factory=ConditionMatch)
    found: Found | None = None

    @property
    def criteria(self) -> Criteria:
        return self.asked.criteria

    @property
    def place(self) -> Place | None:
        return self.located.place

    @property
    def condition(self) -> Condition | None:
        return self.match.condition


def answer(pairs: Iterable[tuple[str, str]], language: str, *, neighbours: int) -> Answer:
    """Answer a query string. Four statements where the words are known: professions, condition, and two of search."""
    professions = catalog.professions()
    ids = {profession.slug: profession.id for profession in professions}
    asked = criteria.parse(pairs, professions=ids)
    if asked.problems:
        return Answer(INVALID, asked, professions)
    match = catalog.match_condition(asked.criteria.condition)
    if match.condition:
        asked = replace(asked, criteria=replace(asked.criteria, condition=match.condition.slug))
    located = _located(asked.criteria, language)
    known = Answer(START, asked, professions, located, match)
    if asked.criteria.condition and match.condition is None:
        return replace(known, outcome=UNKNOWN_CONDITION)
    if not asked.criteria.has_place:
        return known
    if located.place is None:
        return replace(known, outcome=CHOICES if located.choices else UNKNOWN_PLACE)
    found = queries.find(
        asked.criteria,
        (located.place.lat, located.place.lon),
        condition=queries.condition_id(match.condition),
        profession_ids=ids,
        neighbours=neighbours,
    )
    return replace(known, outcome=FOUND, found=found)


def _located(asked: Criteria, language: str) -> Located:
    """Where the search is: the point that was given, or a pair of coordinates typed as a place, or a place by name."""
    typed = _COORDINATES.fullmatch(asked.near)
    point = asked.point or (typed and (float(typed[1]), float(typed[2])))
    if point and abs(point[0]) <= 90 and abs(point[1]) <= 180:
        label = asked.near or f"{criteria.plain(point[0])}, {criteria.plain(point[1])}"
        return Located(Place(label, point[0], point[1], "address"))
    return geocode.locate(asked.near, language) if asked.near else Located()
