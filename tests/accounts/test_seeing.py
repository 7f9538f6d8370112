"""An operator sees the site as somebody else: announced, for a while, without a hand and without what is sealed."""

from datetime import timedelta

from sqlalchemy import select

from marketplace import clock
from marketplace.audit.models import JournalEntry
from marketplace.db import db
from marketplace.notifications.models import Letter
from marketplace.organisations.stages import Role
from tests import make
from tests.site import Site
from tests.solutions.entries import an_empty_solution

REASON = "Gọi lúc 9:40, không tìm thấy lời mời đồng nghiệp."
SECRET = "Giải pháp bí mật Mưa Phố"


def looking_as(app, person, operator=None):
    """The operator's browser, looking as this person."""
    site = Site(app, operator or make.an_operator(), language="en").open(f"/operator/people/{person.reference}")
    return site.click("See the site as this person").press("See as this person", reason=REASON)


def test_it_needs_a_reason_and_is_told_to_the_person_and_the_journal(app):
    lan, operator = make.a_person("Nguyễn Thị Lan", language="en"), make.an_operator("Trần Văn Điều")
    site = Site(app, operator, language="en").open(f"/operator/people/{lan.reference}/viewing")

    refused = site.press("See as this person", reason="ngắn").errors
    site.press("See as this person", reason=REASON)
    seen = site.open("/account").text
    site.press("Be myself again")

    assert refused == ["Use at least 20 characters."]
    assert "You see the site as Nguyễn Thị Lan until" in seen
    assert lan.email in seen
    assert site.address == f"/en/operator/people/{lan.reference}"
    letter = db.session.scalars(select(Letter)).one()
    assert (letter.to_person_id, "Trần Văn Điều" in letter.body, REASON in letter.body) == (lan.id, True, True)
    lines = db.session.scalars(select(JournalEntry).order_by(JournalEntry.id)).all()
    told = [(each.event, each.actor_id, each.object_reference) for each in lines if "Viewing" in each.event]
    assert told == [("ViewingBegun", operator.id, lan.reference), ("ViewingEnded", operator.id, lan.reference)]


def test_nothing_is_sent_in_the_name_of_somebody_else(app):
    lan = make.a_person()
    site = looking_as(app, lan)

    sent = [site.send(path).status for path in ("/account/profile", "/account/letters", "/account/sessions/ends")]
    site.open("/work").press("Sign out")

    assert sent == [403, 403, 403]
    assert site.open("/account").address == "/en/sign-in"
    assert db.session.scalars(select(JournalEntry).where(JournalEntry.actor_id == lan.id)).all() == []


def test_what_is_sealed_for_the_operator_stays_sealed(app):
    startup = make.an_organisation()
    lan = make.a_member(startup, Role.OWNER, language="en")
    agency = make.an_agency("Sở Thử nghiệm")
    ha = make.a_member(agency, Role.OWNER, "Đỗ Thị Hà")
    challenge = make.a_challenge(agency)
    draft = make.a_draft_challenge(agency, title_vi="Bài toán còn nháp bí mật")
    an_empty_solution(challenge, lan, title_vi=SECRET)
    own = Site(app, lan, language="en")
    assert SECRET in own.open("/work").main
    site = looking_as(app, lan)

    work, account = site.open("/work").text, site.open("/account").text
    public = site.open(f"/challenges/{challenge.slug}").status, SECRET in site.html
    shown = {}
    for rule in app.url_map.iter_rules():
        if "GET" in rule.methods and not rule.arguments and rule.endpoint != "static":
            site.open(rule.rule)
            shown.setdefault(site.status, set()).add(rule.endpoint)
            assert SECRET not in site.html, rule.rule

    assert SECRET not in work + account
    assert public == (200, False)
    assert shown[200] == {
        *("home.index", "home.work", "accounts.show", "organisations.index", "organisations.glossary"),
        *("terms.show_terms", "terms.show_privacy", "terms.consents"),
    }
    of_agency = looking_as(app, ha)
    assert challenge.title_en in of_agency.open("/work").text
    assert draft.title_vi not in of_agency.open("/work").text
    assert of_agency.open(f"/challenges/{draft.slug}").status in {403, 404}


def test_it_ends_by_itself_and_nobody_looks_as_other_staff(app):
    lan, operator = make.a_person(), make.an_operator("Trần Văn Điều")
    site = looking_as(app, lan, operator)

    with clock.at(clock.now() + timedelta(minutes=16)):
        after = site.open("/account").main
    other = Site(app, operator, language="en").open(f"/operator/people/{make.an_auditor().reference}/viewing")

    assert operator.email in after
    assert "Nobody sees the site as somebody with a role on the platform" in other.main
    assert other.send(other.address.removeprefix("/en"), reason=REASON).status == 403
    assert Site(app, lan).open(f"/operator/people/{operator.reference}/viewing").status == 404
