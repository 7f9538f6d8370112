"""Deeds of the decision: one person drafts it, another publishes it or sends it back."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from marketplace import clock
from marketplace.accounts.models import Person
from marketplace.authority import require
from marketplace.challenges.events import DecisionReopened, ResultsDecided, ResultsPublished
from marketplace.challenges.models import Challenge, Prize
from marketplace.challenges.stages import Field, Stage
from marketplace.db import db, hold
from marketplace.errors import Conflict, NotReady, WrongStage
from marketplace.events import announce
from marketplace.judging.events import FeedbackReleased, NotAwarded
from marketplace.judging.models import Decision, Entry, Panel, Result
from marketplace.judging.policy import can_decide, can_publish_results
from marketplace.judging.queries.entries import entries_of, unscreened_count
from marketplace.judging.queries.panels import panel_of
from marketplace.judging.queries.results import Row, returned_count, rows_of
from marketplace.judging.queries.revisions import unrevised
from marketplace.solutions.events import SolutionAwarded, SolutionPassedOver
from marketplace.solutions.models import Solution

SHORTEST_REASON = 20


@dataclass(frozen=True)
class Line:
    """What is proposed for one entry; award and citation are given where it is awarded.

    `prize` is the number of a tier of the challenge; the award is called as the tier where it has no name of its own.
    """

    solution_id: int
    awarded: bool = False
    award_vi: str = ""
    award_en: str = ""
    citation_vi: str = ""
    citation_en: str = ""
    prize: int | None = None


@dataclass(frozen=True)
class Reasons:
    """Why nobody wins, or why awards do not follow the places; published."""

    vi: str = ""
    en: str = ""


NO_REASONS = Reasons()


@dataclass(frozen=True)
class Gap:
    """What keeps a decision from being drafted, and the entry that it is about.

    One of "unscreened", "line", "award", "citation", "unranked", "minimum", "prize" (of another field, or there
    is none), "quota" (more than there are of this prize), "returned", "reasons".
    """

    name: str
    solution_id: int | None = None


def draft_results(
    challenge: Challenge, *, actor: Person, lines: Sequence[Line], reasons: Reasons = NO_REASONS
) -> Decision:
    """Propose who wins, in the order of `lines`; somebody else publishes it.

    Raises Refused for whoever belongs to an entrant, WrongStage outside deliberation (or, where no entry is eligible,
    outside screening), NotReady with Gaps: an entry without a line, an award without name or citation or below the
    quorum, no reasons where nobody wins or a better place is passed over.
    """
    entries = entries_of(challenge)
    require(can_decide, actor, challenge, [entry.solution for entry in entries])
    _move_to_decided(challenge, entries)
    prizes = {prize.position: prize for prize in challenge.prizes}
    lines = [_called(line, prizes.get(line.prize or 0)) for line in lines]
    if gaps := _gaps(challenge, entries, lines=lines, reasons=reasons):
        raise NotReady(gaps)
    decision = Decision(
        challenge=challenge,
        drafted_by=actor,
        drafted_at=clock.now(),
        reasons_vi=reasons.vi or None,
        reasons_en=reasons.en or None,
    )
    solutions = {entry.solution.id: entry.solution for entry in entries}
    decision.results = [_result(line, solutions[line.solution_id], place) for place, line in enumerate(lines, 1)]
    for line, result in zip(lines, decision.results, strict=True):
        result.prize = prizes.get(line.prize or 0) if line.awarded else None
    db.session.add(decision)
    db.session.flush()
    facts = {"decision": decision.reference, "winners": [each.solution.reference for each in decision.winners]}
    announce(ResultsDecided(actor=actor, subject=challenge, facts=facts))
    return decision


def _called(line: Line, prize: Prize | None) -> Line:
    """The line with the names of its prize where it has none of its own."""
    if prize is None or line.award_vi:
        return line
    name = prize.name_vi or prize.name_en or ""
    return replace(line, award_vi=name, award_en=line.award_en or prize.name_en or "")


def _move_to_decided(challenge: Challenge, entries: Sequence[Entry]) -> None:
    """A challenge that nobody answered well enough is decided straight from screening, where it stays till then."""
    hold(challenge)
    if challenge.stage == Stage.SCREENING and not entries:
        if unscreened_count(challenge):
            raise NotReady([Gap("unscreened")])
        return
    challenge.move("decide")


def _gaps(challenge: Challenge, entries: Sequence[Entry], *, lines: Sequence[Line], reasons: Reasons) -> list[Gap]:
    asked = {entry.solution.id for entry in entries}
    gaps = [Gap("line", solution_id) for solution_id in asked ^ {line.solution_id for line in lines}]
    panel = panel_of(challenge)
    rows = {row.entry.solution.id: row for row in rows_of(panel, entries)} if panel is not None else {}
    winners = [line for line in lines if line.awarded and line.solution_id in asked]
    gaps += [Gap("award", line.solution_id) for line in winners if not line.award_vi]
    gaps += [Gap("citation", line.solution_id) for line in winners if not line.citation_vi]
    gaps += [Gap("unranked", line.solution_id) for line in winners if rows[line.solution_id].ranked.place is None]
    gaps += _of_prizes(challenge, {entry.solution.id: entry for entry in entries}, winners)
    gaps += _of_revisions(panel, asked, winners=winners) if panel is not None else []
    gaps += [Gap("returned")] if panel is not None and returned_count(panel) else []
    least = panel.rules.minimum_total if panel is not None else None
    gaps += [
        Gap("minimum", line.solution_id) for line in winners if (rows[line.solution_id].ranked.mean or 0) < (least or 0)
    ]
    if not gaps and (not winners or out_of_order(rows, winners)) and len(reasons.vi) < SHORTEST_REASON:
        gaps.append(Gap("reasons"))
    return gaps


def _of_revisions(panel: Panel, asked: set[int], *, winners: Sequence[Line]) -> list[Gap]:
    """Revisions that are still to come, and winners that were not revised as required."""
    waiting, failed = unrevised(panel, asked, at=clock.database_now())
    won = sorted(line.solution_id for line in winners if line.solution_id in failed)
    return [Gap("revising", each) for each in sorted(waiting)] + [Gap("unrevised", each) for each in won]


def _of_prizes(challenge: Challenge, entries: dict[int, Entry], winners: Sequence[Line]) -> list[Gap]:
    """Prizes of another field, and those of which more are given than there are."""
    prizes = {prize.position: prize for prize in challenge.prizes}
    gaps, left = [], {number: prize.quantity for number, prize in prizes.items()}
    for line in (line for line in winners if line.prize is not None):
        prize = prizes.get(line.prize or 0)
        if prize is None or prize.field not in (None, entries[line.solution_id].field):
            gaps.append(Gap("prize", line.solution_id))
            continue
        left[prize.position] -= 1
        if left[prize.position] < 0:
            gaps.append(Gap("quota", line.solution_id))
    return gaps


def out_of_order(rows: dict[int, Row], winners: Sequence[Line]) -> bool:
    """Whether an entry is passed over for one with a worse place; each field of a contest has its own places."""
    won = {line.solution_id for line in winners}
    worst: dict[Field | None, int] = defaultdict(int)
    for row in (rows[solution_id] for solution_id in won):
        worst[row.entry.field] = max(worst[row.entry.field], row.ranked.place or 0)
    return any(
        row.ranked.place is not None and row.ranked.place < worst[row.entry.field]
        for key, row in rows.items()
        if key not in won
    )


def _result(line: Line, solution: Solution, position: int) -> Result:
    texts = ("award_vi", "award_en", "citation_vi", "citation_en")
    kept = {name: getattr(line, name) or None for name in texts} if line.awarded else {}
    return Result(solution=solution, position=position, awarded=line.awarded, **kept)


def return_results(decision: Decision, *, actor: Person, reasons: str) -> None:
    """Send drafted results back to the one who drafted them, with reasons."""
    require(can_publish_results, actor, decision)
    hold_draft(decision)
    if decision.challenge.stage != Stage.SCREENING:
        decision.challenge.move("reopen_decision")
    decision.returned_by, decision.returned_at, decision.returned_because = actor, clock.now(), reasons
    announce(DecisionReopened(actor=actor, subject=decision.challenge, facts={"reasons": reasons}))


def publish_results(decision: Decision, *, actor: Person) -> None:
    """Show everyone who won and tell every entrant how they did.

    Raises Refused for the person who drafted them and for whoever belongs to an entrant, WrongStage once published or
    sent back, Conflict if the eligible entries changed since the draft. What was to happen later happens now.
    """
    require(can_publish_results, actor, decision)
    hold_draft(decision)
    challenge = decision.challenge
    must_fit(decision)
    challenge.move("publish_results" if decision.winners else "not_award")
    decision.published_by, decision.published_at = actor, clock.now()
    challenge.results_at = decision.published_at
    for result in decision.results:
        result.solution.move("award" if result.awarded else "pass_over")
    published = ResultsPublished if decision.winners else NotAwarded
    announce(published(actor=actor, subject=challenge, facts={"decision": decision.reference}))
    for result in decision.results:
        _tell_entrant(result, actor)


def must_fit(decision: Decision) -> None:
    """Raise Conflict if the eligible entries changed since the draft."""
    entries = {entry.solution.id for entry in entries_of(decision.challenge)}
    if entries != {result.solution_id for result in decision.results}:
        raise Conflict("the entries changed since the results were drafted")


def facts_of(result: Result) -> dict[str, str | None]:
    """What an entrant is told of its result beside the result itself: the award in both languages."""
    return {"award_vi": result.award_vi, "award_en": result.award_en} if result.awarded else {}


def _tell_entrant(result: Result, actor: Person) -> None:
    facts = facts_of(result)
    kind = SolutionAwarded if result.awarded else SolutionPassedOver
    announce(kind(actor=actor, subject=result.solution, facts=facts))
    announce(FeedbackReleased(actor=actor, subject=result.solution))


def hold_draft(decision: Decision) -> None:
    """Hold a decision that stands as a draft; raises WrongStage where it was published or sent back."""
    hold(decision)
    if decision.returned_at is not None or decision.published_at is not None:
        raise WrongStage("the decision stands no more as a draft")
