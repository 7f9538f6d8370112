"""A meeting in the words of calendars, for whoever reads: one side sees the name of the other."""

from urllib.parse import urlsplit

from flask import current_app
from flask_babel import gettext as _

from marketplace.matching.meetings.calendar_file import Entry, calendar_file
from marketplace.matching.meetings.models import Meeting
from marketplace.matching.meetings.stages import Stage
from marketplace.organisations.models import Organisation
from marketplace.pages import absolute, language, plain


def calendar_of(meeting: Meeting, side: Organisation) -> bytes | None:
    """The file for the people of a side, in the reader's language; None while no time is agreed."""
    if meeting.starts_at is None or meeting.ends_at is None:
        return None
    other = plain(meeting.introduction.other_side(side), "name")
    return calendar_file(
        Entry(
            uid=f"{meeting.reference}@{urlsplit(current_app.config['BASE_URL']).hostname}",
            sequence=meeting.sequence,
            changed_at=meeting.changed_at,
            starts_at=meeting.starts_at,
            ends_at=meeting.ends_at,
            summary=_("Meeting with %(organisation)s", organisation=other),
            place=meeting.place,
            address=absolute("introductions.show", language(), reference=meeting.introduction.reference),
            is_cancelled=meeting.stage == Stage.CANCELLED,
        )
    )
