"""Names in files: the entrant is told of them, and gets a copy without them by one press."""

import pytest

from marketplace.db import db
from marketplace.files import whole_content
from marketplace.files.metadata import names_in
from tests import make
from tests.files.office import a_named_docx
from tests.site import Site
from tests.solutions.entries import a_solution

BUTTON = "Replace it by a copy without them"


@pytest.fixture
def solution(app):
    return a_solution(make.a_challenge(), make.a_member(make.an_organisation()))


def attach(app, solution, content, name) -> Site:
    site = Site(app, solution.author, language="en").open(f"/solutions/{solution.reference}/edit/attachments")
    return site.press("Attach", files={"files": (content, name)})


@pytest.mark.feature("67", "T-083")
def test_the_entrant_is_told_the_names_in_a_file_and_replaces_it_by_a_copy_without(app, solution):
    site = attach(app, solution, a_named_docx(), "Đề án.docx")
    assert "author: Nguyễn Thị Lan; edited by: Phạm Minh; company: Công ty Mưa Phố." in site.main

    site.press(BUTTON)

    db.session.expire_all()
    (attachment,) = solution.attachments
    assert "Đề án.docx was replaced by a copy without names." in site.text
    assert (attachment.file.name, names_in("docx", whole_content(attachment.file))) == ("Đề án.docx", [])
    assert BUTTON not in site.buttons()


@pytest.mark.feature("67")
def test_a_file_without_names_gets_no_notice(app, solution):
    site = attach(app, solution, b"%PDF-1.7 nothing", "a.pdf")

    assert "This file also tells" not in site.main


@pytest.mark.feature("67", "T-069")
def test_only_who_writes_replaces_and_only_own_attached_files(app, solution):
    attach(app, solution, a_named_docx(), "Đề án.docx")
    path = f"/solutions/{solution.reference}/files/{solution.attachments[0].file.reference}/nameless-copy"
    others = [make.a_member(make.an_organisation()), make.an_operator(), make.a_member(solution.challenge.agency)]

    statuses = [Site(app, each).send(path).status for each in others]

    assert statuses == [404] * 3
    assert Site(app, solution.author).send(path.replace("/files/", "/files/x")).status == 404
