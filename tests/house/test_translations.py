"""Every English string is plain, and has its French, whole: both forms of a plural, every placeholder."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from directory.config import ROOT
from tests.reading import grade, sentences_of

FRENCH = ROOT / "directory" / "translations" / "fr" / "LC_MESSAGES" / "messages.po"
PLACEHOLDER = re.compile(r"%\((\w+)\)s|%%")
TIGHT = re.compile(r"\w [:»?!;]|« (?=\S)")


def forms(words: str | tuple[str, ...] | list[str]) -> list[str]:
    return [words] if isinstance(words, str) else list(words)


def french() -> Iterator[Message]:
    with FRENCH.open("rb") as file:
        yield from (message for message in read_po(file, locale="fr") if message.id)


def strange_placeholders(message: Message) -> set[str]:
    """Names that only one of the two languages has. The singular may say "one" without its number."""
    english, other = forms(message.id), forms(message.string)
    wanted = set(PLACEHOLDER.findall(english[-1]))
    return wanted.symmetric_difference(PLACEHOLDER.findall(other[-1])) | (set(PLACEHOLDER.findall(other[0])) - wanted)


def run_check(folder: Path, template: str, translated: str) -> tuple[int, str]:
    """The exit code and the words of scripts/untranslated.py on two small files."""
    paths = [folder / "messages.pot", folder / "messages.po"]
    for path, text in zip(paths, (template, translated), strict=True):
        path.write_text(text)
    done = subprocess.run(
        [sys.executable, ROOT / "scripts" / "untranslated.py", *paths], capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout


def test_every_placeholder_of_a_sentence_is_in_its_french():
    assert [message.id for message in french() if message.string and strange_placeholders(message)] == []


def test_the_guard_sees_a_lost_placeholder():
    assert strange_placeholders(Message("Near %(place)s", "Près de %(lieu)s")) == {"place", "lieu"}
    assert strange_placeholders(Message(("%(num)s town", "%(num)s towns"), ("une ville", "%(num)s villes"))) == set()


def test_french_is_spaced_as_in_canada():
    """A no-break space before a colon and inside guillemets; none before ? ! and ;."""
    found = [text for message in french() for text in forms(message.string) if TIGHT.search(text)]
    assert found == []
    assert TIGHT.search("Où ?")
    assert not TIGHT.search("Voici\N{NO-BREAK SPACE}: «\N{NO-BREAK SPACE}oui\N{NO-BREAK SPACE}»")


TEMPLATE = (
    'msgid "Search"\nmsgstr ""\n\nmsgid "%(num)s town"\nmsgid_plural "%(num)s towns"\nmsgstr[0] ""\nmsgstr[1] ""\n'
)
WHOLE = (
    TEMPLATE.replace('msgstr ""', 'msgstr "Chercher"')
    .replace('[0] ""', '[0] "ville"')
    .replace('[1] ""', '[1] "villes"')
)


def test_a_whole_translation_passes(tmp_path):
    assert run_check(tmp_path, TEMPLATE, WHOLE) == (0, "")


@pytest.mark.parametrize(
    ("broken", "named"),
    [
        (WHOLE.replace("Chercher", ""), "'Search'"),
        (WHOLE.replace('msgid "Search"', 'msgid "Find"'), "'Search'"),
        (WHOLE.replace('msgid "Search"', '#, fuzzy\nmsgid "Search"'), "'Search'"),
        (WHOLE.replace('"villes"', '""'), "('%(num)s town', '%(num)s towns')"),
        (
            WHOLE.replace('msgid_plural "%(num)s towns"\nmsgstr[0]', "msgstr").replace('msgstr[1] "villes"\n', ""),
            "%(num)s",
        ),
    ],
)
def test_the_check_sees_what_is_missing(tmp_path, broken, named):
    code, said = run_check(tmp_path, TEMPLATE, broken)
    assert code == 1
    assert named in said


def english() -> dict[str, list[str]]:
    """What the pages say, by the template that says it."""
    found: dict[str, list[str]] = {}
    options = {"trim_blocks": "true", "lstrip_blocks": "true"}
    for name, _, words, _, _ in extract_from_dir(
        ROOT / "templates", [("**.html", "jinja2")], {"**.html": options}, keywords={"_": None, "ngettext": (1, 2)}
    ):
        found.setdefault(name, []).append(re.sub(r"%\(\w+\)s", "it", forms(words)[-1]))
    return found


def test_what_pages_say_reads_at_grade_six():
    spoken = {name: sentences_of(texts) for name, texts in english().items()}
    everything = [sentence for sentences in spoken.values() for sentence in sentences]
    assert len(everything) > 100
    assert grade(everything) < 6
    assert {name: round(grade(s), 1) for name, s in spoken.items() if len(s) >= 5 and grade(s) > 7} == {}
    assert [sentence for sentence in everything if len(sentence.split()) > 28] == []
