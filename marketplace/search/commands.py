"""The commands `flask search ...`: make the index anew, and rank what lies in a folder as the search box would."""

from pathlib import Path

import click

from marketplace.db import db
from marketplace.relevance.folders import read_lines, write_run
from marketplace.relevance.options import embedder, semantic_option
from marketplace.search.bench import rank
from marketplace.search.engines.bench import opened
from marketplace.search.services import rebuild

ENGINES = ("sqlite", "postgres", "whoosh")


@click.group("search")
def search_group() -> None:
    """The site's search."""


@search_group.command("rebuild")
def rebuild_index() -> None:
    """Make the index anew from everything that is public."""
    counts = rebuild()
    db.session.commit()
    click.echo(", ".join(f"{kind} {count}" for kind, count in counts.items()))


@search_group.command("rank")
@click.argument("bench", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("run", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--engine", "engine_name", type=click.Choice(ENGINES), default="sqlite", show_default=True)
@semantic_option
def rank_folder(bench: Path, run: Path, engine_name: str, semantic: bool | None) -> None:
    """Answer BENCH/queries.jsonl from BENCH/documents.jsonl and write query, document and score to RUN.

    A query with doc_lang asks for documents in that language only. PostgreSQL is the server of DATABASE_URL; nothing
    stays in it. The site's own data is not touched.
    """
    documents, queries = read_lines(bench, "documents"), read_lines(bench, "queries")
    with opened(engine_name) as (connection, engine):
        count = write_run(run, rank(connection, engine, documents, queries=queries, embedder=embedder(semantic)))
    click.echo(f"{len(queries)} queries, {count} lines")
