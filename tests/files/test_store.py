"""The content store: a file is there whole under its own hash, or nothing of it is."""

import io
from hashlib import sha256
from pathlib import Path

import pytest

from marketplace import clock
from marketplace.errors import TooLarge, WrongKind
from marketplace.files import KINDS, keep_upload, path_of, store, sweep_incoming
from tests.files.office import an_office_file

PDF = b"%PDF-1.7\nmot hai ba"
HEADS = {"pdf": b"%PDF-", "png": b"\x89PNG\r\n\x1a\n", "jpg": b"\xff\xd8\xff", "jpeg": b"\xff\xd8\xff"}


def keep(content: bytes, name: str):
    return keep_upload(io.BytesIO(content), name=name, uploaded_by_id=None)


def everything(app) -> list[str]:
    return sorted(path.name for path in Path(app.config["FILES_FOLDER"]).rglob("*") if path.is_file())


def test_a_file_is_kept_under_its_hash_with_its_size(app):
    file = keep(PDF, "Đề án.pdf")

    assert (file.name, file.media_type, file.size) == ("Đề án.pdf", "application/pdf", len(PDF))
    assert file.sha256 == sha256(PDF).hexdigest()
    assert file.path == path_of(file.sha256)
    assert file.path.read_bytes() == PDF
    assert everything(app) == [file.sha256]


def test_the_same_content_twice_lies_there_once(app):
    first, second = keep(PDF, "một.pdf"), keep(PDF, "hai.pdf")

    assert (first.sha256, second.name) == (second.sha256, "hai.pdf")
    assert everything(app) == [first.sha256]


def test_a_stream_longer_than_one_chunk_is_kept_whole(app):
    content = PDF + b"x" * 200_000

    assert keep(content, "dài.pdf").path.read_bytes() == content


def test_a_failing_check_leaves_nothing_behind(app):
    def refuse(_head: bytes) -> None:
        raise WrongKind("no")

    with pytest.raises(WrongKind):
        store(io.BytesIO(PDF), check=refuse)

    assert everything(app) == []


def test_a_stream_above_the_limit_leaves_nothing_behind(app, monkeypatch):
    monkeypatch.setitem(app.config, "UPLOAD_LIMIT_BYTES", 100_000)

    with pytest.raises(TooLarge):
        keep(b"%PDF-" + b"x" * 99_996, "to.pdf")

    assert everything(app) == []
    assert keep(b"%PDF-" + b"x" * 99_995, "vừa.pdf").size == 100_000


def test_a_stream_that_breaks_off_leaves_nothing_behind(app):
    class Broken(io.BytesIO):
        def read(self, size: int = -1) -> bytes:
            if self.tell() > 0:
                raise ConnectionResetError("gone")
            return super().read(size)

    with pytest.raises(ConnectionResetError):
        keep_upload(Broken(PDF + b"x" * 100_000), name="đứt.pdf", uploaded_by_id=None)

    assert everything(app) == []


def test_an_empty_file_is_refused(app):
    with pytest.raises(WrongKind):
        keep(b"", "rỗng.txt")

    assert everything(app) == []


@pytest.mark.parametrize("extension", sorted(KINDS))
def test_each_kind_is_taken_with_its_own_beginning_and_refused_with_another(app, extension):
    own = HEADS.get(extension) or (an_office_file(extension) if KINDS[extension][1] else "chữ".encode())

    taken = keep(own, f"tệp.{extension.upper()}")
    with pytest.raises(WrongKind):
        keep(b"MZ\x90\x00" + own, f"tệp.{extension}")

    assert taken.media_type == KINDS[extension][0]


@pytest.mark.parametrize(
    "name", ["a.svg", "a.html", "a.xhtml", "a.shtml", "a.docm", "a.exe", "pdf", "a.pdf.js", ".", ""]
)
def test_other_kinds_are_refused_whatever_they_hold(app, name):
    with pytest.raises(WrongKind):
        keep(PDF, name)


def test_text_is_utf8_also_where_a_chunk_ends_inside_a_letter(app):
    content = b"a" + "đ".encode() * 40_000

    assert keep(content, "chữ.txt").size == len(content)
    with pytest.raises(WrongKind):
        keep("đề án".encode("utf-16"), "chữ.txt")
    with pytest.raises(WrongKind):
        keep("Pháp".encode("latin-1"), "chữ.csv")


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("C:\\Users\\lan\\đề án.pdf", "đề án.pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("a\r\nSet-Cookie: x=1.pdf", "a Set-Cookie_ x=1.pdf"),
        ("anh\u202egpj.pdf", "anhgpj.pdf"),
        ("a\x00b.pdf", "ab.pdf"),
        ('"ngoặc".pdf', "_ngoặc_.pdf"),
        ("de\u0323\u0302.pdf", "dệ.pdf"),
        ("x" * 300 + ".pdf", "x" * 146 + ".pdf"),
    ],
)
def test_a_name_is_kept_as_it_reads_without_what_cannot_be_seen(app, sent, kept):
    assert keep(PDF, sent).name == kept


def test_what_a_crash_left_is_swept_once_it_is_old(app):
    root = Path(app.config["FILES_FOLDER"])
    root.mkdir(parents=True, exist_ok=True)
    (root / "incoming-abc").write_bytes(b"half")
    kept = keep(PDF, "a.pdf")

    too_young = sweep_incoming(clock.now() - clock.timedelta(hours=1))
    swept = sweep_incoming(clock.now() + clock.timedelta(hours=1))

    assert (too_young, swept, everything(app)) == (0, 1, [kept.sha256])
