"""English and French: the French twin of every page has the same path below /fr."""

from collections.abc import Iterable
from datetime import date, time
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_currency, format_decimal
from flask import Flask, has_request_context, request
from flask_babel import Babel, get_locale

from directory import clock

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

LANGUAGES = {"en": "en_CA", "fr": "fr_CA"}
MACHINE_PATHS = (
    *("/api/", "/fhir/", "/assets/", "/log/", "/badge/"),
    *("/healthz", "/readyz", "/robots.txt", "/sitemap.xml", "/.well-known/"),
)
DATE_PATTERN = "d MMM y"
SHORT_DATE_PATTERN = "d MMM"
NBSP = "\N{NO-BREAK SPACE}"
_QUERY_SAFE = "%/?:@!$&'()*+,;=-._~"


class FrenchTwin:
    """WSGI: moves a leading /fr from the path to the script name, so that every link made below stays below it."""

    def __init__(self, app: "WSGIApplication") -> None:
        self.app = app

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if (path == "/fr" or path.startswith("/fr/")) and not is_machine_path(path[3:]):
            environ["SCRIPT_NAME"] = environ.get("SCRIPT_NAME", "") + "/fr"
            environ["PATH_INFO"] = path[3:] or "/"
            environ["directory.language"] = "fr"
        return self.app(environ, start_response)


def is_machine_path(path: str) -> bool:
    """Whether an address is for programs: these have no French twin."""
    return path.startswith(MACHINE_PATHS)


def language() -> str:
    """The language of the page being made: "en" or "fr"."""
    return str(request.environ.get("directory.language", "en")) if has_request_context() else "en"


def in_language(row: Any, field: str) -> Any:
    """The text of a catalogue row, or of a document's body, in the page's language: field_en or field_fr."""
    name = f"{field}_{language()}"
    return row[name] if isinstance(row, dict) else getattr(row, name)


def init_app(app: Flask) -> None:
    """Translations, and what templates need to speak a language."""
    app.config.setdefault("BABEL_TRANSLATION_DIRECTORIES", str(app.root_path) + "/translations")
    Babel(app, locale_selector=lambda: LANGUAGES[language()])
    app.wsgi_app = FrenchTwin(app.wsgi_app)  # type: ignore[method-assign]
    app.jinja_env.globals.update(language=language, in_language=in_language, language_twins=language_twins)
    app.jinja_env.filters.update(day=day, short_day=short_day, hour=hour, language_name=language_name)
    app.jinja_env.filters.update(km=km, number=number, dollars=dollars)


def language_twins() -> dict[str, str]:
    """The path of this same page in each language, query string included."""
    query = f"?{quote(request.query_string, safe=_QUERY_SAFE)}" if request.query_string else ""
    root = request.root_path.removesuffix("/fr") if language() == "fr" else request.root_path
    path = quote(request.path)
    return {"en": f"{root}{path}{query}", "fr": f"{root}/fr{path}{query}"}


def day(value: date) -> str:
    """12 Nov 2026, 12 nov. 2026; the parts never break apart."""
    return _date(value, DATE_PATTERN)


def short_day(value: date) -> str:
    """12 Nov, 12 nov.; with its year when that is not the one it is now."""
    return _date(value, SHORT_DATE_PATTERN if value.year == clock.now().year else DATE_PATTERN)


def _date(value: date, pattern: str) -> str:
    text = str(format_date(value, pattern, locale=get_locale())).replace(" ", NBSP)
    return f"1er{text[1:]}" if language() == "fr" and value.day == 1 else text


def hour(value: time) -> str:
    """8 am and 6:30 pm, 8 h and 18 h 30."""
    if language() == "fr":
        return f"{value.hour}{NBSP}h" + (f"{NBSP}{value.minute:02}" if value.minute else "")
    minutes = f":{value.minute:02}" if value.minute else ""
    return f"{value.hour % 12 or 12}{minutes}{NBSP}{'am' if value.hour < 12 else 'pm'}"


def language_name(tag: str) -> str:
    """A BCP 47 tag as a word in the page's language: French, français; the tag itself when nobody knows it."""
    names = Locale.parse(LANGUAGES[language()]).languages
    return str(names.get(tag.replace("-", "_")) or names.get(tag.partition("-")[0]) or tag)


def number(value: float) -> str:
    """1,234.5 or 1 234,5."""
    return str(format_decimal(value, locale=get_locale()))


def km(value: float) -> str:
    """A distance as people say it: one decimal below 10 km, none above."""
    rounded = round(value, 1) if value < 9.95 else round(value)
    return f"{number(rounded)}{NBSP}km"


def dollars(cents: int, currency: str = "CAD") -> str:
    """$125 or 125 $; cents only where there are any."""
    pattern = None if cents % 100 else ("¤#,##0" if get_locale().language == "en" else "#,##0\N{NO-BREAK SPACE}¤")
    text = format_currency(cents / 100, currency, pattern, locale=get_locale(), currency_digits=bool(cents % 100))
    return text.replace("US$", "$").replace("CA$", "$").replace("$\N{NO-BREAK SPACE}US", "$")
