"""The answer to a search as machines read it, under /api/v1/search."""

from http import HTTPStatus
from typing import Any

from flask_babel import gettext

from directory.credentials.rules import as_json as fact_as_json
from directory.places.geocode import Place
from directory.search import asking
from directory.search.asking import Answer
from directory.search.criteria import fact_word
from directory.search.forms import problem_words
from directory.search.queries import Found, Result

Body = dict[str, Any]


def as_json(answer: Answer) -> tuple[int, Body]:
    """The status and the body. A parameter that makes no sense is named under `fields`."""
    if answer.found and answer.place:
        return HTTPStatus.OK, _found(answer, answer.found, answer.place)
    if answer.outcome == asking.CHOICES:
        return HTTPStatus.MULTIPLE_CHOICES, {"choices": [_place(place) for place in answer.located.choices]}
    if answer.outcome == asking.UNKNOWN_PLACE:
        body = {"error": gettext("We do not know this place."), "suggestions": answer.located.suggestions}
        return HTTPStatus.NOT_FOUND, body
    fields = {name: problem_words(problem) for name, problem in answer.asked.problems.items()}
    if answer.outcome == asking.START:
        fields["near"] = gettext("Give a place: a town, a postal code, or lat and lon.")
    body = {"error": gettext("Some parameters could not be read."), "fields": fields}
    if answer.outcome == asking.UNKNOWN_CONDITION:
        fields["condition"] = gettext("We do not know this condition.")
        body["suggestions"] = [condition.slug for condition in answer.match.near]
    return HTTPStatus.UNPROCESSABLE_ENTITY, body


def _found(answer: Answer, found: Found, place: Place) -> Body:
    professions = {profession.id: profession.slug for profession in answer.professions}
    counts = found.counts
    return {
        "place": _place(place),
        "within_km": _number(answer.criteria.within),
        "condition": answer.condition.slug if answer.condition else None,
        "total": found.total,
        "total_is_exact": found.is_exact,
        "results": [_result(result, professions) for result in found.results],
        "facets": {
            "profession": {professions[key]: n for key, n in counts.profession.items() if key in professions},
            "fact": {fact_word(kind, rung): n for (kind, rung), n in counts.fact.items()},
            "language": dict(counts.language),
            "accepting": {"1": counts.accepting},
            "visit": {mode: n for mode, n in counts.visit.items() if n},
        },
        "page": answer.criteria.page,
        "per_page": answer.criteria.per_page,
    }


def _result(result: Result, professions: dict[int, str]) -> Body:
    listing = result.listing
    practice = listing.practice
    return {
        "code": listing.code,
        "slug": listing.slug,
        "name": listing.name,
        "profession": professions.get(listing.profession_id),
        "distance_km": round(result.km, 3),
        "practice": {key: practice[key] for key in ("name", "locality", "region", "lat", "lon", "precision")},
        "accepting_new": {"yes": True, "no": False}.get(listing.accepting),
        "languages": listing.languages,
        "visit_modes": listing.visits,
        "facts": {kind.value: fact_as_json(standing) for kind, standing in listing.facts.items()},
    }


def _place(place: Place) -> Body:
    return {"label": place.label, "lat": place.lat, "lon": place.lon, "precision": place.precision}


def _number(value: float) -> float:
    return int(value) if value == int(value) else value
