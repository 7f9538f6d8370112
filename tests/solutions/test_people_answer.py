"""People and groups of authors answer in their own name, where the rules of a challenge take them."""

import pytest
from sqlalchemy import select

from marketplace import clock
from marketplace.challenges.models import EligibilityRule
from marketplace.challenges.stages import RuleKind
from marketplace.db import db
from marketplace.errors import Refused
from marketplace.organisations.models import Organisation
from marketplace.organisations.services import start_membership
from marketplace.organisations.stages import Kind, Role
from marketplace.solutions import services
from marketplace.solutions.completeness import missing
from marketplace.solutions.models import Solution
from marketplace.solutions.stages import Stage
from tests import make
from tests.judging.judging_make import a_deliberating_round
from tests.site import Site

EVERYBODY = ["organisation", "group", "individual"]
WHOLE = {
    "summary": "Cảnh báo ngập trước 75 phút.",
    "approach": "Ghép dự báo mưa với mực nước.",
    "impact": "Sáu mươi nghìn lượt xe.",
    "team": "Một kỹ sư thủy lực.",
    "pilot_plan": "Sáu tháng tại một lưu vực.",
    "cost_vnd": 50_000_000,
    "trl": 5,
}


def open_to(values, **fields):
    challenge = make.a_challenge(**fields)
    challenge.eligibility = [EligibilityRule(position=1, kind=RuleKind.APPLICANTS, values=values)]
    db.session.commit()
    return challenge


def completed(solution, actor, **fields):
    services.save_solution(solution, actor=actor, **(WHOLE | fields))
    services.accept_terms(solution, actor=actor)
    db.session.commit()
    return solution


@pytest.mark.feature("6", "21")
def test_a_person_answers_in_their_own_name_and_reads_it_in_every_list(app):
    challenge, hoa = open_to(["individual"]), make.a_person("Đỗ Thị Hoa")
    site = Site(app, hoa, language="en").open(f"/challenges/{challenge.slug}").click("Start a solution")

    site.press("Start", title="Phao đo nước tự chế")

    solution = db.session.scalars(select(Solution)).one()
    assert (solution.organisation.kind, solution.organisation.name_vi) == (Kind.INDIVIDUAL, "Đỗ Thị Hoa")
    completed(solution, hoa)
    site.open(f"/solutions/{solution.reference}/check").press("Submit")
    assert "Đỗ Thị Hoa" in site.main
    assert "Phao đo nước tự chế Street-level flood warning · Đỗ Thị Hoa" in site.open("/solutions").main
    assert "Register an organisation" in site.open("/account").main
    # nobody finds the person among organisations, by name, by address or in the journal
    for reader in (None, make.an_operator(), hoa):
        other = Site(app, reader, language="en")
        assert "Đỗ Thị Hoa" not in other.open("/organisations?q=do+thi+hoa").main
        assert other.open(f"/organisations/{solution.organisation.slug}").status == 404
        found = other.open("/search?q=Đỗ+Thị+Hoa").page.find(id="results").ol
        assert found is None or "Đỗ Thị Hoa" not in found.get_text()

    with clock.at(challenge.closes_at):
        agency = Site(app, make.a_member(challenge.agency), language="en")
        assert "Đỗ Thị Hoa" in agency.open(f"/challenges/{challenge.slug}/solutions").main
        assert b"PK" in agency.open(f"/challenges/{challenge.slug}/solutions/list.xlsx").body
        assert "Đỗ Thị Hoa" in agency.open(f"/solutions/{solution.reference}").main


@pytest.mark.feature("6", "25")
def test_a_group_answers_once_its_authors_are_named_and_certified(app):
    challenge, hoa = open_to(["group"]), make.a_person("Đỗ Thị Hoa")
    site = Site(app, hoa, language="en").open(f"/challenges/{challenge.slug}/solutions/new")

    nameless = site.press("Start", title="Phao đo nước").errors
    site.press("Start", title="Phao đo nước", group_name="Nhóm Tô Lịch Xanh")

    assert nameless == ["Give the group a name."]
    solution = db.session.scalars(select(Solution)).one()
    completed(solution, hoa)
    assert [gap.name for gap in missing(solution)] == ["authors"]
    assert "Missing: at least two authors of the group" in site.open(f"/solutions/{solution.reference}").main
    for name, share in (("Đỗ Thị Hoa", 6000), ("Cao Bá Quý", 4000)):
        author = services.name_author(solution, actor=hoa, full_name=name, email=f"{share}@example.vn", share_bp=share)
        services.answer_authorship(author, actor=None, certifies=True)
    db.session.commit()
    site.open(f"/solutions/{solution.reference}/check").press("Submit")
    assert solution.stage == Stage.SUBMITTED
    assert "Nhóm Tô Lịch Xanh" in site.main


@pytest.mark.feature("7")
def test_only_where_a_rule_names_people_and_never_for_people_of_a_host(app):
    closed_to_people, hoa = make.a_challenge(), make.a_person()
    open_challenge = open_to(EVERYBODY)
    official = make.a_member(open_challenge.agency)

    answers = [
        Site(app, person, language="en").open(f"/challenges/{challenge.slug}/solutions/new").status
        for challenge, person in ((closed_to_people, hoa), (open_challenge, official), (open_challenge, hoa))
    ]

    assert answers == [403, 403, 200]
    with pytest.raises(Refused):
        services.start_in_own_name(closed_to_people, actor=hoa, title_vi="X")
    with pytest.raises(Refused):
        services.start_as_group(open_challenge, actor=official, name="Nhóm", title_vi="X")
    group = services.start_as_group(open_challenge, actor=hoa, name="Nhóm", title_vi="X").organisation
    with pytest.raises(Refused):
        services.start_solution(closed_to_people, actor=hoa, organisation=group, title_vi="X")


@pytest.mark.feature("57", "82")
def test_a_colleague_of_a_person_who_entered_does_not_judge_and_the_winner_has_no_profile(app):
    made = a_deliberating_round(judges=1)
    entry = made.entries[0]
    hoa, employer = make.a_person("Đỗ Thị Hoa"), make.an_organisation("Viện Thủy lợi")
    entry.organisation = db.session.merge(
        Organisation(
            kind=Kind.INDIVIDUAL,
            helix="support",
            slug="x-1",
            name_vi="Đỗ Thị Hoa",
            is_listed=False,
            created_at=clock.now(),
        )
    )
    start_membership(entry.organisation, hoa, role=Role.OWNER, giver=None)
    start_membership(employer, hoa, role=Role.MEMBER, giver=None)
    db.session.commit()
    colleague = make.a_member(employer)
    from marketplace.judging.queries.entries import ties_of

    assert {key: basis.value for key, basis in ties_of([colleague], made.entries).items()} == {
        (colleague.id, entry.id): "member"
    }
    made.publish()
    public = Site(app, language="en").open(f"/results/{made.challenge.slug}")
    assert "Đỗ Thị Hoa" in public.main
    assert "Đỗ Thị Hoa" not in public.links()
