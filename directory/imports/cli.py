"""`flask import …`: files in, with a report of what became of each row."""

import json
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

import click
from flask.cli import AppGroup
from sqlalchemy.exc import DBAPIError

from directory.imports import actions
from directory.imports.nppes import Nppes
from directory.imports.reading import Unreadable
from directory.imports.report import Report
from directory.imports.rosters import Roster

PRINTED = 20  # refused rows; --json gives them all
FLAGS = {
    "approximate_place": "in, at the middle of a wide area: coordinates would help",
    "claimed": "not touched: the record belongs to the person",
    "contradicts_check": "in, but a checked credential stays as it was checked: look at it",
    "deactivated": "their number was given up: hidden where they were held, else left out",
    "duplicate_candidate": "in, though somebody of the same name, profession and region is held too",
    "hidden": "brought up to date, and still hidden",
    "known_from_a_roster": "not touched: a roster says who they are",
    "licence_ended": "in, with a licence that has ended",
    "licence_elsewhere": "in, without a licence of a place that is not listed here",
    "licence_number_unreadable": "in, without a licence number that is no number",
    "licensed_only_out_of_state": "in, with no licence where they practise",
    "mailing_address_used": "in, at their mailing address: no other is given",
    "no_licence_stated": "in, without any licence",
    "no_single_primary_taxonomy": "left out: no switch says which of several professions is theirs",
    "no_taxonomy": "left out: no profession is given",
    "organisation": "left out: not a person",
    "other_profession": "left out: a profession that this directory does not list",
    "postal_code_of_another_region": "in: the postal code is one of another state than the region",
    "practice_elsewhere": "left out: they practise outside the provinces and states",
    "reactivated": "in: their number was given up once and is in force again",
    "vouched_for_again": "nothing new, and vouched for as of today",
}

files = AppGroup(
    "import",
    help="""Enter people from a file.

    Every row is added, changed, unchanged, refused or skipped. Row numbers are those of a spreadsheet: the header is
    row 1, the first person row 2. The same file again changes nothing. Exit code 0 when the file was read, even if
    rows were refused; 1 when it could not be read, and then nothing was written.
    """,
)
_file = click.argument("file", type=click.Path(path_type=Path))
_dry_run = click.option("--dry-run", is_flag=True, help="Say what would happen and write nothing.")
_as_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON object, with every refused row.")


@files.command("practitioners")
@_file
@click.option("--listed", is_flag=True, help="Show the people at once, as own statements: a roster you vouch for.")
@_dry_run
@_as_json
def import_practitioners(*, file: Path, listed: bool, dry_run: bool, as_json: bool) -> None:
    """Enter the people of a roster (CSV, UTF-8; columns in docs/imports.md). Nothing enters as confirmed.

    Without --listed, people stay unlisted until they claim their record. Refused rows are named by their row in a
    spreadsheet: the header is row 1.
    """
    _run(file, as_json=as_json, layout=Roster, listed=listed, dry_run=dry_run)


@files.command("nppes")
@_file
@_dry_run
@_as_json
def import_nppes(*, file: Path, dry_run: bool, as_json: bool) -> None:
    """Enter people from the official NPPES file (329 or 330 columns), always unlisted until they claim their record.

    Only individuals whose primary taxonomy is a profession of this directory. Refused rows are named by their row in
    a spreadsheet: the header is row 1.
    """
    _run(file, as_json=as_json, layout=Nppes, dry_run=dry_run)


def _run(path: Path, *, as_json: bool, dry_run: bool, **job: Any) -> None:
    error = None
    with Report() as report:
        try:
            with _opened(path) as file, _bar() as progress:
                actions.import_file(file, report, name=path.name[:100], dry_run=dry_run, progress=progress, **job)
        except Unreadable as unreadable:
            error = str(unreadable)
        except DBAPIError as refused:
            error = f"The database says: {_first_line(refused)}."
        if as_json:
            for piece in report.as_json(error):
                click.echo(piece, nl=False)
            click.echo()
        elif error is None:
            _print(report, path.name, dry_run=dry_run)
    if error is not None:
        click.echo(_sentence(path, error, report), err=True)
        sys.exit(1)


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    """A file to read twice. Raises Unreadable."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise Unreadable("It is not a file.")
        with path.open("rb") as file:
            yield file
    except (OSError, ValueError) as error:
        raise Unreadable(f"{getattr(error, 'strerror', None) or error}.") from error


@contextmanager
def _bar() -> Iterator[Any]:
    """A progress bar on a terminal, silence elsewhere."""
    with click.progressbar(length=1, label="Rows", file=sys.stderr, hidden=not sys.stderr.isatty()) as bar:

        def progress(done: int, rows: int) -> None:
            bar.length = max(rows, 1)
            bar.update(done - bar.pos)

        yield progress


def _print(report: Report, name: str, *, dry_run: bool) -> None:
    total = report.total
    click.echo(f"{report.read:,} rows read from {name}" + (": a dry run, nothing was written" if dry_run else ""))
    counts = {verb: getattr(total, verb) for verb in ("added", "changed", "unchanged", "skipped")}
    for verb, count in {**counts, "refused": report.refused}.items():
        click.echo(f"  {verb:<10}{count:>9,}")
    if total.repaired:
        click.echo(f"  {total.repaired:,} damaged cells had one sure reading and were repaired")
    for flag, count in sorted((+total.flagged).items()):
        click.echo(f"  {count:>9,}  {flag}: {FLAGS.get(flag, '')}")
    for line in islice(report.refusals(), PRINTED):
        refusal = json.loads(line)
        click.echo(f"  row {refusal['row']}, {refusal['column']}: {refusal['reason']}")
    if report.refused > PRINTED:
        click.echo(f"  and {report.refused - PRINTED:,} more refused rows: --json names each")


def _sentence(path: Path, error: str, report: Report) -> str:
    written = report.total.added + report.total.changed
    rest = f" {written:,} people were entered before that; the same file again goes on." if written else ""
    return f"{path.name} could not be read. {error}{rest or ' Nothing was written.'}"


def _first_line(error: Exception) -> str:
    line = str(getattr(error, "orig", error)).partition("\n")[0].rstrip(".")
    is_behind = "no such" in line or "does not exist" in line
    return line + (": it is not up to date (flask --app wsgi db upgrade)" if is_behind else "")
