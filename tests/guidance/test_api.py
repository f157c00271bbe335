from xml.etree import ElementTree

from directory.catalog import queries

CONDITION = {
    "slug", "kind", "region", "parent", "name_en", "name_fr", "inline_en", "inline_fr", "review", "url", "summary_en",
    "summary_fr", "self_note_en", "self_note_fr", "see_doctor_first", "see_doctor_first_en", "see_doctor_first_fr",
    "note_en", "note_fr", "synonyms_en", "synonyms_fr", "ask_en", "ask_fr",
}  # fmt: skip
QUESTION = {
    "id", "group", "answer_mode", "per_condition", "on_short_sheet", "answered_by", "text_en", "text_fr", "why_en",
    "why_fr", "good_answer_en", "good_answer_fr", "warning_sign_en", "warning_sign_fr",
}  # fmt: skip


def test_conditions_come_with_public_fields_alone(client, catalog):
    answer = client.get("/api/v1/conditions").get_json()
    assert len(answer["regions"]) == 9
    assert len(answer["conditions"]) == 44
    assert {frozenset(row) for row in answer["conditions"]} == {frozenset(CONDITION)}
    migraine = next(row for row in answer["conditions"] if row["slug"] == "migraine")
    assert (migraine["parent"], migraine["review"]) == ("headache", "draft: not read by a clinician")
    assert migraine["url"].endswith("/conditions/migraine")


def test_questions_come_with_public_fields_alone(client, catalog):
    answer = client.get("/api/v1/questions").get_json()
    assert len(answer["groups"]) == 9
    assert len(answer["questions"]) == 36
    assert {frozenset(row) for row in answer["questions"]} == {frozenset(QUESTION)}
    assert (answer["condition_fallback_en"], answer["review"]) == ("my problem", "draft: not read by a clinician")


def test_machines_have_no_french_twin(client, catalog):
    assert client.get("/fr/api/v1/conditions").status_code == 404


def test_the_sitemap_names_every_page_in_both_languages(client, catalog):
    answer = client.get("/sitemap.xml")
    assert answer.mimetype == "application/xml"
    tree = ElementTree.fromstring(answer.text)
    places = [loc.text for loc in tree.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    assert len(places) == len(set(places)) == 2 * (5 + 44 + 11)
    shown = {place.replace("http://127.0.0.1:8000", "") for place in places}
    assert {f"/fr/conditions/{c.slug}" for c in queries.conditions()} < shown
    assert [place for place in shown if client.get(place).status_code != 200] == []


def test_crawlers_may_not_follow_searches(client, catalog):
    lines = client.get("/robots.txt").text.splitlines()
    assert "Disallow: /search" in lines
    assert "Disallow: /fr/search" in lines
    assert lines[-1].endswith("/sitemap.xml")
