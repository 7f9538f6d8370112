"""Letters to entrants and judges."""

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import select

from marketplace import clock
from marketplace.db import db
from marketplace.events import announce
from marketplace.judging.events import JudgeInvited, JudgeReminded, JudgesAssigned
from marketplace.judging.models import Panel, Seat
from marketplace.judging.stages import SeatRole
from marketplace.notifications.models import Letter
from marketplace.organisations.stages import Role
from marketplace.solutions.events import (
    SolutionAwarded,
    SolutionExcluded,
    SolutionPassedOver,
    SolutionSubmitted,
    SolutionWithdrawn,
)
from marketplace.solutions.models import Solution, SolutionVersion
from tests import make


def letters():
    return db.session.scalars(select(Letter).order_by(Letter.id)).all()


def told():
    return [(each.kind, each.to_email) for each in letters()]


def a_solution():
    """A solution, with two people who belong to its organisation and one who did."""
    organisation = make.an_organisation("Công ty Sông Xanh")
    first = make.a_member(organisation, Role.OWNER, email="mot@example.vn")
    make.a_member(organisation, Role.VIEWER, email="hai@example.vn")
    make.a_member(organisation, Role.MEMBER, email="cu@example.vn")
    organisation.memberships[2].ended_at = clock.now()
    solution = Solution(
        challenge=make.a_challenge(),
        organisation=organisation,
        author=first,
        title_vi="Cảm biến",
        created_at=clock.now(),
        saved_at=clock.now(),
    )
    db.session.add(solution)
    db.session.commit()
    return solution


def a_seat(person=None, challenge=None):
    challenge = challenge or make.a_closed_challenge()
    secretary = make.a_person("Vũ Thị Ký")
    panel = Panel(challenge=challenge, made_by=secretary, made_at=clock.now())
    seat = Seat(
        panel=panel,
        person=person or make.a_person("Ngô Thị Nguyệt", email="nguyet@example.vn", language="en"),
        role=SeatRole.JUDGE,
        invited_by=secretary,
        invited_at=clock.now(),
    )
    db.session.add_all([panel, seat])
    db.session.commit()
    return seat


def test_every_member_of_the_entrant_gets_the_receipt(app):
    solution = a_solution()
    version = SolutionVersion(
        solution=solution,
        number=2,
        received_at=datetime(2026, 11, 21, 9, 59, 58, tzinfo=UTC),
        submitted_by=solution.author,
        idempotency_key="mot",
        content={},
        content_sha256="a" * 64,
        files=[{"name": "Thuyết minh & dự toán.pdf", "size": 1_200_000, "sha256": "b" * 64}],
    )
    db.session.add(version)
    db.session.commit()

    announce(SolutionSubmitted(actor=solution.author, subject=solution, unsaid={"version": version}))

    assert told() == [("receipt", "mot@example.vn"), ("receipt", "hai@example.vn")]
    assert version.reference in letters()[0].subject
    lines = letters()[0].body.splitlines()
    assert "- Thuyết minh & dự toán.pdf (1,2 MB)" in lines
    assert "  " + "b" * 64 in lines
    assert f"http://localhost/receipts/{version.reference}" in lines
    assert any("16:59 ngày 21/11/2026 (giờ Hà Nội)" in line for line in lines)
    assert any("a" * 64 in line for line in lines)


def test_every_member_of_the_entrant_hears_that_it_won(app):
    solution = a_solution()

    announce(SolutionAwarded(actor=None, subject=solution, facts={"award_vi": "Giải Nhất", "award_en": "First prize"}))

    assert told() == [("results_awarded", "mot@example.vn"), ("results_awarded", "hai@example.vn")]
    assert "Giải Nhất" in letters()[0].body
    assert f"http://localhost/solutions/{solution.reference}/feedback" in letters()[0].body


def test_every_member_of_the_entrant_hears_that_it_was_not_selected(app):
    solution = a_solution()

    announce(SolutionPassedOver(actor=None, subject=solution))

    assert told() == [("results_not_selected", "mot@example.vn"), ("results_not_selected", "hai@example.vn")]
    assert f"http://localhost/solutions/{solution.reference}/feedback" in letters()[0].body


def test_every_member_of_the_entrant_hears_why_it_is_not_eligible(app):
    announce(SolutionExcluded(actor=None, subject=a_solution(), facts={"reasons": "Thiếu phụ lục."}))

    assert told() == [("solution_excluded", "mot@example.vn"), ("solution_excluded", "hai@example.vn")]
    assert "Thiếu phụ lục." in letters()[0].body


def test_every_member_of_the_entrant_hears_of_the_withdrawal(app):
    announce(SolutionWithdrawn(actor=None, subject=a_solution()))

    assert told() == [("solution_withdrawn", "mot@example.vn"), ("solution_withdrawn", "hai@example.vn")]


def test_a_judge_is_asked_with_a_link_to_answer(app):
    seat = a_seat()

    announce(JudgeInvited(actor=None, subject=seat))

    assert told() == [("judge_invited", "nguyet@example.vn")]
    assert f"http://localhost/en/judging/invitations/{seat.reference}" in letters()[0].body


@dataclass(frozen=True)
class HandedOut:
    """What a sheet tells of its judge."""

    seat: Seat


def test_each_judge_hears_once_how_many_solutions_wait(app):
    seat = a_seat()
    sheets = [HandedOut(seat), HandedOut(seat)]

    announce(JudgesAssigned(actor=None, subject=seat.panel, unsaid={"sheets": sheets}))

    assert told() == [("judges_assigned", "nguyet@example.vn")]
    assert "2 solutions to the challenge" in letters()[0].body


def test_a_judge_is_reminded_of_what_is_open(app):
    announce(JudgeReminded(actor=None, subject=a_seat(), facts={"open": 1}))

    assert told() == [("judge_reminded", "nguyet@example.vn")]
    assert "One score sheet for the challenge" in letters()[0].body
