"""What notifications do when others announce: write letters; rows only."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from marketplace import clock
from marketplace.accounts.models import Person
from marketplace.accounts.queries import operators, person_by_email
from marketplace.challenges.events import (
    ChallengeCancelled,
    ChallengePublished,
    ChallengeReturned,
    ChallengeSubmitted,
    ReviewMessageWritten,
)
from marketplace.events import listens_to
from marketplace.judging.events import (
    JudgeInvited,
    JudgeReminded,
    JudgesAssigned,
    ObjectionDecided,
    PanelShown,
    PaperConfirmed,
    SheetReturned,
)
from marketplace.judging.inviting.events import JudgeExpected
from marketplace.notifications.queries import people_of_entrants
from marketplace.notifications.services import write_letter
from marketplace.organisations.events import InvitationSent, ProfileReminderDue
from marketplace.organisations.freshness import CONFIRMED_FOR
from marketplace.organisations.queries import people_with_role
from marketplace.organisations.stages import Role
from marketplace.pages import language
from marketplace.solutions.events import (
    AuthorAnswered,
    AuthorNamed,
    CoeditorInvited,
    ConfirmationsAsked,
    DraftNotCounted,
    FileRefused,
    PartnerAccepted,
    PartnerEnded,
    PartnerInvited,
    SolutionAwarded,
    SolutionConfirmed,
    SolutionExcluded,
    SolutionPassedOver,
    SolutionSubmitted,
    SolutionWithdrawn,
)
from marketplace.solutions.paper.events import PaperReceived
from marketplace.solutions.queries.consortium import people_of

# What an entrant is told about its solution -> the letter
_TO_ENTRANTS = {
    SolutionWithdrawn: "solution_withdrawn",
    SolutionConfirmed: "solution_confirmed",
    SolutionExcluded: "solution_excluded",
    SolutionAwarded: "results_awarded",
    SolutionPassedOver: "results_not_selected",
}


@listens_to(InvitationSent)
def write_invitation(event: InvitationSent) -> None:
    """To the invited address, in the language of the account with it, else in the inviter's."""
    invitation = event.subject
    person = person_by_email(invitation.email)
    reader = None if person else (event.actor.language if event.actor else language())
    write_letter(
        "invitation",
        to=person or invitation.email,
        language=reader,
        invitation=invitation,
        key=event.unsaid["key"],
    )


@listens_to(ProfileReminderDue)
def ask_whether_still_true(event: ProfileReminderDue) -> None:
    """To those who may edit the profile."""
    organisation = event.subject
    people, stale_at = people_with_role(organisation, Role.MANAGER), organisation.last_confirmed_at + CONFIRMED_FOR
    _write("profile_reminder", people, organisation=organisation, stale_at=stale_at)


@listens_to(CoeditorInvited)
def write_invitation_to_solution(event: CoeditorInvited) -> None:
    """To the invited address; sealed like the solution itself."""
    coeditor = event.subject
    person = person_by_email(coeditor.email)
    write_letter(
        "coeditor_invited",
        to=person or coeditor.email,
        language=None if person else event.actor.language,
        sealed_until=coeditor.solution.challenge.sealed_until,
        coeditor=coeditor,
        solution=coeditor.solution,
        key=event.unsaid["key"],
    )


@listens_to(AuthorNamed)
def ask_author(event: AuthorNamed) -> None:
    """To the named address, with or without an account; sealed like the solution itself."""
    author = event.subject
    person = person_by_email(author.email)
    context = {"author": author, "key": event.unsaid["key"], **_of(author.solution)}
    reader = None if person else event.actor.language
    write_letter("author_named", to=person or author.email, language=reader, **context)


@listens_to(PaperReceived)
def send_code(event: PaperReceived) -> None:
    """To the address that was left at the counter, where nobody speaks for the entrant here yet."""
    entry, code = event.unsaid["paper"], event.unsaid["code"]
    if code and entry.contact_email:
        person = person_by_email(entry.contact_email)
        context = {"paper": entry, "version": event.unsaid["version"], "code": code, **_of(event.subject)}
        reader = None if person else event.subject.language
        write_letter("paper_code", to=person or entry.contact_email, language=reader, **context)


@listens_to(AuthorAnswered)
def tell_of_objection(event: AuthorAnswered) -> None:
    """To everybody of the entrant, where somebody says that they are no author."""
    if not event.facts["certifies"]:
        author = event.subject
        _write("author_objected", people_of(author.solution), author=author, **_of(author.solution))


@listens_to(FileRefused)
def tell_of_malware(event: FileRefused) -> None:
    """To everybody of the entrant, or to the clerk who still types it in from paper."""
    solution, paper = event.subject, event.subject.paper
    people = [paper.clerk] if paper is not None and paper.sealed_at is None else people_of(solution)
    _write("file_refused", people, file=event.unsaid["file"], at=clock.now(), **_of(solution))


@listens_to(PartnerInvited)
def ask_partner(event: PartnerInvited) -> None:
    """To everybody who may answer for the invited organisation; sealed like the solution itself."""
    partner = event.subject
    people = people_with_role(partner.organisation, Role.MEMBER)
    _write("partner_invited", people, partner=partner, **_of(partner.solution))


@listens_to(PartnerAccepted, PartnerEnded)
def tell_lead(event: Any) -> None:
    """To the lead: a partner joined, declined or left; to a partner: it was removed."""
    partner, because = event.subject, event.facts.get("because")
    told = partner.organisation if because == "removed" else partner.solution.organisation
    people = people_with_role(told, Role.MEMBER)
    _write("partner_answered", people, partner=partner, because=because, **_of(partner.solution))


@listens_to(ConfirmationsAsked)
def ask_for_confirmation(event: ConfirmationsAsked) -> None:
    """To each partner whose word for the draft as it stands is missing."""
    for partner in event.unsaid["partners"]:
        people = people_with_role(partner.organisation, Role.MEMBER)
        _write("confirmation_asked", people, partner=partner, **_of(event.subject))


@listens_to(DraftNotCounted)
def tell_of_incomplete_draft(event: DraftNotCounted) -> None:
    """To everybody of the entrant: what was missing at closing."""
    _write("draft_not_counted", people_of(event.subject), gaps=event.unsaid["gaps"], **_of(event.subject))


def _of(solution: Any) -> dict[str, Any]:
    return {"solution": solution, "sealed_until": solution.challenge.sealed_until}


@listens_to(ChallengeSubmitted)
def tell_operators(event: ChallengeSubmitted) -> None:
    """A challenge waits for a decision."""
    _write("challenge_submitted", operators(), challenge=event.subject, actor=event.actor)


@listens_to(ChallengeReturned)
def tell_authors(event: ChallengeReturned) -> None:
    """Its author, and those who answer for it."""
    challenge = event.subject
    people = [*people_with_role(challenge.agency, Role.MANAGER), *([challenge.author] if challenge.author else [])]
    _write("challenge_returned", people, challenge=challenge, reasons=event.facts["reasons"])


@listens_to(ReviewMessageWritten)
def tell_the_other_side(event: ReviewMessageWritten) -> None:
    """Operators where the authors wrote, else the author and those who answer for the challenge."""
    challenge, agency = event.subject, event.subject.agency
    authors = [*people_with_role(agency, Role.MANAGER), *([challenge.author] if challenge.author else [])]
    wrote = event.actor in people_with_role(agency, Role.VIEWER)
    people = [person for person in (operators() if wrote else authors) if person != event.actor]
    _write("review_message", people, challenge=challenge, actor=event.actor, body=event.unsaid["body"])


@listens_to(ChallengePublished)
def tell_agency(event: ChallengePublished) -> None:
    """Everybody of the agency."""
    challenge = event.subject
    _write("challenge_published", people_with_role(challenge.agency, Role.VIEWER), challenge=challenge)


@listens_to(ChallengeCancelled)
def tell_of_the_end(event: ChallengeCancelled) -> None:
    """Everybody of the agency and of whoever had sent a solution."""
    challenge = event.subject
    people = [*people_with_role(challenge.agency, Role.VIEWER), *people_of_entrants(challenge)]
    _write("challenge_cancelled", people, challenge=challenge, reasons=event.facts["reasons"])


@listens_to(SolutionSubmitted)
def write_receipts(event: SolutionSubmitted) -> None:
    """To everybody of the entrant: what was received, when, and the hash of every file."""
    solution = event.subject
    people = people_of(solution)
    sealed = solution.challenge.sealed_until
    _write("receipt", people, solution=solution, version=event.unsaid["version"], sealed_until=sealed)


@listens_to(*_TO_ENTRANTS)
def tell_entrant(event: Any) -> None:
    """To everybody of the entrant."""
    solution = event.subject
    people = people_of(solution)
    sealed = solution.challenge.sealed_until
    _write(_TO_ENTRANTS[type(event)], people, solution=solution, facts=event.facts, sealed_until=sealed)


@listens_to(JudgeInvited)
def ask_judge(event: JudgeInvited) -> None:
    """To the person who is asked to sit on a panel."""
    seat = event.subject
    write_letter("judge_invited", to=seat.person, seat=seat, challenge=seat.panel.challenge)


@listens_to(JudgeExpected)
def ask_for_account(event: JudgeExpected) -> None:
    """To an address without an account, in the language of the secretary."""
    expected = event.subject
    reader = event.actor.language if event.actor else language()
    challenge = expected.panel.challenge
    write_letter("judge_expected", to=expected.email, language=reader, expected=expected, challenge=challenge)


@listens_to(JudgesAssigned)
def tell_judges(event: JudgesAssigned) -> None:
    """To each judge once: how many entries wait."""
    panel = event.subject
    counts = Counter(sheet.seat.person for sheet in event.unsaid["sheets"])
    for person, count in counts.items():
        write_letter("judges_assigned", to=person, panel=panel, challenge=panel.challenge, count=count)


@listens_to(JudgeReminded)
def remind_judge(event: JudgeReminded) -> None:
    """To a judge with open sheets."""
    seat = event.subject
    context = {"panel": seat.panel, "challenge": seat.panel.challenge, "count": event.facts["open"]}
    write_letter("judge_reminded", to=seat.person, **context)


@listens_to(PanelShown)
def show_who_judges(event: PanelShown) -> None:
    """To the people of every entry that will be judged."""
    for solution in event.unsaid["solutions"]:
        people = people_with_role(solution.organisation, Role.VIEWER)
        _write("panel_shown", people, solution=solution, challenge=solution.challenge, days=event.facts["days"])


@listens_to(ObjectionDecided)
def answer_objection(event: ObjectionDecided) -> None:
    """To the people of the entrant that objected; what was found in names is no business of theirs."""
    objection = event.subject
    if objection.raised_by is not None:
        people = people_with_role(objection.solution.organisation, Role.VIEWER)
        _write("objection_decided", people, objection=objection, challenge=objection.solution.challenge)


@listens_to(PaperConfirmed)
def tell_of_paper(event: PaperConfirmed) -> None:
    """To the judge whose sheet on paper was typed in: whoever wrote something else says so."""
    sheet = event.subject
    write_letter("paper_confirmed", to=sheet.seat.person, sheet=sheet, challenge=sheet.seat.panel.challenge)


@listens_to(SheetReturned)
def ask_to_look_again(event: SheetReturned) -> None:
    """To the judge whose sheet the chair returned."""
    sheet = event.subject
    challenge = sheet.seat.panel.challenge
    write_letter("sheet_returned", to=sheet.seat.person, sheet=sheet, challenge=challenge, reason=event.facts["reason"])


def _write(kind: str, people: Iterable[Person], **context: Any) -> None:
    """One letter to each, also to whoever is in the list twice."""
    for person in dict.fromkeys(people):
        write_letter(kind, to=person, **context)
