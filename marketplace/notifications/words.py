"""Words for kinds of letters and for how far one is on its way."""

from flask_babel import lazy_gettext as _l

LETTER_KINDS = {
    "confirm_address": _l("Confirm the address"),
    "already_registered": _l("Already registered"),
    "reset_password": _l("New password"),
    "password_changed": _l("Password changed"),
    "invitation": _l("Invitation to an organisation"),
    "partner_invited": _l("Invitation to a consortium"),
    "partner_answered": _l("A partner's answer"),
    "confirmation_asked": _l("Confirmation asked of a partner"),
    "draft_not_counted": _l("Draft incomplete at closing"),
    "author_named": _l("Question to an author"),
    "coeditor_invited": _l("Invitation to write a solution"),
    "challenge_submitted": _l("Challenge for publication"),
    "challenge_returned": _l("Challenge returned"),
    "review_message": _l("Message of the review"),
    "challenge_published": _l("Challenge published"),
    "challenge_cancelled": _l("Challenge cancelled"),
    "challenge_answered": _l("Question answered"),
    "question_removed": _l("Question taken away"),
    "challenge_amended": _l("Challenge amended"),
    "receipt": _l("Receipt"),
    "solution_withdrawn": _l("Solution withdrawn"),
    "clarification_asked": _l("Clarification asked for"),
    "clarification_answered": _l("Clarification received"),
    "solution_confirmed": _l("Solution confirmed"),
    "solution_excluded": _l("Solution not eligible"),
    "results_awarded": _l("Solution awarded"),
    "results_not_selected": _l("Solution not selected"),
    "judge_invited": _l("Invitation to judge"),
    "judges_assigned": _l("Solutions to judge"),
    "judge_reminded": _l("Reminder to judge"),
}
LETTER_STATES = {
    "waiting": (_l("Waiting"), "waiting"),
    "sent": (_l("Sent"), "done"),
    "kept": (_l("Kept here: no mail server is set"), "draft"),
    "failed": (_l("Failed"), "stopped"),
}
