"""The table of moves, and that nothing else changes a stage."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.challenges.models import Challenge
from marketplace.challenges.stages import HIDDEN, MOVES, Stage
from marketplace.errors import WrongStage


@given(st.lists(st.sampled_from(sorted(MOVES)), max_size=12))
def test_a_life_only_follows_the_table(moves):
    challenge = Challenge(stage=Stage.DRAFT)
    for name in moves:
        before = challenge.stage
        sources, target = MOVES[name]
        if before in sources:
            challenge.move(name)
            assert challenge.stage == target
        else:
            with pytest.raises(WrongStage):
                challenge.move(name)
            assert challenge.stage == before


def test_every_stage_can_be_reached_from_a_draft():
    reached = {Stage.DRAFT}
    for _round in Stage:
        reached |= {target for sources, target in MOVES.values() if sources & reached}

    assert reached == set(Stage)


def test_a_published_challenge_never_becomes_hidden_again():
    public = set(Stage) - HIDDEN

    assert {name for name, (sources, target) in MOVES.items() if sources & public and target in HIDDEN} == set()
