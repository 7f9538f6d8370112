"""A revision is required, sent within its time, and looked at again before anybody wins."""

import pytest
from sqlalchemy import select

from marketplace import clock
from marketplace.db import db
from marketplace.errors import NotReady
from marketplace.judging.models import Revision
from marketplace.judging.stages import SheetStage
from marketplace.notifications.models import Letter
from tests.judging.judging_make import Round, a_deliberating_round, a_scoring_round
from tests.judging.test_committee import shut_out
from tests.site import Site
from tests.solutions.entries import CSV

LIST = "- Bổ sung chi phí vận hành.\n- Nêu người bảo trì."


def require(app, made: Round, *, looks: str = "chair", by=None) -> Revision:
    site = Site(app, by or made.judges[0], language="en")
    site.open(f"{made.path}/committee/entries/{made.entries[0].reference}").click("Require a revision")
    site.press("Require the revision", wanted=LIST, days="4", looks=looks)
    assert "The entrant gets the list" in site.text, site.errors
    return db.session.scalars(select(Revision).order_by(Revision.id.desc())).first()


def send(app, made: Round):
    entrant = Site(app, made.entries[0].author, language="en").open("/work").click(made.challenge.title_en)
    assert "Bổ sung chi phí vận hành." in entrant.main
    return entrant.press("Send the revision", answer="Đã bổ sung cả hai.", files={"files": CSV})


def gaps(made: Round) -> list[str]:
    with pytest.raises(NotReady) as refusal:
        made.draft()
    db.session.rollback()
    return [gap.name for gap in refusal.value.gaps]


@pytest.mark.feature("81", "N21")
def test_the_entrant_revises_by_the_list_and_the_chair_looks_before_it_can_win(app):
    made = a_deliberating_round(2, judges=2)
    revision = require(app, made)
    letter = db.session.scalars(select(Letter).where(Letter.kind == "clarification_asked")).one()
    assert (letter.subject.startswith("Yêu cầu chỉnh sửa đến"), "chi phí" in letter.body) == (True, False)
    assert gaps(made) == ["revising"]

    send(app, made)

    assert gaps(made) == ["revising"]
    chair = Site(app, made.judges[0], language="en")
    chair.open(f"{made.path}/committee/entries/{made.entries[0].reference}")
    assert "Sent: the chair has to look" in chair.main
    chair.click("Look at what was sent")
    assert "Đã bổ sung cả hai." in chair.main
    chair.press("Note it")
    assert (chair.status, chair.errors) == (422, ["Choose one.", "Say why."])
    chair.press("Note it", accepted="yes", because="Đủ cả hai điểm như danh sách.")
    assert "Revised as required" in chair.main
    assert made.draft().winners[0].solution_id == made.entries[0].id
    db.session.refresh(revision)
    assert (revision.accepted, revision.decided_by) == (True, made.judges[0])
    again = f"{made.path}/committee/entries/{made.entries[0].reference}/revisions/{revision.reference}"
    assert chair.send(again, accepted="no", because="Đổi ý về danh sách này.").status == 409


@pytest.mark.feature("81")
def test_the_same_judges_get_their_sheets_back_with_the_revised_version(app):
    made = a_deliberating_round(2, judges=2)
    require(app, made, looks="judges", by=made.secretary)

    send(app, made)

    sheets = [sheet for sheet in made.sheets() if sheet.solution_id == made.entries[0].id]
    assert {(sheet.stage, sheet.version.number) for sheet in sheets} == {(SheetStage.DRAFT, 2)}
    assert gaps(made) == ["unranked", "returned"]
    for sheet in sheets:
        judge = Site(app, sheet.seat.person, language="en").open(f"/judging/sheets/{sheet.reference}")
        assert all(words in judge.main for words in ("Revision required by the panel", "Đã bổ sung cả hai."))
        judge.press("Check and finalise").press("Finalise")
    assert made.draft().winners[0].solution_id == made.entries[0].id


def test_what_was_not_revised_in_time_cannot_win(app):
    made = a_deliberating_round(2, judges=2)
    revision = require(app, made)

    with clock.at(revision.clarification.due_at):
        assert gaps(made) == ["unrevised"]
        site = Site(app, made.secretary, language="en")
        assert "cannot win" in site.open(f"{made.path}/committee/entries/{made.entries[0].reference}").main
        assert made.draft(winners=0)


def test_only_chair_and_secretary_without_a_conflict_and_only_in_deliberation(app):
    made = a_deliberating_round(2, judges=3)
    path = f"{made.path}/committee/entries/{made.entries[0].reference}/revision"
    shut_out(made, made.judges[0], made.entries[0])
    typed = {"wanted": LIST, "days": "3", "looks": "chair"}
    for person in (made.judges[0], made.judges[1], made.entries[0].author):
        assert Site(app, person).send(path, **typed).status == 404
    assert db.session.scalars(select(Revision)).all() == []
    secretary = Site(app, made.secretary, language="en").open(path)
    secretary.press("Require the revision", wanted=" ", days="99")
    assert (secretary.status, len(secretary.errors)) == (422, 2)
    secretary.press("Require the revision", wanted=LIST, days="3")
    twice = secretary.open(path).press("Require the revision", wanted=LIST, days="3")
    assert twice.errors == ["Wait until the open list is answered or its time is over."]
    scoring = a_scoring_round(1, judges=1)
    path = f"{scoring.path}/committee/entries/{scoring.entries[0].reference}/revision"
    assert Site(app, scoring.secretary).open(path).status == 404
