"""The rules of judging: written with the draft, public as sentences, locked when judging opens, amended in public."""

from hashlib import sha256

import pytest
from sqlalchemy import select

from marketplace.audit.models import JournalEntry
from marketplace.challenges.stages import Stage
from marketplace.db import db
from marketplace.errors import NotReady, Refused, WrongStage
from marketplace.judging.models import JudgingRules
from marketplace.judging.rules import DEFAULTS, Problem, changed, problems
from marketplace.judging.services import assigning, rules
from marketplace.organisations.stages import Role
from marketplace.solutions.stages import Stage as SolutionStage
from tests import make
from tests.judging.judging_make import a_round, a_scoring_round, an_entry, declare
from tests.judging.judging_make import rules_of as with_rules
from tests.site import Site


@pytest.fixture
def agency(app):
    return make.an_agency()


@pytest.fixture
def lan(agency):
    return make.a_member(agency)


def stored(challenge):
    return db.session.scalars(select(JudgingRules).where(JudgingRules.challenge_id == challenge.id)).one()


def told(event):
    return db.session.scalars(select(JournalEntry).where(JournalEntry.event == event)).all()


@pytest.mark.feature("N19", "65", "75")
def test_rules_are_written_with_the_draft_and_read_as_sentences(app, agency, lan):
    challenge = make.a_draft_challenge(agency)
    site = Site(app, lan, language="en").open(f"/challenges/{challenge.slug}/edit")
    site.click("Write the rules of judging")

    site.press(
        "Save the rules",
        **{"rounds-0-blind": "blind", "rounds-0-best": "10", "rounds-1-blind": "open", "tiebreaks-1": "lot"},
        reviews_per_entry="5",
        quorum="4",
        third_reading_points="20",
        minimum_total="50",
    )

    assert "The rules were saved." in site.text
    read = Site(app, lan, language="en").open(f"/challenges/{challenge.slug}/rules").main
    assert "Round 1: judges do not see who entered; the best 10 entries go on" in read
    assert "Round 2, the last: judges see who entered." in read
    assert "Each entry is read by 5 judges, independently of each other." in read
    assert "An entry needs 4 finished score sheets to be ranked." in read
    assert "(1) the higher mean on the criterion with the greatest weight, then on the next; (2) a lot" in read
    assert "An entry below 50 points of 100 cannot win." in read


@pytest.mark.feature("N19")
def test_everybody_reads_the_rules_of_a_published_challenge_and_can_check_the_fingerprint(app, agency):
    challenge = make.a_challenge(agency)
    with_rules(challenge, quorum=3)
    site = Site(app, language="en").open(f"/challenges/{challenge.slug}")
    assert "An entry needs 3 finished score sheets to be ranked." in site.main

    site.click("All rules of judging")

    assert "They are locked when judging opens." in site.main
    body = Site(app).open(f"/challenges/{challenge.slug}/rules.json").body
    assert site.page.code.get_text() == sha256(body).hexdigest()


def test_a_challenge_without_written_rules_has_the_usual_ones(app, agency):
    challenge = make.a_challenge(agency)

    site = Site(app, language="en").open(f"/challenges/{challenge.slug}/rules")

    assert "Each entry is read by 3 judges" in site.main
    assert db.session.scalar(select(JudgingRules)) is None


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"quorum": "4"}, "An entry cannot need more finished sheets than it has judges."),
        ({"rounds-1-blind": "open"}, "Say how many entries go on from each round but the last."),
        ({"rounds-0-best": "5"}, "Nothing goes on from the last round: leave its number empty."),
        ({"rounds-0-blind": ""}, "There is at least one round."),
        ({"tiebreaks-0": "lot", "tiebreaks-1": "criteria"}, "Name each step once, and the lot last."),
        ({"rounds-0-blind": "double", "objection_days": "3"}, "Where entrants do not see who judges"),
        ({"reviews_per_entry": "0"}, "Enter a number from 1 to 9."),
    ],
)
def test_rules_that_contradict_themselves_are_refused_and_stay_in_the_form(app, agency, lan, fields, error):
    challenge = make.a_draft_challenge(agency)
    site = Site(app, lan, language="en").open(f"/challenges/{challenge.slug}/rules/edit")

    site.press("Save the rules", **fields)

    assert site.status == 422
    assert [each for each in site.errors if each.startswith(error)]
    assert [site.value(name) for name in fields] == list(fields.values())
    assert db.session.scalar(select(JudgingRules)) is None


@pytest.mark.feature("57", "N19")
def test_the_time_for_which_contracts_and_supervision_count_is_a_rule_that_everybody_reads(app, agency, lan):
    challenge = make.a_draft_challenge(agency)
    site = Site(app, lan, language="en").open(f"/challenges/{challenge.slug}/rules/edit")
    usual = site.value("tie_months")
    site.press("Save the rules", tie_months="24")
    rules = site.open(f"/challenges/{challenge.slug}/rules").main
    site.open(f"/challenges/{challenge.slug}/rules/edit").press("Save the rules", tie_months="0", appeal_days="0")

    again = site.open(f"/challenges/{challenge.slug}/rules/edit")

    assert (usual, "within the last 24 months" in rules) == ("36", True)
    assert (again.value("tie_months"), again.value("appeal_days")) == ("0", "0")
    assert "within the last" not in site.open(f"/challenges/{challenge.slug}/rules").main


def test_rules_of_a_draft_are_no_business_of_others(app, agency, lan):
    challenge = make.a_draft_challenge(agency)
    outsider = make.a_member(make.an_agency(), Role.OWNER)

    for tail in ("/rules", "/rules.json", "/rules/edit"):
        assert Site(app, outsider).open(f"/challenges/{challenge.slug}{tail}").status == 404
    with pytest.raises(Refused):
        rules.write_rules(challenge, actor=outsider, content=DEFAULTS)
    challenge.stage = Stage.IN_REVIEW
    with pytest.raises(WrongStage):
        rules.write_rules(challenge, actor=lan, content=DEFAULTS)


@pytest.mark.feature("N19")
def test_opening_judging_locks_the_rules_and_writes_their_fingerprint_into_the_journal(app):
    made = a_scoring_round(1)
    document = Site(app).open(f"{made.path}/rules.json").body

    site = Site(app, language="en").open(f"{made.path}/rules")

    assert "Locked Judging opened under these rules" in site.main
    (line,) = told("RulesLocked")
    assert line.facts["fingerprint"] == sha256(document).hexdigest() == stored(made.challenge).fingerprint
    assert stored(made.challenge).rules_locked


@pytest.mark.feature("N19")
def test_a_change_of_public_rules_is_an_amendment_with_reasons_that_everybody_reads(app):
    made = a_scoring_round(1)
    before = stored(made.challenge).fingerprint
    site = Site(app, made.manager, language="en").open(f"{made.path}/rules").click("Amend the rules")
    assert site.press("Amend the rules", minimum_total="60").errors == ["Give the reasons. Everybody can read them."]

    site.press("Amend the rules", minimum_total="60", reasons="Quy chế mới của Thành phố.")

    read = Site(app, language="en").open(f"{made.path}/rules").main
    assert "Why: Quy chế mới của Thành phố. There is no minimum total. An entry below 60 points" in read
    assert stored(made.challenge).fingerprint != before
    assert told("RulesAmended")[0].facts["changed"] == ["minimum_total"]


@pytest.mark.feature("15", "N10", "N19")
def test_while_solutions_are_taken_rules_change_by_an_amendment_of_the_challenge(app, agency):
    challenge = make.a_challenge(agency)
    manager = make.a_member(agency, Role.MANAGER)
    site = Site(app, manager, language="en").open(f"/challenges/{challenge.slug}/amendment").click("Rules of judging")
    site.press("Keep for the amendment", minimum_total="60")
    assert "There is no minimum total." in Site(app, language="en").open(f"/challenges/{challenge.slug}/rules").main

    site.click("Give the reason").press("Save", reason_vi="Quy chế mới.").press("Publish the amendment")

    assert "Rules of judging Removed: There is no minimum total Added: An entry below 60 points" in site.main
    assert "counts only when its owner confirms it" in site.main
    read = Site(app, language="en").open(f"/challenges/{challenge.slug}/rules").main
    assert "Why: Quy chế mới." in read
    with pytest.raises(WrongStage):
        rules.amend_rules(challenge, actor=manager, content=DEFAULTS, reasons="x")


def test_nobody_amends_but_a_manager_and_never_once_a_sheet_is_final(app):
    made = a_scoring_round(1)
    content = {**DEFAULTS, "minimum_total": 60}
    with pytest.raises(Refused):
        rules.amend_rules(made.challenge, actor=made.secretary, content=content, reasons="x")
    with pytest.raises(NotReady):
        rules.amend_rules(made.challenge, actor=made.manager, content={**DEFAULTS, "quorum": 9}, reasons="x")
    db.session.rollback()
    made.score(made.judges[0], made.entries[0], 6, 6)

    with pytest.raises(WrongStage):
        rules.amend_rules(made.challenge, actor=made.manager, content=content, reasons="x")

    site = Site(app, made.manager, language="en").open(f"{made.path}/rules")
    assert "Amend the rules" not in site.links()


def test_the_same_rules_again_are_no_amendment(app):
    made = a_scoring_round(1, judges=3)

    rules.amend_rules(made.challenge, actor=made.manager, content=DEFAULTS, reasons="x")

    assert (changed(DEFAULTS, DEFAULTS), told("RulesAmended")) == ([], [])


@pytest.mark.feature("75")
def test_the_declared_ladder_parts_entries_of_equal_mean_in_the_matrix(app):
    made = a_scoring_round(2, judges=1, reviews=1)
    # 40 % and 60 %: both come to 70, the second criterion weighs more
    made.score(made.judges[0], made.entries[0], 10, 5)
    made.score(made.judges[0], made.entries[1], 4, 9)
    made.deliberate()

    site = Site(app, made.secretary, language="en").open(f"{made.path}/deliberation")

    cells = [
        [cell.get_text(" ", strip=True) for cell in row.find_all(["td", "th"])] for row in site.page.select("tbody tr")
    ]
    assert [(row[0], row[2]) for row in cells] == [("1 tie parted", "70.00"), ("2 tie parted", "70.00")]
    assert made.entries[1].title_vi in cells[0][1]


@pytest.mark.feature("74")
def test_an_entry_below_the_declared_minimum_cannot_win(app):
    made = a_round(1, judges=1, reviews=1, rules={"minimum_total": 80})
    declare(made, made.judges[0])
    assigning.assign_judges(made.panel, actor=made.secretary)
    made.score(made.judges[0], made.entries[0], 7, 7)
    made.deliberate()
    site = Site(app, made.secretary, language="en").open(f"{made.path}/decision")
    reference = made.entries[0].reference

    site.press("Send to publish", **{f"citation_vi_{reference}": "Giải đúng vấn đề và đã chạy thử."})

    assert site.errors == [f"“{made.entries[0].title_vi}” is below the least total that can win."]


def test_what_is_wrong_is_told_of_the_document_too():
    content = {**DEFAULTS, "quorum": 4, "rounds": [{"blind": "open", "best": None}, {"blind": "open", "best": 3}]}

    assert problems(content) == [Problem("quorum", "quorum"), Problem("rounds", "best"), Problem("rounds", "last")]
    assert problems(DEFAULTS) == []


@pytest.mark.feature("64")
def test_before_any_points_entries_pass_or_fail_and_only_those_that_pass_are_judged(app):
    made = a_round(1, judges=1, reviews=1)
    unclear = an_entry(made.challenge, title="Chưa rõ hợp lệ", stage=SolutionStage.SUBMITTED)
    declare(made, made.judges[0])
    read = Site(app, language="en").open(f"{made.path}/rules").main
    assert "that is passed or failed, without points." in read
    site = Site(app, made.secretary, language="en").open(f"{made.path}/panel")
    assert site.press("Assign judges").errors == ["Some entries have not been checked for eligibility."]

    site.open(f"/solutions/{unclear.reference}").press("Exclude it", reasons="Không có thành viên ở Hà Nội.")
    site.open(f"{made.path}/panel").press("Assign judges")

    assert [sheet.solution_id for sheet in made.sheets()] == [made.entries[0].id]
