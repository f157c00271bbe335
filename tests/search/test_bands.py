import math
import random

import pytest
from geopy.distance import great_circle as geopy_great_circle
from hypothesis import example, given, settings
from hypothesis import strategies as st

from directory.places.distance import EARTH_KM
from directory.search import bands

lats = st.floats(-90, 90) | st.sampled_from([-90.0, -89.99, -0.05, 0.0, 0.05, 43.55, 60.0, 89.95, 90.0])
lons = st.floats(-180, 180) | st.sampled_from([-180.0, -179.9999, -0.0001, 0.0, 80.25, 179.9999, 180.0])
radii = st.floats(0.001, bands.HALF_GLOBE_KM - 1) | st.sampled_from([1.0, 25.0, 500.0, 1000.0, 10007.5, 19000.0])


def great_circle(here, there):
    """geopy's, on the mean sphere of the contract; its own default of 6371.009 km differs by 16 mm in 500 km."""
    return geopy_great_circle(here, there, radius=EARTH_KM)


def unpacked(value: int) -> tuple[int, int, int, int]:
    return value >> 56, value >> 44 & 4095, value >> 22 & 4194303, value & 4194303


def ring_of(ranges: list[int], lat: float, lon: float) -> list[int]:
    """The rings in whose ranges a place is; SQL asks the same."""
    band, column = bands.band(lat), bands.column(lon)
    return [r for r, b, first, last in map(unpacked, ranges) if b == band and first <= column <= last]


def near(place: tuple[float, float], km: float, angle: float) -> tuple[float, float]:
    """A point so far from a place in some direction."""
    d, phi = km / EARTH_KM, math.radians(place[0])
    lat = math.asin(max(-1, min(1, math.sin(phi) * math.cos(d) + math.cos(phi) * math.sin(d) * math.cos(angle))))
    lon = math.radians(place[1]) + math.atan2(
        math.sin(angle) * math.sin(d) * math.cos(phi), math.cos(d) - math.sin(phi) * math.sin(lat)
    )
    return math.degrees(lat), (math.degrees(lon) + 180) % 360 - 180


@given(lats, lons, radii, st.floats(0, 1), st.floats(0, 2 * math.pi))
@example(90.0, 0.0, 500.0, 1.0, 1.0)
@example(43.55, 179.99, 25.0, 1.0, 1.5)
@example(89.99, -180.0, 5.0, 1.0, 0.0)
@settings(max_examples=600, deadline=None)
def test_every_point_of_a_circle_is_in_its_ranges(lat, lon, km, share, angle):
    point = near((lat, lon), km * share, angle)
    if great_circle((lat, lon), point).km <= km:
        assert ring_of(bands.rings(lat, lon, [km]), *point) == [0]


@given(lats, lons, st.floats(0.5, 5000), lats, lons)
@settings(max_examples=300, deadline=None)
def test_a_place_is_in_one_ring_at_most_and_in_none_too_far_out(lat, lon, km, other_lat, other_lon):
    edges = [km, 2 * km, 3 * km]
    found = ring_of(bands.rings(lat, lon, edges), other_lat, other_lon)
    distance = great_circle((lat, lon), (other_lat, other_lon)).km
    inside = [n for n, edge in enumerate(edges) if distance <= edge]
    assert len(found) <= 1
    if inside:
        assert min(found) <= inside[0]


@given(lats, lons, st.floats(0.5, 2500))
@settings(max_examples=100, deadline=None)
def test_the_ranges_of_a_circle_reach_little_further_than_one_band(lat, lon, km):
    for _, band, first, last in map(unpacked, bands.rings(lat, lon, [km])):
        for column in (first, last):
            place = (min(90, (band + 0.5) / 20 - 90), column / bands.COLUMNS_A_DEGREE - 180)
            assert great_circle((lat, lon), place).km <= km + bands.BAND_KM + 0.1


def test_half_the_globe_is_everywhere():
    ranges = bands.rings(12.0, 34.0, [bands.HALF_GLOBE_KM])
    for place in [(90, 0), (-90, 0), (0, 180), (0, -180), (-12, -146), (12, 34)]:
        assert ring_of(ranges, *place) == [0]


def test_a_range_fits_a_signed_64_bit_integer():
    assert bands.packed(99, bands.band(90), bands.COLUMNS - 1, bands.COLUMNS - 1) < 2**63


@pytest.mark.parametrize(("lat", "expected"), [(-90, 0), (0, 1800), (0.05, 1801), (89.99, 3599), (90, 3600)])
def test_bands_are_counted_from_the_south_pole(lat, expected):
    assert bands.band(lat) == expected


@pytest.mark.parametrize(("lon", "expected"), [(-180, 0), (180, 0), (0, 1_800_000), (179.99999, 3_599_999)])
def test_columns_are_counted_from_the_date_line(lon, expected):
    assert bands.column(lon) == expected


@given(lats, lons, lats, lons)
@settings(max_examples=500, deadline=None)
def test_distance_is_geopys_great_circle(lat, lon, other_lat, other_lon):
    here, there = bands.on_sphere(lat, lon), bands.on_sphere(other_lat, other_lon)
    chord = sum((a - b) ** 2 for a, b in zip(here, there, strict=True))
    expected = great_circle((lat, lon), (other_lat, other_lon)).km
    tolerance = 1e-6 if expected < 19_900 else 1e-3  # across the globe the chord hardly grows any more
    assert bands.km_of(chord) == pytest.approx(expected, abs=tolerance)


def test_a_radius_and_its_chord_are_inverse():
    for km in [random.Random(1).uniform(0, 19_000) for _ in range(200)]:
        assert bands.km_of(bands.chord_squared_of(km)) == pytest.approx(km, abs=1e-6)
