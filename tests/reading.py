"""How hard an English text is to read: Flesch-Kincaid, the school year a reader needs.

Grade = 0.39 words a sentence + 11.8 syllables a word - 15.59 (Kincaid and others, 1975). Syllables are groups of
vowels without a silent e, which on plain words is within a few hundredths of a dictionary's count.
"""

import re
from collections.abc import Iterable


def syllables(word: str) -> int:
    count = len(re.findall(r"[aeiouy]+", word.lower()))
    silent = word.lower().endswith("e") and not word.lower().endswith(("le", "ee"))
    return max(1, count - silent)


def grade(sentences: list[str]) -> float:
    """The grade of a text given as its sentences."""
    words = [word for sentence in sentences for word in re.findall(r"[A-Za-z’]+", sentence)]
    return 0.39 * len(words) / len(sentences) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def sentences_of(texts: Iterable[str]) -> list[str]:
    """The whole sentences in these texts: labels and headings are not sentences."""
    return [part for text in texts for part in re.split(r"(?<=[.?!:])\s+", text) if part.endswith((".", "?"))]
