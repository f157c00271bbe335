"""Names and addresses kept in capitals, as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.imports import spelling


@pytest.mark.parametrize(
    ("kept", "written"),
    [
        ("KOWALCZYK", "Kowalczyk"),
        ("MCDONALD", "McDonald"),
        ("MCINTOSH-O'BRIEN", "McIntosh-O'Brien"),
        ("MACKEY", "Mackey"),
        ("O’HANLON", "O’Hanlon"),
        ("O BRAONAIN", "O Braonain"),
        ("SANTOS-RODRIGUEZ", "Santos-Rodriguez"),
        ("ST. JOHN", "St. John"),
        ("SMITH III", "Smith III"),
        ("M. WAJID", "M. Wajid"),
        ("R.", "R."),
        ("TJ", "TJ"),
        ("NG", "Ng"),
        ("MCK", "Mck"),
        ("GÉRARD", "Gérard"),
        ("van der Berg", "van der Berg"),
        ("McDonald", "McDonald"),
        ("", ""),
    ],
)
def test_a_name_in_capitals_is_written_as_people_do(kept: str, written: str):
    assert spelling.person_name(kept) == written


@pytest.mark.parametrize(
    ("kept", "written"),
    [
        ("350 CENTER ST, STE 104", "350 Center St, Ste 104"),
        ("1 N 5TH AVE NE", "1 N 5th Ave NE"),
        ("PO BOX 12", "PO Box 12"),
        ("303 ST JOHN'S RD # C", "303 St John's Rd # C"),
        ("12B MAIN ST", "12B Main St"),
        ("1 Main St", "1 Main St"),
    ],
)
def test_an_address_in_capitals_is_written_as_people_do(kept: str, written: str):
    assert spelling.address(kept) == written


@given(st.text(max_size=40))
def test_spelling_twice_changes_nothing_more(text: str):
    once = spelling.person_name(text)
    assert spelling.person_name(once) == once
    assert spelling.address(spelling.address(text)) == spelling.address(text)
