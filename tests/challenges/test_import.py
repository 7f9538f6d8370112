"""Listings from elsewhere: the real ones of Challenge.gov, hostile ones, and what a second import does."""

import json
import unicodedata
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select

from marketplace.audit.models import JournalEntry
from marketplace.challenges.history import Outcome, RowReport, import_listings
from marketplace.challenges.importing import RefusedRow, plain_text, read_listing, read_prize
from marketplace.challenges.models import Challenge
from marketplace.challenges.stages import Stage
from marketplace.db import db
from marketplace.organisations.models import Organisation
from marketplace.organisations.stages import Claim, Helix, Kind
from tests import make
from tests.site import Site

REAL = Path(__file__).parent.parent / "data" / "challenges-real.jsonl"
HOSTILE = Path(__file__).parent / "hostile.jsonl"
BASE = "https://example.gov/challenge/"
ADDED = (Outcome.ADDED, "")


def a_row(**fields):
    row = {"title": "Clean rivers", "agency": "River Office", "url": f"{BASE}rivers", "prize": "$5,000"}
    return json.dumps({**row, "opens": "2019-01-02", "closes": "2019-03-04", **fields}).encode()


def a_file(folder, *rows):
    path = folder / "rows.jsonl"
    path.write_bytes(b"\n".join(rows))
    return path


def run_import(app, *arguments):
    result = app.test_cli_runner().invoke(args=["challenges", "import", *map(str, arguments)])
    db.session.rollback()
    assert result.exit_code == 0, result.output
    return result.output.splitlines()


def kept(url):
    return db.session.scalar(select(Challenge).where(Challenge.source_url == url))


def count(model):
    return db.session.scalar(select(func.count()).select_from(model))


def test_the_real_listings_come_in_once(app):
    first = run_import(app, REAL)
    second = run_import(app, REAL)

    assert first == ["added 223, unchanged 0, refused 0"]
    assert second == ["added 0, unchanged 223, refused 0"]
    assert db.session.scalars(select(Challenge.stage).distinct()).all() == [Stage.HISTORY]
    assert count(Challenge) == 223
    assert db.session.scalars(select(JournalEntry.event)).all() == ["ChallengeImported"] * 223


def test_a_real_listing_keeps_its_words_its_prize_its_days_and_its_agency(app, tmp_path):
    line = REAL.read_bytes().splitlines()[0]
    given = json.loads(line)

    run_import(app, a_file(tmp_path, line))

    challenge = kept(given["url"])
    assert (challenge.title_en, challenge.summary_en) == (given["title"], given["summary"])
    assert (challenge.title_vi, challenge.original_language) == (None, "en")
    assert (challenge.prize_amount, challenge.prize_currency) == (425_000, "USD")
    opens, closes = date.fromisoformat(given["opens"]), date.fromisoformat(given["closes"])
    assert challenge.opens_at == datetime(opens.year, opens.month, opens.day, tzinfo=UTC)
    assert challenge.closes_at == datetime(closes.year, closes.month, closes.day, 23, 59, tzinfo=UTC)
    agency = challenge.agency
    assert (agency.name_en, agency.kind, agency.helix) == (given["agency"], Kind.FOREIGN, Helix.STATE)
    assert agency.claim == Claim.UNCLAIMED


def test_each_hostile_row_is_cleaned_or_refused_with_its_reason(app):
    with HOSTILE.open("rb") as lines:
        reports = import_listings(lines)

    told = {report.number: (report.outcome, report.reason) for report in reports}
    refused = Outcome.REFUSED
    assert told == {
        1: ADDED,
        2: ADDED,
        3: ADDED,
        4: (refused, "the row is not JSON"),
        5: (refused, "the row is no JSON object"),
        6: (refused, "title is empty"),
        7: ADDED,
        8: (refused, 'opens is no day written as YYYY-MM-DD: "2019-02-30"'),
        9: (refused, 'closes is no day written as YYYY-MM-DD: "03/04/2019"'),
        10: (refused, "it closes before it opens"),
        11: (refused, 'url is no web address: "javascript:alert(document.cookie)"'),
        12: (refused, 'url is no web address: "https://user:secret@example.gov/x"'),
        13: (refused, "row 1 has the same url"),
        14: ADDED,
        15: (refused, 'the prize names no currency: "up to 5"'),
        16: ADDED,
        17: (refused, 'the prize is no single amount: "-$500"'),
        18: (refused, 'the prize has a fraction of a unit: "$1,999.99"'),
        19: (refused, "description is longer than 100000 letters"),
        20: (refused, "agency is not a text"),
    }


def test_what_stays_of_the_hostile_rows_is_plain_text(app):
    with HOSTILE.open("rb") as lines:
        import_listings(lines)

    texts = ("title_en", "summary_en", "description_en", "judging_en", "prize_amount", "prize_currency")
    values = {number: [getattr(kept(f"{BASE}{number}"), name) for name in texts] for number in (1, 2, 3, 7, 14, 16)}
    usual = ["A summary.", "A description.", None]
    assert values == {
        1: ["Clean water", "A summary.", "First.\nSecond & last.", None, None, "USD"],
        2: ["Boosted", "Only text", "A description.", "Merit 50 %", None, "USD"],
        3: ["Spelled", "A summary.", "<script>alert(1)</script> stays text�", None, None, "USD"],
        7: ["Nul and bell", "A summary.", "ab", None, None, "USD"],
        14: [unicodedata.normalize("NFC", "Thành phố Hà Nội"), *usual, 1_000_000, "USD"],
        16: ["European", *usual, 50_000, "EUR"],
    }


def test_a_dry_run_reports_the_same_and_writes_nothing(app):
    dry = run_import(app, HOSTILE, "--dry-run")

    assert (count(Challenge), count(Organisation), count(JournalEntry)) == (0, 0, 0)
    real = run_import(app, HOSTILE)
    assert dry == [*real[:-1], "(dry run)", real[-1]]
    assert real[-1] == "added 6, unchanged 0, refused 14"
    assert real[0] == "row 4: refused: the row is not JSON"


def test_a_listing_that_changed_at_its_source_is_updated(app, tmp_path):
    run_import(app, a_file(tmp_path, a_row()))

    told = run_import(app, a_file(tmp_path, a_row(title="Cleaner rivers", prize="")))

    assert told == ["row 1: updated", "updated 1", "added 0, unchanged 0, refused 0"]
    challenge = kept(f"{BASE}rivers")
    assert (challenge.title_en, challenge.prize_amount, challenge.stage) == ("Cleaner rivers", None, Stage.HISTORY)
    assert (count(Challenge), count(Organisation)) == (1, 1)


def test_verbose_names_every_row(app, tmp_path):
    path = a_file(tmp_path, a_row(), b"", a_row(url=f"{BASE}2", title="Cleaner air"))

    assert run_import(app, path, "--verbose")[:-1] == ["row 1: added", "row 3: added"]


def test_the_file_may_begin_with_a_byte_order_mark_and_hold_rows_that_are_not_utf_8(app):
    reports = import_listings([b"\xef\xbb\xbf" + a_row(), b'{"title": "\xff"}', b"[" * 100_000])

    assert reports == [
        RowReport(1, Outcome.ADDED),
        RowReport(2, Outcome.REFUSED, "the row is not UTF-8"),
        RowReport(3, Outcome.REFUSED, "the row is not JSON"),
    ]


def test_a_state_body_we_know_keeps_its_listings_and_a_company_of_that_name_gets_none(app):
    ours = make.an_organisation("River Office", kind=Kind.AGENCY)
    company = make.an_organisation("Space Office", kind=Kind.STARTUP)

    import_listings([a_row(), a_row(url=f"{BASE}2", agency="Space Office")])

    assert kept(f"{BASE}rivers").agency == ours
    assert kept(f"{BASE}2").agency not in (ours, company)


def test_an_imported_listing_is_shown_to_everyone_as_ended(app, tmp_path):
    run_import(app, a_file(tmp_path, a_row(description="<p>Fish & chips <150 g</p><script>x()</script>")))

    site = Site(app, language="en").open(f"/challenges/{kept(f'{BASE}rivers').slug}")

    assert site.status == 200
    assert "Fish & chips <150 g" in site.main
    assert "x()" not in site.html
    assert "Ended" in site.text


@pytest.mark.parametrize(
    ("text", "prize"),
    [
        ("", (None, None)),
        ("$425,000", (425_000, "USD")),
        ("Up to $240,000", (240_000, "USD")),
        ("$3,000,000.00", (3_000_000, "USD")),
        ("US$ 5000", (5_000, "USD")),
        ("1.234.567 €", (1_234_567, "EUR")),
        ("£1,000", (1_000, "GBP")),
        ("40.000.000 đồng", (40_000_000, "VND")),
        ("1,000 usd", (1_000, "USD")),
    ],
)
def test_a_prize_keeps_amount_and_currency(text, prize):
    assert read_prize(text) == prize


@pytest.mark.parametrize(
    "text",
    [
        "5",
        "€5 USD",
        "$1.50",
        "$1,000,00",
        "$1.000,000",
        "$0",
        "$-1",
        "$1e6",
        "$" + "9" * 400,
        "$",
        "a trip",
        "$5 and $6",
    ],
)
def test_a_prize_that_is_no_whole_positive_amount_of_one_currency_is_refused(text):
    with pytest.raises(RefusedRow):
        read_prize(text)


def test_less_than_signs_of_a_plain_text_stay():
    text = "blood pressure <140 mmHg/<90 mmHg & cost <$500"

    assert plain_text(text) == text


def test_nothing_is_read_out_of_a_row_without_title_agency_or_address():
    for name in ("title", "agency", "url"):
        with pytest.raises(RefusedRow, match=f"{name} is empty"):
            read_listing(a_row(**{name: ""}))
