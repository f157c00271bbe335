"""Who is near: the page, the count, the facets and who is just outside, in two statements whatever is found."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam, select

from directory import clock
from directory.catalog.models import Condition
from directory.database import db
from directory.search import bands, listing, sweep
from directory.search.criteria import WITHIN_KM, Criteria, Filter
from directory.search.facets import PASSES, Counts, Filters, Practice, count
from directory.search.listing import Listing
from directory.search.models import ANY_CONDITION, search_listing
from directory.search.sweep import Ask

MOST_ROWS = 4000  # practices read for counts; beyond them a search knows its inner rings, and says "1,000+"
REACH = 1000  # how many people one may page through where the total is not known
_ANYWHERE = (20, 80, 320, 1280, bands.HALF_GLOBE_KM)  # km; rings in which the nearest of all are looked for
_HALF_MM = 5e-7  # distances are whole millimetres, so a circle reaches half of one further
_PAYLOADS = select(search_listing.c.location_id, search_listing.c.payload).where(
    search_listing.c.location_id.in_(bindparam("locations", expanding=True))
)


class Hit(NamedTuple):
    """One person at the nearest of their practices that passes. Ordered by distance, then by record code."""

    km: float
    person: int
    location: int


@dataclass(frozen=True)
class Result:
    """A hit with what its card says."""

    listing: Listing
    km: float


@dataclass(frozen=True)
class Found:
    """The answer to a search. Where it `is_exact` not, `total` and `counts` are those of the nearest, at least.

    `beyond` are the nearest who pass outside the circle: just outside it on the last page, or anywhere when nobody is
    inside. `wider` is a larger radius in km and how many are within it, None when it is not known or not allowed.
    """

    results: list[Result]
    total: int
    is_exact: bool
    counts: Counts
    beyond: list[Result]
    wider: tuple[float, int] | None


@dataclass(frozen=True)
class _Page:
    """The hits of one page, how many there are in all, and the payloads that came with them."""

    hits: list[Hit]
    total: int
    is_exact: bool = True
    payloads: dict[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class _Seen:
    """What a sweep saw, sorted: the hits inside and outside the circle, and everyone's practices inside."""

    inside: list[Hit]
    outside: list[Hit]
    people: dict[int, list[tuple[Filter, Practice]]]


def condition_id(condition: Condition | None) -> int:
    """What is searched for a condition: itself; its group, where nobody can claim it; any, where there is none."""
    if condition is None:
        return ANY_CONDITION
    return condition.parent_id or ANY_CONDITION if condition.kind == "search-only" else condition.id


def find(
    criteria: Criteria,
    point: tuple[float, float],
    *,
    condition: int,
    profession_ids: Mapping[str, int],
    neighbours: int = 0,
) -> Found:
    """Search round a point (lat, lon) as of now, for an id of `condition_id`, with up to so many `beyond`.

    Two statements: one for all that stands round, and one for the page where that was not enough, or for its cards.
    """
    now, within = clock.now(), criteria.within
    ask = Ask(point, condition, Filters.of(criteria, profession_ids), int(now.timestamp()) // 60)
    radii = (within / 4, within / 2, within, *([2 * within] if neighbours else []))
    around = sweep.around(ask, radii, most=MOST_ROWS)
    seen = _sorted(around.rows, ask.filters, within)
    counts = count(seen.people.values(), ask.filters)
    page = _page(ask, criteria, seen, around.known_km)
    outside = [hit for hit in seen.outside if hit.km <= around.known_km]
    is_last = page.is_exact and criteria.skipped + criteria.per_page >= page.total
    beyond = _Page(outside[:neighbours] if is_last else [], 0)
    if neighbours and page.is_exact and not page.total and not beyond.hits:
        beyond = _nearest(ask, _ANYWHERE, 0, neighbours)
    payloads = page.payloads | beyond.payloads
    payloads |= _payloads([hit.location for hit in (*page.hits, *beyond.hits) if hit.location not in payloads])
    return Found(
        results=_results(page.hits, payloads, now),
        total=page.total,
        is_exact=page.is_exact,
        counts=counts,
        beyond=_results(beyond.hits[:neighbours], payloads, now),
        wider=_wider(within, around.known_km, page.total, outside),
    )


def _sorted(rows: Iterable[Sequence[Any]], filters: Filters, within: float) -> _Seen:
    """Each person's nearest practice that passes, and every practice in the circle with the verdict on it."""
    edge = bands.chord_squared_of(within + _HALF_MM)
    verdicts: dict[Practice, Filter] = {}
    people: dict[int, list[tuple[Filter, Practice]]] = {}
    nearest: dict[int, tuple[float, int]] = {}
    for person, location, signature, languages, chord, _ in rows:
        practice = (signature, languages)
        verdict = verdicts.get(practice)
        if verdict is None:
            verdict = verdicts[practice] = filters.verdict(practice)
        if chord <= edge:
            people.setdefault(person, []).append((verdict, practice))
        if verdict is PASSES and (person not in nearest or (chord, location) < nearest[person]):
            nearest[person] = (chord, location)
    hits = sorted(Hit(bands.km_of(chord), person, location) for person, (chord, location) in nearest.items())
    inside = [hit for hit in hits if hit.km <= within]
    return _Seen(inside, hits[len(inside) :], people)


def _page(ask: Ask, criteria: Criteria, seen: _Seen, known_km: float) -> _Page:
    """The hits of the page that is asked for; read again, nearest first, where the sweep did not reach so far."""
    start, end = criteria.skipped, criteria.skipped + criteria.per_page
    if known_km >= criteria.within:
        return _Page(seen.inside[start:end], len(seen.inside))
    known = [hit for hit in seen.inside if hit.km <= known_km]
    page = _Page(known[start:end], 0, is_exact=False)
    if len(known) < end and start < REACH:
        page = _nearest(ask, _doubling(criteria.within), start, criteria.per_page)
    if page.is_exact:
        return page
    total = max(len(seen.inside), page.total)
    return replace(page, total=total - total % 100 if total > 100 else total)


def _nearest(ask: Ask, radii: Sequence[float], start: int, size: int) -> _Page:
    """A page of the nearest who pass within the last radius; the total is exact when the page is the last."""
    most = 3 * (start + size + 1) + 20  # enough for people with three practices; asked again for more otherwise
    while True:
        rows = sweep.nearest(ask, radii, most=most, skipped=start)
        best: dict[int, Hit] = {}
        for row in rows:
            km = bands.km_of(row.chord_squared)
            if km <= radii[-1]:
                best.setdefault(row.person, Hit(km, row.person, row.location))
        is_all = len(rows) < most or km > radii[-1]
        if is_all or len(best) > start + size:
            break
        most *= 4
    hits = sorted(best.values())
    payloads = {row.location: row.payload for row in rows if row.payload is not None}
    return _Page(hits[start : start + size], len(hits), is_exact=is_all, payloads=payloads)


def _doubling(last: float) -> list[float]:
    """Radii up to the last, each twice the one before, and none nearer to the next than a band is high."""
    radii = [last]
    while radii[0] / 2 > bands.BAND_KM + 1:
        radii.insert(0, radii[0] / 2)
    return radii


def _wider(within: float, known_km: float, total: int, outside: Sequence[Hit]) -> tuple[float, int] | None:
    """Twice the radius, or as much of it as is allowed, with the people within it."""
    wider = min(2 * within, WITHIN_KM[1])
    more = [hit for hit in outside if hit.km <= wider]
    return (wider, total + len(more)) if more and known_km >= wider else None


def _payloads(locations: Sequence[int]) -> dict[int, str]:
    if not locations:
        return {}
    return {row.location_id: row.payload for row in db.session.execute(_PAYLOADS, {"locations": locations})}


def _results(hits: Iterable[Hit], payloads: Mapping[int, str], now: datetime) -> list[Result]:
    """The cards of hits; one whose practice was taken out between two statements is left out."""
    return [Result(listing.read(payloads[h.location], now), h.km) for h in hits if h.location in payloads]
