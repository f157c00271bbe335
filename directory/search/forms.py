"""The fields of a search, and words for what could not be read."""

from urllib.parse import urlencode

from flask import url_for
from flask_babel import gettext

from directory.catalog.models import Condition
from directory.search.criteria import MOST_LANGUAGES, Criteria, Problem, plain
from directory.web.locale import in_language, number

RADII = (5, 10, 25, 50, 100, 200, 500)


def address(criteria: Criteria, **changes: object) -> str:
    """The address of the page of a search, or of one that differs in some fields."""
    query = urlencode(criteria.query(**changes))
    return url_for("search.results") + (f"?{query}" if query else "")


def hidden_fields(criteria: Criteria, *shown: str) -> list[tuple[str, str]]:
    """What a form must carry along besides the fields it shows; always begins at the first page."""
    return [(name, value) for name, value in criteria.query(page=1) if name not in shown]


def radii(criteria: Criteria) -> list[tuple[str, float, bool]]:
    """The choices of a radius as value, km and whether it is the one; also one that is not usual."""
    return [(plain(km), km, km == criteria.within) for km in sorted({*map(float, RADII), criteria.within})]


def name_of(condition: Condition) -> str:
    """The name of a condition in the page's language."""
    return str(in_language(condition, "name"))


def problem_words(problem: Problem) -> str:
    """What is wrong with a field, and what would be right."""
    low, high = number(problem.low), number(problem.high)
    words = {
        "range": gettext("Give a number from %(low)s to %(high)s.", low=low, high=high),
        "long": gettext("This is too long. Use at most %(high)s letters.", high=high),
        "both": gettext("Give both a latitude and a longitude."),
        "choice": gettext("There is no such choice."),
        "fact": gettext("Ask for a fact and its proof, such as licence:confirmed."),
        "language": gettext("Give up to %(most)s language codes, such as fr.", most=MOST_LANGUAGES),
    }
    return str(words[problem.key])
