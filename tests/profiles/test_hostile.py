"""Whatever a roster or a person wrote stays text: in the page, in its attributes, in the data for machines."""

import json
import re
from datetime import date

import html5lib
import pytest

from directory.credentials.rules import Status
from directory.database import transaction
from tests import factories
from tests.profiles import people

pytestmark = pytest.mark.usefixtures("catalog")
BITE = "</script><script>alert(1)</script>\"'><img src=x onerror=alert(2)>{{7*7}}%(x)s%s\u2028"
SHORT = '"><b>%(x)s'


def hostile():
    """A listed person with hostile text in every column that takes text."""
    person = factories.practitioner(
        given_name=BITE[:80], family_name=BITE[:90], former_name=BITE, languages=["en", "<b>", "</script>"],
        visit_modes=["in-person", "home"], conditions=("neck-pain",),
    )  # fmt: skip
    person.conditions[0].seen_last_year = "<b>1</b>"
    factories.location(
        person, name=BITE, street=BITE, locality=BITE[:90], postal_code="<b>", phone=BITE[:40], email=f"canary{SHORT}",
        website="javascript:alert(3)", booking_url="javascript:alert(4)", currency="<b>", first_visit_price=1,
        hours={"mon": [["<b>", BITE]], "<b>": BITE}, access=[BITE, "parking"],
    )  # fmt: skip
    for kind in ("licence", "permission", "training", "certification", "insurance"):
        held = factories.credential(
            person, kind=kind, issuer=BITE, number=SHORT, title=BITE, limits=BITE, hours_total=1,
            completed_on=date(2020, 1, 1), claimed_on=people.PAST,
        )  # fmt: skip
        made = factories.check(held, findings={"number": BITE})
        factories.source(made, who=BITE, address="javascript:alert(5)")
    people.answer(person, "ct-plan", BITE, language='"><b')
    return person


@pytest.fixture
def slug_and_code():
    with transaction():
        person = hostile()
        return person.slug, person.code


def smuggled(page):
    """Elements and attributes that no template of ours writes."""
    tree = html5lib.parse(page, namespaceHTMLElements=False)
    found = [element.tag for element in tree.iter() if element.tag in {"img", "iframe", "object"}]
    for element in tree.iter():
        found += [name for name in element.attrib if name.startswith("on") or "<" in name]
        found += [v for v in element.attrib.values() if v.strip().lower().startswith("javascript:")]
        found += ["script"] if element.tag == "script" and "nonce" not in element.attrib else []
    return found


PATHS = ["/practitioners/{slug}", "/practitioners/{slug}?condition=neck-pain", "/verify/{code}",
         "/questions/sheet?practitioner={slug}&condition=neck-pain"]  # fmt: skip


@pytest.mark.parametrize("prefix", ["", "/fr"])
@pytest.mark.parametrize("path", PATHS)
def test_hostile_text_is_shown_as_text(client, slug_and_code, prefix, path):
    slug, code = slug_and_code
    answer = client.get(prefix + path.format(slug=slug, code=code))
    page = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert smuggled(page) == []
    assert "alert(1)" in page
    assert "canary" not in page
    assert "<script>alert" not in page


def test_the_search_for_smuggled_markup_finds_some():
    page = '<p onclick="x"><img src=x><a href=" JavaScript:x">y</a><script>1</script>'
    assert sorted(smuggled(page)) == [" JavaScript:x", "img", "onclick", "script"]


def test_hostile_text_cannot_leave_the_data_for_search_engines(client, slug_and_code):
    page = client.get(f"/practitioners/{slug_and_code[0]}").get_data(as_text=True)
    block = re.search(r'<script type="application/ld\+json"[^>]*>(.*?)</script>', page, re.DOTALL)[1]
    assert "<" not in block
    assert json.loads(block)["alternateName"] == BITE
    assert "javascript" not in block
    assert "canary" not in block


def test_hostile_text_is_data_in_the_api(client, slug_and_code):
    answer = client.get(f"/api/v1/practitioners/{slug_and_code[0]}")
    assert answer.mimetype == "application/json"
    assert answer.json["practices"][0]["name"] == BITE
    assert answer.json["practices"][0]["website"] is None
    assert "canary" not in answer.get_data(as_text=True)


@pytest.mark.parametrize("status", [Status.CONDITIONS, Status.NOT_VALID, Status.EXPIRED, Status.CHECK_DUE])
def test_hostile_issuers_and_limits_are_text_at_every_standing(client, status):
    with transaction():
        slug = people.with_fact("licence", status, issuer=BITE, limits=BITE).slug
    page = client.get(f"/practitioners/{slug}").get_data(as_text=True)
    assert "<img" not in page
    assert "<script>alert" not in page
