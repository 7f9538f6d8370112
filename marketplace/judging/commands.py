"""The commands `flask judging ...`: judging without a site, on files that anybody can write and check."""

import csv
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from marketplace.judging.assignment import Assignment, Demand, Infeasible, Shortage, assign, draw
from marketplace.judging.bundles import code_version, recompute

if TYPE_CHECKING:
    from marketplace.judging.assignment import Question

_INFEASIBLE = 3
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.group("judging")
def judging_group() -> None:
    """Judging on files."""


@judging_group.command("assign")
@click.argument("bench", type=_FILE)
@click.argument("run", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--fair", is_flag=True, help="Raise the worst pair first, then the total.")
@click.option("--seed", help="Draw by lot with this seed; BENCH says the cap on the chance of a pair.")
def assign_file(bench: Path, run: Path, fair: bool, seed: str | None) -> None:
    """Give the entries of BENCH their judges and write entry<TAB>judge, one line a seat, into RUN.

    BENCH is JSON: entries, judges (both counted from 0), per_entry, max_load (each one number, or a list), affinity
    [[entry, judge, value]] (a pair that is absent counts 0), conflicts [[entry, judge]]; where wanted demands
    [{judges, least, most}] on the readers of every entry together, and for a lot the cap in a hundred. Where not every
    seat can be filled RUN holds those that can, the cause stands on the last line, and the exit status is 3.
    """
    given = json.loads(bench.read_text(encoding="utf-8"))
    question, demands = _question(given), _demands(given)
    try:
        if seed is not None:
            found, cause = draw(question, cap=given["cap"], seed=seed, demands=demands), None
        else:
            found, cause = assign(question, fair=fair, demands=demands), None
    except Infeasible as refusal:
        found, cause = refusal.attempt, refusal.cause
    _write(run, found)
    click.echo(f"{len(found.pairs)} seats filled, total affinity {found.total:.6f}")
    if cause is not None:
        click.echo(f"infeasible: {_in_words(cause)}")
        sys.exit(_INFEASIBLE)


def _write(run: Path, found: Assignment) -> None:
    run.write_text("".join(f"{entry}\t{judge}\n" for entry, judge in found.pairs), encoding="utf-8")


def _question(bench: Mapping[str, Any]) -> "Question":
    """Straight into arrays, since half a million pairs of a large conference are slow as a mapping."""
    import numpy as np  # noqa: PLC0415

    from marketplace.judging.assignment.question import Question  # noqa: PLC0415

    shape = bench["entries"], bench["judges"]
    gains, allowed = np.zeros(shape), np.ones(shape, dtype=bool)
    if bench["affinity"]:
        known = np.array(bench["affinity"], dtype=np.float64)
        gains[known[:, 0].astype(np.int64), known[:, 1].astype(np.int64)] = known[:, 2]
    for entry, judge in bench["conflicts"]:
        allowed[entry, judge] = False
    return Question(
        entries=tuple(range(shape[0])),
        judges=tuple(range(shape[1])),
        gains=gains,
        allowed=allowed,
        reviews=_whole(bench["per_entry"], shape[0]),
        least=_whole(bench.get("min_load", 0), shape[1]),
        most=_whole(bench["max_load"], shape[1]),
    )


def _whole(given: Any, count: int) -> Any:
    """One number for all, or one for each."""
    import numpy as np  # noqa: PLC0415

    return np.broadcast_to(np.array(given, dtype=np.int64), count).copy()


def _demands(bench: Mapping[str, Any]) -> list[Demand]:
    return [
        Demand("demand", str(at), frozenset(each["judges"]), each["least"], each["most"])
        for at, each in enumerate(bench.get("demands", ()))
    ]


def _in_words(cause: Shortage) -> str:
    """The cause in one line of English, as the page says it in sentences."""
    told = [f"{cause.unfilled} seats stay empty"]
    if cause.capacity_missing:
        told.append(f"all loads together are {cause.capacity_missing} seats too small")
    if cause.lacking:
        told.append("too few judges free of conflict for " + ", ".join(f"entry {e} ({n})" for e, n in cause.lacking))
    if cause.contested_judges and not cause.capacity_missing:
        entries, judges = (", ".join(map(str, each)) for each in (cause.contested_entries, cause.contested_judges))
        told.append(f"entries {entries} compete for judges {judges}")
    if cause.unkept:
        told.append("not all demands are kept on " + ", ".join(f"entry {entry}" for entry, _ in cause.unkept))
    if cause.capped:
        told.append(f"there is an assignment, but none in which no pair has a chance above {cause.capped} %")
    if cause.idle_judges:
        told.append("below the minimum load: judges " + ", ".join(map(str, cause.idle_judges)))
    return "; ".join(told)


@judging_group.command("aggregate")
@click.argument("bench", type=_FOLDER)
@click.argument("run", type=click.Path(file_okay=False, path_type=Path))
@click.option("--method", type=click.Choice(["raw", "adjusted"]), default="adjusted")
def aggregate(bench: Path, run: Path, method: str) -> None:
    """One value for each entry of each set in BENCH, higher is better, into files of the same name in folder RUN.

    A set is NAME.csv, or NAME/scores.csv, with the columns entry, judge, criterion, score; a score may be blank. RUN
    gets NAME.csv with entry,value: the plain mean, or the adjusted estimate of merit.
    """
    run.mkdir(parents=True, exist_ok=True)
    for name, file in _sets(bench):
        values = _values(file, method)
        with (run / f"{name}.csv").open("w", encoding="utf-8", newline="") as out:
            csv.writer(out, lineterminator="\n").writerows(
                [("entry", "value"), *((entry, f"{value:.9f}") for entry, value in sorted(values.items()))]
            )


@judging_group.command("recompute")
@click.argument("bundle", type=_FILE)
def recompute_file(bundle: Path) -> None:
    """Print the ranking that follows from BUNDLE, a download of a results page: the published one byte for byte."""
    content = json.loads(bundle.read_text(encoding="utf-8"))
    if content.get("code_version") != code_version():
        click.echo("The ranking was made by another version of the code than this one.", err=True)
    click.echo(recompute(content), nl=False)


def _sets(bench: Path) -> list[tuple[str, Path]]:
    """The sets of a folder by name; a folder that is itself a set holds one of its own name."""
    if (bench / "scores.csv").exists():
        return [(bench.name, bench / "scores.csv")]
    nested = [(file.parent.name, file) for file in sorted(bench.glob("*/scores.csv"))]
    return nested or [(file.stem, file) for file in sorted(bench.glob("*.csv")) if file.stem != "truth"]


def _values(file: Path, method: str) -> dict[str, float]:
    from marketplace.judging.ranking.scores import adjusted_values, plain_values  # noqa: PLC0415

    with file.open(encoding="utf-8-sig", newline="") as rows:
        marks = [
            (row["entry"], row["judge"], row["criterion"], float(row["score"]))
            for row in csv.DictReader(rows)
            if row["score"].strip()
        ]
    return plain_values(marks) if method == "raw" else adjusted_values(marks)
