"""The option --semantic of the commands that rank folders."""

import click

from marketplace.relevance import vectors

semantic_option = click.option(
    "--semantic/--no-semantic",
    default=None,
    help="With sentence vectors or without; unless said, with them where the extra `semantic` is installed.",
)


def embedder(semantic: bool | None) -> vectors.Embedder | None:
    """What the option asks for; raises UsageError where vectors are asked for and the extra is missing."""
    if semantic and not vectors.is_installed():
        raise click.UsageError("--semantic needs the extra `semantic`: pip install -r requirements/semantic.txt")
    return vectors.load() if semantic or (semantic is None and vectors.is_installed()) else None
