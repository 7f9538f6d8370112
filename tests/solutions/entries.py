"""Factories of solutions: a_solution() is a complete draft; say only what matters to the test."""

from datetime import timedelta
from itertools import count
from typing import Any

from marketplace import clock
from marketplace.accounts.models import Person
from marketplace.challenges.models import Challenge
from marketplace.db import db, token
from marketplace.organisations.models import Organisation
from marketplace.solutions import services
from marketplace.solutions.models import Solution, SolutionVersion
from tests import make

_seconds = count()
PDF = (b"%PDF-1.7\n" + b"so do he thong " * 100, "Thuyết minh đề án.pdf")
CSV = ("tuyến phố,độ sâu\nThái Hà,42\n".encode(), "Số liệu đo.csv")


def an_empty_solution(challenge: Challenge, member: Person, **fields: Any) -> Solution:
    """A draft just begun, for the one organisation of `member`."""
    organisation = organisation_of(member)
    values = {"title_vi": "Mưa Phố: cảnh báo ngập từng đoạn phố", "language": "vi"} | fields
    solution = Solution(
        challenge=challenge,
        organisation=organisation,
        author=member,
        created_at=clock.now(),
        saved_at=clock.now(),
        **values,
    )
    db.session.add(solution)
    db.session.commit()
    return solution


def a_solution(challenge: Challenge, member: Person, **fields: Any) -> Solution:
    """A draft that misses nothing."""
    return an_empty_solution(
        challenge,
        member,
        **{
            "summary": "Cảnh báo ngập trước 75 phút cho từng đoạn phố.",
            "approach": "Ghép dự báo mưa với mực nước đo tại cống.",
            "impact": "Sáu mươi nghìn lượt xe tránh được đoạn ngập sâu.",
            "team": "Chín kỹ sư thủy lực và lập trình.",
            "pilot_plan": "Sáu tháng tại một lưu vực.",
            "cost_vnd": 1_650_000_000,
            "trl": 7,
            "terms_accepted_at": clock.now(),
            "terms_accepted_by": member,
        }
        | fields,
    )


def received(solution: Solution, *, actor: Person | None = None) -> SolutionVersion:
    """The draft, sent in the last hours before closing; each call a second later than the one before."""
    with clock.at(solution.challenge.closes_at - timedelta(hours=2) + timedelta(seconds=next(_seconds))):
        version = services.submit_solution(solution, actor=actor or solution.author, idempotency_key=token())
        db.session.commit()
    return version


def a_received_solution(challenge: Challenge, member: Person | None = None, **fields: Any) -> Solution:
    """A complete solution that was sent in time."""
    solution = a_solution(challenge, member or make.a_member(make.an_organisation()), **fields)
    received(solution)
    return solution


def organisation_of(member: Person) -> Organisation:
    from marketplace.organisations.queries import organisations_of

    return organisations_of(member)[0]
