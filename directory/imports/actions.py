"""Files in, part by part: each part of a file is one transaction, and every row of it is accounted for."""

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, OperationalError

from directory.audit.record import record
from directory.credentials import actions as credentials
from directory.credentials.actions import Restatement
from directory.database import db, transaction
from directory.imports import queries
from directory.imports.entries import Entry, Passed, Refusal, Wrong
from directory.imports.held import LINKS, Held, HeldClaim, Proof
from directory.imports.known import Known
from directory.imports.matching import Acquaintances
from directory.imports.merging import Change, change
from directory.imports.nppes import Nppes
from directory.imports.reading import Unreadable, count_rows, header_of
from directory.imports.report import Report, Tally
from directory.imports.rosters import Roster
from directory.imports.seen import Seen
from directory.practitioners import actions as practitioners

PART = 2_000  # people written in one transaction
ROWS = 20_000  # rows read for one, however few of them are people of this directory
TRIES = 3
_LOCK = 7_326_501  # of PostgreSQL: one import at a time, as SQLite's writer lock has it anyway
_BLANK_PERSON: dict[str, Any] = {
    "external_id": None, "npi": None, "former_name": None, "pronoun": None, "languages": [], "visit_modes": [],
    "accepting_new": "unknown",
}  # fmt: skip
Layout = type[Roster] | type[Nppes]


@dataclass
class Job:
    """One file being read."""

    name: str
    reader: Roster | Nppes
    known: Known
    seen: Seen
    listed: bool
    dry_run: bool
    actor: str


@dataclass
class Plan:
    """What a part asks to be written."""

    added: list[Entry] = field(default_factory=list)
    changed: list[tuple[Entry, Change]] = field(default_factory=list)
    vouched: list[tuple[Entry, Held]] = field(default_factory=list)


def import_file(
    file: BinaryIO,
    report: Report,
    *,
    name: str,
    layout: Layout,
    listed: bool = False,
    dry_run: bool = False,
    actor: str = "cli",
    progress: Callable[[int, int], object] = lambda done, rows: None,
) -> None:
    """Enter the people of a file; the report says what became of each row, and is right even when a part fails.

    A dry run says the same and writes nothing. `progress` hears how many rows are done, and of how many. Raises
    Unreadable, with nothing written, when the header is not the layout's or when some line is not a line of a table:
    the whole file is looked through before the first row goes in.
    """
    known = queries.known()
    if not known.professions or not known.zones:
        raise Unreadable("The catalogue is empty. Load it first: flask --app wsgi seed catalog.")
    header, _ = header_of(file)
    reader = layout(header, known)
    rows = count_rows(file)
    progress(0, rows)
    with closing(Seen()) as seen, _undisturbed():
        _enter_rows(file, Job(name, reader, known, seen, listed, dry_run, actor), report, progress, rows)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Keep the collector of cycles from looking through the whole application each time a part's rows fill memory."""
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def _enter_rows(file: BinaryIO, job: Job, report: Report, progress: Callable[[int, int], object], of_rows: int) -> None:
    entries: list[Entry] = []
    part, rows = Tally(), 0
    _, table = header_of(file)
    for number, cells in table:
        rows += 1
        found = job.reader.read(number, cells)
        if isinstance(found, Entry):
            entries.append(found)
        else:
            _note(found, part)
        if len(entries) == PART or rows == ROWS:
            _finish(job, entries, part, rows, report)
            progress(report.read, of_rows)
            entries, part, rows = [], Tally(), 0
    _finish(job, entries, part, rows, report)
    progress(report.read, of_rows)


def _note(found: Passed | Refusal, part: Tally) -> None:
    if isinstance(found, Refusal):
        part.refused.append(found)
    else:
        part.skipped += 1
        part.flagged[found.why] += 1


def _finish(job: Job, entries: Sequence[Entry], before: Tally, rows: int, report: Report) -> None:
    """Enter a part, anew when another writer came between, and report it once it is committed."""
    for attempt in range(1, TRIES + 1):
        part = Tally(skipped=before.skipped, flagged=before.flagged.copy(), refused=list(before.refused))
        try:
            if entries:
                _enter(job, entries, part)
            break
        except (IntegrityError, OperationalError):
            if attempt == TRIES:
                raise
    part.refused.sort()
    report.read += rows
    report.add(part)


def _enter(job: Job, entries: Sequence[Entry], part: Tally) -> None:
    if job.dry_run:
        _plan(job, entries, part)
        db.session.rollback()
        return
    with transaction() as session:
        if session.connection().dialect.name == "postgresql":
            session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        plan = _plan(job, entries, part)
        _add(job, plan.added)
        _change(job, plan.changed)
        practitioners.change_many(
            people=[(held.id, {"attested_on": _today(job, entry)}) for entry, held in plan.vouched]
        )
        if plan.added or plan.changed:
            record(
                "import:part",
                actor=job.actor,
                subject=f"import:{job.reader.layout}",
                file=job.name,
                layout=job.reader.layout,
                added=part.added,
                changed=part.changed,
                refused=len(part.refused),
            )


def _plan(job: Job, entries: Sequence[Entry], part: Tally) -> Plan:
    """Whom each row is about and what it asks for, counted; nothing is written."""
    plan = Plan()
    circle = Acquaintances(queries.acquaintances(entries, by_name=not job.reader.is_register))
    for entry in entries:
        try:
            held = circle.meant_by(entry)
            _check_repeats(job, entry, held)
        except Wrong as wrong:
            part.refused.append(Refusal(entry.row, job.reader.column(wrong.column), str(wrong)))
            continue
        part.flagged.update(entry.flags)
        if held is None:
            _plan_addition(job, entry, circle, plan, part)
        elif reason := _out_of_reach(job, held):
            part.skipped += 1
            part.flagged[reason] += 1
        else:
            _plan_change(job, entry, held, plan, part)
    return plan


def _plan_addition(job: Job, entry: Entry, circle: Acquaintances, plan: Plan, part: Tally) -> None:
    if entry.gone:
        part.skipped += 1
        return
    part.added += 1
    part.repaired += entry.repaired
    plan.added.append(entry)
    if not job.reader.is_register:
        first = job.seen.first(f"like {entry.likeness}", entry.row)
        part.flagged["duplicate_candidate"] += first != entry.row or circle.knows_one_like(entry)


def _plan_change(job: Job, entry: Entry, held: Held, plan: Plan, part: Tally) -> None:
    part.repaired += entry.repaired
    made = change(entry, held, listed=job.listed)
    part.flagged.update(made.flags)
    if not made.is_empty:
        part.changed += 1
        plan.changed.append((entry, made))
        return
    part.unchanged += 1
    is_listed = job.listed and held.person["visibility"] == "listed"
    if is_listed and held.person["attested_on"] != _today(job, entry):
        part.flagged["vouched_for_again"] += 1
        plan.vouched.append((entry, held))


def _check_repeats(job: Job, entry: Entry, held: Held | None) -> None:
    """Raises Wrong when an earlier row of the file was about the same person: which of the two would be right?"""
    for key in entry.identifiers or [f"person {entry.whereabouts}"]:
        column = key.partition(" ")[0]
        if (first := job.seen.first(key, entry.row)) != entry.row:
            if column == "person":
                raise Wrong("external_id", f"is missing, and name and place are those of row {first}")
            raise Wrong(column, f"is that of row {first} already")
    if held and (first := job.seen.first(f"record {held.id}", entry.row)) != entry.row:
        raise Wrong("external_id", f"means the same record as row {first}, {held.person['code']}")


def _out_of_reach(job: Job, held: Held) -> str | None:
    """Why a record that is held may not be changed by this file."""
    if held.is_theirs:
        return "claimed"
    return "known_from_a_roster" if job.reader.is_register and held.is_from_roster else None


def _add(job: Job, entries: Sequence[Entry]) -> None:
    if not entries:
        return
    ids = practitioners.create_many(
        people=[{**_BLANK_PERSON, **e.person, "attested_on": _today(job, e) if job.listed else None} for e in entries],
        visibility="listed" if job.listed else "unlisted",
        origin="import",
        is_claimed=False,
    )
    people = list(zip(ids, entries, strict=True))
    practitioners.place_many(places=[(i, {**e.place, "details_updated_on": _today(job, e)}) for i, e in people])
    practitioners.treat_many(pairs=[(i, condition) for i, e in people for condition in sorted(e.conditions or ())])
    credentials.claim_many(claims=[{"practitioner_id": i, **claim} for i, e in people for claim in e.claims])


def _change(job: Job, changes: Sequence[tuple[Entry, Change]]) -> None:
    made = [c for _, c in changes]
    practitioners.change_many(people=[(c.held.id, _person_columns(job, e, c)) for e, c in changes])
    moved = [(c, {**c.place, "details_updated_on": _today(job, e)}) for e, c in changes if c.place]
    practitioners.move_many(places=[(c.held.id, c.held.place["id"], to) for c, to in moved if c.held.place])
    practitioners.place_many(places=[(c.held.id, to) for c, to in moved if not c.held.place])
    practitioners.no_longer_treat_many(pairs=[(c.held.id, gone) for c in made for gone in sorted(c.no_longer_treated)])
    practitioners.treat_many(pairs=[(c.held.id, new) for c in made for new in sorted(c.treated)])
    credentials.claim_many(claims=[{"practitioner_id": c.held.id, **claim} for c in made for claim in c.claimed])
    credentials.withdraw_many(credentials=[(c.held.id, w.id, w.time_zone) for c in made for w in c.withdrawn])
    credentials.restate_many(
        restatements=[_restatement(c.held, claim, to) for c in made for claim, to in c.restated], actor=job.actor
    )


def _person_columns(job: Job, entry: Entry, made: Change) -> dict[str, Any]:
    """What changes of the person; a listed record is vouched for as of today."""
    vouched = job.listed and made.person.get("visibility", made.held.person["visibility"]) == "listed"
    return {**made.person, "attested_on": _today(job, entry)} if vouched else made.person


def _restatement(held: Held, claim: HeldClaim, to: dict[str, Any]) -> Restatement:
    is_checked = claim.proof is Proof.GOOD
    disputed = {k: claim.columns[k] for k in to if k not in LINKS} if is_checked and not claim.is_due else {}
    return Restatement(claim.id, held.id, claim.time_zone, to, disputed, is_checked=is_checked)


def _today(job: Job, entry: Entry) -> Any:
    """The date it is where the person practises."""
    return job.known.today(job.known.zones[entry.place["region"]])
