"""Reading pages in tests."""

import json
from typing import Any

from bs4 import BeautifulSoup


def structured(page: str) -> list[Any]:
    """The JSON-LD of a page; each script carries a nonce."""
    scripts = BeautifulSoup(page, "html5lib").select('script[type="application/ld+json"]')
    assert all(script["nonce"] for script in scripts)
    return [json.loads(script.string or "") for script in scripts]


def words(page: str, part: str = "main") -> str:
    """The text a person reads in a part of a page, blanks made single."""
    found = BeautifulSoup(page, "html5lib").select_one(part)
    assert found is not None
    return " ".join(found.get_text(" ").split())
