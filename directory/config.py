"""Settings, read once from the environment. Production refuses to start without a secret."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
LOOPBACK = {"127.0.0.1", "localhost", "::1"}


class ConfigError(RuntimeError):
    """A setting is missing or makes no sense; its text says which and what to do."""


@dataclass(frozen=True)
class Settings:
    """What the environment says; every field is documented in README.md. What is secret is not in its repr."""

    database_url: str = field(repr=False)
    data_dir: Path
    secret_key: str = field(repr=False)
    site_name: str
    site_url: str
    mail_url: str = field(repr=False)
    geocoder: str
    production: bool


def from_environment(environ: Mapping[str, str] = os.environ) -> Settings:
    """Settings from the environment. Raises ConfigError.

    The site counts as production when SITE_URL names a host that is not this machine.
    """
    data_dir = Path(environ.get("DATA_DIR") or ROOT / "instance")
    site_url = (environ.get("SITE_URL") or f"http://127.0.0.1:{environ.get('PORT') or 8000}").rstrip("/")
    scheme, host = _scheme_and_host(site_url)
    production = host not in LOOPBACK
    if production and scheme != "https":
        raise ConfigError("SITE_URL must begin with https:// on a public site.")
    secret = environ.get("SECRET_KEY", "")
    if production and len(secret) < 32:
        raise ConfigError("SECRET_KEY must be set, to 32 characters or more, on a public site.")
    return Settings(
        database_url=_database_url(environ.get("DATABASE_URL", ""), data_dir),
        data_dir=data_dir,
        secret_key=secret or _kept_secret(data_dir),
        site_name=environ.get("SITE_NAME") or "Needlewise",
        site_url=site_url,
        mail_url=environ.get("MAIL_URL") or "console:",
        geocoder=environ.get("GEOCODER") or "offline",
        production=production,
    )


def _scheme_and_host(url: str) -> tuple[str, str]:
    """The scheme and the host of a web address that has no other part but a port. Raises ConfigError."""
    try:
        parts = urlsplit(url)
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        parts, port = urlsplit(""), ""
    host = parts.hostname or ""
    whole = {f"{scheme}://{name}{port}" for scheme in ("http", "https") for name in (host, f"[{host}]")}
    if not host or url.lower() not in whole:
        raise ConfigError(f"SITE_URL must be an address such as https://example.org, not {url!r}.")
    return parts.scheme, host


def _database_url(url: str, data_dir: Path) -> str:
    """A SQLAlchemy address: SQLite below data_dir by default; PostgreSQL always through psycopg."""
    if not url:
        data_dir.mkdir(parents=True, exist_ok=True)
        return f"sqlite:///{(data_dir / 'directory.db').resolve()}"
    scheme, separator, rest = url.partition("://")
    if scheme in {"postgres", "postgresql"}:
        return f"postgresql+psycopg{separator}{rest}"
    if scheme not in {"sqlite", "postgresql+psycopg"}:
        raise ConfigError("DATABASE_URL must begin with sqlite:// or postgresql://.")
    return url


def _kept_secret(data_dir: Path) -> str:
    """A secret of this machine's own, made once, so that a developer's sessions outlive a restart."""
    data_dir.mkdir(parents=True, exist_ok=True)
    path = data_dir / "secret_key"
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text()
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(48))
    return path.read_text()
