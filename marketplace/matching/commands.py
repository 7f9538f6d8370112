"""The commands `flask matching ...`: rank what lies in a folder, with the engine that suggests partners."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from marketplace.db import db
from marketplace.matching.benches import Scores, rank_expertise, rank_partners
from marketplace.matching.learning.choosing import MIN_CHALLENGES, MIN_JUDGEMENTS, MIN_VOICES
from marketplace.matching.learning.measuring import measure_judgements
from marketplace.matching.learning.services import propose_weights
from marketplace.matching.quality import FOLDER as QUALITY
from marketplace.matching.quality import measure
from marketplace.relevance.folders import read_lines, write_run
from marketplace.relevance.options import embedder, semantic_option

FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
RUN = click.Path(dir_okay=False, path_type=Path)
# by the names that matching.learning gives
OBSTACLES = {
    "challenges": f"both words were said of fewer than {MIN_CHALLENGES} challenges",
    "judgements": f"there are fewer than {MIN_JUDGEMENTS} judgements of such challenges",
    "voices": f"fewer than {MIN_VOICES} organisations have judged",
    "in_use": "no weights order what was judged better than those in use",
    "unsure": "the gain on challenges that had no part in the choice may be chance",
    "one_voice": "without the word of one organisation the evidence or the choice is another",
    "quality": "the judged set of this project would be ordered worse",
}


@click.group("matching")
def matching_group() -> None:
    """Who fits what. All but `learn` read the files they name and nothing of the site."""


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


@matching_group.command("learn")
@click.option("--keep", is_flag=True, help="Propose the weights, where nothing speaks against them, to the operator.")
def learn(keep: bool) -> None:
    """Compare weights by what was said of this site's suggestions. No list changes: the operator decides on a page."""
    measured = measure_judgements()
    against = [OBSTACLES[name] for name in measured.learnt.obstacles]
    told: dict[str, Any] = {
        "instead_of": measured.instead_of,
        "weights": asdict(measured.learnt.weights),
        "nothing_changes_because": against,
        **measured.figures,
    }
    if keep and not against:
        told["proposed"] = propose_weights(measured).version
        db.session.commit()
    click.echo(json.dumps(told, indent=2, ensure_ascii=False))


def _write(run: Path, scores: Scores) -> None:
    click.echo(f"{write_run(run, scores)} lines")
