"""Where a typed place is, with no call to the outside unless the operator names a geocoder."""

from flask import Flask

from directory.config import ConfigError, Settings
from directory.places import cli, online, views
from directory.places.geocode import EXTENSION


def init_app(app: Flask) -> None:
    """Register the room's address and commands, and the geocoder that GEOCODER names. Raises ConfigError."""
    settings: Settings = app.config["SETTINGS"]
    try:
        geocoder = online.configured(settings.geocoder, user_agent=f"{settings.site_name} ({settings.site_url})")
    except online.GeocoderSettingError as error:
        raise ConfigError(str(error)) from error
    if geocoder:
        app.extensions[EXTENSION] = geocoder
    app.register_blueprint(views.blueprint)
    app.cli.add_command(cli.places)
