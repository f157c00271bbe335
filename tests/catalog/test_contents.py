import pytest

from directory.catalog.contents import ContentError, Node, only_once, read

TOP = Node({"version": 1, "rows": [{"name_en": "Neck", "name_fr": "Cou", "days": 3, "on": "2026-11-21"}]}, "a.json")
ROW = TOP.get("rows").items()[0]


def test_values_are_read_by_their_kind():
    assert ROW.twins("name") == {"name_en": "Neck", "name_fr": "Cou"}
    assert ROW.get("days").whole() == 3
    assert ROW.get("on").day().isoformat() == "2026-11-21"


@pytest.mark.parametrize(
    ("reading", "message"),
    [
        (lambda: ROW.get("nope"), "a.json.rows[0]: nope is missing"),
        (lambda: ROW.get("days").text(), "a.json.rows[0].days: must be a text"),
        (lambda: ROW.get("name_en").items(), "a.json.rows[0].name_en: must be a list"),
        (lambda: ROW.get("name_en").whole(), "a.json.rows[0].name_en: must be a whole number"),
        (lambda: ROW.get("name_en").flag(), "a.json.rows[0].name_en: must be true or false"),
        (lambda: ROW.get("name_en").day(), "a.json.rows[0].name_en: must be a date such as 2026-11-04"),
        (lambda: ROW.get("name_en").one_of({"Knee"}, "place"), "a.json.rows[0].name_en: there is no place 'Neck'"),
        (lambda: ROW.twins("days"), "a.json.rows[0].days: must be a text"),
        (lambda: TOP.get("rows").get("x"), "a.json.rows: must be an object"),
        (lambda: only_once([ROW, ROW], "name_en"), "a.json.rows[0].name_en: 'Neck' stands twice"),
    ],
)
def test_a_fault_is_named_by_its_place(reading, message):
    with pytest.raises(ContentError) as caught:
        reading()
    assert str(caught.value) == message


def test_a_text_stands_in_both_languages_or_in_neither():
    assert Node({"note_en": None, "note_fr": None}, "a").maybe_twins("note") == {"note_en": None, "note_fr": None}
    with pytest.raises(ContentError, match=r"a\.note_fr: must be a text"):
        Node({"note_en": "Wait", "note_fr": None}, "a").maybe_twins("note")


def test_lists_read_side_by_side_are_equally_long():
    with pytest.raises(ContentError, match=r"a\.ask_fr: must be as long as ask_en"):
        Node({"ask_en": ["One", "Two"], "ask_fr": ["Un"]}, "a").twin_lists("ask")


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b'{"rows": []}', b"[]"])
def test_a_file_that_is_none_is_refused(tmp_path, content):
    (tmp_path / "a.json").write_bytes(content)
    with pytest.raises(ContentError, match=r"^a\.json"):
        read(tmp_path, "a.json")
