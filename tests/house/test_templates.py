"""What is written in templates: nothing inline, nothing missing, a sentence for each event."""

import ast
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from directory.audit.models import Event
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


def rendered(source: str) -> list[str]:
    """The first word of each render_template() in a module; "?" where it is not a plain name."""
    calls = [call for call in ast.walk(ast.parse(source)) if isinstance(call, ast.Call)]
    names = [call.args[0] for call in calls if ast.unparse(call.func).endswith("render_template")]
    return [name.value if isinstance(name, ast.Constant) else "?" for name in names]


def test_every_rendered_template_exists():
    named = {name for path in (ROOT / "directory").rglob("*.py") for name in rendered(path.read_text())}
    assert len(named) > 10
    assert {name for name in named if not (ROOT / "templates" / name).is_file()} == set()


def test_the_guard_sees_what_is_rendered():
    assert rendered('render_template("a/b.html", x=1); flask.render_template(name)') == ["a/b.html", "?"]


def test_every_template_is_used():
    text = "\n".join(path.read_text() for path in [*TEMPLATES, *(ROOT / "directory").rglob("*.py")])
    names = {path.relative_to(ROOT / "templates").as_posix() for path in TEMPLATES}
    assert {name for name in names if f'"{name}"' not in text and not name.startswith("events/")} == set()


def unspoken(tags: Iterable[str], folder: Path) -> set[str]:
    """Kinds of event without a sentence, and sentences of no kind of event."""
    return {tag.replace(":", "-") for tag in tags} ^ {path.stem for path in folder.glob("*.html")}


def test_every_kind_of_event_has_its_sentence():
    assert unspoken(TAGS, ROOT / "templates" / "events") == set()


@pytest.mark.parametrize("tag", TAGS)
def test_a_sentence_says_what_its_event_carries(app, tag):
    """With every key in its data, and no other, the sentence can be made in both languages."""
    template = app.jinja_env.get_template(f"events/{tag.replace(':', '-')}.html")
    data = {key: f"<{key}>" if key in {"file", "layout"} else 3 for key in TAGS[tag]}
    event = Event(at=datetime(2026, 11, 21, tzinfo=UTC), tag=tag, actor="cli", subject="x:1", data=data)
    for path in ("/", "/fr/"):
        with app.test_request_context(path):
            sentence = template.render(event=event, data=data).strip()
        assert sentence
        assert "<file>" not in sentence


def test_the_guard_sees_an_event_without_words(tmp_path):
    (tmp_path / "seed-demo.html").write_text("x")
    (tmp_path / "old-thing.html").write_text("x")
    assert unspoken(["seed:demo", "record:hide"], tmp_path) == {"record-hide", "old-thing"}
