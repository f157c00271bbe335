"""Content files: reading them strictly, so that a fault is named by its place and nothing half right goes in."""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any


class ContentError(ValueError):
    """A content file is not as it must be; the text says where and why."""


@dataclass(frozen=True)
class Node:
    """A value of a content file and the path that leads to it. Every reader raises ContentError."""

    value: Any
    path: str

    def fault(self, reason: str) -> ContentError:
        return ContentError(f"{self.path}: {reason}")

    def get(self, key: str) -> "Node":
        """What stands under a key, which must be there."""
        if not isinstance(self.value, dict):
            raise self.fault("must be an object")
        if key not in self.value:
            raise self.fault(f"{key} is missing")
        return Node(self.value[key], f"{self.path}.{key}")

    def maybe(self, key: str) -> "Node":
        """What stands under a key; null when there is none."""
        return Node(self.value.get(key), f"{self.path}.{key}")

    def items(self) -> "list[Node]":
        if not isinstance(self.value, list):
            raise self.fault("must be a list")
        return [Node(value, f"{self.path}[{number}]") for number, value in enumerate(self.value)]

    def text(self) -> str:
        if not isinstance(self.value, str) or not self.value.strip():
            raise self.fault("must be a text")
        return self.value

    def maybe_text(self) -> str | None:
        return None if self.value is None else self.text()

    def day(self) -> date:
        try:
            return date.fromisoformat(self.text())
        except ValueError as error:
            raise self.fault("must be a date such as 2026-11-04") from error

    def maybe_day(self) -> date | None:
        return None if self.value is None else self.day()

    def maybe_texts(self) -> list[str]:
        return [] if self.value is None else self.texts()

    def texts(self) -> list[str]:
        return [item.text() for item in self.items()]

    def flag(self) -> bool:
        if not isinstance(self.value, bool):
            raise self.fault("must be true or false")
        return self.value

    def whole(self) -> int:
        if not isinstance(self.value, int) or isinstance(self.value, bool):
            raise self.fault("must be a whole number")
        return self.value

    def one_of(self, known: Collection[str], what: str) -> str:
        """A text among those known."""
        if self.text() not in known:
            raise self.fault(f"there is no {what} {self.value!r}")
        return self.text()

    def twins(self, stem: str) -> dict[str, str]:
        """A text in both languages, under stem_en (or the bare stem) and stem_fr, as stem_en and stem_fr."""
        english = self.get(f"{stem}_en" if f"{stem}_en" in self.value else stem)
        return {f"{stem}_en": english.text(), f"{stem}_fr": self.get(f"{stem}_fr").text()}

    def maybe_twins(self, stem: str) -> dict[str, str | None]:
        """A text in both languages, or in neither."""
        both = [self.get(f"{stem}_en").value, self.get(f"{stem}_fr").value]
        if both == [None, None]:
            return {f"{stem}_en": None, f"{stem}_fr": None}
        return {**self.twins(stem)}

    def twin_lists(self, stem: str, *, same_length: bool = True) -> dict[str, list[str]]:
        """A list of texts in both languages; lists that are read side by side are equally long."""
        lists = {f"{stem}_{language}": self.get(f"{stem}_{language}").texts() for language in ("en", "fr")}
        if same_length and len({len(texts) for texts in lists.values()}) > 1:
            raise self.get(f"{stem}_fr").fault(f"must be as long as {stem}_en")
        return lists


def read(folder: Path, name: str) -> Node:
    """The top of a content file."""
    try:
        value = json.loads((folder / name).read_text("utf-8"))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise ContentError(f"{name}: cannot be read: {error}") from error
    top = Node(value, name)
    top.get("version").whole()
    return top


def only_once(nodes: Iterable[Node], key: str) -> None:
    """No two of these have the same text under a key."""
    seen: set[str] = set()
    for node in nodes:
        text = node.get(key).text()
        if text in seen:
            raise node.get(key).fault(f"{text!r} stands twice")
        seen.add(text)
