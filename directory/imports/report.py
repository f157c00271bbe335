"""What became of the rows of a file: each is added, changed, unchanged, refused or skipped, and only one of these."""

import json
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from directory.imports.entries import Refusal


@dataclass
class Tally:
    """Rows of a part, or of the whole file. `flagged` counts what is worth a look; `skipped` rows are flagged too."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    skipped: int = 0
    repaired: int = 0
    flagged: Counter[str] = field(default_factory=Counter)
    refused: list[Refusal] = field(default_factory=list)


class Report:
    """The tally of a file. Refusals wait in a file of their own, so that a long list does not fill the memory."""

    def __init__(self) -> None:
        self.read = 0
        self.refused = 0
        self.total = Tally()
        self._lines = tempfile.SpooledTemporaryFile(max_size=1_000_000, mode="w+", encoding="utf-8")  # noqa: SIM115 - closed with the report

    def __enter__(self) -> "Report":
        return self

    def __exit__(self, *error: object) -> None:
        self._lines.close()

    def add(self, part: Tally) -> None:
        """Take up a part that is committed."""
        total = self.total
        for name in ("added", "changed", "unchanged", "skipped", "repaired"):
            setattr(total, name, getattr(total, name) + getattr(part, name))
        total.flagged.update(part.flagged)
        self.refused += len(part.refused)
        for refusal in part.refused:
            self._lines.write(json.dumps(_plain(refusal)) + "\n")

    def refusals(self) -> Iterator[str]:
        """Each refused row as a JSON object, in the order of the file."""
        self._lines.seek(0)
        for line in self._lines:
            yield line.rstrip("\n")
        self._lines.seek(0, 2)

    def as_json(self, error: str | None = None) -> Iterator[str]:
        """The report as pieces of one JSON object; with `error` when the file could not be read to its end."""
        total = self.total
        yield json.dumps({"read": self.read, **{k: getattr(total, k) for k in ("added", "changed", "unchanged")}})[:-1]
        yield ', "refused": ['
        for number, line in enumerate(self.refusals()):
            yield f", {line}" if number else line
        rest = {"repaired": total.repaired, "flagged": dict(sorted((+total.flagged).items())), "skipped": total.skipped}
        yield "], " + json.dumps(rest | ({"error": error} if error else {}))[1:]


def _plain(refusal: Refusal) -> dict[str, Any]:
    """A refusal as machines get it."""
    plain: dict[str, Any] = {"row": refusal.row, "column": refusal.column, "reason": refusal.reason}
    if refusal.also:
        plain["also"] = [{"column": column, "reason": reason} for column, reason in refusal.also]
    return plain
