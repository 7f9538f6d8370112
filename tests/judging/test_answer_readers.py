"""Who reads which answer of an entry, and which of its files: as the entrant was promised."""

import json
from io import BytesIO
from zipfile import ZipFile

import pytest
from sqlalchemy import select

from marketplace.audit.models import JournalEntry
from marketplace.challenges.entry_form.models import EnvelopeOpening
from marketplace.challenges.entry_form.stages import Audience
from marketplace.db import db
from marketplace.files import keep_upload
from marketplace.judging.services import results
from marketplace.organisations.stages import Role
from marketplace.solutions.answers import Reader, files_seen_by, seen_by
from tests import make
from tests.judging.judging_make import a_deliberating_round, a_scoring_round
from tests.site import Site
from tests.solutions.entries import a_solution


def an_answer(audience, kind="long_text", **fields):
    asked = {"question": f"MH-{audience}", "kind": kind, "label_vi": f"Hỏi {audience}", "label_en": None}
    return asked | {"audience": audience, "tells_entrant": False, "value": f"Lời đáp {audience}"} | fields


def with_answers(made, place=0):
    """Give an entry an answer, and a file that answers a question, of every audience."""
    entry, answers, files = made.entries[place], [], []
    for audience in Audience:
        name = f"Tep {audience}.pdf"
        file = keep_upload(BytesIO(f"%PDF-1.7 {audience}".encode()), name=name, uploaded_by_id=None)
        db.session.add(file)
        db.session.flush()
        kept = {"file_id": file.id, "reference": file.reference, "name": name, "size": file.size, "sha256": file.sha256}
        files.append(kept)
        answers += [an_answer(audience), an_answer(audience, "file", value=file.reference, name=name)]
        make.a_question(made.challenge, audience=audience)
    version = entry.versions[0]
    version.content = version.content | {"answers": answers}
    version.files = files
    db.session.commit()
    return entry


def audiences_in(site):
    """Of which audiences the page shows an answer, and of which a file."""
    answers = {each.value for each in Audience if f"Lời đáp {each.value}" in site.html}
    files = {each.value for each in Audience if f"Tep {each.value}.pdf" in site.html}
    assert answers == files
    return answers


@pytest.mark.feature("34")
def test_a_judge_reads_what_is_for_judges_and_opens_no_other_file(app):
    made = a_scoring_round(1, judges=1)
    sheet = made.sheet(made.judges[0], with_answers(made))
    site = Site(app, made.judges[0], language="en").open(f"/judging/sheets/{sheet.reference}")

    assert audiences_in(site) == {"public", "judges"}
    for number, status in ((1, 200), (2, 200), (3, 404), (4, 404)):
        assert site.open(f"/judging/sheets/{sheet.reference}/files/{number}").status == status
        assert b"agency" not in site.body
        assert b"sealed" not in site.body


@pytest.mark.feature("34")
def test_the_agency_reads_all_but_the_second_envelope(app):
    made = a_scoring_round(1, judges=1)
    entry = with_answers(made)
    site = Site(app, made.secretary, language="en").open(f"/solutions/{entry.reference}")

    assert audiences_in(site) == {"public", "judges", "agency"}
    statuses = {
        file["name"]: site.open(f"/solutions/{entry.reference}/files/{file['reference']}").status
        for file in entry.versions[0].files
    }
    assert statuses == {"Tep public.pdf": 200, "Tep judges.pdf": 200, "Tep agency.pdf": 200, "Tep sealed.pdf": 404}


@pytest.mark.feature("34", "99")
def test_the_secretarys_package_holds_nothing_of_the_second_envelope(app):
    made = a_scoring_round(1, judges=1)
    entry = with_answers(made)

    site = Site(app, made.secretary).open(f"/challenges/{made.challenge.slug}/solutions/package.zip")

    with ZipFile(BytesIO(site.body)) as package:
        told = json.loads(package.read("manifest.json"))[0]
        text = package.read(f"{entry.reference}/text.json").decode()
        files = [name for name in package.namelist() if name.endswith(".pdf")]
    assert [word for word in ("public", "judges", "agency", "sealed") if f"Lời đáp {word}" in text] == [
        "public",
        "judges",
        "agency",
    ]
    assert [name.rpartition(" ")[2] for name in files] == ["public.pdf", "judges.pdf", "agency.pdf"]
    assert (told["complete"], len(told["files"])) == (False, 3)
    opened = db.session.scalars(select(JournalEntry).where(JournalEntry.event == "SolutionFileOpened")).all()
    assert len(opened) == 3


@pytest.mark.feature("34")
def test_the_second_envelope_is_opened_once_scores_stand(app):
    made = a_deliberating_round(1, judges=1)
    entry = with_answers(made)
    page = f"/challenges/{made.challenge.slug}"
    assert "Open the second envelope" not in Site(app, made.secretary, language="en").open(page).buttons()

    site = Site(app, made.manager, language="en").open(page).press("Open the second envelope")

    assert "Opened by Đỗ Quản Lý" in site.main
    assert audiences_in(site.open(f"/solutions/{entry.reference}")) == {"public", "judges", "agency", "sealed"}
    sheet = made.sheet(made.judges[0], entry)
    judge = Site(app, made.judges[0], language="en").open(f"/judging/sheets/{sheet.reference}")
    assert audiences_in(judge) == {"public", "judges", "sealed"}
    assert db.session.scalars(select(EnvelopeOpening)).one().opened_by == made.manager
    assert db.session.scalars(select(JournalEntry).where(JournalEntry.event == "EnvelopeOpened")).one()


@pytest.mark.feature("34")
def test_nobody_opens_the_second_envelope_too_early_or_without_the_right(app):
    early, late = a_scoring_round(1, judges=1), a_deliberating_round(1, judges=1)
    for made in (early, late):
        with_answers(made)

    assert Site(app, early.manager).send(f"/challenges/{early.challenge.slug}/envelope").status == 409
    for person in (late.secretary, late.judges[0], make.an_operator(), make.a_member(make.an_agency(), Role.OWNER)):
        assert Site(app, person).send(f"/challenges/{late.challenge.slug}/envelope").status == 403
    assert db.session.scalars(select(EnvelopeOpening)).all() == []


@pytest.mark.feature("34")
def test_the_public_reads_of_a_winner_what_was_meant_for_everyone(app):
    made = a_deliberating_round(2, judges=1)
    with_answers(made)
    visitor = Site(app, language="en")
    draft = made.draft()
    assert audiences_in(visitor.open(f"/challenges/{made.challenge.slug}")) == set()

    results.publish_results(draft, actor=made.manager)
    visitor.open(f"/results/{made.challenge.slug}")

    assert "Lời đáp public" in visitor.main
    assert [word for word in ("judges", "agency", "sealed") if f"Lời đáp {word}" in visitor.html] == []
    assert "Tep" not in visitor.html


@pytest.mark.feature("34")
def test_an_entry_that_did_not_win_stays_closed_to_the_public(app):
    made = a_deliberating_round(2, judges=1)
    with_answers(made, place=1)
    made.publish()

    visitor = Site(app, language="en").open(f"/results/{made.challenge.slug}")

    assert visitor.status == 200
    assert audiences_in(visitor) == set()


@pytest.mark.feature("34")
def test_the_entrant_reads_everything_and_is_told_who_else_does(app):
    challenge = make.a_challenge()
    question = make.a_question(challenge, "Đơn giá", audience=Audience.SEALED)
    minh = make.a_member(make.an_organisation())
    solution = a_solution(challenge, minh)
    site = Site(app, minh, language="en").open(f"/solutions/{solution.reference}").click("Năng lực triển khai")
    assert "nobody until scores stand and the agency opens the second envelope" in site.main

    site.press("Save", **{question.reference: "Một triệu hai"}).open(f"/solutions/{solution.reference}/check")
    site.press("Submit")

    assert "Một triệu hai" in site.main


def test_where_judging_is_blind_what_tells_the_entrant_is_left_out(app):
    made = a_scoring_round(1, judges=1)
    version = made.entries[0].versions[0]
    answers = [an_answer("judges"), an_answer("judges", tells_entrant=True, value="Công ty Sông Xanh")]
    version.content = version.content | {"answers": answers}

    assert [each["value"] for each in seen_by(Reader.JUDGE, version, blind=True)["answers"]] == ["Lời đáp judges"]
    assert len(seen_by(Reader.JUDGE, version)["answers"]) == 2
    assert files_seen_by(Reader.JUDGE, version, blind=True) == []
