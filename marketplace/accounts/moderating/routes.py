"""Addresses of reporting, of the operator's queue, and of objecting."""

from typing import Any

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_security import auth_required

from marketplace import limits
from marketplace.accounts.doors import ROWS, for_operators
from marketplace.accounts.models import Person
from marketplace.accounts.moderating import queries, services
from marketplace.accounts.moderating.forms import AnswerForm, HidingForm, ObjectionForm, ReportForm
from marketplace.accounts.moderating.models import ReportedText
from marketplace.accounts.moderating.policy import can_moderate, can_object
from marketplace.accounts.moderating.stages import ReportReason, TextStage
from marketplace.accounts.proof import proof_asked
from marketplace.db import count_of
from marketplace.errors import NotFound
from marketplace.pages import fills, flash_done, listed, me, page, see_other, status_of, url

moderating = for_operators(Blueprint("moderating", __name__))


@moderating.route("/reports/<kind>/<reference>", methods=["GET", "POST"])
def report(kind: str, reference: str) -> ResponseReturnValue:
    text, form = queries.public_text(kind, reference), ReportForm()
    if queries.is_hidden(kind, reference):
        raise NotFound(reference)
    if request.method == "POST":
        limits.spend({"report.caller": limits.caller()})
        if form.validate():
            reason = ReportReason(form.reason.data)
            services.report_text(kind, reference, reason=reason, words=form.words.data, reporter=me())
            flash_done(_("Thank you. The operator looks at it within 24 hours."))
            return see_other(request.script_root + text.address)
    return page("moderating/report.html", form=form, text=text, status=status_of(form))


@moderating.get("/operator/texts")
def index() -> ResponseReturnValue:
    state = request.args.get("state", "")[:20]
    listing = listed(queries.reported_texts(state), size=ROWS)
    return page("moderating/index.html", listing=listing, state=state, about=queries.about)


@moderating.get("/operator/texts/<reference>")
def show(reference: str) -> ResponseReturnValue:
    return _text_page(queries.get_reported_text(reference))


@moderating.post("/operator/texts/<reference>/hiding")
@proof_asked
def hide(reference: str) -> ResponseReturnValue:
    text = queries.get_reported_text(reference)
    form = HidingForm(text)
    if not form.validate():
        return _text_page(text, hiding=form, status=422)
    services.hide_text(text, because=form.because.data, actor=me())
    flash_done(_("Nobody sees it any more, and its authors get a letter. You can undo this at any time."))
    return see_other(url("moderating.show", reference=reference))


@moderating.post("/operator/texts/<reference>/leave")
def leave(reference: str) -> ResponseReturnValue:
    services.leave_text(queries.get_reported_text(reference), actor=me())
    flash_done(_("It stays."))
    return see_other(url("moderating.index"))


@moderating.post("/operator/texts/<reference>/restoration")
def restore(reference: str) -> ResponseReturnValue:
    services.restore_text(queries.get_reported_text(reference), actor=me())
    flash_done(_("Everybody sees it again."))
    return see_other(url("moderating.show", reference=reference))


@moderating.post("/operator/texts/<reference>/answer")
def answer(reference: str) -> ResponseReturnValue:
    text, form = queries.get_reported_text(reference), AnswerForm()
    if not form.validate():
        return _text_page(text, answering=form, status=422)
    services.refuse_objection(text, answer=form.answer.data, actor=me())
    flash_done(_("It stays hidden, and its authors get your answer."))
    return see_other(url("moderating.show", reference=reference))


@moderating.route("/hidden-texts/<reference>", methods=["GET", "POST"])
@auth_required("session")
def own(reference: str) -> ResponseReturnValue:
    """For its authors: why it is hidden, and what they say to that."""
    text, form = queries.get_reported_text(reference), ObjectionForm()
    found = queries.about(text)
    if found is None or text.stage != TextStage.HIDDEN or not can_object(me(), {each.id for each in found.authors}):
        raise NotFound(reference)
    if form.validate_on_submit():
        services.object_to_hiding(text, words=form.words.data, actor=me())
        flash_done(_("Your objection was sent. You get a letter with the answer."))
        return see_other(url("moderating.own", reference=reference))
    return page("moderating/own.html", text=text, found=found, form=form, status=status_of(form))


@fills("public.text")
def report_link(kind: str, reference: str, title: str = "") -> str:
    """Beside every public text; with its title where several stand together."""
    return render_template("moderating/_link.html", kind=kind, reference=reference, title=title)


@fills("operator.links")
def links(_person: Person) -> str:
    return render_template("moderating/_links.html")


@fills("work.waiting")
def waiting(person: Person, _at: object) -> str:
    """What readers reported, for operators."""
    count = count_of(queries.reported_texts()) if can_moderate(person) else 0
    words = ngettext("%(num)d reported text waits for you.", "%(num)d reported texts wait for you.", count)
    return render_template("moderating/_waiting.html", words=words) if count else ""


def _text_page(text: ReportedText, status: int = 200, **forms: Any) -> ResponseReturnValue:
    blank: dict[str, Any] = {"hiding": HidingForm(text, formdata=None), "answering": AnswerForm(formdata=None)}
    return page("moderating/show.html", text=text, found=queries.about(text), status=status, **blank | forms)
