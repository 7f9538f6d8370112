"""Signed notes: read by whoever has the key, refused when anything was changed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.audit.notes import BadNote, Signer, checkpoint_text, head_of, signed_text

SIGNER = Signer("ba-nha.example.vn", bytes(range(32)))
NOTE = SIGNER.sign(checkpoint_text("ba-nha.example.vn/journal", size=7, root=b"r" * 32, more=("time now",)))


def test_a_note_is_read_with_its_key():
    assert head_of(signed_text(NOTE, SIGNER.verifier_key)) == (7, b"r" * 32)
    assert SIGNER.sign("x\n") == SIGNER.sign("x\n")


@given(st.integers(0, len(NOTE) - 1), st.characters(codec="utf-8"))
def test_a_note_with_one_changed_letter_is_refused_or_says_the_same(place, letter):
    changed = NOTE[:place] + letter + NOTE[place + 1 :]

    try:
        text = signed_text(changed, SIGNER.verifier_key)
    except BadNote:
        return
    assert text == signed_text(NOTE, SIGNER.verifier_key)


@pytest.mark.parametrize("key", ["", "a+b", "ba-nha.example.vn+00000000+AAAA", Signer("khac", bytes(32)).verifier_key])
def test_another_key_reads_nothing(key):
    with pytest.raises(BadNote):
        signed_text(NOTE, key)
