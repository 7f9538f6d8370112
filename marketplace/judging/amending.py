"""The rules of judging as a part of amendments: while solutions are taken they change like all else that is public."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from marketplace.challenges.amending.models import Amendment
from marketplace.challenges.amending.parts import Part, amends
from marketplace.challenges.models import Challenge
from marketplace.judging.queries.rules import rules_of
from marketplace.judging.rules import Content, changed, content_of
from marketplace.judging.sentences import sentences
from marketplace.judging.services.rules import replace_rules

NAME = "judging_rules"


def _content(challenge: Challenge) -> Content:
    return content_of(rules_of(challenge))


def _apply(amendment: Amendment, content: Content) -> None:
    reasons = amendment.reason_vi or amendment.reason_en or ""
    replace_rules(amendment.challenge, actor=amendment.prepared_by, content=content, reasons=reasons)


def _told(before: Any, after: Content) -> list[tuple[str, str, str]]:
    old, new = sentences(before), sentences(after)
    return [(_("Rules of judging"), old.get(name, ""), new.get(name, "")) for name in changed(before, after)]


amends(
    Part(
        name=NAME,
        label=_l("Rules of judging"),
        address="judging.edit_rules",
        content=_content,
        apply=_apply,
        told=_told,
    )
)
