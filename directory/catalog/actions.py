"""Loading the catalogue: files are read and checked whole, then rows are added, changed in place, or retired."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import select

from directory.catalog import documents, readers
from directory.catalog.contents import ContentError, Node, read
from directory.catalog.models import (
    Condition,
    ConditionWord,
    Document,
    Profession,
    Question,
    Region,
    ReviewClock,
    TrainingBody,
)
from directory.catalog.readers import Row
from directory.database import Base, db

FOLDER = Path(__file__).parent / "data"
FILES = (
    "conditions", "clocks", "evidence", "guides", "professions", "questions", "safety", "sources", "taxonomy",
    "terminology", "training_bodies",
)  # fmt: skip


@dataclass
class Written:
    """The keys of the rows of one kind that were read, and what became of them."""

    read: int = 0
    added: set[str] = field(default_factory=set)
    changed: set[str] = field(default_factory=set)
    removed: set[str] = field(default_factory=set)


def load(*, folder: Path = FOLDER) -> dict[str, Written]:
    """Bring the catalogue to what the files say. Raises ContentError before anything is written.

    What left the files is retired (`is_current` false) where records may refer to it, and deleted elsewhere.
    """
    rows = _rows({name: read(folder, f"{name}.json") for name in FILES})
    written = {"regions": write(Region, rows["regions"], key=("slug",), keep=True)}
    db.session.flush()
    written["conditions"] = _write_conditions(rows["conditions"])
    written |= {
        "professions": write(Profession, rows["professions"], key=("slug",)),
        "training bodies": write(TrainingBody, rows["training_bodies"], key=("slug",)),
        "questions": write(Question, rows["questions"], key=("slug",)),
        "texts": write(Document, rows["documents"], key=("kind", "slug")),
        "clocks": write(ReviewClock, rows["clocks"], key=("key",)),
    }
    return written


def _rows(files: dict[str, Node]) -> dict[str, list[Row]]:
    """The rows of every table, from files that refer to one another."""
    entries = files["sources"].get("sources").value
    leads = {key for key in entries if entries[key].get("kind") == "seed"}
    known = set(entries) - leads
    conditions = readers.conditions(files["conditions"], known)
    questions = readers.questions(files["questions"])
    texts = [
        *documents.sources(files["sources"]),
        *documents.terms(files["terminology"]),
        *documents.question_words(files["questions"]),
        *documents.safety(files["safety"]),
        *documents.guides(files["guides"], {q["slug"] for q in questions}, known, leads),
        *readers.claims(files["evidence"], {c["slug"] for c in conditions}, known),
    ]
    return {
        "regions": readers.regions(files["conditions"]),
        "conditions": conditions,
        "professions": readers.professions(files["professions"], files["taxonomy"]),
        "training_bodies": readers.training_bodies(files["training_bodies"]),
        "questions": questions,
        "documents": texts,
        "clocks": readers.clocks(files["clocks"]),
    }


def _write_conditions(rows: list[Row]) -> Written:
    """Conditions, then what needs their ids: parents and words."""
    plain = [{name: row[name] for name in row if name not in {"parent", "words"}} for row in rows]
    written = write(Condition, plain, key=("slug",))
    db.session.flush()
    by_slug = {c.slug: c for c in db.session.scalars(select(Condition))}
    for row in rows:
        parent_id = by_slug[row["parent"]].id if row["parent"] else None
        if by_slug[row["slug"]].parent_id != parent_id:
            by_slug[row["slug"]].parent_id = parent_id
            written.changed.add(row["slug"])
    before: dict[int, set[str]] = {}
    for word in db.session.scalars(select(ConditionWord)):
        before.setdefault(word.condition_id, set()).add(word.folded)
    ids = {row["slug"]: by_slug[row["slug"]].id for row in rows}
    written.changed |= {row["slug"] for row in rows if set(row["words"]) != before.get(ids[row["slug"]])}
    words = [{"folded": word, "condition_id": ids[row["slug"]]} for row in rows for word in row["words"]]
    write(ConditionWord, words, key=("folded",))
    written.changed -= written.added
    return written


def write(model: type[Base], rows: list[Row], *, key: tuple[str, ...], keep: bool = False) -> Written:
    """Make the rows of a table say what `rows` say, in the open transaction; ids stay. `keep` leaves rows not named.

    Raises ContentError when a text is longer than its column.
    """
    written = Written(read=len(rows))
    retires = hasattr(model, "is_current")
    found = {_key(row, key): row for row in db.session.scalars(select(model))}
    for values in rows:
        _fits(model, values)
        wanted = values | {"is_current": True} if retires else values
        name = "/".join(str(values[part]) for part in key)
        known = found.pop(tuple(values[part] for part in key), None)
        if known is None:
            db.session.add(model(**wanted))
            written.added.add(name)
        elif _change(known, wanted):
            written.changed.add(name)
    if not keep:
        for row_key, row in found.items():
            if _retire(row, retires=retires):
                written.removed.add("/".join(row_key))
    return written


def _key(row: Base, key: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(getattr(row, part) for part in key)


def _change(row: Base, values: dict[str, Any]) -> bool:
    different = [name for name, value in values.items() if getattr(row, name) != value]
    for name in different:
        setattr(row, name, values[name])
    return bool(different)


def _retire(row: Any, *, retires: bool) -> bool:
    """Take a row out of use. False when it was already."""
    if not retires:
        db.session.delete(row)
        return True
    if not row.is_current:
        return False
    row.is_current = False
    return True


def _fits(model: type[Base], values: Row) -> None:
    for column in model.__table__.columns:
        value, longest = values.get(column.name), getattr(column.type, "length", None)
        if isinstance(value, str) and longest is not None and len(value) > longest:
            raise ContentError(f"{column}: {value[:40]!r}… is longer than {longest} characters")
