"""`flask search …`: the index made anew, and held against the records it is made from."""

import time

import click
from flask import Blueprint

from directory.database import transaction
from directory.search import index

blueprint = Blueprint("search_cli", __name__, cli_group="search")


@blueprint.cli.command("rebuild")
def rebuild() -> None:
    """Make the whole index anew from the records."""
    start = time.perf_counter()
    with transaction():
        practices = index.rebuild()
    click.echo(f"{practices:,} practices indexed in {time.perf_counter() - start:.1f} s.")


@blueprint.cli.command("check")
def check() -> None:
    """Compare the index with what the records make of it; exit 1 when they differ."""
    found = index.differences()
    for practice, how in found:
        click.echo(f"practice {practice}: {how}")
    if found:
        raise click.ClickException(f"{len(found):,} practices differ. Run `search rebuild`.")
    click.echo("The index is what the records say.")
