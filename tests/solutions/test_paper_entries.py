"""Entries on paper: typed in at the counter, read by nobody before opening, taken over by whoever brought them."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from marketplace import clock
from marketplace.audit.models import JournalEntry
from marketplace.challenges.models import EligibilityRule
from marketplace.challenges.stages import RuleKind
from marketplace.db import db
from marketplace.files import StoredFile, sweep_blobs, whole_content
from marketplace.jobs import OutboxJob
from marketplace.notifications.models import Letter
from marketplace.notifications.reminders import remind_entrants
from marketplace.organisations.models import Organisation
from marketplace.organisations.queries import matching
from marketplace.organisations.stages import Claim, Role
from marketplace.solutions import services as solutions
from marketplace.solutions.models import PaperEntry, Solution
from marketplace.solutions.paper import services
from marketplace.solutions.paper.codes import code_of
from marketplace.solutions.stages import Stage
from marketplace.text import HANOI
from tests import make
from tests.site import Site
from tests.solutions.entries import PDF, a_solution

TYPED = {"title": "Phao đo nước tự chế", "contact_name": "Cụ Đỗ Văn Sáu", "contact_phone": "0912 345 678"}


def at_the_counter(app, challenge, clerk, *, q="", **typed) -> Site:
    site = Site(app, clerk, language="en").open(f"/challenges/{challenge.slug}").click("Take in an entry on paper")
    if q:
        site.press("Search", q=q)
    return site.press("Go on", **(TYPED | typed))


def sealed_at(site: Site, **typed) -> Site:
    """Attach the scan, accept the terms, compare, seal."""
    reference = site.address.rsplit("/", 1)[-1]
    site.open(f"/solutions/{reference}/edit/attachments").press("Attach", files={"files": PDF})
    site.open(f"/solutions/{reference}/edit/terms").press("Accept", accepts="y", certifies="y")
    site.open(f"/solutions/{reference}").click("Compare and seal")
    return site.press("Seal it", compared="y", **typed)


def the_paper() -> PaperEntry:
    return db.session.scalars(select(PaperEntry)).one()


@pytest.mark.feature("36", "32", "33")
def test_a_clerk_takes_in_a_paper_seals_it_and_sees_no_more_than_the_receipt(app):
    challenge = make.a_challenge()
    clerk, colleague = make.a_member(challenge.agency), make.a_member(challenge.agency, Role.OWNER)
    site = at_the_counter(app, challenge, clerk, entrant="body", name="Tổ hợp Tác Sáu", kind="cooperative")
    solution = db.session.scalars(select(Solution)).one()
    draft = f"/solutions/{solution.reference}"
    assert "On paper, number HG-" in site.main
    site.open(f"{draft}/edit/summary").press("Save", summary="Phao nổi có vạch, người dân đọc và nhắn tin.")
    assert Site(app, colleague, language="en").open(draft).status == 404
    early = site.open(f"{draft}/sealing").send(f"{draft}/sealing", compared="y")
    assert (early.status, "Missing: the scan of the paper, with every page" in early.main) == (422, True)

    sealed_at(site.open(draft))

    paper = the_paper()
    assert solution.stage == Stage.SUBMITTED
    assert [TYPED["contact_name"] in site.main, paper.version.reference in site.main, code_of(paper) in site.main] == [
        True,
        True,
        True,
    ]
    assert "Phao" not in site.main
    paths = [draft, f"{draft}/check", f"{draft}/sealing", f"{draft}/edit/summary", f"{draft}/package.zip"]
    paths += [f"{draft}/files/{paper.version.files[0]['reference']}"]
    readers = {"clerk": clerk, "colleague": colleague, "operator": make.an_operator()}
    assert {Site(app, each).open(path).status for each in readers.values() for path in paths} == {404}
    assert Site(app, colleague).open(f"/paper-entries/{paper.reference}").status == 404
    counter = site.open(f"/challenges/{challenge.slug}/paper-entries").main
    assert [paper.reference in counter, "Tổ hợp Tác Sáu" in counter] == [False, False]
    assert (
        "On paper The moment is that of the stamp"
        in Site(app, language="en").open(f"/receipts/{paper.version.reference}").main
    )
    with clock.at(challenge.closes_at):
        received = Site(app, colleague, language="en").open(draft).main
        assert ["Phao nổi có vạch" in received, "It came on paper" in received] == [True, True]


@pytest.mark.feature("36")
def test_whoever_stood_there_goes_on_online_and_the_organisation_is_listed_then(app):
    challenge = make.a_challenge()
    clerk = make.a_member(challenge.agency)
    sealed_at(
        at_the_counter(
            app,
            challenge,
            clerk,
            entrant="body",
            name="Tổ hợp Tác Sáu",
            kind="cooperative",
            tax_code="0100233488",
            contact_email="sau@example.vn",
        )
    )
    paper, sau = the_paper(), make.a_person("Đỗ Văn Sáu", email="sau@example.vn", language="en")
    letter = db.session.scalars(select(Letter).where(Letter.kind == "paper_code")).one()
    code = code_of(paper)
    assert [code in letter.body, letter.sealed_until == challenge.sealed_until] == [True, True]
    # with an address the clerk never sees the code, and could not use it
    assert code not in Site(app, clerk, language="en").open(f"/paper-entries/{paper.reference}").main
    insider = Site(app, clerk, language="en").open("/paper-entries/take-over")
    assert insider.press("Go on online", reference=paper.reference, code=code).status == 403
    assert db.session.scalars(matching("Tổ hợp", None)).all() == []

    site = Site(app, sau, language="en").open(f"/paper-entries/take-over?reference={paper.reference}")
    assert site.press("Go on online", code="0000").errors == [
        "Number and code do not belong together. Check both on your receipt."
    ]
    site.press("Go on online", code=code.lower().replace("-", " "))

    assert "The entry is yours from now on." in site.text
    assert (paper.claimed_by, paper.solution.organisation.tax_code) == (sau, "0100233488")
    assert "Tổ hợp Tác Sáu" in Site(app).open("/organisations?q=to+hop").main
    assert site.open(f"/receipts/{paper.version.reference}").status == 200
    again = Site(app, make.a_person(), language="en").open("/paper-entries/take-over")
    again.press("Go on online", reference=paper.reference, code=code)
    assert again.errors == ["This entry was taken over already. If it was not you, tell the agency."]


@pytest.mark.feature("36")
def test_people_and_organisations_on_the_site_answer_on_paper_too(app):
    challenge = make.a_challenge()
    challenge.eligibility = [
        EligibilityRule(position=1, kind=RuleKind.APPLICANTS, values=["organisation", "individual"])
    ]
    startup = make.an_organisation("Công ty Mưa Phố")
    minh, clerk = make.a_member(startup, language="en"), make.a_member(challenge.agency)
    a_solution(challenge, minh)

    # that the startup writes an answer already is sealed from the clerk, so nothing is refused
    sealed_at(at_the_counter(app, challenge, clerk, q="mưa phố", entrant=startup.slug))
    sealed_at(at_the_counter(app, challenge, clerk, entrant="individual", name="Cụ Đỗ Văn Sáu"))

    first, second = db.session.scalars(select(PaperEntry).order_by(PaperEntry.id))
    assert Site(app, minh, language="en").open("/solutions").main.count(TYPED["title"]) == 1
    letters = db.session.scalars(select(Letter).where(Letter.to_person_id == minh.id)).all()
    assert ["It came on paper" in each.body for each in letters] == [True]
    assert first.solution.ordinal == 2
    send_own(app, minh)
    with clock.at(challenge.closes_at):
        received = Site(app, clerk, language="en").open(f"/challenges/{challenge.slug}/solutions").main
        assert received.count("More than 1 entry") == 2
    sau = make.a_person("Đỗ Văn Sáu")
    Site(app, sau, language="en").open("/paper-entries/take-over").press(
        "Go on online", reference=second.reference, code=code_of(second)
    )
    assert (second.solution.organisation.person_id, second.solution.organisation.is_listed) == (sau.id, False)


@pytest.mark.feature("36")
def test_after_closing_a_second_person_compares_and_the_reason_is_in_the_journal(app):
    challenge = make.a_closed_challenge()
    clerk, colleague = make.a_member(challenge.agency), make.a_member(challenge.agency, name="Hoàng Văn Ký")
    stamp = challenge.closes_at - timedelta(minutes=20)
    typed = {"entrant": "body", "name": "Tổ hợp Sáu", "kind": "cooperative"}
    too_late = at_the_counter(
        app, challenge, clerk, arrived_at=local(challenge.closes_at + timedelta(minutes=1)), **typed
    )
    assert too_late.errors == ["It must have arrived after opening, before closing, and not in the future."]
    site = at_the_counter(app, challenge, clerk, arrived_at=local(stamp), **typed)
    unexplained = sealed_at(site)
    assert unexplained.errors == ["Say why it is typed in after closing."]
    unexplained.press("Seal it", compared="y", reason="Quầy mất điện lúc 16 giờ 50.")
    paper = the_paper()
    assert (paper.version, paper.solution.stage) == (None, Stage.DRAFT)
    own = f"/paper-entries/{paper.reference}"
    assert Site(app, clerk).open("/").send(f"{own}/confirmation").status == 403

    second = Site(app, colleague, language="en").open("/work").click(paper.reference)
    scan = paper.solution.attachments[0].file
    assert TYPED["title"] in second.main
    scan_status = Site(app, colleague).open(f"{own}/files/{scan.reference}").status
    second.press("It arrived in time and says this")

    assert scan_status in (200, 409)  # until it was scanned for malware nobody opens it
    assert (paper.solution.stage, paper.version.received_at) == (Stage.SUBMITTED, paper.arrived_at)
    assert abs(paper.arrived_at - stamp) < timedelta(minutes=1)
    line = db.session.scalars(select(JournalEntry).where(JournalEntry.event == "PaperHandedOver")).one()
    assert (line.facts["reason"], line.facts["scans"]) == ("Quầy mất điện lúc 16 giờ 50.", [scan.sha256])
    assert second.open("/").send(f"{own}/confirmation").status == 409
    assert TYPED["title"] in second.open(f"/challenges/{challenge.slug}/solutions").main
    with clock.at(challenge.closes_at + timedelta(days=4)):
        closed = Site(app, clerk, language="en").open(f"/challenges/{challenge.slug}/paper-entries")
        assert "The counter is closed" in closed.main
        assert (
            closed.send(
                f"/challenges/{challenge.slug}/paper-entries", **typed, **TYPED, arrived_at=local(stamp), language="vi"
            ).status
            == 409
        )


def send_own(app, minh):
    """The startup sends its own answer too."""
    own = db.session.scalars(select(Solution).where(Solution.author_id == minh.id)).one()
    Site(app, minh, language="en").open(f"/solutions/{own.reference}/check").press("Submit")


def local(moment):
    return moment.astimezone(HANOI).strftime("%Y-%m-%dT%H:%M")


@pytest.mark.feature("36")
def test_only_the_agency_has_a_counter_and_an_unclaimed_body_gets_no_owner_by_a_code(app):
    challenge = make.a_challenge()
    path = f"/challenges/{challenge.slug}/paper-entries"
    strangers = [make.a_person(), make.a_member(make.an_agency()), make.an_operator()]
    assert {Site(app, person).open(path).status for person in strangers} == {404}
    body = make.an_organisation("Viện Chưa Ai Nhận")
    body.claim = Claim.UNCLAIMED
    db.session.commit()
    clerk = make.a_member(challenge.agency)
    refused = at_the_counter(app, challenge, clerk, entrant="individual", name="Cụ Sáu")
    assert refused.errors == ["Not a valid choice."]
    sealed_at(at_the_counter(app, challenge, clerk, q="chưa ai nhận", entrant=body.slug))

    sau = make.a_person()
    solution = services.take_over_paper(the_paper(), actor=sau, code=code_of(the_paper()))
    solutions.save_solution(solution, actor=sau, team="Ba người.")

    assert (body.claim, body.memberships, solution.team) == (Claim.UNCLAIMED, [], "Ba người.")
    assert db.session.scalars(select(Organisation).where(Organisation.is_listed.is_(False))).all() == []


@pytest.mark.feature("36", "T-082")
def test_what_was_begun_at_the_counter_and_never_sealed_is_thrown_away_with_all_that_was_typed(app):
    challenge = make.a_challenge()
    clerk, colleague = make.a_member(challenge.agency), make.a_member(challenge.agency, Role.OWNER)
    typed = {"entrant": "body", "name": "Tổ hợp Tác Sáu", "kind": "cooperative"}
    kept = at_the_counter(app, challenge, clerk, **typed)
    reference = kept.address.rsplit("/", 1)[-1]
    kept.open(f"/solutions/{reference}/edit/team").press("Save", team="Ba người.")
    kept.open(f"/solutions/{reference}/edit/attachments").press("Attach", files={"files": PDF})
    place = f"/solutions/{reference}/discarding"
    assert [Site(app, each).send(place).status for each in (colleague, make.an_operator())] == [404, 404]

    kept.open(f"/solutions/{reference}").click("Throw this entry away").press("Throw it away")

    assert "What was typed and attached is gone." in kept.text
    names = db.session.scalars(select(Organisation.name_vi)).all()
    left = [db.session.scalars(select(kind)).all() for kind in (PaperEntry, Solution, StoredFile)]
    assert (left, "Tổ hợp Tác Sáu" in names, kept.open(f"/solutions/{reference}").status) == ([[], [], []], False, 404)
    line = db.session.scalars(select(JournalEntry).where(JournalEntry.event == "PaperDiscarded")).one()
    assert (line.object_reference, line.actor_id, line.facts["sealed_until"] > line.at.isoformat()) == (
        reference,
        clerk.id,
        True,
    )
    at_the_counter(app, challenge, clerk, **typed)
    sealed = sealed_at(at_the_counter(app, challenge, clerk, **typed))
    reference = the_second().solution.reference
    assert sealed.send(f"/solutions/{reference}/discarding").status == 404
    for days, number in ((2, 2), (4, 1)):
        with clock.at(challenge.closes_at + timedelta(days=days)):
            services.discard_forgotten()
            db.session.commit()
            sweep_blobs(clock.now() + timedelta(days=1))
        assert len(db.session.scalars(select(PaperEntry)).all()) == number
    scan = db.session.scalars(select(StoredFile)).one()
    assert whole_content(scan) == PDF[0]
    assert len(list(Path(app.config["FILES_FOLDER"]).glob("??/*"))) == 1


def the_second() -> PaperEntry:
    return db.session.scalars(select(PaperEntry).order_by(PaperEntry.id.desc())).first()


def test_nobody_is_reminded_to_finish_what_a_clerk_types_in(app):
    challenge = make.a_challenge()
    company = make.an_organisation("Công ty Mưa Phố")
    make.a_member(company)
    at_the_counter(app, challenge, make.a_member(challenge.agency), q="mưa phố", entrant=company.slug)

    with clock.at(challenge.closes_at - timedelta(hours=20)):
        remind_entrants()

    assert db.session.scalars(select(OutboxJob).where(OutboxJob.kind == "remind_entrant")).all() == []
