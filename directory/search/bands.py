"""A circle on the globe as ranges of an ordinary B-tree; pure geometry.

The globe is cut into bands of latitude 1/20 degree high, and each band into 3,600,000 columns of longitude. A circle is
at most two ranges of columns a band. Ranges cover the circle and a little more: distance has the last word.
"""

import math
from collections.abc import Iterator, Sequence

from directory.places.distance import EARTH_KM

HALF_GLOBE_KM = EARTH_KM * math.pi
BANDS_A_DEGREE = 20
BAND_KM = EARTH_KM * math.radians(1 / BANDS_A_DEGREE)
COLUMNS = 3_600_000
COLUMNS_A_DEGREE = COLUMNS // 360
_LON_BITS = 22
_BAND_BITS = 12
_SLACK_KM = 0.01
_LAST_BAND = 180 * BANDS_A_DEGREE


def band(lat: float) -> int:
    """The band of a latitude, counted from the south pole: 0 to 3600."""
    return math.floor((lat + 90) * BANDS_A_DEGREE)


def column(lon: float) -> int:
    """The column of a longitude, counted eastward from the date line: 0 to 3,599,999."""
    return math.floor((lon + 180) * COLUMNS_A_DEGREE) % COLUMNS


def on_sphere(lat: float, lon: float) -> tuple[float, float, float]:
    """A point of the unit sphere."""
    phi, lam = math.radians(lat), math.radians(lon)
    return math.cos(phi) * math.cos(lam), math.cos(phi) * math.sin(lam), math.sin(phi)


def km_of(chord_squared: float) -> float:
    """Great-circle km between two points whose straight distance on the unit sphere is known, to the millimetre."""
    return round(2 * EARTH_KM * math.asin(min(1.0, math.sqrt(chord_squared) / 2)), 6)


def chord_squared_of(km: float) -> float:
    """The inverse of km_of; half the globe at most."""
    return (2 * math.sin(min(km, HALF_GLOBE_KM) / (2 * EARTH_KM))) ** 2


def rings(lat: float, lon: float, radii: Sequence[float]) -> list[int]:
    """Ranges that cover the circles of growing radii in km round a place, the inner circle first.

    A range is one number, see `packed`. Whatever lies within the nth radius is in the ranges of rings 0 to n, once; but
    half the globe as the last radius stands for every place there is, those of the inner rings once more.
    """
    inner: dict[int, tuple[int, int]] = {}
    found: list[int] = []
    for ring, km in enumerate(radii):
        if km >= HALF_GLOBE_KM:
            return found + [packed(ring, a_band, 0, COLUMNS - 1) for a_band in range(_LAST_BAND + 1)]
        outer = _circle(lat, lon, km + _SLACK_KM)
        for a_band, span in outer.items():
            for first, last in _outside(span, inner.get(a_band)):
                found += [packed(ring, a_band, a, b) for a, b in _on_the_globe(first, last)]
        inner = outer
    return found


def packed(ring: int, a_band: int, first: int, last: int) -> int:
    """One number for ring, band, first and last column, so that a list of ranges is a list of integers."""
    return (((ring << _BAND_BITS | a_band) << _LON_BITS | first) << _LON_BITS) | last


def _circle(lat: float, lon: float, km: float) -> dict[int, tuple[int, int]]:
    """Per band, the first and last column of the circle, not yet brought back onto the globe."""
    reach = km / EARTH_KM
    south = max(-90.0, lat - math.degrees(reach))
    north = min(90.0, lat + math.degrees(reach))
    bands = range(band(south), band(north) + 1)
    edges = [south, *(b / BANDS_A_DEGREE - 90 for b in bands[1:]), north]
    widths = [_half_width(lat, reach, edge) for edge in edges]
    widest = _widest(lat, reach)
    circle = {}
    for a_band, low, high, width, next_width in zip(bands, edges, edges[1:], widths, widths[1:], strict=False):
        half = max(width, next_width)
        if widest and low <= widest[0] <= high:
            half = max(half, widest[1])
        circle[a_band] = (
            math.floor((lon - half + 180) * COLUMNS_A_DEGREE) - 1,
            math.floor((lon + half + 180) * COLUMNS_A_DEGREE) + 1,
        )
    return circle


def _half_width(lat: float, reach: float, edge: float) -> float:
    """How many degrees of longitude the circle reaches to each side at a latitude; 0 when it does not reach it."""
    across = math.cos(math.radians(edge)) * math.cos(math.radians(lat))
    if across < 1e-12:  # at a pole, of the place or of the edge, the circle holds all longitudes or none
        return 180.0 if math.radians(abs(edge - lat)) <= reach else 0.0
    height = math.sin(math.radians(edge)) * math.sin(math.radians(lat))
    return math.degrees(math.acos(max(-1.0, min(1.0, (math.cos(reach) - height) / across))))


def _widest(lat: float, reach: float) -> tuple[float, float] | None:
    """The latitude where a circle that holds no pole is widest, and its half width there, in degrees."""
    if reach >= math.pi / 2:
        return None
    sine = math.sin(math.radians(lat)) / math.cos(reach)
    if abs(sine) >= 1:
        return None
    half = math.sin(reach) / math.cos(math.radians(lat))
    return math.degrees(math.asin(sine)), math.degrees(math.asin(min(1.0, half)))


def _outside(span: tuple[int, int], hole: tuple[int, int] | None) -> Iterator[tuple[int, int]]:
    """What is left of a span of columns round a middle when the hole round the same middle is taken out."""
    first, last = span
    if last - first >= COLUMNS - 1:
        first, last = (first + last) // 2 - COLUMNS // 2, (first + last) // 2 + COLUMNS // 2 - 1
    if hole is None:
        yield first, last
        return
    if first < hole[0]:
        yield first, hole[0] - 1
    if last > hole[1]:
        yield hole[1] + 1, last


def _on_the_globe(first: int, last: int) -> Iterator[tuple[int, int]]:
    """A span that may run over the date line, as one or two spans that do not."""
    shift = first // COLUMNS * COLUMNS
    first, last = first - shift, last - shift
    if last < COLUMNS:
        yield first, last
    else:
        yield first, COLUMNS - 1
        yield 0, last - COLUMNS
