"""The twelve standings as they look: word, shape and colour, in both languages."""

import re
from contextvars import Context
from datetime import date

import pytest
import time_machine

from directory.credentials.rules import Kind, Standing, Status
from tests.conftest import check_markup


@pytest.fixture
def drawn(app):
    """`drawn("status_tag", standing, pronoun, language=…)`: the markup of one macro."""

    def draw(macro, standing, *args, language="en"):
        environ = {"directory.language": "fr"} if language == "fr" else {}
        with app.test_request_context("/", environ_overrides=environ):
            module = app.jinja_env.get_template("parts/status.html").module
            return str(getattr(module, macro)(standing, *args))

    return lambda *args, **kwargs: Context().run(draw, *args, **kwargs)  # the locale is kept for a whole context


def words(markup):
    return re.sub(r"<[^>]+>", "", markup).replace("\N{NO-BREAK SPACE}", " ")


def standing(status, since=date(2026, 11, 1), checked=date(2026, 11, 12)):
    return Standing(status, since, checked_on=checked)


ENGLISH = {
    Status.CONFIRMED: "Confirmed · Checked 12 Nov 2026",
    Status.DOCUMENT_SEEN: "Document seen",
    Status.IN_REVIEW: "Being checked",
    Status.CHECK_DUE: "Check due since 1 Nov",
    Status.OWN_STATEMENT: "In her words",
    Status.COULD_NOT_CONFIRM: "Could not confirm",
    Status.EXPIRED: "Ended 1 Nov",
    Status.CONDITIONS: "Limits apply: read them",
    Status.NOT_VALID: "Not valid, says the issuer",
    Status.NOT_NEEDED: "No list kept here",
    Status.NONE_CLAIMED: "None claimed",
    Status.CORRECTED: "Corrected 1 Nov",
}
FRENCH = {
    Status.CONFIRMED: "Confirmé · Vérifié le 12 nov. 2026",
    Status.DOCUMENT_SEEN: "Document vu",
    Status.IN_REVIEW: "Vérification en cours",
    Status.CHECK_DUE: "À revérifier depuis le 1er nov.",
    Status.OWN_STATEMENT: "Selon elle",
    Status.COULD_NOT_CONFIRM: "Impossible à confirmer",
    Status.EXPIRED: "Fin le 1er nov.",
    Status.CONDITIONS: "Des limites s’appliquent : lisez-les",
    Status.NOT_VALID: "Non valide, dit l’organisme",
    Status.NOT_NEEDED: "Aucune liste tenue ici",
    Status.NONE_CLAIMED: "Rien de déclaré",
    Status.CORRECTED: "Corrigé le 1er nov.",
}


@time_machine.travel("2026-11-21T12:00:00Z", tick=False)
@pytest.mark.parametrize("status", list(Status))
def test_each_status_has_its_words_in_both_languages(drawn, status):
    assert words(drawn("status_tag", standing(status), "she")) == ENGLISH[status]
    assert words(drawn("status_tag", standing(status), "she", language="fr")) == FRENCH[status]


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("macro", ["status_tag", "status_plain", "status_node"])
def test_green_is_only_ever_confirmed(drawn, macro, language):
    green = {s for s in Status if "is-ok" in drawn(macro, standing(s), language=language)}
    ticked = {s for s in Status if "#i-check" in drawn(macro, standing(s), language=language)}
    assert green == ticked == {Status.CONFIRMED}


@pytest.mark.parametrize("kind", list(Kind))
def test_green_is_only_ever_confirmed_in_the_strip_of_a_card(drawn, kind):
    assert {s for s in Status if "is-ok" in drawn("status_short", standing(s), kind)} == {Status.CONFIRMED}


def test_a_status_is_told_by_shape_and_word_not_by_colour_alone(drawn):
    looks = {}
    for status in Status:
        markup = drawn("status_tag", standing(status))
        looks[status] = (re.search(r"#i-(\w+)", markup)[1], words(markup))
    assert len(set(looks.values())) == 12
    by_colour = {}
    for status in Status:
        colour = re.search(r"is-\w+", drawn("status_tag", standing(status)))[0]
        by_colour.setdefault(colour, []).append(looks[status][0])
    alike = {colour: sorted(shapes) for colour, shapes in by_colour.items() if len(set(shapes)) < len(shapes)}
    assert alike == {"is-none": ["none", "none", "q"]}  # two ways to have nothing to check, told by their words


@pytest.mark.parametrize("status", list(Status))
def test_a_status_is_well_formed(drawn, status):
    markup = "".join(drawn(m, standing(status)) for m in ("status_tag", "status_plain", "status_node"))
    check_markup(f"<!doctype html><html lang=en><head><title>x</title></head><body><p>{markup}</p></body></html>")
    assert 'aria-hidden="true"' in markup


@time_machine.travel("2026-11-21T12:00:00Z", tick=False)
def test_short_words_name_what_was_seen(drawn):
    seen = standing(Status.DOCUMENT_SEEN)
    assert [words(drawn("status_short", seen, kind)) for kind in Kind] == [
        "Document seen", "Document seen", "Certificate seen", "Certificate seen", "Policy seen",
    ]  # fmt: skip
    assert words(drawn("status_short", standing(Status.CONFIRMED), Kind.LICENCE)) == "Checked 12 Nov"


@time_machine.travel("2027-01-02T12:00:00Z", tick=False)
def test_a_date_of_another_year_says_its_year(drawn):
    assert words(drawn("status_short", standing(Status.CONFIRMED), Kind.LICENCE)) == "Checked 12 Nov 2026"
    assert words(drawn("status_tag", standing(Status.EXPIRED))) == "Ended 1 Nov 2026"


@pytest.mark.parametrize(
    ("pronoun", "english", "french"),
    [
        ("she", "In her words", "Selon elle"),
        ("he", "In his words", "Selon lui"),
        ("they", "In their words", "Selon la personne"),
        (None, "In their words", "Selon la personne"),
    ],
)
def test_own_words_are_whose_they_are(drawn, pronoun, english, french):
    own = standing(Status.OWN_STATEMENT)
    assert words(drawn("status_tag", own, pronoun)) == english
    assert words(drawn("status_tag", own, pronoun, language="fr")) == french
