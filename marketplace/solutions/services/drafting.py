"""Beginning a solution, saving its sections, accepting its terms."""

from typing import Any

from marketplace import clock
from marketplace.accounts.models import Person
from marketplace.authority import require
from marketplace.challenges.models import Challenge
from marketplace.challenges.policy import may_answer_for
from marketplace.challenges.services import must_be_open
from marketplace.challenges.stages import Applicant
from marketplace.db import db, hold
from marketplace.errors import Conflict, Refused
from marketplace.events import announce
from marketplace.meanwhile import must_be_unchanged
from marketplace.organisations.models import Organisation
from marketplace.organisations.stages import Kind
from marketplace.organisations.unlisted import add_unlisted, own_entrant
from marketplace.solutions.events import SolutionSaved, SolutionStarted
from marketplace.solutions.models import Solution, Writing
from marketplace.solutions.policy import can_answer_as, can_edit_solution, can_start_solution
from marketplace.solutions.queries import answers_of, next_ordinal, personal_answers
from marketplace.solutions.services.eligibility import must_be_eligible
from marketplace.solutions.services.locking import hold_deadline, hold_solution, must_be_editable
from marketplace.solutions.services.writing import Desk, Pen


def start_solution(challenge: Challenge, *, actor: Person, organisation: Organisation, **text: Any) -> Solution:
    """Begin an organisation's answer; `text` are columns such as title_vi and language.

    Raises Refused unless the actor answers for it and is invited where only some are, WrongStage unless the challenge
    is open, NotEligible if a rule of the challenge says no, Conflict if it answers as often already as the challenge
    takes.
    """
    require(can_start_solution, actor, organisation)
    hold_deadline(challenge)
    # two people of one organisation starting at once take turns here
    hold(organisation)
    must_be_open(challenge, clock.database_now())
    if not may_answer_for(actor, organisation, challenge):
        raise Refused("this organisation is not invited")
    must_be_eligible(organisation, challenge, actor=actor)
    must_have_room(organisation, challenge, actor=actor)
    return add_draft(challenge, actor=actor, organisation=organisation, **text)


def start_in_own_name(challenge: Challenge, *, actor: Person, **text: Any) -> Solution:
    """Begin the answer of a person. Raises what start_solution raises, Refused where people may not answer."""
    require(can_answer_as, actor, challenge, Applicant.INDIVIDUAL)
    return start_solution(challenge, actor=actor, organisation=own_entrant(actor), **text)


def start_as_group(challenge: Challenge, *, actor: Person, name: str, **text: Any) -> Solution:
    """Begin the answer of a group of authors, which is new. Raises the same where groups may not answer."""
    require(can_answer_as, actor, challenge, Applicant.GROUP)
    group = add_unlisted(Kind.GROUP, name=name, owner=actor)
    return start_solution(challenge, actor=actor, organisation=group, **text)


def must_have_room(organisation: Organisation, challenge: Challenge, *, actor: Person) -> None:
    """Raise Conflict if it leads or joined as many entries as the challenge takes; the organisation's row is held.

    A group may be made anew at any time, so of groups those that the same person began are counted together.
    """
    standing = answers_of(organisation, challenge)
    if organisation.kind == Kind.GROUP:
        hold(actor)
        standing = personal_answers(actor, challenge, Kind.GROUP)
    if len(standing) >= challenge.most_entries:
        raise Conflict("this organisation answers already")


def add_draft(challenge: Challenge, *, actor: Person, organisation: Organisation, **text: Any) -> Solution:
    """The next draft of this entrant; called by deeds that already asked whether it may be, with its row held."""
    now, ordinal = clock.now(), next_ordinal(organisation, challenge)
    solution = Solution(
        challenge=challenge,
        organisation=organisation,
        ordinal=ordinal,
        author=actor,
        created_at=now,
        saved_at=now,
        **text,
    )
    db.session.add(solution)
    db.session.flush()
    announce(SolutionStarted(actor=actor, subject=solution, facts=sealed(solution)))
    return solution


def save_solution(
    solution: Solution, *, actor: Person, edition: str | None = None, pen: Pen | None = None, **fields: Any
) -> Writing | None:
    """Change columns of the draft; answers who else wrote there last, known only where a pen tells the section.

    `edition` is snapshot.edition_of these columns when the form was opened; None does not ask. `pen` tells from which
    open page it comes: what that page itself saved meanwhile is no other edition. Raises Refused, WrongStage unless the
    draft may still be changed, EditedMeanwhile if the columns now say something else than both.
    """
    require(can_edit_solution, actor, solution)
    must_be_editable(solution, hold_solution(solution))
    desk = Desk(solution, pen)
    if desk.is_late:
        return desk.colleague_of(actor)
    if not desk.is_same_page:
        must_be_unchanged(edition, {name: getattr(solution, name) for name in fields}, fields)
    for name, value in fields.items():
        setattr(solution, name, value)
    solution.edition += 1
    solution.saved_at = clock.now()
    if desk.note_writing(actor):
        announce(SolutionSaved(actor=actor, subject=solution, facts={"fields": sorted(fields)} | sealed(solution)))
    return desk.colleague_of(actor)


def accept_terms(solution: Solution, *, actor: Person) -> None:
    """Accept the challenge's terms and certify what is said, as somebody who may sign for the organisation."""
    require(can_edit_solution, actor, solution)
    must_be_editable(solution, hold_solution(solution))
    solution.terms_accepted_at = clock.now()
    solution.terms_accepted_by = actor
    solution.saved_at = clock.now()
    announce(SolutionSaved(actor=actor, subject=solution, facts={"fields": ["terms"]} | sealed(solution)))


def sealed(solution: Solution) -> dict[str, Any]:
    """What the journal must know to keep its lines on this solution from other eyes until then."""
    challenge = solution.challenge
    return {"sealed_until": challenge.sealed_until, "sealed_by": challenge.reference}
