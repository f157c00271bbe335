import json
import shutil
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from directory.catalog.contents import ContentError
from directory.database import db, transaction
from directory.jurisdictions import actions
from directory.jurisdictions.models import Jurisdiction, Regulator


@pytest.fixture
def folder(tmp_path) -> Path:
    return Path(shutil.copytree(actions.FOLDER, tmp_path / "data"))


def edit(folder, name, change):
    path = folder / f"{name}.json"
    content = json.loads(path.read_text("utf-8"))
    change(content[name])
    path.write_text(json.dumps(content), "utf-8")


def load(folder):
    with transaction():
        return actions.load(folder=folder)


def test_every_place_of_both_countries_is_there_with_a_zone(catalog):
    rows = {row.code: row for row in db.session.scalars(select(Jurisdiction))}
    assert len(rows) == 64
    assert sorted({row.country for row in rows.values()}) == ["CA", "US"]
    assert rows["CA-QC"].name_fr == "Québec"
    assert rows["CA-NL"].time_zone == "America/St_Johns"
    assert all(ZoneInfo(zone) for row in rows.values() for zone in row.time_zones)


def test_a_second_run_changes_nothing(catalog, folder):
    assert {name: (w.added, w.changed, w.removed) for name, w in load(folder).items()} == {
        "jurisdictions": (set(), set(), set()),
        "regulators": (set(), set(), set()),
    }


def test_a_changed_regulator_keeps_its_row_and_a_removed_one_is_retired(catalog, folder):
    query = select(Regulator).where(Regulator.slug == "ca-on-physiotherapist")
    before = db.session.scalars(query).one().id
    edit(
        folder,
        "regulators",
        lambda rows: next(r for r in rows if r["id"] == "ca-on-physiotherapist").update(website="https://a.example/"),
    )
    edit(folder, "regulators", lambda rows: rows.pop(0))
    written = load(folder)["regulators"]
    assert (written.changed, written.removed) == ({"ca-on-physiotherapist"}, {"ca-bc-physiotherapist"})
    after = db.session.scalars(query).one()
    assert (after.id, after.website) == (before, "https://a.example/")
    assert not db.session.scalars(select(Regulator).where(Regulator.slug == "ca-bc-physiotherapist")).one().is_current


def test_a_place_that_left_its_file_stays(catalog, folder):
    edit(folder, "regulators", lambda rows: rows.clear())
    edit(folder, "jurisdictions", lambda rows: rows.pop(0))
    load(folder)
    assert len(db.session.scalars(select(Jurisdiction)).all()) == 64


@pytest.mark.parametrize(
    ("name", "change", "message"),
    [
        ("jurisdictions", {"time_zone": "America/Nowhere"}, r"jurisdictions\[0\].time_zone: .* is not a time zone"),
        ("jurisdictions", {"time_zones": ["../etc"]}, r"time_zones\[0\]: .* is not a time zone"),
        ("jurisdictions", {"country": "FR"}, r"jurisdictions\[0\].country: there is no country 'FR'"),
        ("jurisdictions", {"name_fr": None}, r"jurisdictions\[0\].name_fr: must be a text"),
        ("jurisdictions", {"code": "CA-BC"}, r"jurisdictions\[1\].code: 'CA-BC' stands twice"),
        ("regulators", {"profession": "wizard"}, r"regulators\[0\].profession: there is no profession 'wizard'"),
        ("regulators", {"jurisdiction": "CA-XX"}, r"regulators\[0\].jurisdiction: there is no jurisdiction 'CA-XX'"),
        ("regulators", {"checked_on": "soon"}, r"regulators\[0\].checked_on: must be a date"),
        ("regulators", {"confidence": "sure"}, r"regulators\[0\].confidence: there is no degree"),
    ],
)
def test_a_fault_is_named_by_its_place(catalog, folder, name, change, message):
    edit(folder, name, lambda rows: rows[0].update(change))
    with pytest.raises(ContentError, match=message):
        load(folder)
