"""The commands `flask demo ...`: the synthetic year, and a contest of full size; only in demo mode."""

import click
from flask import current_app

from marketplace.demo.services import make_demo, make_full_contest
from marketplace.errors import Conflict


@click.group("demo")
def demo_group() -> None:
    """The synthetic city."""


@demo_group.command("year")
@click.option("--entries", default=0, show_default=True, help="Also make a contest with so many entries.")
@click.option("--until", type=click.Choice(["assignment", "deliberation"]), default="deliberation", show_default=True)
def year(entries: int, until: str) -> None:
    """Make the demo year unless it is there, and beside it a contest: six fields, two rounds, tiers of prizes."""
    if not current_app.config["DEMO"]:
        raise click.ClickException("only in demo mode: set DEMO=1")
    click.echo("The demo year was made." if make_demo() else "The demo year is there.")
    if entries:
        try:
            panel = make_full_contest(entries, judged=until == "deliberation")
        except Conflict as known:
            raise click.ClickException(str(known)) from known
        click.echo(f"/challenges/{panel.challenge.slug}: {entries} entries, {len(panel.seats)} judges")
