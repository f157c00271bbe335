"""What a cell may hold, and the damage that has one sure reading; pure.

A check takes a cell's text without spaces around it and answers its value, or raises Bad with the reason. A value that
had to be repaired comes back as `Repaired`.
"""

import math
import re
import unicodedata
from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from directory.practitioners.rules import is_npi

Check = Callable[[str], Any]
SHOWN = 40
KEPT = 2000  # answers a column keeps
LONGEST = 5000  # characters; no column takes more, and no check reads more
_JOINERS = "\u200c\u200d"  # some scripts need them
_LOST = "\N{REPLACEMENT CHARACTER}"
_FLOAT = re.compile(r"([0-9]+)\.0+")
_SCIENTIFIC = re.compile(r"([0-9])\.([0-9]{9})E\+?0?9", re.IGNORECASE)
_NUMBER = re.compile(r"[+-]?[0-9]{1,6}(?:\.[0-9]{1,17})?")
_DAY = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})([ T]00:00(?::00(?:\.0+)?)?)?")
_TAG = re.compile(
    r"[a-z]{2,3}(?:-[a-z]{4})?(?:-(?:[a-z]{2}|[0-9]{3}))?(?:-(?:[0-9a-z]{5,8}|[0-9][0-9a-z]{3}))*", re.IGNORECASE
)
_PHONE = re.compile(r"\+?[0-9(][0-9 ().\-]*[0-9](?: ?(?:x|ext\.?|poste|#) ?[0-9]{1,6})?", re.IGNORECASE)
_EMAIL = re.compile(r"[^@\s<>\"(),:;\\\[\]]{1,64}@[^@\s<>\"(),:;\\\[\]]+\.[^@\s<>\"(),:;\\\[\].]{2,}")
_PLAIN_SITE = re.compile(r"https?://[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)+(?:/[A-Za-z0-9/_.\-]{0,200})?")
_HOST = re.compile(r"[\w\-]+(?:\.[\w\-]+)+")
_CANADIAN = re.compile(r"([ABCEGHJ-NPRSTVXY][0-9][ABCEGHJ-NPRSTV-Z])[ -]?([0-9][ABCEGHJ-NPRSTV-Z][0-9])", re.IGNORECASE)
_ZIP = re.compile(r"([0-9]{5})(?:-?([0-9]{4}))?")
_SHORT_ZIP = re.compile(r"[0-9]{4}(?:-?[0-9]{4})?")
_ZERO_STATES = frozenset("US-" + state for state in ("CT", "MA", "ME", "NH", "NJ", "RI", "VT"))
_LETTERS = {"A": "NL", "B": "NS", "C": "PE", "E": "NB", "R": "MB", "S": "SK", "T": "AB", "V": "BC", "Y": "YT"}
_PROVINCES: dict[str, tuple[str, ...]] = {letter: (f"CA-{province}",) for letter, province in _LETTERS.items()}
_PROVINCES |= dict.fromkeys("GHJ", ("CA-QC",)) | dict.fromkeys("KLMNP", ("CA-ON",)) | {"X": ("CA-NT", "CA-NU")}
_EARLIEST, _LATEST = date(1900, 1, 1), date(2200, 1, 1)
# Boxes around Canada and the United States: south, north, west, east; the last one is the tip of the Aleutians.
BOXES = {"CA": ((41.6, 83.2, -141.1, -52.5),), "US": ((18.8, 71.5, -180.0, -66.8), (51.0, 53.2, 172.3, 180.0))}


class Bad(ValueError):
    """A cell cannot be taken; the text is the reason, in words for whoever keeps the file."""


class Repaired(NamedTuple):
    """A value read from a damaged cell."""

    value: Any


class Column:
    """A column's check of whole cells. Answers are kept, up to a number, because columns repeat themselves."""

    def __init__(self, name: str, check: Check) -> None:
        self.name = name
        self._check = check
        self.kept: dict[str, Any] = {}

    def read(self, cell: str) -> Any:
        """A cell's value, as Repaired when it needed that (a blank: Repaired None), or the Bad that it raised."""
        try:
            text = clean(cell)
            value = self._check(text) if text else None
        except Bad as bad:
            return bad
        if text != cell and value.__class__ is not Repaired:
            value = Repaired(value)
        if len(self.kept) < KEPT:
            self.kept[cell] = value
        return value


def clean(cell: str) -> str:
    """The text of a cell: no spaces around it, one between words, accents composed. Raises Bad."""
    if cell.isascii() and cell.isprintable() and len(cell) <= LONGEST:
        return " ".join(cell.split()) if "  " in cell or cell[:1] == " " or cell[-1:] == " " else cell
    text = " ".join(cell.split())
    if len(text) > LONGEST:
        raise Bad(f"has {len(text):,} characters")
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    if not text.isprintable() and not all(c.isprintable() or c in _JOINERS for c in text):
        raise Bad("holds a character that cannot be printed")
    if _LOST in text:
        raise Bad("holds a character that was lost in an earlier conversion (\ufffd)")
    return text


def shown(text: str) -> str:
    """A cell's text as a reason quotes it."""
    return f"“{text}”" if len(text) <= SHOWN else f"“{text[:SHOWN]}…”"


def words(longest: int) -> Check:
    """Any text up to a number of characters."""

    def check(text: str) -> str:
        if len(text) > longest:
            raise Bad(f"has {len(text):,} characters; at most {longest} fit")
        return text

    return check


def name(longest: int) -> Check:
    """A name: text with a letter in it."""
    fits = words(longest)

    def check(text: str) -> str:
        fits(text)
        if not any(c.isalpha() for c in text):
            raise Bad(f"{shown(text)} has no letter")
        return text

    return check


def one_of(values: Collection[str]) -> Check:
    """A word of a closed list, in any case."""

    def check(text: str) -> str:
        word = text.lower()
        if word not in values:
            raise Bad(f"{shown(text)} is not one of {', '.join(values)}")
        return word

    return check


def listed(values: Mapping[str, Any], what: str, key: Callable[[str], str] = str) -> Check:
    """What a mapping has under the text; a value that is an exception says why a known key cannot be taken."""

    def check(text: str) -> Any:
        found = values.get(key(text))
        if found is None:
            raise Bad(f"{shown(text)} is not {what}")
        if isinstance(found, Bad):
            raise Bad(str(found))
        return found

    return check


def several(check_one: Check, most: int = 60) -> Check:
    """Values parted by semicolons, each once, in their order."""

    def check(text: str) -> tuple[Any, ...]:
        parts = [part for piece in text.split(";") if (part := piece.strip())]
        if len(parts) > most:
            raise Bad(f"names {len(parts):,} values; at most {most} fit")
        return tuple(dict.fromkeys(check_one(part) for part in parts))

    return check


def npi(text: str) -> Any:
    """A National Provider Identifier. Its check digit shows a slip, not that it was ever given out."""
    digits = text
    if match := _FLOAT.fullmatch(text):
        digits = match[1]
    elif match := _SCIENTIFIC.fullmatch(text):
        digits = match[1] + match[2]
    if not is_npi(digits):
        ten = len(digits) == 10 and digits.isascii() and digits.isdigit()
        raise Bad(f"{shown(text)} is not an NPI: " + ("its check digit is wrong" if ten else "it has ten digits"))
    return digits if digits == text else Repaired(digits)


def number(text: str) -> Any:
    """A decimal number; a decimal comma or a typographic minus has one sure reading."""
    plain = text.replace("\N{MINUS SIGN}", "-").replace(",", ".")
    if not _NUMBER.fullmatch(plain):
        raise Bad(f"{shown(text)} is not a number")
    value = float(plain)
    return value if plain == text else Repaired(value)


def hours(text: str) -> Any:
    """Hours of training: a number, not below 0."""
    value = number(text)
    if not 0 <= (value.value if isinstance(value, Repaired) else value) <= 20_000:
        raise Bad(f"{shown(text)} is not a number of hours")
    return value


def day(text: str) -> Any:
    """A date written YYYY-MM-DD; a midnight behind it is dropped."""
    match = _DAY.fullmatch(text)
    if match is None:
        raise Bad(f"{shown(text)} is not a date written YYYY-MM-DD")
    try:
        value = date.fromisoformat(match[1])
    except ValueError as error:
        raise Bad(f"{shown(text)} is not a day of the calendar") from error
    if not _EARLIEST <= value < _LATEST:
        raise Bad(f"{shown(text)} is too far away to be right")
    return Repaired(value) if match[2] else value


def phone(text: str) -> Any:
    """A telephone number of 10 to 15 digits, as it was written."""
    plain = match[1] if (match := _FLOAT.fullmatch(text)) else text
    digits = sum(c.isdigit() for c in re.split(r"[xep#]", plain, maxsplit=1, flags=re.IGNORECASE)[0])
    if not _PHONE.fullmatch(plain) or not 10 <= digits <= 15 or len(plain) > 40:
        raise Bad(f"{shown(text)} is not a telephone number with its area code")
    return plain if plain == text else Repaired(plain)


def email(text: str) -> str:
    """Something of the shape of an e-mail address."""
    if len(text) > 254 or not _EMAIL.fullmatch(text):
        raise Bad(f"{shown(text)} is not an e-mail address")
    return text


def website(text: str) -> str:
    """An address of the web, http or https, with no user name in it."""
    if _PLAIN_SITE.fullmatch(text):
        return text
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise Bad(f"{shown(text)} is not a web address") from error
    if parts.scheme not in {"http", "https"}:
        raise Bad(f"{shown(text)} does not begin with https:// or http://")
    if not _HOST.fullmatch(host) or "@" in parts.netloc or port == 0 or any(c in text for c in " <>\"'`\\{}|^"):
        raise Bad(f"{shown(text)} is not a web address")
    return words(300)(text)  # type: ignore[no-any-return]


def language(known: Collection[str]) -> Check:
    """A BCP 47 tag in its usual case (fr-CA, zh-Hant) whose language is a known one."""

    def check(text: str) -> str:
        if not _TAG.fullmatch(text):
            raise Bad(f"{shown(text)} is not a language tag such as en or fr-CA")
        first, *rest = text.lower().split("-")
        if first not in known:
            raise Bad(f"{shown(text)} names no known language")
        sized = {2: str.upper, 4: str.title}
        return "-".join([first, *(sized.get(len(part), str)(part) for part in rest)])

    return check


def postal_code(text: str, region: str | None, country: str | None) -> Any:
    """A Canadian postal code (K2S 1S9) or a ZIP (06511, 06511-2345) in its usual form.

    Digits that lost their zero get it back where the region, or nothing said against it, allows no other reading.
    """
    if match := _CANADIAN.fullmatch(text):
        return f"{match[1]} {match[2]}".upper()
    plain = match[1] if (match := _FLOAT.fullmatch(text)) else text
    if _SHORT_ZIP.fullmatch(plain):
        if country == "CA" or (region or "US-CT") not in _ZERO_STATES:
            raise Bad(f"{shown(text)} is not a postal code of {region or country}")
        plain = "0" + plain
    match = _ZIP.fullmatch(plain)
    if match is None:
        raise Bad(f"{shown(text)} is not a postal code or ZIP")
    written = f"{match[1]}-{match[2]}" if match[2] else match[1]
    return written if plain == text else Repaired(written)


def country_of_postal_code(code: str) -> str:
    """CA or US, for a code in its usual form."""
    return "CA" if code[0].isalpha() else "US"


def provinces_of_postal_code(code: str) -> tuple[str, ...]:
    """The provinces that the first letter of a Canadian code stands for; nothing for a ZIP."""
    return _PROVINCES.get(code[0], ())


def is_within(lat: float, lon: float, country: str | None) -> bool:
    """Whether a point may lie in a country (CA, US), or in either when that is None. Generous: these are boxes."""
    boxes = BOXES[country] if country else BOXES["CA"] + BOXES["US"]
    return math.isfinite(lat) and any(s <= lat <= n and w <= lon <= e for s, n, w, e in boxes)
