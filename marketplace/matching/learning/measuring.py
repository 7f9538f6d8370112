"""What the judgements of this site say about the weights of the model: read here, worked out with no lock held."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from marketplace.matching.learning.choosing import Judgement, Learnt, Scores, grid, learn, verdicts
from marketplace.matching.learning.queries import judgements
from marketplace.matching.partners import BASE_VERSIONS, base_version, model_version, weights_of
from marketplace.matching.pool import Pool
from marketplace.matching.profiles import Problem
from marketplace.matching.quality import measure
from marketplace.matching.queries import challenges_by_id, problem_of
from marketplace.matching.storing import pool_for
from marketplace.relevance import vectors
from marketplace.relevance.weights import Weights


@dataclass(frozen=True)
class Measured:
    """What was learnt, for which version of the model, instead of which, and our own judged set under both weights."""

    learnt: Learnt
    base: str
    instead_of: str
    before: dict[str, Any]
    after: dict[str, Any]

    @property
    def figures(self) -> dict[str, Any]:
        """Sums alone, as they are kept and shown."""
        told = asdict(self.learnt)
        del told["weights"], told["obstacles"]
        return told | {"quality_before": self.before, "quality": self.after}


def measure_judgements() -> Measured:
    """Compare the weights of the grid by what was said; nothing is changed or kept."""
    said = judgements()
    problems = {each.id: problem_of(each) for each in challenges_by_id(verdicts(said))}
    pool, _made = pool_for(list(problems.values()))
    semantic = base_version(pool) != BASE_VERSIONS[0]
    points = grid(weights_of(pool), semantic=semantic)
    learnt = learn(said, scores_of(said, problems, pool=pool, points=points), points)
    embedder = vectors.load() if semantic else None
    before = measure(points[0], embedder)
    after = before if learnt.weights == points[0] else measure(learnt.weights, embedder)
    if falls(before, after):
        learnt = replace(learnt, obstacles=(*learnt.obstacles, "quality"))
    return Measured(learnt, base_version(pool), model_version(pool), before, after)


def scores_of(
    said: Collection[Judgement], problems: Mapping[int, Problem], *, pool: Pool, points: Sequence[Weights]
) -> Scores:
    """The scores of who was judged, for each problem and under each of the weights; of who has no profile none."""
    found: dict[int, dict[str, list[float]]] = {challenge: {} for challenge in problems}
    for each in said:
        if each.challenge in found and each.organisation in pool.places:
            found[each.challenge][each.organisation] = []
    for challenge, rows in found.items():
        owners = {slug: pool.places[slug] for slug in rows}
        for weights in points:
            answer = pool.index.ask(problems[challenge].query, weights)
            scores = {match.owner_id: match.score for match in answer.of(owners.values())}
            for slug, owner in owners.items():
                rows[slug].append(scores.get(owner, 0.0))
    return found


def falls(before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    """Whether any figure in any spelling is lower than before."""
    return any(
        figure < before["spellings"][spelling][name]
        for spelling, figures in after["spellings"].items()
        for name, figure in figures.items()
    )
