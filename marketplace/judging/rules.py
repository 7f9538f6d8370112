"""The rules of judging as a document: what it holds, what is wrong with it, what an amendment changed. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from marketplace.judging.stages import Blind, Comments, DropOut, RoundKind, Tiebreak

Content = dict[str, Any]
MOST_ROUNDS = 3

# What everybody gets who writes nothing else.
DEFAULTS: Content = {
    "rounds": [{"blind": Blind.OPEN.value, "best": None}],
    "reviews_per_entry": 3,
    "quorum": 2,
    "third_reading_points": None,
    "minimum_total": None,
    "dropout": DropOut.FINISHED_STAY.value,
    "tiebreaks": [Tiebreak.CRITERIA.value],
    "mix_required": False,
    "not_applicable": False,
    "comments": Comments.EXTREMES.value,
    "objection_days": 0,
    "anchor_count": 0,
    "appeal_days": 5,
    "defence_public": False,
    "pair_cap": None,
    "tie_months": 36,
}
# Rules that came later: where they say nothing they are not in the document, so that older fingerprints stay true.
SILENT: Content = {"appeal_days": 0, "defence_public": False, "pair_cap": None, "tie_months": 0}


@dataclass(frozen=True)
class Problem:
    """What makes rules impossible: the field, and one of "quorum", "best", "last", "objection", "lot", "oral",
    "minimum"."""

    field: str
    name: str


def content_of(rules: Any) -> Content:
    """The document of anything that has the rules as attributes; enumerations as their words."""
    return document({name: getattr(rules, name) for name in DEFAULTS})


def document(content: Mapping[str, Any]) -> Content:
    """The same rules as the document has them: in its order, as plain words, without later rules that say nothing."""
    plain = {name: _plain(said(content, name)) for name in DEFAULTS}
    return {name: value for name, value in plain.items() if name not in SILENT or value != SILENT[name]}


def whole(content: Mapping[str, Any]) -> Content:
    """Every field, also the later rules that the document leaves out because they say nothing: what a form shows."""
    return {name: said(content, name) for name in DEFAULTS}


def _plain(value: Any) -> Any:
    return value.value if hasattr(value, "value") else value


def problems(content: Mapping[str, Any]) -> list[Problem]:
    """What contradicts itself in rules whose single values are possible."""
    rounds = content["rounds"]
    found = []
    if content["quorum"] > content["reviews_per_entry"]:
        found.append(Problem("quorum", "quorum"))
    if any(not each["best"] for each in rounds[:-1]):
        found.append(Problem("rounds", "best"))
    if rounds[-1]["best"]:
        found.append(Problem("rounds", "last"))
    if content["objection_days"] and any(each["blind"] == Blind.DOUBLE for each in rounds):
        found.append(Problem("objection_days", "objection"))
    if Tiebreak.LOT in content["tiebreaks"][:-1] or len(set(content["tiebreaks"])) < len(content["tiebreaks"]):
        found.append(Problem("tiebreaks", "lot"))
    kinds = [each.get("kind", RoundKind.SCORES) for each in rounds]
    if any(kind == RoundKind.ORAL and each["blind"] != Blind.OPEN for kind, each in zip(kinds, rounds, strict=True)):
        found.append(Problem("rounds", "oral"))
    if content["minimum_total"] and RoundKind(kinds[-1]).compares:
        found.append(Problem("minimum_total", "minimum"))
    return found


def changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """The fields that say something else, in the order of the document."""
    return [name for name in DEFAULTS if said(before, name) != said(after, name)]


def said(content: Mapping[str, Any], name: str) -> Any:
    """What the document says of this field; of a later rule that it leaves out, that it says nothing."""
    return content.get(name, SILENT.get(name))
