"""The credentials that a row of a roster states, each as columns of a claim, or which column to mend."""

from collections.abc import Callable
from typing import Any

from directory.imports.entries import Wrong
from directory.imports.known import Known

Values = dict[str, Any]
Cell = Callable[[str], Any]


def claims(values: Values, region: str, known: Known) -> list[dict[str, Any]]:
    """Licence, permission, training and certification, those there are. Raises Wrong."""
    found = (make(values.get, values, region, known) for make in (_licence, _permission, _training, _certification))
    return [claim for claim in found if claim]


def _licence(cell: Cell, values: Values, region: str, known: Known) -> Values | None:
    issuer, number, ends = cell("licence_issuer"), cell("licence_number"), cell("licence_expires_on")
    if not (issuer or number):
        if ends:
            raise Wrong("licence_number", "is missing: a licence needs a number or an issuer")
        return None
    regulator, name = known.regulator(region, values["profession"], issuer)
    return known.by_place("licence", region, regulator_id=regulator, issuer=name, number=number, expires_on=ends)


def _permission(cell: Cell, values: Values, region: str, known: Known) -> Values | None:
    issuer, number = cell("permission_issuer"), cell("permission_number")
    if not (issuer or number):
        return None
    regulator, name = known.regulator(region, values["profession"], issuer) if issuer else (None, None)
    return known.by_place("permission", region, regulator_id=regulator, issuer=name, number=number)


def _training(cell: Cell, values: Values, region: str, known: Known) -> Values | None:
    school, title, hours = cell("training_body"), cell("training_programme"), cell("training_hours")
    day, zone = cell("training_completed_on"), known.zones[region]
    if not (school or title):
        if hours is not None or day:
            raise Wrong("training_body", "is missing: a training needs a body or a programme")
        return None
    if day and day > known.today(zone):
        raise Wrong("training_completed_on", f"{day} is still to come")
    body, name = known.school(school)
    return known.anywhere(
        "training", zone, training_body_id=body, issuer=name, title=title, hours_total=hours, completed_on=day
    )


def _certification(cell: Cell, values: Values, region: str, known: Known) -> Values | None:
    issuer, title, ends = cell("certification_issuer"), cell("certification_name"), cell("certification_expires_on")
    if not (issuer or title):
        if ends:
            raise Wrong("certification_name", "is missing: a certification needs a name or an issuer")
        return None
    body, name = known.school(issuer)
    return known.anywhere(
        "certification", known.zones[region], training_body_id=body, issuer=name, title=title, expires_on=ends
    )
