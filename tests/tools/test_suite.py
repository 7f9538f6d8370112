import sys

import pytest
import suite


def test_the_last_line_adds_up_both_runs():
    sqlite = suite.Run(0, suite.read_counts("3 passed, 1 skipped"), 2.5)
    postgresql = suite.Run(1, suite.read_counts("1 failed, 3 passed, 1 error"), 3.25)

    line = suite.summary_line([sqlite, postgresql])

    assert line.strip("= ") == "1 failed, 6 passed, 1 skipped, 1 error in 5.75s"


def test_the_summary_is_read_from_the_output():
    printed = "print('dots'); print('===== 2 passed, 1 warning in 0.53s =====')"

    run = suite.run("SQLite", [sys.executable, "-c", printed])

    assert run == suite.Run(0, suite.Counter(passed=2, warnings=1), 0.53)


def test_a_run_that_breaks_before_it_counts_is_an_error():
    run = suite.run("SQLite", [sys.executable, "-c", "raise SystemExit(4)"])

    assert run == suite.Run(4, suite.Counter(errors=1), 0.0)


@pytest.mark.parametrize(("exit_code", "passed"), [(0, True), (1, False)])
def test_what_the_checks_said_is_told_and_whether_they_passed(capsys, exit_code, passed):
    said = f"print('  FAILED  types'); raise SystemExit({exit_code})"

    checks = suite.Checks((sys.executable, "-c", said))

    assert (checks.told(), capsys.readouterr().out) == (passed, "\nThe checks\n  FAILED  types\n")
