"""How many entries one entrant may have, and which rules bind the partners of a consortium."""

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from marketplace.challenges.models import EligibilityRule
from marketplace.challenges.stages import RuleKind
from marketplace.db import db
from marketplace.errors import Conflict
from marketplace.judging.queries.entries import entries_of
from marketplace.judging.queries.panels import standings
from marketplace.organisations.stages import Kind
from marketplace.solutions import services
from marketplace.solutions.models import Partner, Solution
from tests import make
from tests.judging.judging_make import a_round, an_entry
from tests.site import Site
from tests.solutions.entries import a_solution


@pytest.mark.feature("21")
def test_an_agency_says_how_many_and_the_next_one_leads_to_what_stands(app):
    agency, minh = make.an_agency(), make.a_member(make.an_organisation())
    draft = make.a_draft_challenge(agency)
    writer = Site(app, make.a_member(agency), language="en").open(f"/challenges/{draft.slug}/edit/entries")
    refused = writer.press("Save", most_entries="21").errors
    writer.press("Save", most_entries="2")
    challenge = make.a_challenge(agency, most_entries=draft.most_entries)
    site = Site(app, minh, language="en")

    for title in ("Phao đo nước", "Bản đồ ngập", "Thêm một nữa"):
        site.open(f"/challenges/{challenge.slug}/solutions/new").press("Start", title=title)

    assert refused == ["Choose a number from 1 to 20."]
    assert [each.ordinal for each in db.session.scalars(select(Solution).order_by(Solution.id))] == [1, 2]
    assert "Up to 2 entries of one entrant are taken." in site.open(f"/challenges/{challenge.slug}/solutions/new").main
    main = site.open(f"/challenges/{challenge.slug}").main
    assert (main.count("Continue your solution"), "Start a solution" in main) == (2, False)


@pytest.mark.feature("21")
def test_the_database_keeps_the_count_and_groups_made_anew_count_together(app):
    challenge, minh = make.a_challenge(), make.a_member(make.an_organisation())
    challenge.eligibility = [EligibilityRule(position=1, kind=RuleKind.APPLICANTS, values=["group"])]
    a_solution(challenge, minh)
    services.start_as_group(challenge, actor=minh, name="Nhóm Một", title_vi="X")
    db.session.commit()

    with pytest.raises(Conflict):
        services.start_as_group(challenge, actor=minh, name="Nhóm Hai", title_vi="X")
    db.session.rollback()
    with pytest.raises(IntegrityError):
        a_solution(challenge, minh)
    db.session.rollback()


@pytest.mark.feature("24", "7")
def test_a_partner_fulfils_the_rules_that_say_so_and_no_others(app):
    agency = make.an_agency()
    draft = make.a_draft_challenge(agency)
    writer = Site(app, make.a_member(agency), language="en").open(f"/challenges/{draft.slug}/edit/eligibility")
    writer.press("Save", kinds=["startup", "institute"], place="hanoi", partners=["kinds", "sizes"])
    assert [(rule.kind, rule.binds_partners) for rule in draft.eligibility] == [("kinds", True), ("place", False)]
    assert writer.open(f"/challenges/{draft.slug}/edit/eligibility").value("partners") == "kinds"
    challenge = make.a_challenge(agency)
    challenge.eligibility = [
        EligibilityRule(position=1, kind=RuleKind.KINDS, values=["startup", "institute"], binds_partners=True),
        EligibilityRule(position=2, kind=RuleKind.SIDES, values=["business"]),
    ]
    db.session.commit()
    university = make.an_organisation("Đại học Mưa", kind=Kind.UNIVERSITY)
    institute = make.an_organisation("Viện Thủy văn", kind=Kind.INSTITUTE)
    solution = a_solution(challenge, make.a_member(make.an_organisation()))
    site = Site(app, solution.author, language="en").open(f"/solutions/{solution.reference}/partners")

    for organisation in (university, institute):
        site.open(f"/solutions/{solution.reference}/partners/invitations/{organisation.slug}")
        site.press("Send the invitation", task="Mô hình", share_bp="40")
        if organisation is university:
            assert site.status == 422
            assert "Stated: University." in site.main
            assert site.value("task") == "Mô hình"

    invited = db.session.scalars(select(Partner).order_by(Partner.id)).all()
    assert [line.organisation.name_vi for line in invited if not line.is_lead] == ["Viện Thủy văn"]
    rules = Site(app, language="en").open(f"/challenges/{challenge.slug}").main
    assert "This holds for every partner of a consortium too. Open to these houses: Business." in rules
    # the rules are read again when the partner answers
    institute.kind = Kind.HUB
    db.session.commit()
    offer = Site(app, make.a_member(institute), language="en").open(f"/partnerships/{invited[-1].reference}")
    offer.press(f"Accept for {institute.name_vi}")
    assert (offer.status, invited[-1].accepted_at) == (409, None)


@pytest.mark.feature("56")
def test_a_judge_answers_once_for_an_entrant_with_two_entries(app):
    made = a_round(entries=1, judges=1)
    second = an_entry(made.challenge, title="Bản đồ ngập mở")
    second.organisation, second.ordinal = made.entries[0].organisation, 2
    db.session.commit()
    site = Site(app, made.judges[0], language="en").open(f"/judging/{made.panel.reference}/conflicts")
    name = f"answer_{second.organisation.reference}"
    assert [len(site.page.select(f"[name={name}]")), "Bản đồ ngập mở" in site.main] == [2, True]

    site.press("Send declaration", **{name: "none"})

    assert "Your declaration is complete." in site.main
    seat, entries = made.seat(made.judges[0]), entries_of(made.challenge)
    found = standings([seat], entries)
    assert [found[seat.id, entry.solution.id].basis.value for entry in entries] == ["none", "none"]
    assert len(entries_of(made.challenge)) == 2
