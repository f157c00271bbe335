"""How a typed word is compared with the names of conditions; pure."""

import re

from directory import words

LONGEST = 200
_ENGLISH = "a an the my your in of on at to from with and or is i have"
_FRENCH = "le la les un une des de du au aux mon ma mes ton ta tes votre vos en dans sur avec et ou j ai"
SMALL_WORDS = frozenset(f"{_ENGLISH} {_FRENCH}".split())
_PAIN = ("pains", "sore", "hurt", "hurts", "hurting", "painful", "aching", "ache", "aches")
_MAL = ("maux", "douleur", "douleurs", "douloureux", "douloureuse")
_BETWEEN = re.compile(r" (?:or|and|ou|et) ")
SAME_MEANING = dict.fromkeys(_PAIN, "pain") | dict.fromkeys(_MAL, "mal")


def folded(text: str) -> str:
    """Typed text made comparable, cut to a length no real word exceeds."""
    return words.fold(text[:LONGEST])


def key(text: str) -> str:
    """The words that matter, singular and in one order: "pain in my necks" and "neck pain" have the same key."""
    parts: set[str] = set()
    for word in folded(text).split():
        if word in SMALL_WORDS:
            continue
        meaning = SAME_MEANING.get(word, word)
        if meaning == word and word.removesuffix("s").endswith("ache") and len(word) > 5:
            parts |= {word.removesuffix("s").removesuffix("ache"), "pain"}
        else:
            parts.add(_singular(meaning))
    return " ".join(sorted(parts))


def likely_keys(text: str) -> list[str]:
    """What typed text may mean, the plainest first: itself, its key, and, for a part of the body, pain there."""
    return [folded(text), *dict.fromkeys((key(text), key(f"{text[:LONGEST]} pain"), key(f"{text[:LONGEST]} mal")))]


def core(text: str) -> str:
    """The key without the word for pain: what tells one complaint from another."""
    return " ".join(word for word in key(text).split() if word not in {"pain", "mal"})


def begins_like(typed: str, name: str) -> bool:
    """Whether every typed word begins some word of a name: "plant fasc" and "plantar fasciitis". Both folded."""
    names = name.split()
    return all(any(part.startswith(word) for part in names) for word in typed.split())


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word[-1] in "sx" and not word.endswith(("ss", "is", "us")) else word


def looser_forms(name: str) -> set[str]:
    """Other ways to type a name: its key, without or within its brackets, and each side of "or" or "and".

    "Jaw pain (TMJ)" is also "jaw pain" and "tmj". A form that says no more than "pain" is left out.
    """
    before, _, within = name.partition("(")
    parts = [name, before, *_BETWEEN.split(before), *within.rstrip(") ").split(",")]
    return {form for part in parts for form in (folded(part), key(part)) if core(part)}
