"""Deeds of the lot: commit to a seed before anything can be known, and draw by it."""

from collections.abc import Sequence
from hashlib import sha256
from secrets import token_hex
from typing import Any

from marketplace import clock
from marketplace.accounts.models import Person
from marketplace.authority import require
from marketplace.challenges.stages import Stage
from marketplace.db import db, hold
from marketplace.errors import Conflict, WrongStage
from marketplace.events import announce
from marketplace.judging import assignment
from marketplace.judging.events import DrawCommitted, EntriesDrawn
from marketplace.judging.models import AssignmentDraw, Panel
from marketplace.judging.policy import can_run_panel
from marketplace.judging.queries.draws import draw_of
from marketplace.solutions.snapshot import content_hash


def commit_draw(panel: Panel, *, actor: Person) -> AssignmentDraw:
    """Choose a seed that nobody has seen and write its SHA-256 into the journal.

    Raises WrongStage where the rules know no lot or entries are assigned, Conflict where it was done.
    """
    require(can_run_panel, actor, panel)
    hold(panel.challenge, shared=True)
    hold(panel)
    if not panel.rules.pair_cap or panel.challenge.stage not in {Stage.PUBLISHED, Stage.SCREENING}:
        raise WrongStage("entries are assigned without a lot, or are assigned already")
    if draw_of(panel.challenge) is not None:
        raise Conflict("the seed stands")
    seed = token_hex()
    draw = AssignmentDraw(
        panel=panel,
        seed=seed,
        sha256=sha256(seed.encode()).hexdigest(),
        committed_by=actor,
        committed_at=clock.now(),
    )
    db.session.add(draw)
    db.session.flush()
    announce(DrawCommitted(actor=actor, subject=draw, facts={"sha256": draw.sha256}))
    return draw


def draw_pairs(
    draw: AssignmentDraw, question: assignment.Question, *, demands: Sequence[assignment.Demand], actor: Person
) -> Sequence[tuple[int, int]]:
    """The pairs that the seed draws. Not a deed: the assignment calls it. Raises assignment.Infeasible."""
    cap = draw.panel.rules.pair_cap or 0
    pairs = assignment.draw(question, cap=cap, seed=draw.seed, demands=demands).pairs
    draw.given = _given(question, demands) | {"cap": cap}
    draw.given_sha256, draw.drawn_at = content_hash(draw.given), clock.now()
    announce(EntriesDrawn(actor=actor, subject=draw, facts={"given_sha256": draw.given_sha256, "cap": cap}))
    return pairs


def _given(question: assignment.Question, demands: Sequence[assignment.Demand]) -> dict[str, Any]:
    """Everything that the lot depends on, entries and judges by their number in the order of their ids."""
    number = {judge: column for column, judge in enumerate(question.judges)}
    near = [place for place in zip(*question.gains.nonzero(), strict=True) if question.allowed[place]]
    shut = zip(*(~question.allowed).nonzero(), strict=True)
    return {
        "entries": len(question.entries),
        "judges": len(question.judges),
        "per_entry": question.reviews.tolist(),
        "max_load": question.most.tolist(),
        "affinity": [[int(row), int(column), float(question.gains[row, column])] for row, column in near],
        "conflicts": [[int(row), int(column)] for row, column in shut],
        "demands": [
            {
                "judges": sorted(number[judge] for judge in demand.judges if judge in number),
                "least": demand.least,
                "most": demand.most,
            }
            for demand in demands
        ],
    }
