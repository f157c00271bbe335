"""What a card and the API say of one practice: written with the index, judged when it is read; pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

import orjson

from directory.credentials.rules import Check, Claim, Kind, Source, Standing, Verification, headline, speaking, standing
from directory.search.sources import Held


@dataclass(frozen=True)
class Listing:
    """One practitioner at one practice, as of one instant.

    `practice` has name, street, locality, region (ISO 3166-2), lat, lon and precision; `price` is cents and currency
    of a first visit. `facts` are the standings that count where the practice is, in the order of Kind.
    """

    code: str
    slug: str
    name: str
    pronoun: str | None
    profession_id: int
    languages: list[str]
    visits: list[str]
    accepting: str
    origin: str
    practice: dict[str, Any]
    price: tuple[int, str] | None
    facts: dict[Kind, Standing]


def written(person: Any, place: Any, held: Sequence[Held]) -> str:
    """The payload of a row of PERSON at a row of LOCATION; `held` are the credentials that count there."""
    payload = {
        "code": person.code,
        "slug": person.slug,
        "name": f"{person.given_name} {person.family_name}",
        "pronoun": person.pronoun,
        "profession_id": person.profession_id,
        "languages": person.languages,
        "visits": person.visit_modes,
        "accepting": person.accepting_new,
        "origin": person.origin,
        "practice": {
            "name": place.name,
            "street": place.street,
            "locality": place.locality,
            "region": place.region,
            "lat": place.lat,
            "lon": place.lon,
            "precision": place.precision,
        },
        "price": None if place.first_visit_price is None else [place.first_visit_price, place.currency],
        "facts": {kind.value: [_packed(h) for h in held if h.kind is kind] for kind in Kind},
    }
    return orjson.dumps(payload).decode()


def read(payload: str, now: datetime) -> Listing:
    """A payload as of an instant."""
    values = orjson.loads(payload)
    facts = values.pop("facts")
    values["facts"] = {kind: headline(_standing(each, now) for each in facts[kind]) for kind in Kind}
    return Listing(**values)


def _packed(held: Held) -> list[Any]:
    """A claim with the checks that still say something of it."""
    checks = [[c.status, c.performed_on, c.source, c.found, c.next_due_on] for c in speaking(held.checks)]
    return [held.zone, held.claim.claimed_on, held.claim.expires_on, checks]


def _standing(packed: list[Any], now: datetime) -> Standing:
    zone, claimed, expires, checks = packed
    return _judged(claimed, expires, tuple(map(tuple, checks)), now.astimezone(ZoneInfo(zone)).date())


@lru_cache(maxsize=4096)
def _judged(claimed: str, expires: str | None, checks: tuple[tuple[str, ...], ...], today: date) -> Standing:
    """Kept, because a page of people who all state the same on the same day asks the same question."""
    return standing(
        Claim(date.fromisoformat(claimed), _day(expires)),
        [
            Check(Verification(status), date.fromisoformat(on), Source(source), found, _day(due))
            for status, on, source, found, due in checks
        ],
        today,
    )


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
