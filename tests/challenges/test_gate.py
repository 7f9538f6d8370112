"""What the quality gate lets through."""

from datetime import UTC, datetime, timedelta

import pytest

from marketplace.challenges.gate import Gap, gaps
from tests import make


def test_a_complete_statement_has_no_gaps(app):
    challenge = make.a_draft_challenge()

    assert gaps(challenge, datetime.now(UTC)) == []


@pytest.mark.parametrize(
    ("column", "value", "gap"),
    [
        ("summary_vi", None, Gap("summary", "statement")),
        ("description_vi", "Ngắn quá.", Gap("description", "statement")),
        ("users_vi", "", Gap("users", "statement")),
        ("outcomes", [], Gap("outcomes", "outcome")),
        ("prize_amount", None, Gap("reward", "prizes")),
        ("decision_on", None, Gap("decision", "adoption")),
        ("ip_terms", None, Gap("ip", "adoption")),
        ("closes_at", None, Gap("timetable", "timetable")),
    ],
)
def test_each_missing_thing_is_named(app, column, value, gap):
    challenge = make.a_draft_challenge(**{column: value})

    assert gaps(challenge, datetime.now(UTC)) == [gap]


def test_a_closing_less_than_a_day_away_is_a_gap(app):
    now = datetime.now(UTC)
    challenge = make.a_draft_challenge(opens_at=now - timedelta(days=3), closes_at=now + timedelta(hours=23))

    assert gaps(challenge, now) == [Gap("timetable", "timetable")]


def test_weights_must_sum_to_exactly_ten_thousand(app):
    challenge = make.a_draft_challenge()
    challenge.criteria[0].weight_bp -= 1

    assert gaps(challenge, datetime.now(UTC)) == [Gap("criteria", "criteria")]
