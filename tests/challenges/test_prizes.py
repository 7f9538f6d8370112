"""Prizes in tiers, in money and beside it."""

import pytest
from sqlalchemy import select

from marketplace.audit.models import JournalEntry
from marketplace.challenges.models import Prize
from marketplace.challenges.prizes import Total, totals
from marketplace.challenges.stages import Field, Stage
from marketplace.db import db
from tests import make
from tests.site import Site


def _tier(number: int, name: str, quantity: int, **more: str) -> dict[str, str]:
    typed = {"name_vi": name, "quantity": str(quantity), **more}
    return {f"lines-{number}-{key}": value for key, value in typed.items()}


@pytest.mark.feature("5")
def test_the_tiers_of_the_city_contest_are_written_and_counted_for_everyone(app):
    agency = make.an_agency()
    lan = make.a_member(agency)
    draft = make.a_draft_challenge(agency, prize_amount=None)

    site = Site(app, lan, language="en").open(f"/challenges/{draft.slug}/edit").click("Prizes")
    site.press(
        "Save and add lines",
        **_tier(0, "Giải Nhất", 6, amount_vnd="40.000.000", name_en="First prize", reward_vi="Bằng khen của Thành phố"),
        **_tier(1, "Giải Nhì", 12, amount_vnd="32.000.000"),
        **_tier(2, "Giải Ba", 17, amount_vnd="24.000.000"),
    )
    site.press("Save", **_tier(3, "Giải Khuyến khích", 17, amount_vnd="8.000.000"))

    db.session.refresh(draft)
    assert [(each.name_vi, each.quantity, each.amount_vnd) for each in draft.prizes] == [
        ("Giải Nhất", 6, 40_000_000),
        ("Giải Nhì", 12, 32_000_000),
        ("Giải Ba", 17, 24_000_000),
        ("Giải Khuyến khích", 17, 8_000_000),
    ]
    draft.stage = Stage.PUBLISHED
    visitor = Site(app, language="en").open(f"/challenges/{draft.slug}")
    assert "52 prizes, VND 1,168 million in all" in visitor.main
    assert "First prize" in visitor.main
    assert "Bằng khen của Thành phố" in visitor.main
    assert draft.prize_amount == 1_168_000_000


@pytest.mark.feature("5", "80")
def test_a_contest_names_its_prizes_field_by_field(app):
    agency = make.an_agency()
    draft = make.a_draft_challenge(agency, prize_amount=None)
    site = Site(app, make.a_member(agency), language="en").open(f"/challenges/{draft.slug}/edit/prizes")

    site.press(
        "Save",
        **_tier(0, "Giải Nhất", 1, amount_vnd="40000000", field="medicine"),
        **_tier(1, "Giải Nhất", 1, amount_vnd="40000000", field="ict"),
        **_tier(2, "Giải cho cộng đồng", 1, reward_vi="Chuyến tham quan"),
    )

    preview = site.click("See it as the public will")
    rows = [row.get_text(" ", strip=True) for row in preview.page.select("#prizes tbody tr")]
    assert rows == [
        "Giải cho cộng đồng 1 – Chuyến tham quan",
        "Information technology, electronics, telecommunications",
        "Giải Nhất 1 VND 40,000,000 –",
        "Medicine and pharmacy",
        "Giải Nhất 1 VND 40,000,000 –",
    ]


def test_a_prize_beside_money_is_worth_something_too(app):
    agency = make.an_agency()
    draft = make.a_draft_challenge(agency, prize_amount=None)
    site = Site(app, make.a_member(agency), language="en").open(f"/challenges/{draft.slug}/edit/prizes")

    site.press("Save", **_tier(0, "Giải thưởng", 3, reward_vi="Một năm dùng thử phòng thí nghiệm"))

    assert "3 prizes, not in money" in site.click("See it as the public will").main
    assert "Missing: a prize or a pilot budget" not in site.open(f"/challenges/{draft.slug}/edit").main


def test_the_journal_tells_the_tiers_and_an_untouched_section_changes_nothing(app):
    agency = make.an_agency()
    draft = make.a_draft_challenge(agency)
    lan = make.a_member(agency)
    site = Site(app, lan, language="en").open(f"/challenges/{draft.slug}/edit/prizes")
    site.press("Save", **_tier(0, "Giải Nhất", 2, amount_vnd="50000000"))
    first = db.session.scalars(select(Prize.id)).all()

    site.open(f"/challenges/{draft.slug}/edit/prizes").press("Save")

    assert db.session.scalars(select(Prize.id)).all() == first
    edits = select(JournalEntry).where(JournalEntry.event == "ChallengeEdited").order_by(JournalEntry.id)
    lines = db.session.scalars(edits).all()
    assert [line.facts.get("prizes") for line in lines] == [["Giải Nhất × 2, 50000000 VND"], None]


def test_amounts_are_added_exactly():
    tiers = [Prize(quantity=3, amount_vnd=10**13 - 1), Prize(quantity=2, field=Field.ICT)]

    assert totals(tiers) == Total(5, 3 * (10**13 - 1))
