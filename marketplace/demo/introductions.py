"""Demo introductions: asked, answered, met and signed by the organisations themselves."""

from datetime import datetime, timedelta
from typing import Any

from marketplace import clock
from marketplace.accounts.models import Person
from marketplace.demo.content import content
from marketplace.matching.introductions import services
from marketplace.matching.introductions.models import Introduction
from marketplace.matching.introductions.stages import Milestone, Reason
from marketplace.organisations.models import Organisation
from marketplace.organisations.queries import people_with_role
from marketplace.organisations.stages import Role

Told = dict[str, Any]
# How many of these happened, by how the story ends.
_REPORTED = {"met": (Milestone.MET,), "contract": (Milestone.MET, Milestone.CONTRACT)}


def make_introductions(today: datetime, *, organisations: dict[str, Organisation]) -> None:
    """Every introduction that the demo tells of."""
    for told in content("introductions"):
        sides = {side: organisations[told[side]] for side in ("asker", "asked")}
        people = {side: people_with_role(each, Role.OWNER)[0] for side, each in sides.items()}
        at = today - timedelta(days=told["days"])
        with clock.at(at):
            introduction = services.ask_introduction(
                sides["asker"], sides["asked"], actor=people["asker"], purpose=told["purpose"]
            )
        _answer(introduction, told, at, people)
        if told["ends"] in ("accepted", "met", "contract"):
            _go_on(introduction, told, at, people)


def _answer(introduction: Introduction, told: Told, at: datetime, people: dict[str, Person]) -> None:
    if told["ends"] == "asked":
        return
    if told["ends"] == "expired":
        with clock.at(introduction.due_at + timedelta(minutes=1)):
            services.expire_introduction(introduction.id)
        return
    with clock.at(at + timedelta(days=2)):
        if told["ends"] == "declined":
            reason, remark = Reason(told["reason"]), told.get("remark")
            services.decline_introduction(introduction, actor=people["asked"], reason=reason, remark=remark)
        else:
            services.accept_introduction(introduction, actor=people["asked"])


def _go_on(introduction: Introduction, told: Told, at: datetime, people: dict[str, Person]) -> None:
    for number, (side, text) in enumerate(told["messages"], start=3):
        with clock.at(at + timedelta(days=number)):
            services.relay_message(introduction, actor=people[side], text=text)
    for number, milestone in enumerate(_REPORTED.get(told["ends"], ()), start=1):
        for side in ("asker", "asked"):
            with clock.at(at + timedelta(days=20 * number)):
                services.report_milestone(introduction, milestone, actor=people[side])
