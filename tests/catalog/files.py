"""The content files: a copy that a test may spoil, and what in them is for editors alone."""

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from directory.catalog import actions
from directory.jurisdictions import actions as jurisdiction_actions

EDITORS = {
    "basis_note", "detail_en", "editor_note", "effects_note", "fact_note", "facts", "graded_by", "how_to_confirm",
    "icd_note", "licensing", "limits_of_text", "needling_permission", "note", "product", "red_flag_note", "rule",
    "rules", "says", "seed_contrast", "seed_says", "seen", "suitability_rule", "when_considered_rule",
    "seek_help_soon_basis", "seed_origin",
}  # fmt: skip


def copied(folder: Path) -> Path:
    """The catalogue's files, copied below `folder`."""
    return Path(shutil.copytree(actions.FOLDER, folder / "data"))


def edit(folder: Path, name: str, change: Callable[[Any], None]) -> None:
    """Change a file through its parsed content."""
    path = folder / f"{name}.json"
    content = json.loads(path.read_text("utf-8"))
    change(content)
    path.write_text(json.dumps(content), "utf-8")


def entry(content: Any, key: str, slug: str) -> Any:
    """The entry of a list of a file by its slug or id."""
    return next(e for e in content[key] if slug in {e.get("slug"), e.get("id"), e.get("key")})


def fields(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """Every text of a file with the keys that lead to it."""
    if isinstance(value, str):
        yield path, value
    for key, part in value.items() if isinstance(value, dict) else ():
        yield from fields(part, (*path, key))
    for part in value if isinstance(value, list) else ():
        yield from fields(part, path)


def texts_for_editors() -> set[str]:
    """Texts of 20 letters and more that only editors may read: notes, leads, drafts of evidence."""
    public, private = set(), set()
    for folder in (actions.FOLDER, jurisdiction_actions.FOLDER):
        for path in folder.glob("*.json"):
            content = json.loads(path.read_text("utf-8"))
            for keys, text in fields(content):
                is_note = bool(EDITORS & set(keys)) or (path.stem == "regulators" and keys[-1] == "note_en")
                is_draft = keys[0] == "claims" and keys[-1] in {"statement", "statement_fr", "limits", "limits_fr"}
                is_lead = keys[0] == "sources" and len(keys) == 3 and content["sources"][keys[1]]["kind"] == "seed"
                (private if is_note or is_draft or is_lead else public).add(text)
    return {text for text in private - public if len(text) >= 20}
