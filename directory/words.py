"""Text made comparable: the one folding used for conditions, places, names and addresses of pages."""

import re
import unicodedata

_SEPARATORS = re.compile(r"[^0-9a-z]+")
_UNPRINTABLE = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef"
    + "".join(f"\\U{plane:04x}fffe\\U{plane:04x}ffff" for plane in range(17))
    + "]"
)
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "đ": "d", "ł": "l", "’": "'"})
_ELISIONS = re.compile(r"\b(l|d|qu|j|n|s)'(?=\w)")


def fold(text: str) -> str:
    """Lower case, no accents, words parted by one space: "L’Épicondylite" and "epicondylite" are the same."""
    if text.isascii():
        plain = text.lower()
    else:
        lowered = unicodedata.normalize("NFKC", text).lower().translate(_LIGATURES)
        plain = "".join(c for c in unicodedata.normalize("NFKD", lowered) if not unicodedata.combining(c))
    return _SEPARATORS.sub(" ", _ELISIONS.sub("", plain)).strip()


def slug(text: str) -> str:
    """The folded words joined by hyphens, for an address; empty when nothing is left."""
    return fold(text).replace(" ", "-")


def printable(text: str) -> str:
    """The text without control characters, lone surrogates and code points that are no characters; lines stay."""
    return _UNPRINTABLE.sub("", text)
