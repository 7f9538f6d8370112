"""The commands `flask matching ...`: rank what lies in a folder, with the engine that suggests partners."""

import json
from pathlib import Path

import click

from marketplace.matching.benches import Scores, rank_expertise, rank_partners
from marketplace.matching.quality import FOLDER as QUALITY
from marketplace.matching.quality import measure
from marketplace.relevance.folders import read_lines, write_run
from marketplace.relevance.options import embedder, semantic_option

FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
RUN = click.Path(dir_okay=False, path_type=Path)


@click.group("matching")
def matching_group() -> None:
    """Who fits what. These commands read the files they name and nothing of the site."""


@matching_group.command("rank")
@click.argument("bench", type=FOLDER)
@click.argument("run", type=RUN)
@semantic_option
def rank(bench: Path, run: Path, semantic: bool | None) -> None:
    """Rank BENCH/organisations.jsonl for each of queries.jsonl by history.jsonl; write query, organisation, score."""
    organisations, history, queries = (read_lines(bench, name) for name in ("organisations", "history", "queries"))
    _write(run, rank_partners(organisations, history, queries=queries, embedder=embedder(semantic)))


@matching_group.command("expertise")
@click.argument("bench", type=FOLDER)
@click.argument("run", type=RUN)
@semantic_option
def expertise(bench: Path, run: Path, semantic: bool | None) -> None:
    """Say how expert each judge of BENCH/profiles.jsonl is for each of entries.jsonl; write judge, entry, score."""
    profiles, entries = (read_lines(bench, name) for name in ("profiles", "entries"))
    _write(run, rank_expertise(profiles, entries, embedder=embedder(semantic)))


@matching_group.command("quality")
@click.option("--keep", is_flag=True, help="Write the figures into the repository, for the page that shows them.")
def quality(keep: bool) -> None:
    """Measure the engine on the judged set of this project: 40 needs, 60 organisations, three spellings."""
    told = json.dumps(measure(), indent=2, ensure_ascii=False) + "\n"
    if keep:
        (QUALITY / "figures.json").write_text(told, encoding="utf-8")
    click.echo(told, nl=False)


def _write(run: Path, scores: Scores) -> None:
    click.echo(f"{write_run(run, scores)} lines")
