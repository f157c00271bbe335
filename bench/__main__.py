"""`make bench`: the hot paths against what an expert would write by hand, side by side in one run, as ratios.

Absolute times of a busy machine mean little; that one way is twice as fast as another in the same minute means much.
"""

import argparse
import json
import platform
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict
from pathlib import Path

from flask import render_template
from flask_migrate import upgrade

from bench import people, searches
from bench.peers import RTree
from bench.timing import Times, race
from directory import config
from directory.app import create_app
from directory.database import db, transaction
from directory.imports import actions as imports
from directory.imports.report import Report
from directory.imports.rosters import Roster
from directory.search import asking, index, pages
from directory.seed import actions as seed
from directory.web.access import public

CASES = 120
PAGES = 30


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--people", type=int, default=10_000)
    count = parser.parse_args().people
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        app = create_app(config.from_environment({"DATA_DIR": folder}))
        add_static_page(app)
        with app.app_context():
            upgrade()
            with transaction():
                seed.seed_catalog()
            results = {"people": count, "python": platform.python_version(), "sqlite": sqlite3.sqlite_version}
            results |= measure_import(home, count)
            results |= measure_search(home)
            results |= measure_page(app)
            db.session.remove()
            db.engine.dispose()
    Path(__file__).with_name("results.json").write_text(json.dumps(results, indent=2) + "\n")


def measure_import(home: Path, count: int) -> dict:
    """Rows a second into the product, searchable and checked, and into a bare table of sqlite3."""
    roster = home / "people.csv"
    people.write(roster, count)
    start = time.perf_counter()
    with Report() as report, roster.open("rb") as file:
        imports.import_file(file, report, name=roster.name, layout=Roster, listed=True)
        assert report.total.added == count, f"{report.refused} rows were refused"
    ours = count / (time.perf_counter() - start)
    start = time.perf_counter()
    with transaction():
        practices = index.rebuild()
    rebuilt = practices / (time.perf_counter() - start)
    bare = bare_import(home, roster, count)
    print(f"\nInto the database, {count:,} rows a second")
    say(
        "import practitioners, with its index",
        f"{ours:,.0f}",
        f"{bare:,.0f}" if bare else "no sqlite3 here",
        bare and ours / bare,
    )
    say("search rebuild, practices", f"{rebuilt:,.0f}", "", None)
    return {"import_rows_per_s": ours, "sqlite3_import_rows_per_s": bare, "rebuild_practices_per_s": rebuilt}


def bare_import(home: Path, roster: Path, count: int) -> float | None:
    """Rows a second of `sqlite3 .import`, which checks nothing; the best of three."""
    if not shutil.which("sqlite3"):
        return None
    best = 0.0
    for run in range(3):
        start = time.perf_counter()
        subprocess.run(["sqlite3", "-csv", home / f"bare{run}.db", f".import {roster} people"], check=True)
        best = max(best, count / (time.perf_counter() - start))
    return best


def measure_search(home: Path) -> dict:
    """The product's search and the R*Tree, both right before they are timed."""
    with sqlite3.connect(home / "directory.db") as source, sqlite3.connect(home / "peer.db") as copy:
        source.backup(copy)
    ours, peer, everyone = searches.Ours(), RTree(home / "peer.db"), searches.Everyone()
    cases = searches.cases(CASES)
    totals = []
    for case in cases:
        expected = everyone.search(case)
        for name, found in (("our search", ours.search(case)), ("the R*Tree", peer.search(case))):
            assert found[:2] == expected, f"{name} is wrong on {case}"
        totals.append(expected[1])
    found = race(cases, ours.search, peer.search)
    print(f"\nSearch: page of 20, total and counts; {CASES} cases, all equal to looking at everyone; ms, median / p95")
    print(f"  (found: median {sorted(totals)[len(totals) // 2]}, most {max(totals)}, nobody in {totals.count(0)})")
    compare("search, against a hand-written R*Tree", *found)
    crowd = [case for case, total in zip(cases, totals, strict=True) if total >= 20]
    full = race(crowd, ours.search, peer.search)
    compare(f"the {len(crowd)} of these with a full page", *full)
    return {"search": [asdict(t) for t in found], "search_full_pages": [asdict(t) for t in full]}


def add_static_page(app) -> None:
    """The same page of results with nothing searched: the cards are there already."""

    @app.get("/bench-static-page")
    @public
    def static_page() -> str:
        return render_template("search/results.html", page=app.extensions["bench.page"])


def measure_page(app) -> dict:
    """The whole page of a search against the same template filled with twenty cards made before."""
    client = app.test_client()
    places = sorted(people.towns(), key=lambda town: -town[4])[:PAGES]
    addresses = [f"/search?near={name}, {region[3:]}&condition=neck+pain&within=50" for name, region, *_ in places]
    with app.test_request_context(addresses[0]):
        answer = asking.answer([("lat", "43.65"), ("lon", "-79.38"), ("within", "50")], "en", neighbours=3)
        app.extensions["bench.page"] = pages.page_of(answer)
        assert len(answer.found.results) == 20
    for address in addresses:
        assert client.get(address).status_code == 200, address
    found = race(addresses, client.get, lambda _: client.get("/bench-static-page"))
    machine = race(
        [a.replace("/search", "/api/v1/search") for a in addresses], client.get, lambda _: client.get("/healthz")
    )
    print(f"\nPages through Flask: {len(addresses)} large towns; ms, median / p95")
    compare("page of a search, against 20 static cards", *found)
    compare("JSON of a search, against an empty view", *machine)
    return {"page": [asdict(t) for t in found], "json": [asdict(t) for t in machine]}


def compare(what: str, ours: Times, peer: Times) -> None:
    say(
        what,
        f"{ours.median:.2f} / {ours.p95:.2f}",
        f"{peer.median:.2f} / {peer.p95:.2f}",
        ours.median / peer.median,
        ours.p95 / peer.p95,
    )


def say(what: str, ours: str, peer: str, *ratios: float | None) -> None:
    known = " / ".join(f"{ratio:.2f}" for ratio in ratios if ratio)
    print(f"  {what:<44}{ours:>16}{peer:>18}   {'ratio ' + known if known else ''}")


if __name__ == "__main__":
    start = time.perf_counter()
    main()
    print(f"\nbench/results.json written; {time.perf_counter() - start:.0f} s in all.", file=sys.stderr)
