"""Files in pieces over connections that break: nothing is sent twice, nothing is lost, nothing half is attached."""

import json
from pathlib import Path

import pytest

from marketplace import clock
from marketplace.db import db
from marketplace.files import sweep_incoming, whole_content
from tests import make
from tests.browsing import Reader
from tests.files.office import an_office_file
from tests.site import Site
from tests.solutions.entries import a_solution

PIECE = 256 * 1024


@pytest.fixture
def solution(app):
    return a_solution(make.a_challenge(), make.a_member(make.an_organisation()))


class Sender:
    """The script on the page, as the server sees it; `cuts` says which of its requests get lost, and how."""

    def __init__(self, app, solution, person=None, cuts=()):
        self.site = Site(app, person or solution.author, language="en").open("/account")
        self.path, self.cuts, self.count = f"/solutions/{solution.reference}/uploads", dict(cuts), 0

    def begin(self, name, size):
        self.site.send(self.path, name=name, size=str(size))
        return json.loads(self.site.html).get("upload")

    def piece(self, upload, offset, content):
        """What is told of a piece; None where the connection broke before or after the server had it."""
        self.count += 1
        cut = self.cuts.get(self.count)
        if cut != "before":
            self.site.send(f"{self.path}/{upload}/pieces", files={"piece": (content, "blob")}, offset=str(offset))
        return None if cut else json.loads(self.site.html)

    def send(self, name, content):
        upload, offset = self.begin(name, len(content)), 0
        while True:
            told = self.piece(upload, offset, content[offset : offset + PIECE])
            if told is None:
                told = json.loads(self.site.open(f"{self.path}/{upload}").html)
            if told.get("attached"):
                return
            offset = told["offset"]


def attached(solution):
    db.session.expire_all()
    return {each.file.name: whole_content(each.file) for each in solution.attachments}


def left_over(app):
    return [path.name for path in Path(app.config["FILES_FOLDER"]).glob("incoming-*")]


@pytest.mark.feature("26", "F-02")
def test_ten_megabytes_in_twenty_files_come_whole_over_a_connection_cut_again_and_again(app, solution):
    files = {f"tệp {number}.pdf": b"%PDF-" + bytes([number]) * 499_995 for number in range(20)}
    sender = Sender(app, solution, cuts={7: "before", 21: "after", 23: "after"})

    for name, content in files.items():
        sender.send(name, content)

    assert attached(solution) == files
    assert sender.count == 2 * len(files) + 1
    assert [name for name in left_over(app) if not name.endswith(".done")] == []


@pytest.mark.feature("32")
def test_pieces_lie_sealed_until_they_are_a_file_and_are_swept_when_forgotten(app, solution):
    sender = Sender(app, solution)
    upload = sender.begin("a.pdf", 1000)
    sender.piece(upload, 0, b"%PDF- bi mat " * 10)
    lying = b"".join(path.read_bytes() for path in Path(app.config["FILES_FOLDER"]).glob("incoming-*"))

    sweep_incoming(clock.now() + clock.timedelta(hours=1))

    assert (b"bi mat" in lying, attached(solution), left_over(app)) == (False, {}, [])


@pytest.mark.feature("26", "T-074")
@pytest.mark.parametrize(
    ("name", "content", "error"),
    [
        ("a.exe", b"MZ", "must be of one of these kinds"),
        ("a.pdf", b"MZ", "is not of the kind that its name says"),
        ("a.docx", an_office_file("docx", **{"word__vbaProject.bin": b"x"}), "holds macros"),
        ("a.pdf", b"", "must be of one of these kinds|is empty|not of the kind"),
    ],
)
def test_what_the_form_would_refuse_is_refused_in_pieces_too(app, solution, name, content, error):
    sender = Sender(app, solution)

    upload = sender.begin(name, len(content))
    if upload:
        sender.piece(upload, 0, content)

    assert any(part in json.loads(sender.site.html)["error"] for part in error.split("|"))
    assert (attached(solution), left_over(app)) == ({}, [])


@pytest.mark.feature("T-079")
def test_sizes_that_lie_get_nothing(app, solution):
    sender = Sender(app, solution)
    too_large = sender.begin("a.pdf", app.config["UPLOAD_LIMIT_BYTES"] + 1), sender.site.status
    upload = sender.begin("a.pdf", 10)

    answers = []
    for offset, content in ((0, b"%PDF-" + b"x" * 6), (5, b"xxxxx"), ("-1", b"x"), ("x", b"x"), (0, b"")):
        sender.piece(upload, offset, content)
        answers.append(sender.site.status)

    assert too_large == (None, 413)
    assert answers == [422, 409, 422, 422, 422]
    assert attached(solution) == {}


@pytest.mark.feature("T-069")
def test_an_upload_is_only_for_whoever_began_it_and_only_for_that_solution(app, solution):
    other = a_solution(solution.challenge, make.a_member(make.an_organisation()))
    colleague = make.a_member(solution.organisation)
    upload = Sender(app, solution).begin("a.pdf", 10)

    statuses = [
        Site(app, other.author).open(f"/solutions/{other.reference}/uploads/{upload}").status,
        Site(app, other.author).open(f"/solutions/{solution.reference}/uploads/{upload}").status,
        Site(app, colleague).open(f"/solutions/{solution.reference}/uploads/{upload}").status,
        Site(app, solution.author).open(f"/solutions/{solution.reference}/uploads/x{upload}").status,
    ]

    assert statuses == [404] * 4


@pytest.mark.feature("T-087")
def test_after_closing_no_upload_begins_and_none_is_attached(app, solution):
    sender = Sender(app, solution)
    upload = sender.begin("a.pdf", 10)

    with clock.at(solution.challenge.closes_at):
        begun = sender.begin("b.pdf", 10)
        sender.piece(upload, 0, b"%PDF-12345")

    assert (begun, sender.site.status, attached(solution)) == (None, 409, {})


@pytest.mark.browser
@pytest.mark.feature("26")
def test_a_browser_goes_on_by_itself_after_two_cuts(app, chromium, address, solution):
    reader = Reader(chromium, app=app, address=address, language="en").sign_in(solution.author)
    reader.open(f"/solutions/{solution.reference}/edit/attachments")
    content, cuts = b"%PDF-" + b"x" * 1_200_000, iter([True, False, True])
    reader.page.route("**/pieces", lambda route: route.abort() if next(cuts, False) else route.continue_())
    reader.attach("files", ("Đề án.pdf", content, "application/pdf"))

    with reader.page.expect_navigation(timeout=30_000):
        reader.page.get_by_role("button", name="Attach", exact=True).click()

    assert attached(solution) == {"Đề án.pdf": content}
    reader.leave()
