"""Flask commands that drive the packages."""

import os
import subprocess
import sys
import time
from datetime import datetime

import click
from flask import Flask, current_app
from flask_migrate import upgrade

from marketplace import jobs
from marketplace.accounts import services as accounts
from marketplace.accounts.models import PlatformRole
from marketplace.accounts.queries import operators, person_by_email
from marketplace.audit.commands import audit_group
from marketplace.challenges.commands import challenges_group
from marketplace.db import db
from marketplace.demo.commands import demo_group
from marketplace.demo.queries import personas
from marketplace.demo.services import make_demo
from marketplace.judging.commands import judging_group
from marketplace.matching.commands import matching_group
from marketplace.organisations.reference_data import load_reference
from marketplace.pages import absolute
from marketplace.search.commands import search_group
from marketplace.search.queries import is_empty
from marketplace.search.services import rebuild


def add_commands(app: Flask) -> None:
    """Give `app` its commands."""
    groups = (operators_group, challenges_group, audit_group, judging_group, matching_group, search_group, demo_group)
    for command in (worker, prepare, serve, reference, *groups):
        app.cli.add_command(command)


@click.command()
@click.option("--once", is_flag=True, help="Do what waits now, then stop.")
def worker(once: bool) -> None:
    """Do the jobs that wait in the outbox, and the periodic deeds."""
    last_runs: dict[str, datetime] = {}
    while True:
        done = jobs.run_waiting()
        jobs.run_periodic(last_runs)
        db.session.remove()
        if once:
            return
        if not done:
            time.sleep(1)


@click.command()
def reference() -> None:
    """Load the communes and wards and the reference bodies; a second time adds nothing."""
    places, bodies = load_reference()
    db.session.commit()
    click.echo(f"{places} places, {bodies} bodies added")


@click.command()
def prepare() -> None:
    """Bring the database to the newest shape, load reference data and, in demo mode, the demo year."""
    upgrade(directory=str(current_app.root_path) + "/migrations")
    load_reference()
    if is_empty():
        rebuild()
    db.session.commit()
    if current_app.config["DEMO"]:
        make_demo()


@click.command()
@click.pass_context
def serve(context: click.Context) -> None:
    """Prepare, then serve with the worker beside; ends both when it is ended."""
    context.invoke(prepare)
    _say_how_to_enter()
    environment = os.environ | {"FLASK_APP": "wsgi"}
    helper = subprocess.Popen([sys.executable, "-m", "flask", "worker"], env=environment)
    config = current_app.config
    web = [
        sys.executable,
        "-m",
        "gunicorn",
        "--no-control-socket",
        "--worker-class",
        "gthread",
        "--workers",
        "1",
    ]
    web += ["--threads", str(config["THREADS"]), "--bind", f"{config['HOST']}:{config['PORT']}"]
    web += ["--log-level", "warning", "--graceful-timeout", "30", "wsgi:app"]
    db.session.remove()
    try:
        sys.exit(subprocess.call(web, env=environment))  # noqa: S603 - our own command
    finally:
        helper.terminate()
        helper.wait()


def _say_how_to_enter() -> None:
    config = current_app.config
    address = f"http://{config['HOST']}:{config['PORT']}"
    click.echo(f"\n{config['SITE_NAME']} is served at {address}/ (Vietnamese) and {address}/en/ (English)")
    if config["DEMO"]:
        click.echo(f"Enter as any demo person at {address}/personas:")
        for persona in personas():
            click.echo(f"  {persona.email:<42} {persona.full_name}")
    elif not operators():
        key = accounts.make_operator_key()
        db.session.commit()
        click.echo(f"Make the operator's account at {address}/first-operator/{key}")
    click.echo("Ctrl+C ends it.\n")


@click.group("operators")
def operators_group() -> None:
    """Who runs the platform."""


@operators_group.command("create")
@click.argument("email")
@click.argument("full_name")
@click.option("--password", prompt=True, hide_input=True, confirmation_prompt=True)
def create_operator(email: str, full_name: str, password: str) -> None:
    """Make an operator, or make an existing person one."""
    person = person_by_email(email) or accounts.add_person(email, full_name=full_name, password=password)
    if not person.is_operator:
        accounts.grant_from_outside(person, PlatformRole.OPERATOR)
    db.session.commit()
    click.echo(f"{person.email} is an operator")


@operators_group.command("link")
def operator_link() -> None:
    """Print a one-time address with which an operator is made."""
    key = accounts.make_operator_key()
    db.session.commit()
    click.echo(absolute("accounts.first_operator", "vi", key=key))
