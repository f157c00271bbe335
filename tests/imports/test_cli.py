"""`flask import …`: what it prints, where, and its exit code."""

import json
import os
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from directory.config import ROOT
from directory.database import db
from directory.imports import queries
from directory.imports.actions import PART
from directory.imports.cli import FLAGS
from directory.imports.rosters import _checks
from directory.practitioners.models import Practitioner
from directory.search.index import differences
from tests.databases import open_bank
from tests.imports.tables import FILES, ada, mary, nppes_header, written

ROSTER, EXTRACT = FILES / "roster_invented.csv", FILES / "nppes_invented.csv"


def run(app: Flask, *arguments: object) -> Any:
    return app.test_cli_runner().invoke(args=["import", *map(str, arguments)])


def held() -> int | None:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(Practitioner))


def test_a_summary_for_people_names_every_refused_row(catalog: Flask):
    done = run(catalog, "practitioners", ROSTER)
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout == (
        "4 rows read from roster_invented.csv\n"
        "  added             3\n  changed           0\n  unchanged         0\n"
        "  skipped           0\n  refused           1\n"
        "  2 damaged cells had one sure reading and were repaired\n"
        "  row 5, region: “CA-XX” is not a region such as CA-ON\n"
    )
    assert held() == 3


def test_a_summary_explains_every_flag(catalog: Flask):
    done = run(catalog, "nppes", EXTRACT, "--dry-run")
    assert done.exit_code == 0
    assert done.stdout.startswith("11 rows read from nppes_invented.csv: a dry run, nothing was written\n")
    assert "          1  organisation: left out: not a person\n" in done.stdout
    assert not [line for line in done.stdout.splitlines() if line.endswith(": ")]
    assert held() == 0


def test_a_long_list_of_refusals_is_cut_for_people_and_whole_for_machines(catalog: Flask, tmp_path: Path):
    path = tmp_path / "bad.csv"
    path.write_bytes(written([ada(external_id=f"r-{n}", region="XX") for n in range(30)]))
    done = run(catalog, "practitioners", path)
    assert done.stdout.endswith("  and 10 more refused rows: --json names each\n")
    report = json.loads(run(catalog, "practitioners", path, "--json").stdout)
    assert [refusal["row"] for refusal in report["refused"]] == list(range(2, 32))


def test_machines_get_one_json_object(catalog: Flask):
    done = run(catalog, "nppes", EXTRACT, "--json")
    assert (done.exit_code, done.stderr) == (0, "")
    report = json.loads(done.stdout)
    assert list(report)[:7] == ["read", "added", "changed", "unchanged", "refused", "repaired", "flagged"]
    assert (report["read"], report["added"], len(report["refused"])) == (11, 5, 1)
    assert done.stdout.count("\n") == 1


@pytest.mark.parametrize("layout", ["practitioners", "nppes"])
@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("missing.csv", None, "missing.csv could not be read. No such file or directory. Nothing was written.\n"),
        ("a-folder", "folder", "a-folder could not be read. It is not a file. Nothing was written.\n"),
        ("empty.csv", b"", "empty.csv could not be read. The file is empty. Nothing was written.\n"),
        ("nul.csv", b"a\0b", "nul.csv could not be read. Line 1 holds a NUL byte"),
        ("other.csv", b"a,b\n1,2\n", "other.csv could not be read. This is not the"),
        ("picture.csv", b"\x89PNG\r\n\x1a\n\xff", "picture.csv could not be read. Line 1 is not UTF-8 (byte 0x89)"),
    ],
)
def test_what_cannot_be_read_is_said_in_one_sentence(
    catalog: Flask, tmp_path: Path, layout: str, name: str, content: bytes | str | None, says: str
):
    path = tmp_path / name
    if isinstance(content, bytes):
        path.write_bytes(content)
    elif content:
        path.mkdir()
    done = run(catalog, layout, path)
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.startswith(says)
    asked = run(catalog, layout, path, "--json")
    assert asked.exit_code == 1
    report = json.loads(asked.stdout)
    assert (report["read"], report["added"], report["refused"]) == (0, 0, [])
    assert report["error"] in asked.stderr


def test_a_file_that_nobody_may_open_is_said_so(catalog: Flask, tmp_path: Path):
    if os.getuid() == 0:
        pytest.skip("root may open anything")
    path = tmp_path / "shut.csv"
    path.write_bytes(written([ada()]))
    path.chmod(0)
    assert run(catalog, "practitioners", path).stderr.startswith("shut.csv could not be read. Permission denied.")


def test_a_database_that_is_not_ready_is_said_so(tmp_path: Path):
    done = flask(tmp_path, "import", "practitioners", str(ROSTER))
    assert (done.returncode, done.stdout) == (1, "")
    assert "no such table" in done.stderr
    assert "flask --app wsgi db upgrade" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_help_says_how_rows_are_counted(catalog: Flask):
    for layout in ("practitioners", "nppes"):
        assert "the header is row 1" in " ".join(run(catalog, layout, "--help").stdout.split())


def environment(folder: Path, database: str = "") -> dict[str, str]:
    return {**os.environ, "DATA_DIR": str(folder), "DATABASE_URL": database}


def flask(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The command as an operator runs it, on a database in a folder of its own."""
    command = [sys.executable, "-m", "flask", "--app", "wsgi", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment(folder), capture_output=True, text=True, check=False)


def test_a_process_killed_between_parts_leaves_whole_people_and_the_same_file_again_goes_on(tmp_path: Path):
    bank = open_bank("catalog", tmp_path, None)
    path, count = tmp_path / "many.csv", 3 * PART
    rows = [ada(external_id=f"r-{n}", licence_number=str(n), conditions="neck-pain") for n in range(count)]
    path.write_bytes(written(rows))
    importing = subprocess.Popen(
        [sys.executable, "-m", "flask", "--app", "wsgi", "import", "practitioners", str(path), "--listed"],
        cwd=ROOT, env=environment(tmp_path, f"sqlite:///{bank.file}"), stdout=subprocess.DEVNULL,
    )  # fmt: skip
    with closing(sqlite3.connect(str(bank.file), isolation_level=None)) as watcher:
        while watcher.execute("SELECT max(id) FROM practitioner").fetchone()[0] is None and importing.poll() is None:
            time.sleep(0.02)
        importing.kill()
        importing.wait()
        tables = ("practitioner", "practice_location", "condition_treated", "credential", "search_listing")
        counts = [watcher.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables]
    assert len(set(counts)) == 1
    assert 0 < counts[0] < count
    with bank.app.app_context():
        report = json.loads(run(bank.app, "practitioners", path, "--listed", "--json").stdout)
        assert (report["added"], report["unchanged"], report["refused"]) == (count - counts[0], counts[0], [])
        assert differences() == []
        db.session.remove()
        db.engine.dispose()


def test_the_nppes_header_of_the_tests_is_the_official_one():
    assert len(nppes_header()) == 329
    assert set(mary()) == set(nppes_header())


def test_every_flag_is_explained_once_in_the_document():
    document = (ROOT / "docs" / "imports.md").read_text()
    assert [flag for flag in FLAGS if document.count(f"`{flag}`") != 1] == []


def test_every_column_stands_in_the_document(catalog: Flask):
    document = (ROOT / "docs" / "imports.md").read_text()
    assert [column for column in _checks(queries.known()) if f"`{column}`" not in document] == []
