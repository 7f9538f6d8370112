"""The commands `flask challenges ...`."""

from collections import Counter
from pathlib import Path

import click

from marketplace.challenges.history import Outcome, RowReport, import_listings, import_table
from marketplace.challenges.tables import TABLES, NoTable, rows_of
from marketplace.db import db

_WHY = {
    "kind": "it is no table that can be read",
    "columns": "the first row must name at least title, agency and url",
    "size": "it has too many rows",
}


@click.group("challenges")
def challenges_group() -> None:
    """Challenges from elsewhere."""


@challenges_group.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Report what would happen and write nothing.")
@click.option("--verbose", is_flag=True, help="Name every row, also those added or unchanged.")
def import_file(file: Path, dry_run: bool, verbose: bool) -> None:
    """Bring in ended challenges from FILE: JSON lines, or a table (.csv, .xlsx) with headings, of title, agency,
    summary, description, prize, opens, closes, url, judging and language; all of them in one transaction."""
    reports = _reports(file)
    if dry_run:
        db.session.rollback()
    else:
        db.session.commit()
    _tell(reports, dry_run=dry_run, verbose=verbose)


def _reports(file: Path) -> list[RowReport]:
    if file.suffix.lower() in TABLES:
        try:
            return import_table(rows_of(file.read_bytes()), is_trial=False)
        except NoTable as refusal:
            raise click.ClickException(_WHY[str(refusal)]) from refusal
    with file.open("rb") as lines:
        return import_listings(lines)


def _tell(reports: list[RowReport], *, dry_run: bool, verbose: bool) -> None:
    for report in reports:
        if verbose or report.outcome in {Outcome.REFUSED, Outcome.UPDATED}:
            reason = f": {report.reason}" if report.reason else ""
            click.echo(f"row {report.number}: {report.outcome}{reason}")
    counts = Counter(report.outcome for report in reports)
    if counts[Outcome.UPDATED]:
        click.echo(f"updated {counts[Outcome.UPDATED]}")
    if dry_run:
        click.echo("(dry run)")
    told = (Outcome.ADDED, Outcome.UNCHANGED, Outcome.REFUSED)
    click.echo(", ".join(f"{outcome} {counts[outcome]}" for outcome in told))
