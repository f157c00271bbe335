"""`flask places …`: ask the gazetteer."""

import json
import sys
from dataclasses import asdict

import click
from flask.cli import AppGroup

from directory.places.geocode import locate

places = AppGroup("places", help="Ask where a place is.")


@places.command("find")
@click.argument("text")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--language", type=click.Choice(["en", "fr"]), default="en", help="The language of the labels.")
def find(*, text: str, as_json: bool, language: str) -> None:
    """Print where TEXT is, or the places it may mean. Exit code: 0 one place, 1 none, 3 several."""
    located = locate(text, language)
    found = [located.place] if located.place else located.choices
    if as_json:
        click.echo(json.dumps({"places": [asdict(p) for p in found], "suggestions": located.suggestions}))
    else:
        for place in found:
            click.echo(f"{place.label}\t{place.lat}\t{place.lon}\t{place.precision}")
        if not found:
            click.echo("No such place." + "".join(f"\nDid you mean {name}?" for name in located.suggestions), err=True)
    sys.exit(0 if located.place else 3 if found else 1)
