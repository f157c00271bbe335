"""What every template may use."""

from flask import Flask, current_app, request
from jinja2 import StrictUndefined

from directory.web.locale import language_twins


def init_app(app: Flask) -> None:
    """Undefined names are errors, blocks leave no blank lines."""
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(absolute=absolute, canonical=canonical)
    app.context_processor(lambda: {"site_name": app.config["SETTINGS"].site_name})


def absolute(path: str) -> str:
    """The full address of a path of this site, for canonical links, mail and JSON-LD."""
    return str(current_app.config["SETTINGS"].site_url) + path


def canonical() -> dict[str, str]:
    """The full address of this page in each language, without its query string."""
    return {code: absolute(path.partition("?")[0]) for code, path in language_twins().items()} if request else {}
