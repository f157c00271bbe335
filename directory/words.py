"""Text made comparable: the one folding used for conditions, places, names and addresses of pages."""

import re
import unicodedata

_SEPARATORS = re.compile(r"[^0-9a-z]+")
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "đ": "d", "ł": "l", "’": "'"})
_ELISIONS = re.compile(r"\b(l|d|qu|j|n|s)'(?=\w)")


def fold(text: str) -> str:
    """Lower case, no accents, words parted by one space: "L’Épicondylite" and "epicondylite" are the same."""
    lowered = unicodedata.normalize("NFKC", text).lower().translate(_LIGATURES)
    plain = "".join(c for c in unicodedata.normalize("NFKD", lowered) if not unicodedata.combining(c))
    return _SEPARATORS.sub(" ", _ELISIONS.sub("", plain)).strip()


def slug(text: str) -> str:
    """The folded words joined by hyphens, for an address; empty when nothing is left."""
    return fold(text).replace(" ", "-")
