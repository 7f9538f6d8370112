"""Who may do what in judging: pure questions."""

from collections.abc import Iterable

from marketplace.accounts.models import Person
from marketplace.challenges.models import Challenge
from marketplace.challenges.policy import can_run_challenge
from marketplace.judging.models import Decision, Panel, Seat, Sheet
from marketplace.judging.stages import SeatRole, SeatStage
from marketplace.organisations.policy import has_role
from marketplace.organisations.stages import Role
from marketplace.solutions.models import Solution
from marketplace.solutions.policy import is_of_entrant


def can_make_panel(actor: Person | None, challenge: Challenge) -> bool:
    """The secretary: members of the agency that asked."""
    return can_run_challenge(actor, challenge)


def can_amend_rules(actor: Person | None, challenge: Challenge) -> bool:
    """Managers of the agency answer for rules that are public."""
    return has_role(actor, challenge.agency, Role.MANAGER)


def can_run_panel(actor: Person | None, panel: Panel) -> bool:
    """The secretary invites, assigns and reminds."""
    return can_run_challenge(actor, panel.challenge)


def can_invite_judge(actor: Person | None, panel: Panel, person: Person) -> bool:
    """The secretary, anybody but themselves."""
    return actor is not None and actor.id != person.id and can_run_panel(actor, panel)


def can_object(actor: Person | None, solution: Solution) -> bool:
    """Those who write for the entrant."""
    return has_role(actor, solution.organisation, Role.MEMBER)


def can_answer_invitation(actor: Person | None, seat: Seat) -> bool:
    """Only the invited person."""
    return actor is not None and actor.id == seat.person_id


def can_declare(actor: Person | None, seat: Seat) -> bool:
    """The judge, once the seat is taken."""
    return actor is not None and actor.id == seat.person_id and seat.stage == SeatStage.ACCEPTED


def can_score(actor: Person | None, sheet: Sheet) -> bool:
    """Only the judge whose sheet it is."""
    return can_declare(actor, sheet.seat)


def can_deliberate(actor: Person | None, panel: Panel) -> bool:
    """The chair of the panel and the secretary see the totals once scoring is over."""
    return is_chair(actor, panel) or can_run_panel(actor, panel)


def can_end_scoring(actor: Person | None, panel: Panel) -> bool:
    """The secretary and whoever chairs the whole panel; the chair of a field does not end it for all."""
    return can_run_panel(actor, panel) or any(not seat.chair_of for seat in _chairs(actor, panel))


def can_return_sheet(actor: Person | None, sheet: Sheet) -> bool:
    """The chair, or the chair of the entry's field, anybody's sheet but their own; never changes it."""
    chairs = _chairs(actor, sheet.seat.panel)
    leads = any(seat.chair_of in ("", sheet.entry.field) for seat in chairs)
    return actor is not None and leads and sheet.seat.person_id != actor.id


def can_type_paper(actor: Person | None, sheet: Sheet) -> bool:
    """The secretary, who belongs neither to the entrant nor is the judge."""
    return (
        actor is not None
        and actor.id != sheet.seat.person_id
        and can_run_panel(actor, sheet.seat.panel)
        and is_impartial(actor, [sheet.solution])
    )


def can_confirm_paper(actor: Person | None, sheet: Sheet) -> bool:
    """Another of the secretary's people than the one who typed."""
    return (
        can_type_paper(actor, sheet) and sheet.paper is not None and sheet.paper.typed_by_id != getattr(actor, "id", 0)
    )


def is_chair(actor: Person | None, panel: Panel) -> bool:
    """Whether the actor accepted the chair of this panel, or of one of its fields."""
    return bool(_chairs(actor, panel))


def _chairs(actor: Person | None, panel: Panel) -> list[Seat]:
    return [
        seat
        for seat in panel.seats
        if actor is not None
        and (seat.person_id, seat.role, seat.stage) == (actor.id, SeatRole.CHAIR, SeatStage.ACCEPTED)
    ]


def can_redact(actor: Person | None, solution: Solution) -> bool:
    """The secretary, unless they belong to the entrant."""
    return can_run_challenge(actor, solution.challenge) and is_impartial(actor, [solution])


def can_decide(actor: Person | None, challenge: Challenge, entries: Iterable[Solution]) -> bool:
    """The secretary drafts results, unless they belong to an organisation that entered."""
    return can_run_challenge(actor, challenge) and is_impartial(actor, entries)


def can_publish_results(actor: Person | None, decision: Decision) -> bool:
    """A manager of the agency, never the person who drafted them, nobody who belongs to an entrant."""
    return (
        actor is not None
        and actor.id != decision.drafted_by_id
        and has_role(actor, decision.challenge.agency, Role.MANAGER)
        and is_impartial(actor, [result.solution for result in decision.results])
    )


def can_call_off_results(actor: Person | None, decision: Decision) -> bool:
    """Whoever may publish them, and the person who drafted them."""
    return can_publish_results(actor, decision) or (actor is not None and actor.id == decision.drafted_by_id)


def is_impartial(actor: Person | None, entries: Iterable[Solution]) -> bool:
    """Whether the actor belongs to none of the organisations that entered."""
    return not any(is_of_entrant(actor, entry) for entry in entries)


def can_read_feedback(actor: Person | None, solution: Solution) -> bool:
    """Everybody for whom the entry is theirs."""
    return is_of_entrant(actor, solution)
