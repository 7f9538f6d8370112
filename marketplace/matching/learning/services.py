"""Deeds on weights: propose what was learnt, adopt it, return to those of before. Lists follow through the worker."""

from dataclasses import asdict

from sqlalchemy import select

from marketplace import clock
from marketplace.accounts.models import Person
from marketplace.authority import require
from marketplace.db import db
from marketplace.errors import NotReady, WrongStage
from marketplace.events import announce
from marketplace.matching.learning.events import WeightsAdopted, WeightsProposed, WeightsReturned
from marketplace.matching.learning.measuring import Measured
from marketplace.matching.learning.models import LearntWeights
from marketplace.matching.learning.policy import can_adopt_weights, can_return_weights
from marketplace.matching.learning.queries import in_use, is_adoptable, is_in_use
from marketplace.matching.learning.stages import Stage
from marketplace.matching.partners import version_with
from marketplace.matching.services import record_model


def propose_weights(measured: Measured) -> LearntWeights:
    """Keep what was learnt for the operator to decide; the same twice is kept once.

    Raises NotReady naming what speaks against it.
    """
    if measured.learnt.obstacles:
        raise NotReady(measured.learnt.obstacles)
    known, numbers = _held(), asdict(measured.learnt.weights)
    for each in known:
        if each.stage == Stage.PROPOSED and (each.instead_of, each.numbers) == (measured.instead_of, numbers):
            return each
    number = max((each.number for each in known), default=0) + 1
    learnt = LearntWeights(
        number=number,
        base=measured.base,
        version=version_with(measured.base, number),
        instead_of=measured.instead_of,
        numbers=numbers,
        figures=measured.figures,
        proposed_at=clock.now(),
    )
    db.session.add(learnt)
    db.session.flush()
    announce(WeightsProposed(actor=None, subject=learnt, facts={"numbers": numbers}))
    return learnt


def adopt_weights(learnt: LearntWeights, *, reason: str, actor: Person) -> None:
    """Make suggestions with these weights from now on, under a version of their own.

    Raises Refused, and WrongStage where they were measured against others than those in use now.
    """
    require(can_adopt_weights, actor, learnt)
    _held()
    if not is_adoptable(learnt, in_use()):
        raise WrongStage("others are in use than those it was measured against")
    learnt.move("adopt")
    learnt.adopted_by, learnt.adopted_at, learnt.adopted_for = actor, clock.now(), reason
    db.session.flush()
    record_model(learnt.version, learnt.figures["quality"] | {"model": learnt.version})
    announce(WeightsAdopted(actor=actor, subject=learnt, facts={"numbers": learnt.numbers, "reason": reason}))


def return_weights(learnt: LearntWeights, *, reason: str, actor: Person) -> None:
    """Make suggestions with the weights that were in use before these. Raises Refused, WrongStage unless in use."""
    require(can_return_weights, actor, learnt)
    _held()
    if not is_in_use(learnt, in_use()):
        raise WrongStage("these weights are not in use")
    learnt.move("return")
    learnt.returned_by, learnt.returned_at, learnt.returned_for = actor, clock.now(), reason
    announce(WeightsReturned(actor=actor, subject=learnt, facts={"back_to": learnt.instead_of, "reason": reason}))


def _held() -> list[LearntWeights]:
    """All of them, locked and read afresh: what may be done with one hangs on the others."""
    found = select(LearntWeights).order_by(LearntWeights.id).with_for_update()
    return list(db.session.scalars(found.execution_options(populate_existing=True)))
