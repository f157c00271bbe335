"""The factory: reads like a list of what the site is made of."""

from flask import Flask
from flask_compress import Compress
from flask_migrate import Migrate
from flask_wtf import CSRFProtect

from directory import config, database, guidance, imports, places, profiles, search, seed
from directory.web import access, assets, errors, headers, locale, probes, templating, typed

ROOMS = (guidance, search, profiles)
TOOLS = (places, imports, seed)


def create_app(settings: config.Settings | None = None) -> Flask:
    """The site for these settings, or for those of the environment. Raises ConfigError."""
    settings = settings or config.from_environment()
    app = Flask("directory", template_folder=str(config.ROOT / "templates"), static_folder=None)
    app.config.update(
        COMPRESS_ALGORITHM=["br", "gzip"],
        COMPRESS_BR_LEVEL=4,
        MAX_CONTENT_LENGTH=1_000_000,
        MAX_FORM_MEMORY_SIZE=500_000,
        SECRET_KEY=settings.secret_key,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_PATH="/",
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.production,
        SETTINGS=settings,
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SQLALCHEMY_ENGINE_OPTIONS={"hide_parameters": True, "pool_pre_ping": True},
    )
    database.init_app(app)
    Migrate(app, database.db, directory=str(config.ROOT / "migrations"), compare_type=True, render_as_batch=True)
    CSRFProtect(app)
    Compress(app)
    locale.init_app(app)
    headers.init_app(app, production=settings.production)
    errors.init_app(app)
    access.init_app(app)
    typed.init_app(app)
    templating.init_app(app)
    assets.init_app(app, config.ROOT / "static")
    probes.init_app(app)
    for room in (*ROOMS, *TOOLS):
        room.init_app(app)
    return app
