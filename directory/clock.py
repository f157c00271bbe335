"""The only reader of the clock. Tests freeze time; nothing else asks what time it is."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo


def now() -> datetime:
    """This instant, in UTC."""
    return datetime.now(UTC)


def today(time_zone: str) -> date:
    """The date it is now in an IANA time zone such as America/Toronto."""
    return now().astimezone(ZoneInfo(time_zone)).date()
