"""People invited to one solution: to read it, to comment on it, to write it."""

import re

import pytest
from sqlalchemy import select

from marketplace import clock
from marketplace.db import db
from marketplace.notifications.models import Letter
from marketplace.organisations.stages import Role
from marketplace.solutions.models import Coeditor, Solution
from tests import make
from tests.site import Site
from tests.solutions.entries import a_received_solution, a_solution

RIGHTS = {"view": "Read", "comment": "Read and comment", "edit": "Read, comment and write"}


@pytest.fixture
def draft(app) -> Solution:
    return a_solution(make.a_challenge(), make.a_member(make.an_organisation("Công ty Mưa Phố")))


def invite(app, solution, email, right="edit"):
    site = Site(app, solution.author, language="en").open(f"/solutions/{solution.reference}")
    return site.click("Who works on it").press("Send the invitation", email=email, right=right)


def link_in_letter():
    letter = db.session.scalars(select(Letter).where(Letter.kind == "coeditor_invited").order_by(Letter.id.desc()))
    return re.search(r"http://localhost(/\S*solution-invitations/\S+)", letter.first().body).group(1)


def joined(app, solution, right) -> Site:
    """A person from elsewhere, with this right to the solution."""
    hoa = make.a_person("Đỗ Thị Hoa")
    invite(app, solution, hoa.email, right)
    return Site(app, hoa, language="en").open(link_in_letter()).press("Accept the invitation")


def statuses(site, solution):
    """Reading, commenting, writing, sending."""
    address = f"/solutions/{solution.reference}"
    return [
        site.open(address).status,
        site.send(f"{address}/comments", section="team", body="Rõ hơn nữa.").status,
        site.open(f"{address}/edit/team").status,
        site.send(f"{address}/versions", idempotency_key="k" * 20).status,
    ]


@pytest.mark.feature("23")
@pytest.mark.parametrize(
    ("right", "expected"),
    [("view", [200, 403, 403, 403]), ("comment", [200, 200, 403, 403]), ("edit", [200, 200, 200, 403])],
)
def test_an_invited_person_may_do_what_the_invitation_says(app, draft, right, expected):
    site = joined(app, draft, right)

    assert (site.status, "You now work on this solution." in site.text) == (200, True)
    assert statuses(site, draft) == expected
    assert draft.title_vi in site.open("/solutions").main
    assert RIGHTS[right] in Site(app, draft.author, language="en").open(f"{address_of(draft)}/coeditors").main


def address_of(solution):
    return f"/solutions/{solution.reference}"


@pytest.mark.feature("23", "T-042")
def test_whoever_is_removed_cannot_open_it_any_more(app, draft):
    site = joined(app, draft, "edit")

    Site(app, draft.author, language="en").open(f"{address_of(draft)}/coeditors").press(f"End {site_email(draft)}")

    assert statuses(site, draft) == [404] * 4
    assert draft.title_vi not in site.open("/solutions").main


def site_email(solution):
    return db.session.scalars(select(Coeditor.email).where(Coeditor.solution_id == solution.id)).one()


def test_a_coeditor_may_leave(app, draft):
    site = joined(app, draft, "view")

    site.open(f"{address_of(draft)}/coeditors").press("Leave")

    assert "You no longer work on this solution." in site.text
    assert site.open(address_of(draft)).status == 404


def test_an_invitation_is_only_for_its_address_and_only_once(app, draft):
    hoa, other = make.a_person("Đỗ Thị Hoa"), make.a_person("Người Khác")
    invite(app, draft, hoa.email)
    link = link_in_letter()

    thief = Site(app, other, language="en").open(link)
    assert "Accept the invitation" not in thief.buttons()
    assert thief.send(f"{link.removeprefix('/en')}/acceptance").status == 403
    assert draft.title_vi not in thief.text
    Site(app, hoa, language="en").open(link).press("Accept the invitation")

    assert Site(app, hoa, language="en").open(link).status == 404
    assert Site(app, other, language="en").open(address_of(draft)).status == 404


def test_an_invitation_ends_when_it_is_late_or_its_sender_is_gone(app, draft):
    hoa = make.a_person("Đỗ Thị Hoa")
    invite(app, draft, hoa.email)
    link = link_in_letter().removeprefix("/en")
    coeditor = db.session.scalars(select(Coeditor)).one()
    with clock.at(coeditor.expires_at.replace(year=coeditor.expires_at.year + 1)):
        assert Site(app, hoa, language="en").send(f"{link}/acceptance").status in (401, 409)
    draft.organisation.memberships[0].ended_at = clock.now()

    assert Site(app, hoa, language="en").send(f"{link}/acceptance").status == 409
    assert Site(app, hoa).open(address_of(draft)).status == 404


def test_inviting_again_replaces_what_was_offered(app, draft):
    hoa = make.a_person("Đỗ Thị Hoa")
    invite(app, draft, hoa.email, "view")
    first = link_in_letter()
    invite(app, draft, hoa.email.upper(), "edit")

    assert Site(app, hoa, language="en").open(first).status == 404
    Site(app, hoa, language="en").open(link_in_letter()).press("Accept the invitation")
    assert db.session.scalars(select(Coeditor.right).where(Coeditor.ended_at.is_(None))).all() == ["edit"]


def test_viewers_coeditors_and_strangers_invite_nobody(app, draft):
    hoa, viewer = joined(app, draft, "edit"), make.a_member(draft.organisation, Role.VIEWER)
    form = {"email": "ai@example.vn", "right": "edit"}

    sites = [hoa, Site(app, viewer, language="en"), Site(app, make.a_person(), language="en")]

    assert [site.send(f"{address_of(draft)}/coeditors", **form).status for site in sites] == [403, 403, 404]
    assert "Send the invitation" not in hoa.open(f"{address_of(draft)}/coeditors").buttons()


def test_a_wrong_address_is_named_and_after_closing_nobody_is_invited(app):
    solution = a_received_solution(make.a_challenge())
    site = Site(app, solution.author, language="en").open(f"{address_of(solution)}/coeditors")

    assert site.press("Send the invitation", email="không phải thư").errors == ["This is no e-mail address."]
    with clock.at(solution.challenge.closes_at):
        assert site.send(f"{address_of(solution)}/coeditors", email="a@example.vn", right="edit").status == 409


@pytest.mark.feature("32")
def test_until_closing_no_operator_sees_who_was_invited(app, draft):
    joined(app, draft, "edit")
    operator, invited = Site(app, make.an_operator(), language="en"), "Đỗ Thị Hoa"

    assert invited not in operator.open("/outbox").text
    assert draft.reference not in operator.open("/journal").text
    with clock.at(draft.challenge.closes_at):
        assert invited in operator.open("/outbox").text
        assert draft.reference in operator.open("/journal").text


@pytest.mark.feature("23")
def test_comments_are_answered_settled_and_never_sent(app, draft):
    hoa = joined(app, draft, "comment")
    hoa.open(f"{address_of(draft)}/comments").send(
        f"{address_of(draft)}/comments", section="team", body="Ai lo phần <b>dữ liệu</b>?"
    )
    minh = Site(app, draft.author, language="en").open(address_of(draft))
    assert "1 open comment" in minh.main
    assert "Ai lo phần <b>dữ liệu</b>?" in minh.open(f"{address_of(draft)}/edit/team").text

    minh.open(f"{address_of(draft)}/comments").press("Add the answer", body="Chị Thu.")
    minh.press("Settle")

    assert "Settled by" in minh.main
    assert "Chị Thu." in hoa.open(f"{address_of(draft)}/comments").main
    minh.open(f"{address_of(draft)}/check").press("Submit")
    version = draft.last_version
    assert "dữ liệu" not in f"{version.content}"
    hoa.press("Open again")
    assert "1 open comment" in minh.open(address_of(draft)).main


def test_an_empty_comment_and_an_unknown_section_are_refused(app, draft):
    site = Site(app, draft.author, language="en").open(f"{address_of(draft)}/comments")

    assert site.press("Add the comment", body=" ").errors == ["Write a comment."]
    assert site.send(f"{address_of(draft)}/comments", section="score", body="x").status == 404


def test_only_its_author_or_a_writer_settles_a_comment(app, draft):
    minh = Site(app, draft.author, language="en").open(f"{address_of(draft)}/comments")
    minh.send(f"{address_of(draft)}/comments", section="team", body="Xem lại.")
    hoa = joined(app, draft, "comment").open(f"{address_of(draft)}/comments")

    assert "Settle" not in hoa.buttons()
    comment = minh.page.find("article")["id"]
    assert hoa.send(f"{address_of(draft)}/comments/{comment}/resolution").status == 403


def test_after_closing_comments_stay_for_the_entrant_and_nobody_adds_any(app):
    solution = a_received_solution(make.a_challenge())
    minh = Site(app, solution.author, language="en").open(f"{address_of(solution)}/comments")
    minh.send(f"{address_of(solution)}/comments", section="team", body="BÍ MẬT NỘI BỘ")
    lan = Site(app, make.a_member(solution.challenge.agency), language="en")

    with clock.at(solution.challenge.closes_at):
        assert "BÍ MẬT NỘI BỘ" in minh.open(f"{address_of(solution)}/comments").main
        assert minh.send(f"{address_of(solution)}/comments", section="team", body="muộn").status == 409
        assert lan.open(address_of(solution)).status == 200
        assert "BÍ MẬT NỘI BỘ" not in lan.text
        assert lan.open(f"{address_of(solution)}/comments").status == 404
