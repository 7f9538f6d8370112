"""The demo content holds together: references, counts, weights, languages and nothing that looks real."""

import csv
import json
import re
import unicodedata
from collections import Counter
from itertools import chain
from pathlib import Path

import pytest

from marketplace.challenges.stages import Field, IpTerms
from marketplace.organisations.stages import KINDS_TO_REGISTER, EvidenceKind, Kind, Role
from marketplace.solutions.stages import Stage

PACKAGE = Path(__file__).parents[2] / "marketplace"
NAMES = ("challenges", "organisations", "people", "solutions", "comments", "experts")
CONTENT = {name: json.loads((PACKAGE / f"demo/data/{name}.json").read_text(encoding="utf-8")) for name in NAMES}
CHALLENGES = {challenge["id"]: challenge for challenge in CONTENT["challenges"]}
ORGANISATIONS = {organisation["key"]: organisation for organisation in CONTENT["organisations"]}
PEOPLE, SOLUTIONS, COMMENTS = CONTENT["people"], CONTENT["solutions"], CONTENT["comments"]
SECTIONS = ("summary", "approach", "impact", "team", "pilot_plan")
# Which stages a solution may have while its challenge is in this one.
FITTING = {
    "open": {Stage.DRAFT, Stage.SUBMITTED},
    "closed": {Stage.SUBMITTED, Stage.WITHDRAWN},
    "judging": {Stage.ADMITTED, Stage.INELIGIBLE},
    "results_published": {Stage.AWARDED, Stage.NOT_SELECTED, Stage.INELIGIBLE},
}


def reference(name):
    path = PACKAGE / f"organisations/reference/{name}.csv"
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


BODIES = {body["name_vi"] for body in reference("hanoi_orgs")}
WARDS = {ward["code"] for ward in reference("hanoi_wards")}


def texts(thing):
    """Every text inside, at any depth."""
    if isinstance(thing, str):
        return [thing]
    inside = thing.values() if isinstance(thing, dict) else thing if isinstance(thing, list) else []
    return list(chain.from_iterable(texts(part) for part in inside))


def pairs(thing):
    """Every (Vietnamese, English) pair inside: name_vi beside name_en, vi beside en."""
    if isinstance(thing, list):
        return list(chain.from_iterable(pairs(part) for part in thing))
    if not isinstance(thing, dict):
        return []
    here = [
        (thing[key], thing[key[:-2] + "en"])
        for key in thing
        if (key == "vi" or key.endswith("_vi")) and key[:-2] + "en" in thing
    ]
    return here + list(chain.from_iterable(pairs(part) for part in thing.values()))


@pytest.mark.parametrize("name", NAMES)
def test_a_file_is_composed_text_with_two_spaces_and_no_escapes(name):
    written = (PACKAGE / f"demo/data/{name}.json").read_text(encoding="utf-8")

    assert written == unicodedata.normalize("NFC", written)
    assert written == json.dumps(CONTENT[name], ensure_ascii=False, indent=2) + "\n"


@pytest.mark.parametrize("name", NAMES)
def test_no_text_is_empty_or_padded_or_holds_a_run_of_digits_like_a_tax_code_or_a_phone(name):
    wrong = [
        text
        for text in texts(CONTENT[name])
        if not text or text != " ".join(text.split()) or re.search(r"\d(?:[ .-]?\d){8}", text)
    ]

    assert wrong == []


@pytest.mark.parametrize("name", NAMES)
def test_vietnamese_and_english_are_both_there_or_both_missing_and_never_the_same(name):
    # A target may read alike in both ("≤ 10 cm"), and a second title is a choice: both have tests of their own.
    without = {"challenges": {"outcomes": []}, "solutions": {"title_vi": None, "title_en": None}}.get(name, {})
    bare = [{**entry, **without} for entry in CONTENT[name]]

    wrong = [(vi, en) for vi, en in pairs(bare) if bool(vi) != bool(en) or (vi and vi == en)]

    assert wrong == []


def test_the_twelve_challenges_show_every_place_in_life():
    assert list(CHALLENGES) == [f"HN-DEMO-{number:02}" for number in range(1, 13)]
    stages = Counter(challenge["stage"] for challenge in CHALLENGES.values())

    assert stages == Counter(draft=1, in_review=1, forecast=1, open=4, closed=1, judging=2, results_published=2)
    assert CHALLENGES["HN-DEMO-01"]["stage"] == "results_published"


@pytest.mark.parametrize("challenge", CHALLENGES.values(), ids=list(CHALLENGES))
def test_the_days_of_a_challenge_fit_its_stage(challenge):
    published, opens, closes, results = (
        challenge["schedule"][f"{name}_days"] for name in ("published", "opens", "closes", "results")
    )

    assert (published is None) == (challenge["stage"] in {"draft", "in_review"})
    assert sorted([published or -1000, opens, closes, results]) == [published or -1000, opens, closes, results]
    assert (opens < 0, closes < 0, results < 0) == {
        "open": (True, False, False),
        "closed": (True, True, False),
        "judging": (True, True, False),
        "results_published": (True, True, True),
    }.get(challenge["stage"], (False, False, False))


@pytest.mark.parametrize("challenge", CHALLENGES.values(), ids=list(CHALLENGES))
def test_a_rubric_has_four_or_five_criteria_whose_weights_make_one_whole(challenge):
    criteria = challenge["criteria"]

    assert len(criteria) in {4, 5}
    assert len({criterion["key"] for criterion in criteria}) == len(criteria)
    assert sum(criterion["weight_bp"] for criterion in criteria) == 10_000
    assert [list(criterion["anchors"]) for criterion in criteria] == [["0", "5", "10"]] * len(criteria)


@pytest.mark.parametrize("challenge", CHALLENGES.values(), ids=list(CHALLENGES))
def test_a_challenge_names_known_things_and_one_reward(challenge):
    rewards = [challenge["prize_vnd"], challenge["pilot_budget_vnd"]]

    assert {challenge["agency_vi"], *challenge["partner_agencies_vi"]} - BODIES == set()
    assert set(challenge["places"]) - WARDS == set()
    assert challenge["ip"] in {terms.value for terms in IpTerms}
    assert challenge["field_code"] in {field.value for field in Field}
    assert sorted(type(reward).__name__ for reward in rewards) == ["NoneType", "int"]
    assert max(len(challenge["summary_vi"]), len(challenge["summary_en"])) <= 300


def test_outcomes_are_said_in_both_languages_and_a_target_too():
    outcomes = [outcome for challenge in CHALLENGES.values() for outcome in challenge["outcomes"]]

    assert [outcome for outcome in outcomes if outcome["vi"] == outcome["en"]] == []
    assert [outcome for outcome in outcomes if set(outcome.get("target", {"vi": 0, "en": 0})) != {"vi", "en"}] == []


def test_the_twenty_organisations_are_of_nine_kinds():
    counts = Counter(organisation["kind"] for organisation in ORGANISATIONS.values())

    assert set(counts) <= set(KINDS_TO_REGISTER)
    assert sorted(counts.values()) == [1, 1, 1, 1, 1, 2, 3, 4, 6]


@pytest.mark.parametrize("organisation", ORGANISATIONS.values(), ids=list(ORGANISATIONS))
def test_an_organisation_stands_on_its_side_and_has_a_place_and_a_record(organisation):
    kinds = [EvidenceKind(line["kind"]) for line in organisation["track_record"]]

    assert organisation["helix"] == KINDS_TO_REGISTER[Kind(organisation["kind"])]
    assert organisation["places"] in (WARDS if organisation["kind"] != "foreign" else {None})
    assert organisation["name_vi"] not in BODIES
    assert 3 <= len(kinds) <= 5
    assert 1 <= organisation["trl_from"] <= organisation["trl_to"] <= 9
    assert all(organisation["founded"] <= line["year"] <= 2026 for line in organisation["track_record"])


def test_every_challenge_has_organisations_that_name_two_of_its_capabilities():
    offered = Counter(
        capability["vi"] for organisation in ORGANISATIONS.values() for capability in organisation["capabilities"]
    )

    thin = [
        challenge["id"]
        for challenge in CHALLENGES.values()
        if sum(capability["vi"] in offered for capability in challenge["capabilities"]) < 2
    ]

    assert thin == []


def test_people_have_their_own_key_and_demo_address():
    emails = [person["email"] for person in PEOPLE]

    assert len({person["key"] for person in PEOPLE}) == len(set(emails)) == len(PEOPLE)
    assert [email for email in emails if not re.fullmatch(r"[a-z]+@[a-z]+\.example\.vn", email)] == []


def test_memberships_and_conflicts_name_known_organisations():
    memberships = [line for person in PEOPLE for line in person["memberships"]]
    conflicts = [line for person in PEOPLE for line in person["conflicts"]]

    assert {line["organisation"] for line in memberships} - BODIES - set(ORGANISATIONS) == set()
    assert {line["organisation"] for line in conflicts} - set(ORGANISATIONS) == set()
    assert {line["role"] for line in memberships} <= {role.value for role in Role}


def test_every_organisation_has_one_owner_and_every_agency_its_author_and_manager():
    roles = Counter((line["organisation"], line["role"]) for person in PEOPLE for line in person["memberships"])
    agencies = {challenge["agency_vi"] for challenge in CHALLENGES.values()}

    assert {key: roles[key, "owner"] for key in ORGANISATIONS} == dict.fromkeys(ORGANISATIONS, 1)
    assert [agency for agency in agencies if not (roles[agency, "member"] and roles[agency, "manager"])] == []


def test_the_platform_has_two_operators_an_auditor_nine_judges_and_ten_featured_people():
    assert Counter(chain.from_iterable(person["platform_roles"] for person in PEOPLE)) == {"operator": 2, "auditor": 1}
    assert Counter(person["side"] for person in PEOPLE if person["judge"]) == {
        "state": 3,
        "academia": 3,
        "business": 3,
    }
    assert sum(person["chair"] for person in PEOPLE) == 1
    assert sum(person["featured"] for person in PEOPLE) == 10
    assert [person["key"] for person in PEOPLE if person["featured"] and not person["featured_reason_vi"]] == []


def test_some_judges_belong_to_entrants_of_judged_challenges():
    judged = {"judging", "results_published"}
    entrants = {entry["organisation"] for entry in SOLUTIONS if CHALLENGES[entry["challenge"]]["stage"] in judged}
    conflicted = {line["organisation"] for person in PEOPLE if person["judge"] for line in person["conflicts"]}

    assert sorted(entrants & conflicted) == ["mua_pho", "nga_tu_xanh", "song_nhue", "thuy_nguon"]


def test_there_are_forty_solutions_and_an_organisation_answers_a_challenge_once():
    entries = {(solution["challenge"], solution["organisation"]) for solution in SOLUTIONS}

    assert len(entries) == len(SOLUTIONS) == 40
    assert Counter(solution["language"] for solution in SOLUTIONS) == {"vi": 32, "en": 8}
    assert {organisation for _, organisation in entries} - set(ORGANISATIONS) == set()


def test_a_solution_is_where_its_challenge_lets_it_be():
    wrong = [
        (solution["challenge"], solution["organisation"], solution["stage"])
        for solution in SOLUTIONS
        if solution["stage"] not in FITTING[CHALLENGES[solution["challenge"]]["stage"]]
    ]

    assert wrong == []


def test_a_solution_is_told_at_length_in_its_own_language():
    wrong = [
        (solution["challenge"], solution["organisation"], section)
        for solution in SOLUTIONS
        for section in SECTIONS
        if not 60 <= len(solution[section].split()) <= 160
    ]

    assert wrong == []
    assert [solution for solution in SOLUTIONS if not solution[f"title_{solution['language']}"]] == []
    assert sum(bool(solution["title_vi"] and solution["title_en"]) for solution in SOLUTIONS) == 21


def test_quality_is_known_where_judges_score_and_awards_where_results_are_out():
    for solution in SOLUTIONS:
        judged = CHALLENGES[solution["challenge"]]["stage"] in {"judging", "results_published"}
        told = [solution[name] is not None for name in ("quality", "award_vi", "citation_vi", "reason_vi")]

        awarded = solution["stage"] == "awarded"
        explained = solution["stage"] in {"ineligible", "withdrawn"}
        assert told == [judged, awarded, awarded, explained], solution["title_vi"] or solution["title_en"]


def test_awards_go_to_the_best():
    for challenge in (challenge for challenge in CHALLENGES.values() if challenge["stage"] == "results_published"):
        entries = [solution for solution in SOLUTIONS if solution["challenge"] == challenge["id"]]
        by_quality = sorted(entries, key=lambda solution: -solution["quality"])

        awarded = [solution["stage"] == "awarded" for solution in by_quality]

        assert awarded == sorted(awarded, reverse=True)


def test_attachments_carry_names_that_say_their_kind():
    attachments = [attachment for solution in SOLUTIONS for attachment in solution["attachments"]]

    assert {attachment["kind"] for attachment in attachments} == {"pdf", "txt", "csv", "png"}
    assert [line["name"] for line in attachments if not line["name"].endswith(f".{line['kind']}")] == []
    assert max(len(attachment["name"]) for attachment in attachments) > 80


def test_costs_stay_within_the_pilot_budget_unless_that_is_the_reason_to_exclude():
    over = [
        (solution["challenge"], solution["organisation"], solution["stage"])
        for solution in SOLUTIONS
        if solution["cost_vnd"] > (CHALLENGES[solution["challenge"]]["pilot_budget_vnd"] or 10**10)
    ]

    assert over == [("HN-DEMO-02", "beo_tay", "ineligible")]


def test_there_is_a_comment_for_every_kind_of_criterion_at_every_level():
    wanted = {criterion["key"] for challenge in CHALLENGES.values() for criterion in challenge["criteria"]}
    kinds = wanted | {"general"}
    vietnamese = Counter((line["criterion"], line["level"]) for line in COMMENTS if line["language"] == "vi")

    assert vietnamese == {(kind, level): 2 for kind in kinds for level in ("low", "mid", "high")}
    assert sum(line["language"] == "en" for line in COMMENTS) == 10
