"""What nobody has claimed stays shut: no phone, no e-mail, no number, no place nearer than the town."""

import pytest

from directory.database import transaction
from tests import factories
from tests.profiles import people

pytestmark = pytest.mark.usefixtures("catalog")
CANARIES = ("Canary", "canary", "CANARY", "9999", "9Z9", "555")


@pytest.fixture
def una():
    """Slug and code of an imported, unlisted person."""
    with transaction():
        person = people.unlisted()
        return person.slug, person.code


@pytest.mark.parametrize("prefix", ["", "/fr"])
def test_an_unlisted_record_is_a_short_notice(client, una, prefix):
    slug, code = una
    response = client.get(f"{prefix}/practitioners/{slug}")
    page = response.get_data(as_text=True)
    assert response.status_code == 200
    assert '<meta name="robots" content="noindex">' in page
    assert "Una Listed" in page
    assert "Guelph" in page
    assert code in page
    assert [word for word in CANARIES if word in page] == []
    assert "application/ld+json" not in page


def test_an_unlisted_record_points_to_the_licensing_body(client, una):
    page = client.get(f"/practitioners/{una[0]}").get_data(as_text=True)
    assert "College of Physiotherapists of Ontario" in page
    assert 'rel="noopener noreferrer"' in page


def test_an_unlisted_record_without_a_place_still_answers(client):
    with transaction():
        slug = factories.practitioner(visibility="unlisted").slug
    assert client.get(f"/practitioners/{slug}").status_code == 200


def test_the_code_of_an_unlisted_record_leads_to_no_fact(client, una):
    page = client.get(f"/verify/{una[1]}").get_data(as_text=True)
    assert "This record exists, but nobody has claimed it" in page
    assert [word for word in CANARIES if word in page] == []
    assert 'class="proof"' not in page


def test_programs_and_sheets_do_not_find_an_unlisted_record(client, una):
    assert client.get(f"/api/v1/practitioners/{una[0]}").status_code == 404
    response = client.get(f"/questions/sheet?practitioner={una[0]}")
    assert response.status_code == 422
    assert "Una" not in response.get_data(as_text=True).split("<article")[1]


def test_an_unlisted_record_costs_a_fixed_number_of_statements(client, una, count_statements):
    with count_statements() as statements:
        client.get(f"/practitioners/{una[0]}")
    assert len(statements) == 5
