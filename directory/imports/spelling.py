"""Names and addresses that a register keeps in capitals, as people write them; pure.

Only text that is all capitals is changed, so that a name which says how it is written stays so.
"""

import re

_WORD = re.compile(r"[^\W_]+", re.UNICODE)
_MC = re.compile(r"MC(?=[^\W\d_]{3})")
_ROMAN = frozenset(("II", "III", "IV", "VI", "VII", "VIII"))
_KEPT = _ROMAN | {"NE", "NW", "SE", "SW", "PO", "US", "USA", "RR"}
_VOWELS = frozenset("AEIOUYÀÂÄÉÈÊËÎÏÔÖÙÛÜ")
_ORDINAL = re.compile(r"[0-9]+(?:ST|ND|RD|TH)")


def person_name(text: str) -> str:
    """KOWALCZYK → Kowalczyk, MCDONALD → McDonald, O'BRIEN → O'Brien, SMITH-JONES → Smith-Jones, R. → R."""
    return _WORD.sub(_name_word, text) if text.isupper() else text


def address(text: str) -> str:
    """123 N MAIN ST NE → 123 N Main St NE, 5TH AVE → 5th Ave."""
    return _WORD.sub(_address_word, text) if text.isupper() else text


def _name_word(match: re.Match[str]) -> str:
    word = match[0]
    before, after = match.string[: match.start()], match.string[match.end() :]
    if word in _ROMAN and before.endswith(" "):
        return word
    if len(word) == 1 and before[-1:] in {"'", "’"} and (not after or after[0] == " "):
        return word.lower()  # a genitive s
    if len(word) == 2 and not after and not before and not _VOWELS.intersection(word) and word != "NG":
        return word  # initials written together: TJ
    return "Mc" + word[2:].capitalize() if _MC.match(word) else word.capitalize()


def _address_word(match: re.Match[str]) -> str:
    word = match[0]
    if _ORDINAL.fullmatch(word):
        return word.lower()
    if word in _KEPT or any(c.isdigit() for c in word):
        return word
    return _name_word(match)
