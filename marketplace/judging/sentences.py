"""The rules of judging as whole sentences in the reader's language: what the public reads is made from the data."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from marketplace.judging.rules import said

BLIND = {
    "open": _l("judges see who entered"),
    "blind": _l("judges do not see who entered"),
    "double": _l("judges do not see who entered, and entrants do not see who judges until the results"),
}
KINDS = {
    "scores": _l("judges give points"),
    "pairs": _l("judges compare two entries at a time"),
    "order": _l("judges put their entries in order"),
    "oral": _l("entries are defended orally and judges give points"),
}
TIEBREAKS = {
    "criteria": _l("the higher mean on the criterion with the greatest weight, then on the next"),
    "lowest": _l("the higher of the lowest totals"),
    "spread": _l("the smaller distance between the highest and the lowest total"),
    "earlier": _l("the earlier receipt"),
    "lot": _l("a lot drawn from the fingerprint of these rules, which everybody can repeat"),
}
DROPOUT = {
    "finished_stay": _l("If a judge leaves, finished score sheets stay valid and unfinished ones go to another judge."),
    "all_reread": _l("If a judge leaves, none of that judge's score sheets counts, and others read those entries."),
}
COMMENTS = {
    "extremes": _l("Very low and very high points need a comment."),
    "always": _l("All points need a comment."),
    "never": _l("Comments are welcome and not required."),
}


def sentences(content: Mapping[str, Any]) -> dict[str, str]:
    """One or more sentences for each field of the rules, by its name, in the order in which they are read."""
    return {
        "rounds": " ".join(
            [
                _("First the agency checks whether each entry is eligible; that is passed or failed, without points."),
                *(_round(number, each, content) for number, each in enumerate(content["rounds"], 1)),
            ]
        ),
        "reviews_per_entry": ngettext(
            "Each entry is read by %(num)d judge.",
            "Each entry is read by %(num)d judges, independently of each other.",
            content["reviews_per_entry"],
        ),
        "mix_required": _(
            "Among the judges of each entry are one from the State, one from academia and one from business."
        )
        if content["mix_required"]
        else _("Judges may come from any side."),
        "quorum": ngettext(
            "An entry needs %(num)d finished score sheet to be ranked. An abstention never counts as 0.",
            "An entry needs %(num)d finished score sheets to be ranked. An abstention never counts as 0.",
            content["quorum"],
        ),
        "not_applicable": _(
            "A judge may answer that a criterion does not apply; its weight then goes to the other criteria."
        )
        if content["not_applicable"]
        else _("Every criterion is scored."),
        "comments": str(COMMENTS[content["comments"]]),
        "third_reading_points": _(
            "If the totals of an entry lie %(points)d points of 100 or more apart, one more judge reads it.",
            points=content["third_reading_points"],
        )
        if content["third_reading_points"]
        else _("No further judge is called when totals lie far apart."),
        "dropout": str(DROPOUT[content["dropout"]]),
        "tiebreaks": _tiebreaks(content["tiebreaks"]),
        "minimum_total": _("An entry below %(points)d points of 100 cannot win.", points=content["minimum_total"])
        if content["minimum_total"]
        else _("There is no minimum total."),
        "objection_days": ngettext(
            "Entrants see who judges before scoring and may object to a judge, with reasons, within %(num)d day.",
            "Entrants see who judges before scoring and may object to a judge, with reasons, within %(num)d days.",
            content["objection_days"],
        )
        if content["objection_days"]
        else _("There is no time for objections to judges."),
        "anchor_count": ngettext(
            "All judges first score the same %(num)d entry to agree on what points mean; those sheets do not count.",
            "All judges first score the same %(num)d entries to agree on what points mean; those sheets do not count.",
            content["anchor_count"],
        )
        if content["anchor_count"]
        else _("Judges score without entries read together first."),
        "appeal_days": ngettext(
            "Within %(num)d day of publication an entrant may appeal against the results, naming the rule that was not "
            "followed; somebody who did not judge decides, and the answer is public.",
            "Within %(num)d days of publication an entrant may appeal against the results, naming the rule that was "
            "not followed; somebody who did not judge decides, and the answer is public.",
            said(content, "appeal_days"),
        )
        if said(content, "appeal_days")
        else _("There is no time for appeals against the results."),
        **_defence(content),
        **_lot(content),
        **_ties(content),
    }


def _ties(content: Mapping[str, Any]) -> dict[str, str]:
    """For how long a contract, or who supervised whom, keeps a judge from an entry."""
    months = said(content, "tie_months")
    if not months:
        return {}
    return {
        "tie_months": ngettext(
            "Nobody judges an entry of somebody with whom an organisation of theirs had a contract, whose work they "
            "supervised or who supervised theirs, within the last %(num)d month.",
            "Nobody judges an entry of somebody with whom an organisation of theirs had a contract, whose work they "
            "supervised or who supervised theirs, within the last %(num)d months.",
            months,
        )
    }


def _lot(content: Mapping[str, Any]) -> dict[str, str]:
    """Where entries are assigned by lot: how certain a pair may be, and how everybody can check it."""
    cap = said(content, "pair_cap")
    if not cap:
        return {}
    return {
        "pair_cap": _(
            "Entries go to their judges by lot: no pair of judge and entry has a chance above %(cap)d%%. The SHA-256 "
            "of the seed is public before, the seed itself with the results, so that everybody can draw again.",
            cap=cap,
        )
    }


def _defence(content: Mapping[str, Any]) -> dict[str, str]:
    """Where there is an oral defence: who may read its timetable."""
    if not any(each.get("kind") == "oral" for each in content["rounds"]):
        return {}
    if said(content, "defence_public"):
        return {"defence_public": _("Everybody can read when and where each entry is defended.")}
    return {"defence_public": _("Only entrants, judges and the agency know when each entry is defended.")}


def _round(number: int, each: Mapping[str, Any], content: Mapping[str, Any]) -> str:
    words = {"number": number, "blind": _known(each), "best": each["best"]}
    if len(content["rounds"]) == 1:
        return _("There is one round of scoring: %(blind)s.", **words)
    if each["best"]:
        return _(
            "Round %(number)d: %(blind)s; the best %(best)d entries go on, and equals of the last of them too.", **words
        )
    return _("Round %(number)d, the last: %(blind)s.", **words)


def _known(each: Mapping[str, Any]) -> str:
    """What is known in a round and, where it is not giving points, what judges do in it."""
    kind = each.get("kind", "scores")
    return str(BLIND[each["blind"]]) if kind == "scores" else f"{KINDS[kind]}; {BLIND[each['blind']]}"


def _tiebreaks(steps: list[str]) -> str:
    if not steps:
        return _("Entries with equal means share a place.")
    return _(
        "Where means are equal, the first of these that differs decides: %(steps)s. If none does, they share a place.",
        steps="; ".join(f"({number}) {TIEBREAKS[step]}" for number, step in enumerate(steps, 1)),
    )
