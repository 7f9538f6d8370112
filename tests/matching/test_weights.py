"""Weights learnt from what was said: never silent, adopted by the operator alone, given up the same way."""

import itertools
import json

import pytest
from sqlalchemy import delete, select

from marketplace import clock, jobs
from marketplace.audit.models import JournalEntry
from marketplace.challenges.stages import Stage
from marketplace.db import db
from marketplace.errors import NotReady, WrongStage
from marketplace.matching.introductions import services as introductions
from marketplace.matching.learning.choosing import Judgement
from marketplace.matching.learning.measuring import measure_judgements
from marketplace.matching.learning.models import LearntWeights
from marketplace.matching.learning.queries import judgements
from marketplace.matching.learning.services import adopt_weights, propose_weights, return_weights
from marketplace.matching.models import Feedback, ModelEvaluation, Suggestion
from marketplace.matching.partners import BASE_VERSIONS, MODEL_VERSION
from marketplace.matching.queries import suggestions_for
from marketplace.matching.services import say_of_suggestion, suggest_partners
from marketplace.matching.stages import Verdict
from marketplace.organisations.services import start_membership
from marketplace.organisations.stages import Role
from marketplace.solutions.models import Solution
from marketplace.solutions.stages import Stage as SolutionStage
from tests import make
from tests.matching import world
from tests.matching.learning_world import a_city_of_another_taste, a_verified_organisation, proposed_weights, say
from tests.queries import count_queries
from tests.site import Site

PAGE = "/matching/quality"
FIRST, SECOND = f"{MODEL_VERSION} weights-1", f"{MODEL_VERSION} weights-2"
WHY = "Hội đồng chuyên môn đã xem các con số này."
ADOPT, GO_BACK = "Use these weights", "Go back to the weights of before"


def learn(app, *options):
    done = app.test_cli_runner().invoke(args=["matching", "learn", *options])
    assert done.exit_code == 0, done.output
    return json.loads(done.output)


def press(site, label, learnt, reason=WHY):
    return site.press(label, **{f"{learnt.reference}-reason": reason})


def told(challenge):
    db.session.expire_all()
    return [
        (each.organisation_id, each.row, each.place, each.score, each.terms, each.inputs_hash)
        for each in suggestions_for(challenge)
    ]


def versions_of(challenge):
    return {each.model_version for each in suggestions_for(challenge)}


@pytest.mark.feature("50", "N5")
def test_what_was_said_is_measured_and_proposed_to_the_operator_alone(app, visitor):
    a_city_of_another_taste()
    operator = make.an_operator()
    db.session.commit()

    measured = learn(app, "--keep")

    assert (measured["proposed"], measured["nothing_changes_because"]) == (FIRST, [])
    assert measured["before"] < measured["after"]
    assert 0 < measured["low"] < measured["gain"]
    learnt = db.session.scalars(select(LearntWeights)).one()
    assert learnt.numbers == measured["weights"]
    assert (learnt.base, learnt.instead_of) == (MODEL_VERSION, MODEL_VERSION)
    page = Site(app, operator, language="en").open(PAGE)
    assert "144 judgements of 24 challenges by 12 organisations" in page.main
    assert "Proposed" in page.main
    assert FIRST not in visitor.open(PAGE).text


@pytest.mark.feature("50", "N5")
def test_adopted_weights_are_journaled_and_shown_and_every_list_names_them_until_they_are_given_up(app, visitor):
    world.a_city()
    challenge, operator, learnt = make.a_challenge(**world.FLOODS), make.an_operator(), proposed_weights()
    suggest_partners(challenge)
    db.session.commit()
    before = told(challenge)
    site = Site(app, operator, language="en").open(PAGE)

    assert press(site, ADOPT, learnt, "Vì thế.").status == 422
    assert site.value(f"{learnt.reference}-reason") == "Vì thế."
    press(site, ADOPT, learnt)
    jobs.run_waiting()

    after = told(challenge)
    assert versions_of(challenge) == {FIRST}
    assert scores(after) != scores(before)
    page = visitor.open(f"/en{PAGE}").main
    assert all(text in page for text in (FIRST, WHY, "In use", "nearness of meaning 2", "from +1.2 to +7.0"))
    assert FIRST in Site(app, make.a_person(), language="en").open(f"/challenges/{challenge.slug}/partners").main
    evaluated = db.session.scalar(select(ModelEvaluation).where(ModelEvaluation.version == FIRST))
    assert evaluated.figures["model"] == FIRST
    assert events_of(learnt) == ["WeightsProposed", "ModelIntroduced", "WeightsAdopted"]

    press(site.open(PAGE), GO_BACK, learnt)
    jobs.run_waiting()

    assert told(challenge) == before
    assert "Given up on" in visitor.open(f"/en{PAGE}").main
    assert events_of(learnt)[-1] == "WeightsReturned"


def scores(rows):
    return [row[3] for row in rows]


def events_of(learnt):
    found = select(JournalEntry.event).where(JournalEntry.object_name == learnt.version)
    return db.session.scalars(found.order_by(JournalEntry.id)).all()


@pytest.mark.feature("T-094")
def test_under_learnt_weights_too_nothing_private_or_said_changes_a_byte_of_a_list(app):
    world.a_city()
    challenge, farm = make.a_challenge(**world.FLOODS), a_verified_organisation()
    adopt_weights(proposed_weights(), reason=WHY, actor=make.an_operator())
    suggest_partners(challenge)
    before = told(challenge)
    people = [make.a_member(farm, name="Cảnh báo ngập") for _ in range(3)]
    for person, suggestion in itertools.product(people, suggestions_for(challenge)):
        say_of_suggestion(suggestion, actor=person, verdict=Verdict.NOT_RELEVANT)
    make.a_draft_challenge(farm, title_vi=challenge.title_vi, description_vi=challenge.description_vi)
    db.session.execute(delete(Suggestion))

    suggest_partners(challenge)

    assert told(challenge) == before


@pytest.mark.feature("N5")
def test_only_the_operator_decides_and_each_decision_once(app):
    operator, auditor, person = make.an_operator(), make.an_auditor(), make.a_person()
    first, second = proposed_weights(), proposed_weights(latent=0.5)
    assert proposed_weights() is first, "the same again is the same proposal"
    db.session.commit()
    address = f"/matching/weights/{first.reference}"
    said = {f"{first.reference}-reason": WHY}

    def sent(who, what):
        return Site(app, who, language="en").open(PAGE).send(f"{address}/{what}", **said).status

    assert [sent(who, "adoption") for who in (person, auditor)] == [404, 403]
    assert first.version in Site(app, auditor, language="en").open(PAGE).main
    assert ADOPT not in Site(app, auditor, language="en").open(PAGE).buttons()
    site = Site(app, operator, language="en").open("/work").click("Other weights are proposed")
    assert site.buttons().count(ADOPT) == 2
    assert sent(operator, "return") == 409, "what is not in use cannot be given up"
    assert [sent(operator, "adoption") for _ in range(2)] == [200, 409]
    db.session.expire_all()
    with pytest.raises(WrongStage):  # it was measured against what is no longer in use
        adopt_weights(second, reason=WHY, actor=operator)
    assert second.version not in Site(app, operator, language="en").open(PAGE).main
    assert sent(person, "return") == 403
    third = proposed_weights(instead_of=FIRST, latent=0.5)
    adopt_weights(third, reason=WHY, actor=operator)
    db.session.commit()
    assert sent(operator, "return") == 409, "above these stand others"
    return_weights(third, reason=WHY, actor=operator)
    db.session.commit()
    assert [sent(operator, "return") for _ in range(2)] == [200, 409]


def test_the_page_asks_as_often_for_many_weights_as_for_few(app):
    site = Site(app, make.an_operator(), language="en")
    counts = []
    for latent in (0.5, 2.0, 4.0):
        proposed_weights(latent=latent)
        db.session.commit()
        with count_queries() as statements:
            site.open(PAGE)
        counts.append(len(statements))

    assert counts[0] == counts[2]


def test_weights_are_used_only_for_the_version_of_the_model_that_they_were_measured_with(app):
    challenge, operator = make.a_challenge(), make.an_operator()
    make.an_organisation(summary_vi="Cảnh báo ngập đến từng đoạn phố.")
    learnt, older = proposed_weights(), proposed_weights(latent=0.5)
    adopt_weights(learnt, reason=WHY, actor=operator)
    assert {each.model_version for each in suggest_partners(challenge)} == {FIRST}

    for each in (learnt, older):
        each.base = each.instead_of = BASE_VERSIONS[1]
        db.session.flush()

    assert {each.model_version for each in suggest_partners(challenge)} == {MODEL_VERSION}
    learnt.base = older.base = older.instead_of = "words-latent-3"
    for deed, each in ((return_weights, learnt), (adopt_weights, older)):
        with pytest.raises(WrongStage):
            deed(each, reason=WHY, actor=operator)


@pytest.mark.feature("N5")
def test_too_little_evidence_proposes_nothing_and_says_why(app):
    challenge, company = make.a_challenge(), make.an_organisation(summary_vi="Cảnh báo ngập.")
    farm, judge = make.an_organisation(summary_vi="Rau."), make.a_member(a_verified_organisation())
    say(challenge, (company.slug, farm.slug), judge)
    operator = make.an_operator()
    db.session.commit()

    measured = learn(app, "--keep")

    assert "proposed" not in measured
    assert (measured["challenges"], measured["judgements"], measured["voices"]) == (1, 2, 1)
    assert len(measured["nothing_changes_because"]) == 3
    with pytest.raises(NotReady):
        propose_weights(measure_judgements())
    assert db.session.scalars(select(LearntWeights)).all() == []
    assert "Nothing is proposed" in Site(app, operator, language="en").open(PAGE).main


def test_only_known_organisations_are_heard_with_one_voice_and_not_about_themselves(app):
    challenge, one, two = make.a_challenge(), make.an_organisation(), make.an_organisation()
    pair = (one.slug, two.slug)
    known = a_verified_organisation(tax_code="0100000001")
    branch = a_verified_organisation(tax_code="0100000001-001")
    heard = [make.a_member(body) for body in (known, branch, challenge.agency)]
    own = make.a_member(a_verified_organisation())
    for body in (one, two):
        start_membership(body, own, role=Role.MEMBER, giver=None)
    unheard = [make.a_person(), make.a_member(make.an_organisation()), own]
    for person in (*heard, *unheard):
        say(challenge, pair, person)
    knows = Feedback(challenge_id=challenge.id, organisation_id=one.id, person=make.a_member(known, Role.OWNER))
    knows.verdict, knows.model_version, knows.said_at = Verdict.KNOWN, MODEL_VERSION, clock.now()
    db.session.add(knows)
    db.session.flush()

    said = judgements()

    voices = ("0100000001", "0100000001", challenge.agency.reference)
    assert sorted(said) == sorted(
        Judgement(challenge.id, slug, voice, slug == one.slug) for voice in voices for slug in pair
    )


def test_what_came_of_it_is_heard_once_it_is_agreed_or_published(app):
    asker, asked = a_verified_organisation(), make.an_organisation()
    author, agency = make.a_member(asker), make.an_agency()
    challenge, decided = make.a_challenge(agency), make.a_challenge(agency, stage=Stage.DECIDED)
    published = make.a_challenge(agency, stage=Stage.RESULTS_PUBLISHED)
    introduction = introductions.ask_introduction(asker, asked, actor=author, challenge=challenge, purpose="Cùng làm.")
    for each in (decided, published):
        times = {"created_at": clock.now(), "saved_at": clock.now()}
        entry = Solution(challenge=each, organisation=asker, author=author, title_vi="Giải pháp", **times)
        entry.stage = SolutionStage.AWARDED
        db.session.add(entry)
    won = Judgement(published.id, asker.slug, agency.reference, is_relevant=True)
    assert judgements() == [won]

    introductions.accept_introduction(introduction, actor=make.a_member(asked, Role.OWNER))

    assert judgements() == [Judgement(challenge.id, asked.slug, asker.reference, is_relevant=True), won]
