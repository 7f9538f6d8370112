"""CPU time and coverage of the best team among many organisations, beside the five best of the list of suggestions.

Usage: python -m benchmarks.teams
"""

import json
import os
import statistics
import time
from itertools import islice

from benchmarks.city import City
from marketplace.matching.pool import Pool
from marketplace.matching.profiles import Problem
from marketplace.matching.teaming.sounding import candidates
from marketplace.matching.teaming.teams import Rules, best_team, coverage
from marketplace.organisations.stages import Helix

ORGANISATIONS = 5_000
QUESTIONS = 40
RULES = Rules(5, {Helix.ACADEMIA: 1, Helix.BUSINESS: 1})


def main() -> None:
    """Print one line of JSON: milliseconds, and how much more the team covers than the list."""
    city = City()
    pool = Pool([city.profile(owner) for owner in range(ORGANISATIONS)])
    rows = [_one(pool, city.problem()) for _ in range(QUESTIONS + 1)][1:]
    spent = sorted(row["ms"] for row in rows)
    team, plain = (statistics.mean(row[name] for row in rows) for name in ("team", "list"))
    told = {
        "benchmark": "teams",
        "organisations": ORGANISATIONS,
        "one_ms_median": round(statistics.median(spent), 1),
        "one_ms_p95": round(spent[int(0.95 * len(spent)) - 1], 1),
        "proven_best": sum(row["proven"] for row in rows) / len(rows),
        "coverage": round(team, 3),
        "coverage_of_list": round(plain, 3),
        "ratio": round(team / plain, 2),
        "load": os.getloadavg()[0],
    }
    print(json.dumps(told))


def _one(pool: Pool, problem: Problem) -> dict[str, float]:
    begin = time.process_time()
    found = candidates(pool, problem.needs, kept=(), left_out=())
    team = best_team(found, RULES)
    spent = (time.process_time() - begin) * 1000
    by_owner = {each.owner: each for each in found}
    first = [match.owner_id for match in islice(pool.index.ask(problem.query).best(pool.among(besides="")), 5)]
    listed = coverage([by_owner[owner] for owner in first if owner in by_owner])
    return {"ms": spent, "team": team.coverage, "list": listed, "proven": team.is_best}


if __name__ == "__main__":
    main()
