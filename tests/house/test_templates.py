"""What is written in templates: nothing inline, nothing missing, a sentence for each event."""

import re
from pathlib import Path

import pytest

from directory.audit.tags import TAGS
from directory.config import ROOT

TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
INLINE = re.compile(r"<[^>]*\s(style|on[a-z]+)=|<style|<script(?![^>]*\snonce=)|javascript:", re.IGNORECASE)
IMPORT = re.compile(r'{%-?\s*from\s+"[^"]+"\s+import\s+([^%]+?)\s*-?%}')
INCLUDE = re.compile(r'{%-?\s*include\s+"([^"]+)"')
REFERENCE = re.compile(r'(?:extends|include|from|import)\s+"([^"]+\.(?:html|svg))"')


def inline_parts(text: str) -> list[str]:
    return [match.group(0) for match in INLINE.finditer(text)]


def with_included(text: str) -> str:
    """A template and all that it includes: what is included may use what the page imports."""
    parts = [(ROOT / "templates" / name) for name in INCLUDE.findall(text)]
    return "\n".join([text, *(with_included(part.read_text()) for part in parts if part.exists())])


def unused_imports(text: str) -> list[str]:
    names = [part.split(" as ")[-1].strip() for match in IMPORT.finditer(text) for part in match[1].split(",")]
    names = [name.removesuffix(" with context") for name in names]
    body = IMPORT.sub("", with_included(text))
    return [name for name in names if not re.search(rf"\b{re.escape(name)}\b", body)]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_template_is_clean(path: Path):
    text = path.read_text()
    assert inline_parts(text) == []
    assert unused_imports(text) == []
    assert [name for name in REFERENCE.findall(text) if not (ROOT / "templates" / name).exists()] == []
    assert len(text.splitlines()) <= 150


def test_the_guards_see_a_careless_template():
    careless = '{% from "parts/icon.html" import icon %}<p style="color:red" onclick="x()"><script>1</script>'
    assert len(inline_parts(careless)) == 2
    assert unused_imports(careless) == ["icon"]


def test_every_rendered_template_exists():
    source = "\n".join(path.read_text() for path in (ROOT / "directory").rglob("*.py"))
    named = set(re.findall(r'"([a-z_]+/[a-z_]+\.(?:html|txt|xml))"', source))
    assert {name for name in named if not (ROOT / "templates" / name).exists()} == set()


def test_every_kind_of_event_has_its_sentence():
    written = {path.stem for path in (ROOT / "templates" / "events").glob("*.html")}
    assert written == {tag.replace(":", "-") for tag in TAGS}
