"""What the scanner is asked and what becomes of its answer."""

import io
import socket

import pytest

from marketplace.db import db
from marketplace.files import Scan, is_openable, keep_upload, key_for, scan_waiting
from marketplace.files.clamd import ScannerSilent, malware_in
from marketplace.files.clamd_double import EICAR, listening


def kept(content, key=None):
    file = keep_upload(io.BytesIO(content), name="a.txt", uploaded_by_id=None, key=key)
    db.session.add(file)
    db.session.commit()
    return file


def test_clamd_is_asked_piece_by_piece():
    with listening() as address:
        assert malware_in([b"a" * 200_000, b"b"], address=address) is None
        assert malware_in([b"x", EICAR[:10], EICAR[10:]], address=address) == "Eicar-Test-Signature"


def test_a_scanner_that_is_not_there_or_hangs_is_silent_and_not_an_answer(tmp_path):
    with socket.socket() as hanging:
        hanging.bind(("127.0.0.1", 0))
        hanging.listen()
        for address in (f"127.0.0.1:{hanging.getsockname()[1]}", "127.0.0.1:1", str(tmp_path / "no.sock")):
            with pytest.raises(ScannerSilent):
                malware_in([b"x"], address=address, timeout=1)


@pytest.mark.feature("T-078")
def test_files_wait_until_they_are_scanned_and_are_opened_only_when_clean(app, monkeypatch):
    before = kept(b"truoc khi co may quet")
    with listening() as address:
        monkeypatch.setitem(app.config, "SCANNER", address)
        clean, bad = kept(b"sach", key_for("BT-MOT")), kept(EICAR, key_for("BT-MOT"))
        waiting = [is_openable(file) for file in (before, clean, bad)]

        refused = scan_waiting()

    assert waiting == [False, False, False]
    assert refused == [bad]
    assert [is_openable(file) for file in (before, clean, bad)] == [True, True, False]
    assert (bad.scan, bad.finding) == (Scan.REFUSED, "Eicar-Test-Signature")


@pytest.mark.feature("T-078")
def test_while_the_scanner_is_silent_everything_waits(app, monkeypatch):
    monkeypatch.setitem(app.config, "SCANNER", "127.0.0.1:1")
    file = kept(b"sach")

    assert (scan_waiting(), file.scan) == ([], Scan.WAITING)


def test_without_a_scanner_nothing_is_scanned_and_files_are_opened(app):
    file = kept(EICAR)

    assert (scan_waiting(), file.scan, is_openable(file)) == ([], Scan.UNSCANNED, True)
