"""One person drafts the results, another publishes them."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from marketplace import clock
from marketplace.challenges.stages import Stage
from marketplace.db import db
from marketplace.errors import Conflict, NotReady, Refused, WrongStage
from marketplace.judging.models import Decision
from marketplace.judging.services import results
from marketplace.judging.services.results import Line, Reasons
from marketplace.notifications.models import Letter
from marketplace.organisations.models import Membership
from marketplace.organisations.stages import Role
from marketplace.solutions.stages import Stage as SolutionStage
from tests import make
from tests.judging.judging_make import a_deliberating_round, a_round, an_entry
from tests.site import Site


@pytest.fixture
def made(app):
    return a_deliberating_round(3, judges=2)


def drafting(app, made):
    return Site(app, made.secretary, language="en").open(f"{made.path}/decision")


def named(entry, **texts):
    return {f"{name}_{entry.reference}": text for name, text in texts.items()}


def sent_of_results():
    return select(Letter).where(Letter.kind.in_(["results_awarded", "results_not_selected"])).order_by(Letter.id)


def squeezed(text: str) -> str:
    """The words without the secret link that only its reader gets."""
    return " ".join(text.split("/stop-letters/", maxsplit=1)[0].split())


@pytest.mark.feature("81")
def test_results_are_drafted_by_one_and_published_by_another(app, made):
    best = made.entries[0]
    site = drafting(app, made)
    assert site.value(f"awarded_{best.reference}") == "y"
    assert site.value(f"award_en_{best.reference}") == "First prize"
    site.press("Send to publish", **named(best, award_vi="Giải Nhất", citation_vi="Đã chạy thử sáu tháng."))
    assert "Publish results" not in site.buttons()
    assert "It waits for a manager of your agency who did not draft it" in site.main

    manager = Site(app, made.manager, language="en").open("/work")
    assert "Results waiting for you to publish" in manager.main
    manager.click(made.challenge.title_en)
    assert "Đã chạy thử sáu tháng." in manager.main
    announced = [each.get_text(" ") for each in manager.page.select(".letter-body")]
    assert db.session.scalars(sent_of_results()).all() == []
    manager.press("Publish results")
    sent = db.session.scalars(sent_of_results()).all()
    assert (len(sent), sorted(map(squeezed, announced))) == (3, sorted(squeezed(letter.body) for letter in sent))

    assert manager.address == f"/en/results/{made.challenge.slug}"
    assert "The results are public, and 3 entrants are told." in manager.text
    db.session.expire_all()
    assert made.challenge.stage == Stage.RESULTS_PUBLISHED
    assert made.challenge.results_at is not None
    assert [entry.stage for entry in made.entries] == [
        SolutionStage.AWARDED,
        SolutionStage.NOT_SELECTED,
        SolutionStage.NOT_SELECTED,
    ]


def test_whoever_drafted_the_results_cannot_publish_them(app, made):
    db.session.scalars(select(Membership).where(Membership.person_id == made.secretary.id)).one().role = Role.OWNER
    decision = made.draft()
    site = Site(app, made.secretary, language="en").open(f"{made.path}/decision")
    assert "Publish results" not in site.buttons()

    refused = site.send(f"{made.path}/decision/publication")

    assert refused.status == 403
    with pytest.raises(Refused):
        results.publish_results(decision, actor=made.secretary)
    decision.published_by_id, decision.published_at = made.secretary.id, clock.now()
    with pytest.raises(IntegrityError):
        db.session.flush()
    db.session.rollback()


def test_members_below_manager_and_strangers_publish_nothing(app, made):
    decision = made.draft()
    colleague = make.a_member(made.challenge.agency, Role.MEMBER)
    other_manager = make.a_member(make.an_agency(), Role.OWNER)

    for person in (colleague, other_manager, made.judges[0], make.an_operator()):
        with pytest.raises(Refused):
            results.publish_results(decision, actor=person)

    assert Site(app, colleague).open(f"{made.path}/decision").status == 200
    assert [Site(app, person).open(f"{made.path}/decision").status for person in (other_manager, made.judges[0])] == [
        404,
        404,
    ]


@pytest.mark.feature("81")
def test_the_second_person_sends_the_draft_back_with_reasons(app, made):
    decision = made.draft()
    site = Site(app, made.manager, language="en").open(f"{made.path}/decision")
    site.press("Send back with reasons", reasons="")
    assert (site.status, site.errors) == (422, ["Say what should be changed."])

    site.press("Send back with reasons", reasons="Lời bình chưa rõ.")

    db.session.expire_all()
    assert (made.challenge.stage, decision.returned_because) == (Stage.DELIBERATION, "Lời bình chưa rõ.")
    again = drafting(app, made)
    assert "Lời bình chưa rõ." in again.main
    assert again.value(f"citation_vi_{made.entries[0].reference}") == "Giải đúng vấn đề và đã chạy thử."
    again.press("Send to publish")
    assert db.session.scalar(select(func.count()).select_from(Decision)) == 2


def test_an_award_needs_a_name_and_a_citation_and_what_was_typed_stays(app, made):
    best = made.entries[0]
    site = drafting(app, made)

    site.press("Send to publish", **named(best, award_vi="", citation_vi="", citation_en="It works."))

    assert (site.status, site.errors) == (
        422,
        [
            f"Name the award of “{best.title_vi}” in Vietnamese.",
            f"Say in Vietnamese why “{best.title_vi}” wins.",
        ],
    )
    assert site.value(f"citation_en_{best.reference}") == "It works."
    db.session.refresh(made.challenge)
    assert made.challenge.stage == Stage.DELIBERATION


@pytest.mark.feature("76")
def test_passing_over_a_better_place_needs_reasons(app, made):
    best, second, third = made.entries
    lines = [Line(best.id), Line(second.id, True, "Giải Nhất", citation_vi="Hợp hơn."), Line(third.id)]

    with pytest.raises(NotReady) as refusal:
        results.draft_results(made.challenge, actor=made.secretary, lines=lines)
    db.session.rollback()
    decision = results.draft_results(
        made.challenge, actor=made.secretary, lines=lines, reasons=Reasons("Hồ sơ đứng đầu đã nhận giải nơi khác.")
    )

    assert [gap.name for gap in refusal.value.gaps] == ["reasons"]
    assert [winner.solution_id for winner in decision.winners] == [second.id]


def test_every_eligible_entry_needs_a_line_and_an_unranked_one_cannot_win(app, made):
    late = an_entry(made.challenge, title="Không ai chấm")
    lines = [Line(entry.id) for entry in made.entries]

    with pytest.raises(NotReady) as without:
        results.draft_results(made.challenge, actor=made.secretary, lines=lines)
    db.session.rollback()
    with pytest.raises(NotReady) as unranked:
        results.draft_results(
            made.challenge,
            actor=made.secretary,
            lines=[*lines, Line(late.id, True, "Giải Nhất", citation_vi="Hay.")],
        )
    db.session.rollback()

    assert [(gap.name, gap.solution_id) for gap in without.value.gaps] == [("line", late.id)]
    assert [(gap.name, gap.solution_id) for gap in unranked.value.gaps] == [("unranked", late.id)]


def test_results_that_no_longer_fit_the_entries_are_not_published(app, made):
    decision = made.draft()
    made.entries[2].stage = SolutionStage.INELIGIBLE
    db.session.commit()

    with pytest.raises(Conflict):
        results.publish_results(decision, actor=made.manager)


def test_results_are_drafted_once_and_published_once(app, made):
    decision = made.draft()

    with pytest.raises(WrongStage):
        made.draft()
    results.publish_results(decision, actor=made.manager)
    with pytest.raises(WrongStage):
        results.publish_results(decision, actor=made.manager)
    with pytest.raises(WrongStage):
        results.return_results(decision, actor=made.manager, reasons="Muộn.")


def test_nobody_decides_before_deliberation(app):
    made = a_round(1, judges=1, reviews=1)

    with pytest.raises(WrongStage):
        made.draft()


@pytest.mark.feature("58")
def test_whoever_belongs_to_an_entrant_neither_drafts_nor_publishes(app, made):
    for person in (made.secretary, made.manager):
        db.session.add(
            Membership(person=person, organisation=made.entries[0].organisation, role=Role.VIEWER, given_at=clock.now())
        )
    db.session.commit()
    site = drafting(app, made)

    assert "You belong to an organisation that entered" in site.main
    assert "Send to publish" not in site.buttons()
    with pytest.raises(Refused):
        made.draft()


@pytest.mark.feature("81")
def test_nobody_wins_with_published_reasons(app, made):
    site = drafting(app, made)
    form = {f"awarded_{entry.reference}": [] for entry in made.entries}
    site.press("Send to publish", **form)
    assert site.errors == [
        "Give reasons in Vietnamese, at least 20 characters: nobody wins, or a better place is passed over."
    ]
    site.press("Send to publish", **form, reasons_vi="Không hồ sơ nào đạt mức an toàn tối thiểu.")

    manager = Site(app, made.manager, language="en").open(f"{made.path}/decision").press("Publish results")

    assert "No solution was selected." in manager.main
    assert "Không hồ sơ nào đạt mức an toàn tối thiểu." in manager.main
    db.session.expire_all()
    assert made.challenge.stage == Stage.NOT_AWARDED
    assert {entry.stage for entry in made.entries} == {SolutionStage.NOT_SELECTED}


def test_a_challenge_without_an_eligible_entry_is_not_awarded_by_two_people(app):
    made = a_round(0, judges=1, reviews=1)
    site = Site(app, made.secretary, language="en").open(f"{made.path}/panel").click("Declare that nobody wins")
    site.press("Send to publish", reasons_vi="Không nhận được hồ sơ hợp lệ nào.")
    assert "Publish results" not in site.buttons()

    Site(app, made.manager, language="en").open(f"{made.path}/decision").press("Publish results")

    db.session.refresh(made.challenge)
    assert made.challenge.stage == Stage.NOT_AWARDED
