import pytest
from sqlalchemy import func, select

from directory.catalog import actions, queries
from directory.catalog.contents import ContentError
from directory.catalog.models import Condition, ConditionWord, Document, Profession, Question
from directory.database import db, transaction
from tests import factories
from tests.catalog.files import copied, edit, entry


def load(folder):
    with transaction():
        return actions.load(folder=folder)


def changes(written):
    return {name: (w.added, w.changed, w.removed) for name, w in written.items() if w.added or w.changed or w.removed}


def test_an_empty_database_is_filled(app, tmp_path):
    written = load(copied(tmp_path))
    assert {name: (w.read, len(w.added)) for name, w in written.items()} == {
        "regions": (9, 9),
        "conditions": (44, 44),
        "professions": (10, 10),
        "training bodies": (16, 16),
        "questions": (36, 36),
        "texts": (95, 95),
        "clocks": (11, 11),
    }
    assert db.session.scalar(select(func.count()).select_from(Condition)) == 44


def test_a_second_run_changes_nothing(catalog, tmp_path):
    assert changes(load(copied(tmp_path))) == {}


def test_a_changed_text_keeps_the_row_and_who_refers_to_it(catalog, tmp_path):
    with transaction():
        person = factories.practitioner(conditions=("neck-pain",))
        person_id, before = person.id, queries.condition_by_slug("neck-pain").id
    folder = copied(tmp_path)
    edit(folder, "conditions", lambda c: entry(c, "conditions", "neck-pain").update(summary_en="Your neck hurts."))
    edit(folder, "clocks", lambda c: entry(c, "clocks", "licence").update(days=60))
    assert changes(load(folder)) == {"conditions": (set(), {"neck-pain"}, set()), "clocks": (set(), {"licence"}, set())}
    condition = queries.condition_by_slug("neck-pain")
    assert (condition.id, condition.texts["summary_en"]) == (before, "Your neck hurts.")
    assert [t.condition_id for t in db.session.get_one(type(person), person_id).conditions] == [before]
    clock = queries.clocks()["licence"]
    assert (clock.days, clock.value_en, clock.value_fr) == (60, "every 60 days", "tous les 60 jours")


def test_what_left_the_file_is_retired_and_comes_back_as_itself(catalog, tmp_path):
    folder = copied(tmp_path)
    before = queries.condition_by_slug("golfers-elbow").id
    kept = {}

    def leave(content):
        kept["row"] = entry(content, "conditions", "golfers-elbow")
        content["conditions"].remove(kept["row"])

    edit(folder, "conditions", leave)
    edit(folder, "evidence", lambda c: [claim["conditions"].clear() for claim in c["claims"]])
    assert load(folder)["conditions"].removed == {"golfers-elbow"}
    row = db.session.get_one(Condition, before)
    assert not row.is_current
    assert queries.match_condition("golfer's elbow").condition is None
    assert "golfers-elbow" not in {c.slug for c in queries.conditions()}
    assert load(folder)["conditions"].removed == set()
    edit(folder, "conditions", lambda c: c["conditions"].append(kept["row"]))
    assert load(folder)["conditions"].changed >= {"golfers-elbow"}
    assert queries.match_condition("golfer's elbow").condition.id == before


def test_a_profession_or_question_that_left_is_retired(catalog, tmp_path):
    folder = copied(tmp_path)
    edit(folder, "professions", lambda c: c["professions"].remove(entry(c, "professions", "dentist")))
    edit(folder, "questions", lambda c: c["questions"].remove(entry(c, "questions", "sf-faint")))
    written = load(folder)
    assert (written["professions"].removed, written["questions"].removed) == ({"dentist"}, {"sf-faint"})
    assert db.session.scalar(select(Profession.is_current).where(Profession.slug == "dentist")) is False
    assert db.session.scalar(select(Question.is_current).where(Question.slug == "sf-faint")) is False
    assert queries.profession_by_slug("dentist") is None


def test_a_text_that_left_is_deleted(catalog, tmp_path):
    folder = copied(tmp_path)
    edit(folder, "terminology", lambda c: c["terms"].remove(entry(c, "terms", "wet-needling")))
    assert load(folder)["texts"].removed == {"term/wet-needling"}
    assert db.session.scalar(select(Document.id).where(Document.slug == "wet-needling")) is None


def test_a_word_may_move_from_one_condition_to_another(catalog, tmp_path):
    folder = copied(tmp_path)

    def move(content):
        entry(content, "conditions", "low-back-pain")["synonyms_en"].remove("back pain")
        entry(content, "conditions", "upper-back-pain")["synonyms_en"].append("back pain")

    edit(folder, "conditions", move)
    assert load(folder)["conditions"].changed == {"low-back-pain", "upper-back-pain"}
    assert queries.match_condition("back pain").condition.slug == "upper-back-pain"


def _condition(which, /, **fields):
    return "conditions", lambda c: entry(c, "conditions", which).update(fields)


def _drop(name, key, slug, field):
    return name, lambda c: entry(c, key, slug).pop(field)


def _block(slug, kind, **fields):
    def change(content):
        block = next(b for b in entry(content, "sections", slug)["body"] if b["kind"] == kind)
        block.update(fields)

    return "guides", change


FAULTS = [
    (_drop("conditions", "conditions", "neck-pain", "name_fr"), r"conditions.json.conditions\[7\]: name_fr is missing"),
    (_condition("neck-pain", slug="headache"), r"conditions\[7\].slug: 'headache' stands twice"),
    (_condition("neck-pain", region="tail"), r"conditions\[7\].region: there is no region 'tail'"),
    (_condition("neck-pain", parent="tail"), r"conditions\[7\].parent: there is no condition 'tail'"),
    (_condition("neck-pain", parent="migraine"), r"\[7\].parent: 'migraine' has a parent itself"),
    (_condition("neck-pain", kind="guess"), r"conditions\[7\].kind: there is no kind 'guess'"),
    (_condition("neck-pain", synonyms_fr=["Lumbago"]), r"\[19\].synonyms_en\[1\]: 'lumbago' leads to 'neck-pain' too"),
    (_condition("neck-pain", synonyms_fr=["💥"]), r"conditions\[7\].synonyms_fr\[0\]: has no letters"),
    (_condition("neck-pain", ask_fr=[]), r"conditions\[7\].ask_fr: must be as long as ask_en"),
    (_condition("neck-pain", summary_fr=" "), r"conditions\[7\].summary_fr: must be a text"),
    (_condition("neck-pain", note_fr=None), r"conditions\[7\].note_fr: must be a text"),
    (_condition("neck-pain", name_en="x" * 121), r"condition.name_en: 'x+'… is longer than 120 characters"),
    (_drop("questions", "questions", "ex-mine", "why_fr"), r"questions.json.questions\[\d+\]: why_fr is missing"),
    (_block("what-to-look-for", "questions", ids=["nope"]), r"body\[4\].ids\[0\]: there is no question 'nope'"),
    (_block("after", "include", ref="safety.nope"), r"body\[0\].ref: there is no part of the safety text"),
    (_block("side-effects", "table", head_en=["One"]), r"body\[1\].head_fr: must be as long as head_en"),
    (("clocks", lambda c: entry(c, "clocks", "licence").update(days=0)), r"clocks\[0\].days: must be 1 or more"),
    (("taxonomy", lambda c: c["codes"][0].update(profession="wizard")), r"there is no profession 'wizard'"),
    (("taxonomy", lambda c: c["codes"].append(c["codes"][0])), r"codes\[34\].code: '225100000X' stands twice"),
    (("evidence", lambda c: c["claims"][0].update(conditions=["nope"])), r"claims\[0\].conditions\[0\]: there is no"),
    (("guides", lambda c: c["sections"][0]["sources"].append("nope")), r"sources\[8\]: there is no source 'nope'"),
]


@pytest.mark.parametrize(("change", "message"), FAULTS, ids=[message for _, message in FAULTS])
def test_a_fault_is_named_by_its_place_and_nothing_is_loaded(app, tmp_path, change, message):
    folder = copied(tmp_path)
    edit(folder, *change)
    with pytest.raises(ContentError, match=message):
        load(folder)
    assert db.session.scalar(select(func.count()).select_from(Condition)) == 0
    assert db.session.scalar(select(func.count()).select_from(ConditionWord)) == 0


def sign(content, slug, **fields):
    signed = {"status": "published", "last_reviewed": "2026-11-04", "editor": "editor"}
    entry(content, "claims", slug).update(signed | fields)


def test_a_draft_of_evidence_never_leaves_its_file(catalog, tmp_path):
    assert queries.documents("claim") == []
    folder = copied(tmp_path)
    edit(folder, "evidence", lambda c: [sign(c, claim["id"], status="draft") for claim in c["claims"]])
    edit(folder, "evidence", lambda c: sign(c, "ev-heel", editor=None))
    edit(folder, "evidence", lambda c: sign(c, "ev-jaw", last_reviewed=None))
    edit(folder, "evidence", lambda c: sign(c, "ev-neck", grade="check"))
    edit(folder, "evidence", lambda c: sign(c, "ev-elbow", sources=[]))
    load(folder)
    assert queries.documents("claim") == []


def test_a_signed_claim_is_loaded_with_its_public_fields_alone(catalog, tmp_path):
    folder = copied(tmp_path)
    edit(folder, "evidence", lambda c: sign(c, "ev-heel"))
    load(folder)
    (claim,) = queries.documents("claim")
    assert claim.slug == "ev-heel"
    assert set(claim.body) == {
        "statement_en",
        "statement_fr",
        "limits_en",
        "limits_fr",
        "grade",
        "conditions",
        "sources",
        "last_reviewed",
        "review_due_months",
    }
    assert claim.body["grade"]["label_en"] == "Low to moderate certainty"
