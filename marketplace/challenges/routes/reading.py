"""The public list, the page of a challenge, and who may answer it."""

from typing import Any

from flask import request
from flask.typing import ResponseReturnValue

from marketplace import clock
from marketplace.asked import know_what_is_empty
from marketplace.challenges import queries
from marketplace.challenges.eligibility import Verdict, answerer_from, findings, rules_of, verdict_of
from marketplace.challenges.forms import SelfCheckForm
from marketplace.challenges.routes.blueprint import challenges, shown
from marketplace.challenges.stages import Field
from marketplace.errors import NotFound
from marketplace.pages import listed, me, page, plain

PAGE_SIZE = 20
# what a page shows of a challenge where there is any
_PARTS = ("cohosts", "criteria", "eligibility", "measures", "periods", "pledge_reports", "prizes", "waivers")
_TAGS = ("list_batch", "list_group")


@challenges.get("/challenges")
def index() -> ResponseReturnValue:
    at = clock.database_now()
    asked = {name: request.args.get(name, "")[:200] for name in ("q", "phase", "field", *_TAGS)}
    found = queries.public_list(
        at=at,
        words=asked["q"],
        phase=asked["phase"],
        field=Field(asked["field"]) if asked["field"] in set(Field) else None,
        **{name: asked[name] for name in _TAGS},
    )
    listing = listed(found, size=PAGE_SIZE)
    shown: dict[str, Any] = {
        "counts": queries.phase_counts(at),
        "tags": {name: queries.tags_listed(name) for name in _TAGS},
    }
    return page("challenges/index.html", parts=("results",), listing=listing, at=at, asked=asked, **shown)


@challenges.get("/challenges/<slug>")
def show(slug: str) -> ResponseReturnValue:
    try:
        challenge = queries.get_challenge(slug, me())
    except NotFound:
        hidden = queries.hidden_challenge(slug, me())
        return page("moderating/hidden.html", title=plain(hidden, "title"), hidden_at=hidden.hidden_at)
    know_what_is_empty(challenge, *_PARTS)
    return page("challenges/show.html", parts=("stage",), **shown(challenge))


@challenges.get("/challenges/<slug>/eligibility")
def check_eligibility(slug: str) -> ResponseReturnValue:
    challenge = queries.get_challenge(slug, me())
    rules, form = rules_of(challenge), SelfCheckForm(request.args)
    form.keep(rules)
    told = {field.name: field.data for field in form if field.data in dict(field.choices) and field.data}
    found = findings(rules, answerer_from(told)) if told else []
    verdict = Verdict.NO if told.get("kind") == "state" else verdict_of(found)
    shown: dict[str, Any] = {"rules": rules, "told": told, "found": found, "verdict": verdict}
    return page("challenges/eligibility.html", challenge=challenge, form=form, **shown)
