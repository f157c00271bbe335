"""From content files to documents: guides, safety texts, terms, sources, the words around questions. Pure."""

from collections.abc import Collection

from directory import words
from directory.catalog.contents import Node, only_once
from directory.catalog.readers import Row

UNVERIFIED = "memory unverified"
INCLUDES = {
    "safety.emergency": "emergency",
    "safety.seek_help_soon": "seek-help-soon",
    "safety.suitability": "suitability",
    "safety.effects_note_public": "effects-note",
}


def sources(file: Node) -> list[Row]:
    """Where statements come from: title, address and the title's language. Leads are left out."""
    rows: list[Row] = []
    for key in file.get("sources").value:
        node = file.get("sources").get(key)
        if node.get("kind").text() != "seed":
            body = {
                "title": node.get("title").text(),
                "url": node.get("url").text(),
                "language": node.maybe("language").value or "en",
            }
            rows.append(_document("source", key, len(rows), body))
    return rows


def terms(file: Node) -> list[Row]:
    nodes = file.get("terms").items()
    only_once(nodes, "slug")
    return [
        _document(
            "term",
            node.get("slug").text(),
            position,
            {
                **node.twins("term"),
                **node.twins("plain"),
                "also_called_en": node.maybe("also_called").maybe_texts(),
                "also_called_fr": node.maybe("also_called_fr").maybe_texts(),
            },
            file.get("review").value,
        )
        for position, node in enumerate(nodes)
    ]


def question_words(file: Node) -> list[Row]:
    """The names of question groups, and what stands for {condition} when none was chosen, with the questions' mark."""
    groups = file.get("groups").items()
    only_once(groups, "slug")
    review = file.get("review").value
    rows = [
        _document("question-group", n.get("slug").text(), at, n.twins("name"), review) for at, n in enumerate(groups)
    ]
    fallback = {f"text_{name[-2:]}": text for name, text in file.twins("condition_fallback").items()}
    return [*rows, _document("question-text", "condition-fallback", 0, fallback, file.get("review").value)]


def safety(file: Node) -> list[Row]:
    """The four safety texts that guides include; the first stands on every guide, profile and sheet."""
    emergency = file.get("emergency").twins("title") | file.get("emergency").twins("text")
    note = {f"text_{name[-2:]}": text for name, text in file.twins("effects_note_public").items()}
    bodies: dict[str, Row] = {
        "emergency": dict(emergency),
        "seek-help-soon": {"groups": _urgencies(file)},
        "suitability": {"rows": [_factor(n) for n in file.get("suitability").items() if _is_to_tell(n)]},
        "effects-note": dict(note),
    }
    review = file.get("review").value
    return [_document("safety", slug, at, body, review) for at, (slug, body) in enumerate(bodies.items())]


def _urgencies(file: Node) -> list[Row]:
    """Signs that need help, the most urgent first."""
    signs = file.get("seek_help_soon").items()
    labels = file.get("urgency_labels")
    for node in signs:
        node.get("urgency").one_of(labels.value, "urgency")
    return [
        {
            "urgency": urgency,
            **labels.get(urgency).twins("label"),
            "signs": [n.twins("sign") | n.twins("why") for n in signs if n.value["urgency"] == urgency],
        }
        for urgency in labels.value
    ]


def _is_to_tell(node: Node) -> bool:
    """Whether a row is something to tell first: neither a mere reason to ask, nor wholly from memory."""
    lead_says_fit = any(lead.get("says").text() == "suitable" for lead in node.get("seed").items())
    return not lead_says_fit and words.fold(node.maybe("note").value or "") != UNVERIFIED


def _factor(node: Node) -> Row:
    label, text = node.twins("product_label"), node.twins("product_text")
    return {
        **node.twins("factor"),
        "label_en": label["product_label_en"],
        "label_fr": label["product_label_fr"],
        "text_en": text["product_text_en"],
        "text_fr": text["product_text_fr"],
    }


def guides(file: Node, questions: Collection[str], sources_known: Collection[str], leads: Collection[str]) -> list[Row]:
    """The general guides. `from_leads` says that part of a guide rests on web pages that are leads, not evidence."""
    nodes = file.get("sections").items()
    only_once(nodes, "id")
    rows = []
    for position, node in enumerate(nodes):
        cited = [n.one_of({*sources_known, *leads}, "source") for n in node.get("sources").items()]
        body = {
            **node.twins("title"),
            "blocks": [_block(block, questions) for block in node.get("body").items()],
            "sources": [key for key in cited if key not in leads],
            "from_leads": any(key in leads for key in cited),
        }
        rows.append(_document("guide", node.get("id").text(), position, body, node.get("review").value))
    return rows


def _block(node: Node, questions: Collection[str]) -> Row:
    """The public fields of one block, by its kind."""
    kind = node.get("kind").one_of({"h", "p", "list", "table", "questions", "include"}, "kind of block")
    if kind in {"h", "p"}:
        return {"kind": kind, **node.twins("text")}
    if kind == "list":
        return {"kind": kind, "items": [item.twins("text") for item in node.get("items").items()]}
    if kind == "questions":
        return {"kind": kind, "ids": [n.one_of(questions, "question") for n in node.get("ids").items()]}
    if kind == "include":
        return {"kind": kind, "document": INCLUDES[node.get("ref").one_of(INCLUDES, "part of the safety text")]}
    return {"kind": kind, **node.twins("caption"), **node.twin_lists("head"), "rows": _table_rows(node)}


def _table_rows(node: Node) -> list[Row]:
    width = len(node.get("head_en").items())
    rows = []
    for row in node.get("rows").items():
        if len(row.get("cells_en").items()) != width:
            raise row.get("cells_en").fault(f"must have {width} cells, as the head has")
        rows.append(row.twin_lists("cells"))
    return rows


def _document(kind: str, slug: str, position: int, body: Row, review: str | None = None) -> Row:
    return {"kind": kind, "slug": slug, "position": position, "review": review, "body": body}
