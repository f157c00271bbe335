"""Writing the public person. Nothing here commits: callers stand inside `transaction()`."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute

from directory import clock, words
from directory.catalog.models import Profession
from directory.database import db
from directory.practitioners import rules
from directory.practitioners.models import Practitioner

NAMESAKES = 9  # addresses tried with a plain number before one with random letters
LONGEST_SLUG = 100
_AT_ONCE = 10_000  # values bound in one statement, below every engine's limit


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
    return f"{base}-{rules.new_code().removeprefix('NW-').replace('-', '').lower()}"


def _taken(column: InstrumentedAttribute[str], values: Iterable[str]) -> set[str]:
    wanted = sorted(values)
    found: set[str] = set()
    for start in range(0, len(wanted), _AT_ONCE):
        found |= set(db.session.scalars(select(column).where(column.in_(wanted[start : start + _AT_ONCE]))))
    return found
