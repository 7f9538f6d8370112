"""Shape of the plan of a defence, of moving a hearing, and of what was asked."""

from collections.abc import Iterable, Sequence
from datetime import datetime, time
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, DateField, SelectField, StringField, TextAreaField, TimeField
from wtforms.validators import DataRequired, Length, Optional, ValidationError

from marketplace import clock
from marketplace.fields import AtMost, HanoiTimeField, one_line, several_lines
from marketplace.judging.defence.models import LONGEST_ROOM
from marketplace.judging.defence.planning import Frame
from marketplace.judging.models import Seat

MOST_ROOMS = 20
_MINUTES = [(str(number), str(number)) for number in (10, 15, 20, 25, 30, 40, 45, 60, 90)]
_PAUSES = [(str(number), str(number)) for number in (0, 5, 10, 15)]


def _on_the_five(_form: FlaskForm, field: TimeField) -> None:
    if field.data and (field.data.minute % 5 or field.data.second):
        raise ValidationError(_("Choose a time in steps of five minutes, for example 08:30."))


class PlanForm(FlaskForm):
    """Days, times of the day, length of a hearing, and rooms."""

    day_1 = DateField(_l("Day"), validators=[DataRequired(_l("Choose a day."))])
    day_2 = DateField(_l("Second day"), validators=[Optional()])
    day_3 = DateField(_l("Third day"), validators=[Optional()])
    begins = TimeField(_l("Begins"), default=time(8), validators=[DataRequired(_l("Choose a time.")), _on_the_five])
    ends = TimeField(_l("Ends"), default=time(17), validators=[DataRequired(_l("Choose a time.")), _on_the_five])
    minutes = SelectField(_l("Minutes for one entry"), choices=_MINUTES, default="20")
    pause = SelectField(_l("Minutes between two entries"), choices=_PAUSES, default="5")
    rests_at_noon = BooleanField(_l("Nobody is heard between 12:00 and 13:30"), default=True)
    rooms = TextAreaField(
        _l("Rooms"),
        description=_l("One a line. With two rooms two entries are heard at once, by different judges."),
        filters=[several_lines],
        validators=[DataRequired(_l("Name a room.")), Length(max=2000, message=_l("Use at most 2,000 characters."))],
    )

    def validate_ends(self, field: TimeField) -> None:
        if field.data and self.begins.data and field.data <= self.begins.data:
            raise ValidationError(_("The day ends after it begins."))

    def validate_rooms(self, field: TextAreaField) -> None:
        names = self.room_names()
        if len(names) > MOST_ROOMS or any(len(name) > LONGEST_ROOM for name in names):
            raise ValidationError(_("Use at most %(number)d rooms with short names.", number=MOST_ROOMS))

    def room_names(self) -> list[str]:
        """The rooms in order, each once."""
        return list(dict.fromkeys(name for line in (self.rooms.data or "").splitlines() if (name := one_line(line))))

    def frame(self) -> Frame:
        """What a valid form says of times."""
        days = [day.data for day in (self.day_1, self.day_2, self.day_3) if day.data]
        return Frame(
            days,
            self.begins.data or time(8),
            self.ends.data or time(17),
            minutes=int(self.minutes.data),
            pause=int(self.pause.data),
            rests_at_noon=self.rests_at_noon.data,
        )


class MoveForm(FlaskForm):
    """Another time and room; whoever stands there changes places."""

    place: Any = SelectField(_l("New time and room"), validators=[DataRequired(_l("Choose a time and room."))])

    def __init__(self, places: Sequence[tuple[str, str]], **options: Any):
        super().__init__(**options)
        self.place.choices = list(places)


class AbsenceForm(FlaskForm):
    """When a judge cannot come."""

    starts_at = HanoiTimeField(_l("Away from (Hanoi time)"), validators=[DataRequired(_l("Say from when."))])
    ends_at = HanoiTimeField(_l("Until (Hanoi time)"), validators=[DataRequired(_l("Say until when."))])
    reason = StringField(
        _l("Reason"),
        description=_l("Only the judge and the secretary read it. It may be left empty."),
        filters=[one_line],
        validators=[AtMost(200)],
    )

    def validate_ends_at(self, field: HanoiTimeField) -> None:
        if field.utc and self.starts_at.utc and field.utc <= self.starts_at.utc:
            raise ValidationError(_("The end is not before the beginning."))
        if field.utc and field.utc <= clock.now():
            raise ValidationError(_("This moment is over."))

    @property
    def span(self) -> tuple[datetime, datetime]:
        """From and until, in UTC; raises ValueError for a form that is not valid."""
        begins, ends = self.starts_at.utc, self.ends_at.utc
        if begins is None or ends is None:
            raise ValueError("the form is not valid")
        return begins, ends


class JudgesAbsenceForm(AbsenceForm):
    """The same, said by the secretary for a judge."""

    seat: Any = SelectField(_l("Judge"), validators=[DataRequired(_l("Choose a judge."))])

    def __init__(self, seats: Iterable[Seat], **options: Any):
        super().__init__(**options)
        self.seat.choices = [(seat.reference, seat.person.full_name) for seat in seats]


class AskedForm(FlaskForm):
    """A question of the hearing, and the answer in short."""

    question = TextAreaField(
        _l("Question"), filters=[several_lines], validators=[DataRequired(_l("Write the question.")), AtMost(2000)]
    )
    answer = TextAreaField(_l("Answer in short"), filters=[several_lines], validators=[AtMost(3000)])
