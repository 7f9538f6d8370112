"""Numbers of applicants while it is open: only where announced before opening, by kind, in bands, once a day."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from marketplace import clock
from marketplace.challenges.asking.models import OpenTerms
from marketplace.db import db, token
from marketplace.organisations.stages import Kind
from marketplace.solutions import services
from marketplace.solutions.numbers.bands import band_of
from marketplace.solutions.numbers.models import ApplicantBand
from marketplace.solutions.numbers.services import count_applicants, hour_of
from tests import make
from tests.site import Site
from tests.solutions.entries import a_solution


@pytest.fixture
def challenge(app):
    found = make.a_challenge()
    db.session.add(OpenTerms(challenge=found, shows_numbers=True))
    db.session.commit()
    return found


def send(challenge, kind):
    solution = a_solution(challenge, make.a_member(make.an_organisation(kind=kind)))
    services.submit_solution(solution, actor=solution.author, idempotency_key=token())
    db.session.commit()


def counted(at):
    with clock.at(at):
        count_applicants()
        db.session.commit()


def seen(app, challenge, at):
    with clock.at(at):
        return Site(app, language="en").open(f"/challenges/{challenge.slug}").page.find(id="applicants").get_text(" ")


@given(st.integers(0, 10_000))
def test_every_number_is_in_its_band(count):
    band = band_of(count)

    assert band.low <= count
    assert band.high is None or count <= band.high
    assert band_of(band.low) == band


@pytest.mark.feature("96")
def test_bands_by_kind_are_shown_once_a_day_at_a_fixed_hour(app, challenge):
    tomorrow = hour_of(clock.now()) + timedelta(days=1)
    for kind in (Kind.STARTUP, Kind.STARTUP, Kind.INSTITUTE):
        send(challenge, kind)
    counted(tomorrow - timedelta(minutes=1))
    early = seen(app, challenge, tomorrow - timedelta(minutes=1))
    counted(tomorrow + timedelta(minutes=1))
    send(challenge, Kind.COOPERATIVE)
    counted(tomorrow + timedelta(hours=2))

    told = " ".join(seen(app, challenge, tomorrow + timedelta(hours=2)).split())

    assert "startup" not in early
    assert "Research institute 1 to 5" in told
    assert "Innovative startup 1 to 5" in told
    assert "Cooperative" not in told
    later = tomorrow + timedelta(days=1, minutes=1)
    counted(later)
    assert "Cooperative 1 to 5" in " ".join(seen(app, challenge, later).split())


@pytest.mark.feature("96", "32")
def test_what_was_not_announced_before_opening_is_never_counted(app):
    silent = make.a_challenge()
    send(silent, Kind.STARTUP)

    counted(hour_of(clock.now()) + timedelta(days=1, minutes=1))

    assert db.session.scalars(select(ApplicantBand)).all() == []
    assert 'id="applicants"' not in Site(app).open(f"/challenges/{silent.slug}").html


def test_nobody_yet_is_told_as_none(app, challenge):
    tomorrow = hour_of(clock.now()) + timedelta(days=1, minutes=1)

    counted(tomorrow)

    assert "All none" in " ".join(seen(app, challenge, tomorrow).split())
