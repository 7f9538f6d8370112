"""Assign all, or repair what was assigned with the fewest changes. Pure."""

import math
from collections.abc import Collection, Sequence
from dataclasses import replace

from marketplace.judging.assignment.demands import Demand
from marketplace.judging.assignment.flow import fill, greatest_floor
from marketplace.judging.assignment.programme import Answer, solve
from marketplace.judging.assignment.question import Pair, Question
from marketplace.judging.assignment.shortage import Assignment, Infeasible, Shortage, shortage


def assign(question: Question, *, fair: bool = False, demands: Sequence[Demand] = ()) -> Assignment:
    """The assignment of greatest total affinity; where `fair`, among those whose worst pair is as good as can be.

    Equal questions get equal answers, in whatever order they are written. Raises Infeasible where the rules cannot all
    be kept.
    """
    floor = greatest_floor(question) if fair else None
    answer = _answer(question.above(floor) if floor is not None else question, demands)
    if floor is not None and not _kept(question, answer):
        # The floor was found without the demands; where they need a lower pair they come first.
        answer = _answer(question, demands)
    return checked(question, answer)


def repair(
    question: Question, *, held: Collection[Pair], fixed: Collection[Pair] = (), demands: Sequence[Demand] = ()
) -> Assignment:
    """All seats filled with as few of the `held` pairs given up as can be, and none of the `fixed` ones.

    Pairs that the question no longer allows are lost already. Raises Infeasible as `assign`.
    """
    standing = _allowed(question, held) | set(fixed)
    left = question.after(standing)
    answer = _answer(left, remaining(demands, left, standing))
    if not _kept(left, answer):
        answer = _answer(*_preferring(question, standing, fixed=fixed, demands=demands))
        standing = set(fixed)
    pairs = standing | {(question.entries[row], question.judges[column]) for row, column in answer.seats}
    return checked(question, replace(answer, seats=question.places(pairs)))


def remaining(demands: Sequence[Demand], left: Question, held: Collection[Pair]) -> list[Demand]:
    """What is still demanded, when these pairs stand, of each entry that wants readers in what is left to ask."""
    readers: dict[int, set[int]] = {
        entry: set() for entry, wanted in zip(left.entries, left.reviews.tolist(), strict=True) if wanted
    }
    for entry, judge in held:
        readers.get(entry, set()).add(judge)
    found = []
    for demand in demands:
        for entry in [each for each in readers if demand.entries is None or each in demand.entries]:
            had = len(readers[entry] & demand.judges)
            least = max(0, demand.least - had)
            most = None if demand.most is None else max(0, demand.most - had)
            if least or most is not None:
                found.append(replace(demand, least=least, most=most, entries=frozenset({entry})))
    return found


def _preferring(
    question: Question, held: Collection[Pair], *, fixed: Collection[Pair], demands: Sequence[Demand]
) -> tuple[Question, list[Demand]]:
    """The question again, in which a held pair is worth more than all affinities of an entry together."""
    gains = question.gains.copy()
    worth = (float(abs(gains).max(initial=0)) or 1.0) * (int(question.reviews.max(initial=0)) + 1) * 4
    for row, column in question.places(held):
        gains[row, column] += worth
    left = replace(question, gains=gains).after(fixed)
    return left, remaining(demands, left, fixed)


def _answer(question: Question, demands: Sequence[Demand]) -> Answer:
    return solve(question, demands) if demands else Answer(fill(question), [])


def _kept(question: Question, answer: Answer) -> bool:
    return not answer.unkept and shortage(question, answer.seats) == Shortage()


def checked(question: Question, answer: Answer) -> Assignment:
    """The answer as pairs of entry and judge. Raises Infeasible, with it, where it leaves anything undone."""
    pairs = tuple(sorted((question.entries[row], question.judges[column]) for row, column in answer.seats))
    assignment = Assignment(pairs, math.fsum(float(question.gains[place]) for place in answer.seats))
    unkept = [(question.entries[row], demand) for row, demand in answer.unkept]
    cause = shortage(question, answer.seats, unkept=unkept)
    if cause != Shortage():
        raise Infeasible(cause, assignment)
    return assignment


def _allowed(question: Question, pairs: Collection[Pair]) -> set[Pair]:
    places = question.places(pairs)
    return {(question.entries[row], question.judges[column]) for row, column in places if question.allowed[row, column]}
