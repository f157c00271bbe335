"""Reads of the catalogue. Every list is in the order people see; only entries still current are listed."""

from dataclasses import dataclass, field

from rapidfuzz import fuzz, process
from sqlalchemy import select

from directory.catalog import rules
from directory.catalog.models import Condition, ConditionWord, Document, Profession, Question, Region, ReviewClock
from directory.database import db
from directory.web.errors import NotFound

NEAR = 5
ALIKE = 75  # of 100, as rapidfuzz counts: one or two slips in a word, not another word


@dataclass(frozen=True)
class ConditionMatch:
    """What typed words lead to: one condition, or else those with a name near it, nearest first."""

    condition: Condition | None = None
    near: list[Condition] = field(default_factory=list)


def regions() -> list[Region]:
    """The parts of the body that have conditions, from the head down."""
    used = select(Condition.region_slug).where(Condition.is_current)
    return list(db.session.scalars(select(Region).where(Region.slug.in_(used)).order_by(Region.position, Region.slug)))


def conditions() -> list[Condition]:
    """Every condition, by part of the body, children right after their parent."""
    return list(
        db.session.scalars(
            select(Condition)
            .join(Region, Region.slug == Condition.region_slug)
            .where(Condition.is_current)
            .order_by(Region.position, Condition.position, Condition.id)
        )
    )


def condition_by_slug(slug: str) -> Condition:
    """Raises NotFound."""
    found = db.session.scalar(select(Condition).where(Condition.slug == slug, Condition.is_current))
    if found is None:
        raise NotFound
    return found


def match_condition(text: str) -> ConditionMatch:
    """The condition that typed words name, in either language, by name, synonym or slug; else up to five near ones.

    One statement when the words are known, four when not. Any text is answered.
    """
    likely = rules.likely_keys(text)
    if not likely[0]:
        return ConditionMatch()
    rows = db.session.execute(
        select(ConditionWord.folded, Condition)
        .join(Condition, Condition.id == ConditionWord.condition_id)
        .where(ConditionWord.folded.in_(likely), Condition.is_current)
    )
    by_word = {row.folded: row.Condition for row in rows}
    found = next((by_word[word] for word in likely if word in by_word), None)
    return ConditionMatch(found) if found else ConditionMatch(near=_near(rules.core(text)))


def _near(typed: str) -> list[Condition]:
    """Conditions with words that begin as typed, then those spelled nearly so, then those of the part of the body."""
    if len(typed) < 2:
        return []
    words = {w.folded: w.condition_id for w in db.session.scalars(select(ConditionWord).order_by(ConditionWord.folded))}
    cores = {word: rules.core(word) for word in sorted(words, key=len)}
    known = sorted({part for each in cores.values() for part in each.split()})
    right = " ".join(_respelled(part, known) for part in typed.split())
    ids = [words[word] for meant in (typed, right) for word in cores if rules.begins_like(meant, word)]
    alike = process.extract(typed, cores, scorer=fuzz.token_set_ratio, score_cutoff=ALIKE, limit=40)
    ids += [words[word] for _, _, word in alike]
    listed = conditions()
    places = {
        r.slug for r in regions() for name in (r.name_en, r.name_fr) if rules.begins_like(typed, rules.folded(name))
    }
    by_id = {c.id: c for c in listed}
    ids += [c.id for c in listed if c.region_slug in places]
    return [by_id[i] for i in dict.fromkeys(ids) if i in by_id][:NEAR]


def _respelled(word: str, known: list[str]) -> str:
    """The known word spelled most like it, if any is like it at all."""
    best = process.extractOne(word, known, scorer=fuzz.ratio, score_cutoff=ALIKE)
    return best[0] if best else word


def professions() -> list[Profession]:
    """Every profession, in the catalogue's order."""
    return list(
        db.session.scalars(select(Profession).where(Profession.is_current).order_by(Profession.position, Profession.id))
    )


def profession_by_slug(slug: str) -> Profession | None:
    """None when there is no such profession."""
    return db.session.scalar(select(Profession).where(Profession.slug == slug, Profession.is_current))


def profession_by_taxonomy(nucc: str) -> Profession | None:
    """The profession a NUCC taxonomy code such as 2251X0800X belongs to; None when it is not one listed here."""
    return next((p for p in professions() if nucc in p.nucc), None)


def questions() -> list[Question]:
    """Every question, group by group."""
    return list(
        db.session.scalars(select(Question).where(Question.is_current).order_by(Question.position, Question.id))
    )


def documents(kind: str) -> list[Document]:
    """The texts of a kind in their order.

    Kinds: guide, safety, term, source, question-group, question-text, claim (only what an editor has signed).
    """
    return list(
        db.session.scalars(select(Document).where(Document.kind == kind).order_by(Document.position, Document.id))
    )


def document(kind: str, slug: str) -> Document:
    """Raises NotFound."""
    found = db.session.scalar(select(Document).where(Document.kind == kind, Document.slug == slug))
    if found is None:
        raise NotFound
    return found


def clocks() -> dict[str, ReviewClock]:
    """How long each thing may take or stay unchecked, by key, in the order shown.

    Keys: the five kinds of fact, then profile, decision, decision-target, correction, reminders-before and
    reminders-after. `days` is None for what has no number of days, such as insurance: at its end date.
    """
    return {c.key: c for c in db.session.scalars(select(ReviewClock).order_by(ReviewClock.position))}
