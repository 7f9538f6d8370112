"""The process is killed at every fsync of attaching and sending, each in turn: nothing is lost, nothing is half."""

import os
import shutil
import subprocess
import traceback
from itertools import count

import pytest
from sqlalchemy import func, select, text

from marketplace.audit.models import JournalEntry
from marketplace.db import db, token
from marketplace.files import whole_content
from marketplace.solutions.models import Solution, SolutionVersion
from marketplace.solutions.queries import version_file
from tests import make
from tests.site import Site
from tests.solutions.entries import PDF, a_solution

needs_strace = pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")


@needs_strace
@pytest.mark.skipif(
    bool(os.environ.get("TEST_DATABASE_URL")), reason="only on SQLite: PostgreSQL writes in processes of its own"
)
@pytest.mark.feature("F-01", "F-02")
@pytest.mark.parametrize("call", ["fsync", "fdatasync"])
def test_killed_at_every_fsync_of_one_submit_nothing_is_lost_and_nothing_half_saved(app, call):
    challenge = make.a_challenge()
    killed = 0
    for number in count(1):
        solution = a_solution(challenge, make.a_member(make.an_organisation()))
        site, key = Site(app, solution.author, language="en"), token()
        site.open(f"/solutions/{solution.reference}/edit/attachments")
        reference, identity = solution.reference, solution.id

        survived, acknowledged = attach_and_send(site, reference, key, kill_at=(call, number))

        check_whole(identity, acknowledged)
        again = Site(app, db.session.get_one(Solution, identity).author, language="en")
        again.open("/solutions").send(f"/solutions/{reference}/versions", idempotency_key=key)
        check_whole(identity, acknowledged=True)
        if survived:
            break
        killed += 1
    assert killed > 0
    assert db.session.execute(text("pragma integrity_check")).scalar_one() == "ok"


def attach_and_send(site, reference, key, *, kill_at) -> tuple[bool, bool]:
    """In a process that is killed at that call: whether it lived to the end, and whether the receipt was answered."""
    call, number = kill_at
    db.session.remove()
    db.engine.dispose()
    begin, go = os.pipe()
    heard, told = os.pipe()
    process = os.fork()
    if process == 0:
        _in_child(site, reference, key, begin, told)
    tracing = ["strace", "-f", "-o", os.devnull, "-e", f"trace={call}", "-p", str(process)]
    tracing += ["-e", f"inject={call}:signal=SIGKILL:when={number}"]
    with subprocess.Popen(tracing, stderr=subprocess.PIPE) as tracer:
        assert b"attached" in tracer.stderr.readline()
        os.write(go, b"g")
        _process, status = os.waitpid(process, 0)
    os.close(told)
    acknowledged = os.read(heard, 10) == b"received"
    for descriptor in (begin, go, heard):
        os.close(descriptor)
    return os.WIFEXITED(status), acknowledged


def _in_child(site, reference, key, begin, told) -> None:
    try:
        os.read(begin, 1)
        site.press("Attach", files={"files": PDF})
        site.send(f"/solutions/{reference}/versions", idempotency_key=key)
        if "/receipts/" in site.address:
            os.write(told, b"received")
    except BaseException:  # noqa: BLE001 - the test must not go on in this process
        traceback.print_exc()
    finally:
        os._exit(0)


def check_whole(identity: int, acknowledged: bool) -> None:
    """What was answered is there once; what is there is whole: version, journal line, files and their bytes."""
    db.session.expire_all()
    solution = db.session.get_one(Solution, identity)
    lines = db.session.scalar(
        select(func.count()).where(
            JournalEntry.event == "SolutionSubmitted", JournalEntry.object_reference == solution.reference
        )
    )
    assert len(solution.versions) == lines == (1 if acknowledged else len(solution.versions))
    assert (solution.stage == "submitted") is (lines == 1)
    for attachment in solution.attachments:
        assert whole_content(attachment.file) == PDF[0]
    for version in solution.versions:
        assert isinstance(version, SolutionVersion)
        assert [whole_content(version_file(version, line["reference"])) for line in version.files] == [
            PDF[0] for _line in version.files
        ]
    db.session.commit()
