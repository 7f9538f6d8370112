"""The official result; beside it, in modules that are imported where they are needed, what the scores tell of merit."""

from marketplace.judging.ranking.official import ALL_WEIGHTS, Ranked, rank, shown, weighted_total

__all__ = ["ALL_WEIGHTS", "Ranked", "rank", "shown", "weighted_total"]
