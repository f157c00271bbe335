"""A real server on the demo world, and Debian's Chromium to look at it."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from directory.app import create_app
from directory.config import ROOT
from tests.conftest import UNDER_CI
from tests.databases import fill, free_port, settings_for, wait_until

QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of gunicorn serving the demo world from a SQLite file."""
    folder: Path = tmp_path_factory.mktemp("live")
    url = f"sqlite:///{folder}/directory.db"
    fill(create_app(settings_for(url, folder)), "demo")
    port = free_port()
    environ = os.environ | {"DATABASE_URL": url, "DATA_DIR": str(folder), "PORT": str(port), "SITE_URL": ""}
    gunicorn = ROOT / ".venv" / "bin" / "gunicorn"
    with (folder / "log").open("w") as log:
        server = subprocess.Popen(
            [gunicorn, "--config", "gunicorn.conf.py", "wsgi:app"], cwd=ROOT, env=environ, stdout=log, stderr=log
        )
        try:
            wait_until(f"http://127.0.0.1:{port}/healthz")
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(timeout=20)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all tests."""
    path = shutil.which("chromium")
    if path is None:
        if UNDER_CI:
            pytest.fail("Chromium is not installed")
        pytest.skip("Chromium is not installed: make system")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A fresh page, 1280 wide."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()
