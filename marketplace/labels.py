"""Words for stages, kinds, roles and fields in the reader's language; one word per thing, from the glossary."""

from collections.abc import Mapping
from typing import Any

from flask import Flask
from flask_babel import lazy_gettext as _l

PHASES = {
    "draft": (_l("Draft"), "draft"),
    "in_review": (_l("In review"), "waiting"),
    "forecast": (_l("Opening soon"), "waiting"),
    "open": (_l("Open"), "open"),
    "closed": (_l("Closed"), "waiting"),
    "screening": (_l("Eligibility check"), "waiting"),
    "judging": (_l("Under judging"), "waiting"),
    "deliberation": (_l("Deliberation"), "waiting"),
    "decided": (_l("Decided, not yet published"), "waiting"),
    "results_published": (_l("Results published"), "done"),
    "verification": (_l("Verifying winners"), "waiting"),
    "pilot": (_l("Pilot"), "done"),
    "outcome": (_l("Outcome"), "done"),
    "cancelled": (_l("Cancelled"), "stopped"),
    "not_awarded": (_l("Not awarded"), "stopped"),
    "revoked": (_l("Revoked"), "stopped"),
    "history": (_l("Ended"), "draft"),
}
PHASE_GROUPS = {
    "open": _l("Open"),
    "forecast": _l("Opening soon"),
    "closed": _l("Closed"),
    "judging": _l("Under judging"),
    "results": _l("Results published"),
    "history": _l("Ended"),
}
CHALLENGE_SECTIONS = {
    "statement": _l("The problem"),
    "outcome": _l("Outcomes and measures"),
    "resources": _l("Requirements and resources"),
    "adoption": _l("What follows a win"),
    "prizes": _l("Prizes"),
    "eligibility": _l("Who may answer"),
    "timetable": _l("Timetable"),
    "criteria": _l("Criteria and weights"),
    "entries": _l("Rules for entries"),
    "questions": _l("Time for questions"),
}
QUESTION_KINDS = {
    "short_text": _l("Short text"),
    "long_text": _l("Long text"),
    "number": _l("Number with unit"),
    "money": _l("Amount in đồng"),
    "date": _l("Day"),
    "yes_no": _l("Yes or no"),
    "one_of": _l("One of several"),
    "several_of": _l("Several of them"),
    "link": _l("Link"),
    "file": _l("One of the attached files"),
}
REPORT_REASONS = {
    "false": _l("It is not true"),
    "private": _l("It shows private facts of somebody"),
    "insulting": _l("It insults somebody"),
    "advertising": _l("It is advertising"),
    "unlawful": _l("It breaks a law"),
    "other": _l("Something else"),
}
TEXT_STAGES = {
    "reported": (_l("Reported"), "waiting"),
    "left": (_l("Left as it is"), "draft"),
    "hidden": (_l("Hidden"), "stopped"),
}
AUDIENCES_OF_LETTERS = {
    "concerned": _l("Everybody who follows, asked, or works on an entry"),
    "drafters": _l("Who began an entry and has not sent it"),
    "entrants": _l("Whose entry was received"),
    "ineligible": _l("Whose entry was found ineligible"),
    "awarded": _l("Who won"),
    "not_selected": _l("Who was not selected"),
    "late_judges": _l("Judges with entries still to score"),
}
CHANNELS = {"sms": _l("SMS"), "zalo": _l("Zalo")}
TEXT_KINDS = {
    "organisation": _l("Profile of an organisation"),
    "track_record": _l("Line of a track record"),
    "expert": _l("Page of an expert"),
    "challenge": _l("Challenge"),
    "question": _l("Question with its answer"),
    "briefing": _l("Briefing"),
    "result": _l("Winning solution"),
}
# each in its own language
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
YES_NO = {"yes": _l("Yes"), "no": _l("No")}
AUDIENCES = {
    "public": _l("everyone, if the solution wins; before that agency and judges"),
    "judges": _l("the agency and the judges"),
    "agency": _l("the agency only"),
    "sealed": _l("nobody until scores stand and the agency opens the second envelope; then agency and judges"),
}
SOLUTION_STAGES = {
    "draft": (_l("Draft"), "draft"),
    "submitted": (_l("Submitted"), "open"),
    "withdrawn": (_l("Withdrawn"), "draft"),
    "admitted": (_l("Eligible"), "done"),
    "ineligible": (_l("Ineligible"), "stopped"),
    "awarded": (_l("Awarded"), "done"),
    "not_selected": (_l("Not selected"), "draft"),
}
FIELDS = {
    "ict": _l("Information technology, electronics, telecommunications"),
    "mechanics": _l("Mechanics, automation, construction, transport"),
    "materials": _l("Materials, chemistry, energy"),
    "agriculture": _l("Agriculture, natural resources, environment"),
    "medicine": _l("Medicine and pharmacy"),
    "education": _l("Education and training"),
    "other": _l("Other fields"),
}
SPELLINGS = {
    "vi": _l("Vietnamese"),
    "unaccented": _l("Vietnamese without diacritics"),
    "en": _l("English"),
}
SEARCH_KINDS = {
    "challenge": _l("Challenge"),
    "organisation": _l("Organisation"),
    "result": _l("Winning solutions"),
}
INTRODUCTION_STAGES = {
    "asked": (_l("Waits for an answer"), "waiting"),
    "accepted": (_l("In touch"), "open"),
    "declined": (_l("Declined"), "stopped"),
    "expired": (_l("Not answered"), "draft"),
    "withdrawn": (_l("Request taken back"), "draft"),
    "ended": (_l("Ended"), "done"),
}
SUGGESTION_ROWS = {
    "best": _l("Best fit"),
    "newcomer": _l("Newcomers"),
    "far": _l("From neighbouring fields"),
}
DIGEST_SECTIONS = {
    "found": _l("New for your searches"),
    "closing": _l("Closing soon"),
    "changed": _l("Changed, or with results"),
    "profile": _l("Profiles changed or confirmed"),
    "suggested": _l("Challenges for which your organisation is suggested"),
}
VERDICTS = {
    "relevant": _l("Relevant"),
    "not_relevant": _l("Not relevant"),
    "known": _l("We know them"),
}
MEETING_STAGES = {
    "proposed": (_l("Times proposed"), "waiting"),
    "agreed": (_l("Time agreed"), "open"),
    "cancelled": (_l("Called off"), "stopped"),
    "held": (_l("Held"), "done"),
    "missed": (_l("Not held"), "draft"),
}
DECLINE_REASONS = {
    "no_capacity": _l("No time or people for it at the moment"),
    "other_field": _l("Not our field"),
    "has_partner": _l("We have a partner for it already"),
    "answers_alone": _l("We work on it alone"),
    "conflict": _l("A conflict of interest"),
    "unclear": _l("What for is not clear enough"),
    "other": _l("Another reason"),
}
FUNNEL_STEPS = {
    "asked": _l("Requests"),
    "suggested": _l("Of these from a suggestion"),
    "accepted": _l("Requests accepted"),
    "met": _l("Met"),
    "joint_entries": _l("Joint entry"),
    "awards": _l("Award"),
    "contracts": _l("Contract"),
    "waiting": _l("Wait for an answer"),
    "declined": _l("Declined"),
    "unanswered": _l("Not answered or taken back"),
    "met_one_side": _l("Met, said by one side"),
    "contracts_one_side": _l("Contract, said by one side"),
}
IP_TERMS = {
    "keep": _l("The entrant keeps all rights"),
    "licence": _l("The entrant keeps the rights and licenses the agency to use the solution"),
    "transfer": _l("The rights pass to the agency against payment"),
    "open": _l("The solution is published under an open licence"),
}
HELIX = {
    "state": _l("State"),
    "academia": _l("Academia"),
    "business": _l("Business"),
    "support": _l("Support"),
}
KINDS = {
    "party": _l("Party body"),
    "department": _l("City department"),
    "agency": _l("City agency"),
    "commune": _l("Commune or ward"),
    "mass": _l("Mass organisation"),
    "public_unit": _l("Public service unit"),
    "state_operator": _l("State-owned operator"),
    "university": _l("University"),
    "institute": _l("Research institute"),
    "hospital": _l("Hospital"),
    "laboratory": _l("Laboratory"),
    "learned_society": _l("Learned society"),
    "startup": _l("Innovative startup"),
    "science_enterprise": _l("Science and technology enterprise"),
    "enterprise": _l("Enterprise"),
    "large_enterprise": _l("Large enterprise"),
    "foreign": _l("Foreign partner"),
    "cooperative": _l("Cooperative"),
    "household": _l("Household business"),
    "business_association": _l("Business association"),
    "investor": _l("Investor"),
    "incubator": _l("Incubator"),
    "hub": _l("Innovation centre"),
    "exchange": _l("Technology exchange"),
    "ip_firm": _l("Intellectual property firm"),
    "community": _l("Community or volunteer team"),
    "media": _l("Media"),
    "association": _l("Association"),
    "individual": _l("Person in their own name"),
    "group": _l("Group of authors"),
}
ROLES = {
    "owner": _l("Owner"),
    "manager": _l("Manager"),
    "member": _l("Member"),
    "viewer": _l("Viewer"),
}
WRITING_RIGHTS = {
    "view": _l("Read"),
    "comment": _l("Read and comment"),
    "edit": _l("Read, comment and write"),
}
PLATFORM_ROLES = {"operator": _l("Platform operator"), "auditor": _l("Auditor")}
EVIDENCE_KINDS = {
    "project": _l("Project"),
    "product": _l("Product"),
    "patent": _l("Patent"),
    "paper": _l("Paper"),
}
GAPS = {
    "title": _l("a title"),
    "summary": _l("a summary"),
    "description": _l("a description of at least 200 characters"),
    "figures": _l("a figure in the description"),
    "users": _l("who suffers from the problem"),
    "current_cost": _l("what the problem costs today"),
    "prior_work": _l("what was tried before"),
    "english": _l("title and summary in English"),
    "outcomes": _l("at least one outcome"),
    "measures": _l("at least one measure of success with target and unit"),
    "today": _l("today's value of a measure"),
    "data": _l("which data and site are available"),
    "capabilities": _l("at least one required capability"),
    "essentials": _l("what a solution cannot do without"),
    "adoption": _l("what happens after a win"),
    "owner": _l("who takes the solution into use"),
    "pilot_budget": _l("the pilot budget"),
    "pilot_site": _l("the pilot site"),
    "reward": _l("a prize or a pilot budget"),
    "decision": _l("the day of the decision"),
    "ip": _l("who owns the rights"),
    "timetable": _l("opening and closing times at least 24 hours apart, closing in the future"),
    "long_enough": _l("thirty days to answer"),
    "criteria": _l("criteria whose weights sum to 100 percent"),
    "anchors": _l("what earns few and many points, for every criterion"),
}


def word(table: Mapping[str, Any], key: object) -> str:
    """The word for a key of one of the tables above; the key itself where the table has none."""
    found = table.get(str(getattr(key, "value", key)), str(key))
    return str(found[0] if isinstance(found, tuple) else found)


def tone(table: Mapping[str, Any], key: object) -> str:
    """How a stage's chip looks: draft, open, urgent, waiting, done or stopped; always beside the word."""
    return str(table.get(str(getattr(key, "value", key)), ("", "draft"))[1])


def bind_to(app: Flask) -> None:
    """Give `app`'s templates these words."""
    tables = {name: table for name, table in globals().items() if name.isupper()}
    app.jinja_env.globals.update(word=word, tone=tone, **tables)
    app.jinja_env.filters["gap_word"] = lambda name: word(GAPS, name)
