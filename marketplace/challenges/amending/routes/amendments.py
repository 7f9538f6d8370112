"""Addresses of amendments: preparing, publishing and reading them; later closings; versions."""

from datetime import datetime
from typing import Any

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_security import auth_required
from flask_wtf import FlaskForm

from marketplace import clock
from marketplace.accounts.models import Person
from marketplace.authority import require
from marketplace.challenges import sections
from marketplace.challenges.amending import closing, editions, entry_form, queries, services
from marketplace.challenges.amending.editions import Edition, content_of
from marketplace.challenges.amending.forms import LaterForm, QuestionsEndForm, ReasonForm
from marketplace.challenges.amending.models import Amendment
from marketplace.challenges.amending.parts import PARTS
from marketplace.challenges.amending.policy import can_prepare_amendment, can_publish_amendment
from marketplace.challenges.amending.words import changes_of
from marketplace.challenges.entry_form.plain import sections_from
from marketplace.challenges.forms import SECTIONS
from marketplace.challenges.models import Challenge
from marketplace.challenges.queries import get_challenge
from marketplace.challenges.stages import Stage
from marketplace.db import db
from marketplace.errors import Conflict, NotFound, NotReady
from marketplace.labels import GAPS, word
from marketplace.meanwhile import EditedMeanwhile, differing, edition_of
from marketplace.pages import fills, flash_done, me, page, see_other, status_of, url

amendments = Blueprint("amendments", __name__)
# the sections of authoring, and what is said beside them
AMENDABLE: dict[str, type[FlaskForm]] = SECTIONS | {"questions": QuestionsEndForm}


@amendments.get("/challenges/<slug>/amendments")
def index(slug: str) -> ResponseReturnValue:
    challenge, at = _public(slug), clock.database_now()
    return page(
        "challenges/amendments.html",
        challenge=challenge,
        rows=queries.amendments_of(challenge),
        versions=queries.versions_of(challenge),
        prepared=queries.prepared_for(challenge, me()),
        may_amend=can_prepare_amendment(me(), challenge) and _is_running(challenge, at),
        least_days=services.least_time_left().days,
    )


def _public(slug: str) -> Challenge:
    challenge = get_challenge(slug, me())
    if not challenge.is_public:
        raise NotFound(slug)
    return challenge


def _is_running(challenge: Challenge, at: datetime) -> bool:
    return challenge.stage == Stage.PUBLISHED and challenge.closes_at is not None and at < challenge.closes_at


@amendments.get("/challenges/<slug>/amendments/<int:number>")
def show(slug: str, number: int) -> ResponseReturnValue:
    challenge = _public(slug)
    amendment = queries.get_amendment(challenge, number)
    return page("challenges/amendment.html", challenge=challenge, amendment=amendment, changes=changes_of(amendment))


@amendments.get("/challenges/<slug>/versions/<int:number>")
def version(slug: str, number: int) -> ResponseReturnValue:
    challenge = _public(slug)
    found = queries.get_version(challenge, number)
    edition = Edition(challenge, found.content)
    sections = sections_from(found.content.get(entry_form.NAME, []))
    return page("challenges/version.html", challenge=edition, version=found, sections=sections, at=clock.database_now())


@amendments.get("/challenges/<slug>/amendment")
@auth_required("session")
def prepared(slug: str) -> ResponseReturnValue:
    return _prepared_page(_writable(slug))


def _writable(slug: str) -> Challenge:
    """A challenge whose prepared change this person may read; NotFound for everybody else."""
    challenge = _public(slug)
    if not can_prepare_amendment(me(), challenge) and queries.prepared_for(challenge, me()) is None:
        raise NotFound(slug)
    return challenge


def _prepared_page(challenge: Challenge, status: int = 200, refusals: tuple[str, ...] = ()) -> Response:
    at, amendment = clock.database_now(), queries.prepared_for(challenge, me())
    return page(
        "challenges/prepared.html",
        status=status,
        challenge=challenge,
        amendment=amendment,
        at=at,
        is_running=_is_running(challenge, at),
        writes=can_prepare_amendment(me(), challenge),
        publishes=can_publish_amendment(me(), challenge),
        refusals=refusals,
        sections=list(AMENDABLE),
        other_parts=list(PARTS.values()),
        least_days=services.least_time_left().days,
        **(_outlook(amendment, at) if amendment else {}),
    )


def _outlook(amendment: Amendment, at: datetime) -> dict[str, Any]:
    """What publishing a prepared change now would mean."""
    before = amendment.challenge.closes_at or at
    is_material = services.is_of_substance(amendment)
    closes_at = services.closing_after(amendment)
    if is_material:
        closes_at = closing.closing_after_change(closes_at, at=at, least=services.least_time_left())
    return {
        "changes": changes_of(amendment),
        "closes_at": closes_at,
        "is_material": is_material,
        "needs_second": closing.needs_second_person(before, closes_at, at=at),
        "is_second": amendment.prepared_by_id != me().id,
    }


@amendments.route("/challenges/<slug>/amendment/<section>", methods=["GET", "POST"])
@auth_required("session")
def edit_section(slug: str, section: str) -> ResponseReturnValue:
    challenge = _public(slug)
    require(can_prepare_amendment, me(), challenge)
    if section not in AMENDABLE:
        raise NotFound(section)
    form = _form(section, challenge)
    if not form.validate_on_submit():
        return _section_page(challenge, section, form, status=status_of(form))
    changes = sections.changes(section, form, _as_prepared(challenge))
    try:
        services.prepare_amendment(challenge, actor=me(), edition=request.form.get("edition"), **changes)
    except services.WrongTime as wrong:
        db.session.rollback()
        _say_wrong_time(form, str(wrong))
        return _section_page(challenge, section, form, status=422)
    except EditedMeanwhile:
        both = differing(form, _form(section, challenge, formdata=None))
        return _section_page(challenge, section, form, status=409, differing=both)
    flash_done(_("Kept for the amendment. Nothing is published yet."))
    return see_other(url("amendments.prepared", slug=slug))


def _as_prepared(challenge: Challenge) -> Any:
    """The challenge as it reads once what is prepared is in force."""
    amendment = queries.prepared_amendment(challenge)
    return Edition(challenge, content_of(challenge) | (amendment.after if amendment else {}))


def _form(section: str, challenge: Challenge, **typed: Any) -> Any:
    edition = _as_prepared(challenge)
    return AMENDABLE[section](obj=edition, data=sections.filled_in(section, edition), **typed)


def _section_page(challenge: Challenge, section: str, form: Any, **context: Any) -> Response:
    """A refused form keeps the edition it was opened with; beside both texts stands that of theirs, to replace it."""
    stored = sections.stored(_as_prepared(challenge), sections.columns_of(section, form))
    kept = None if "differing" in context else request.form.get("edition")
    context |= {"edition": kept or edition_of(stored)}
    return page("challenges/amend_section.html", challenge=challenge, section=section, form=form, **context)


def _say_wrong_time(form: Any, why: str) -> None:
    if why == "questions":
        form[editions.QUESTIONS_END].errors = [_("Choose a time to come, not after closing.")]
        return
    name = "opens_at" if why == "opened" and "opens_at" in form else "closes_at"
    form[name].errors = [
        {
            "opened": _("It is open already, so its opening cannot be moved."),
            "short": _("A closing can be moved forward only if at least 24 hours are left then."),
        }.get(why, _("This time is past."))
    ]


@amendments.route("/challenges/<slug>/amendment/reason", methods=["GET", "POST"])
@auth_required("session")
def reason(slug: str) -> ResponseReturnValue:
    challenge = _public(slug)
    require(can_prepare_amendment, me(), challenge)
    amendment = queries.prepared_amendment(challenge)
    if amendment is None:
        raise NotFound(slug)
    form = ReasonForm(obj=amendment)
    if form.validate_on_submit():
        texts = {"reason_vi": form.reason_vi.data, "reason_en": form.reason_en.data}
        services.give_reason(amendment, actor=me(), **texts)
        return see_other(url("amendments.prepared", slug=slug))
    return page("challenges/amend_reason.html", challenge=challenge, form=form, status=status_of(form))


@amendments.post("/challenges/<slug>/amendment/request")
@auth_required("session")
def ask_second(slug: str) -> ResponseReturnValue:
    challenge, amendment = _with_prepared(slug)
    try:
        services.ask_second_person(amendment, actor=me())
    except NotReady as missing:
        db.session.rollback()
        return _prepared_page(_writable(slug), 422, _missing(missing))
    flash_done(_("Another manager of the agency, or the operator, can publish it now."))
    return see_other(url("amendments.prepared", slug=challenge.slug))


def _with_prepared(slug: str) -> tuple[Challenge, Amendment]:
    challenge = _writable(slug)
    amendment = queries.prepared_for(challenge, me())
    if amendment is None:
        raise NotFound(slug)
    return challenge, amendment


def _missing(missing: NotReady) -> tuple[str, ...]:
    known = {"changes": _("Nothing is changed yet."), "reason": _("Give the reason first.")}
    names = [str(getattr(gap, "name", gap)) for gap in missing.gaps]
    return tuple(known.get(name) or _("Missing: %(what)s", what=word(GAPS, name)) for name in names)


@amendments.post("/challenges/<slug>/amendment/publication")
@auth_required("session")
def publish(slug: str) -> ResponseReturnValue:
    _challenge, amendment = _with_prepared(slug)
    try:
        services.publish_amendment(amendment, actor=me())
    except NotReady as missing:
        return _not_published(slug, 422, *_missing(missing))
    except services.WrongTime:
        return _not_published(slug, 422, _("Its times are not possible any more. Change the timetable."))
    except services.SecondPersonNeeded:
        why = _("Less than 24 hours are left, so another person must publish what you prepared.")
        return _not_published(slug, 403, why)
    except Conflict:
        why = _("The challenge was changed meanwhile. Look at the changes again and save their sections.")
        return _not_published(slug, 409, why)
    flash_done(_("Amendment %(number)d is published.", number=amendment.number))
    return see_other(url("amendments.show", slug=slug, number=amendment.number))


def _not_published(slug: str, status: int, *refusals: str) -> Response:
    db.session.rollback()
    return _prepared_page(_writable(slug), status, refusals)


@amendments.post("/challenges/<slug>/amendment/removal")
@auth_required("session")
def drop(slug: str) -> ResponseReturnValue:
    _challenge, amendment = _with_prepared(slug)
    services.drop_amendment(amendment, actor=me())
    flash_done(_("The prepared change was given up."))
    return see_other(url("amendments.index", slug=slug))


@amendments.route("/challenges/<slug>/deadline", methods=["GET", "POST"])
@auth_required("session")
def extend(slug: str) -> ResponseReturnValue:
    challenge = _public(slug)
    require(can_prepare_amendment, me(), challenge)
    form = LaterForm(obj=challenge)
    if form.validate_on_submit():
        try:
            amendment = services.prepare_amendment(challenge, actor=me(), closes_at=form.closes_at.utc)
        except services.WrongTime as wrong:
            db.session.rollback()
            _say_wrong_time(form, str(wrong))
            return page("challenges/deadline.html", challenge=_public(slug), form=form, status=422)
        services.give_reason(amendment, actor=me(), reason_vi=form.reason_vi.data, reason_en=amendment.reason_en)
        return see_other(url("amendments.prepared", slug=slug))
    return page("challenges/deadline.html", challenge=challenge, form=form, status=status_of(form))


@fills("challenge.below")
def amendments_below(challenge: Challenge, at: datetime) -> str | None:
    """What was changed since publication, and for the agency the way to change it."""
    if not challenge.is_public or challenge.stage == Stage.HISTORY:
        return None
    rows = queries.amendments_of(challenge)
    may_amend = can_prepare_amendment(me(), challenge) and _is_running(challenge, at)
    if not rows and not may_amend:
        return None
    prepared = queries.prepared_for(challenge, me())
    context = {"challenge": challenge, "rows": rows, "may_amend": may_amend, "prepared": prepared}
    return render_template("challenges/_amendments.html", **context)


@fills("work.waiting")
def second_person_waiting(person: Person, _at: datetime) -> str | None:
    """Prepared changes that wait for a second person."""
    rows = queries.asked_of(person)
    return render_template("challenges/_asked.html", rows=rows) if rows else None
