"""The real server on the demo world, as `make run` starts it."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from directory.app import create_app
from directory.config import ROOT
from directory.database import transaction
from tests import factories
from tests.databases import fill, free_port, settings_for, wait_until


@dataclass(frozen=True)
class Served:
    """Where it answers, what it has written so far, and which process is its parent."""

    address: str
    log: Path
    pid: int


@contextmanager
def serving(folder: Path) -> Iterator[Served]:
    """Fill a SQLite file in this folder, with one person more whom nobody may list, and let gunicorn serve it."""
    url = f"sqlite:///{folder}/directory.db"
    app = create_app(settings_for(url, folder))
    fill(app, "demo")
    with app.app_context(), transaction():
        factories.practitioner(visibility="unlisted", origin="import")
    port, log = free_port(), folder / "log"
    environ = os.environ | {"DATABASE_URL": url, "DATA_DIR": str(folder), "PORT": str(port), "SITE_URL": ""}
    command = [ROOT / ".venv" / "bin" / "gunicorn", "--config", "gunicorn.conf.py", "wsgi:app"]
    with log.open("w") as output, subprocess.Popen(command, cwd=ROOT, env=environ, stdout=output, stderr=output) as run:
        try:
            wait_until(f"http://127.0.0.1:{port}/healthz")
            yield Served(f"http://127.0.0.1:{port}", log, run.pid)
        finally:
            run.terminate()
            run.wait(timeout=20)
