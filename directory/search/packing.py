"""How the index writes down what does not age, in a number and a text, and how a sweep hands them back; pure.

A sweep gives each row a signature: `attrs` (profession, new patients, ways to visit) above two bits for each kind of
fact, its level: 0 when it does not stand, else the place of its rung in LADDER, counted from 1.
"""

from collections.abc import Iterable, Sequence

from directory.credentials.rules import Kind
from directory.practitioners.rules import CODE_LETTERS, VISIT_MODES

VISIT_BITS = {mode: 1 << bit for bit, mode in enumerate(VISIT_MODES)}
ACCEPTING_BIT = 1 << len(VISIT_MODES)
PROFESSION_SHIFT = len(VISIT_MODES) + 1
LEVEL_BITS = 2
LEVEL_SHIFTS = {kind: LEVEL_BITS * place for place, kind in enumerate(Kind)}
ATTRS_SHIFT = LEVEL_BITS * len(Kind)


def attrs(profession_id: int, accepting: str, visits: Iterable[str]) -> int:
    """What does not age, in one number."""
    bits = sum(VISIT_BITS[mode] for mode in set(visits)) + (ACCEPTING_BIT if accepting == "yes" else 0)
    return profession_id << PROFESSION_SHIFT | bits


def level(signature: int, kind: Kind) -> int:
    """The level of a kind of fact in a signature."""
    return signature >> LEVEL_SHIFTS[kind] & (1 << LEVEL_BITS) - 1


def profession(signature: int) -> int:
    """The id of the profession in a signature."""
    return signature >> ATTRS_SHIFT + PROFESSION_SHIFT


def accepts(signature: int) -> bool:
    """Whether new patients are taken."""
    return bool(signature >> ATTRS_SHIFT & ACCEPTING_BIT)


def visits(signature: int, mode: str) -> bool:
    """Whether there is this way to visit."""
    return bool(signature >> ATTRS_SHIFT & VISIT_BITS[mode])


def best_of(signatures: Sequence[int]) -> int:
    """One signature for a person's practices: what does not age is the same, of each fact the highest level."""
    best = signatures[0] >> ATTRS_SHIFT << ATTRS_SHIFT
    return best + sum(max(level(s, kind) for s in signatures) << LEVEL_SHIFTS[kind] for kind in Kind)


def spoken(languages: Iterable[str]) -> str:
    """BCP 47 tags as one text in which " fr " finds French and " fr-" finds the French of some place."""
    return f" {' '.join(dict.fromkeys(tag.lower() for tag in languages))} "


def speaks(spoken_languages: str, tag: str) -> bool:
    """Whether such a text holds a language (lower case), or that language as some place speaks it."""
    return f" {tag} " in spoken_languages or f" {tag}-" in spoken_languages


def code_order(code: str) -> int:
    """A record code as a number that sorts like the code: NW-2222-22 is 0."""
    number = 0
    for letter in code.removeprefix("NW").replace("-", ""):
        number = number * len(CODE_LETTERS) + CODE_LETTERS.index(letter)
    return number
