"""Shape of the forms of panels: limits, invitation, answer."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, DateField, EmailField, SelectField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from marketplace.fields import TicksField, WholeNumberField
from marketplace.judging.forms.parts import one_line, reasons_field, several_lines
from marketplace.judging.stages import SeatRole
from marketplace.labels import HELIX


class LimitsForm(FlaskForm):
    """How much a judge takes, until when."""

    max_load = WholeNumberField(
        _l("Most entries for one judge"),
        default=15,
        validators=[InputRequired(_l("Enter a number.")), NumberRange(1, 200, _l("Enter a number from 1 to 200."))],
    )
    score_by_on = DateField(
        _l("Score by"),
        description=_l("Judges are asked to be done at 17:00 on this day."),
        validators=[Optional()],
    )


class FieldsForm(FlaskForm):
    """For which fields of a contest a judge is; the choices are those of the contest."""

    fields = TicksField(
        _l("Reads entries of these fields"),
        description=_l("Nothing ticked: entries of all fields."),
        choices=[],
        validators=[Optional()],
    )


class InviteForm(FieldsForm):
    """Somebody with an account, by e-mail address."""

    email = EmailField(
        _l("E-mail address of the judge"),
        filters=[one_line],
        validators=[InputRequired(_l("Enter an e-mail address."))],
    )
    role = SelectField(
        _l("Role on the panel"),
        choices=[
            (SeatRole.JUDGE.value, _l("Judge")),
            (SeatRole.CHAIR.value, _l("Chair")),
            (SeatRole.ALTERNATE.value, _l("Alternate, reads where somebody drops out")),
            (SeatRole.TRAINEE.value, _l("Trainee, whose scores never count")),
        ],
        validators=[InputRequired(_l("Choose a role."))],
    )

    side = SelectField(
        _l("Speaks for"),
        choices=[
            ("", _l("As their organisation says")),
            *((key, HELIX[key]) for key in ("state", "academia", "business")),
        ],
        validators=[Optional()],
    )


class AcceptForm(FlaskForm):
    """Taking the seat."""

    undertaking = BooleanField(
        _l("I will keep what I read confidential, use it only for judging, and judge without regard to persons."),
        validators=[InputRequired(_l("Accept the undertaking to take the seat."))],
    )
    most = WholeNumberField(
        _l("Most entries that I can read"),
        description=_l("Empty: as many as every judge of this panel."),
        validators=[Optional(), NumberRange(1, 200, _l("Enter a number from 1 to 200."))],
    )


class AnchorsForm(FlaskForm):
    """Which entries all judges score first."""

    entries = TicksField(_l("Entries"))


class DepartureForm(FlaskForm):
    """A judge left."""

    reason = reasons_field(_l("Why the judge leaves"), _l("Say why."))


class DeclineForm(FlaskForm):
    """Not taking the seat."""

    reason = TextAreaField(
        _l("Why not"),
        filters=[several_lines],
        validators=[Length(max=2000, message=_l("Use at most 2,000 characters."))],
    )
