"""A geocoder elsewhere that hangs, fails and lies: the answer from here stands, and is quick."""

import json
import logging
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import time_machine
from flask import Flask

from directory.app import create_app
from directory.config import ConfigError, from_environment
from directory.places import online
from directory.places.geocode import EXTENSION, locate
from directory.places.online import GeocoderSettingError, OnlineGeocoder, configured

ADDRESS = "212 Gordon Street, Guelph, ON"
GUELPH = {"lat": "43.5400", "lon": "-80.2400", "display_name": "somewhere"}


class Service:
    """A local stand-in for Nominatim that answers as told and remembers what it was asked."""

    def __init__(self) -> None:
        self.answer: Callable[[BaseHTTPRequestHandler], None] = say([GUELPH])
        self.asked: list[str] = []
        self.agents: list[str | None] = []
        self.finished = threading.Event()
        service = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                service.asked.append(self.path)
                service.agents.append(self.headers["User-Agent"])
                service.answer(self)

            def log_message(self, *args: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    @property
    def setting(self) -> str:
        return f"nominatim?scheme=http&domain=127.0.0.1:{self.server.server_port}"

    def geocoder(self, *, seconds: float = 2, pause: float = 0) -> OnlineGeocoder:
        geocoder = configured(self.setting, user_agent="test", seconds=seconds, pause=pause)
        assert geocoder is not None
        return geocoder

    def hang(self, request: BaseHTTPRequestHandler) -> None:
        self.finished.wait(20)

    def drip(self, request: BaseHTTPRequestHandler) -> None:
        """A byte now and then: no timeout of a socket ends this."""
        request.send_response(200)
        request.end_headers()
        while not self.finished.wait(0.05):
            request.wfile.write(b" ")
            request.wfile.flush()


def say(body: Any, status: int = 200) -> Callable[[BaseHTTPRequestHandler], None]:
    def answer(request: BaseHTTPRequestHandler) -> None:
        text = body if isinstance(body, bytes) else json.dumps(body).encode()
        request.send_response(status)
        request.send_header("Content-Length", str(len(text)))
        request.end_headers()
        request.wfile.write(text)

    return answer


@pytest.fixture
def service() -> Iterator[Service]:
    service = Service()
    yield service
    service.finished.set()
    service.server.shutdown()
    service.server.server_close()


@pytest.fixture
def site(service: Service) -> Iterator[Flask]:
    """An app whose geocoder is the service; nothing of it needs a database."""
    app = Flask("site")
    app.extensions[EXTENSION] = service.geocoder(seconds=0.3)
    with app.app_context():
        yield app


def test_an_address_is_placed_by_the_service(service: Service, site: Flask):
    place = locate(ADDRESS).place
    assert place is not None
    assert (place.label, place.lat, place.lon, place.precision) == ("Guelph, Ontario", 43.54, -80.24, "address")
    assert len(service.asked) == 1


def test_a_name_unknown_here_is_placed_by_the_service(service: Service, site: Flask):
    place = locate("Zzqqxx Corners, ON").place
    assert place is not None
    assert (place.label, place.lat, place.precision) == ("Guelph, Ontario", 43.54, "town")


@pytest.mark.parametrize(
    "typed", ["Guelph", "N1G 2W1", "Portland", "100 Main Street, Portland", "Ontario", "", "99999"]
)
def test_what_is_known_or_asked_about_here_is_sent_to_nobody(service: Service, site: Flask, typed: str):
    locate(typed)
    assert service.asked == []


def test_an_answer_is_kept_in_memory_and_not_asked_for_twice(service: Service, site: Flask):
    assert locate(ADDRESS) == locate(ADDRESS.upper()) == locate(f" {ADDRESS} ")
    assert len(service.asked) == 1


def test_the_memory_is_bounded(service: Service, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(online, "KEPT", 3)
    geocoder = service.geocoder()
    for number in (1, 2, 3, 4, 4, 1):
        geocoder.point(f"{number} Street")
    assert len(service.asked) == 5
    assert len(geocoder._kept) == 3


@pytest.mark.parametrize(
    "answer",
    [
        say([{"lat": "0", "lon": "0", "display_name": "null island"}]),
        say([{"lat": "48.8566", "lon": "2.3522", "display_name": "Paris"}]),
        say([{"lat": "45.52", "lon": "-122.67", "display_name": "far from the town that was typed"}]),
        say([{"lat": "1e999", "lon": "nan", "display_name": "x"}]),
        say([{"lat": "91", "lon": "200", "display_name": "x"}]),
        say([{"lat": None, "lon": [], "display_name": {}}]),
        say([{}]),
        say([]),
        say([None]),
        say({"error": "no"}),
        say({"lat": "43"}),
        say("words"),
        say(7),
        say(b""),
        say(b"\x00\xff\xfe garbage"),
        say(b"<html>busy</html>"),
        say([GUELPH], 500),
        say([GUELPH], 503),
        say([GUELPH], 429),
        say([GUELPH], 403),
        lambda request: request.connection.close(),
    ],
)
def test_a_failure_or_an_odd_answer_leaves_the_answer_from_here(
    service: Service, site: Flask, answer: Callable[[BaseHTTPRequestHandler], None]
):
    service.answer = answer
    for typed in (ADDRESS, "Zzqqxx Corners, ON"):
        here = Flask("offline")
        with here.app_context():
            expected = locate(typed)
        assert locate(typed) == expected
    assert service.asked


@pytest.mark.parametrize("slowly", ["hang", "drip"])
def test_a_service_that_hangs_is_left_and_not_asked_again_for_a_while(service: Service, site: Flask, slowly: str):
    service.answer = getattr(service, slowly)
    start = time.perf_counter()
    place = locate(ADDRESS).place
    assert time.perf_counter() - start < 2
    assert place is not None
    assert place.precision == "town"
    start = time.perf_counter()
    for number in range(50):
        assert locate(f"{number} Gordon Street, Guelph, ON").place
    assert time.perf_counter() - start < 0.5
    assert len(service.asked) == 1


def test_a_service_is_asked_again_after_its_rest(service: Service):
    geocoder = service.geocoder()
    service.answer = say([GUELPH], 500)
    with time_machine.travel("2026-11-21T12:00:00Z", tick=False) as clock:
        assert geocoder.point("1 Gordon Street") is None
        service.answer = say([GUELPH])
        clock.shift(59)
        assert geocoder.point("1 Gordon Street") is None
        clock.shift(2)
        assert geocoder.point("1 Gordon Street") == (43.54, -80.24)
    assert len(service.asked) == 2


def test_one_question_at_a_time(service: Service):
    geocoder = service.geocoder(seconds=5)
    service.answer = service.hang
    waiting = threading.Thread(target=geocoder.point, args=("1 Gordon Street",))
    waiting.start()
    while not service.asked:
        time.sleep(0.01)
    start = time.perf_counter()
    assert geocoder.point("2 Gordon Street") is None
    assert time.perf_counter() - start < 0.2
    service.finished.set()
    waiting.join()
    assert len(service.asked) == 1


def test_questions_keep_their_distance(service: Service):
    geocoder = service.geocoder(pause=0.3)
    start = time.perf_counter()
    assert geocoder.point("1 Gordon Street") == geocoder.point("2 Gordon Street") == (43.54, -80.24)
    assert time.perf_counter() - start >= 0.3


def test_what_was_asked_is_in_no_log(service: Service, site: Flask, caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.DEBUG)
    configured(service.setting, user_agent="test")
    for answer in (say([GUELPH]), say([GUELPH], 500), say(b"garbage")):
        service.answer = answer
        site.extensions[EXTENSION] = service.geocoder()
        locate("212 Canary Street, Guelph, ON")
    assert service.asked
    assert "resting" in caplog.text
    assert "anary" not in caplog.text
    assert "uelph" not in caplog.text


def test_geocoder_names_any_of_geopys_with_its_options(service: Service):
    geocoder = configured(service.setting, user_agent="Needlewise (https://example.org)")
    assert geocoder is not None
    assert geocoder.point("212 Gordon Street") == (43.54, -80.24)
    assert service.agents == ["Needlewise (https://example.org)"]
    assert configured("photon", user_agent="test") is not None
    assert configured("offline", user_agent="test") is None


@pytest.mark.parametrize(
    "setting", ["nonsense", "", "nominatim?colour=red", "offline?x=1", "opencage", "nominatim?scheme=gopher"]
)
def test_a_setting_that_names_no_geocoder_is_refused(setting: str):
    with pytest.raises(GeocoderSettingError, match="GEOCODER"):
        configured(setting, user_agent="test")


def test_the_site_does_not_start_with_a_geocoder_that_is_none(tmp_path: Path):
    settings = from_environment({"DATA_DIR": str(tmp_path), "GEOCODER": "nonsense"})
    with pytest.raises(ConfigError, match="GEOCODER"):
        create_app(settings)


def test_the_site_asks_nobody_unless_told(tmp_path: Path):
    settings = from_environment({"DATA_DIR": str(tmp_path)})
    assert EXTENSION not in create_app(settings).extensions
    assert EXTENSION in create_app(replace(settings, geocoder="photon")).extensions
