"""Fail when a string of the pages has no French, or an English plural is missing: untranslated.py POT PO."""

import sys
from pathlib import Path

from babel.messages.pofile import read_po

template, french = (read_po(Path(name).open("rb"), locale="fr") for name in sys.argv[1:3])  # noqa: SIM115 - read whole
missing = []
for message in template:
    if not message.id:
        continue
    found = french.get(message.id, message.context)
    words = [] if found is None or found.fuzzy else [found.string] if isinstance(found.string, str) else found.string
    if not words or not all(words) or bool(message.pluralizable) != bool(found and found.pluralizable):
        missing.append(message.id)
for words in missing:
    print(f"not in French: {words!r}")
sys.exit(bool(missing))
