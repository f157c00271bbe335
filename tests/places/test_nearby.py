"""Which region a point lies in, as far as the towns around it tell."""

import csv
from pathlib import Path

import pytest

from directory.places.nearby import region_at


@pytest.mark.parametrize(
    ("lat", "lon", "region"),
    [
        (43.55, -80.25, "CA-ON"),
        (49.28, -123.12, "CA-BC"),
        (46.81, -71.21, "CA-QC"),
        (62.45, -114.37, "CA-NT"),
        (63.75, -68.52, "CA-NU"),
        (41.31, -72.92, "US-CT"),
        (71.29, -156.79, "US-AK"),
        (21.31, -157.86, "US-HI"),
    ],
)
def test_the_towns_around_a_point_tell_its_region(lat: float, lon: float, region: str):
    assert region_at(lat, lon) == region


@pytest.mark.parametrize(
    ("lat", "lon"), [(42.31, -83.05), (45.43, -75.71), (45.62, -122.67), (0.0, 0.0), (90.0, 0.0), (-45.0, 170.0)]
)
def test_near_a_border_and_far_from_any_town_nobody_says(lat: float, lon: float):
    assert region_at(lat, lon) is None


@pytest.mark.shared
def test_no_real_facility_is_put_into_another_region(shared: Path):
    with (shared / "geo" / "odhf_facilities_ca_dev.csv").open(encoding="utf-8", errors="replace", newline="") as file:
        canada = [(r["latitude"], r["longitude"], "CA-" + r["province"].upper()) for r in csv.DictReader(file)]
    with (shared / "geo" / "synthea_rehab_us.csv").open(encoding="utf-8", newline="") as file:
        states = [(r["LAT"], r["LON"], "US-" + r["state"].upper()) for r in csv.DictReader(file)]
    facilities = [(float(lat), float(lon), region) for lat, lon, region in canada + states if lat.strip()]
    told = [(region_at(lat, lon), region) for lat, lon, region in facilities]
    assert [(answer, region) for answer, region in told if answer not in {None, region}] == []
    assert sum(answer is not None for answer, _ in told) > 0.9 * len(told)
