"""Addresses of the rules: what everybody reads, what the agency writes."""

from datetime import datetime
from typing import Any

from flask import Response
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_security import auth_required

from marketplace import clock
from marketplace.authority import require
from marketplace.challenges.amending.policy import can_prepare_amendment
from marketplace.challenges.amending.queries import prepared_amendment
from marketplace.challenges.amending.services import prepare_amendment
from marketplace.challenges.models import Challenge
from marketplace.challenges.policy import can_edit_challenge
from marketplace.challenges.queries import get_challenge
from marketplace.challenges.stages import Stage
from marketplace.errors import NotFound
from marketplace.judging import amending
from marketplace.judging.forms import AmendmentForm, RulesForm
from marketplace.judging.models import JudgingRules
from marketplace.judging.policy import can_amend_rules
from marketplace.judging.queries.draws import draw_of, is_revealed
from marketplace.judging.queries.rules import rules_of
from marketplace.judging.routes.blueprint import judging
from marketplace.judging.rules import changed, content_of, document, whole
from marketplace.judging.sentences import sentences
from marketplace.judging.services import rules as deeds
from marketplace.pages import flash_done, me, page, see_other, status_of, url
from marketplace.solutions.snapshot import content_hash
from marketplace.text import canonical_json


@judging.get("/challenges/<slug>/rules")
def rules(slug: str) -> ResponseReturnValue:
    challenge = get_challenge(slug, me())
    found = rules_of(challenge)
    amendments = [
        (
            each,
            [_both(sentences(each.before), sentences(each.after), name) for name in changed(each.before, each.after)],
        )
        for each in found.amendments
    ]
    return page(
        "judging/rules.html",
        challenge=challenge,
        rules=found,
        sentences=sentences(content_of(found)),
        fingerprint=content_hash(content_of(found)),
        amendments=amendments,
        may_change=_may_change(challenge),
        draw=(draw := draw_of(challenge)),
        revealed=draw is not None and is_revealed(draw),
    )


def _both(before: dict[str, str], after: dict[str, str], name: str) -> tuple[str, str]:
    """What was said and what is; nothing where the rules did not need to say it."""
    return before.get(name, "–"), after.get(name, "–")


@judging.get("/challenges/<slug>/rules.json")
def rules_document(slug: str) -> ResponseReturnValue:
    """The bytes whose SHA-256 is the fingerprint."""
    return Response(canonical_json(content_of(rules_of(get_challenge(slug, me())))), mimetype="application/json")


@judging.get("/challenges/<slug>/rules/draw.json")
def draw_document(slug: str) -> ResponseReturnValue:
    """What the lot was drawn from, once its seed is public; the bytes whose SHA-256 the journal holds."""
    draw = draw_of(get_challenge(slug, me()))
    if draw is None or not is_revealed(draw):
        raise NotFound(slug)
    return Response(canonical_json(draw.given), mimetype="application/json")


def _may_change(challenge: Challenge) -> bool:
    if challenge.stage == Stage.DRAFT:
        return can_edit_challenge(me(), challenge)
    at = clock.database_now()
    if _is_running(challenge, at):
        return can_prepare_amendment(me(), challenge)
    return deeds.may_amend_rules(challenge, at) and can_amend_rules(me(), challenge)


def _is_running(challenge: Challenge, at: datetime) -> bool:
    """Whether rules change by an amendment of the challenge, which is told to everybody and leaves time to answer."""
    return challenge.stage == Stage.PUBLISHED and challenge.closes_at is not None and at < challenge.closes_at


@judging.route("/challenges/<slug>/rules/edit", methods=["GET", "POST"])
@auth_required("session")
def edit_rules(slug: str) -> ResponseReturnValue:
    challenge = get_challenge(slug, me())
    draft = challenge.stage == Stage.DRAFT
    if _is_running(challenge, clock.database_now()):
        return _amend_with_challenge(challenge)
    if not (can_edit_challenge(me(), challenge) if draft else can_amend_rules(me(), challenge)):
        raise NotFound(slug)
    form = (RulesForm if draft else AmendmentForm)(data=_typed(rules_of(challenge)))
    if form.validate_on_submit():
        if draft:
            deeds.write_rules(challenge, actor=me(), content=form.content())
            flash_done(_("The rules were saved."))
            return see_other(url("challenges.edit", slug=slug))
        deeds.amend_rules(challenge, actor=me(), content=form.content(), reasons=form.reasons.data)
        flash_done(_("The rules were amended. Everybody sees what was changed and why."))
        return see_other(url("judging.rules", slug=slug))
    return page("judging/edit_rules.html", challenge=challenge, draft=draft, form=form, status=status_of(form))


def _amend_with_challenge(challenge: Challenge) -> ResponseReturnValue:
    require(can_prepare_amendment, me(), challenge)
    prepared = prepared_amendment(challenge)
    standing = content_of(rules_of(challenge))
    form = RulesForm(data=whole(prepared.after.get(amending.NAME, standing) if prepared else standing))
    if form.validate_on_submit():
        changes: dict[str, Any] = {amending.NAME: document(form.content())}
        prepare_amendment(challenge, actor=me(), **changes)
        flash_done(_("Kept for the amendment. Nothing is published yet."))
        return see_other(url("amendments.prepared", slug=challenge.slug))
    return page("judging/edit_rules.html", challenge=challenge, draft=False, form=form, status=status_of(form))


def _typed(found: JudgingRules) -> dict[str, object]:
    """What the form shows: a line for every round and step that there could be."""
    return whole(content_of(found))
