"""Real databases for tests: a SQLite file or a PostgreSQL database, migrated once, put back after whoever wrote."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import event

from directory import config
from directory.app import create_app
from directory.database import db, transaction

DEBIAN = Path("/usr/lib/postgresql")


def free_port() -> int:
    """A port below those the kernel lends to clients."""
    for port in range(15_000 + os.getpid() % 1000 * 10, 32_000):
        with closing(socket.socket()) as probe:
            if probe.connect_ex(("127.0.0.1", port)) != 0:
                return port
    raise RuntimeError("no free port")


@dataclass(frozen=True)
class PostgresServer:
    """A cluster in a folder of its own, run by an ordinary user, gone with the tests."""

    port: int

    @staticmethod
    def binaries() -> Path | None:
        return max(DEBIAN.glob("*/bin"), default=None, key=lambda path: int(path.parent.name))

    @classmethod
    def is_installed(cls) -> bool:
        found = cls.binaries()
        return found is not None and (found / "initdb").exists()

    @classmethod
    @contextmanager
    def started(cls, folder: Path) -> Iterator["PostgresServer"]:
        """Make the cluster and run it. As root through `su postgres`: PostgreSQL refuses to run as root."""
        home = folder / "cluster"
        home.mkdir()
        for parent in (folder, *folder.parents):
            if parent.stat().st_uid == os.getuid() and parent != Path("/") and parent != Path("/tmp"):
                parent.chmod(parent.stat().st_mode | 0o111)
        port, log = free_port(), home / "log"
        if os.getuid() == 0:
            shutil.chown(home, "postgres")
        _as_user(f"{cls.binaries()}/initdb -D {home}/data -U tests -A trust -E UTF8 --locale=C.UTF-8 --no-sync")
        options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={home} -c fsync=off"
        _as_user(f"{cls.binaries()}/pg_ctl -D {home}/data -w -l {log} -o '{options}' start")
        try:
            yield cls(port)
        finally:
            _as_user(f"{cls.binaries()}/pg_ctl -D {home}/data -m immediate stop")

    def url(self, name: str) -> str:
        return f"postgresql://tests@127.0.0.1:{self.port}/{name}"

    def run(self, statement: str) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement)  # type: ignore[call-overload]


def _as_user(command: str) -> None:
    argv = ["su", "postgres", "-s", "/bin/sh", "-c", command] if os.getuid() == 0 else ["sh", "-c", command]
    done = subprocess.run(argv, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd="/", check=False)
    if done.returncode:
        raise RuntimeError(f"{command}\n{done.stdout}")


@dataclass
class Bank:
    """An app on a database in a known state, and the way back to that state."""

    app: Flask
    file: Path | None = None
    server: PostgresServer | None = None
    name: str = ""
    is_changed: bool = False

    def watch(self) -> None:
        """Notice the first commit, so that only a test that wrote pays for the way back."""
        with self.app.app_context():
            event.listen(db.engine, "commit", self._note)

    def _note(self, connection: object) -> None:
        self.is_changed = True

    def restore(self) -> None:
        """Put the database back as it was."""
        if not self.is_changed:
            return
        with self.app.app_context():
            db.engine.dispose()
        if self.file is not None:
            for ending in ("-wal", "-shm"):
                Path(f"{self.file}{ending}").unlink(missing_ok=True)
            shutil.copyfile(f"{self.file}.kept", self.file)
        elif self.server is not None:
            self.server.run(f'DROP DATABASE "{self.name}" WITH (FORCE)')
            self.server.run(f'CREATE DATABASE "{self.name}" TEMPLATE "{self.name}_kept"')
        self.is_changed = False


def open_bank(level: str, folder: Path, server: PostgresServer | None) -> Bank:
    """An app on a fresh database, migrated, and filled as far as the level says: empty, catalog, demo."""
    if server is None:
        file = folder / f"{level}.db"
        app = create_app(settings_for(f"sqlite:///{file}", folder))
        fill(app, level)
        shutil.copyfile(file, f"{file}.kept")
        bank = Bank(app, file=file)
    else:
        server.run(f'CREATE DATABASE "{level}_kept"')
        making = create_app(settings_for(server.url(f"{level}_kept"), folder))
        fill(making, level)
        server.run(f'CREATE DATABASE "{level}" TEMPLATE "{level}_kept"')
        bank = Bank(create_app(settings_for(server.url(level), folder)), server=server, name=level)
    bank.watch()
    return bank


def settings_for(database_url: str, folder: Path) -> config.Settings:
    """Settings as the environment would give them, for this database alone."""
    return config.from_environment({"DATABASE_URL": database_url, "DATA_DIR": str(folder)})


def fill(app: Flask, level: str) -> None:
    """Migrate the app's database and load what the level asks for; no connection stays open."""
    from directory.seed import actions

    with app.app_context():
        upgrade()
        if level in {"catalog", "demo"}:
            with transaction():
                actions.seed_catalog()
        if level == "demo":
            with transaction():
                actions.seed_demo()
        db.session.remove()
        if db.engine.dialect.name == "sqlite":
            with db.engine.connect() as connection:
                connection.exec_driver_sql("COMMIT")
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
                connection.exec_driver_sql("BEGIN")
        db.engine.dispose()


def wait_until(answers: str, seconds: float = 30) -> None:
    """Wait for a server on this machine to answer an address."""
    from urllib.error import URLError
    from urllib.request import urlopen

    end = time.monotonic() + seconds
    while True:
        try:
            urlopen(answers, timeout=2).close()
        except (URLError, OSError):
            if time.monotonic() > end:
                raise
            time.sleep(0.1)
        else:
            return
