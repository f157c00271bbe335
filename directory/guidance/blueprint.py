"""The one blueprint on which every page of this room is registered."""

from flask import Blueprint

blueprint = Blueprint("guidance", __name__)
