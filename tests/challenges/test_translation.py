"""Bilingual fields: which text binds, and how far the other can be trusted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.challenges.listeners import index_challenge
from marketplace.challenges.models import Challenge, Translation
from marketplace.challenges.stages import Stage, TranslationWord
from marketplace.challenges.translating import TranslationState, hash_of, states
from marketplace.db import db
from marketplace.organisations.stages import Role
from tests import make
from tests.site import Site


@pytest.fixture
def agency(app):
    return make.an_agency()


@pytest.mark.feature("104", "N6")
def test_a_translation_is_approved_when_written_stale_after_an_edit_and_right_again_on_one_press(app, agency):
    draft = make.a_draft_challenge(agency, title_en=None, summary_en=None)
    site = Site(app, make.a_member(agency), language="en")
    statement = f"/challenges/{draft.slug}/edit/statement"
    site.open(statement).press("Save", title_en="Flood warning", summary_en="Streets flood.")
    site.open(statement).press("Save", title_vi="Cảnh báo ngập sớm hơn")
    assert "1 text changed since it was translated" in site.main

    chips = {
        card["id"]: card.find(class_="chip").get_text(strip=True)
        for card in site.click("Translation").page.select("section.card")
    }
    assert (chips["title"], chips["summary"], chips["description"]) == (
        "Original changed since",
        "Approved",
        "Not translated",
    )
    draft.stage = Stage.PUBLISHED
    public = Site(app, language="en")
    assert (
        "the Vietnamese text binds. Changed in the original since the translation was checked: Title of the challenge."
        in public.open(f"/challenges/{draft.slug}").main
    )
    assert public.page.find(id="binding") is not None
    assert Site(app).open(f"/challenges/{draft.slug}").page.find(id="binding") is None

    site.open(f"/challenges/{draft.slug}/translation").press("Still right: Title of the challenge")

    db.session.expire_all()
    assert states(draft)["title"] == TranslationState.APPROVED
    assert "Changed in the original" not in public.open(f"/challenges/{draft.slug}").main


@pytest.mark.feature("N6")
def test_a_text_made_by_a_machine_is_said_to_be_one(app, agency):
    draft = make.a_challenge(agency)
    site = Site(app, make.a_member(agency), language="en").open(f"/challenges/{draft.slug}")

    site.click("Look after the translation").press("Made by a machine: Title of the challenge")

    shown = Site(app, language="en").open(f"/challenges/{draft.slug}").main
    assert "Translated by a machine: Title of the challenge." in shown
    assert "Not checked by the agency: Summary" in shown


@pytest.mark.feature("N6", "94", "104")
def test_lists_and_rows_have_a_state_too_and_are_found_in_both_languages(app, agency):
    draft = make.a_draft_challenge(agency)
    site = Site(app, make.a_member(agency), language="en")
    outcome = f"/challenges/{draft.slug}/edit/outcome"
    site.open(outcome).press("Save", outcomes="Báo trước một giờ | One hour ahead")
    site.open(outcome).press(
        "Save", outcomes="Báo trước hai giờ | One hour ahead", **{"lines-0-name_en": "Warning time"}
    )

    cards = {card["id"]: card for card in site.click("Translation").page.select("section.card")}
    chips = [cards[name].find(class_="chip").get_text(strip=True) for name in ("outcomes", "measures", "criteria")]
    assert chips == ["Original changed since", "Approved", "Not checked"]
    site.press("Still right: Outcomes")
    assert "Still right: Outcomes" not in site.buttons()
    draft.stage = Stage.PUBLISHED
    index_challenge(draft)
    found = [
        draft.title_vi in Site(app).open(f"/challenges?q={words}").main for words in ("hour+ahead", "truoc+hai+gio")
    ]
    assert found == [True, True]


def test_only_authors_look_after_a_translation_and_only_of_what_there_is(app, agency):
    challenge = make.a_challenge(agency)
    address = f"/challenges/{challenge.slug}/translation"
    outsider = make.a_member(make.an_agency(), Role.MANAGER)
    author = Site(app, make.a_member(agency))

    assert Site(app, outsider).send(address, name="title", word="approved").status == 403
    assert author.send(address, name="users", word="approved").status == 404
    assert author.send(address, name="slug", word="approved").status == 404
    assert author.send(address, name="title", word="perfect").status == 404


texts = st.text(max_size=20)


@given(texts, texts, st.none() | st.tuples(st.sampled_from(TranslationWord), texts))
def test_a_word_on_a_translation_holds_exactly_as_long_as_the_original_stays(original, translated, said):
    challenge = Challenge(original_language="vi", title_vi=original, title_en=translated)
    if said:
        challenge.translations = [Translation(name="title", word=said[0], source_hash=hash_of(said[1]))]

    state = states(challenge).get("title")

    assert (state is None) == (original == "")
    if original and translated and said:
        assert (state == TranslationState.STALE) == (said[1] != original)


@pytest.mark.feature("104", "N6", "2")
def test_titles_questions_help_and_choices_of_the_entry_form_have_a_state_too(app, agency):
    draft = make.a_draft_challenge(agency)
    site = Site(app, make.a_member(agency), language="en").open(f"/challenges/{draft.slug}/form/edit")
    site.press("Add the section", title_vi="Năng lực", title_en="Capacity")
    site.click("Add a question").press(
        "Save",
        label_vi="Mùa thí điểm",
        label_en="Season of the pilot",
        kind="one_of",
        options="Mùa mưa | Rainy season\nMùa khô | Dry season",
        hint_vi="Chọn một mùa.",
        hint_en="Choose one.",
    )
    assert [chip.get_text() for chip in site.page.select("section.card .chip")] == ["Translation: Approved"] * 2

    site.click("Season of the pilot").press("Save", options="Mùa mưa lớn | Rainy season\nMùa khô | Dry season")

    assert [chip.get_text() for chip in site.page.select("section.card .chip")] == [
        "Translation: Approved",
        "Translation: Original changed since",
    ]
    site.click("Look after the translation").press("Made by a machine: Capacity")
    site.press("Still right: Season of the pilot")
    question = site.page.find("h2", string="Season of the pilot").parent
    assert [column.get_text(" ", strip=True) for column in question.select(".columns > div")] == [
        "Mùa thí điểm Chọn một mùa. Mùa mưa lớn Mùa khô",
        "Season of the pilot Choose one. Rainy season Dry season",
    ]
    draft.stage = Stage.PUBLISHED
    assert "Translated by a machine: Capacity." in Site(app, language="en").open(f"/challenges/{draft.slug}").main
    # without its English help the translation is not whole any more
    draft.stage = Stage.DRAFT
    site.open(f"/challenges/{draft.slug}/form/edit").click("Season of the pilot").press("Save", hint_en="")
    assert [chip.get_text() for chip in site.page.select("section.card .chip")] == ["Translation: Machine translation"]
