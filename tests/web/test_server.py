"""The real server: what it writes down, and how much memory it takes."""

import socket
from pathlib import Path
from urllib.request import urlopen

PAGES = ["/", "/fr/conditions/", "/questions/", "/search?near=Guelph%20ON&condition=neck%20pain", "/how-we-check"]


def test_no_search_is_written_down(server):
    for path in ("/search?near=Canaryville&condition=canarypain", "/fr/search?near=Canaryville", "/x?q=Canaryville"):
        try:
            urlopen(server.address + path).close()
        except OSError:
            continue
    lines = server.log.read_text().lower()
    assert "/search" in lines
    assert "canary" not in lines


def test_whatever_is_asked_takes_one_line_of_the_log(server):
    host, port = server.address.removeprefix("http://").split(":")
    requests = [b"GET /%0aCanary%1b%e9?near=canary HTTP/1.1", b"GET /?near=Canary ville HTTP/1.1", b"Canary"]
    requests += [b"GET /search?near=" + b"Canary" * 2000 + b" HTTP/1.1"]
    before = len(server.log.read_text().splitlines())
    for request in requests:
        with socket.create_connection((host, int(port))) as connection:
            connection.sendall(request + b"\r\nHost: x\r\nConnection: close\r\n\r\n")
            answer = b"".join(iter(lambda: connection.recv(4096), b""))
        assert answer.split()[1] in {b"400", b"404", b"414"}
    lines = [line.partition("] ")[2] for line in server.log.read_text().splitlines()[before:]]
    assert [line for line in lines if "anary" in line] == [line for line in lines if "GET /%0ACanary%1B%E9 404" in line]
    assert "127.0.0.1" not in "\n".join(lines)
    assert len([line for line in lines if "Invalid request" in line]) == 3


def test_a_worker_stays_below_200_mb(server):
    for _ in range(20):
        for path in PAGES:
            urlopen(server.address + path).close()
    children = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split()
    used = [int(line.split()[1]) for child in children for line in _status(child) if line.startswith("VmRSS")]
    print(f"worker memory: {[round(kb / 1024) for kb in used]} MB")
    assert used
    assert max(used) < 200 * 1024


def _status(pid: str) -> list[str]:
    return Path(f"/proc/{pid}/status").read_text().splitlines()
