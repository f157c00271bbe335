"""Loading jurisdictions and regulators from their files."""

from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import select

from directory.catalog.actions import Written, write
from directory.catalog.contents import Node, only_once, read
from directory.catalog.models import Profession
from directory.catalog.readers import Row
from directory.database import db
from directory.jurisdictions.models import Jurisdiction, Regulator

FOLDER = Path(__file__).parent / "data"
COUNTRIES = ("CA", "US")
KINDS = ("province", "territory", "state", "district")
CONFIDENCE = ("A", "B", "C", "unverified")


def load(*, folder: Path = FOLDER) -> dict[str, Written]:
    """Bring jurisdictions and regulators to what the files say. Raises ContentError before anything is written.

    Professions are loaded before. A jurisdiction is never removed: addresses and licences stand on it.
    """
    places = _jurisdictions(read(folder, "jurisdictions.json"))
    professions = set(db.session.scalars(select(Profession.slug)))
    regulators = _regulators(read(folder, "regulators.json"), {row["code"] for row in places}, professions)
    written = {"jurisdictions": write(Jurisdiction, places, key=("code",), keep=True)}
    db.session.flush()
    return written | {"regulators": write(Regulator, regulators, key=("slug",))}


def _jurisdictions(file: Node) -> list[Row]:
    nodes = file.get("jurisdictions").items()
    only_once(nodes, "code")
    return [
        {
            "code": n.get("code").text(),
            **n.twins("name"),
            "country": n.get("country").one_of(COUNTRIES, "country"),
            "kind": n.get("kind").one_of(KINDS, "kind of place"),
            "time_zone": _zone(n.get("time_zone")),
            "time_zones": [_zone(zone) for zone in n.get("time_zones").items()],
        }
        for n in nodes
    ]


def _regulators(file: Node, places: set[str], professions: set[str]) -> list[Row]:
    """Rows of regulators; advice in one language only, and notes, stay in the file."""
    nodes = file.get("regulators").items()
    only_once(nodes, "id")
    return [
        {
            "slug": n.get("id").text(),
            "jurisdiction_code": n.get("jurisdiction").one_of(places, "jurisdiction"),
            "profession_slug": n.get("profession").one_of(professions, "profession"),
            "name_en": n.get("name_en").text(),
            **{key: n.get(key).maybe_text() for key in ("name_fr", "short_name", "website", "register_url", "source")},
            "checked_on": n.get("checked_on").maybe_day(),
            "confidence": n.get("confidence").one_of(CONFIDENCE, "degree of confidence"),
            "details": {
                "former_names": n.get("former_names").texts(),
                "name_since": n.get("name_since").maybe_text(),
                "how_to_check": n.get("how_to_check").get("method").text(),
            },
        }
        for n in nodes
    ]


def _zone(node: Node) -> str:
    try:
        return ZoneInfo(node.text()).key
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise node.fault(f"{node.value!r} is not a time zone") from error
