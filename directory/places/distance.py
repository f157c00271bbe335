"""How far apart two points are."""

from geopy.distance import great_circle

EARTH_KM = 6371.0088  # mean radius (IUGG); geopy's own default is a fifth of a metre more


def great_circle_km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Kilometres along the sphere between two points given in degrees; at most 0.5 % off the ellipsoid's."""
    return float(great_circle((lat1, lon1), (lat2, lon2), radius=EARTH_KM).kilometers)
