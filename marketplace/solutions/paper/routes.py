"""Addresses of entries that come on paper: the counter, the receipt, the second person, and taking one over."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import segno
from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_security import auth_required

from marketplace import clock
from marketplace.accounts.models import Person
from marketplace.authority import require
from marketplace.challenges.eligibility import takes
from marketplace.challenges.models import Challenge
from marketplace.challenges.queries import get_challenge
from marketplace.challenges.stages import Applicant
from marketplace.db import db
from marketplace.errors import NotFound, NotReady, WrongStage
from marketplace.files import download, not_clean
from marketplace.organisations.models import Organisation
from marketplace.organisations.queries import matching
from marketplace.organisations.stages import KINDS_TO_REGISTER, Kind
from marketplace.organisations.unlisted import add_unlisted
from marketplace.pages import absolute, fills, flash_done, language, me, page, plain, see_other, status_of, url
from marketplace.solutions import queries as solutions_queries
from marketplace.solutions import snapshot
from marketplace.solutions.completeness import missing
from marketplace.solutions.models import PaperEntry
from marketplace.solutions.next_steps import is_counter_open
from marketplace.solutions.paper import queries, services
from marketplace.solutions.paper.codes import code_of
from marketplace.solutions.paper.forms import NEW_BODY, IntakeForm, SealForm, TakeOverForm
from marketplace.solutions.paper.policy import (
    can_confirm_late_paper,
    can_seal_paper,
    can_take_in_paper,
    needs_taking_over,
)
from marketplace.solutions.policy import can_be_partner, is_at_the_counter
from marketplace.solutions.services.eligibility import NotEligible
from marketplace.solutions.services.opening import NotClean, note_reading, open_file
from marketplace.text import clean_line

paper = Blueprint("paper", __name__)
MOST_FOUND = 20


@paper.route("/challenges/<slug>/paper-entries", methods=["GET", "POST"])
@auth_required("session")
def counter(slug: str) -> ResponseReturnValue:
    """Take in a paper; ?q= finds an organisation on the site by its name."""
    challenge = _of_agency(slug)
    found = _found(request.args.get("q", ""), challenge)
    form = IntakeForm(data={"arrived_at": clock.now().replace(second=0, microsecond=0), "language": language()})
    form.offer([(each.slug, plain(each, "name")) for each in found], _unknown(challenge))
    if not form.validate_on_submit():
        return _counter_page(challenge, form, status=status_of(form))
    try:
        entry = _take_in(challenge, form, {each.slug: each for each in found})
    except NotEligible as refusal:
        db.session.rollback()
        return _counter_page(_of_agency(slug), form, status=422, refused=refusal.found)
    except services.WrongPaper:
        db.session.rollback()
        form.arrived_at.errors = [_("It must have arrived after opening, before closing, and not in the future.")]
        return _counter_page(_of_agency(slug), form, status=422)
    return see_other(url("solutions.show", reference=entry.solution.reference))


def _of_agency(slug: str) -> Challenge:
    challenge = get_challenge(slug, me())
    if not challenge.is_public or not can_take_in_paper(me(), challenge):
        raise NotFound(slug)
    return challenge


def _found(asked: str, challenge: Challenge) -> list[Organisation]:
    words = clean_line(asked[:200])
    if not words:
        return []
    rows = db.session.scalars(matching(words, None).limit(MOST_FOUND)).all()
    return [each for each in rows if can_be_partner(each) and each not in challenge.hosts]


def _unknown(challenge: Challenge) -> list[str]:
    """Which entrants that are not on the site the challenge takes."""
    people = [each.value for each in (Applicant.INDIVIDUAL, Applicant.GROUP) if takes(challenge, each)]
    return [*([NEW_BODY] if takes(challenge, Applicant.ORGANISATION) else []), *people]


def _take_in(challenge: Challenge, form: IntakeForm, known: dict[str, Organisation]) -> PaperEntry:
    require(can_take_in_paper, me(), challenge)
    entrant = known.get(form.entrant.data) or _new_entrant(form)
    text = {"language": form.language.data, f"title_{form.language.data}": form.title.data}
    assert form.arrived_at.utc is not None  # noqa: S101 - the form asks for it
    stand = form.counter(form.arrived_at.utc)
    return services.take_in_paper(challenge, actor=me(), entrant=entrant, counter=stand, **text)


def _new_entrant(form: IntakeForm) -> Organisation:
    if form.entrant.data != NEW_BODY:
        return add_unlisted(Kind(form.entrant.data), name=form.name.data)
    kind = Kind(form.kind.data)
    return add_unlisted(kind, name=form.name.data, helix=KINDS_TO_REGISTER[kind])


def _counter_page(challenge: Challenge, form: IntakeForm, **context: Any) -> Response:
    at = clock.database_now()
    papers = queries.papers_of(challenge, me(), at=at)
    is_open = is_counter_open(challenge, at)
    shown: dict[str, Any] = {"papers": papers, "at": at, "is_open": is_open, "asked": request.args.get("q", "")[:200]}
    return page("solutions/paper/counter.html", challenge=challenge, form=form, **shown, **context)


@paper.route("/solutions/<reference>/sealing", methods=["GET", "POST"])
@auth_required("session")
def seal(reference: str) -> ResponseReturnValue:
    """The clerk's last look: everything that was typed, then it is sealed."""
    entry, form = _at_the_counter(reference), SealForm()
    if not form.validate_on_submit():
        return _seal_page(entry, form, status=status_of(form))
    try:
        services.seal_paper(entry, actor=me(), reason=form.reason.data)
    except NotReady:
        return _seal_page(entry, form, status=422, is_refused=True)
    except services.WrongPaper as wrong:
        db.session.rollback()
        form.reason.errors = [_why_wrong(str(wrong))]
        return _seal_page(_at_the_counter(reference), form, status=422)
    return see_other(url("paper.show", reference=entry.reference))


@paper.route("/solutions/<reference>/discarding", methods=["GET", "POST"])
@auth_required("session")
def discard(reference: str) -> ResponseReturnValue:
    """Throw away what was begun by mistake."""
    entry = _at_the_counter(reference)
    if request.method != "POST":
        return page("solutions/paper/discard.html", entry=entry, solution=entry.solution)
    slug = entry.solution.challenge.slug
    services.discard_paper(entry, actor=me())
    flash_done(_("What was typed and attached is gone. Give the paper back, or take it in anew."))
    return see_other(url("paper.counter", slug=slug))


def _why_wrong(what: str) -> str:
    if what == "reason":
        return _("Say why it is typed in after closing.")
    return _("The challenge closed before the paper arrived.")


def _at_the_counter(reference: str) -> PaperEntry:
    solution = solutions_queries.get_solution(reference, me(), at=clock.database_now())
    if solution.paper is None or not is_at_the_counter(solution) or not can_seal_paper(me(), solution.paper):
        raise NotFound(reference)
    return solution.paper


def _seal_page(entry: PaperEntry, form: SealForm, **context: Any) -> Response:
    at, solution = clock.database_now(), entry.solution
    return page(
        "solutions/paper/seal.html",
        entry=entry,
        solution=solution,
        content=snapshot.content_of(solution),
        files=snapshot.files_of(solution),
        gaps=missing(solution),
        is_late=not solution.challenge.is_open(at),
        form=form,
        at=at,
        **context,
    )


@paper.get("/paper-entries/<reference>")
@auth_required("session")
def show(reference: str) -> ResponseReturnValue:
    """The receipt to print, and for a second person what was typed in after closing."""
    entry = queries.get_paper(reference, me(), at=clock.database_now())
    if is_at_the_counter(entry.solution):
        return see_other(url("solutions.show", reference=entry.solution.reference))
    if entry.version is None and can_confirm_late_paper(me(), entry):
        if request.method == "GET":  # asking for the head sends nothing that could be read
            note_reading(entry.solution, actor=me(), role="agency", version=1)
        return _compare_page(entry)
    return page("solutions/paper/receipt.html", entry=entry, version=entry.version, **_claim(entry))


def _compare_page(entry: PaperEntry, **context: Any) -> Response:
    solution = entry.solution
    content, files = snapshot.content_of(solution), snapshot.files_of(solution)
    return page("solutions/paper/compare.html", entry=entry, content=content, files=files, **context)


def _claim(entry: PaperEntry) -> dict[str, Any]:
    """The code and the way to use it, for whoever gets no letter; nothing once it was taken over."""
    if entry.version is None or not needs_taking_over(entry) or entry.contact_email:
        return {"code": None}
    address = absolute("paper.take_over", language(), reference=entry.reference)
    return {
        "code": code_of(entry),
        "address": absolute("paper.take_over", language()),
        "picture": segno.make(address, micro=False).svg_data_uri(scale=3, border=2),
    }


@paper.get("/paper-entries/<reference>/files/<file_reference>")
@auth_required("session")
def scan(reference: str, file_reference: str) -> ResponseReturnValue:
    """A file of a late paper, for the second person who compares."""
    entry = queries.get_paper(reference, me(), at=clock.database_now())
    require(can_confirm_late_paper, me(), entry)
    attached = [each.file for each in entry.solution.attachments if each.file.reference == file_reference]
    if not attached or entry.sealed_at is None:
        raise NotFound(file_reference)
    try:
        open_file(attached[0], solution=entry.solution, actor=me(), role="agency")
    except NotClean:
        return not_clean(attached[0])
    return download(attached[0])


@paper.post("/paper-entries/<reference>/confirmation")
@auth_required("session")
def confirm(reference: str) -> ResponseReturnValue:
    entry = queries.get_paper(reference, me(), at=clock.database_now())
    services.confirm_late_paper(entry, actor=me())
    flash_done(_("The paper was received as of its stamp."))
    return see_other(url("paper.show", reference=reference))


@paper.route("/paper-entries/take-over", methods=["GET", "POST"])
@auth_required("session")
def take_over() -> ResponseReturnValue:
    """Go on online with what one brought on paper."""
    form = TakeOverForm(data={"reference": request.args.get("reference", "")[:30]})
    if not form.validate_on_submit():
        return page("solutions/paper/take_over.html", form=form, status=status_of(form))
    entry = queries.paper_with_reference(form.reference.data.upper())
    try:
        if entry is None:
            raise services.WrongPaper("code")
        solution = services.take_over_paper(entry, actor=me(), code=form.code.data)
    except services.WrongPaper:
        form.code.errors = [_("Number and code do not belong together. Check both on your receipt.")]
    except WrongStage:
        form.code.errors = [_("This entry was taken over already. If it was not you, tell the agency.")]
    else:
        flash_done(_("The entry is yours from now on. Until closing you can change it and send it again."))
        return see_other(url("solutions.show", reference=solution.reference))
    return page("solutions/paper/take_over.html", form=form, status=422)


@fills("challenge.below")
def counter_link(challenge: Challenge, at: datetime) -> str | None:
    """For the agency while paper may be typed in: the way to the counter."""
    if not challenge.is_public or not is_counter_open(challenge, at) or not can_take_in_paper(me(), challenge):
        return None
    return render_template("solutions/paper/_link.html", challenge=challenge)


@fills("work.waiting")
def papers_waiting(person: Person, at: datetime) -> str | None:
    """What was typed in after closing and waits for this person to compare."""
    rows: Sequence[PaperEntry] = queries.to_confirm(person, at=at)
    return render_template("solutions/paper/_waiting.html", rows=rows) if rows else None
