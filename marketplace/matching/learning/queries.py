"""Questions about learning: what was said of which organisations, and which weights are in use.

What goes in was said to be heard (a word on a suggestion, an introduction accepted by both) or is public (who won). No
entry is read before its results are, and nothing that anybody merely looked at.
"""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from sqlalchemy import Select, select

from marketplace.accounts.models import Person
from marketplace.challenges.models import Challenge
from marketplace.challenges.queries import visible_to as challenges_visible_to
from marketplace.db import db
from marketplace.errors import NotFound
from marketplace.matching.introductions.models import Introduction
from marketplace.matching.introductions.stages import AGREED
from marketplace.matching.learning.choosing import Judgement
from marketplace.matching.learning.models import LearntWeights
from marketplace.matching.learning.policy import can_see_proposals
from marketplace.matching.learning.stages import Stage
from marketplace.matching.models import Feedback
from marketplace.matching.partners import BASE_VERSIONS
from marketplace.matching.reading import group_of, won_entries
from marketplace.matching.stages import Verdict
from marketplace.organisations.models import Membership, Organisation
from marketplace.organisations.stages import STATE_KINDS
from marketplace.solutions.queries.consortium import organisations_behind


class _Said(NamedTuple):
    """Somebody who belongs to the organisations `by` calls another one relevant for a challenge, or not."""

    challenge: int
    organisation: int
    by: frozenset[int]
    is_relevant: bool


class Shown(NamedTuple):
    """Weights as a page tells them, the newest first: those to decide on, those in use, those that were or would be."""

    proposed: list[LearntWeights]
    used: list[LearntWeights]
    past: list[LearntWeights]


def judgements() -> list[Judgement]:
    """What those said whom the operator knows: people of verified organisations and of state bodies.

    An organisation and all of its owner speak with one voice, and are not heard about themselves. Who belongs to no
    known organisation has no voice here: accounts cost nothing.
    """
    said = [*_of_suggestions(), *_of_introductions(), *_of_results()]
    bodies = _bodies({number for each in said for number in (each.organisation, *each.by)})
    return [heard for each in said if (heard := _heard(each, bodies)) is not None]


def in_use() -> dict[str, LearntWeights]:
    """By version of the model as the code gives it the adopted weights that it is asked with, where there are any."""
    adopted = select(LearntWeights).where(LearntWeights.stage == Stage.ADOPTED).order_by(LearntWeights.number)
    return {each.base: each for each in db.session.scalars(adopted)}


def is_in_use(learnt: LearntWeights, used: Mapping[str, LearntWeights]) -> bool:
    """Whether suggestions are made with these, of those in_use(), by the model of this code."""
    return learnt.base in BASE_VERSIONS and used.get(learnt.base) is learnt


def is_adoptable(learnt: LearntWeights, used: Mapping[str, LearntWeights]) -> bool:
    """Whether they are proposed, and were measured against what is in use now."""
    now = used[learnt.base].version if learnt.base in used else learnt.base
    return learnt.stage == Stage.PROPOSED and learnt.base in BASE_VERSIONS and learnt.instead_of == now


def visible_to(person: Person | None) -> Select[LearntWeights]:
    """Everybody sees those that are or were in use, operators and auditors what is proposed too."""
    found = select(LearntWeights).order_by(LearntWeights.number.desc())
    return found if can_see_proposals(person) else found.where(LearntWeights.stage != Stage.PROPOSED)


def shown_weights(person: Person | None) -> Shown:
    """The same without proposals that were overtaken."""
    found, used = db.session.scalars(visible_to(person)).all(), in_use()
    return Shown(
        proposed=[each for each in found if is_adoptable(each, used)],
        used=[each for each in found if is_in_use(each, used)],
        past=[each for each in found if each.stage != Stage.PROPOSED and not is_in_use(each, used)],
    )


def get_learnt_weights(reference: str, person: Person | None) -> LearntWeights:
    """Those with this reference; raises NotFound."""
    found = db.session.scalar(visible_to(person).where(LearntWeights.reference == reference))
    if found is None:
        raise NotFound(reference)
    return found


def _of_suggestions() -> Iterator[_Said]:
    """Whoever knows an organisation says nothing of its relevance by that."""
    belongs: dict[int, set[int]] = {}
    people = select(Feedback.person_id)
    for person, body in db.session.execute(
        select(Membership.person_id, Membership.organisation_id).where(
            Membership.person_id.in_(people), Membership.ended_at.is_(None)
        )
    ):
        belongs.setdefault(person, set()).add(body)
    for each in db.session.scalars(_about_public(select(Feedback), Feedback).order_by(Feedback.id)):
        if each.verdict != Verdict.KNOWN:
            by = frozenset(belongs.get(each.person_id, ()))
            yield _Said(each.challenge_id, each.organisation_id, by, each.verdict == Verdict.RELEVANT)


def _of_introductions() -> Iterator[_Said]:
    """Who asked for somebody for a challenge, and was accepted, found them relevant."""
    agreed = _about_public(select(Introduction), Introduction).where(Introduction.stage.in_(AGREED))
    for each in db.session.scalars(agreed.order_by(Introduction.id)):
        yield _Said(each.challenge_id or 0, each.asked_id, frozenset({each.asker_id}), is_relevant=True)


def _of_results() -> Iterator[_Said]:
    """Who won, alone or together, is relevant for whoever asked, once everybody sees the results."""
    entries = won_entries()
    behind = organisations_behind(entries)
    for entry in entries:
        for number in sorted(behind[entry.id]):
            yield _Said(entry.challenge_id, number, frozenset({entry.challenge.agency_id}), is_relevant=True)


def _about_public(found: Any, kind: Any) -> Any:
    public = challenges_visible_to(None).with_only_columns(Challenge.id).order_by(None)
    return found.where(kind.challenge_id.in_(public))


def _bodies(ids: set[int]) -> Mapping[int, Any]:
    columns = (Organisation.id, Organisation.slug, Organisation.reference, Organisation.kind, Organisation.owner_group)
    told = (Organisation.tax_code, Organisation.verified_at, Organisation.suspended_at)
    rows = db.session.execute(select(*columns, *told).where(Organisation.id.in_(ids)))
    return {row.id: row for row in rows}


def _heard(said: _Said, bodies: Mapping[int, Any]) -> Judgement | None:
    speakers, judged = [bodies[number] for number in said.by], bodies[said.organisation]
    known = sorted(_voice(each) for each in speakers if _is_known(each))
    if not known or _voice(judged) in map(_voice, speakers):
        return None
    return Judgement(said.challenge, judged.slug, known[0], said.is_relevant)


def _is_known(body: Any) -> bool:
    return body.suspended_at is None and (body.verified_at is not None or body.kind in STATE_KINDS)


def _voice(body: Any) -> str:
    """Whatever has one owner has one voice."""
    return group_of(body) or body.reference
