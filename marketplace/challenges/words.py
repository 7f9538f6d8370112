"""Words for what only challenges know: who may answer, and from where."""

from flask_babel import lazy_gettext as _l

APPLICANTS = {
    "organisation": _l("An organisation"),
    "group": _l("A group of authors"),
    "individual": _l("One person"),
}
REACHES = {
    "vietnam": _l("Vietnam"),
    "hanoi": _l("Hanoi"),
}
PLACES = {**REACHES, "abroad": _l("Abroad")}
SIZES = {
    "micro": _l("Micro enterprise"),
    "small": _l("Small enterprise"),
    "medium": _l("Medium enterprise"),
    "large": _l("Large enterprise"),
}
