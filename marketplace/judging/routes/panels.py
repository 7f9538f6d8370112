"""The secretary's addresses: the panel, invitations, assignment, reminders."""

from collections import defaultdict
from collections.abc import Sequence

from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_security import auth_required

from marketplace import clock
from marketplace.accounts.models import Person
from marketplace.accounts.queries import person_by_email
from marketplace.challenges.models import Challenge
from marketplace.challenges.queries import get_challenge
from marketplace.challenges.stages import Field, Stage
from marketplace.db import db
from marketplace.errors import Conflict, NotFound, NotReady, Refused
from marketplace.judging.assignment import Infeasible
from marketplace.judging.forms import FieldsForm, InviteForm, LimitsForm
from marketplace.judging.models import Panel, Seat, Sheet
from marketplace.judging.policy import can_make_panel
from marketplace.judging.queries.draws import draw_of
from marketplace.judging.queries.entries import entries_of, unscreened_count
from marketplace.judging.queries.fit import fit_of
from marketplace.judging.queries.objections import objections_of, questions_of
from marketplace.judging.queries.panels import (
    declared,
    entries_in_round,
    get_panel,
    loads,
    panel_of,
    sides_of,
    standings,
)
from marketplace.judging.queries.sheets import sheets_of_panel
from marketplace.judging.routes.blueprint import judging
from marketplace.judging.routes.fields import field_asked
from marketplace.judging.services import assigning, drawing, panels
from marketplace.judging.stages import SeatRole
from marketplace.labels import FIELDS, word
from marketplace.organisations.experts.models import Expert
from marketplace.organisations.experts.queries import experts_for, get_expert
from marketplace.organisations.stages import Helix
from marketplace.pages import flash_done, me, page, see_other, status_of, url

_ASKED = frozenset({Stage.SCREENING, Stage.JUDGING})


def challenge_to_run(slug: str) -> Challenge:
    """The challenge at this address; raises NotFound for everybody but the agency's people."""
    challenge = get_challenge(slug, me())
    if not can_make_panel(me(), challenge):
        raise NotFound(slug)
    return challenge


def _show(panel: Panel, **context) -> ResponseReturnValue:
    entries = entries_of(panel.challenge)
    sheets, sides = sheets_of_panel(panel), sides_of(panel.seats)
    field, known = field_asked(panel.challenge), standings(panel.seats, entries)
    forms = {"limits": LimitsForm(formdata=None, obj=panel), "invite": _invite_form(panel, fresh=True)}
    context = {**forms, "shortage": None, "gaps": [], "status": 200, **context}
    return page(
        "judging/panel.html",
        panel=panel,
        challenge=panel.challenge,
        entries=entries,
        unscreened=unscreened_count(panel.challenge),
        declared=declared(panel.seats, entries, known),
        field=field,
        draw=draw_of(panel.challenge) if panel.rules.pair_cap else None,
        shown=[entry for entry in entries if field is None or entry.field in (field, None)],
        loads=loads(panel),
        sides=sides,
        fit=fit_of(entries, sheets, seats=panel.seats, sides=sides),
        experts=_experts(panel),
        question_count=len(questions_of(panel, entries, known, objections_of(panel)))
        if panel.challenge.stage in _ASKED
        else 0,
        readers=_readers(sheets),
        vacancies=assigning.vacancies(
            panel,
            entries_in_round(panel, entries),
            [(each.solution_id, each.seat_id) for each in sheets if each.seat.counts],
        ),
        **context,
    )


def _experts(panel: Panel) -> Sequence[Expert]:
    """Who knows the challenge's fields and has no seat, as long as judges are invited."""
    challenge = panel.challenge
    if challenge.stage not in {Stage.PUBLISHED, *_ASKED}:
        return []
    fields = {field.value for field in [*challenge.entry_fields, challenge.field] if field is not None}
    return experts_for(me(), fields=fields, besides=[seat.person_id for seat in panel.seats])


@judging.post("/challenges/<slug>/panel/experts/<reference>")
@auth_required("session")
def invite_expert(slug: str, reference: str) -> ResponseReturnValue:
    found = get_panel(challenge_to_run(slug))
    expert = get_expert(reference, me())
    if expert.person is None:
        raise NotFound(reference)
    panels.invite_judge(found, expert.person, role=SeatRole.JUDGE, actor=me())
    flash_done(_("%(person)s was invited.", person=expert.full_name))
    return see_other(url("judging.panel", slug=slug))


def _readers(sheets: Sequence[Sheet]) -> dict[int, list[Sheet]]:
    """The sheets of each entry, by solution id."""
    found: dict[int, list[Sheet]] = defaultdict(list)
    for sheet in sheets:
        found[sheet.solution_id].append(sheet)
    return found


def _invite_form(panel: Panel, *, fresh: bool = False) -> InviteForm:
    """The form, with the fields of a contest where there are some."""
    form = InviteForm(formdata=None) if fresh else InviteForm()
    form.fields.choices = [(field.value, word(FIELDS, field)) for field in panel.challenge.entry_fields]
    if not form.fields.choices:
        del form.fields
    return form


@judging.get("/challenges/<slug>/panel")
@auth_required("session")
def panel(slug: str) -> ResponseReturnValue:
    challenge = challenge_to_run(slug)
    found = panel_of(challenge)
    if found is None:
        ready = challenge.stage == Stage.SCREENING or challenge.phase(clock.database_now()) == "closed"
        return page("judging/new_panel.html", challenge=challenge, form=LimitsForm(), ready=ready)
    return _show(found)


@judging.post("/challenges/<slug>/panel")
@auth_required("session")
def make_panel(slug: str) -> ResponseReturnValue:
    challenge, form = challenge_to_run(slug), LimitsForm()
    if not form.validate():
        return page("judging/new_panel.html", challenge=challenge, form=form, ready=True, status=status_of(form))
    made = panels.make_panel(challenge, actor=me(), max_load=form.max_load.data)
    panels.change_panel(made, actor=me(), score_by_on=form.score_by_on.data)
    flash_done(_("The panel was made. Now invite its judges."))
    return see_other(url("judging.panel", slug=slug))


@judging.post("/challenges/<slug>/panel/limits")
@auth_required("session")
def change_panel(slug: str) -> ResponseReturnValue:
    found, form = get_panel(challenge_to_run(slug)), LimitsForm()
    if not form.validate():
        return _show(found, limits=form, form=form, status=status_of(form))
    most = None if found.challenge.stage == Stage.JUDGING else form.max_load.data
    panels.change_panel(found, actor=me(), score_by_on=form.score_by_on.data, max_load=most)
    flash_done(_("The limits of the panel were saved."))
    return see_other(url("judging.panel", slug=slug))


@judging.post("/challenges/<slug>/panel/seats")
@auth_required("session")
def invite_judge(slug: str) -> ResponseReturnValue:
    found = get_panel(challenge_to_run(slug))
    form = _invite_form(found)
    if form.validate():
        person = person_by_email(form.email.data)
        if person is None or person.confirmed_at is None:
            form.email.errors = [
                _("Nobody has an account with this address. Ask the person to create one, then invite them.")
            ]
        else:
            try:
                _invite(found, person, form)
            except Refused:
                form.email.errors = [_("You cannot invite yourself.")]
            except Conflict:
                form.email.errors = [_("This person has a seat already, or the panel or field has its chair.")]
            else:
                flash_done(_("%(person)s was invited.", person=person.full_name))
                return see_other(url("judging.panel", slug=slug))
    return _show(found, invite=form, form=form, status=status_of(form))


def _invite(found: Panel, person: Person, form: InviteForm) -> None:
    """A chair of exactly one field leads that field; any other one the whole panel."""
    role, fields = SeatRole(form.role.data), _fields(form)
    if role == SeatRole.CHAIR and len(fields) == 1:
        panels.invite_field_chair(found, person, field=fields[0], actor=me(), side=_side(form))
        return
    seat = panels.invite_judge(found, person, role=role, actor=me(), side=_side(form))
    panels.give_fields(seat, actor=me(), fields=fields)


def _fields(form: InviteForm) -> list[Field]:
    return [Field(key) for key in form.fields.data] if "fields" in form else []


@judging.route("/challenges/<slug>/panel/seats/<reference>/fields", methods=["GET", "POST"])
@auth_required("session")
def give_fields(slug: str, reference: str) -> ResponseReturnValue:
    seat = seat_on(get_panel(challenge_to_run(slug)), reference)
    fields = seat.panel.challenge.entry_fields
    if not fields:
        raise NotFound(reference)
    form = FieldsForm(data={"fields": seat.fields})
    form.fields.choices = [(field.value, word(FIELDS, field)) for field in fields]
    if form.validate_on_submit():
        try:
            panels.give_fields(seat, actor=me(), fields=[Field(key) for key in form.fields.data])
        except Conflict:
            form.fields.errors = [_("Whoever chairs a field stays with it.")]
            return page("judging/seat_fields.html", seat=seat, challenge=seat.panel.challenge, form=form, status=409)
        flash_done(_("The fields of %(person)s were saved.", person=seat.person.full_name))
        return see_other(url("judging.panel", slug=slug))
    return page(
        "judging/seat_fields.html", seat=seat, challenge=seat.panel.challenge, form=form, status=status_of(form)
    )


def seat_on(found: Panel, reference: str) -> Seat:
    """The seat of this reference on this panel; raises NotFound."""
    for seat in found.seats:
        if seat.reference == reference:
            return seat
    raise NotFound(reference)


def _side(form: InviteForm) -> Helix | None:
    return Helix(form.side.data) if form.side.data else None


@judging.post("/challenges/<slug>/panel/assignment")
@auth_required("session")
def assign_judges(slug: str) -> ResponseReturnValue:
    found = get_panel(challenge_to_run(slug))
    deed = assigning.fill_vacancies if found.challenge.stage == Stage.JUDGING else assigning.assign_judges
    try:
        sheets = deed(found, actor=me())
    except Infeasible as error:
        return _refused(found, shortage=error.cause)
    except NotReady as error:
        return _refused(found, gaps=error.gaps)
    flash_done(ngettext("%(num)d score sheet was handed out.", "%(num)d score sheets were handed out.", len(sheets)))
    return see_other(url("judging.panel", slug=slug))


def _refused(found: Panel, **why) -> ResponseReturnValue:
    """The panel as it stood before the refused deed."""
    db.session.rollback()
    return _show(get_panel(challenge_to_run(found.challenge.slug)), has_errors=True, status=422, **why)


@judging.post("/challenges/<slug>/panel/draw")
@auth_required("session")
def commit_draw(slug: str) -> ResponseReturnValue:
    drawing.commit_draw(get_panel(challenge_to_run(slug)), actor=me())
    flash_done(_("The seed was chosen. Its SHA-256 is in the journal and in the rules of judging."))
    return see_other(url("judging.panel", slug=slug))


@judging.post("/challenges/<slug>/panel/reminders")
@auth_required("session")
def remind_judges(slug: str) -> ResponseReturnValue:
    reminded = panels.remind_judges(get_panel(challenge_to_run(slug)), actor=me())
    flash_done(ngettext("%(num)d judge was reminded.", "%(num)d judges were reminded.", len(reminded)))
    return see_other(url("judging.panel", slug=slug))
