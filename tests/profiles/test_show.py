"""The page of a listed record."""

import json
import re
from datetime import UTC, date, datetime, timedelta
from html import unescape
from zoneinfo import ZoneInfo

import pytest
import time_machine

from directory.credentials.rules import Kind, Status
from directory.database import transaction
from tests import factories
from tests.profiles import people

TODAY = "2026-11-21T17:00:00Z"
pytestmark = pytest.mark.usefixtures("catalog")


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def show(client):
    """`show(person)`: the page of a record, as text without markup or doubled spaces."""

    def get(person, prefix="", query=""):
        response = client.get(f"{prefix}/practitioners/{person}{query}")
        assert response.status_code == 200
        return response.get_data(as_text=True)

    return get


def made(build, *args, **kwargs):
    """The slug of a person made in a transaction of their own."""
    with transaction():
        return build(*args, **kwargs).slug


def text_of(page):
    main = page[page.index("<main") : page.index("</main>")]
    plain = unescape(re.sub(r"<[^>]+>", " ", main)).replace("\N{NO-BREAK SPACE}", " ")
    return re.sub(r"\s+([.,])", r"\1", re.sub(r"\s+", " ", plain))


def tags_of(page):
    return [
        unescape(t).replace("\N{NO-BREAK SPACE}", " ")
        for t in re.findall(r'class="st tag[^>]*>.*?<span>(.*?)</span>', page)
    ]


def test_a_record_shows_its_chain_in_order_with_words_and_dates(show):
    page = show(made(people.maren))
    assert re.findall(r'<div class="hd"><h3>(.*?)</h3>', page) == [
        "Licence to practise, Ontario",
        "Permission to use needles, Ontario",
        "Training in needling",
        "Certification",
        "Liability insurance",
    ]
    assert tags_of(page)[:5] == [
        *["Confirmed · Checked 21 Nov 2026"] * 3,
        "None claimed",
        "Document seen",
    ]


def test_each_fact_says_who_how_when_and_where(show):
    text = text_of(show(made(people.maren)))
    assert "By Example College, no. S10482" in text
    assert "How we know licensing body, looked up in a public list" in text
    assert "Next check by 19 Feb 2027" in text
    assert "Ends 1 Jun 2027" in text
    assert "Course Gunn IMS course" in text
    assert "Length 102 hours" in text
    assert "Seen 21 Nov 2026" in text
    assert "The licensing body says that this licence is active, with no limits." in text


def test_a_source_is_a_link_that_tells_the_other_site_nothing(show):
    page = show(made(people.maren))
    assert page.count('<a href="https://register.example.org/" rel="noopener noreferrer">public register</a>') == 3
    outside = re.findall(r'<a [^>]*href="http[^>]*>', page)
    assert [link for link in outside if 'rel="noopener noreferrer"' not in link] == []


def test_the_headline_counts_the_facts(show):
    text = text_of(show(made(people.maren)))
    assert "Three facts confirmed by whoever issued them, one document seen." in text


def test_the_headline_of_own_words_alone_says_that_nothing_is_confirmed(show):
    slug = made(people.with_fact, "licence", Status.OWN_STATEMENT)
    assert "Nothing confirmed by whoever issued it, one in her own words." in text_of(show(slug))


def test_the_headline_begins_with_bad_news(show):
    def build():
        return people.with_fact("training", Status.CONFIRMED, people.with_fact("licence", Status.NOT_VALID))

    assert "One not valid, one fact confirmed by whoever issued it." in text_of(show(made(build)))


@pytest.mark.parametrize("status", list(Status))
@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_renders_at_every_status_in_both_languages(show, kind, status):
    slug = made(people.with_fact, kind.value, status)
    english, french = show(slug), show(slug, "/fr")
    green = english.count("is-ok")
    assert (green > 0) == (status is Status.CONFIRMED)
    assert french.count("is-ok") == green
    assert len(re.findall(r'<li class="link">', english)) == 5


def test_several_licences_are_all_shown_the_nearest_first(show):
    def build():
        person = factories.practitioner()
        factories.location(person)
        people.with_fact("licence", Status.CONFIRMED, person, number="ON-1")
        return people.with_fact("licence", Status.CHECK_DUE, person, number="QC-1", jurisdiction_code="CA-QC")

    page = show(made(build))
    names = re.findall(r'<div class="hd"><h3>(Licence.*?)</h3>', page)
    assert names == ["Licence to practise, Ontario", "Licence to practise, Quebec"]
    assert tags_of(page)[:2] == ["Confirmed · Checked 21 Nov 2026", "Check due since 1 Nov"]


def test_limits_are_shown_in_full(show):
    limits = "May not needle the chest wall. " * 12
    text = text_of(show(made(people.with_fact, "licence", Status.CONDITIONS, limits=limits.strip())))
    assert "It is active, but the issuer has set limits." in text
    assert f"Limits {limits.strip()}" in text


def test_a_licence_that_is_not_valid_is_red_dated_and_says_who(show):
    page = show(made(people.with_fact, "licence", Status.NOT_VALID))
    assert "Example College has suspended it. We learned this on 21 Nov 2026." in text_of(page)
    assert "st tag is-stop" in page


@pytest.mark.parametrize(
    ("pronoun", "own", "none"),
    [
        ("she", "She says so. We have not checked it.", "She does not say that she has one."),
        ("he", "He says so. We have not checked it.", "He does not say that he has one."),
        ("they", "They say so. We have not checked it.", "They do not say that they have one."),
        (None, "They say so. We have not checked it.", "They do not say that they have one."),
    ],
)
def test_words_follow_the_pronoun(show, pronoun, own, none):
    def build():
        return people.with_fact("licence", Status.OWN_STATEMENT, factories.practitioner(pronoun=pronoun))

    text = text_of(show(made(build)))
    assert own in text
    assert none in text


@pytest.mark.parametrize("zone", ["America/St_Johns", "America/Toronto", "America/Vancouver", "Pacific/Honolulu"])
def test_a_fact_ends_at_midnight_in_its_own_zone(show, zone):
    ends = date(2026, 11, 30)
    slug = made(people.with_fact, "training", Status.CONFIRMED, time_zone=zone, expires_on=ends)
    midnight = datetime.combine(ends + timedelta(days=1), datetime.min.time(), ZoneInfo(zone)).astimezone(UTC)
    with time_machine.travel(midnight - timedelta(seconds=1), tick=False):
        assert "Confirmed · Checked 21 Nov 2026" in tags_of(show(slug))
    with time_machine.travel(midnight, tick=False):
        page = show(slug)
        assert "Ended 30 Nov" in tags_of(page)
        assert "is-ok" not in page


@pytest.mark.parametrize("zone", ["America/St_Johns", "America/Vancouver"])
def test_a_check_is_due_at_midnight_in_its_own_zone(show, zone):
    slug = made(people.with_fact, "licence", Status.CONFIRMED, time_zone=zone)
    midnight = datetime(2027, 2, 20, tzinfo=ZoneInfo(zone)).astimezone(UTC)
    with time_machine.travel(midnight - timedelta(seconds=1), tick=False):
        assert "Confirmed · Checked 21 Nov 2026" in tags_of(show(slug))
    with time_machine.travel(midnight, tick=False):
        assert "Check due since 20 Feb" in tags_of(show(slug))


def test_practices_show_address_hours_prices_and_precision(show):
    text = text_of(show(made(people.maren)))
    assert "212 Gordon Street, Guelph, ON, N1G 1A1" in text
    assert "Open today 8 am to 12 pm" in text
    assert "First visit $125, 45 minutes" in text
    assert "Later visits $90" in text
    assert "Prices and hours are the clinic’s own, updated 2 Nov 2026." in text
    assert "Fergus, ON We know the town, not the exact spot." in text
    assert "Two places of practice" in text


def test_the_hours_of_today_are_those_of_the_practice_not_of_the_server(show):
    def build():
        person = factories.practitioner()
        factories.location(person, region="CA-BC", hours={"fri": [["09:00", "17:00"]]})
        return person

    slug = made(build)
    with time_machine.travel("2026-11-21T07:59:00Z", tick=False):  # still Friday in Vancouver
        assert "Open today 9 am to 5 pm" in text_of(show(slug))
    with time_machine.travel("2026-11-21T08:00:00Z", tick=False):
        assert "Open today closed" in text_of(show(slug))


def test_a_phone_shows_where_it_is_published_and_an_e_mail_never(show):
    page = show(made(people.maren))
    assert page.count('href="tel:+15195550142"') == 2
    assert "canary" not in page
    assert "@example.org" not in page


def test_names_former_name_and_title(show):
    page = show(made(people.maren))
    assert "<title>Maren Kowalczyk, physiotherapist in Guelph —" in page
    assert "Formerly Maren Baird" in page
    assert "<h1>Maren Kowalczyk</h1>" in page


def test_a_record_always_carries_the_emergency_note_and_what_we_cannot_tell(show):
    for prefix, title, number in (
        ("", "Get emergency help now", "Call 911"),
        ("/fr", "Obtenez de l’aide d’urgence", "911"),
    ):
        text = text_of(show(made(factories.practitioner), prefix))
        assert title in text
        assert number in text
    assert "What we cannot tell you" in text_of(show(made(factories.practitioner)))


def test_a_record_without_a_practice_or_anything_else_still_shows(show):
    page = show(made(factories.practitioner, languages=[], visit_modes=[], accepting_new="unknown", attested_on=None))
    assert "<title>Ada Example, physiotherapist —" in page


def test_linked_data_names_only_what_is_confirmed_today(show):
    def build():
        person = people.maren()
        people.with_fact("licence", Status.EXPIRED, person, number="GONE", jurisdiction_code="CA-QC")
        return people.with_fact("certification", Status.OWN_STATEMENT, person, title="CLAIMED")

    page = show(made(build))
    block = json.loads(re.search(r'<script type="application/ld\+json"[^>]*>(.*?)</script>', page)[1])
    assert block["@type"] == "Person"
    assert [c["identifier"] for c in block["hasCredential"]] == ["S10482", "00001", "00001"]
    assert {c["@type"] for c in block["hasCredential"]} == {"EducationalOccupationalCredential"}
    assert block["worksFor"][0]["@type"] == "MedicalBusiness"
    assert "geo" in block["worksFor"][0]
    assert "geo" not in block["worksFor"][1]


def test_linked_data_has_no_credential_when_none_is_confirmed(show):
    page = show(made(people.with_fact, "licence", Status.DOCUMENT_SEEN))
    assert "hasCredential" not in page


def test_questions_are_answered_about_the_condition_asked_for(show):
    slug = made(people.maren)
    assert "How often do you treat my problem?" in show(slug)
    assert "How often do you treat neck pain?" in show(slug, query="?condition=neck-pain")
    assert "How often do you treat my problem?" in show(slug, query="?condition=%00%ff" + "x" * 9000)


def test_answers_come_from_checks_own_words_or_a_talk(show):
    text = text_of(show(made(people.maren)))
    assert "Are you allowed to use needles here? Yes, says Example College. From our checks 21 Nov 2026" in text
    assert "“Usually three.” In her words 3 Mar 2026" in text
    assert "What are the risks for me, and how often do they happen? Listen for: Names common" in text


def test_the_statements_of_a_record_do_not_grow_with_it(client, count_statements):
    small, large = made(people.with_fact, "licence", Status.CONFIRMED), made(people.maren)
    for slug in (small, large):
        with count_statements() as statements:
            assert client.get(f"/practitioners/{slug}").status_code == 200
        assert len(statements) == 10


@pytest.mark.parametrize(
    "path", ["/practitioners/nobody", "/practitioners/%00", "/practitioners/%F0%9F%92%89", "/fr/practitioners/x"]
)
def test_nobody_is_not_found(client, path):
    assert client.get(path).status_code == 404


def test_a_hidden_person_is_not_found_anywhere(client):
    with transaction():
        person = factories.practitioner(visibility="hidden", family_name="Canary")
        slug, code = person.slug, person.code
    for path in (f"/practitioners/{slug}", f"/verify/{code}", f"/api/v1/practitioners/{slug}"):
        answer = client.get(path)
        assert answer.status_code == 404
        assert "Canary" not in answer.get_data(as_text=True)
