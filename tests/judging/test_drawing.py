"""Assignment by lot: no pair is likelier than the cap, the rules are kept, and everybody can draw again."""

import json
from collections import Counter
from hashlib import sha256
from itertools import count

import numpy as np
import pytest
from sqlalchemy import select

from marketplace.audit.models import JournalEntry
from marketplace.db import db
from marketplace.judging.assignment import Demand, Infeasible, draw, one_per_organisation, panel_mix, weigh
from marketplace.judging.assignment.drawing import lots
from marketplace.judging.assignment.rounding import round_flow
from marketplace.judging.models import AssignmentDraw
from tests.judging.judging_make import Round, a_round, declare, rules_of
from tests.site import Site

ENTRIES, JUDGES, CAP = 6, 6, 60
RUNS = 400


def question(judges=JUDGES, reviews=2, most=3):
    gains = np.random.default_rng(7).random((ENTRIES, judges)).round(3)
    wanted, room = dict.fromkeys(range(ENTRIES), reviews), dict.fromkeys(range(judges), most)
    return weigh(gains, entries=range(ENTRIES), judges=range(judges), reviews=wanted, room=room).barring([(0, 0)])


@pytest.mark.feature("N16")
def test_no_pair_comes_more_often_than_the_cap_and_every_draw_keeps_the_rules():
    asked = question()
    sides = panel_mix({judge: "state" if judge % 2 else "business" for judge in range(JUDGES)}, needed=["state"])
    demands = [*sides, *one_per_organisation({0: [1], 2: [1]})]

    drawn = [draw(asked, cap=CAP, seed=str(number), demands=demands).pairs for number in range(RUNS)]

    often = Counter(pair for pairs in drawn for pair in pairs)
    # three standard deviations of 400 draws at the cap
    assert max(often.values()) / RUNS < CAP / 100 + 3 * (0.6 * 0.4 / RUNS) ** 0.5
    assert len({tuple(pairs) for pairs in drawn}) > 50
    for pairs in drawn:
        assert Counter(entry for entry, _ in pairs) == dict.fromkeys(range(ENTRIES), 2)
        assert max(Counter(judge for _, judge in pairs).values()) <= 3
        assert (0, 0) not in pairs
        read = [{judge for each, judge in pairs if each == entry} for entry in range(ENTRIES)]
        assert all(any(judge % 2 for judge in judges) and not {0, 2} <= judges for judges in read)


def test_a_seed_draws_the_same_and_a_cap_that_leaves_nothing_is_named():
    asked = question()

    assert draw(asked, cap=CAP, seed="một") == draw(asked, cap=CAP, seed="một")
    with pytest.raises(Infeasible) as refusal:
        draw(question(judges=3, most=6), cap=CAP, seed="một")
    assert refusal.value.cause.capped == CAP
    with pytest.raises(Infeasible) as refusal:
        draw(asked, cap=CAP, seed="một", demands=[Demand("side", "state", frozenset({0}), least=1)])
    assert refusal.value.cause.unkept
    assert next(lots("một")) == int.from_bytes(sha256("một 0".encode()).digest()[:8])


def test_rounding_keeps_what_flows_through_every_node():
    ends = [(0, 2), (0, 3), (1, 2), (1, 3), (2, 4), (3, 4)]
    flows = [30, 70, 55, 45, 85, 115]
    sums, runs = np.zeros(6), 300

    for number in range(runs):
        whole = round_flow(ends, flows, lots=lots(f"{number}"), whole=100)
        assert all(each % 100 == 0 and abs(each - flow) < 100 for each, flow in zip(whole, flows, strict=True))
        assert (whole[0] + whole[1], whole[0] + whole[2], whole[1] + whole[3]) == (100, whole[4], whole[5])
        sums += whole

    assert np.abs(sums / runs - flows).max() < 12


def in_order(made: Round) -> dict[int, int]:
    return dict(zip(sorted(entry.id for entry in made.entries), count(), strict=False))


@pytest.mark.feature("53", "N16")
def test_a_seed_is_committed_to_before_and_revealed_with_the_results(app, tmp_path):
    made = a_round(3, judges=4, reviews=2, rules={"pair_cap": 80})
    for judge in made.judges:
        declare(made, judge)
    committed = db.session.scalars(select(AssignmentDraw)).one()
    assert committed.sha256 == sha256(committed.seed.encode()).hexdigest()
    visitor, secretary = Site(app, language="en"), Site(app, made.secretary, language="en")
    assert "no pair of judge and entry has a chance above 80%" in visitor.open(f"{made.path}/rules").main
    assert committed.sha256 in visitor.main
    assert committed.sha256 in secretary.open(f"{made.path}/panel").main

    secretary.press("Assign judges")

    assert "By the rules a lot decided; no pair had a chance above 80%." in secretary.main
    lines = db.session.scalars(select(JournalEntry).order_by(JournalEntry.id)).all()
    told = [(line.event, line.facts) for line in lines if line.event in {"DrawCommitted", "EntriesDrawn"}]
    assert told == [
        ("DrawCommitted", {"sha256": committed.sha256}),
        ("EntriesDrawn", {"given_sha256": committed.given_sha256, "cap": 80}),
    ]
    told = json.dumps([line.facts | line.changes for line in lines])
    seen = [told, visitor.open(f"{made.path}/rules").html, secretary.open(f"{made.path}/panel").html]
    assert not [page for page in seen if committed.seed in page]
    assert visitor.open(f"{made.path}/rules/draw.json").status == 404
    made.score_everything(8, 8)
    made.deliberate()
    made.publish()
    assert committed.seed in visitor.open(f"{made.path}/rules").main
    given, run = tmp_path / "draw.json", tmp_path / "pairs.tsv"
    given.write_bytes(visitor.open(f"{made.path}/rules/draw.json").body)
    assert sha256(given.read_bytes()).hexdigest() == committed.given_sha256
    app.test_cli_runner().invoke(args=["judging", "assign", str(given), str(run), "--seed", committed.seed])
    entries, seats = in_order(made), {seat.id: at for at, seat in enumerate(made.panel.seats)}
    drawn = {(entries[sheet.solution_id], seats[sheet.seat_id]) for sheet in made.sheets()}
    assert {tuple(map(int, line.split())) for line in run.read_text().splitlines()} == drawn


def test_a_rule_that_came_later_needs_its_seed_first(app):
    made = a_round(2, judges=3, reviews=1)
    for judge in made.judges:
        declare(made, judge)
    rules_of(made.challenge, pair_cap=90)
    secretary = Site(app, made.secretary, language="en").open(f"{made.path}/panel")
    secretary.press("Assign judges")
    assert secretary.errors == [
        "By the rules a lot decides, and nobody has committed to its seed yet: use the button below."
    ]

    secretary.press("Choose the seed").press("Assign judges")

    assert "2 score sheets were handed out." in secretary.text
    draw_path = f"{made.path}/panel/draw"
    assert secretary.send(draw_path).status == 409
    assert Site(app, made.judges[0]).send(draw_path).status == 404
