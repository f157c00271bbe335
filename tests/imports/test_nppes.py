"""`import nppes` on both databases: whose row goes in, as what, and who is left out and why."""

from collections.abc import Iterable
from typing import Any

import pytest
from sqlalchemy import select

from directory.credentials.models import Credential
from directory.database import db, transaction
from directory.imports.reading import Unreadable
from directory.practitioners.models import Practitioner
from tests.imports.tables import FILES, NPIS, ada, load, load_nppes, mary, nppes_header, outcome, slot, written

pytestmark = pytest.mark.usefixtures("catalog")


def people() -> list[Practitioner]:
    db.session.rollback()
    return list(db.session.scalars(select(Practitioner).order_by(Practitioner.id)))


def person() -> Practitioner:
    (one,) = people()
    return one


def licences() -> Iterable[tuple[str | None, str | None]]:
    """Number and place of each licence in force."""
    db.session.rollback()
    held = select(Credential).where(Credential.withdrawn_on.is_(None)).order_by(Credential.id)
    return [(c.number, c.jurisdiction_code) for c in db.session.scalars(held)]


def test_an_individual_becomes_an_unlisted_record():
    assert outcome(load_nppes([mary()])) == (1, 0, 0, 0, 0)
    one = person()
    assert (one.npi, one.external_id, one.name, one.slug) == (NPIS[0], None, "Mary McInvented", "mary-mcinvented")
    assert (one.visibility, one.origin, one.is_claimed, one.attested_on) == ("unlisted", "import", False, None)
    assert (one.profession.slug, one.pronoun, one.former_name) == ("physiotherapist", None, None)
    (place,) = one.locations
    assert (place.street, place.locality, place.region) == ("1 Main St", "New Haven", "US-CT")
    assert (place.postal_code, place.precision, place.phone) == ("06511-2345", "postal", None)
    assert licences() == [("PT1", "US-CT")]


def test_telephone_numbers_stay_in_the_file():
    phone = "Provider Business Practice Location Address Telephone Number"
    load_nppes([mary(**{phone: "2035550100"})])
    assert person().locations[0].phone is None


@pytest.mark.parametrize(
    ("slots", "profession"),
    [
        ([("207R00000X", "N"), ("111N00000X", "Y")], "chiropractor"),
        ([("111N00000X", "Y"), ("225100000X", "N")], "chiropractor"),
        ([("171100000X", "")], "acupuncturist"),
        ([("225100000X", "X"), ("2251X0800X", "X")], "physiotherapist"),
    ],
)
def test_the_primary_taxonomy_is_told_by_its_switch_not_by_its_slot(slots: list[tuple[str, str]], profession: str):
    cells: dict[str, str] = {}
    for number, (code, switch) in enumerate(slots, start=1):
        cells |= slot(number, code, f"L{number}", "CT", switch)
    assert outcome(load_nppes([mary(**cells)])) == (1, 0, 0, 0, 0)
    assert person().profession.slug == profession


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        ({"entity": "2"}, "organisation"),
        (slot(1, "207R00000X", "M1", "CT", "Y"), "other_profession"),
        (slot(1, "", "", "", ""), "no_taxonomy"),
        (slot(1, "225100000X", switch="X") | slot(2, "111N00000X", switch="X"), "no_single_primary_taxonomy"),
        ({"state": "PR", "zip": "00901"}, "practice_elsewhere"),
        ({"country": "DE", "state": "BAYERN", "zip": "80331"}, "practice_elsewhere"),
        ({"deactivated": "03/16/2006"}, "deactivated"),
        ({"deactivated": "03/16/2006", "reactivated": "03/15/2006"}, "deactivated"),
    ],
)
def test_a_row_that_is_not_for_this_directory_is_left_out_and_counted(cells: dict[str, str], why: str):
    report = load_nppes([mary(**cells)])
    assert (outcome(report), report["flagged"]) == ((0, 0, 0, 0, 1), {why: 1})
    assert people() == []


@pytest.mark.parametrize(
    ("cells", "column", "reason"),
    [
        ({"npi": "2000000001"}, "NPI", "“2000000001” is not an NPI: its check digit is wrong"),
        ({"npi": ""}, "NPI", "is missing"),
        ({"entity": "7"}, "Entity Type Code", "“7” is neither 1 (a person) nor 2 (an organisation)"),
        ({"last": ""}, "Provider Last Name (Legal Name)", "is missing"),
        ({"first": "--"}, "Provider First Name", "“--” has no letter"),
        (
            {"state": "ZZ"},
            "Provider Business Practice Location Address State Name",
            "“ZZ” is not a state or province of US",
        ),
        (
            {"zip": "ABC"},
            "Provider Business Practice Location Address Postal Code",
            "“ABC” is not a postal code or ZIP",
        ),
        ({"deactivated": "2006-03-16"}, "NPI Deactivation Date", "“2006-03-16” is not a date written MM/DD/YYYY"),
    ],
)
def test_a_row_that_is_wrong_is_refused_by_the_file_s_own_column(cells: dict[str, str], column: str, reason: str):
    report = load_nppes([mary(**cells)])
    assert report["refused"] == [{"row": 2, "column": column, "reason": reason}]
    assert outcome(report) == (0, 0, 0, 1, 0)


def test_every_licence_of_a_person_goes_in_once():
    cells = (
        slot(1, "225100000X", "PT1", "CT", "Y")
        | slot(2, "2251X0800X", "PT1", "CT")
        | slot(3, "225100000X", "PT2", "MA")
        | slot(4, "2255A2300X", "AT3", "CT")
        | slot(5, "225100000X", "", "NY")
        | slot(6, "225100000X", "PT9", "PR")
        | slot(15, "225100000X", "$$$$", "RI")
    )
    report = load_nppes([mary(**cells)])
    assert licences() == [("PT1", "US-CT"), ("PT2", "US-MA"), ("AT3", "US-CT")]
    assert report["flagged"] == {"licence_elsewhere": 1, "licence_number_unreadable": 1}


@pytest.mark.parametrize(
    ("cells", "flags"),
    [
        (slot(1, "225100000X", "PT1", "NY", "Y"), {"licensed_only_out_of_state": 1}),
        (slot(1, "225100000X", "", "", "Y"), {"no_licence_stated": 1}),
        ({"deactivated": "03/16/2006", "reactivated": "03/20/2006"}, {"reactivated": 1}),
    ],
)
def test_what_is_worth_a_look_is_flagged(cells: dict[str, str], flags: dict[str, int]):
    report = load_nppes([mary(**cells)])
    assert (outcome(report), report["flagged"]) == ((1, 0, 0, 0, 0), flags)
    assert load_nppes([mary(**cells)])["flagged"] == flags


@pytest.mark.parametrize(("other_type", "former"), [("1", "Mary O'Formerly"), ("2", None), ("5", None), ("", None)])
def test_only_a_former_name_is_one(other_type: str, former: str | None):
    load_nppes([mary(other_last="O'FORMERLY", other_type=other_type)])
    assert person().former_name == former


@pytest.mark.parametrize(
    ("code", "written_as", "repaired"),
    [("06511", "06511", 0), ("065112345", "06511-2345", 0), ("65112345", "06511-2345", 1), ("6511", "06511", 1)],
)
def test_zip_codes_of_five_or_nine_digits_are_read(code: str, written_as: str, repaired: int):
    report = load_nppes([mary(zip=code)])
    assert (person().locations[0].postal_code, report["repaired"]) == (written_as, repaired)


def test_the_mailing_address_stands_in_only_for_a_practice_that_has_none():
    mailing = {
        "Provider First Line Business Mailing Address": "PO BOX 9",
        "Provider Business Mailing Address City Name": "HARTFORD",
        "Provider Business Mailing Address State Name": "CT",
        "Provider Business Mailing Address Postal Code": "06103",
    }
    nowhere = {"city": "", "state": "", "zip": "", "Provider First Line Business Practice Location Address": ""}
    report = load_nppes([mary(**mailing), mary(npi=NPIS[1], **nowhere, **mailing)])
    assert report["flagged"] == {"mailing_address_used": 1}
    assert [(one.locations[0].street, one.locations[0].locality) for one in people()] == [
        ("1 Main St", "New Haven"),
        ("PO Box 9", "Hartford"),
    ]


def test_unavailable_counts_as_blank():
    load_nppes([mary(other_last="<UNAVAIL>", other_type="1", zip="<UNAVAIL>")])
    one = person()
    assert (one.former_name, one.locations[0].postal_code, one.locations[0].precision) == (None, None, "town")


def test_the_same_file_again_changes_nothing():
    rows = [mary(), mary(npi=NPIS[1], **slot(2, "225100000X", "PT2", "MA")), mary(npi=NPIS[2], entity="2")]
    assert outcome(load_nppes(rows)) == (2, 0, 0, 0, 1)
    versions = [one.version for one in people()]
    assert outcome(load_nppes(rows)) == (0, 0, 2, 0, 1)
    assert [one.version for one in people()] == versions


def test_a_newer_file_changes_names_places_and_licences():
    load_nppes([mary(**slot(2, "225100000X", "PT2", "MA"))])
    report = load_nppes([mary(last="MARRIED", city="HARTFORD", zip="06103", **slot(2, "225100000X", "PT3", "RI"))])
    assert outcome(report) == (0, 1, 0, 0, 0)
    assert (person().name, person().locations[0].locality) == ("Mary Married", "Hartford")
    assert licences() == [("PT1", "US-CT"), ("PT3", "US-RI")]


def test_a_number_given_up_hides_the_record_and_nobody_else_s():
    load_nppes([mary(), mary(npi=NPIS[1])])
    gone = {**dict.fromkeys(nppes_header(), ""), "NPI": NPIS[0], "NPI Deactivation Date": "03/16/2026"}
    report = load_nppes([gone])
    assert (outcome(report), report["flagged"]) == ((0, 1, 0, 0, 0), {"deactivated": 1})
    assert [one.visibility for one in people()] == ["hidden", "unlisted"]
    assert outcome(load_nppes([gone])) == (0, 0, 1, 0, 0)
    back = load_nppes([mary(deactivated="03/16/2026", reactivated="04/01/2026")])
    assert (outcome(back), back["flagged"]) == ((0, 0, 1, 0, 0), {"hidden": 1, "reactivated": 1})
    assert people()[0].visibility == "hidden"


@pytest.mark.parametrize(("fields", "why"), [({"is_claimed": True}, "claimed"), ({"origin": "demo"}, "claimed")])
def test_a_record_that_belongs_to_somebody_is_not_touched(fields: dict[str, Any], why: str):
    load_nppes([mary()])
    with transaction():
        one = db.session.scalars(select(Practitioner)).one()
        for name, value in fields.items():
            setattr(one, name, value)
    for row in (mary(last="MARRIED"), mary(deactivated="03/16/2026")):
        report = load_nppes([row])
        assert (outcome(report), report["flagged"][why]) == ((0, 0, 0, 0, 1), 1)
        assert (person().name, person().visibility) == ("Mary McInvented", "unlisted")


def test_what_a_roster_says_of_a_person_stands_before_the_register():
    load([ada(npi=NPIS[0])], listed=True)
    report = load_nppes([mary()])
    assert (outcome(report), report["flagged"]) == ((0, 0, 0, 0, 1), {"known_from_a_roster": 1})
    assert (person().name, person().visibility) == ("Ada Invented", "listed")


def test_a_roster_takes_over_a_record_from_the_register():
    load_nppes([mary()])
    assert outcome(load([ada(npi=NPIS[0])], listed=True)) == (0, 1, 0, 0, 0)
    assert (person().name, person().external_id, person().visibility) == ("Ada Invented", "r-1", "listed")


def test_the_columns_may_stand_in_any_order_under_either_year_s_names_and_width():
    header = [*reversed(nppes_header()), "Certification Date"]
    renamed = ["Provider Sex Code" if name == "Provider Gender Code" else name for name in header]
    row = {"Provider Sex Code" if k == "Provider Gender Code" else k: v for k, v in mary().items()}
    assert outcome(load_nppes(written([row], renamed))) == (1, 0, 0, 0, 0)


@pytest.mark.parametrize(
    ("header", "missing"),
    [
        (["NPI", "Entity Type Code"], "Provider Last Name (Legal Name), Provider First Name"),
        (list(ada()), "NPI, Entity Type Code"),
    ],
)
def test_a_file_of_another_layout_is_refused_whole(header: list[str], missing: str):
    with pytest.raises(Unreadable, match="This is not the NPPES layout: missing or doubled are the columns") as refused:
        load_nppes(written([dict.fromkeys(header, "x")], header))
    assert missing in str(refused.value)


def test_a_row_of_another_width_is_refused():
    report = load_nppes(written([mary()]) + b'"2000000010","1"\r\n')
    assert report["refused"] == [{"row": 3, "column": "(row)", "reason": "has 2 cells, and the header 329"}]


def test_the_invented_extract_of_the_tests_is_accounted_for_row_by_row():
    report = load_nppes((FILES / "nppes_invented.csv").read_bytes())
    assert outcome(report) == (5, 0, 0, 1, 5)
    assert report["refused"][0]["row"] == 10
    assert report["flagged"] == {
        "deactivated": 1, "licence_number_unreadable": 1, "licensed_only_out_of_state": 1,
        "no_licence_stated": 1, "no_single_primary_taxonomy": 1, "organisation": 1, "other_profession": 1,
        "practice_elsewhere": 1, "reactivated": 1,
    }  # fmt: skip
    assert [one.name for one in people()] == [
        "Mary McInvented", "TJ O'Invented-Smith", "Anne Faraway", "Rene Returned", "Uma Unavailable",
    ]  # fmt: skip
    assert people()[1].former_name == "TJ Kowalczykowa"
