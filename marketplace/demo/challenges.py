"""The twelve demo challenges, brought to the stage that their content names."""

from datetime import datetime, timedelta
from typing import Any

from marketplace import clock
from marketplace.accounts.models import Person
from marketplace.challenges.models import Challenge
from marketplace.challenges.services import (
    draft_challenge,
    edit_challenge,
    publish_challenge,
    settle_pledge,
    submit_challenge,
)
from marketplace.challenges.stages import Direction, Field, IpTerms, PledgeOutcome, RuleKind
from marketplace.demo.content import content
from marketplace.demo.questions import ask_questions
from marketplace.organisations.models import Organisation
from marketplace.organisations.queries import people_with_role
from marketplace.organisations.stages import Role
from marketplace.text import HANOI

_SAME = (
    *(
        f"{name}_{language}"
        for name in ("title", "summary", "description", "users", "data", "theme")
        for language in ("vi", "en")
    ),
    "capabilities",
)
_PROMISED = tuple(
    f"{name}_{language}" for name in ("adoption_owner", "pilot_site", "current_cost") for language in ("vi", "en")
)
_ELIGIBILITY = [{"kind": RuleKind.APPLICANTS, "values": ["organisation"]}]
_CRITERION = ("name_vi", "name_en", "weight_bp", "description_vi", "description_en", "anchors")


def make_challenges(
    today: datetime, *, organisations: dict[str, Organisation], operator: Person
) -> dict[str, Challenge]:
    """Every challenge by its id, written, submitted and published at its own day."""
    return {
        told["id"]: _challenge(told, today, agency=organisations[told["agency_vi"]], operator=operator)
        for told in content("challenges")
    }


def moment(today: datetime, days: int, hour: int = 17) -> datetime:
    """A full hour of Hanoi time some days from today."""
    local = (today.astimezone(HANOI) + timedelta(days=days)).replace(hour=hour, minute=0, second=0, microsecond=0)
    return local.astimezone(today.tzinfo)


def _challenge(told: dict[str, Any], today: datetime, *, agency: Organisation, operator: Person) -> Challenge:
    manager = people_with_role(agency, Role.MANAGER)[0]
    author = next(person for person in people_with_role(agency, Role.MEMBER) if person.id != manager.id)
    plan = told["schedule"]
    published = moment(today, plan["published_days"], 9) if plan["published_days"] is not None else today
    with clock.at(published - timedelta(days=6)):
        challenge = draft_challenge(agency, actor=author, title_vi=told["title_vi"], is_demo=True)
        edit_challenge(challenge, actor=author, **columns_of(told, today))
        ask_questions(challenge, actor=author, told=told["id"])
    if told["stage"] != "draft":
        with clock.at(published - timedelta(days=3)):
            submit_challenge(challenge, actor=manager)
    if told["stage"] not in ("draft", "in_review"):
        with clock.at(published):
            publish_challenge(challenge, actor=operator)
    return challenge


def columns_of(told: dict[str, Any], today: datetime) -> dict[str, Any]:
    """What edit_challenge is to write of a challenge of the demo."""
    plan = told["schedule"]
    promised = next(each for each in content("promises") if each["id"] == told["id"])
    return (
        {name: told[name] for name in _SAME}
        | {name: promised[name] for name in _PROMISED}
        | {
            "partners_vi": told["helix_vi"],
            "partners_en": told["helix_en"],
            "adoption_vi": told["mode_vi"],
            "adoption_en": told["mode_en"],
            "outcomes": [{"vi": line["vi"], "en": line["en"]} for line in told["outcomes"]],
            "field": Field(told["field_code"]),
            "ip_terms": IpTerms(told["ip"]),
            "criteria": [{name: line[name] for name in _CRITERION} for line in told["criteria"]],
            "measures": [promised["measure"] | {"direction": Direction(promised["measure"]["direction"])}],
            "prizes": _prizes(told["prize_vnd"]),
            "pilot_budget_vnd": told["pilot_budget_vnd"] or 0,
            "eligibility": _ELIGIBILITY,
            "opens_at": moment(today, plan["opens_days"], 8),
            "closes_at": moment(today, plan["closes_days"]),
            "decision_on": moment(today, plan["results_days"]).date(),
        }
    )


def settle_promise(challenge: Challenge, *, actor: Person) -> None:
    """The agency of a finished challenge says what it decided."""
    settle_pledge(
        challenge,
        actor=actor,
        outcome=PledgeOutcome.DECIDED,
        decided_on=challenge.decision_on,
        reason="Đưa giải pháp đạt giải vào thí điểm từ quý sau. / The winning solution goes into a pilot next quarter.",
    )


def _prizes(budget: int | None) -> list[dict[str, Any]]:
    """Half of the prize money for the first, the rest for two others, and what the city adds beside money."""
    if budget is None:
        return []
    first, second = budget // 2, budget // 4
    merit = {"reward_vi": "Bằng khen của Thành phố", "reward_en": "Certificate of merit of the city"}
    return [
        {"name_vi": "Giải Nhất", "name_en": "First prize", "quantity": 1, "amount_vnd": first, **merit},
        {"name_vi": "Giải Nhì", "name_en": "Second prize", "quantity": 2, "amount_vnd": second},
    ]
