"""A copy of the content files that a test may spoil."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from directory.catalog import actions


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
