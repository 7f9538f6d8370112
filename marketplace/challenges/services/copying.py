"""A new draft from an old challenge or from a pattern: all that does not depend on the calendar."""

from typing import Any

from marketplace.accounts.models import Person
from marketplace.challenges.events import ChallengeCopied
from marketplace.challenges.models import Challenge
from marketplace.challenges.patterns import pattern
from marketplace.challenges.services.authoring import draft_challenge, edit_challenge
from marketplace.events import announce
from marketplace.organisations.models import Organisation

_TEXTS = (
    "summary",
    "description",
    "users",
    "current_cost",
    "prior_work",
    "data",
    "partners",
    "adoption",
    "adoption_owner",
    "pilot_site",
    "theme",
)
_COPIED = (
    "title_en",
    *(f"{name}_{language}" for name in _TEXTS for language in ("vi", "en")),
    *("outcomes", "capabilities", "essentials", "nice_to_haves", "policies"),
    *("field", "contest_fields", "ip_terms", "pilot_budget_vnd", "most_entries"),
    *("partners_confirm", "counts_complete_drafts"),
)
_ROWS = {
    "criteria": ("name_vi", "name_en", "weight_bp", "maximum", "description_vi", "description_en", "anchors"),
    "measures": ("name_vi", "name_en", "direction", "today_milli", "target_milli", "unit_vi", "unit_en"),
    "prizes": ("name_vi", "name_en", "field", "quantity", "amount_vnd", "reward_vi", "reward_en"),
    "eligibility": ("kind", "values", "binds_partners"),
}


def copy_challenge(source: Challenge, *, actor: Person, agency: Organisation, title_vi: str) -> Challenge:
    """Begin a draft with the texts, criteria, prizes and rules of `source`, which the actor sees; without its days.

    Raises Refused unless the actor writes for this state body.
    """
    draft = draft_challenge(agency, actor=actor, title_vi=title_vi, original_language=source.original_language)
    columns: dict[str, Any] = {name: getattr(source, name) for name in _COPIED}
    rows: dict[str, Any] = {
        name: [{column: getattr(row, column) for column in wanted} for row in getattr(source, name)]
        for name, wanted in _ROWS.items()
    }
    edit_challenge(draft, actor=actor, **columns, **rows)
    facts = {"source": source.reference}
    announce(ChallengeCopied(actor=actor, subject=draft, facts=facts, unsaid={"source": source}))
    return draft


def draft_from_pattern(name: str, *, actor: Person, agency: Organisation, title_vi: str) -> Challenge:
    """Begin a draft with the usual criteria, prizes, rules and wordings of a kind of challenge (patterns.NAMES).

    Raises Refused unless the actor writes for this state body, KeyError for an unknown pattern.
    """
    wording = pattern(name)
    draft = draft_challenge(agency, actor=actor, title_vi=title_vi)
    edit_challenge(draft, actor=actor, **wording)
    return draft
