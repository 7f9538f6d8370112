"""Words for what only challenges know: who may answer, and advice on what a statement misses."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from marketplace.challenges.importing import RefusedRow
from marketplace.challenges.tables import NoTable
from marketplace.formats import number
from marketplace.labels import HELIX, KINDS, word

PAIR_NAMES = {
    "title": _l("Title of the challenge"),
    "summary": _l("Summary"),
    "description": _l("Background"),
    "users": _l("Who suffers"),
    "current_cost": _l("What it costs today"),
    "prior_work": _l("What was tried before"),
    "data": _l("Data and site available"),
    "partners": _l("What the three houses contribute"),
    "adoption": _l("What happens after a win"),
    "adoption_owner": _l("Who takes the solution into use"),
    "pilot_site": _l("Pilot site"),
    "outcomes": _l("Outcomes"),
    "essentials": _l("What a solution cannot do without"),
    "nice_to_haves": _l("What would be welcome"),
    "capabilities": _l("Required capabilities"),
    "policies": _l("Programmes and plans that it serves"),
    "measures": _l("Measures of success"),
    "prizes": _l("Prizes"),
    "periods": _l("Phases"),
    "criteria": _l("Criteria and weights"),
}
TRANSLATIONS = {
    "missing": (_l("Not translated"), "draft"),
    "unchecked": (_l("Not checked"), "waiting"),
    "machine": (_l("Machine translation"), "waiting"),
    "approved": (_l("Approved"), "done"),
    "stale": (_l("Original changed since"), "urgent"),
}
PATTERNS = {
    "pilot": _l("A pilot: one problem, one winner, then a trial"),
    "contest": _l("A contest: six fields, four kinds of prizes"),
    "data": _l("A data challenge: a model is built on data of the agency"),
}
APPLICANTS = {
    "organisation": _l("An organisation"),
    "group": _l("A group of authors"),
    "individual": _l("One person"),
}
# rules that may bind the partners of a consortium, by what they ask
PARTNER_RULES = {
    "kinds": _l("Kinds of organisation"),
    "sides": _l("Houses"),
    "place": _l("Where they must be at home"),
    "sizes": _l("Sizes of enterprise"),
    "no_prize": _l("Years without a prize on this site"),
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
_ANSWERS: dict[str, Mapping[str, Any]] = {
    "applicants": APPLICANTS,
    "kinds": KINDS,
    "sides": HELIX,
    "place": PLACES,
    "sizes": SIZES,
}
PLEDGE_OUTCOMES = {
    "decided": _l("The agency decided"),
    "dropped": _l("The agency dropped it"),
}
PLEDGES = {
    "promised": (_l("Promised"), "waiting"),
    "kept": (_l("Kept"), "done"),
    "late": (_l("Late: nothing was said yet"), "urgent"),
    "kept_late": (_l("Decided, but late"), "done"),
    "dropped": (_l("Dropped"), "stopped"),
}
DIRECTIONS = {
    "at_least": _l("at least"),
    "at_most": _l("at most"),
}
# What to do about each gap of labels.GAPS.
ADVICE = {
    "title": _l("Name what should become better and for whom, not the technology you think of."),
    "summary": _l("Say in two sentences who has the problem and what you seek. Lists and letters show only this."),
    "description": _l(
        "Tell what happens on an ordinary bad day: where, how often, what people do about it. Half a page is enough."
    ),
    "figures": _l("Give at least one number: how many cases a year, how many households, how many hours."),
    "users": _l("Name the people who have the problem and how many they are, not only the office in charge."),
    "current_cost": _l(
        "Say what the problem costs today, in money, hours or harm. An estimate with its source is better than nothing."
    ),
    "prior_work": _l("Say what was tried and why it did not suffice; nobody then offers it again."),
    "english": _l("Add title and summary in English, so that foreign partners find the problem."),
    "outcomes": _l("Say what must be different at the end of the pilot, one outcome a line."),
    "measures": _l(
        "Choose something that can be counted, and say how much is enough. For example: time of warning, at least 60 "
        "minutes."
    ),
    "today": _l("Write today's value beside a target; otherwise nobody can tell how far there is to go."),
    "data": _l(
        "Name the data, its form and from which day it can be used, or a site that may be visited. If there is none, "
        "say so."
    ),
    "capabilities": _l("Name the skills that a team needs. Partners are suggested by them."),
    "essentials": _l("List what is refused if it is missing, apart from what would only be welcome."),
    "adoption": _l("Say what a winner gets to do: pilot, order, purchase, and in which order."),
    "owner": _l("Name the unit and the post that will use the solution. A win without an owner leads nowhere."),
    "pilot_budget": _l("Write the amount set aside for the pilot. If there is none, write 0: that is said publicly."),
    "pilot_site": _l("Name the place where it is tried out: a ward, a school, a stretch of river."),
    "reward": _l("Name a prize, or set aside a pilot budget. Good teams answer where something follows."),
    "decision": _l("Name the day by which your agency decides about use. The page later shows whether it was kept."),
    "ip": _l(
        "Choose who owns what. Where the entrant keeps the rights and your agency may use the solution, most answer."
    ),
    "timetable": _l("Leave at least 24 hours between opening and closing, and close in the future."),
    "long_enough": _l("Give teams thirty days or more; a consortium needs about that long."),
    "criteria": _l("Give each criterion a weight so that all sum to 100 percent."),
    "anchors": _l("Describe for each criterion what earns 0, 5 and 10 points. Judges then agree more."),
}
# Columns of a table of old editions, as its first row names them.
COLUMNS = {
    "title": _l("title"),
    "agency": _l("agency"),
    "summary": _l("summary"),
    "description": _l("description"),
    "prize": _l("prize"),
    "opens": _l("opens"),
    "closes": _l("closes"),
    "url": _l("url"),
    "judging": _l("judging"),
    "language": _l("language"),
}
# Why a row of such a table is refused; importing.RefusedRow says the word and the places.
REFUSED_ROWS = {
    "language": _l("The language must be vi or en, not %(text)s."),
    "several_amounts": _l("The prize must be one amount, not %(text)s."),
    "fraction": _l("The prize must be a whole amount, not %(text)s."),
    "no_currency": _l("The prize must name its currency, for example 40.000.000 đồng; %(text)s does not."),
    "two_currencies": _l("The prize names two currencies: %(text)s."),
    "amount_range": _l("The prize is too small or too large: %(text)s."),
    "row_length": _l("The row is too long."),
    "not_utf8": _l("The row is not written in UTF-8."),
    "not_json": _l("The row is not JSON."),
    "no_object": _l("The row is no JSON object."),
    "not_text": _l("The column “%(name)s” is not a text."),
    "too_long": _l("The column “%(name)s” is longer than %(most)s letters."),
    "empty": _l("The column “%(name)s” is empty."),
    "no_day": _l("The column “%(name)s” must hold a day such as 31/12/2026, not %(text)s."),
    "order": _l("It closes before it opens."),
    "no_address": _l("The url must be a web address that begins with https://, not %(text)s."),
    "same_address": _l("Row %(row)s has the same url."),
}
# Why a whole file is; tables.NoTable says the word and the places.
NO_TABLES = {
    "columns": _l("The first row must name at least the columns title, agency and url."),
    "size": _l("The table has more than %(most)s rows. Split it."),
    "kind": _l("This is neither an XLSX workbook nor a CSV file."),
}


def told_refusal(refusal: RefusedRow | NoTable) -> str:
    """Why a row or a file cannot come in, as a sentence in the reader's language."""
    words = REFUSED_ROWS if isinstance(refusal, RefusedRow) else NO_TABLES
    places = {name: number(value) if isinstance(value, int) else value for name, value in refusal.places.items()}
    if "name" in places:
        places["name"] = str(COLUMNS[places["name"]])
    return str(words[refusal.why]) % places


def told_rule(kind: str, values: Sequence[str], binds_partners: bool) -> str:
    """A rule of eligibility as a sentence in the reader's language."""
    places = {"list": "; ".join(word(_ANSWERS.get(kind, {}), value) for value in values)}
    if kind == "applicants":
        text = _("Entries may stand in the name of: %(list)s.", **places)
    elif kind == "kinds":
        text = _("Open to: %(list)s.", **places)
    elif kind == "sides":
        text = _("Open to these houses: %(list)s.", **places)
    elif kind == "place":
        text = _("At home in: %(list)s.", **places)
    elif kind == "sizes":
        text = _("Size of the enterprise: %(list)s.", **places)
    else:
        text = ngettext(
            "No prize won on this site in the last %(num)d year.",
            "No prize won on this site in the last %(num)d years.",
            int(values[0]),
        )
    return f"{text} {_('This holds for every partner of a consortium too.')}" if binds_partners else text
