"""Places for those who would have none: newcomers, other fields; what a stale profile loses; and the audit of it."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from marketplace import clock
from marketplace.audit.models import JournalEntry
from marketplace.db import db
from marketplace.matching.exposure import audit_of, gini, month_of
from marketplace.matching.models import Exposure, Feedback
from marketplace.matching.partners import MODEL_VERSION
from marketplace.matching.services import look_at_suggestions, suggest_partners
from marketplace.matching.stages import Row
from marketplace.text import format_day
from tests import make
from tests.matching import world
from tests.site import Site

RICE = {"capabilities": [{"vi": "Cảm biến mực nước", "en": "water level sensors"}]}


def a_rice_company():
    """It shows a capability that the flood challenge asks for, and works on nothing that its title names."""
    company = make.an_organisation("Công ty Ruộng Thông Minh", summary_vi="Tưới lúa tiết kiệm nước.", **RICE)
    for title in ("Cảm biến mực nước cho ruộng lúa", "Tưới ngập khô xen kẽ tự động"):
        make.evidence(company, title)
    return company


def a_full_city(app):
    """More that fit well than the best row holds, newcomers, and one from elsewhere."""
    for _ in range(app.config["SUGGESTIONS_LIMIT"]):
        world.a_flood_company()
    return [world.a_newcomer() for _ in range(4)], a_rice_company()


def headings(site):
    return [each.get_text(strip=True) for each in site.page.find_all("h2")]


@pytest.mark.feature("N3")
def test_a_fixed_labelled_share_of_cards_belongs_to_neighbouring_fields_and_newcomers(app):
    _new, rice = a_full_city(app)
    challenge = make.a_challenge(**world.FLOODS)

    suggestions = suggest_partners(challenge)

    rows = [each.row for each in suggestions]
    assert [each.organisation for each in suggestions if each.row == Row.FAR] == [rice]
    assert rows.count(Row.NEWCOMER) / len(rows) >= 0.15
    site = Site(app, make.a_person(), language="en").open(f"/challenges/{challenge.slug}/partners")
    assert headings(site)[1:4] == ["Best fit", "Newcomers", "From neighbouring fields"]
    far = next(card for card in site.page.find_all("article") if "Ruộng" in card.h3.text)
    assert "Shows what the challenge asks for: water level sensors" in far.get_text(" ", strip=True)


def test_who_works_on_what_the_title_names_is_never_called_from_elsewhere(app):
    a_full_city(app)
    flood = world.a_flood_company(website="https://khac.example.vn")
    challenge = make.a_challenge(**world.FLOODS)

    far = [each.organisation for each in suggest_partners(challenge) if each.row == Row.FAR]

    assert flood not in far
    assert len(far) == 1


@pytest.mark.feature("47")
def test_a_profile_that_nobody_confirmed_for_a_year_is_ranked_lower_and_the_card_says_so(app):
    old, new = world.a_flood_company(), world.a_flood_company()
    old.created_at = datetime.now(UTC) - timedelta(days=366)
    challenge = make.a_challenge(**world.FLOODS)

    first, second = suggest_partners(challenge)

    assert [first.organisation, second.organisation] == [new, old]
    site = Site(app, make.a_person(), language="en").open(f"/challenges/{challenge.slug}/partners")
    day = format_day(old.created_at)
    assert site.main.count(f"Profile not confirmed since {day}, so ranked lower") == 1
    assert f"Last confirmed on {day}" in site.open(f"/organisations/{old.slug}").text


@pytest.mark.feature("N3")
def test_everybody_signed_in_reads_how_often_who_was_on_a_list_in_a_month(app, visitor):
    a_full_city(app)
    challenge = make.a_challenge(**world.FLOODS)
    suggest_partners(challenge)
    db.session.commit()
    look_at_suggestions()
    suggest_partners(make.a_challenge(**world.FLOODS))
    db.session.commit()

    site = Site(app, make.a_person(), language="en").open("/matching/exposure")

    audit = audit_of(month_of(clock.now()))
    assert (audit.lists, audit.card_count, audit.cards["far"]) == (2, 28, 2)
    assert audit.share("newcomer") >= 15
    assert "Organisations on at least one list" in site.main
    assert "Công ty Ruộng Thông Minh" in site.main
    assert visitor.open("/matching/exposure").address == "/sign-in"
    with clock.at(datetime.now(UTC) + timedelta(days=32)):
        challenge.closes_at = clock.now() + timedelta(days=1)
        db.session.commit()
        look_at_suggestions()
        db.session.commit()
        assert audit_of(month_of(clock.now())).lists == 1
    assert db.session.scalar(select(func.count(Exposure.month.distinct()))) == 2


def test_the_gini_coefficient_is_that_of_the_textbook():
    assert gini([]) == gini([0, 0]) == 0.0
    assert gini([3, 3, 3]) == 0.0
    assert gini([0, 0, 0, 4]) == 0.75
    assert gini([1, 2, 3, 4]) == 0.25


@pytest.mark.feature("N3", "N5")
def test_what_readers_say_is_kept_shown_in_sums_and_changes_no_list(app):
    a_full_city(app)
    challenge, person = make.a_challenge(**world.FLOODS), make.a_person()
    before = [(each.organisation_id, each.score, each.inputs_hash) for each in suggest_partners(challenge)]
    db.session.commit()
    address = f"/challenges/{challenge.slug}/partners"

    site = Site(app, person, language="en").open(address).press("Not relevant")
    assert "You said: Not relevant" in site.main
    site.press("Relevant")

    assert [each.value for each in db.session.scalars(select(Feedback.verdict))] == ["relevant"]
    assert [(each.organisation_id, each.score, each.inputs_hash) for each in suggest_partners(challenge)] == before
    page = Site(app, language="en").open("/matching/quality")
    assert "Versions used here" in page.main
    assert MODEL_VERSION in page.main
    told = db.session.scalars(select(JournalEntry).where(JournalEntry.event == "ModelIntroduced")).all()
    assert [each.object_name for each in told] == [MODEL_VERSION]
    stranger = make.an_organisation()
    assert site.send(f"{address}/{stranger.slug}/feedback", verdict="relevant").status == 404
    assert site.send(f"{address}/{stranger.slug}/feedback", verdict="bad").status == 404
