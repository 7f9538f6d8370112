"""A contest of full size for the demo: six fields, two rounds, tiers of prizes, made by the deeds of real people."""

import random
import secrets
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from marketplace import clock
from marketplace.accounts.models import Person
from marketplace.accounts.services import add_person, change_profile
from marketplace.challenges.models import Challenge
from marketplace.challenges.patterns import pattern
from marketplace.challenges.services import draft_challenge, edit_challenge, publish_challenge, submit_challenge
from marketplace.challenges.stages import Field
from marketplace.db import db
from marketplace.demo.challenges import columns_of, moment
from marketplace.demo.content import content
from marketplace.judging.models import Panel, Seat
from marketplace.judging.queries.panels import entries_for, standings
from marketplace.judging.rules import DEFAULTS
from marketplace.judging.services.conflicts import declare_conflicts
from marketplace.judging.services.panels import accept_seat, change_panel, give_fields, invite_judge, make_panel
from marketplace.judging.services.rules import write_rules
from marketplace.judging.stages import SeatRole
from marketplace.organisations.models import Organisation
from marketplace.organisations.queries import agencies_of
from marketplace.organisations.services import register_organisation
from marketplace.organisations.stages import Helix, Kind
from marketplace.organisations.stages import Role as OrganisationRole
from marketplace.solutions.models import Solution
from marketplace.solutions.services.drafting import accept_terms, save_solution, start_solution
from marketplace.solutions.services.screening import admit_solution, begin_screening
from marketplace.solutions.services.sending import submit_solution

TITLE = "Hội thi Sáng tạo kỹ thuật thành phố Hà Nội"
# of 980 entries the best twenty of each field go on, and ten judges of each field read them
ENTRIES_PER_PLACE, ENTRIES_PER_JUDGE = 49, 98
ENTRIES_PER_OWNER = 20
_SIDES = (Helix.STATE, Helix.ACADEMIA, Helix.BUSINESS)
_BODIES = (
    (Kind.STARTUP, Helix.BUSINESS, "Công ty TNHH"),
    (Kind.ENTERPRISE, Helix.BUSINESS, "Công ty Cổ phần"),
    (Kind.UNIVERSITY, Helix.ACADEMIA, "Trường"),
    (Kind.COOPERATIVE, Helix.BUSINESS, "Hợp tác xã"),
)


def make_contest(today: datetime, *, count: int, people: dict[str, Person]) -> Panel:
    """A contest with so many admitted entries whose judges have declared; next the secretary assigns them."""
    member = people["oanh"]
    challenge = _challenge(today, people=people, best=max(1, count // ENTRIES_PER_PLACE))
    solutions = [_solution(challenge, today, number=number, owner=owner) for number, owner in _owners(today, count)]
    with clock.at(moment(today, -18)):
        begin_screening(challenge, actor=member)
        for solution in solutions:
            admit_solution(solution, actor=member)
        panel = make_panel(challenge, actor=member, max_load=max(15, count * 4 // 50))
        change_panel(panel, actor=member, score_by_on=moment(today, 6).date())
    db.session.commit()
    with clock.at(moment(today, -15)):
        for number, told in enumerate(_judges(max(3, count // ENTRIES_PER_JUDGE)), 1):
            _seat(panel, told, number=number, secretary=member)
            db.session.commit()
    return panel


def _challenge(today: datetime, *, people: dict[str, Person], best: int) -> Challenge:
    member, manager = people["oanh"], people["lam"]
    told = next(each for each in content("challenges") if each["id"] == "HN-DEMO-12")
    agency = agencies_of(manager, OrganisationRole.MANAGER)[0]
    rounds = [{"blind": "blind", "best": best}, {"blind": "open", "best": None}]
    with clock.at(moment(today, -70)):
        challenge = draft_challenge(agency, actor=member, title_vi=TITLE, is_demo=True)
        edit_challenge(challenge, actor=member, **{**columns_of(told, today), **pattern("contest"), **_days(today)})
        write_rules(challenge, actor=member, content={**DEFAULTS, "rounds": rounds, "minimum_total": 50})
    with clock.at(moment(today, -67)):
        submit_challenge(challenge, actor=manager)
    with clock.at(moment(today, -64)):
        publish_challenge(challenge, actor=people["vinh"])
    return challenge


def _days(today: datetime) -> dict[str, Any]:
    return {
        "title_vi": TITLE,
        "title_en": "Technical innovation contest of the city of Hanoi",
        "summary_vi": "Hội thi tìm giải pháp kỹ thuật mới, dùng được ngay, trong sáu lĩnh vực của đời sống Thủ đô.",
        "summary_en": "The contest seeks new technical solutions that can be used at once, in six fields of city life.",
        "eligibility": [],
        "opens_at": moment(today, -60, 8),
        "closes_at": moment(today, -20),
        "decision_on": moment(today, 20).date(),
    }


def _owners(today: datetime, count: int) -> Iterator[tuple[int, Person]]:
    """Somebody who enters for a handful of organisations, anew for each handful."""
    owner = None
    for number in range(count):
        if owner is None or not number % ENTRIES_PER_OWNER:
            with clock.at(moment(today, -62)):
                owner = _person(f"nguoi-thi-{number // ENTRIES_PER_OWNER + 1}@duthi.example.vn", number)
        yield number, owner


def _person(email: str, number: int) -> Person:
    words = content("contest")[0]["names"]
    name = " ".join(part[number * step % len(part)] for part, step in zip(words, (5, 3, 7), strict=True))
    return add_person(email, full_name=name, password=secrets.token_urlsafe(24), is_demo=True)


def _solution(challenge: Challenge, today: datetime, *, number: int, owner: Person) -> Solution:
    told = _told(number)
    with clock.at(moment(today, -55 + number % 33, 9)):
        entrant = _organisation(number, owner)
        solution = start_solution(challenge, actor=owner, organisation=entrant, title_vi=told.pop("title"))
        solution.is_demo = True
        save_solution(solution, actor=owner, **told)
        accept_terms(solution, actor=owner)
        submit_solution(solution, actor=owner, idempotency_key=f"contest-{number}")
    if not number % 50:
        db.session.commit()
    return solution


def _organisation(number: int, owner: Person) -> Organisation:
    kind, helix, prefix = _BODIES[number % len(_BODIES)]
    places = content("contest")[0]["places"]
    name = f"{prefix} {places[number % len(places)]} {number // len(places) + 1}"
    return register_organisation(kind, helix=helix, actor=owner, name_vi=name, is_demo=True)


def _told(number: int) -> dict[str, Any]:
    """The text of an entry: a device, a subject and a place of its field, different for every number."""
    fields = content("contest")[0]["fields"]
    plan = fields[number % len(fields)]
    turn = number // len(fields)
    device, subject = plan["devices"][turn % len(plan["devices"])], plan["subjects"][turn // 7 % len(plan["subjects"])]
    place = content("contest")[0]["places"][(turn * 5 + number) % len(content("contest")[0]["places"])]
    dice = random.Random(number)
    tried, gained = dice.randint(3, 18), dice.randint(5, 40)
    return {
        "title": f"{device} {subject} cho {place}",
        "field": Field(plan["field"]),
        "summary": f"{device} {subject}, dùng tại {place}, làm bằng vật tư sẵn có và dễ nhân rộng.",
        "approach": f"Nhóm chế tạo {device.lower()} {subject}; chạy thử {tried} tháng, đo so sánh trước và sau.",
        "impact": f"Giảm {dice.randint(10, 60)} % chi phí và {gained} % thời gian so với cách làm cũ.",
        "team": f"{dice.randint(2, 7)} người, có kỹ sư và người vận hành tại chỗ.",
        "pilot_plan": f"Lắp đặt, hướng dẫn và theo dõi trong {dice.randint(3, 9)} tháng tại {place}.",
        "cost_vnd": dice.randint(20, 900) * 1_000_000,
        "trl": dice.randint(4, 9),
    }


def _judges(count: int) -> Iterator[tuple[SeatRole, list[dict[str, Any]]]]:
    """A chair for all fields, then so many judges of each field."""
    fields = content("contest")[0]["fields"]
    yield SeatRole.CHAIR, fields
    for plan in fields:
        for _ in range(count):
            yield SeatRole.JUDGE, [plan]


def _seat(panel: Panel, told: tuple[SeatRole, list[dict[str, Any]]], *, number: int, secretary: Person) -> Seat:
    role, plans = told
    person = _person(f"giam-khao-{number}@hoidong.example.vn", number + 50)
    dice = random.Random(number)
    known = [subject for plan in plans for subject in dice.sample(plan["subjects"], 4 if len(plans) == 1 else 1)]
    change_profile(person, actor=person, affiliation="", expertise="\n".join(known))
    side = _SIDES[number % len(_SIDES)]
    seat = invite_judge(panel, person, role=role, actor=secretary, side=side)
    if role != SeatRole.CHAIR:
        give_fields(seat, actor=secretary, fields=[Field(plan["field"]) for plan in plans])
    accept_seat(seat, actor=person, undertaking=True, most=10 if role == SeatRole.CHAIR else None)
    _declare(seat, dice)
    return seat


def _declare(seat: Seat, dice: random.Random) -> None:
    entries = entries_for(seat)
    known = standings([seat], entries)
    asked: Sequence[int] = [each.solution.id for each in entries if known[seat.id, each.solution.id].basis is None]
    tied = set(dice.sample(asked, len(asked) // 40))
    reason = "Từng hướng dẫn nhóm này."
    declare_conflicts(seat, actor=seat.person, answers={key: reason if key in tied else None for key in asked})
