"""Who belongs to an organisation: invitations, roles, leaving."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import select

from marketplace import clock
from marketplace.accounts.models import Person
from marketplace.db import db
from marketplace.errors import Conflict, NotFound, Refused, WrongStage
from marketplace.notifications.models import Letter
from marketplace.organisations import services
from marketplace.organisations.models import Invitation, Membership
from marketplace.organisations.policy import role_of
from marketplace.organisations.queries import open_memberships
from marketplace.organisations.services import add_organisation
from marketplace.organisations.stages import Claim, Helix, Kind, Role
from tests import make
from tests.queries import count_queries
from tests.site import Site


def key_in_letter():
    letter = db.session.scalars(select(Letter).where(Letter.kind == "invitation").order_by(Letter.id.desc())).first()
    return letter.body.split("/invitations/")[1].split()[0]


def invited(organisation, email, *, role=Role.MEMBER, actor=None):
    """The secret of a new invitation."""
    services.invite(organisation, email, role=role, actor=actor or make.a_member(organisation, Role.OWNER))
    db.session.commit()
    return key_in_letter()


def roles_in(organisation):
    return {each.person.full_name: each.role for each in open_memberships(organisation)}


@pytest.mark.feature("109")
def test_an_invited_person_accepts_and_belongs_at_once(app):
    organisation = make.an_organisation("Công ty Sông Xanh")
    owner = make.a_member(organisation, Role.OWNER, "Lê Thị Chủ")
    minh = make.a_person("Phạm Văn Minh", email="minh@example.vn", language="en")
    members = Site(app, owner, language="en").open(f"/organisations/{organisation.slug}/members")

    members.press("Send the invitation", email=" Minh@Example.vn ", role="manager")
    site = Site(app, minh, language="en").open(f"/invitations/{key_in_letter()}").press("Accept the invitation")

    assert members.status == 200
    assert "minh@example.vn" in members.main
    assert site.address == "/en/organisations/cong-ty-song-xanh"
    assert roles_in(organisation) == {"Lê Thị Chủ": Role.OWNER, "Phạm Văn Minh": Role.MANAGER}
    assert site.open("/account").main.count("Manager") == 1


def test_an_invitation_is_only_for_its_address(app):
    organisation = make.an_organisation()
    key = invited(organisation, "minh@example.vn")
    thief = Site(app, make.a_person(), language="en").open(f"/invitations/{key}")

    assert "you are signed in as" in thief.main
    thief.send(f"/invitations/{key}/acceptance")

    assert thief.status == 403
    assert db.session.scalar(select(Invitation.accepted_at)) is None


def test_an_invitation_tells_a_visitor_to_sign_in_and_leads_back(app):
    organisation = make.an_organisation()
    minh = make.a_person(email="minh@example.vn")
    key = invited(organisation, "minh@example.vn")

    site = Site(app, language="en").open(f"/invitations/{key}")
    way = site.page.find(id="main").find("a", string="Sign in")["href"]
    site.open(way).press("Sign in", email=minh.email, password=make.PASSWORD)

    assert site.address == f"/en/invitations/{key}"
    assert "Accept the invitation" in site.buttons()


def test_an_invitation_works_once(app):
    organisation = make.an_organisation()
    minh = make.a_person(email="minh@example.vn")
    key = invited(organisation, "minh@example.vn")
    site = Site(app, minh, language="en")
    site.open(f"/invitations/{key}").press("Accept the invitation")

    opened = site.open(f"/invitations/{key}").status, site.page.h1.get_text()
    sent = site.send(f"/invitations/{key}/acceptance").status

    assert opened == (404, "This invitation is no longer open")
    assert sent == 404


@pytest.mark.each_database
def test_an_invitation_accepted_twice_at_once_gives_one_role(app):
    organisation = make.an_organisation()
    minh = make.a_person(email="minh@example.vn")
    key = invited(organisation, "minh@example.vn")
    minh_id = minh.id

    def accept():
        services.accept_invitation(key, actor=db.session.get_one(Person, minh_id))

    answers = at_once(app, accept, accept)

    assert sorted(answers) == ["NotFound", "done"]
    assert [each.role for each in open_memberships(organisation) if each.person_id == minh_id] == [Role.MEMBER]


def test_an_invitation_expires(app):
    organisation = make.an_organisation()
    minh = make.a_person(email="minh@example.vn")
    key = invited(organisation, "minh@example.vn")
    late = clock.now() + timedelta(days=app.config["INVITATION_DAYS"], seconds=1)
    site = Site(app, minh, language="en")

    with clock.at(late):
        shown = site.open(f"/invitations/{key}").main
        sent = site.send(f"/invitations/{key}/acceptance").status
        with pytest.raises(WrongStage):
            services.accept_invitation(key, actor=minh)

    assert "This invitation was good until" in shown
    assert sent == 409


def test_an_invitation_taken_back_opens_nothing(app):
    organisation = make.an_organisation()
    owner = make.a_member(organisation, Role.OWNER)
    minh = make.a_person(email="minh@example.vn")
    key = invited(organisation, "minh@example.vn", actor=owner)
    members = Site(app, owner, language="en").open(f"/organisations/{organisation.slug}/members")

    members.press("Take back the invitation to minh@example.vn")

    assert "Open invitations" not in members.main
    assert Site(app, minh).open(f"/invitations/{key}").status == 404
    with pytest.raises(WrongStage):
        services.revoke_invitation(db.session.scalars(select(Invitation)).one(), actor=owner)


def test_the_invitation_of_somebody_who_lost_the_right_is_worth_nothing(app):
    organisation = make.an_organisation()
    make.a_member(organisation, Role.OWNER)
    manager = make.a_member(organisation, Role.MANAGER)
    minh = make.a_person(email="minh@example.vn")
    key = invited(organisation, "minh@example.vn", actor=manager)
    services.end_membership(open_memberships(organisation)[1], actor=manager)
    db.session.commit()
    db.session.expire_all()

    with pytest.raises(Conflict):
        services.accept_invitation(key, actor=minh)


def test_an_invitation_to_a_lower_role_takes_nothing_away(app):
    organisation = make.an_organisation()
    owner = make.a_member(organisation, Role.OWNER, "Lê Thị Chủ", email="chu@example.vn")
    key = invited(organisation, "chu@example.vn", role=Role.VIEWER, actor=owner)

    services.accept_invitation(key, actor=owner)

    assert roles_in(organisation) == {"Lê Thị Chủ": Role.OWNER}


@pytest.mark.parametrize(
    ("own", "offered"),
    [
        (Role.OWNER, ["owner", "manager", "member", "viewer"]),
        (Role.MANAGER, ["manager", "member", "viewer"]),
        (Role.MEMBER, None),
        (Role.VIEWER, None),
    ],
)
def test_managers_give_roles_up_to_their_own(app, own, offered):
    organisation = make.an_organisation()
    person = make.a_member(organisation, own)

    site = Site(app, person, language="en").open(f"/organisations/{organisation.slug}/members")
    options = [each["value"] for each in site.page.select("#role option")]

    assert options == sorted(offered or [], key=["viewer", "member", "manager", "owner"].index)


def test_nobody_gives_a_higher_role_than_their_own(app):
    organisation = make.an_organisation()
    manager = make.a_member(organisation, Role.MANAGER)
    site = Site(app, manager, language="en").open(f"/organisations/{organisation.slug}/members")

    site.press("Send the invitation", email="minh@example.vn", role="owner")

    assert site.status == 422
    with pytest.raises(Refused):
        services.invite(organisation, "minh@example.vn", role=Role.OWNER, actor=manager)


def test_a_stranger_invites_nobody(app):
    organisation = make.an_organisation()
    site = Site(app, make.a_member(make.an_organisation(), Role.OWNER))

    site.send(f"/organisations/{organisation.slug}/invitations", email="minh@example.vn", role="owner")

    assert site.status == 404
    assert db.session.scalars(select(Invitation)).all() == []


def test_a_refused_invitation_keeps_what_was_typed(app):
    organisation = make.an_organisation()
    owner = make.a_member(organisation, Role.OWNER)
    site = Site(app, owner, language="en").open(f"/organisations/{organisation.slug}/members")

    site.press("Send the invitation", email="khong-phai-dia-chi", role="viewer")

    assert (site.status, site.errors) == (422, ["This is no e-mail address."])
    assert (site.value("email"), site.value("role")) == ("khong-phai-dia-chi", "viewer")


def test_the_operator_names_the_first_owner_of_a_body_nobody_speaks_for(app):
    body = add_organisation(Kind.DEPARTMENT, helix=Helix.STATE, name_vi="Sở Xây dựng")
    operator, lan = make.an_operator(), make.a_person("Nguyễn Thị Lan", email="lan@example.vn")
    site = Site(app, operator, language="en").open(f"/organisations/{body.slug}/members")

    offered = [each["value"] for each in site.page.select("#role option")]
    site.press("Send the invitation", email="lan@example.vn")
    Site(app, lan, language="en").open(f"/invitations/{key_in_letter()}").press("Accept the invitation")
    db.session.expire_all()

    assert offered == ["owner"]
    assert (body.claim, roles_in(body)) == (Claim.CLAIMED, {"Nguyễn Thị Lan": Role.OWNER})
    with pytest.raises(Refused):
        services.invite(body, "khac@example.vn", role=Role.OWNER, actor=operator)


def test_the_operator_invites_nobody_into_an_organisation_that_has_an_owner(app):
    organisation = make.an_organisation()
    make.a_member(organisation, Role.OWNER)

    site = Site(app, make.an_operator(), language="en").open(f"/organisations/{organisation.slug}/members")

    assert site.status == 200
    assert "Send the invitation" not in site.buttons()


def test_a_removed_member_is_out_at_the_next_request_of_an_open_session(app):
    organisation = make.an_organisation()
    owner = make.a_member(organisation, Role.OWNER)
    minh = make.a_member(organisation, Role.MANAGER, "Phạm Văn Minh")
    minhs = Site(app, minh).open(f"/organisations/{organisation.slug}/profile")
    before = minhs.status

    owners = Site(app, owner, language="en").open(f"/organisations/{organisation.slug}/members")
    owners.press("End the role of Phạm Văn Minh")

    assert (before, owners.status) == (200, 200)
    assert minhs.open(f"/organisations/{organisation.slug}/profile").status == 404
    assert minhs.open("/account").status == 200


def test_a_member_leaves(app):
    organisation = make.an_organisation("Công ty Sông Xanh")
    make.a_member(organisation, Role.OWNER, "Lê Thị Chủ")
    minh = make.a_member(organisation, Role.VIEWER)

    site = Site(app, minh, language="en").open(f"/organisations/{organisation.slug}/members")
    site.press("Leave the organisation")

    assert site.address == "/en/organisations/cong-ty-song-xanh"
    assert roles_in(organisation) == {"Lê Thị Chủ": Role.OWNER}


def test_the_last_owner_cannot_leave(app):
    organisation = make.an_organisation()
    owner = make.a_member(organisation, Role.OWNER, "Lê Thị Chủ")
    make.a_member(organisation, Role.MANAGER)
    site = Site(app, owner, language="en").open(f"/organisations/{organisation.slug}/members")

    shown = "Leave the organisation" in site.buttons()
    site.send(f"/organisations/{organisation.slug}/members/{owner.reference}/departure")

    assert (shown, site.status) == (False, 409)
    assert role_of(owner, organisation) == Role.OWNER


@pytest.mark.each_database
def test_of_two_owners_who_leave_at_once_one_stays(app):
    organisation = make.an_organisation()
    ids = [make.a_member(organisation, Role.OWNER, name).id for name in ("Lê Thị Một", "Lê Thị Hai")]

    def leave(person_id):
        person = db.session.get_one(Person, person_id)
        found = db.session.scalars(select(Membership).where(Membership.person_id == person_id)).one()
        services.end_membership(found, actor=person)

    answers = at_once(app, *(lambda person_id=person_id: leave(person_id) for person_id in ids))

    assert sorted(answers) == ["Conflict", "done"]
    assert list(roles_in(organisation).values()) == [Role.OWNER]


@pytest.mark.parametrize(
    ("actor_role", "other_role", "may"),
    [
        (Role.OWNER, Role.OWNER, True),
        (Role.OWNER, Role.MANAGER, True),
        (Role.MANAGER, Role.OWNER, False),
        (Role.MANAGER, Role.MANAGER, False),
        (Role.MANAGER, Role.MEMBER, True),
        (Role.MEMBER, Role.VIEWER, False),
    ],
)
def test_owners_end_every_role_and_managers_those_below(app, actor_role, other_role, may):
    organisation = make.an_organisation()
    make.a_member(organisation, Role.OWNER, "Lê Thị Chủ")
    actor = make.a_member(organisation, actor_role, "Phạm Văn Minh")
    other = make.a_member(organisation, other_role, "Trần Thị Bình")
    site = Site(app, actor, language="en").open(f"/organisations/{organisation.slug}/members")

    offered = "End the role of Trần Thị Bình" in site.buttons()
    site.send(f"/organisations/{organisation.slug}/members/{other.reference}/departure")

    assert (offered, site.status) == (may, 200 if may else 403)


def test_a_role_that_ended_does_not_end_again(app):
    organisation = make.an_organisation()
    owner = make.a_member(organisation, Role.OWNER)
    minh = make.a_member(organisation, Role.MEMBER)
    found = open_memberships(organisation)[1]
    services.end_membership(found, actor=owner)
    db.session.commit()

    site = Site(app, owner)
    site.send(f"/organisations/{organisation.slug}/members/{minh.reference}/departure")

    assert site.status == 404
    with pytest.raises(Refused):
        services.end_membership(found, actor=owner)


def test_an_unknown_key_opens_nothing(app):
    minh = make.a_person()

    assert Site(app, minh).open("/invitations/khong-co").status == 404
    with pytest.raises(NotFound):
        services.accept_invitation("khong-co", actor=minh)


def test_the_members_page_asks_as_much_for_three_as_for_one(app):
    organisation = make.an_organisation()
    owner = make.a_member(organisation, Role.OWNER)
    site = Site(app, owner)
    address = f"/organisations/{organisation.slug}/members"
    services.invite(organisation, "a@example.vn", role=Role.VIEWER, actor=owner)
    with count_queries() as one:
        site.open(address)
    for number in range(2):
        make.a_member(organisation, Role.MEMBER, f"Người {number}")
        services.invite(organisation, f"b{number}@example.vn", role=Role.VIEWER, actor=owner)
    with count_queries() as three:
        site.open(address)

    assert site.status == 200
    assert len(three) == len(one)


def at_once(app, *deeds):
    """Do the deeds in threads that start together, each in its own transaction; answers "done" or what was raised."""
    db.session.commit()
    start, answers = threading.Barrier(len(deeds)), []

    def run(deed):
        with app.app_context():
            start.wait()
            try:
                deed()
                db.session.commit()
                answers.append("done")
            except (Conflict, NotFound, WrongStage, Refused) as error:
                db.session.rollback()
                answers.append(type(error).__name__)
            finally:
                db.session.remove()

    threads = [threading.Thread(target=run, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    db.session.expire_all()
    return answers
