"""Two worlds for those who judge: what a chair must not know yet, and what a conflict hides, changes no byte."""

from typing import Any

import pytest

from marketplace import clock
from marketplace.challenges.stages import Stage
from marketplace.db import db
from marketplace.judging.committee import services as committee
from marketplace.judging.committee.models import Motion, Remark, Vote
from marketplace.judging.committee.stages import Choice
from marketplace.judging.queries.results import standing_decision
from marketplace.judging.services import results
from marketplace.judging.services.results import Line, Reasons
from marketplace.organisations.experts.services import note_supervision
from marketplace.organisations.experts.stages import Supervised
from marketplace.organisations.models import Membership
from marketplace.organisations.stages import Role
from tests import make
from tests.judging.judging_make import Round, a_round, a_scoring_round, assigning, declare
from tests.judging.test_confidentiality import looked_at

SECRET = "Bí mật của thế giới kia."


def addresses(app: Any, made: Round, *more: str) -> list[str]:
    """Everything about the challenge in judging, and what its readers have of their own."""
    shared = {"judging", "committee", "tiers", "appealing", "defence"}
    own = [rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/challenges/<slug>/")]
    told = [rule for rule in own if rule.arguments == {"slug"} and "GET" in (rule.methods or ())]
    paths = [rule.rule.replace("<slug>", made.challenge.slug) for rule in told if rule.endpoint.split(".")[0] in shared]
    sheets = [sheet.reference for sheet in made.sheets()]
    return [
        *("/work", "/judging", "/results", f"/results/{made.challenge.slug}", made.path),
        *sorted(paths),
        *(f"/judging/sheets/{reference}{tail}" for reference in sheets for tail in ("", "/versions")),
        *(f"{made.path}/deliberation/sheets/{reference}" for reference in sheets),
        *(f"{made.path}/committee/entries/{entry.reference}" for entry in made.entries),
        *more,
    ]


def the_other_world(made: Round, sheets: list[Any], entry: Any) -> None:
    """Other points, comments and notes on these sheets, other words and votes on the entry, and another result."""
    for sheet in sheets:
        for score in sheet.scores:
            score.value, score.comment = (score.value + 4) % 11, SECRET
        sheet.note = SECRET
        for version in sheet.versions:
            marks = version.marks.items()
            version.marks = {key: {**mark, "value": 1, "comment": SECRET} for key, mark in marks}
    for remark in db.session.query(Remark).filter_by(solution_id=entry.id):
        remark.text = SECRET
    for motion in db.session.query(Motion).filter_by(solution_id=entry.id):
        motion.text = SECRET
        db.session.query(Vote).filter_by(motion_id=motion.id).update({"choice": Choice.AGAINST})
    decision = standing_decision(made.challenge)
    for result in decision.results if decision is not None else []:
        if result.solution_id == entry.id:
            result.awarded, result.award_vi, result.citation_vi = False, None, None
    db.session.commit()


@pytest.mark.feature("58", "N15")
def test_a_chair_who_still_scores_learns_nothing_of_what_others_gave(app):
    made = a_scoring_round(2, judges=3, reviews=3)
    chair, *others = made.judges
    for judge in others:
        made.score(judge, made.entries[0], 3, 4)
        made.score(judge, made.entries[1], 5, 5, final=False)
    one = looked_at(app, [chair, made.manager], addresses(app, made))

    the_other_world(made, [sheet for sheet in made.sheets() if sheet.seat.person_id != chair.id], made.entries[0])

    assert one.changes() == []


@pytest.fixture
def hiding(app) -> Round:
    """A contract ties the chair to the first entry, another judge supervised who wrote it, and it is to win."""
    made = a_round(2, judges=4, reviews=2)
    body, entrant = make.an_organisation("Viện Thủy văn"), made.entries[0]
    db.session.add(Membership(person=made.judges[0], organisation=body, role=Role.MEMBER, given_at=clock.now()))
    make.evidence(body, "Trạm bơm", year=clock.now().year).partner_vi = entrant.organisation.name_vi
    student = {"name": "Vũ", "email": entrant.author.email, "from_year": 2020, "to_year": None}
    note_supervision(made.judges[1], supervised=Supervised.BY_ME, **student)
    for judge in made.judges:
        declare(made, judge)
    assigning.assign_judges(made.panel, actor=made.secretary)
    for sheet in made.sheets():
        made.score(sheet.seat.person, sheet.solution, *((6, 6) if sheet.solution_id == made.entries[0].id else (5, 5)))
    made.deliberate()
    entry, panel = made.entries[0], made.panel
    committee.remark_on_entry(panel, actor=made.secretary, solution=entry, text="Nên hỏi thêm.")
    motion = committee.put_motion(panel, actor=made.secretary, solution=entry, text="Trao giải Nhất.")
    for judge in made.judges[2:]:
        committee.cast_vote(motion, actor=judge, choice=Choice.FOR)
    db.session.expire(motion)
    committee.close_vote(motion, actor=made.secretary)
    lines = [Line(each.id, awarded=each is entry, award_vi="Giải Nhất", citation_vi="Tốt.") for each in made.entries]
    reasons = Reasons("Hội đồng thống nhất như trên.")
    results.draft_results(made.challenge, actor=made.secretary, lines=lines, reasons=reasons)
    db.session.commit()
    return made


@pytest.mark.feature("58", "73", "N15")
def test_what_a_conflict_hides_changes_no_byte_for_the_judge_and_not_for_the_chair(app, hiding):
    made, entry = hiding, hiding.entries[0]
    paths = addresses(app, made, f"{made.path}/committee/motions/1", f"{made.path}/ranking?best=1")
    one, free = looked_at(app, made.judges[:2], paths), looked_at(app, [made.judges[2]], paths)
    assert made.challenge.stage == Stage.DECIDED

    the_other_world(made, [sheet for sheet in made.sheets() if sheet.solution_id == entry.id], entry)

    assert one.changes() == []
    assert free.changes() != []
