"""Addresses of answering, writing, showing contacts, undertakings and reports."""

from flask import Response
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_security import auth_required

from marketplace.errors import NotFound
from marketplace.matching.introductions import queries, services
from marketplace.matching.introductions.forms import ContractForm, DeclineForm, MessageForm, UndertakingForm
from marketplace.matching.introductions.models import Introduction
from marketplace.matching.introductions.policy import can_answer_introduction, side_of
from marketplace.matching.introductions.routes.blueprint import introduction_page, introductions
from marketplace.matching.introductions.services.writing import UndertakeFirst
from marketplace.matching.introductions.stages import Milestone, Reason
from marketplace.organisations.confidentiality.texts import CURRENT, hash_of, text_of
from marketplace.organisations.queries import get_organisation, organisations_of
from marketplace.organisations.stages import Role
from marketplace.pages import flash_done, language, me, page, plain, see_other, status_of, url


@introductions.post("/introductions/<reference>/acceptance")
@auth_required("session")
def accept(reference: str) -> ResponseReturnValue:
    introduction = queries.get_introduction(reference, me())
    services.accept_introduction(introduction, actor=me())
    flash_done(_("Accepted. From now on you can write to each other here."))
    return _back(introduction)


@introductions.post("/introductions/<reference>/refusal")
@auth_required("session")
def decline(reference: str) -> ResponseReturnValue:
    introduction, form = queries.get_introduction(reference, me()), DeclineForm()
    if can_answer_introduction(me(), introduction) and not form.validate():
        return introduction_page(introduction, status=422, decline_form=form)
    reason = Reason(form.reason.data) if form.reason.data in set(Reason) else Reason.OTHER
    services.decline_introduction(introduction, actor=me(), reason=reason, remark=form.remark.data)
    if form.blocks.data:
        services.block_requests(introduction.asked, introduction.asker, actor=me())
    flash_done(_("Declined. %(organisation)s is told the reason.", organisation=plain(introduction.asker, "name")))
    return _back(introduction)


@introductions.post("/introductions/<reference>/withdrawal")
@auth_required("session")
def withdraw(reference: str) -> ResponseReturnValue:
    introduction = queries.get_introduction(reference, me())
    services.withdraw_introduction(introduction, actor=me())
    flash_done(_("The request was taken back."))
    return _back(introduction)


@introductions.post("/introductions/<reference>/end")
@auth_required("session")
def end(reference: str) -> ResponseReturnValue:
    introduction = queries.get_introduction(reference, me())
    services.end_introduction(introduction, actor=me())
    flash_done(_("The contact is ended. What was written stays readable for both sides."))
    return _back(introduction)


@introductions.post("/introductions/<reference>/messages")
@auth_required("session")
def write(reference: str) -> ResponseReturnValue:
    introduction, form = queries.get_introduction(reference, me()), MessageForm()
    if not form.validate():
        return introduction_page(introduction, status=422, message_form=form)
    try:
        services.relay_message(introduction, actor=me(), text=form.text.data, in_confidence=form.in_confidence.data)
    except UndertakeFirst:
        form.in_confidence.errors = [_("Give the undertaking of confidentiality first: it holds in both directions.")]
        return introduction_page(introduction, status=422, message_form=form)
    flash_done(_("Your message was sent."))
    return _back(introduction)


@introductions.post("/introductions/<reference>/contact")
@auth_required("session")
def offer_contact(reference: str) -> ResponseReturnValue:
    introduction = queries.get_introduction(reference, me())
    services.offer_contact(introduction, actor=me())
    flash_done(_("Your name and address are shown as soon as the other side is ready too."))
    return _back(introduction)


@introductions.route("/introductions/<reference>/undertaking", methods=["GET", "POST"])
@auth_required("session")
def undertake(reference: str) -> ResponseReturnValue:
    introduction, form = queries.get_introduction(reference, me()), UndertakingForm()
    if form.validate_on_submit():
        services.undertake_confidentiality(introduction, actor=me(), language=language())
        flash_done(_("The undertaking is recorded. What is confidential is shown now."))
        return _back(introduction)
    return page(
        "introductions/undertaking.html",
        status=status_of(form),
        introduction=introduction,
        side=side_of(me(), introduction),
        form=form,
        text=text_of(CURRENT, language()),
        version=CURRENT,
        text_hash=hash_of(CURRENT),
    )


@introductions.post("/introductions/<reference>/meeting-report")
@auth_required("session")
def report_meeting(reference: str) -> ResponseReturnValue:
    introduction = queries.get_introduction(reference, me())
    services.report_milestone(introduction, Milestone.MET, actor=me())
    flash_done(_("Recorded: you have met. It counts once both sides have said so."))
    return _back(introduction)


@introductions.post("/introductions/<reference>/contract")
@auth_required("session")
def report_contract(reference: str) -> ResponseReturnValue:
    introduction = queries.get_introduction(reference, me())
    form = ContractForm(introduction)
    if introduction.report_of(Milestone.CONTRACT) is None and not form.validate():
        return introduction_page(introduction, status=422, contract_form=form)
    services.report_milestone(introduction, Milestone.CONTRACT, actor=me(), happened_on=form.happened_on.data)
    flash_done(_("Recorded: you have signed. It counts once both sides have said so."))
    return _back(introduction)


@introductions.post("/introductions/blocks/<slug>/removal")
@auth_required("session")
def unblock(slug: str) -> ResponseReturnValue:
    blocked = get_organisation(slug)
    holders = [each for each in organisations_of(me(), Role.MEMBER) if queries.block_between(each, blocked)]
    if not holders:
        raise NotFound(slug)
    for organisation in holders:
        services.unblock_requests(organisation, blocked, actor=me())
    flash_done(_("%(organisation)s may ask you again.", organisation=plain(blocked, "name")))
    return see_other(url("introductions.index"))


def _back(introduction: Introduction) -> Response:
    return see_other(url("introductions.show", reference=introduction.reference))
