"""A geocoder elsewhere, when the operator names one: asked seldom and briefly, and never believed blindly.

What was asked is kept in memory only, and is neither logged nor stored.
"""

import logging
import math
import queue
import threading
from collections import OrderedDict
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl

from geopy.adapters import URLLibAdapter
from geopy.exc import GeopyError
from geopy.extra.rate_limiter import RateLimiter
from geopy.geocoders import get_geocoder_for_service
from geopy.geocoders.base import Geocoder

from directory import clock
from directory.words import fold

SECONDS = 2.0  # to wait for an answer
PAUSE_SECONDS = 1.0  # between two questions, for the whole site: what public services ask of an application
REST = timedelta(seconds=60)  # after a failure nobody is asked for this long
KEPT = 1000  # answers in memory
logger = logging.getLogger(__name__)

Point = tuple[float, float]


class GeocoderSettingError(ValueError):
    """GEOCODER names no geocoder, or gives it options it does not have."""


class OnlineGeocoder:
    """Any geopy geocoder behind a rate limit, a deadline, a rest after failures, and a bounded memory."""

    def __init__(self, geocoder: Geocoder, *, seconds: float = SECONDS, pause: float = PAUSE_SECONDS) -> None:
        self._ask = RateLimiter(geocoder.geocode, min_delay_seconds=pause, max_retries=0, swallow_exceptions=False)
        self._seconds = seconds
        self._deadline = seconds + pause
        self._asking = threading.Lock()
        self._kept: OrderedDict[str, Point | None] = OrderedDict()
        self._rests_until: datetime | None = None

    def point(self, text: str) -> Point | None:
        """Degrees of the likeliest answer. None when there is none, it is no place on earth, or nobody can be asked."""
        key = fold(text)
        if key in self._kept:
            return self._kept[key]
        if (self._rests_until and clock.now() < self._rests_until) or not self._asking.acquire(blocking=False):
            return None
        answers: queue.SimpleQueue[Point | Exception | None] = queue.SimpleQueue()
        threading.Thread(target=self._answer, args=(text, answers), daemon=True).start()
        try:
            answer = answers.get(timeout=self._deadline)
        except queue.Empty:
            answer = TimeoutError()
        if isinstance(answer, Exception):
            logger.warning("the geocoder gave no answer (%s); resting", type(answer).__name__)
            self._rests_until = clock.now() + REST
            return None
        self._kept[key] = answer
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        return answer

    def _answer(self, text: str, answers: "queue.SimpleQueue[Point | Exception | None]") -> None:
        """Ask, in a thread of its own: a service may send a byte a minute, and no socket timeout ends that."""
        try:
            answers.put(_checked(self._ask(text, timeout=self._seconds)))
        except Exception as error:  # noqa: BLE001  # adapters raise whatever a strange answer makes them raise
            answers.put(error)
        finally:
            self._asking.release()


def _checked(location: Any) -> Point | None:
    """The point of a geopy location. Raises ValueError when it is none on earth, or at 0, 0."""
    if location is None:
        return None
    lat, lon = float(location.latitude), float(location.longitude)
    if not (math.isfinite(lat) and math.isfinite(lon) and abs(lat) <= 90 and abs(lon) <= 180) or lat == lon == 0:
        raise ValueError("no point on earth")
    return lat, lon


def configured(
    setting: str, *, user_agent: str, seconds: float = SECONDS, pause: float = PAUSE_SECONDS
) -> OnlineGeocoder | None:
    """The geocoder that GEOCODER names: "offline" is None, "nominatim?domain=osm.example.org" is geopy's Nominatim
    with that option. Raises GeocoderSettingError."""
    if setting == "offline":
        return None
    name, _, options = setting.partition("?")
    fixed = {"user_agent": user_agent, "adapter_factory": URLLibAdapter}  # the same whatever else is installed
    try:
        geocoder = get_geocoder_for_service(name)(**(fixed | dict(parse_qsl(options))))
    except (GeopyError, TypeError) as error:
        raise GeocoderSettingError(f"GEOCODER: {name!r} with these options is no geocoder of geopy's.") from error
    for library in ("geopy", "urllib3"):  # they would write what was asked into a debug log
        logging.getLogger(library).setLevel(logging.WARNING)
    return OnlineGeocoder(geocoder, seconds=seconds, pause=pause)
