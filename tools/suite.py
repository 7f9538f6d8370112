"""The whole suite on SQLite, then on PostgreSQL; the last line is pytest's summary of both together.

The second run takes the tests that between them ask every question that the first asked its database, and all that are
about what databases do differently; with DEEP=1 every test that uses a database.

TEST_DATABASE_URL names a PostgreSQL of your own; otherwise a private cluster is started for the run.
WORKERS says how many processes test at once (2). With CHECKS=1 tools/check.sh runs beside them, in the time that tests
wait for browsers and databases, and is told before the summary. Further arguments go to pytest.
"""

import os
import re
import subprocess
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

ROOT = Path(__file__).parent.parent
QUESTIONS = ROOT / "build" / "questions.json"
PRIVATE_CLUSTER = [sys.executable, "tools/postgres.py"]

# pytest's own words and order; it writes the plural of these two only.
OUTCOMES = ["failed", "passed", "skipped", "deselected", "xfailed", "xpassed", "warnings", "errors"]
PLURAL = {"warning": "warnings", "error": "errors"}
SUMMARY = re.compile(r"^=* ?((?:no tests ran|\d+ [a-z]+)(?:, \d+ [a-z]+)*) in ([\d.]+)s")


@dataclass
class Run:
    """What one run of pytest came to."""

    exit_code: int
    counts: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0


class Checks:
    """tools/check.sh, begun at once; whatever tests goes first."""

    def __init__(self, command: tuple[str, ...] = ("tools/check.sh",)) -> None:
        self._said: IO[str] = tempfile.TemporaryFile("w+")  # noqa: SIM115 it lives as long as the process that writes to it
        last = ["nice", "-n", "19", *command]
        self._process = subprocess.Popen(last, cwd=ROOT, stdout=self._said, stderr=subprocess.STDOUT)

    def told(self) -> bool:
        """Print what they said, once they are done; whether they passed."""
        exit_code = self._process.wait()
        self._said.seek(0)
        print(f"\nThe checks\n{self._said.read()}", end="", flush=True)
        return exit_code == 0


def main(arguments: list[str]) -> int:
    """Run the suite on both databases; returns 0 only if neither run failed."""
    make_home_usable()
    pytest = [sys.executable, "-m", "pytest", "-n", os.environ.get("WORKERS", "2"), *arguments]
    runs = {}
    checks = Checks() if os.environ.get("CHECKS") else None
    # What the first run asks its database is noted; the second asks PostgreSQL the same, once.
    QUESTIONS.unlink(missing_ok=True)
    QUESTIONS.with_name("forms.json").unlink(missing_ok=True)
    os.environ["QUESTIONS"] = str(QUESTIONS)

    own_server = os.environ.pop("TEST_DATABASE_URL", None)
    runs["SQLite"] = run("SQLite", pytest)
    if own_server:
        os.environ["TEST_DATABASE_URL"] = own_server
        runs["PostgreSQL"] = run("PostgreSQL", pytest)
    elif has_server():
        runs["PostgreSQL"] = run("PostgreSQL", [*PRIVATE_CLUSTER, "run", "--", *pytest])

    checks_passed = checks is None or checks.told()
    for name, one in runs.items():
        print(f"{name}: {in_words(one)}")
    if "PostgreSQL" not in runs:
        print("PostgreSQL: not run, because there is no server (as root: apt-get install postgresql)")
    if checks is not None:
        print(f"Checks: {'passed' if checks_passed else 'FAILED'}")
    print(summary_line(list(runs.values())), flush=True)
    unwanted_gap = bool(os.environ.get("CI")) and "PostgreSQL" not in runs
    return 1 if unwanted_gap or not checks_passed or any(one.exit_code for one in runs.values()) else 0


def make_home_usable() -> None:
    """Browsers keep a profile in the home folder; where there is none, they get one in build/."""
    home = os.environ.get("HOME", "")
    if not (home and os.path.isdir(home) and os.access(home, os.W_OK)):
        fallback = ROOT / "build" / "home"
        fallback.mkdir(parents=True, exist_ok=True)
        os.environ["HOME"] = str(fallback)


def has_server() -> bool:
    """Whether a private PostgreSQL cluster can be started here."""
    asked = subprocess.run([*PRIVATE_CLUSTER, "bindir"], cwd=ROOT, capture_output=True, check=False)
    return asked.returncode == 0


def run(name: str, command: list[str]) -> Run:
    """Run `command`, pass its output on as it comes, and read pytest's summary from it."""
    print(f"\nThe suite on {name}", flush=True)
    result = Run(exit_code=0)
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, errors="replace") as process:
        for line in process.stdout or ():
            sys.stdout.write(line)
            sys.stdout.flush()
            found = SUMMARY.match(line)
            if found:
                result.counts = read_counts(found[1])
                result.seconds = float(found[2])
    result.exit_code = process.returncode
    if result.exit_code and not (result.counts["failed"] or result.counts["errors"]):
        # It broke before it could count, or a plugin refused the whole run.
        result.counts["errors"] += 1
    return result


def read_counts(text: str) -> Counter[str]:
    """`"3 passed, 1 error"` as counts, under pytest's plural words."""
    pairs = re.findall(r"(\d+) ([a-z]+)", text)
    return Counter({PLURAL.get(word, word): int(number) for number, word in pairs})


def in_words(one: Run) -> str:
    """One run as pytest says it: `3 passed, 1 error in 2.10s`."""
    said = []
    for word in OUTCOMES:
        number = one.counts[word]
        if number:
            singular = {plural: word for word, plural in PLURAL.items()}.get(word, word)
            said.append(f"{number} {singular if number == 1 else word}")
    return f"{', '.join(said) or 'no tests ran'} in {one.seconds:.2f}s"


def summary_line(runs: list[Run]) -> str:
    """pytest's last line for all runs together."""
    together = Run(exit_code=0)
    for one in runs:
        together.counts += one.counts
        together.seconds += one.seconds
    return f" {in_words(together)} ".center(80, "=")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
