"""Deeds on reported texts."""

from marketplace import clock
from marketplace.accounts.models import Person
from marketplace.accounts.moderating.events import (
    ObjectionRefused,
    TextHidden,
    TextLeft,
    TextObjected,
    TextReported,
    TextRestored,
)
from marketplace.accounts.moderating.models import ReportedText, TextReport
from marketplace.accounts.moderating.policy import can_moderate, can_object
from marketplace.accounts.moderating.queries import about, public_text, reported
from marketplace.accounts.moderating.stages import ReportReason, TextStage
from marketplace.authority import require
from marketplace.db import db, hold
from marketplace.errors import WrongStage
from marketplace.events import announce


def report_text(
    kind: str, reference: str, *, reason: ReportReason, words: str | None, reporter: Person | None
) -> ReportedText:
    """Say that something is wrong with a public text; raises NotFound if there is none, WrongStage if it is hidden."""
    public_text(kind, reference)
    text = reported(kind, reference)
    if text is None:
        text = ReportedText(kind=kind, object_reference=reference, stage=TextStage.REPORTED, reported_at=clock.now())
        db.session.add(text)
        db.session.flush()
    elif text.stage != TextStage.REPORTED:
        text.move("report")
        text.reported_at = clock.now()
    report = TextReport(text_id=text.id, reason=reason, words=words, made_at=clock.now())
    report.reporter_id = reporter.id if reporter else None
    db.session.add(report)
    db.session.add(report)
    announce(TextReported(actor=None, subject=text, facts={"reason": reason.value}))
    return text


def hide_text(text: ReportedText, *, because: str, actor: Person) -> None:
    """Take it from everybody's sight but its authors'; they are told why and may object."""
    _decide(text, "hide", because, actor)
    text.objection = text.objected_at = text.objection_answer = None
    announce(TextHidden(actor=actor, subject=text, facts={"reason": because}))


def leave_text(text: ReportedText, *, actor: Person) -> None:
    """Find that it may stay."""
    _decide(text, "leave", None, actor)
    announce(TextLeft(actor=actor, subject=text))


def restore_text(text: ReportedText, *, actor: Person) -> None:
    """Show it again, as it was; its authors are told."""
    _decide(text, "restore", None, actor)
    announce(TextRestored(actor=actor, subject=text))


def object_to_hiding(text: ReportedText, *, words: str, actor: Person) -> None:
    """Say why it should be seen again; raises WrongStage if it is not hidden, or was objected to before."""
    found = about(text)
    require(can_object, actor, {each.id for each in found.authors} if found else set())
    hold(text)
    if text.stage != TextStage.HIDDEN or text.objection is not None:
        raise WrongStage("not hidden, or objected to before")
    text.objection, text.objected_at = words, clock.now()
    announce(TextObjected(actor=None, subject=text))


def refuse_objection(text: ReportedText, *, answer: str, actor: Person) -> None:
    """Keep it hidden, with an answer; raises WrongStage if nobody waits for one."""
    require(can_moderate, actor)
    hold(text)
    if not text.waits_for_answer:
        raise WrongStage("nobody objected")
    text.objection_answer = answer
    announce(ObjectionRefused(actor=actor, subject=text, facts={"answer": answer}))


def _decide(text: ReportedText, move: str, because: str | None, actor: Person) -> None:
    require(can_moderate, actor)
    text.move(move)
    text.decided_at, text.decided_by_id, text.decided_because = clock.now(), actor.id, because
