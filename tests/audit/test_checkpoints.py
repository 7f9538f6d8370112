"""Signed heads of the journal's tree: what enters it, what the public log shows, and that changes are found."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import func, select, text

from marketplace import clock
from marketplace.audit import notes
from marketplace.audit.checkpoints import add_checkpoint, signer
from marketplace.audit.merkle import roots_from_consistency
from marketplace.audit.models import Checkpoint, JournalEntry
from marketplace.db import db
from marketplace.jobs import run_periodic
from marketplace.organisations.services import edit_organisation
from marketplace.organisations.stages import Role
from marketplace.solutions.services.sealing import close_challenges
from tests import make
from tests.site import Site
from tests.solutions.entries import a_received_solution


def lines(count=3):
    """A journal with that many lines."""
    organisation = make.an_organisation()
    manager = make.a_member(organisation, Role.MANAGER)
    for number in range(count):
        edit_organisation(organisation, actor=manager, name_vi=f"Công ty {number}")
    db.session.commit()


def checkpoint():
    made = add_checkpoint()
    db.session.commit()
    return made


def verify(app):
    return app.test_cli_runner().invoke(args=["audit", "verify"])


@pytest.mark.feature("107", "N14")
def test_the_public_log_shows_every_signed_head_and_its_note_is_signed(app, visitor):
    lines(3)
    checkpoint()
    lines(2)
    second = checkpoint()

    site = Site(app, language="en").open("/log")
    rows = [row.get_text(" ", strip=True) for row in site.page.select("tbody tr")]
    note = visitor.open(f"/log/{second.size}").html

    assert [second.root[:16] in rows[0], len(rows)] == [True, 2]
    key = next(code.get_text() for code in site.page.find_all("code") if "+" in code.get_text())
    assert notes.head_of(notes.signed_text(note, key)) == (second.size, bytes.fromhex(second.root))


@pytest.mark.feature("107")
def test_the_public_log_proves_that_it_only_grew(app, visitor):
    lines(3)
    first = checkpoint()
    lines(4)
    second = checkpoint()

    path = json.loads(visitor.open(f"/log/{first.size}/growth/{second.size}").html)["path"]

    shown = roots_from_consistency(
        size=first.size, root=bytes.fromhex(first.root), later=second.size, path=[bytes.fromhex(each) for each in path]
    )
    assert shown == (bytes.fromhex(first.root), bytes.fromhex(second.root))
    assert visitor.open(f"/log/{second.size}/growth/{first.size}").status == 404
    assert visitor.open("/log/99999999999999999999").status == 404


@pytest.mark.feature("32")
def test_the_size_of_the_tree_tells_nothing_of_what_is_sealed(app):
    challenge = make.a_challenge()
    checkpoint()
    before = db.session.scalar(select(func.max(Checkpoint.size)))
    a_received_solution(challenge)
    sealed = select(func.count()).where(JournalEntry.event == "SolutionSubmitted", JournalEntry.leaf_index.is_(None))

    nothing_new = checkpoint()

    assert (nothing_new, db.session.scalar(sealed)) == (None, 1)
    with clock.at(challenge.closes_at):
        opened = checkpoint()
    assert opened.size > (before or 0)
    assert db.session.scalar(sealed) == 0


@pytest.mark.feature("N14", "32")
def test_at_closing_the_root_of_everything_received_is_on_the_challenges_page(app):
    challenge = make.a_challenge()
    a_received_solution(challenge)
    site = Site(app, language="en")
    before = site.open(f"/challenges/{challenge.slug}").text

    with clock.at(challenge.closes_at + timedelta(seconds=1)):
        run_periodic({})
        run_periodic({})
        after = site.open(f"/challenges/{challenge.slug}").text

    sealing = db.session.scalars(select(Checkpoint).where(Checkpoint.closing_of == challenge.reference)).one()
    assert "Closing root" not in before
    assert f"Closing root: {sealing.root}" in after


def test_a_challenge_is_closed_once_and_none_before_its_time(app):
    later, ended = make.a_challenge(), make.a_closed_challenge()
    cancelled = make.a_closed_challenge()
    cancelled.stage = "cancelled"
    db.session.commit()

    for _round in range(2):
        close_challenges()
        db.session.commit()

    closed = db.session.scalars(select(JournalEntry.object_reference).where(JournalEntry.event == "ChallengeClosed"))
    assert closed.all() == [ended.reference]
    assert later.reference != ended.reference


@pytest.mark.feature("107")
def test_an_untouched_journal_verifies(app):
    lines(3)
    checkpoint()
    lines(1)

    answer = verify(app)

    assert (answer.exit_code, signer().verifier_key in answer.output) == (0, True)


@pytest.mark.feature("107")
@pytest.mark.parametrize("column", ["at", "event", "object_name", "object_reference", "changes", "facts", "actor_id"])
def test_a_line_that_was_changed_is_named(app, column):
    lines(5)
    checkpoint()
    third = db.session.scalars(select(JournalEntry).order_by(JournalEntry.id).offset(2)).first()
    other = {"at": third.at + timedelta(microseconds=1), "actor_id": make.a_person().id}
    plain = {"changes": {"name_vi": ["A", "B"]}, "facts": {"x": 1}}
    db.session.refresh(third)
    setattr(third, column, other.get(column) or plain.get(column) or "Khác")
    db.session.commit()

    answer = verify(app)

    assert answer.exit_code == 1
    assert f"BROKEN line {third.id}: its content does not give its hash" in answer.output


@pytest.mark.feature("107")
def test_a_line_changed_together_with_its_hash_breaks_the_next_signed_head(app):
    lines(5)
    checkpoint()
    db.session.execute(text("update journal_entry set leaf_hash = :other where leaf_index = 2"), {"other": "0" * 64})
    entry = db.session.scalars(select(JournalEntry).where(JournalEntry.leaf_index == 2)).one()
    entry.object_name = "Khác"
    from marketplace.audit.lines import leaf_of, reference_of

    entry.leaf_hash = leaf_of(entry, actor=reference_of(entry)).hex()
    db.session.commit()

    answer = verify(app)

    assert answer.exit_code == 1
    assert "the lines before it do not give the root that was signed" in answer.output


@pytest.mark.feature("107")
@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("delete from journal_entry where leaf_index = 2", "a line is missing"),
        ("delete from journal_entry where leaf_index >= 3", "only 3 lines are left"),
        ("update checkpoint set root = replace(root, substr(root, 1, 1), 'x')", "its row does not say"),
        ("update checkpoint set note = replace(note, 'journal', 'sổ')", "signature is wrong"),
    ],
)
def test_what_was_taken_away_or_forged_is_found(app, statement, told):
    lines(5)
    checkpoint()
    db.session.execute(text(statement))
    db.session.commit()

    answer = verify(app)

    assert (answer.exit_code, told in answer.output) == (1, True)


def test_a_fault_in_one_periodic_deed_does_not_keep_the_others_from_happening(app, monkeypatch):
    lines(1)
    monkeypatch.setattr("marketplace.jobs._periodic", {"bad": (timedelta(), fail), "good": (timedelta(), checkpoint)})

    run_periodic({})

    assert db.session.scalar(select(func.count()).select_from(Checkpoint)) == 1


def fail():
    raise RuntimeError("no")
