"""The real server: what it writes down, and how much memory it takes."""

import os
import subprocess
from pathlib import Path
from urllib.request import urlopen

import pytest

from directory.app import create_app
from directory.config import ROOT
from tests.databases import fill, free_port, settings_for, wait_until

PAGES = ["/", "/fr/conditions/", "/questions/", "/search?near=Guelph%20ON&condition=neck%20pain", "/how-we-check"]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory):
    """The address, log and process of gunicorn on the demo world."""
    folder = tmp_path_factory.mktemp("served")
    url = f"sqlite:///{folder}/directory.db"
    fill(create_app(settings_for(url, folder)), "demo")
    port, log = free_port(), folder / "log"
    environ = os.environ | {"DATABASE_URL": url, "DATA_DIR": str(folder), "PORT": str(port), "SITE_URL": ""}
    command = [ROOT / ".venv" / "bin" / "gunicorn", "--config", "gunicorn.conf.py", "wsgi:app"]
    with log.open("w") as output:
        process = subprocess.Popen(command, cwd=ROOT, env=environ, stdout=output, stderr=output)
        wait_until(f"http://127.0.0.1:{port}/healthz")
        yield f"http://127.0.0.1:{port}", log, process
        process.terminate()
        process.wait(timeout=20)


def test_no_search_is_written_down(served):
    address, log, _ = served
    for path in ("/search?near=Canaryville&condition=canarypain", "/fr/search?near=Canaryville", "/x?q=Canaryville"):
        try:
            urlopen(address + path).close()
        except OSError:
            continue
    lines = log.read_text().lower()
    assert "/search" in lines
    assert "canary" not in lines


def test_a_worker_stays_below_200_mb(served):
    address, _, process = served
    for _ in range(20):
        for path in PAGES:
            urlopen(address + path).close()
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    used = [int(line.split()[1]) for child in children for line in _status(child) if line.startswith("VmRSS")]
    print(f"worker memory: {[round(kb / 1024) for kb in used]} MB")
    assert used
    assert max(used) < 200 * 1024


def _status(pid: str) -> list[str]:
    return Path(f"/proc/{pid}/status").read_text().splitlines()
