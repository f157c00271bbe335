"""The real server: what it writes down, and how much memory it takes."""

import os
import socket
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


def test_whatever_is_asked_takes_one_line_of_the_log(served):
    address, log, _ = served
    host, port = address.removeprefix("http://").split(":")
    requests = [b"GET /%0aCanary%1b%e9?near=canary HTTP/1.1", b"GET /?near=Canary ville HTTP/1.1", b"Canary"]
    requests += [b"GET /search?near=" + b"Canary" * 2000 + b" HTTP/1.1"]
    before = len(log.read_text().splitlines())
    for request in requests:
        with socket.create_connection((host, int(port))) as connection:
            connection.sendall(request + b"\r\nHost: x\r\nConnection: close\r\n\r\n")
            assert connection.recv(12).split()[1] in {b"400", b"404", b"414"}
    lines = [line.partition("] ")[2] for line in log.read_text().splitlines()[before:]]
    assert [line for line in lines if "anary" in line] == [line for line in lines if "GET /%0ACanary%1B%E9 404" in line]
    assert "127.0.0.1" not in "\n".join(lines)
    assert len([line for line in lines if "Invalid request" in line]) == 3


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
