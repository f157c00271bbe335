"""What a page may make of a stored text: an address to follow, a number to call, hours to read; pure."""

import re
from datetime import date, time
from urllib.parse import urlsplit

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_CLOCK = re.compile(r"([01]\d|2[0-3]):([0-5]\d)")
Hours = list[tuple[time, time]]


def web_address(text: str | None) -> str | None:
    """The text when it is an http(s) address a reader may follow, else None: no scripts, no hidden user names."""
    if not text or any(c.isspace() or not c.isprintable() for c in text):
        return None
    try:
        parts = urlsplit(text)
        named = bool(parts.hostname) and "@" not in parts.netloc
    except ValueError:
        return None
    return text if named and parts.scheme in {"http", "https"} else None


def phone_address(text: str | None) -> str | None:
    """The tel: address of a printed North American number; None when it cannot be dialled."""
    if not text:
        return None
    number, _, extension = re.sub(r"(?i)\s*(?:ext\.?|poste|x)\s*(?=\d)", ";", text, count=1).partition(";")
    digits = re.sub(r"\D", "", number)
    if not digits.isascii() or len(digits) not in {10, 11} or (len(digits) == 11 and digits[0] != "1"):
        return None
    tail = re.sub(r"\D", "", extension)
    return f"tel:+1{digits[-10:]}" + (f";ext={tail}" if tail.isascii() and tail else "")


def week(hours: object) -> dict[str, Hours]:
    """Stored hours by day, those of each day in order; what cannot be read is left out."""
    stored = hours if isinstance(hours, dict) else {}
    return {day: spans for day in DAYS if (spans := _spans(stored.get(day)))}


def day_of(today: date) -> str:
    return DAYS[today.weekday()]


def initials(given_name: str, family_name: str) -> str:
    """One letter of each name, for the disc beside it."""
    return "".join(name.strip()[:1].upper() for name in (given_name, family_name))


def _spans(stored: object) -> Hours:
    if not isinstance(stored, list):
        return []
    pairs = [pair for pair in stored if isinstance(pair, list) and len(pair) == 2]
    read = [(_clock(start), _clock(end)) for start, end in pairs]
    return sorted((start, end) for start, end in read if start is not None and end is not None and start < end)


def _clock(text: object) -> time | None:
    match = _CLOCK.fullmatch(text) if isinstance(text, str) else None
    return time(int(match[1]), int(match[2])) if match else None
