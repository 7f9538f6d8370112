"""Files sealed with a key: they come back whole, or not at all."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.db import db
from marketplace.files import StoredFile, content_of, keep_upload, key_for, whole_content
from marketplace.files.sealing import PIECE, Damaged, sealed, unsealed

KEY, OTHER = b"k" * 32, b"o" * 32


def together(chunks, key=KEY):
    return b"".join(sealed(chunks, key))


def opened(content, key=KEY):
    return b"".join(unsealed(io.BytesIO(content), key))


@given(st.integers(0, 3), st.integers(-1, 1), st.integers(1, 100_000))
def test_what_is_sealed_comes_back_whatever_its_length_and_pieces(pieces, more, chunk):
    content = bytes(max(0, pieces * PIECE + more))
    chunks = [content[start : start + chunk] for start in range(0, len(content), chunk)]

    lying = together(chunks)

    assert opened(lying) == content
    assert len(content) < 16 or content[:16] not in lying


@pytest.mark.parametrize(
    "change",
    [
        lambda lying: lying[:-1],
        lambda lying: lying[: 20 + PIECE + 16],
        lambda lying: lying[:20] + lying[20 + PIECE + 16 :],
        lambda lying: lying[:20] + lying[20 + PIECE + 16 : 20 + 2 * (PIECE + 16)] + lying[20 : 20 + PIECE + 16],
        lambda lying: lying[:100] + bytes([lying[100] ^ 1]) + lying[101:],
        lambda lying: b"BNS1" + bytes(16) + lying[20:],
        lambda lying: lying + b"x",
        lambda lying: b"%PDF-1.7",
        lambda lying: b"",
    ],
)
def test_what_was_cut_swapped_or_changed_is_refused(change):
    lying = together([b"a" * PIECE, b"b" * PIECE, b"c" * 100])

    with pytest.raises(Damaged):
        opened(change(lying))


def test_another_key_opens_nothing_and_the_same_content_never_looks_the_same():
    with pytest.raises(Damaged):
        opened(together([b"x"]), OTHER)
    assert together([b"x"]) != together([b"x"])


@pytest.mark.feature("32")
def test_a_file_of_a_challenge_lies_encrypted_under_the_challenges_own_key(app):
    content = b"%PDF-1.7 bi mat trong de an " * 10_000
    key = key_for("BT-MOT")

    file = keep_upload(io.BytesIO(content), name="a.pdf", uploaded_by_id=None, key=key)
    db.session.add(file)
    db.session.commit()

    lying = file.path.read_bytes()
    assert (b"bi mat" in lying, file.sha256 in file.path.name, file.size) == (False, False, len(content))
    assert whole_content(db.session.get_one(StoredFile, file.id)) == content
    assert (key_for("BT-MOT"), key_for("BT-HAI").secret != key.secret) == (key, True)


def test_a_key_wrapped_by_another_master_key_opens_nothing(app, monkeypatch):
    file = keep_upload(io.BytesIO(b"%PDF-"), name="a.pdf", uploaded_by_id=None, key=key_for("BT-MOT"))
    db.session.add(file)
    db.session.commit()
    monkeypatch.setitem(app.config, "MASTER_KEY_BYTES", b"x" * 32)

    with pytest.raises(Damaged):
        content_of(file)
