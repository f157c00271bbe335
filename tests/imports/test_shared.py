"""The real files beside the project, in databases that are thrown away. Nobody in them is named here."""

import csv
import json
from contextlib import suppress
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from directory.credentials.models import Check, Credential
from directory.database import db
from directory.imports.nppes import TAXONOMIES
from directory.imports.reading import Unreadable
from directory.practitioners.models import Practitioner
from tests.imports.tables import ADA, LICENSED, ada, load, load_nppes, outcome

pytestmark = [pytest.mark.usefixtures("catalog"), pytest.mark.shared]
PEOPLE, ORGANISATIONS = "rosters/nppes_2018_ct_ma_ri_dev.csv", "rosters/nppes_2018_orgs_dev.csv"


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_real_extract_goes_in_with_no_refusal_that_is_not_explained(shared: Path):
    report = load_nppes((shared / PEOPLE).read_bytes())
    assert outcome(report) == (63, 0, 0, 0, 423)
    assert report["flagged"] == {"licensed_only_out_of_state": 2, "other_profession": 423, "reactivated": 1}
    assert outcome(load_nppes((shared / PEOPLE).read_bytes())) == (0, 0, 63, 0, 423)


def test_the_real_organisations_are_left_out(shared: Path):
    report = load_nppes((shared / ORGANISATIONS).read_bytes())
    assert (outcome(report), report["flagged"]) == ((0, 0, 0, 0, 18), {"organisation": 18})


def test_real_people_are_unlisted_claimable_and_unconfirmed(shared: Path):
    load_nppes((shared / PEOPLE).read_bytes())
    kinds = select(Practitioner.visibility, Practitioner.is_claimed, Practitioner.origin).distinct()
    assert [tuple(row) for row in db.session.execute(kinds)] == [("unlisted", False, "import")]
    assert db.session.scalar(select(func.count()).select_from(Check)) == 0


def test_every_real_licence_of_a_person_is_held(shared: Path):
    load_nppes((shared / PEOPLE).read_bytes())
    held = {(c.practitioner.npi, c.number, c.jurisdiction_code) for c in db.session.scalars(select(Credential))}
    npis = set(db.session.scalars(select(Practitioner.npi)))
    stated = {
        (row["NPI"], row[number], f"US-{row[state]}")
        for row in rows(shared / PEOPLE)
        if row["NPI"] in npis
        for _, number, state, _ in TAXONOMIES
        if row[number] and row[state]
    }
    assert len(held ^ stated) == 0, "licences differ"  # the rows themselves are nobody's to print
    assert len(held) > len(npis)


def test_real_people_can_be_found_once_they_are_listed_and_not_before(shared: Path, client: FlaskClient):
    load_nppes((shared / PEOPLE).read_bytes())
    near = "/api/v1/search?near=Boston+MA&within=100&per_page=100"
    assert client.get(near).json["total"] == 0
    known = [row for row in rows(shared / PEOPLE) if row["Provider Business Practice Location Address State Name"]]
    held = set(db.session.scalars(select(Practitioner.npi)))
    roster = [
        {
            "npi": row["NPI"], "given_name": "Invented", "family_name": f"Person {chr(65 + n % 26)}{n}",
            "profession": "physiotherapist",
            "region": "US-" + row["Provider Business Practice Location Address State Name"],
            "postal_code": row["Provider Business Practice Location Address Postal Code"],
        }
        for n, row in enumerate(known)
        if row["NPI"] in held
    ]  # fmt: skip
    assert outcome(load(roster, listed=True)) == (0, 63, 0, 0, 0)
    found = client.get(near).json
    assert found["total"] > 10
    assert {r["facts"]["licence"]["status"] for r in found["results"]} == {"own_statement", "none_claimed"}


@pytest.mark.parametrize("name", ["pair_nppes_clean5000_dev.csv", "pair_cms_clinicians9685_dev.csv"])
def test_files_of_other_layouts_are_refused_whole(shared: Path, name: str):
    content = (shared / "rosters" / name).read_bytes()
    for read in (load, load_nppes):
        with pytest.raises(Unreadable, match="This is not the"):
            read(content)
    assert db.session.scalar(select(func.count()).select_from(Practitioner)) == 0


def test_the_official_layout_is_not_taken_for_a_roster(shared: Path):
    with pytest.raises(Unreadable, match="missing column given_name"):
        load((shared / PEOPLE).read_bytes())


def test_hostile_text_in_every_cell_is_text_or_refused(shared: Path):
    hostile = [text for text in json.loads((shared / "hostile" / "naughty.json").read_text()) if "\0" not in text]
    hostile += (shared / "hostile" / "all-attacks.txt").read_text(errors="replace").replace("\0", "").splitlines()
    columns = [*ADA, *LICENSED, "phone", "email", "website", "languages", "conditions", "training_body"]
    table = [ada(external_id=f"h-{n}") | {columns[n % len(columns)]: text} for n, text in enumerate(hostile)]
    for row in table:
        row["external_id"] = row["external_id"] or None
    report = load(table, listed=True)
    added, changed, unchanged, refused, skipped = outcome(report)
    assert (changed, unchanged, skipped) == (0, 0, 0)
    assert added > 100
    assert refused > 100
    again = load(table, listed=True)
    assert outcome(again) == (0, 0, added, refused, 0)


def test_a_real_file_cut_anywhere_is_reported_or_refused(shared: Path):
    content = (shared / PEOPLE).read_bytes()
    for end in range(100, len(content), len(content) // 40):
        with suppress(Unreadable):
            outcome(load_nppes(content[:end], dry_run=True))
