"""Where a row says that someone practises: an address and its point, or which column to mend."""

from typing import Any, NamedTuple

from directory.imports import rules
from directory.imports.entries import Wrong
from directory.imports.known import Known
from directory.imports.rules import Bad, Repaired


class Placed(NamedTuple):
    """Columns of a practice (region, postal_code when there is one, lat, lon, precision); what was noticed."""

    columns: dict[str, Any]
    flags: tuple[str, ...]
    repaired: int


def placed(values: dict[str, Any], known: Known) -> Placed:
    """The practice of a row, from its region, country, postal_code, locality, lat and lon, each perhaps missing.

    Its own coordinates count before those of its postal code or town. Raises Wrong.
    """
    region = values.get("region")
    country = values.get("country") or (region and region[:2])
    if region and country != region[:2]:
        raise Wrong("country", f"{country} does not hold {region}")
    code, repaired = _postal_code(values.get("postal_code"), region, country)
    if code and not region:
        region = next(iter(provinces), None) if len(provinces := rules.provinces_of_postal_code(code)) == 1 else None
    where, flags = _point(values, code, region, country, known)
    if where["region"] not in known.zones:
        raise Wrong("region", "cannot be told from the rest of the row: give it, as in CA-ON")
    if code:
        where["postal_code"] = code
    return Placed(where, flags, repaired)


def _postal_code(text: str | None, region: str | None, country: str | None) -> tuple[str | None, int]:
    """The code in its usual form, and whether it had to be repaired."""
    if text is None:
        return None, 0
    try:
        code = rules.postal_code(text, region, country)
    except Bad as bad:
        raise Wrong("postal_code", str(bad)) from bad
    repaired = code.__class__ is Repaired
    written = str(code.value if repaired else code)
    if country and rules.country_of_postal_code(written) != country:
        raise Wrong("postal_code", f"{written} is not a code of {country}")
    provinces = rules.provinces_of_postal_code(written)
    if provinces and region and region not in provinces:
        raise Wrong("postal_code", f"{written} is a code of {' or '.join(provinces)}, not of {region}")
    return written, int(repaired)


def _area(code: str | None) -> str | None:
    """What a place is looked up by: five digits, or the first three characters of a Canadian code."""
    return code and (code[:5] if code[0].isdigit() else code[:3])


def _point(
    values: dict[str, Any], code: str | None, region: str | None, country: str | None, known: Known
) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Point, precision and region, and what was noticed."""
    lat, lon, locality = values.get("lat"), values.get("lon"), values.get("locality")
    if (lat is None) != (lon is None):
        raise Wrong("lat" if lat is None else "lon", "is missing: coordinates need both")
    if lat is not None and lon is not None:
        if not rules.is_within(lat, lon, country):
            raise Wrong("lat", f"{lat}, {lon} does not lie in {country or 'Canada or the United States'}")
        if not region:
            found = known.point(_area(code), locality, None) if code else None
            region = found.region if found else known.region_at(lat, lon)
        return {"lat": lat, "lon": lon, "precision": "address", "region": region}, ()
    if not code and not (locality and region):
        column = "region" if locality else "postal_code"
        raise Wrong(column, "is missing: a place needs lat and lon, or a postal_code, or locality and region")
    found = known.point(_area(code), locality, region)
    if found is None:
        raise Wrong("postal_code" if code else "locality", "is not a place we know: give lat and lon")
    flags = (("approximate_place",) if found.precision == "approximate" else ()) + (
        ("postal_code_of_another_region",) if region and found.region != region else ()
    )
    point = {"lat": found.lat, "lon": found.lon, "precision": found.precision}
    return {**point, "region": region or found.region}, flags
