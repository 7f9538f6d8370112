"""Who speaks for a body, and whether it may: claims, verification, suspension, hand-over, merging."""

from threading import Barrier, Thread

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from marketplace.accounts.models import Person
from marketplace.db import db
from marketplace.errors import Conflict
from marketplace.notifications.models import Letter
from marketplace.organisations import services
from marketplace.organisations.models import Membership, Organisation
from marketplace.organisations.stages import Claim, Helix, Kind, Role
from marketplace.organisations.standing.models import SpeakerClaim
from marketplace.organisations.standing.services import lift_suspension, suspend_organisation
from tests import make
from tests.site import Site

SAID = {"position": "Chánh Văn phòng", "paper": "Giấy giới thiệu 12/GGT-SXD ngày 20/11/2026", "phone": "024 3825 3536"}
PROOF = {"file": (b"%PDF-1.4 giay gioi thieu", "Giấy giới thiệu.pdf")}
REASON = "Giấy giới thiệu không có chữ ký và con dấu."


def an_unclaimed_agency(name="Sở Xây dựng"):
    agency = make.an_agency(name)
    agency.claim = Claim.UNCLAIMED
    return agency


def claim(app, organisation, person):
    site = Site(app, person, language="en").open(f"/organisations/{organisation.slug}")
    if organisation.claim == Claim.UNCLAIMED:
        site.click("I speak for this organisation")
    return site.open(f"/organisations/{organisation.slug}/claim").press("Send the claim", files=PROOF, **SAID)


def owners(organisation):
    open_ = [each for each in organisation.memberships if each.ended_at is None and each.role == Role.OWNER]
    return sorted(each.person.full_name for each in open_)


def letters(kind):
    return db.session.scalars(select(Letter).where(Letter.kind == kind).order_by(Letter.id)).all()


def at_once(app, *deeds):
    """What each deed answers when all begin at one moment."""
    barrier, answers = Barrier(len(deeds)), []

    def do(deed):
        with app.app_context():
            barrier.wait()
            try:
                answers.append(deed())
                db.session.commit()
            except (Conflict, IntegrityError) as error:
                db.session.rollback()
                answers.append(type(error).__name__)

    db.session.commit()
    threads = [Thread(target=do, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    db.session.expire_all()
    return answers


@pytest.mark.feature("109")
def test_a_claim_is_proved_by_a_paper_and_accepted_by_the_operator(app):
    agency, lan = an_unclaimed_agency(), make.a_person(language="en")
    site = claim(app, agency, lan)
    again = site.send(f"/organisations/{agency.slug}/claim", files=PROOF, **SAID).status
    operator = Site(app, make.an_operator(), language="en").open("/work")

    operator.click("Claims to speak for an organisation").click("Sở Xây dựng")
    shown = operator.main
    operator.press("Accept the claim")
    twice = operator.send(f"/operator/claims/{db.session.scalar(select(SpeakerClaim.reference))}/acceptance").status

    assert "Your claim waits for the operator" in site.main or again == 409
    assert (again, twice) == (409, 409)
    assert SAID["paper"] in shown
    assert owners(agency) == [lan.full_name]
    assert "Verified by the operator on" in site.open(f"/organisations/{agency.slug}").main
    assert "Your claim was accepted." in letters("claim_decided")[0].body


def test_what_the_operator_made_sure_of_must_not_change_unseen(app):
    company = make.an_organisation("Công ty Sông Xanh")
    owner = make.a_member(company, Role.OWNER)
    operator = Site(app, make.an_operator(), language="en").open(f"/operator/organisations/{company.slug}")
    operator.press("Verify", how="Tra cứu đăng ký kinh doanh")
    site = Site(app, owner, language="en")

    site.open(f"/organisations/{company.slug}/profile").press("Save", summary_vi="Quan trắc nước sông")
    kept = company.verified_how
    site.open(f"/organisations/{company.slug}/profile").press("Save", name_vi="Công ty Sông Đỏ")

    assert (kept, company.verified_at) == ("Tra cứu đăng ký kinh doanh", None)


def test_a_claim_on_a_body_that_has_owners_is_a_dispute_and_refusing_needs_a_reason(app):
    company = make.an_organisation("Công ty Sông Xanh")
    make.a_member(company, Role.OWNER, "Lê Thị Chủ")
    claim(app, company, make.a_person(language="en"))
    operator = Site(app, make.an_operator(), language="en").open("/operator/claims")
    disputed = "Disputed, waits for you" in operator.main

    operator.click("Công ty Sông Xanh").press("Refuse", reason="Không")
    short = operator.status, operator.errors
    operator.press("Refuse", reason=REASON)

    assert disputed
    assert short == (422, ["Use at least 20 characters."])
    assert owners(company) == ["Lê Thị Chủ"]
    assert REASON in letters("claim_decided")[0].body


def test_a_claim_is_taken_back_by_its_claimant_and_nobody_decides_their_own(app):
    agency, operator, lan = an_unclaimed_agency(), make.an_operator(), make.a_person()
    claim(app, agency, operator)
    own = db.session.scalars(select(SpeakerClaim)).one()
    site = claim(app, agency, lan)

    refused = (
        Site(app, operator, language="en").open("/operator/claims").send(f"/operator/claims/{own.reference}/acceptance")
    )
    stranger = Site(app, lan).open("/operator/claims").status
    site.press("Take the claim back")

    assert (refused.status, stranger) == (403, 404)
    assert "Your claim was taken back." in site.text
    assert owners(agency) == []


@pytest.mark.feature("T-042", "T-043")
def test_nobody_acts_for_a_suspended_body_from_the_next_request_on(app):
    company = make.an_organisation("Công ty Sông Xanh")
    owner = make.a_member(company, Role.OWNER, language="en")
    site, edit = Site(app, owner, language="en"), f"/organisations/{company.slug}/profile"
    before = site.open(edit).status
    room = f"/operator/organisations/{company.slug}"
    operator = Site(app, make.an_operator(), language="en").open(room)

    operator.press("Suspend", reason=REASON, typed="Công ty khác")
    mistyped = operator.status, operator.errors, site.open(edit).status
    operator.open(room).press("Suspend", reason=REASON, typed=company.reference.lower())
    during = site.open(edit).status, site.open("/challenges").status
    shown = Site(app, language="en").open(f"/organisations/{company.slug}").main
    operator.press("Lift the suspension")

    assert before == 200
    assert mistyped == (422, [f"Type {company.reference}."], 200)
    assert during == (404, 200)
    assert "Nobody can act for it here meanwhile." in shown
    assert site.open(edit).status == 200
    assert [each.subject for each in letters("organisation_suspended")] == [
        "Công ty Sông Xanh was suspended",
        "Công ty Sông Xanh can act again",
    ]


def test_the_people_of_a_suspended_agency_read_nothing_that_is_only_its_own_in_any_browser(app):
    agency = make.an_agency("Sở Thoát nước")
    writer = make.a_member(agency, Role.OWNER, language="en")
    draft, public = make.a_draft_challenge(agency), make.a_challenge(agency)
    guest = make.a_challenge(invited_only=True)
    make.a_guest(guest, agency)
    rooms = [f"/challenges/{draft.slug}", f"/challenges/{public.slug}/edit", f"/challenges/{guest.slug}"]
    browsers = [Site(app, writer, language="en") for _ in range(2)]

    def statuses():
        return [site.open(room).status for site in browsers for room in rooms]

    before = statuses()
    suspend_organisation(agency, reason=REASON, actor=make.an_operator())
    during = statuses()
    everybody = browsers[0].open(f"/challenges/{public.slug}").status
    lift_suspension(agency, actor=make.an_operator("Lê Thị Khác"))

    assert (before, statuses()) == ([200] * 6, [200] * 6)
    assert (during, everybody) == ([404, 403, 404] * 2, 200)


def test_a_duplicate_becomes_part_of_the_other_and_can_stand_alone_again(app):
    one, other = make.an_organisation("Công ty Sông Xanh"), make.an_organisation("Công ty Sông Xanh")
    make.a_member(one, Role.OWNER, "Lê Thị Chủ")
    make.a_member(other, Role.OWNER, "Phạm Văn Minh")
    make.evidence(other, "Trạm quan trắc Tô Lịch")
    operator = Site(app, make.an_operator(), language="en").open(f"/operator/organisations/{one.slug}")
    alike = other.reference in operator.main

    operator.press("Make one of the two", gone="TC-KHONGCO")
    unknown = operator.status
    operator.press("Make one of the two", gone=other.reference)
    visitor = Site(app, language="en").open(f"/organisations/{other.slug}")
    merged = visitor.address, "Trạm quan trắc Tô Lịch" in visitor.main, owners(one)
    listed = len(visitor.open("/organisations").page.select("#results li.card"))
    operator.press("Undo the merge")

    assert (alike, unknown) == (True, 422)
    assert merged == (f"/en/organisations/{one.slug}", True, ["Lê Thị Chủ", "Phạm Văn Minh"])
    assert listed <= 1
    db.session.expire_all()
    assert (owners(one), owners(other)) == (["Lê Thị Chủ"], ["Phạm Văn Minh"])
    assert "Trạm quan trắc Tô Lịch" in visitor.open(f"/organisations/{other.slug}").main


@pytest.mark.feature("T-042")
def test_a_proof_is_opened_by_its_claimant_and_the_operator_alone_once_it_was_scanned(app):
    agency, lan = an_unclaimed_agency(), make.a_person(language="en")
    site = Site(app, lan, language="en").open(f"/organisations/{agency.slug}/claim")
    site.press("Send the claim", **SAID)
    missing = site.errors
    site.press("Send the claim", files={"file": (b"MZ not a paper", "giay.exe")}, **SAID)
    wrong, kept = site.errors, site.value("paper")
    site = claim(app, agency, lan)
    own = f"/organisations/{agency.slug}/claim/proof"
    operator = Site(app, make.an_operator(), language="en").open("/operator/claims").click("Sở Xây dựng")
    address = f"{operator.address.removeprefix('/en')}/proof"
    on_disk = db.session.scalars(select(SpeakerClaim)).one().file.path.read_bytes()
    others = [Site(app, who).open(path).status for who in (make.a_person(), None) for path in (own, address)]

    opened = site.open(own).body, operator.open(address).body
    with_scanner = app.config["SCANNER"]
    app.config["SCANNER"] = "127.0.0.1:1"
    unscanned = operator.open(address).status, site.open(own).status
    app.config["SCANNER"] = with_scanner

    assert (missing, wrong, kept) == (["Choose a file."], ["Choose a PDF, JPG or PNG file."], SAID["paper"])
    assert opened == (PROOF["file"][0], PROOF["file"][0])
    assert PROOF["file"][0] not in on_disk
    assert others == [404, 404, 200, 404]
    assert unscanned == (409, 200)


@pytest.mark.feature("109")
def test_the_last_owner_hands_over_and_roles_change_with_the_list(app):
    company = make.an_organisation()
    owner = make.a_member(company, Role.OWNER, "Lê Thị Chủ")
    minh = make.a_member(company, Role.MEMBER, "Phạm Văn Minh")
    site, room = Site(app, owner, language="en"), f"/organisations/{company.slug}/members"

    site.open(room).press("Change the role of Phạm Văn Minh", role="manager")
    promoted = minh.full_name in site.text, "Leave the organisation" in site.buttons()
    member = Site(app, minh, language="en").send(f"{room}/{owner.reference}/hand-over").status
    site.press("Hand over to Phạm Văn Minh and leave")

    assert promoted == (True, False)
    assert member == 403
    assert owners(company) == ["Phạm Văn Minh"]
    assert site.open(room).status == 404
    roles = db.session.scalars(select(Membership.role).where(Membership.person_id == minh.id).order_by(Membership.id))
    assert list(roles) == [Role.MEMBER, Role.MANAGER, Role.OWNER]


@pytest.mark.feature("T-044")
def test_of_two_who_register_one_tax_code_at_once_one_wins(app):
    people = [make.a_person(name).id for name in ("Lê Thị Chủ", "Phạm Văn Minh")]

    def register(person_id):
        actor = db.session.get_one(Person, person_id)
        profile = {"name_vi": "Công ty Sông Xanh", "tax_code": "0100233488"}
        services.register_organisation(Kind.STARTUP, helix=Helix.BUSINESS, actor=actor, **profile)

    answers = at_once(app, *(lambda person_id=each: register(person_id) for each in people))

    assert sorted(map(str, answers))[1] == "None"
    assert sorted(map(str, answers))[0] in {Conflict.__name__, "IntegrityError"}
    assert len(db.session.scalars(select(Organisation)).all()) == 1
