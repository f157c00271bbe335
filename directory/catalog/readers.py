"""From content files to rows: what each file must hold, and which of its fields are public. Pure.

Only fields named here leave the files; notes, hints, gradings and leads stay behind for editors.
"""

from collections.abc import Collection
from typing import Any

from directory.catalog import rules
from directory.catalog.contents import Node, only_once

Row = dict[str, Any]
KINDS = ("condition", "group", "search-only")
ANSWER_MODES = ("verified", "statement", "ask")


def regions(file: Node) -> list[Row]:
    nodes = file.get("regions").items()
    only_once(nodes, "slug")
    return [{"slug": n.get("slug").text(), "position": at, **n.twins("name")} for at, n in enumerate(nodes)]


def conditions(file: Node, sources: Collection[str]) -> list[Row]:
    """Rows of conditions; `parent` and `words` are for the writer to resolve."""
    nodes = file.get("conditions").items()
    only_once(nodes, "slug")
    regions_known = {n.get("slug").text() for n in file.get("regions").items()}
    parents = {n.get("slug").text(): n.get("parent").value for n in nodes}
    cited = {
        key: [n.one_of(sources, "source") for n in node.items()] for key, node in _fields(file, "red_flag_sources")
    }
    words = _words_of(nodes)
    rows = []
    for position, node in enumerate(_in_families(nodes)):
        slug = node.get("slug").text()
        rows.append(
            {
                "slug": slug,
                "region_slug": node.get("region").one_of(regions_known, "region"),
                "parent": _parent(node, parents),
                "kind": node.get("kind").one_of(KINDS, "kind"),
                "position": position,
                **node.twins("name"),
                **node.twins("inline"),
                "review": file.get("review").value,
                "texts": _condition_texts(node) | {"sources": cited.get(slug, [])},
                "words": words[slug],
            }
        )
    return rows


def _in_families(nodes: list[Node]) -> list[Node]:
    """In the file's order, but with children right after a parent of the same part of the body."""
    homes = {n.value["slug"]: n.get("region").value for n in nodes}
    families: dict[str, list[Node]] = {}
    for node in sorted(nodes, key=lambda n: n.get("parent").value is not None):
        parent = node.get("parent").value
        is_child = parent is not None and homes.get(parent) == node.get("region").value
        families.setdefault(parent if is_child else node.value["slug"], []).append(node)
    order = list(homes)
    return [node for head in sorted(families, key=order.index) for node in families[head]]


def _fields(file: Node, key: str) -> list[tuple[str, Node]]:
    return [(name, file.get(key).get(name)) for name in file.get(key).value]


def _parent(node: Node, parents: dict[str, str | None]) -> str | None:
    """The slug of the parent: a condition that has none itself."""
    parent = node.get("parent")
    if parent.value is None:
        return None
    if parents[parent.one_of(parents, "condition")] is not None:
        raise parent.fault(f"{parent.value!r} has a parent itself: there is one level only")
    return parent.text()


def _condition_texts(node: Node) -> Row:
    texts: Row = {"see_doctor_first": node.get("see_doctor_first").flag(), **node.maybe_twins("note")}
    for stem in ("summary", "self_note", "see_doctor_first"):
        texts |= node.twins(stem)
    for stem in ("synonyms", "ask"):
        texts |= node.twin_lists(stem, same_length=stem == "ask")
    return texts


def _words_of(nodes: list[Node]) -> dict[str, list[str]]:
    """The folded words that lead to each condition: names, synonyms and slugs, then looser forms nobody else has."""
    owner: dict[str, str] = {}
    loose: dict[str, set[str]] = {}
    for node in nodes:
        slug = node.get("slug").text()
        plain = [node.get(field) for field in ("slug", "name_en", "name_fr")]
        for word in plain + [w for key in ("synonyms_en", "synonyms_fr") for w in node.get(key).items()]:
            folded = rules.folded(word.text())
            if not folded or owner.setdefault(folded, slug) != slug:
                raise word.fault(f"{word.value!r} leads to {owner.get(folded)!r} too" if folded else "has no letters")
            for form in rules.looser_forms(word.text()):
                loose.setdefault(form, set()).add(slug)
        for field in ("inline_en", "inline_fr"):
            for form in rules.looser_forms(node.get(field).text()):
                loose.setdefault(form, set()).add(slug)
    for form, slugs in loose.items():
        if len(slugs) == 1:
            owner.setdefault(form, next(iter(slugs)))
    return {slug: sorted(word for word in owner if owner[word] == slug) for slug in owner.values()}


def professions(file: Node, taxonomy: Node) -> list[Row]:
    """Rows of professions, each with its NUCC codes."""
    nodes, codes = file.get("professions").items(), taxonomy.get("codes").items()
    only_once(nodes, "slug")
    only_once(codes, "code")
    known = {n.get("slug").text() for n in nodes}
    belongs = [
        (c.get("profession").one_of(known, "profession"), c.get("code").text())
        for c in codes
        if c.get("profession").value is not None
    ]
    return [
        {
            "slug": n.get("slug").text(),
            "position": position,
            **n.twins("name"),
            "titles": n.get("titles").texts(),
            "nucc": [code for slug, code in belongs if slug == n.value["slug"]],
        }
        for position, n in enumerate(nodes)
    ]


def training_bodies(file: Node) -> list[Row]:
    nodes = file.get("bodies").items()
    only_once(nodes, "slug")
    return [
        {"slug": n.get("slug").text(), "name": n.get("name").text(), "programs": n.get("programs").texts()}
        for n in nodes
    ]


def questions(file: Node) -> list[Row]:
    """Rows of questions, by group then order.

    `body` holds text, why, good_answer and warning_sign, each _en and _fr, and answered_by.
    """
    groups = [n.get("slug").text() for n in file.get("groups").items()]
    nodes = file.get("questions").items()
    only_once(nodes, "id")
    nodes.sort(key=lambda n: (groups.index(n.get("group").one_of(groups, "group")), n.get("order").whole()))
    return [_question(node, position) for position, node in enumerate(nodes)]


def _question(node: Node, position: int) -> Row:
    body: Row = {"answered_by": node.get("answered_by").texts()}
    for stem in ("text", "why", "good_answer", "warning_sign"):
        body |= node.twins(stem)
    return {
        "slug": node.get("id").text(),
        "group_slug": node.get("group").text(),
        "position": position,
        "answer_mode": node.get("answer_mode").one_of(ANSWER_MODES, "answer mode"),
        "on_short_sheet": node.get("on_short_sheet").flag(),
        "per_condition": node.get("per_condition").flag(),
        "body": body,
    }


def clocks(file: Node) -> list[Row]:
    """Rows of clocks, the number of days filled into their words."""
    nodes = file.get("clocks").items()
    only_once(nodes, "key")
    rows = []
    for position, node in enumerate(nodes):
        days = None if node.get("days").value is None else node.get("days").whole()
        if days is not None and days < 1:
            raise node.get("days").fault("must be 1 or more")
        value = {key: text.replace("{days}", str(days)) for key, text in node.twins("value").items()}
        rows.append({"key": node.get("key").text(), "days": days, "position": position, **node.twins("label"), **value})
    return rows


def claims(file: Node, conditions_known: Collection[str], sources: Collection[str]) -> list[Row]:
    """Documents of evidence claims that an editor has signed and dated. A draft is checked, and left in the file."""
    nodes = file.get("claims").items()
    only_once(nodes, "id")
    scale = {n.get("key").text(): n.twins("label") for n in file.get("scale").items()}
    hidden = {n.get("key").text() for n in file.get("scale").items() if n.maybe("public").value is False}
    rows = [_claim(node, scale, conditions_known, sources) for node in nodes]
    signed = [row for node, row in zip(nodes, rows, strict=True) if _is_signed(node, hidden)]
    return [row | {"position": position} for position, row in enumerate(signed)]


def _is_signed(node: Node, hidden: Collection[str]) -> bool:
    """Not a draft, dated, signed, with a source or plainly without one found, and with a grade fit to show."""
    signed = node.get("last_reviewed").value and node.get("editor").value and node.get("status").text() != "draft"
    grade = node.get("grade").text()
    return bool(signed) and grade not in hidden and bool(node.get("sources").value or grade == "none-found")


def _claim(
    node: Node, scale: dict[str, dict[str, str]], conditions_known: Collection[str], sources: Collection[str]
) -> Row:
    reviewed = node.get("last_reviewed").maybe_day()
    body: Row = {
        **node.twins("statement"),
        **node.twins("limits"),
        "grade": scale[node.get("grade").one_of(scale, "grade")],
        "conditions": [n.one_of(conditions_known, "condition") for n in node.get("conditions").items()],
        "sources": [n.one_of(sources, "source") for n in node.get("sources").items()],
        "last_reviewed": reviewed.isoformat() if reviewed else None,
        "review_due_months": node.get("review_due_months").whole(),
    }
    return {"kind": "claim", "slug": node.get("id").text(), "review": None, "body": body}
