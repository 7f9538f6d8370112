"""Addresses of matching, and what it shows on the page of a challenge."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_security import auth_required

from marketplace import clock
from marketplace.challenges.models import Challenge
from marketplace.challenges.queries import get_challenge
from marketplace.errors import NotFound
from marketplace.matching import exposure, queries, services
from marketplace.matching.policy import can_see_suggestions
from marketplace.matching.quality import judged, kept_figures
from marketplace.matching.reading import wins_of
from marketplace.matching.stages import Row, Verdict
from marketplace.organisations.models import Organisation
from marketplace.pages import fills, flash_done, me, page, see_other, url
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
    return page(
        "matching/quality.html",
        figures=kept_figures(),
        judged=judged(),
        models=queries.models_used(),
        counts=queries.feedback_counts(),
        verdicts=list(Verdict),
    )


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
