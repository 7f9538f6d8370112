"""What happens in judging."""

from marketplace.events import Event
from marketplace.solutions.clarifying.events import ClarificationAsked


class RulesWritten(Event):
    """The rules of judging of a draft were written; the subject is the rules."""


class RulesAmended(Event):
    """Public rules were changed; facts: "changed" fields, "reasons", the new "fingerprint"."""


class RulesLocked(Event):
    """Judging opened under these rules; facts["fingerprint"] is the SHA-256 of their canonical JSON."""


class PanelMade(Event):
    """A challenge got a panel."""


class PanelChanged(Event):
    """How many entries a judge takes, or until when, was changed."""


class JudgeInvited(Event):
    """Somebody was asked to sit on a panel; the subject is the seat."""


class JudgeGivenFields(Event):
    """It was said for which fields of a contest a judge is; the subject is the seat, facts["fields"] names them."""


class SeatAccepted(Event):
    """The invited person will judge and accepted the undertaking of confidentiality; the subject is the seat."""


class SeatDeclined(Event):
    """The invited person will not judge; the subject is the seat."""


class AnchorsChosen(Event):
    """Entries that all judges score first were chosen; the subject is the panel, facts["entries"] names them."""


class PaperTyped(Event):
    """A score sheet filled in on paper was typed in; the subject is the sheet. The journal holds no scores."""


class PaperConfirmed(Event):
    """A second person confirmed what was typed from paper: the sheet is final. The subject is the sheet."""


class RoundEnded(Event):
    """A round of scoring is over; the subject is the panel, facts: "round", and who is "going_on"."""


class JudgeLeft(Event):
    """A judge left the panel; the subject is the seat, facts["reason"] says why, facts["ended"] counts the sheets."""


class ConflictDeclared(Event):
    """A judge named a conflict of interest, or one was found; the subject is the declaration."""


class WishesSaid(Event):
    """A judge said which entries they would like to read; the subject is the seat."""


class DeclarationCompleted(Event):
    """A judge answered for every entry; the subject is the seat."""


class PanelShown(Event):
    """Entrants may read who judges and object; the subject is the panel, unsaid["solutions"] are theirs."""


class ObjectionRaised(Event):
    """An entrant objects to a judge; the subject is the objection."""


class ObjectionDecided(Event):
    """The secretary decided whether a judge is partial; the subject is the objection."""


class ConflictFound(Event):
    """A judge became tied to an entry after it was assigned; the scores count for nothing. The subject is the sheet."""


class DrawCommitted(Event):
    """A seed was committed to, by which entries will be drawn; facts["sha256"] is its hash. The subject is the draw."""


class EntriesDrawn(Event):
    """Entries went to judges by lot; facts["given_sha256"] hashes what was drawn from. The subject is the draw."""


class JudgesAssigned(Event):
    """Entries were given to judges; the subject is the panel, facts["pairs"] and unsaid["sheets"] say which."""


class JudgeRecused(Event):
    """A judge gave an entry back; its scores count for nothing any more. The subject is the sheet."""


class JudgeReminded(Event):
    """A judge is reminded of open sheets; the subject is the seat, facts["open"] counts them."""


class ScoreSaved(Event):
    """A judge saved a draft; the subject is the sheet. The journal holds no scores."""


class SheetFinalised(Event):
    """A judge finished a sheet for good; the subject is the sheet. The journal holds no scores."""


class SheetReturned(Event):
    """The chair asked a judge to look again at a finished sheet; facts["reason"] says why. The subject is the sheet."""


class FileRedacted(Event):
    """Judges of blind rounds get a copy instead of a file; the subject is the copy, facts hash both."""


class RevisionRequired(ClarificationAsked):
    """The panel requires a revision of an entrant; the subject is the solution, unsaid["clarification"] its list."""


class RevisionDecided(Event):
    """The chair said whether a revision does what was required; the subject is the revision."""


class ResultsScheduled(Event):
    """They publish themselves at facts["publish_at"]; the subject is the challenge, the journal learns no winner."""


class ResultsUnscheduled(Event):
    """That was called off by the actor or, because of facts["because"], by the worker; unsaid["decision"] is which."""


class NotAwarded(Event):
    """It was published that nobody wins; the subject is the challenge."""


class FeedbackReleased(Event):
    """An entrant can read what the judges wrote; the subject is the solution."""
