"""Writing the public person. Nothing here commits: callers stand inside `transaction()`."""

import secrets
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import bindparam, delete, select
from sqlalchemy.orm import InstrumentedAttribute

from directory import clock, words
from directory.catalog.models import Profession
from directory.database import Base, any_of, changed, db, insert_many, update_many
from directory.practitioners import rules
from directory.practitioners.models import ConditionTreated, PracticeLocation, Practitioner

NAMESAKES = 9  # addresses tried with a plain number before one with random letters
LONGEST_SLUG = 100
_PERSON, _PLACE, _TREATED = (
    Base.metadata.tables[model.__tablename__] for model in (Practitioner, PracticeLocation, ConditionTreated)
)


def create(
    *,
    given_name: str,
    family_name: str,
    profession: Profession,
    origin: str,
    visibility: str = "unlisted",
    external_id: str | None = None,
    npi: str | None = None,
    former_name: str | None = None,
    pronoun: str | None = None,
    languages: Iterable[str] = (),
    visit_modes: Iterable[str] = (),
    accepting_new: str = "unknown",
    is_claimed: bool = False,
    attested_on: date | None = None,
    code: str | None = None,
    slug: str | None = None,
) -> Practitioner:
    """A new person, flushed, with a free code and address unless these are given; places and facts come after."""
    now = clock.now()
    person = Practitioner(
        code=code or free_codes(1)[0],
        slug=slug or free_slugs([f"{given_name} {family_name}"])[0],
        external_id=external_id,
        npi=npi,
        given_name=given_name,
        family_name=family_name,
        former_name=former_name,
        pronoun=pronoun,
        profession=profession,
        languages=list(languages),
        visit_modes=list(visit_modes),
        accepting_new=accepting_new,
        visibility=visibility,
        origin=origin,
        is_claimed=is_claimed,
        attested_on=attested_on,
        created_at=now,
        updated_at=now,
    )
    db.session.add(person)
    db.session.flush()
    return person


def create_many(*, people: Sequence[dict[str, Any]], **same: Any) -> list[int]:
    """New people from columns (all with the same keys), each with a free code and address; their ids, in order.

    `same` are columns that have one value for all of them.
    """
    codes = free_codes(len(people))
    slugs = free_slugs([f"{person['given_name']} {person['family_name']}" for person in people])
    now = clock.now()
    rows = [{**person, "code": code, "slug": slug} for person, code, slug in zip(people, codes, slugs, strict=True)]
    insert_many(_PERSON, rows, created_at=now, updated_at=now, version=1, **same)
    known = db.session.execute(select(Practitioner.code, Practitioner.id).where(any_of(Practitioner.code, codes)))
    ids = {row.code: row.id for row in known}
    changed(ids.values())
    return [ids[code] for code in codes]


def change_many(*, people: Sequence[tuple[int, dict[str, Any]]]) -> None:
    """Write columns of people, by id."""
    now = clock.now()
    update_many(_PERSON, [(i, {**columns, "updated_at": now}) for i, columns in people])
    changed(i for i, _ in people)


def place_many(*, places: Sequence[tuple[int, dict[str, Any]]]) -> None:
    """A first practice for each of these people (by id), from columns that all have the same keys."""
    rows = [{**columns, "practitioner_id": i} for i, columns in places]
    insert_many(_PLACE, rows, position=0, hours={}, access=[])
    changed(i for i, _ in places)


def move_many(*, places: Sequence[tuple[int, int, dict[str, Any]]]) -> None:
    """Write columns of practices, each given with its person's id and its own."""
    update_many(_PLACE, [(place, columns) for _, place, columns in places])
    changed(i for i, _, _ in places)


def treat_many(*, pairs: Sequence[tuple[int, int]]) -> None:
    """These people (by id) say that they treat these conditions (by id)."""
    insert_many(_TREATED, [{"practitioner_id": i, "condition_id": condition} for i, condition in pairs])
    changed(i for i, _ in pairs)


def no_longer_treat_many(*, pairs: Sequence[tuple[int, int]]) -> None:
    """These people no longer say so."""
    if pairs:
        of, what = _TREATED.c.practitioner_id, _TREATED.c.condition_id
        db.session.connection().execute(
            delete(_TREATED).where(of == bindparam("of"), what == bindparam("what")),
            [{"of": i, "what": condition} for i, condition in pairs],
        )
        changed(i for i, _ in pairs)


def free_codes(count: int) -> list[str]:
    """As many record codes as asked for, different and in use by nobody."""
    codes: set[str] = set()
    while len(codes) < count:
        fresh = {rules.new_code() for _ in range(count - len(codes))}
        codes |= fresh - _taken(Practitioner.code, fresh)
    return sorted(codes)


def free_slugs(names: Sequence[str]) -> list[str]:
    """An address for each name in its order, in use by nobody: ann-lee, ann-lee-2, then ann-lee and random letters."""
    bases = [words.slug(name)[:LONGEST_SLUG].strip("-") or "practitioner" for name in names]
    wanted = Counter(bases)
    taken = _taken(Practitioner.slug, wanted)
    crowded = taken | {base for base, times in wanted.items() if times > 1}
    taken |= _taken(Practitioner.slug, {f"{base}-{n}" for base in crowded for n in range(2, NAMESAKES + 1)})
    found = []
    for base in bases:
        slug = base
        for n in range(2, NAMESAKES + 2):
            if slug not in taken:
                break
            slug = f"{base}-{n}" if n <= NAMESAKES else _lettered(base)
        taken.add(slug)
        found.append(slug)
    return found


def _lettered(base: str) -> str:
    """With so many random letters that two of a million namesakes do not meet."""
    return f"{base}-{''.join(secrets.choice(rules.CODE_LETTERS) for _ in range(10)).lower()}"


def _taken(column: InstrumentedAttribute[str], values: Iterable[str]) -> set[str]:
    return set(db.session.scalars(select(column).where(any_of(column, sorted(values)))))
