"""What a challenge has several of, replaced as a whole when its section is saved."""

from typing import Any

from marketplace.challenges.models import Challenge, Criterion, EligibilityRule, Measure, Period, Prize
from marketplace.challenges.prizes import totals
from marketplace.challenges.stages import Field
from marketplace.db import db

ROWS: dict[str, Any] = {
    "criteria": Criterion,
    "measures": Measure,
    "periods": Period,
    "prizes": Prize,
    "eligibility": EligibilityRule,
}


def replace_rows(challenge: Challenge, name: str, lines: list[dict[str, Any]]) -> list[str] | None:
    """Put these rows in the place of the old ones; answers them in words for the journal, None if nothing changed.

    The challenge is held, so its rows are read afresh: another save may have replaced them.
    """
    db.session.expire(challenge, [name])
    rows = getattr(challenge, name)
    before = [{column: getattr(row, column) for column in line} for row, line in zip(rows, lines, strict=False)]
    if len(rows) == len(lines) and before == lines:
        return None
    rows.clear()
    db.session.flush()
    rows.extend(ROWS[name](position=position, **line) for position, line in enumerate(lines, start=1))
    db.session.flush()
    if name == "prizes":
        challenge.prize_amount, challenge.prize_currency = totals(rows).amount_vnd or None, "VND"
        named = {*(challenge.contest_fields or []), *(tier.field.value for tier in rows if tier.field)}
        challenge.contest_fields = [field.value for field in Field if field.value in named]
    return [str(row) for row in rows]
