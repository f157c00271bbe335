"""What every test may ask for: the real app on both databases, strict pages, the real files beside the project."""

import os
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import html5lib
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event
from werkzeug.test import TestResponse

from directory.config import ROOT
from directory.database import db
from tests.databases import Bank, PostgresServer, open_bank
from tests.servers import Served, serving

SHARED = ROOT.parent / "shared" / "data"
UNDER_CI = os.environ.get("CI") == "true"
LOOPBACK = {"127.0.0.1", "::1", "localhost", "0.0.0.0"}
_connect = socket.socket.connect


@pytest.fixture(scope="session", autouse=True)
def _no_outside() -> Iterator[None]:
    """A test that reaches for another machine fails."""

    def connect(self: socket.socket, address: Any) -> None:
        if self.family in {socket.AF_INET, socket.AF_INET6} and address[0] not in LOOPBACK:
            raise AssertionError(f"a test reached for {address[0]}")
        _connect(self, address)

    socket.socket.connect = connect  # type: ignore[method-assign]
    yield
    socket.socket.connect = _connect  # type: ignore[method-assign]


@pytest.fixture(scope="session")
def shared() -> Path:
    """The real files by others. Outside a checkout that has them beside it, their tests are skipped."""
    if not SHARED.is_dir():
        if UNDER_CI:
            pytest.fail("the shared files are missing beside the project")
        pytest.skip("the shared files are not beside this checkout")
    return SHARED


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A throw-away PostgreSQL cluster, in a folder that another run of pytest does not shut to its user."""
    if not PostgresServer.is_installed():
        if UNDER_CI:
            pytest.fail("PostgreSQL is not installed")
        pytest.skip("PostgreSQL is not installed: make system")
    with TemporaryDirectory(prefix="postgres-") as folder, PostgresServer.started(Path(folder)) as server:
        yield server


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def engine_name(request: pytest.FixtureRequest) -> str:
    """Whichever database this round of the tests is for."""
    return str(request.param)


@pytest.fixture(scope="session")
def banks(
    engine_name: str, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Callable[[str], Bank]:
    """Databases of this engine by what is in them: "empty", "catalog" or "demo"; each made once."""
    made: dict[str, Bank] = {}
    server = request.getfixturevalue("postgres") if engine_name == "postgresql" else None
    folder = tmp_path_factory.mktemp(engine_name)

    def bank(level: str) -> Bank:
        if level not in made:
            made[level] = open_bank(level, folder, server)
        return made[level]

    return bank


def _app_at(bank: Bank) -> Iterator[Flask]:
    with bank.app.app_context():
        yield bank.app
        db.session.remove()
    bank.restore()


@pytest.fixture
def app(banks: Callable[[str], Bank]) -> Iterator[Flask]:
    """The site on a migrated, empty database."""
    yield from _app_at(banks("empty"))


@pytest.fixture
def catalog(banks: Callable[[str], Bank]) -> Iterator[Flask]:
    """The site with its reference data."""
    yield from _app_at(banks("catalog"))


@pytest.fixture
def demo(banks: Callable[[str], Bank]) -> Iterator[Flask]:
    """The site with its reference data and the invented people."""
    yield from _app_at(banks("demo"))


class StrictClient(FlaskClient):
    """A test client that refuses a page whose markup a browser would have to mend."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        with self.application.app_context():  # each request its own, as on a server, whatever the test has open
            response = super().open(*args, **kwargs)
        is_page = response.mimetype == "text/html" and "Location" not in response.headers
        is_page = is_page and response.request.method != "HEAD"
        if is_page and "Content-Encoding" not in response.headers:
            check_markup(response.get_data(as_text=True))
        return response


def check_markup(page: str) -> None:
    """Raises html5lib's ParseError at the first fault."""
    html5lib.HTMLParser(strict=True).parse(page)


@pytest.fixture
def client(request: pytest.FixtureRequest) -> FlaskClient:
    """A client of the app this test asked for: demo, catalog, or else the empty one."""
    level = next((name for name in ("demo", "catalog") if name in request.fixturenames), "app")
    site: Flask = request.getfixturevalue(level)
    site.test_client_class = StrictClient
    return site.test_client()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """gunicorn on the demo world: its address, log and process."""
    with serving(tmp_path_factory.mktemp("server")) as served:
        yield served


@pytest.fixture(scope="session")
def live(server: Served) -> str:
    """The address of a real server on the demo world."""
    return server.address


@pytest.fixture
def count_statements() -> Callable[[], Any]:
    """`with count_statements() as statements:` gathers the SQL that the app in context sends."""

    @contextmanager
    def counting() -> Iterator[list[str]]:
        seen: list[str] = []

        def note(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
            if not statement.startswith(("BEGIN", "SAVEPOINT", "RELEASE")):
                seen.append(statement)

        event.listen(db.engine, "before_cursor_execute", note)
        try:
            yield seen
        finally:
            event.remove(db.engine, "before_cursor_execute", note)

    return counting
