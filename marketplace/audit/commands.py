"""Commands about the journal."""

import sys

import click

from marketplace.audit.checkpoints import signer
from marketplace.audit.verification import first_fault


@click.group("audit")
def audit_group() -> None:
    """The journal, its tree and its signatures."""


@audit_group.command("verify")
def verify() -> None:
    """Recompute everything; ends with 1 and names the first thing that does not fit."""
    fault = first_fault()
    if fault is not None:
        click.echo(f"BROKEN {fault.what} {fault.number}: {fault.why}", err=True)
        sys.exit(1)
    click.echo(f"Every line and every checkpoint fits; the key is {signer().verifier_key}")
