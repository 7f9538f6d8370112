"""Malware and macros: what the entrant is told, and what others can open."""

from datetime import timedelta

import pytest

from marketplace import clock
from marketplace.audit.models import JournalEntry
from marketplace.db import db
from marketplace.files import StoredFile
from marketplace.files.clamd_double import EICAR, listening
from marketplace.jobs import run_periodic
from marketplace.notifications.models import Letter
from tests import make
from tests.files.office import an_office_file
from tests.site import Site
from tests.solutions.entries import PDF, a_solution, received


@pytest.fixture
def solution(app):
    return a_solution(make.a_challenge(), make.a_member(make.an_organisation()))


@pytest.fixture
def scanner(app, monkeypatch):
    with listening() as address:
        monkeypatch.setitem(app.config, "SCANNER", address)
        yield address


def attach(app, solution, *files) -> Site:
    site = Site(app, solution.author, language="en").open(f"/solutions/{solution.reference}/edit/attachments")
    return site.press("Attach", files={"files": list(files)})


def opened(app, solution, number):
    """What somebody of the agency gets who opens the file after closing."""
    official = make.a_member(solution.challenge.agency)
    reference = solution.attachments[number].file.reference
    with clock.at(solution.challenge.closes_at + timedelta(hours=1)):
        return Site(app, official, language="en").open(f"/solutions/{solution.reference}/files/{reference}")


@pytest.mark.feature("27", "T-078")
def test_the_entrant_sees_a_file_wait_and_then_be_clean_or_refused(app, solution, scanner):
    site = attach(app, solution, PDF, (EICAR, "virus.txt"))
    waiting = site.main.count("The check for malware is still waiting. You can submit meanwhile.")

    for _again in range(2):
        run_periodic({})
    site.open(f"/solutions/{solution.reference}/edit/attachments")

    letters = db.session.query(Letter).filter_by(kind="file_refused").all()
    assert [(each.to_person, each.sealed_until) for each in letters] == [
        (solution.author, solution.challenge.sealed_until)
    ]
    assert "virus.txt" in letters[0].body
    assert waiting == 2
    assert "Checked: no malware was found." in site.main
    assert "Malware was found (Eicar-Test-Signature). Nobody can open this file" in site.main
    line = db.session.query(JournalEntry).filter_by(event="FileRefused").one()
    assert (line.object_reference, "sealed_until" in line.facts) == (solution.reference, True)


@pytest.mark.feature("27", "T-078")
def test_others_open_a_file_only_once_it_is_found_clean(app, solution, scanner):
    attach(app, solution, PDF, (EICAR, "virus.txt"))
    received(solution)
    before = opened(app, solution, 0)

    run_periodic({})
    clean, refused = opened(app, solution, 0), opened(app, solution, 1)

    assert (before.status, "This file is still being checked for malware" in before.main) == (409, True)
    assert (clean.status, clean.body) == (200, PDF[0])
    assert (refused.status, "Malware was found in this file" in refused.main) == (409, True)


@pytest.mark.feature("27")
def test_the_entrant_opens_an_own_waiting_file_but_not_a_refused_one(app, solution, scanner):
    site = attach(app, solution, (EICAR, "virus.txt"))
    path = f"/solutions/{solution.reference}/files/{solution.attachments[0].file.reference}"
    waiting = site.open(path).status

    run_periodic({})

    assert (waiting, site.open(path).status) == (200, 409)


@pytest.mark.feature("27")
def test_a_site_without_a_scanner_says_so(app, solution):
    site = Site(app, solution.author, language="en").open(f"/solutions/{solution.reference}/edit/attachments")

    assert "This site does not check files for malware." in site.main


@pytest.mark.feature("27", "T-074")
def test_a_document_with_macros_is_refused_by_name(app, solution):
    hidden = an_office_file("docx", **{"word__vbaProject.bin": b"x"})

    site = attach(app, solution, (hidden, "Đề án.docx"))

    assert site.status == 415
    assert site.errors == ["Đề án.docx holds macros. Save it without macros and attach it again."]


@pytest.mark.feature("T-077")
def test_a_pdf_with_a_script_is_taken_with_a_warning(app, solution):
    site = attach(app, solution, (b"%PDF-1.7 << /S /JavaScript >>", "form.pdf"))

    assert "This PDF holds a script." in site.main


@pytest.mark.feature("32")
def test_files_lie_encrypted_and_the_entrant_reads_them_at_any_time(app, solution):
    site = attach(app, solution, PDF)
    file = db.session.query(StoredFile).one()

    site.open(f"/solutions/{solution.reference}/files/{file.reference}")

    assert b"so do" not in file.path.read_bytes()
    assert (site.body, site.headers["Content-Length"]) == (PDF[0], str(len(PDF[0])))
