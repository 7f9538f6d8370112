"""Organisations that answer together: invited, each with task and share, each behind the exact version."""

import pytest
from sqlalchemy import select

from marketplace.db import db, token
from marketplace.notifications.models import Letter
from marketplace.organisations.stages import Kind, Role
from marketplace.solutions import consortium, services
from marketplace.solutions.models import Partner, Solution
from tests import make
from tests.site import Site
from tests.solutions.entries import a_solution


@pytest.fixture
def draft(app) -> Solution:
    return a_solution(make.a_challenge(), make.a_member(make.an_organisation("Công ty Mưa Phố")))


@pytest.fixture
def institute(app):
    return make.an_organisation("Viện Thủy văn", kind=Kind.INSTITUTE)


def address_of(solution):
    return f"/solutions/{solution.reference}"


def lead_site(app, solution) -> Site:
    return Site(app, solution.author, language="en").open(f"{address_of(solution)}/partners")


def invite(app, solution, organisation, share="40"):
    site = lead_site(app, solution).press("Search", q=organisation.name_vi)
    return site.click("Invite").press(
        "Send the invitation", task="Mô hình thủy văn", share_bp=share, background_ip="Bộ số liệu 20 năm."
    )


def line_of(solution, organisation) -> Partner:
    found = select(Partner).where(Partner.solution_id == solution.id, Partner.organisation_id == organisation.id)
    return db.session.scalars(found.order_by(Partner.id.desc())).first()


def a_consortium(draft, institute) -> tuple[Solution, Partner, object]:
    """Complete but for the institute's word: shares 60 and 40."""
    hoa = make.a_member(institute, Role.MEMBER, "Đỗ Thị Hoa")
    partner = services.invite_partner(
        draft, actor=draft.author, organisation=institute, task="Mô hình thủy văn", share_bp=4000
    )
    services.accept_partnership(partner, actor=hoa)
    lead = next(line for line in draft.partners if line.is_lead)
    services.describe_partner(lead, actor=draft.author, task="Phần mềm", share_bp=6000)
    db.session.commit()
    return draft, partner, hoa


@pytest.mark.feature("24", "N11")
def test_an_organisation_is_invited_accepts_confirms_and_the_version_keeps_it(app, draft, institute):
    hoa_person = make.a_member(institute, Role.MEMBER, "Đỗ Thị Hoa")
    minh = invite(app, draft, institute)
    assert "Invited" in minh.main
    assert "Missing: the answer of every invited partner" in minh.text

    hoa = Site(app, hoa_person, language="en").open("/work").click(draft.challenge.title_en)
    assert ("Mô hình thủy văn" in hoa.main, "Bộ số liệu 20 năm." in hoa.main, draft.approach in hoa.main) == (
        True,
        True,
        False,
    )
    hoa.press("Accept for Viện Thủy văn")
    assert hoa.address.endswith(draft.reference)
    minh.open(f"{address_of(draft)}/partners").click("Change").press("Save", task="Phần mềm", share_bp="60")
    hoa.open(f"{address_of(draft)}/check").press("Confirm this version")
    assert "Confirmed" in hoa.main

    minh.open(f"{address_of(draft)}/check").press("Submit")

    db.session.expire_all()
    version = draft.last_version
    assert [(line["name_vi"], line["share_bp"], line["confirmed_by"]) for line in version.partners] == [
        ("Công ty Mưa Phố", 6000, None),
        ("Viện Thủy văn", 4000, "Đỗ Thị Hoa"),
    ]
    assert version.whole_sha256 == consortium.whole_hash(draft)
    assert consortium.organisations_of(version) == [draft.organisation_id, institute.id]
    assert "Công ty Mưa Phố , Viện Thủy văn" in minh.main
    letters = db.session.scalars(select(Letter.to_email).where(Letter.kind == "receipt")).all()
    assert sorted(letters) == sorted([draft.author.email, hoa_person.email])


@pytest.mark.feature("24", "25")
def test_what_is_changed_after_a_confirmation_is_confirmed_again(app, draft, institute):
    draft, _partner, hoa_person = a_consortium(draft, institute)
    hoa = Site(app, hoa_person, language="en").open(f"{address_of(draft)}/check").press("Confirm this version")
    minh = Site(app, draft.author, language="en").open(f"{address_of(draft)}/edit/team").press("Save", team="Khác hẳn.")

    minh.open(f"{address_of(draft)}/check")

    assert "Submit" not in minh.buttons()
    assert "Missing: the confirmation of every partner for this exact version" in minh.main
    assert minh.send(f"{address_of(draft)}/versions", idempotency_key=token()).status == 422
    hoa.open(f"{address_of(draft)}/check").press("Confirm this version")
    assert "Submit" in minh.open(f"{address_of(draft)}/check").buttons()


def test_a_confirmation_of_what_was_changed_meanwhile_counts_for_nothing(app, draft, institute):
    draft, partner, hoa_person = a_consortium(draft, institute)
    hoa = Site(app, hoa_person, language="en").open(f"{address_of(draft)}/check")
    services.save_solution(draft, actor=draft.author, team="Khác hẳn.")

    hoa.press("Confirm this version")

    assert (hoa.status, "It was changed while you read it" in hoa.main) == (409, True)
    db.session.expire_all()
    assert partner.confirmations == []


def test_the_lead_asks_for_missing_confirmations_by_letter(app, draft, institute):
    draft, _partner, hoa = a_consortium(draft, institute)

    lead_site(app, draft).press("Ask for the missing confirmations")

    letter = db.session.scalars(select(Letter).where(Letter.kind == "confirmation_asked")).one()
    assert (letter.to_email, letter.sealed_until) == (hoa.email, draft.challenge.closes_at)


@pytest.mark.feature("24")
def test_a_challenge_may_take_what_its_partners_have_not_confirmed(app, draft, institute):
    draft.challenge.partners_confirm = False
    draft, _partner, _hoa = a_consortium(draft, institute)

    site = Site(app, draft.author, language="en").open(f"{address_of(draft)}/check").press("Submit")

    assert "not confirmed" in site.main


def test_shares_must_sum_to_the_whole_and_be_shares(app, draft, institute):
    site = invite(app, draft, institute, share="130")
    assert site.status == 422
    site.press("Send the invitation", share_bp="40")
    assert "Shares in all: 100%" in site.main

    site.click("Change").press("Save", task="Phần mềm", share_bp="80")

    assert "Shares in all: 120%" in site.main
    assert "they must sum to 100 percent" in site.main


@pytest.mark.feature("T-085")
def test_an_organisation_takes_part_once_in_a_challenge(app, draft, institute):
    hoa = make.a_member(institute, Role.OWNER)
    rival = a_solution(draft.challenge, make.a_member(make.an_organisation()))
    for solution in (draft, rival):
        services.invite_partner(solution, actor=solution.author, organisation=institute, task="x", share_bp=1)
    first, second = line_of(draft, institute), line_of(rival, institute)
    site = Site(app, hoa, language="en").open(f"/partnerships/{first.reference}").press(f"Accept for {institute}")

    site.open(f"/partnerships/{second.reference}").press(f"Accept for {institute}")

    assert (site.status, "takes part in another solution" in site.main) == (409, True)
    site.open(f"/challenges/{draft.challenge.slug}/solutions/new").press("Start", title="Một mình", language="vi")
    assert site.address.endswith(draft.reference)


@pytest.mark.feature("24", "T-042")
def test_a_partner_is_swapped_until_closing_and_loses_sight_at_once(app, draft, institute):
    draft, partner, hoa_person = a_consortium(draft, institute)
    hoa = Site(app, hoa_person, language="en").open(address_of(draft))
    assert hoa.status == 200

    lead_site(app, draft).press("End Viện Thủy văn")
    invite(app, draft, make.an_organisation("Viện Khác"))

    assert hoa.open(address_of(draft)).status == 404
    assert hoa.open(f"/partnerships/{partner.reference}").status == 404
    assert [line.organisation.name_vi for line in consortium.standing(draft)] == ["Công ty Mưa Phố", "Viện Khác"]
    told = db.session.scalars(select(Letter.to_email).where(Letter.kind == "partner_answered")).all()
    assert hoa_person.email in told


def test_a_partner_that_leaves_takes_its_word_for_what_was_received_back(app, draft, institute):
    draft, partner, hoa_person = a_consortium(draft, institute)
    services.confirm_version(partner, actor=hoa_person, sha256=consortium.whole_hash(draft))
    services.submit_solution(draft, actor=draft.author, idempotency_key=token())

    Site(app, hoa_person, language="en").open(f"{address_of(draft)}/partners").press("End Viện Thủy văn")

    db.session.refresh(draft)
    assert draft.stage == "withdrawn"


def test_an_invited_organisation_may_decline(app, draft, institute):
    hoa = Site(app, make.a_member(institute), language="en")
    invite(app, draft, institute)

    hoa.open(f"/partnerships/{line_of(draft, institute).reference}").press("Decline")

    assert line_of(draft, institute).ended_because == "declined"
    assert consortium.standing(draft) == []
    assert "Invitations to a consortium" not in hoa.open("/work").main


@pytest.mark.feature("32", "T-085")
def test_until_closing_nobody_outside_knows_of_the_consortium(app, draft, institute):
    draft, partner, hoa = a_consortium(draft, institute)
    others = [make.a_member(draft.challenge.agency), make.an_operator(), make.a_member(make.an_organisation())]
    viewer = make.a_member(institute, Role.VIEWER)

    for person in others:
        site = Site(app, person, language="en")
        paths = [f"{address_of(draft)}/partners", f"/partnerships/{partner.reference}"]
        assert [site.open(path).status for path in paths] == [404, 404]
        assert site.send(f"/partnerships/{partner.reference}/refusal").status == 404
    assert Site(app, viewer).open(f"{address_of(draft)}/partners").status == 200
    assert Site(app, viewer).send(f"{address_of(draft)}/partners/{partner.reference}/departure").status == 403
    operator = Site(app, others[1], language="en")
    assert hoa.email not in operator.open("/outbox").main
    assert draft.reference not in operator.open("/journal").main


def test_state_bodies_the_lead_and_those_asked_already_are_not_found(app, draft, institute):
    agency = make.an_agency("Sở Thủy lợi")
    invite(app, draft, institute)
    site = lead_site(app, draft)

    found = {q: site.press("Search", q=q).links().count("Invite") for q in ("Sở Thủy lợi", "Mưa Phố", "Viện Thủy")}

    assert found == {"Sở Thủy lợi": 0, "Mưa Phố": 0, "Viện Thủy": 0}
    answer = site.send(f"{address_of(draft)}/partners/invitations/{agency.slug}", task="x", share_bp="1")
    assert answer.status == 409


@pytest.mark.feature("57", "99")
def test_people_of_a_partner_cannot_judge_or_screen_the_entry(app, draft, institute):
    from marketplace.judging.queries.entries import ties_of

    draft, partner, hoa = a_consortium(draft, institute)
    services.confirm_version(partner, actor=hoa, sha256=consortium.whole_hash(draft))
    services.submit_solution(draft, actor=draft.author, idempotency_key=token())

    assert ties_of([hoa], [draft]) == {(hoa.id, draft.id): "member"}


def test_the_agency_announces_both_rules_before_opening(app):
    challenge = make.a_draft_challenge()
    site = Site(app, make.a_member(challenge.agency), language="en").open(f"/challenges/{challenge.slug}/edit")

    site.click("Rules for entries").send(
        f"/challenges/{challenge.slug}/edit/entries", counts_complete_drafts="y", most_entries="1"
    )

    db.session.refresh(challenge)
    assert (challenge.partners_confirm, challenge.counts_complete_drafts) == (False, True)
