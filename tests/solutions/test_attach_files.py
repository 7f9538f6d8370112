"""Attaching files to a draft, and who can open them."""

from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy import func, select

from marketplace import clock
from marketplace.audit.models import JournalEntry
from marketplace.db import db
from marketplace.errors import NotFound, Refused
from marketplace.files import StoredFile, whole_content
from marketplace.solutions import services
from marketplace.solutions.models import Attachment, Solution
from marketplace.solutions.services import TooManyFiles
from tests import make
from tests.site import Site
from tests.solutions.entries import CSV, PDF, a_solution, received


@pytest.fixture
def solution(app) -> Solution:
    return a_solution(make.a_challenge(), make.a_member(make.an_organisation()))


def attachments_page(app, solution) -> Site:
    return Site(app, solution.author, language="en").open(f"/solutions/{solution.reference}/edit/attachments")


def names(solution) -> list[str]:
    db.session.expire_all()
    return [attachment.file.name for attachment in solution.attachments]


def stored_count() -> int:
    return db.session.scalar(select(func.count()).select_from(StoredFile))


@pytest.mark.feature("26")
def test_several_files_are_attached_at_once_with_size_and_hash(app, solution):
    site = attachments_page(app, solution).press("Attach", files={"files": [PDF, CSV]})

    assert names(solution) == ["Thuyết minh đề án.pdf", "Số liệu đo.csv"]
    shown = [code["title"] for code in site.page.find_all("code")]
    assert shown == [sha256(PDF[0]).hexdigest(), sha256(CSV[0]).hexdigest()]
    assert [whole_content(attachment.file) for attachment in solution.attachments] == [PDF[0], CSV[0]]
    assert "Attached: Thuyết minh đề án.pdf, Số liệu đo.csv." in site.text


def test_the_same_file_twice_is_attached_once(app, solution):
    attachments_page(app, solution).press("Attach", files={"files": PDF}).press("Attach", files={"files": [PDF, PDF]})

    assert names(solution) == ["Thuyết minh đề án.pdf"]


def test_a_file_is_taken_off_the_draft_but_stays_with_the_version_that_had_it(app, solution):
    site = attachments_page(app, solution).press("Attach", files={"files": [PDF, CSV]})
    version = received(solution)
    db.session.expire_all()
    removed = version.files[0]["reference"]

    site.press("Remove Thuyết minh đề án.pdf")

    assert names(solution) == ["Số liệu đo.csv"]
    assert [line["name"] for line in version.files] == ["Thuyết minh đề án.pdf", "Số liệu đo.csv"]
    assert site.open(f"/solutions/{solution.reference}/files/{removed}").body == PDF[0]


@pytest.mark.feature("26", "T-074")
@pytest.mark.parametrize(
    ("content", "name", "status", "error"),
    [
        (b"<html><script>", "trang.html", 415, "must be of one of these kinds: PDF, PNG, JPG"),
        (b"<svg onload=alert(1)>", "anh.svg", 415, "must be of one of these kinds"),
        (b"PK\x03\x04", "macro.docm", 415, "must be of one of these kinds"),
        (b"MZ\x90\x00", "virus.exe", 415, "must be of one of these kinds"),
        (b"%PDF-1.7", "bao cao.pdf.exe", 415, "must be of one of these kinds"),
        (b"%PDF-1.7", "khong-duoi", 415, "must be of one of these kinds"),
        (b"MZ\x90\x00", "virus.pdf", 415, "The content of virus.pdf is not of the kind that its name says."),
        (b"<html><script>", "trang.pdf", 415, "The content of trang.pdf is not of the kind that its name says."),
        (b"\x00\x01\x02", "chu.txt", 415, "The content of chu.txt is not of the kind that its name says."),
        (b"", "rong.pdf", 415, "rong.pdf is empty."),
    ],
)
def test_a_file_of_a_kind_that_is_not_taken_is_named_and_nothing_is_attached(
    app, solution, content, name, status, error
):
    site = attachments_page(app, solution).press("Attach", files={"files": [PDF, (content, name)]})

    assert site.status == status
    assert [error in line for line in site.errors] == [True]
    assert (names(solution), stored_count()) == ([], 0)


@pytest.mark.feature("26", "T-079")
def test_a_file_above_the_limit_is_named_with_the_limit(app, solution, monkeypatch):
    monkeypatch.setitem(app.config, "UPLOAD_LIMIT_BYTES", 1_500_000)
    right, over = b"%PDF-" + b"a" * 1_499_995, b"%PDF-" + b"a" * 1_499_996

    refused = attachments_page(app, solution).press("Attach", files={"files": (over, "to.pdf")})
    taken = attachments_page(app, solution).press("Attach", files={"files": (right, "vua.pdf")})

    assert (refused.status, refused.errors) == (413, ["to.pdf must be smaller than 1.5 MB."])
    assert (taken.status, names(solution)) == (200, ["vua.pdf"])


@pytest.mark.feature("26", "T-079")
def test_no_more_files_than_the_setting_allows(app, solution, monkeypatch):
    monkeypatch.setitem(app.config, "FILES_PER_SOLUTION", 1)

    site = attachments_page(app, solution).press("Attach", files={"files": [PDF, CSV]})

    assert (site.status, site.errors) == (422, ["You can attach at most 1 files."])
    with pytest.raises(TooManyFiles):
        services.attach_files(solution, actor=solution.author, files=[a_file("a"), a_file("b")])


def a_file(name) -> StoredFile:
    return StoredFile(name=name, media_type="text/plain", size=1, sha256=name * 64, uploaded_at=clock.now())


def test_pressing_attach_without_a_file_says_so(app, solution):
    site = attachments_page(app, solution).press("Attach")

    assert (site.status, site.errors) == (422, ["Choose a file."])


@pytest.mark.feature("T-076")
@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("/home/lan/đề án.pdf", "đề án.pdf"),
        ("anh\u202egpj.pdf", "anhgpj.pdf"),
        ("đ.pdf", "đ.pdf"),
        ("De\u0302\u0300 a\u0301n.pdf", "Đề án.pdf".replace("Đ", "D")),
        ("🌊 lũ.pdf", "🌊 lũ.pdf"),
        ("x" * 300 + ".pdf", "x" * 146 + ".pdf"),
        ("bao cao.pdf. ", "bao cao.pdf"),
        ("'ngoặc'.pdf", "'ngoặc'.pdf"),
    ],
)
def test_a_strange_name_is_shown_faithfully_and_does_no_harm(app, solution, sent, shown):
    attachments_page(app, solution).press("Attach", files={"files": (PDF[0], sent)})

    assert names(solution) == [shown]
    site = Site(app, solution.author, language="en")
    site.open(f"/solutions/{solution.reference}/files/{solution.attachments[0].file.reference}")
    assert (site.status, site.body) == (200, PDF[0])
    assert "\r" not in site.headers["Content-Disposition"]
    assert site.headers["Content-Disposition"].isascii()


@pytest.mark.feature("T-075")
def test_a_file_is_only_ever_downloaded_never_shown_in_our_origin(app, solution):
    site = attachments_page(app, solution).press("Attach", files={"files": PDF})

    site.open(f"/solutions/{solution.reference}/files/{solution.attachments[0].file.reference}?inline=1")

    assert site.headers["Content-Disposition"].startswith("attachment;")
    assert site.headers["X-Content-Type-Options"] == "nosniff"
    assert site.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert site.headers["Cache-Control"] == "no-store, private"


@pytest.mark.feature("T-069")
def test_a_file_of_another_solution_cannot_be_reached_or_removed_through_ones_own(app, solution):
    attachments_page(app, solution).press("Attach", files={"files": PDF})
    linh = make.a_member(make.an_organisation())
    mine = a_solution(solution.challenge, linh)
    theirs = solution.attachments[0].file.reference
    site = Site(app, linh, language="en")

    answers = [
        site.open(f"/solutions/{mine.reference}/files/{theirs}").status,
        site.open(f"/solutions/{solution.reference}/files/{theirs}").status,
        site.send(f"/solutions/{mine.reference}/files/{theirs}/removal").status,
        site.send(f"/solutions/{solution.reference}/files/{theirs}/removal").status,
        Site(app, make.an_operator(), language="en").open(f"/solutions/{solution.reference}/files/{theirs}").status,
    ]

    assert answers == [404] * 5
    assert names(solution) == ["Thuyết minh đề án.pdf"]
    with pytest.raises(Refused):
        services.remove_attachment(solution, actor=linh, file_reference=theirs)
    with pytest.raises(NotFound):
        services.remove_attachment(mine, actor=linh, file_reference=theirs)


@pytest.mark.feature("32")
def test_every_opening_of_a_file_by_the_agency_is_in_the_journal_and_none_by_the_entrant(app, solution):
    attachments_page(app, solution).press("Attach", files={"files": PDF})
    version = received(solution)
    reference = version.files[0]["reference"]
    official = make.a_member(solution.challenge.agency)

    with clock.at(solution.challenge.closes_at):
        own = Site(app, solution.author, language="en").open(f"/solutions/{solution.reference}/files/{reference}")
        theirs = Site(app, official, language="en").open(f"/solutions/{solution.reference}/files/{reference}")

    assert (own.body, theirs.body) == (PDF[0], PDF[0])
    lines = db.session.scalars(select(JournalEntry).where(JournalEntry.event == "SolutionFileOpened")).all()
    assert [(line.actor_id, line.object_reference, line.facts) for line in lines] == [
        (
            official.id,
            solution.reference,
            {
                "file": reference,
                "name": "Thuyết minh đề án.pdf",
                "sha256": sha256(PDF[0]).hexdigest(),
                "role": "agency",
            },
        )
    ]


def test_the_agency_opens_only_what_was_received_not_the_later_draft(app, solution):
    version = received(solution)
    attachments_page(app, solution).press("Attach", files={"files": PDF})
    later = solution.attachments[0].file.reference
    official = make.a_member(solution.challenge.agency)

    with clock.at(solution.challenge.closes_at):
        site = Site(app, official, language="en").open(f"/solutions/{solution.reference}/files/{later}")

    assert (site.status, version.files) == (404, [])


def test_a_refused_upload_leaves_no_temporary_file(app, solution):
    attachments_page(app, solution).press("Attach", files={"files": (b"MZ", "virus.pdf")})

    assert [path for path in Path(app.config["FILES_FOLDER"]).rglob("*") if path.is_file()] == []
    assert db.session.scalar(select(func.count()).select_from(Attachment)) == 0


@pytest.mark.feature("26", "T-082")
def test_the_files_of_an_organisation_and_of_a_person_have_one_quota_and_say_what_is_left(app, solution, monkeypatch):
    monkeypatch.setitem(app.config, "UPLOAD_QUOTA_MB", 3)
    big = [(b"%PDF-1.7\n" + bytes([65 + number]) * 1_200_000, f"{number}.pdf") for number in range(4)]
    colleague = make.a_member(solution.organisation)
    other = a_solution(make.a_challenge(), colleague)
    said = "The files of one organisation, and those of one person, may take 3.0 MB together; 600 kB are left."
    attachments_page(app, solution).press("Attach", files={"files": big[:2]})

    # a colleague fills the same room; the page keeps what was attached before
    full = attachments_page(app, other).press("Attach", files={"files": big[2]})

    assert (full.status, names(other), names(solution)) == (422, [], ["0.pdf", "1.pdf"])
    assert full.errors == [f"{said} Take off files that are not needed, or ask us for more room."]
    piecewise = full.send(f"/solutions/{other.reference}/uploads", name="2.pdf", size="1200000")
    assert (piecewise.status, said in piecewise.html) == (422, True)
    # whoever sends, takes off and sends again: what was received is kept, and counts for the person
    received(solution)
    for file in list(solution.attachments):
        services.remove_attachment(solution, actor=solution.author, file_reference=file.file.reference)
    db.session.commit()
    assert attachments_page(app, solution).press("Attach", files={"files": big[2]}).status == 422
    taken = attachments_page(app, other).press("Attach", files={"files": big[2]})
    assert (taken.status, names(other)) == (200, ["2.pdf"])
    elsewhere = a_solution(make.a_challenge(), make.a_member(make.an_organisation()))
    assert attachments_page(app, elsewhere).press("Attach", files={"files": big[3]}).status == 200
