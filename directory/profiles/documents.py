"""A listed record as machines read it: our own JSON, and schema.org for search engines. E-mail stands in neither."""

from typing import Any

from directory.credentials.queries import Fact, headline_of
from directory.credentials.rules import Kind, Status
from directory.credentials.rules import as_json as fact_as_json
from directory.practitioners.models import PracticeLocation, Practitioner
from directory.profiles.queries import Practice, Record

CATEGORIES = {Kind.LICENCE: "license", Kind.PERMISSION: "permit", Kind.TRAINING: "certificate"}


def as_json(record: Record) -> dict[str, Any]:
    """The record under /api/v1/practitioners: facts as in search, where the person practises first; then each one."""
    person = record.person
    region = person.locations[0].region if person.locations else None
    return {
        "code": person.code,
        "slug": person.slug,
        "name": person.name,
        "former_name": person.former_name,
        "profession": person.profession.slug,
        "accepting_new": {"yes": True, "no": False}.get(person.accepting_new),
        "languages": person.languages,
        "visit_modes": person.visit_modes,
        "conditions": sorted(treated.condition.slug for treated in person.conditions),
        "practices": [_practice(practice) for practice in record.practices],
        "facts": {kind.value: fact_as_json(headline_of(record.facts, kind, region).standing) for kind in Kind},
        "credentials": [_credential(fact) for fact in record.facts if fact.credential],
    }


def linked_data(record: Record, address: str, language: str) -> dict[str, Any]:
    """The record in schema.org's words. A credential is named only while its issuer's confirmation stands."""
    person = record.person
    proven = [fact for fact in record.facts if fact.standing.status is Status.CONFIRMED]
    name = person.profession.name_fr if language == "fr" else person.profession.name_en
    return _known(
        {
            "@context": "https://schema.org",
            "@type": "Person",
            "@id": address,
            "url": address,
            "identifier": person.code,
            "name": person.name,
            "alternateName": person.former_name,
            "jobTitle": name,
            "knowsLanguage": person.languages,
            "worksFor": [_business(practice, person) for practice in record.practices],
            "hasCredential": [_proven(fact, language) for fact in proven],
        }
    )


def _practice(practice: Practice) -> dict[str, Any]:
    place = practice.location
    return {
        "name": place.name,
        "street": place.street,
        "locality": place.locality,
        "region": place.region,
        "postal_code": place.postal_code,
        "lat": place.lat,
        "lon": place.lon,
        "precision": place.precision,
        "phone": place.phone,
        "website": practice.website,
    }


def _credential(fact: Fact) -> dict[str, Any]:
    held = fact.credential
    if held is None:
        return {}
    return {
        "kind": fact.kind.value,
        "title": held.title,
        "issuer": fact.issuer("en"),
        "number": held.number,
        "jurisdiction": held.jurisdiction_code,
        "limits": held.limits,
        **fact_as_json(fact.standing),
    }


def _business(practice: Practice, person: Practitioner) -> dict[str, Any]:
    place = practice.location
    return _known(
        {
            "@type": "MedicalBusiness",
            "name": place.name or person.name,
            "telephone": place.phone,
            "url": practice.website,
            "address": _address(place),
            "geo": {"@type": "GeoCoordinates", "latitude": place.lat, "longitude": place.lon}
            if place.precision == "address"
            else None,
        }
    )


def _address(place: PracticeLocation) -> dict[str, Any]:
    country, _, region = place.region.partition("-")
    return _known(
        {
            "@type": "PostalAddress",
            "streetAddress": place.street,
            "addressLocality": place.locality,
            "addressRegion": region,
            "postalCode": place.postal_code,
            "addressCountry": country,
        }
    )


def _proven(fact: Fact, language: str) -> dict[str, Any]:
    held, issuer = fact.credential, fact.issuer(language)
    return _known(
        {
            "@type": "EducationalOccupationalCredential",
            "credentialCategory": CATEGORIES.get(fact.kind, fact.kind.value),
            "name": held.title if held else None,
            "identifier": held.number if held else None,
            "recognizedBy": {"@type": "Organization", "name": issuer} if issuer else None,
            "expires": fact.standing.ends_on.isoformat() if fact.standing.ends_on else None,
        }
    )


def _known(values: dict[str, Any]) -> dict[str, Any]:
    """The values without those that are not known."""
    return {key: value for key, value in values.items() if value not in (None, "", [])}
