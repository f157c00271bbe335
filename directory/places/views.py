"""The address a page's script asks while a place is being typed."""

from dataclasses import asdict

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from directory.places.geocode import complete
from directory.places.rules import LONGEST
from directory.web.access import public

blueprint = Blueprint("places", __name__)
SHOWN = ("label", "lat", "lon", "precision")


@blueprint.get("/api/v1/places")
@public
def api() -> ResponseReturnValue:
    """Up to ten places for the text in `q`, at most 200 characters, in the language of `lang`: en or fr."""
    text = request.args.get("q", "").strip()
    if not 0 < len(text) <= LONGEST:
        return {"error": f"q must hold 1 to {LONGEST} characters"}, 422
    places = complete(text, language="fr" if request.args.get("lang") == "fr" else "en")
    return {"places": [{name: asdict(place)[name] for name in SHOWN} for place in places]}
