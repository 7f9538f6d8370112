"""What letters are about, and which of them people may have collected or not at all. Pure."""

import enum

from flask_babel import lazy_gettext as _l


class How(enum.StrEnum):
    """How a letter reaches its reader. Every letter can be read on the site as well."""

    AT_ONCE = "at_once"
    DAILY = "daily"
    OFF = "off"


class Topic(enum.StrEnum):
    """What may be chosen; letters of no topic carry duties or deadlines and always leave at once."""

    QUESTIONS = "questions"
    REMINDERS = "reminders"
    INTRODUCTIONS = "introductions"
    AGENCY = "agency"


TOPIC_OF = {
    "challenge_answered": Topic.QUESTIONS,
    "room_file_added": Topic.QUESTIONS,
    "closing_soon": Topic.REMINDERS,
    "judge_reminded": Topic.REMINDERS,
    "introduction_asked": Topic.INTRODUCTIONS,
    "introduction_answered": Topic.INTRODUCTIONS,
    "introduction_message": Topic.INTRODUCTIONS,
    "meeting_news": Topic.INTRODUCTIONS,
    "meeting_over": Topic.INTRODUCTIONS,
    "challenge_published": Topic.AGENCY,
    "review_message": Topic.AGENCY,
}
# Their links open accounts or rights, so they are read in the mailbox only.
SECRET_KINDS = frozenset(
    {
        *("confirm_address", "already_registered", "reset_password", "invitation", "author_named"),
        *("coeditor_invited", "judge_expected", "collected"),
    }
)
TOPICS = {
    Topic.QUESTIONS: (
        _l("Answers and files of challenges"),
        _l("New answers to questions, and new files of challenges that you follow or answer."),
    ),
    Topic.REMINDERS: (_l("Reminders"), _l("Before a challenge closes, and while score sheets wait for you.")),
    Topic.INTRODUCTIONS: (
        _l("Introductions and meetings"),
        _l("Somebody asks for an introduction, writes or meets you."),
    ),
    Topic.AGENCY: (_l("Work of your agency"), _l("A challenge of yours was published, or its review says something.")),
}
HOWS = {How.AT_ONCE: _l("At once"), How.DAILY: _l("Once a day, together"), How.OFF: _l("Only on the site")}
