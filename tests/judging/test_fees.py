"""What judges earn is a record: rate, readings, payment; only the agency sees it, and takes it along as a workbook."""

import io

from openpyxl import load_workbook

from marketplace.audit.models import JournalEntry
from marketplace.db import db
from marketplace.judging.fees.models import FeePayment
from tests.judging.judging_make import a_deliberating_round
from tests.site import Site


def test_a_manager_sets_the_fee_and_the_secretary_notes_who_was_paid(app):
    made = a_deliberating_round(2, judges=2)
    path, judge = f"{made.path}/panel/fees", made.judges[0]
    secretary = Site(app, made.secretary, language="en").open(f"{made.path}/panel").click("Fees of judges")
    assert "No fee has been set." in secretary.main
    assert secretary.send(path, per_sheet_vnd="500000").status == 403

    manager = Site(app, made.manager, language="en").open(path)
    manager.press("Save the fee", per_sheet_vnd="500.000", basis="Quyết định 12/QĐ")
    assert "VND 500,000 for each final score sheet. Quyết định 12/QĐ" in manager.main
    paying = f"{made.path}/panel/seats/{made.seat(judge).reference}/payment"
    secretary.open(path).send(paying, paid_on="2999-01-01")
    assert (secretary.status, "This day is still to come." in secretary.text) == (422, True)
    secretary.open(path).send(paying, paid_on="2026-01-05")

    payment = db.session.query(FeePayment).one()
    assert (payment.readings, payment.amount_vnd, payment.seat_id) == (2, 1_000_000, made.seat(judge).id)
    manager.open(path).press("Save the fee", per_sheet_vnd="900000")
    assert "VND 1 million of VND 2.8 million" in manager.main or "1,000,000" in manager.main
    assert secretary.open(path).send(paying, paid_on="2026-01-06").status == 409
    book = load_workbook(io.BytesIO(secretary.open(f"{path}.xlsx").body)).active
    assert [row[2:] for row in book.iter_rows(min_row=2, values_only=True)] == [
        (2, 1_000_000, "2026-01-05"),
        (2, 1_800_000, None),
    ]
    events = {line.event for line in db.session.query(JournalEntry)}
    assert {"FeeRateSet", "FeePaid"} <= events


def test_a_judge_sees_their_own_fees_and_nobody_elses(app):
    made, other = a_deliberating_round(2, judges=2), a_deliberating_round(1, judges=1)
    Site(app, made.manager).send(f"{made.path}/panel/fees", per_sheet_vnd="500000")
    paying = f"{made.path}/panel/seats/{made.seat(made.judges[1]).reference}/payment"
    Site(app, made.secretary).send(paying, paid_on="2026-01-05")

    first, second = (Site(app, judge, language="en").open("/judging/fees").main for judge in made.judges)

    assert ("VND 1 million" in first or "1,000,000" in first, "Not paid yet" in first) == (True, True)
    assert ("January" in second or "05" in second, "Not paid yet" in second) == (True, False)
    unpaid = Site(app, other.judges[0], language="en").open("/judging/fees")
    assert "No agency has set a fee for your score sheets." in unpaid.main
    assert made.challenge.title_en not in unpaid.main


def test_nobody_else_finds_the_fees(app):
    made = a_deliberating_round(2, judges=2)

    for person in (*made.judges, made.entries[0].author):
        site = Site(app, person)
        assert [site.open(f"{made.path}/panel/{page}").status for page in ("fees", "fees.xlsx")] == [404, 404]
