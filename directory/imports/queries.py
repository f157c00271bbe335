"""Reads for an import: the catalogue as look-ups, and whom a part of a file is about as they are held now."""

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import Any

from babel import Locale
from sqlalchemy import ARRAY, ColumnElement, RowMapping, Select, Text, func, literal, select, tuple_

from directory import clock
from directory.catalog import queries as catalog
from directory.catalog.models import Condition, TrainingBody
from directory.credentials.models import Check, Credential
from directory.database import any_of, db
from directory.imports.entries import Entry, identifiers
from directory.imports.held import CLAIMED, Held, HeldClaim, proof_of
from directory.imports.known import Known, Licensing, Regulators
from directory.imports.rules import Bad
from directory.jurisdictions.models import Jurisdiction, Regulator
from directory.places.geocode import Place, point_for
from directory.places.nearby import region_at
from directory.practitioners.models import ConditionTreated, PracticeLocation, Practitioner
from directory.words import fold

_PERSON = Practitioner.__table__.columns
_PLACE = PracticeLocation.__table__.columns
_CLAIM = [getattr(Credential, name) for name in ("id", "practitioner_id", "time_zone", *CLAIMED)]


def known() -> Known:
    """The catalogue, for one file."""
    professions = catalog.professions()
    by_slug = {p.slug: p.id for p in professions}
    jurisdictions = list(db.session.scalars(select(Jurisdiction)))
    bodies = db.session.scalars(select(TrainingBody).where(TrainingBody.is_current))
    return Known(
        professions={
            fold(word): p.id for p in professions for word in (p.slug, p.name_en, *p.name_fr.split(" ou "), *p.titles)
        },
        taxonomies={code: p.id for p in professions for code in p.nucc},
        conditions={c.slug: _claimable(c) for c in catalog.conditions()},
        zones={j.code: j.time_zone for j in jurisdictions},
        regions={f"{j.country} {fold(word)}": j.code for j in jurisdictions for word in (j.code[3:], j.name_en)},
        regulator=lru_cache(maxsize=5_000)(Regulators(_licensing(by_slug))),
        schools={fold(word): body.id for body in bodies for word in (body.slug, body.name)},
        languages=frozenset(t for t in map(str, Locale("en").languages) if "_" not in t),
        today=cache(clock.today),
        point=lru_cache(maxsize=50_000)(_point),
        region_at=lru_cache(maxsize=50_000)(region_at),
    )


def _claimable(condition: Condition) -> int | Bad:
    if condition.kind == "search-only":
        return Bad(f"“{condition.slug}” is there to be searched for, not to be listed as treated")
    return condition.id


def _point(postal_code: str | None, locality: str | None, region: str | None) -> Place | None:
    return point_for(postal_code=postal_code, locality=locality, region=region)


def _licensing(professions: dict[str, int]) -> dict[str, list[Licensing]]:
    found: dict[str, list[Licensing]] = defaultdict(list)
    for r in db.session.scalars(select(Regulator).where(Regulator.is_current).order_by(Regulator.id)):
        names = (r.slug, r.name_en, r.name_fr, r.short_name, *r.details.get("former_names", ()))
        folded = frozenset(fold(name) for name in names if name)
        found[r.jurisdiction_code].append(Licensing(professions.get(r.profession_slug, 0), folded, r.id))
    return found


def acquaintances(entries: Sequence[Entry], *, by_name: bool) -> list[Held]:
    """Everyone held who has an identifier of these rows, or, `by_name`, the name of one that no identifier leads to.

    Each comes with all that a row may change. At most seven statements, however many rows.
    """
    people: dict[int, Held] = {}
    for name in ("external_id", "npi"):
        values = [e.person[name] for e in entries if e.person.get(name)]
        _meet(people, any_of(getattr(Practitioner, name), values) if values else None)
    if by_name:
        met = {identifier for held in people.values() for identifier in identifiers(held.person)}
        strangers = [e for e in entries if not (met and met.intersection(e.identifiers))]
        _meet(people, _has_name_of(strangers) if strangers else None)
    if people:
        _add_places(people)
        _add_conditions(people)
        _add_claims(people)
    return [people[i] for i in sorted(people)]


def _meet(people: dict[int, Held], matches: ColumnElement[bool] | None) -> None:
    if matches is not None:
        for row in db.session.execute(select(*_PERSON).where(matches)).mappings():
            people.setdefault(row["id"], Held(dict(row)))


def _has_name_of(entries: Sequence[Entry]) -> ColumnElement[bool]:
    """Given and family name are together those of some row; found by the index of names."""
    names = sorted({(e.person["family_name"], e.person["given_name"]) for e in entries})
    if db.session.get_bind().dialect.name == "sqlite":
        pairs = func.json_each(json.dumps(names)).table_valued("value").c.value
        wanted = select(func.json_extract(pairs, "$[0]"), func.json_extract(pairs, "$[1]"))
    else:
        wanted = select(*(func.unnest(literal(list(part), ARRAY(Text()))) for part in zip(*names, strict=True)))
    return tuple_(Practitioner.family_name, Practitioner.given_name).in_(wanted)


def _add_places(people: dict[int, Held]) -> None:
    for row in _about(select(*_PLACE).order_by(PracticeLocation.position.desc()), PracticeLocation, people):
        people[row["practitioner_id"]].place = dict(row)


def _add_conditions(people: dict[int, Held]) -> None:
    treated = select(ConditionTreated.practitioner_id, ConditionTreated.condition_id)
    for row in _about(treated, ConditionTreated, people):
        people[row["practitioner_id"]].conditions.add(row["condition_id"])


def _add_claims(people: dict[int, Held]) -> None:
    """The credentials in force, oldest first, with what their checks say."""
    superseded = select(Credential.supersedes_id).where(Credential.supersedes_id.is_not(None))
    in_force = select(*_CLAIM).where(Credential.withdrawn_on.is_(None), Credential.id.not_in(superseded))
    claims: dict[int, HeldClaim] = {}
    for row in _about(in_force.order_by(Credential.id), Credential, people):
        columns = dict(row)
        claim = HeldClaim(columns.pop("id"), columns, columns.pop("time_zone"))
        people[columns.pop("practitioner_id")].claims.append(claim)
        claims[claim.id] = claim
    checks: dict[int, list[tuple[str, str]]] = defaultdict(list)
    found = select(Check.credential_id, Check.status, Check.found).join(
        Credential, Credential.id == Check.credential_id
    )
    for row in _about(found.order_by(Check.performed_at, Check.id), Credential, people):
        checks[row["credential_id"]].append((row["status"], row["found"]))
    for key, all_found in checks.items():
        if key in claims:
            claims[key].proof, claims[key].is_due = proof_of(all_found)


def _about(statement: Select[*tuple[Any, ...]], model: Any, people: dict[int, Held]) -> Iterator[RowMapping]:
    """The rows of a statement that belong to these people, however many they are."""
    yield from db.session.execute(statement.where(any_of(model.practitioner_id, list(people)))).mappings()
