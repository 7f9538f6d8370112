"""Appeals: bound to a rule and a time, answered in public by somebody who had no part in the results."""

from datetime import timedelta

import pytest

from marketplace import clock
from marketplace.audit.models import JournalEntry
from marketplace.challenges.stages import Stage
from marketplace.db import db
from marketplace.errors import Conflict, Refused, WrongStage
from marketplace.judging.appealing import services
from marketplace.judging.appealing.models import Appeal
from marketplace.judging.appealing.stages import Verdict
from marketplace.judging.queries.results import standing_decision
from marketplace.notifications.models import Letter
from marketplace.search.models import SearchEntry
from marketplace.solutions.stages import Stage as SolutionStage
from tests import make
from tests.judging.judging_make import a_deliberating_round
from tests.site import Site

SECRET = "Giám khảo thứ nhất từng nhận quà."


@pytest.fixture
def made(app):
    """Published results of two entries; the rules give five days for appeals."""
    made = a_deliberating_round(2, judges=1, reviews=1, rules={"appeal_days": 5})
    made.publish()
    return made


def an_appeal(made, rule="quorum"):
    entry = made.entries[1]
    decision = standing_decision(made.challenge)
    appeal = services.raise_appeal(entry, decision, actor=entry.author, rule=rule, statement=SECRET)
    db.session.commit()
    return appeal


def letters(kind):
    return sorted(each.to_email for each in db.session.query(Letter).filter(Letter.kind == kind))


@pytest.mark.feature("83", "N24")
def test_an_entrant_names_the_rule_and_reads_the_answer_and_everybody_reads_it_without_the_name(app, made):
    entry, operator = made.entries[1], make.an_operator()
    lan = Site(app, entry.author, language="en").open(f"/solutions/{entry.reference}")
    lan.click("Appeal against the results")
    assert "Within 5 days" not in lan.errors
    lan.press("Send the appeal")
    assert lan.errors == ["Choose the rule.", "Say what happened."]

    lan.press("Send the appeal", rule="quorum", statement=SECRET)

    assert "The appeal was received." in lan.text
    assert letters("appeal_raised") == [operator.email]
    handler = Site(app, operator, language="en").open("/work").click(entry.organisation.name_vi)
    assert SECRET in handler.main
    assert "An entry needs 1 finished score sheet to be ranked." in handler.main
    handler.press("Publish the answer", verdict="rejected", because="Đủ phiếu theo đúng quy tắc.")
    assert "The appeal was answered." in handler.text
    assert letters("appeal_decided") == [entry.author.email]
    assert "Đủ phiếu theo đúng quy tắc." in lan.open(f"/solutions/{entry.reference}/appeal").main
    public = Site(app, language="en").open(f"/results/{made.challenge.slug}").main
    assert "1 appeal was raised. Answered: 1; upheld: 0; not upheld: 1." in public
    assert "Đủ phiếu theo đúng quy tắc." in public
    assert SECRET not in public
    assert entry.organisation.name_vi not in public.split("Appeals")[1]
    lines = db.session.query(JournalEntry).filter(JournalEntry.event.like("Appeal%")).order_by(JournalEntry.id).all()
    assert [line.event for line in lines] == ["AppealRaised", "AppealDecided"]
    assert SECRET not in str([(line.changes, line.facts) for line in lines])


@pytest.mark.feature("83")
def test_an_appeal_upheld_takes_the_results_back_to_the_panel(app, made):
    appeal, operator = an_appeal(made), make.an_operator()
    slug, visitor = made.challenge.slug, Site(app, language="en")
    site = Site(app, operator, language="en").open(f"{made.path}/appeals/{appeal.reference}")

    site.press("Publish the answer", verdict="reopened", because="Một phiếu không đủ tiêu chí.")

    assert made.challenge.stage == Stage.DELIBERATION
    assert {entry.stage for entry in made.entries} == {SolutionStage.ADMITTED}
    assert visitor.open(f"/results/{slug}").status == 404
    assert "The results were withdrawn" in visitor.open(made.path).main
    assert db.session.query(SearchEntry).filter_by(kind="result").count() == 0
    assert letters("results_withdrawn") == sorted(entry.author.email for entry in made.entries)
    secretary = Site(app, made.secretary, language="en").open(f"{made.path}/decision")
    assert "Một phiếu không đủ tiêu chí." in secretary.main
    made.publish()
    assert "1 appeal was raised. Answered: 1; upheld: 1; not upheld: 0." in visitor.open(f"/results/{slug}").main
    assert "The results were withdrawn" not in visitor.open(made.path).main


@pytest.mark.feature("83")
def test_only_the_entrant_appeals_and_only_somebody_without_part_in_the_results_answers(app, made):
    entry, appeal = made.entries[1], an_appeal(made)
    another = make.a_member(made.challenge.agency, name="Quản lý khác", role="manager")
    involved = [made.secretary, made.manager, made.judges[0], made.entries[0].author, entry.author]
    paths = [f"{made.path}/appeals", f"{made.path}/appeals/{appeal.reference}"]
    answers = {"verdict": "rejected", "because": "Không."}

    for person in involved:
        site = Site(app, person, language="en")
        assert [site.open(path).status for path in paths] == [404, 404]
        assert site.send(f"{paths[1]}/answer", **answers).status == 404
        with pytest.raises(Refused):
            services.decide_appeal(appeal, actor=person, verdict=Verdict.REJECTED, because="Không.")
    for person in (made.entries[0].author, made.judges[0], make.a_person(), made.manager):
        assert Site(app, person).open(f"/solutions/{entry.reference}/appeal").status == 404
        with pytest.raises(Refused):
            services.raise_appeal(entry, appeal.decision, actor=person, rule="rounds", statement=SECRET)
    assert Site(app, another).open(paths[1]).status == 200


@pytest.mark.feature("83")
def test_appeals_are_taken_once_for_each_rule_and_only_in_time(app, made):
    entry, decision = made.entries[1], standing_decision(made.challenge)
    an_appeal(made)
    lan = Site(app, entry.author, language="en").open(f"/solutions/{entry.reference}/appeal")
    typed = {"rule": "quorum", "statement": "Thêm một lần nữa."}
    with pytest.raises(Conflict):
        an_appeal(made)

    lan.press("Send the appeal", **typed)

    assert lan.status == 409
    assert "The appeal was not taken" in lan.main
    assert "Thêm một lần nữa." in lan.html
    with clock.at(decision.published_at + timedelta(days=6)):
        assert "The time for appeals is over." in lan.open(f"/solutions/{entry.reference}/appeal").main
        assert lan.send(f"/solutions/{entry.reference}/appeal", rule="rounds", statement="Trễ.").status == 409
        with pytest.raises(WrongStage):
            an_appeal(made, "rounds")
    assert db.session.query(Appeal).count() == 1


def test_an_appeal_is_answered_once_and_no_rules_no_appeal(app, made):
    appeal, operator = an_appeal(made), make.an_operator()
    services.decide_appeal(appeal, actor=operator, verdict=Verdict.CORRECTED, because="Đã sửa lời nhận xét.")
    db.session.commit()
    path = f"{made.path}/appeals/{appeal.reference}/answer"

    second = Site(app, operator, language="en").send(path, verdict="reopened", because="Lần hai.")

    assert second.status == 409
    assert "The answer was not taken" in second.main
    assert (appeal.verdict, made.challenge.stage) == (Verdict.CORRECTED, Stage.RESULTS_PUBLISHED)
    made.panel.rules.appeal_days = 0
    entry = made.entries[0]
    assert Site(app, entry.author).open(f"/solutions/{entry.reference}/appeal").status == 404


def test_before_publication_there_is_nothing_to_appeal_against(app):
    made = a_deliberating_round(1, judges=1, reviews=1, rules={"appeal_days": 5})
    made.draft()
    entry = made.entries[0]

    site = Site(app, entry.author, language="en")

    assert site.open(f"/solutions/{entry.reference}/appeal").status == 404
    assert site.send(f"/solutions/{entry.reference}/appeal", rule="quorum", statement="Sớm.").status == 404
    assert "ppeal" not in site.open(f"/solutions/{entry.reference}").main
