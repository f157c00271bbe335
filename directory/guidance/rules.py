"""Small decisions about texts: filling, excerpts, and when a claim is due to be read again; pure."""

import calendar
import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

_SENTENCE = re.compile(r"^.*?[.!?»](?=\s|$)")
DRAFT = "draft: not read by a clinician"


def filled(text: str, condition: str) -> str:
    """A question about one condition, its name inside a sentence put in."""
    return text.replace("{condition}", condition)


def opening(blocks: Iterable[Mapping[str, Any]], language: str) -> str:
    """The first sentence a guide says, for a list of guides; headings, tables and boxes are passed over."""
    for block in blocks:
        texts = [block] if block["kind"] == "p" else block.get("items", [])
        for text in texts:
            words = str(text[f"text_{language}"])
            found = _SENTENCE.match(words)
            return found.group() if found else words
    return ""


def due_on(read_on: date, months: int) -> date:
    """The day by which a claim read on a day must be read again."""
    year, month = divmod(read_on.year * 12 + read_on.month - 1 + months, 12)
    return date(year, month + 1, min(read_on.day, calendar.monthrange(year, month + 1)[1]))
