"""Addresses of matching, and what it shows on the page of a challenge."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_security import auth_required

from marketplace import clock
from marketplace.accounts.models import Person
from marketplace.authority import require
from marketplace.challenges.models import Challenge
from marketplace.challenges.queries import get_challenge
from marketplace.errors import NotFound
from marketplace.matching import exposure, queries, services
from marketplace.matching.learning.forms import ReasonForm
from marketplace.matching.learning.policy import can_adopt_weights, can_return_weights, can_see_proposals
from marketplace.matching.learning.queries import get_learnt_weights, shown_weights
from marketplace.matching.learning.services import adopt_weights, return_weights
from marketplace.matching.policy import can_see_suggestions
from marketplace.matching.quality import judged, kept_figures
from marketplace.matching.reading import wins_of
from marketplace.matching.stages import Row, Verdict
from marketplace.organisations.models import Organisation
from marketplace.pages import fills, flash_done, me, page, see_other, status_of, url
from marketplace.relevance.concepts import topic_label

matching = Blueprint("matching", __name__)
BESIDE_A_CHALLENGE = 3


@matching.get("/challenges/<slug>/partners")
@auth_required("session")
def index(slug: str) -> ResponseReturnValue:
    challenge = get_challenge(slug, me())
    if not can_see_suggestions(me(), challenge):
        raise NotFound(slug)
    return page(
        "matching/index.html",
        challenge=challenge,
        board=queries.board(challenge),
        said=queries.feedback_by(me(), challenge),
        topic_label=topic_label,
    )


@matching.post("/challenges/<slug>/partners/<organisation>/feedback")
@auth_required("session")
def judge(slug: str, organisation: str) -> ResponseReturnValue:
    challenge, verdict = get_challenge(slug, me()), request.form.get("verdict", "")
    if not can_see_suggestions(me(), challenge) or verdict not in set(Verdict):
        raise NotFound(slug)
    suggestion = queries.get_suggestion(challenge, organisation)
    services.say_of_suggestion(suggestion, actor=me(), verdict=Verdict(verdict))
    flash_done(_("Your word is kept. No list changes by it alone."))
    return see_other(url("matching.index", slug=slug))


@matching.get("/matching/quality")
def quality() -> ResponseReturnValue:
    return _quality_page()


@matching.post("/matching/weights/<reference>/adoption")
@auth_required("session")
def adopt(reference: str) -> ResponseReturnValue:
    learnt, form = get_learnt_weights(reference, me()), ReasonForm(prefix=reference)
    require(can_adopt_weights, me(), learnt)
    if not form.validate():
        return _quality_page(form, reference)
    adopt_weights(learnt, reason=form.reason.data, actor=me())
    flash_done(_("These weights are in use. Every list is made anew and names the new version."))
    return see_other(url("matching.quality"))


@matching.post("/matching/weights/<reference>/return")
@auth_required("session")
def return_to_before(reference: str) -> ResponseReturnValue:
    learnt, form = get_learnt_weights(reference, me()), ReasonForm(prefix=reference)
    require(can_return_weights, me(), learnt)
    if not form.validate():
        return _quality_page(form, reference)
    return_weights(learnt, reason=form.reason.data, actor=me())
    flash_done(_("The weights of before are in use again. Every list is made anew."))
    return see_other(url("matching.quality"))


def _quality_page(form: ReasonForm | None = None, reference: str = "") -> ResponseReturnValue:
    learnt = shown_weights(me())
    decided = [each for each in (*learnt.proposed, *learnt.used) if can_adopt_weights(me(), each)]
    blank = {each.reference: ReasonForm(prefix=each.reference, formdata=None) for each in decided}
    return page(
        "matching/quality.html",
        figures=kept_figures(),
        judged=judged(),
        models=queries.models_used(),
        counts=queries.feedback_counts(),
        verdicts=list(Verdict),
        learnt=learnt,
        sees_proposals=can_see_proposals(me()),
        forms_of=blank | ({reference: form} if form and reference in blank else {}),
        form=form,
        status=status_of(form) if form else 200,
    )


@fills("work.waiting")
def weights_waiting(person: Person, _at: object) -> str | None:
    """Proposed weights, for operators."""
    waits = person.is_operator and shown_weights(person).proposed
    return render_template("matching/_waiting.html") if waits else None


@matching.get("/matching/exposure")
@auth_required("session")
def exposure_audit() -> ResponseReturnValue:
    known, month = exposure.months(), request.args.get("month", "")
    month = month if month in known else exposure.month_of(clock.now())
    return page("matching/exposure.html", audit=exposure.audit_of(month), months=known, rows=list(Row))


@fills("challenge.aside")
def best_partners(challenge: Challenge) -> str | None:
    if not can_see_suggestions(me(), challenge):
        return None
    best = queries.board(challenge).best[:BESIDE_A_CHALLENGE]
    return render_template("matching/_aside.html", challenge=challenge, best=best) if best else None


@fills("organisation.below")
def wins(organisation: Organisation) -> str | None:
    """What suggestions count as won, so that anybody can check it."""
    won = wins_of(organisation)
    return render_template("matching/_wins.html", won=won) if won else None
