"""The demo challenge that asks questions of its own, put to its entrants by its author."""

from typing import Any

from marketplace.accounts.models import Person
from marketplace.challenges.entry_form import services as entry_form
from marketplace.challenges.entry_form.stages import YES, Audience, Kind
from marketplace.challenges.models import Challenge
from marketplace.demo.content import content


def ask_questions(challenge: Challenge, *, actor: Person, told: str) -> None:
    """Write the entry form of the challenge whose id in data/questions.json is `told`; nothing for any other."""
    plan: Any = content("questions")
    if plan["challenge"] != told:
        return
    known: dict[str, int] = {}
    for part in plan["sections"]:
        titles = {name: part[name] for name in ("title_vi", "title_en")}
        section = entry_form.add_section(challenge, actor=actor, **titles)
        for line in part["questions"]:
            columns = _columns(line, known)
            known[line["key"]] = entry_form.add_question(section, actor=actor, **columns).id


def _columns(line: dict[str, Any], known: dict[str, int]) -> dict[str, Any]:
    columns = {name: value for name, value in line.items() if name not in {"key", "asked_if"}}
    columns |= {"kind": Kind(line["kind"]), "audience": Audience(line["audience"])}
    if "asked_if" in line:
        columns |= {"asked_if_id": known[line["asked_if"]], "asked_if_value": YES}
    return columns
