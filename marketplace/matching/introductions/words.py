"""Why an organisation cannot be asked now, in a sentence."""

from flask_babel import lazy_gettext as _l

from marketplace.matching.introductions.services.asking import Hindrance

HINDRANCES = {
    Hindrance.STANDING: _l("You are in touch with this organisation already: look among your introductions."),
    Hindrance.BLOCKED: _l("This organisation takes no requests from yours at the moment."),
    Hindrance.DECLINED: _l("This organisation declined lately. You can ask again 90 days after its answer."),
    Hindrance.TOO_MANY_TODAY: _l("Your organisation has asked five others within a day. Try again tomorrow."),
    Hindrance.TOO_MANY_WAITING: _l("Fifteen of your requests wait for an answer. Wait for some of them first."),
    Hindrance.PUBLIC_ONLY: _l(
        "Until results are published, whoever puts a challenge speaks of it in public only: ask a question on its page."
    ),
}
