"""Who may answer: typed rules, checked before anyone begins."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.challenges.eligibility import HOUSES, Answerer, Rule, Verdict, findings, verdict_of
from marketplace.challenges.models import EligibilityRule
from marketplace.challenges.stages import Applicant, Reach, RuleKind, Size, Stage
from marketplace.db import db
from marketplace.organisations.stages import Helix, Kind, Role
from marketplace.solutions.models import Solution
from marketplace.solutions.stages import Stage as SolutionStage
from tests import make
from tests.site import Site


def _ruled(challenge, *rules):
    """The challenge with these rules of eligibility."""
    challenge.eligibility = [
        EligibilityRule(position=number, kind=kind, values=list(values))
        for number, (kind, *values) in enumerate(rules, start=1)
    ]
    db.session.commit()
    return challenge


@pytest.mark.feature("6")
def test_an_agency_says_who_may_answer_and_everyone_reads_it(app):
    agency = make.an_agency()
    draft = make.a_draft_challenge(agency)
    site = Site(app, make.a_member(agency), language="en").open(f"/challenges/{draft.slug}/edit")

    site.click("Who may answer").press(
        "Save", applicants=["organisation", "group"], kinds=["startup", "university"], place="hanoi", no_prize="3"
    )

    db.session.refresh(draft)
    assert [(rule.kind, rule.values) for rule in draft.eligibility] == [
        (RuleKind.APPLICANTS, ["organisation", "group"]),
        (RuleKind.KINDS, ["university", "startup"]),
        (RuleKind.PLACE, ["hanoi"]),
        (RuleKind.NO_PRIZE, ["3"]),
    ]
    draft.stage = Stage.PUBLISHED
    visitor = Site(app, language="en").open(f"/challenges/{draft.slug}")
    assert "Open to: University; Innovative startup." in visitor.main
    assert "No prize won on this site in the last 3 years." in visitor.main
    again = site.open(f"/challenges/{draft.slug}/edit/eligibility")
    assert (again.value("kinds"), again.value("no_prize")) == (["university", "startup"], "3")


@pytest.mark.feature("7")
def test_anyone_checks_themselves_without_an_account(app):
    challenge = _ruled(make.a_challenge(), (RuleKind.KINDS, "startup"), (RuleKind.PLACE, "hanoi"))
    site = Site(app, language="en").open(f"/challenges/{challenge.slug}")

    site.click("Check in 30 seconds whether you may answer")
    assert {field["name"] for field in site.page.main.select("select, input[type=radio]")} == {"kind", "place"}

    site.press("Check", kind="startup", place="hanoi")
    assert "Yes, you may answer" in site.main
    site.press("Check", kind="university", place="hanoi")
    assert "No, you may not answer" in site.main
    assert "Open to: Innovative startup. Stated: University." in site.main
    site.press("Check", kind="startup")
    assert site.main.count("Nothing is stated about this.") == 0
    site.open(f"/challenges/{challenge.slug}/eligibility?kind=startup")
    assert "It cannot be told yet" in site.main
    site.open(f"/challenges/{challenge.slug}/eligibility?kind=state&place=hanoi")
    assert "State bodies publish challenges; they do not answer them." in site.main


@pytest.mark.parametrize("query", ["kind=xyz", "place=%27&kind=startup", "applicant=organisation", "kind=state&kind=x"])
def test_no_asked_address_breaks_the_check(app, query):
    challenge = _ruled(make.a_challenge(), (RuleKind.KINDS, "startup"), (RuleKind.PLACE, "hanoi"))

    assert Site(app).open(f"/challenges/{challenge.slug}/eligibility?{query}").status == 200


def test_the_check_of_a_draft_is_hidden(app):
    assert Site(app).open(f"/challenges/{make.a_draft_challenge().slug}/eligibility").status == 404


@pytest.mark.feature("7")
def test_an_organisation_that_a_rule_excludes_cannot_start_and_reads_why(app):
    challenge = _ruled(make.a_challenge(), (RuleKind.KINDS, "university", "institute"))
    startup = make.an_organisation("Công ty Mưa Phố")
    minh = make.a_member(startup, Role.OWNER)
    site = Site(app, minh, language="en").open(f"/challenges/{challenge.slug}/solutions/new")
    assert "May not answer: Open to: University; Research institute." in site.main

    site.press("Start", organisation=startup.slug, title="Đo mưa")

    assert site.status == 422
    assert "Whoever you chose may not answer this challenge" in site.main
    assert "Stated: Innovative startup." in site.main
    assert site.value("title") == "Đo mưa"
    assert db.session.query(Solution).count() == 0


@pytest.mark.feature("7")
def test_what_cannot_be_told_holds_nobody_back_and_is_said(app):
    challenge = _ruled(make.a_challenge(), (RuleKind.PLACE, "hanoi"), (RuleKind.SIZES, "small"))
    startup = make.an_organisation()
    site = Site(app, make.a_member(startup), language="en").open(f"/challenges/{challenge.slug}/solutions/new")
    assert "May answer; its profile does not say everything:" in site.main

    site.press("Start", organisation=startup.slug, title="Đo mưa")

    assert site.status == 200
    assert db.session.query(Solution).count() == 1


@pytest.mark.feature("7")
def test_a_winner_of_an_earlier_prize_is_told_but_no_unpublished_prize_shows(app):
    challenge = _ruled(make.a_challenge(), (RuleKind.NO_PRIZE, "2"))
    startup = make.an_organisation()
    minh = make.a_member(startup)
    earlier = make.a_closed_challenge()
    earlier.results_at = earlier.closes_at
    db.session.add(
        Solution(
            challenge=earlier, organisation=startup, author=minh, stage=SolutionStage.AWARDED,
            created_at=earlier.closes_at, saved_at=earlier.closes_at,
        )
    )  # fmt: skip
    earlier.stage = Stage.DECIDED
    site = Site(app, minh, language="en").open(f"/challenges/{challenge.slug}/eligibility")
    assert "A prize was won here within that time." not in site.main

    earlier.stage = Stage.RESULTS_PUBLISHED
    site.open(f"/challenges/{challenge.slug}/eligibility")

    assert "No prize won on this site in the last 2 years. A prize was won here within that time." in site.main


kinds = st.none() | st.sampled_from(list(HOUSES))
answerers = st.builds(
    Answerer,
    applicant=st.none() | st.sampled_from(Applicant),
    kind=kinds,
    side=st.none() | st.sampled_from(Helix),
    place=st.none() | st.sampled_from([*Reach, "abroad"]),
    size=st.none() | st.sampled_from(Size),
    years_since_prize=st.none() | st.integers(0, 20),
    never_won=st.booleans(),
)
rules = st.lists(
    st.one_of(
        st.builds(lambda values: Rule(RuleKind.KINDS, tuple(values)), st.lists(st.sampled_from([*HOUSES]), min_size=1)),
        st.builds(lambda value: Rule(RuleKind.PLACE, (value.value,)), st.sampled_from(Reach)),
        st.builds(lambda value: Rule(RuleKind.SIZES, (value.value,)), st.sampled_from(Size)),
        st.builds(lambda value: Rule(RuleKind.NO_PRIZE, (str(value),)), st.integers(1, 10)),
    ),
    max_size=4,
)


@given(rules, answerers)
def test_one_refusing_rule_is_enough_and_only_full_knowledge_says_yes(rules, answerer):
    found = findings(rules, answerer)

    verdicts = {each.verdict for each in found}
    assert (verdict_of(found) == Verdict.NO) == (Verdict.NO in verdicts)
    assert (verdict_of(found) == Verdict.YES) == (verdicts <= {Verdict.YES})


@given(rules)
def test_of_whom_nothing_is_known_nothing_is_refused(rules):
    assert verdict_of(findings(rules, Answerer())) != Verdict.NO


def test_who_is_at_home_in_hanoi_is_at_home_in_vietnam():
    rule = Rule(RuleKind.PLACE, ("vietnam",))

    assert verdict_of(findings([rule], Answerer(place=Reach.HANOI))) == Verdict.YES
    assert verdict_of(findings([rule], Answerer(place="abroad"))) == Verdict.NO


def test_a_person_is_not_measured_by_rules_for_organisations():
    rule = Rule(RuleKind.KINDS, (Kind.STARTUP.value,))

    assert verdict_of(findings([rule], Answerer(applicant=Applicant.INDIVIDUAL))) == Verdict.YES
