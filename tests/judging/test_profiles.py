"""Which judges read what an organisation keeps for judges: those who read its entry, as long as they judge it."""

import pytest

from marketplace import clock
from marketplace.db import db
from marketplace.judging.services.conflicts import recuse_judge
from marketplace.judging.stages import SeatStage
from marketplace.organisations.services import edit_organisation, set_audiences
from marketplace.organisations.stages import Audience, Role
from marketplace.solutions.models import Partner
from tests import make
from tests.judging.judging_make import a_round, a_scoring_round, assigning, declare, rules_of
from tests.site import Site

SECRET = "Doanh thu năm 2025 là 41 tỷ đồng"


def keeps_for_judges(organisation):
    """A profile of which only judges read the summary."""
    owner = make.a_member(organisation, Role.OWNER, "Lê Thị Chủ")
    edit_organisation(organisation, actor=owner, summary_vi=SECRET)
    set_audiences(organisation, actor=owner, parts={"summary": Audience.JUDGE}, lines={})
    db.session.commit()
    return owner


def reads(app, person, organisation):
    return SECRET in Site(app, person, language="en").open(f"/organisations/{organisation.slug}").text


@pytest.mark.feature("39")
def test_an_assigned_judge_reads_what_is_kept_for_judges_and_nobody_else_does(app):
    round_ = a_round(2, judges=3, reviews=2)
    one, other = round_.entries
    chair, judge, conflicted = round_.judges
    for each in (chair, judge):
        declare(round_, each)
    declare(round_, conflicted, one)
    elsewhere = a_scoring_round(1, judges=1).judges[0]
    keeps_for_judges(one.organisation)
    before = reads(app, judge, one.organisation)
    assigning.assign_judges(round_.panel, actor=round_.secretary)
    db.session.commit()

    told = {
        who: reads(app, person, one.organisation)
        for who, person in {
            "judge": judge,
            "chair": chair,
            "conflicted": conflicted,
            "judge of another challenge": elsewhere,
            "secretary": round_.secretary,
            "manager": round_.manager,
            "rival": other.author,
            "operator": make.an_operator(),
            "stranger": make.a_person(),
            "visitor": None,
        }.items()
    }

    assert not before, "declared, and nothing assigned yet"
    assert {who for who, read in told.items() if read} == {"judge", "chair"}


def test_a_judge_reads_a_partners_profile_too_and_no_more_once_tied_gone_or_done(app):
    round_ = a_scoring_round(1, judges=2)
    entry, (chair, judge) = round_.entries[0], round_.judges
    partner = make.an_organisation("Viện Thủy văn")
    keeps_for_judges(partner)
    apart = reads(app, judge, partner)
    told = {"inviter_id": entry.author_id, "invited_at": clock.now()}
    for organisation in (entry.organisation, partner):
        db.session.add(Partner(solution=entry, organisation=organisation, accepted_at=clock.now(), **told))
    db.session.commit()

    together = reads(app, judge, partner)
    rules_of(round_.challenge, rounds=[{"blind": "blind", "best": None}])
    blind = reads(app, judge, partner)
    rules_of(round_.challenge, rounds=[{"blind": "open", "best": None}])
    recuse_judge(round_.sheet(judge, entry), actor=judge, reason="Cùng đề tài với Viện.")
    db.session.commit()
    recused = reads(app, judge, partner), reads(app, chair, partner)
    round_.seat(chair).stage = SeatStage.LEFT
    db.session.commit()

    assert (apart, together, blind, recused) == (False, True, False, (False, True))
    assert not reads(app, chair, partner), "from the next request on"


def test_after_the_results_a_judge_reads_as_everybody_does(app):
    round_ = a_scoring_round(2, judges=2)
    organisation = round_.entries[0].organisation
    keeps_for_judges(organisation)
    while_judging = reads(app, round_.judges[1], organisation)
    round_.score_everything(8, 8)
    round_.deliberate()
    round_.publish()

    assert (while_judging, reads(app, round_.judges[1], organisation)) == (True, False)
