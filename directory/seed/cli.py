"""`flask seed …`: reference data, and a demo world of invented people."""

import json
from typing import Any

import click
from flask import current_app
from flask.cli import AppGroup

from directory.catalog.actions import Written
from directory.catalog.contents import ContentError
from directory.database import transaction
from directory.seed import actions

seed = AppGroup("seed", help="Fill the database with reference data or a demo world.")


@seed.command("catalog")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def seed_catalog(*, as_json: bool) -> None:
    """Load conditions, questions, guides, professions, places and regulators; again to take up changes."""
    try:
        with transaction():
            written = actions.seed_catalog()
    except ContentError as error:
        raise click.ClickException(f"Nothing was loaded. {error}") from error
    if as_json:
        click.echo(json.dumps(_totals(written.values())))
        return
    for name, part in written.items():
        click.echo(f"{name:<16}{part.read:>5}  {_words(_totals([part]))}")


@seed.command("demo")
def seed_demo() -> None:
    """Load invented practitioners, marked as such on every page. A public site refuses."""
    if current_app.config["SETTINGS"].production:
        raise click.ClickException("A public site shows no invented people: SITE_URL is not this machine.")
    with transaction():
        added = actions.seed_demo()
    click.echo(f"{added} invented people added." if added else "The demo world is there already.")


def _totals(parts: Any) -> dict[str, int]:
    kept: list[Written] = list(parts)
    totals = {"read": sum(p.read for p in kept)}
    totals |= {verb: sum(len(getattr(p, verb)) for p in kept) for verb in ("added", "changed", "removed")}
    return totals | {"unchanged": totals["read"] - totals["added"] - totals["changed"]}


def _words(totals: dict[str, int]) -> str:
    """3 added, 1 changed; or: unchanged."""
    news = [f"{totals[verb]} {verb}" for verb in ("added", "changed", "removed") if totals[verb]]
    return ", ".join(news) or "unchanged"
