"""The receipt as a file: it proves itself to a program that trusts nobody, and to the page that reads it."""

import json
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from marketplace import clock
from marketplace.app import ROOT
from marketplace.audit.checkpoints import signer
from marketplace.db import db
from marketplace.solutions.services import close_challenge
from tests import make
from tests.site import Site
from tests.solutions.entries import PDF, a_solution, received

VERIFIER = ROOT / "static" / "verify_receipt.py"


@pytest.fixture
def version(app):
    minh = make.a_member(make.an_organisation("Công ty Mưa Phố"))
    solution = a_solution(make.a_challenge(), minh)
    Site(app, minh, language="en").open(f"/solutions/{solution.reference}/edit/attachments").press(
        "Attach", files={"files": PDF}
    )
    return received(solution)


def downloaded(app, version):
    """The receipt file, as the entrant downloads it from the receipt's page."""
    site = Site(app, version.submitted_by, language="en").open(f"/receipts/{version.reference}")
    return site.click("Download the receipt file")


def closed(version):
    challenge = version.solution.challenge
    with clock.at(challenge.closes_at + timedelta(seconds=1)):
        close_challenge(challenge)
        db.session.commit()


def verified(folder: Path, receipt: bytes, *more: str):
    path = folder / "receipt.json"
    path.write_bytes(receipt)
    return subprocess.run([sys.executable, "-I", VERIFIER, path, *more], capture_output=True, text=True, check=False)


def test_the_verifier_is_short_needs_only_the_standard_library_and_is_served(app, visitor):
    source = VERIFIER.read_text(encoding="utf-8")
    imports = [line for line in source.splitlines() if line.startswith(("import ", "from "))]

    assert len(source.splitlines()) <= 200
    assert imports == [f"import {name}" for name in ("argparse", "base64", "hashlib", "json", "sys")]
    visitor.open("/log")
    assert visitor.open(visitor.page.find("a", download=True)["href"]).body == VERIFIER.read_bytes()


@pytest.mark.feature("33", "N14")
def test_before_closing_the_receipt_file_holds_the_signed_promise(app, version, tmp_path):
    receipt = downloaded(app, version).body

    answer = verified(tmp_path, receipt, "--key", signer().verifier_key)

    assert answer.returncode == 0, answer.stdout
    assert "NOT YET in the signed tree" in answer.stdout
    assert json.loads(receipt)["proof"] is None


@pytest.mark.feature("33", "N14")
def test_after_closing_the_receipt_file_proves_what_was_sent_without_us(app, version, tmp_path):
    closed(version)
    site = downloaded(app, version)
    receipt = site.body
    content = site.open(f"/receipts/{version.reference}/content.json").body
    (tmp_path / "text.json").write_bytes(content)
    (tmp_path / "file.pdf").write_bytes(PDF[0])
    sent = ["--text", str(tmp_path / "text.json"), str(tmp_path / "file.pdf")]

    answer = verified(tmp_path, receipt, "--key", signer().verifier_key, *sent)

    assert answer.returncode == 0, answer.stdout
    assert f"closing {version.solution.challenge.reference}" in answer.stdout
    assert answer.stdout.count("is what was received") == 2
    assert answer.stdout.endswith("ALL HOLDS\n")


@pytest.mark.feature("33")
def test_the_verifier_finds_every_kind_of_change(app, version, tmp_path):
    closed(version)
    told = json.loads(downloaded(app, version).body)
    line, proof = told["line"], told["proof"]
    forged = [
        told | {"line": line | {"at": "2020-01-01T00:00:00.000000+00:00"}},
        told | {"line": line | {"facts": line["facts"] | {"content_sha256": "0" * 64}}},
        told | {"reference": "BN-00000000"},
        told | {"promise": told["promise"].replace("promise", "promisf")},
        told | {"proof": proof | {"index": proof["index"] + 1}},
        told | {"proof": proof | {"path": [*proof["path"][:-1], "0" * 64]}},
        told | {"proof": proof | {"checkpoint": proof["checkpoint"].replace("time 2", "time 3")}},
        {"kind": told["kind"]},
    ]

    answers = [verified(tmp_path, json.dumps(each).encode(), "--key", signer().verifier_key) for each in forged]
    other_key = verified(tmp_path, json.dumps(told).encode(), "--key", told["key"][:-4] + "AAA=")
    (tmp_path / "other.pdf").write_bytes(b"%PDF-khac")
    other_file = verified(tmp_path, json.dumps(told).encode(), str(tmp_path / "other.pdf"))

    assert [each.returncode for each in [*answers, other_key, other_file]] == [1] * 10
    assert all("BROKEN" in each.stdout for each in answers)
    assert "other.pdf is not what was received" in other_file.stdout


@pytest.mark.feature("33")
def test_anybody_pastes_a_receipt_file_and_learns_that_it_is_genuine(app, version):
    for prepare in (lambda _version: None, closed):
        prepare(version)
        receipt = downloaded(app, version).html

        site = Site(app, language="en").open("/receipts").press("Check the file", receipt=receipt)

        assert site.address == f"/en/receipts/{version.reference}"
        assert "The receipt file is genuine." in site.text


@pytest.mark.feature("33")
def test_a_receipt_file_that_was_changed_is_told_so_and_stays_in_the_form(app, version):
    closed(version)
    told = json.loads(downloaded(app, version).body)
    altered = told | {"line": told["line"] | {"at": "2020"}}
    path = told | {"proof": told["proof"] | {"index": 10_000}}
    cases = {
        "{": "This is not the content of a receipt file.",
        "[]": "This is not the content of a receipt file.",
        "[" * 90_000: "This is not the content of a receipt file.",
        json.dumps({"kind": told["kind"], "line": 3}): "This is not the content of a receipt file.",
        json.dumps(altered): "The receipt was changed after it was signed.",
        json.dumps(path): "the path to the signed head of the journal was changed",
        json.dumps(told | {"promise": "x\n\n— y z\n"}): "The receipt was not signed by this site.",
        "": "Paste the whole content of the receipt file.",
    }
    site = Site(app, language="en")

    for text, error in cases.items():
        site.open("/receipts").press("Check the file", receipt=text)
        assert (site.status, [error in each for each in site.errors]) == (422, [True])
        assert site.value("receipt").strip() == text


@pytest.mark.feature("33")
def test_a_genuine_receipt_of_something_that_vanished_is_an_alarm(app, version):
    receipt = downloaded(app, version).html
    version.content_sha256 = "0" * 64
    db.session.commit()

    site = Site(app, language="en").open("/receipts").press("Check the file", receipt=receipt)

    assert ["is not here any more" in each for each in site.errors] == [True]


@pytest.mark.feature("32")
def test_nobody_but_the_entrant_downloads_the_receipt_file(app, version):
    challenge = version.solution.challenge
    others = [make.a_member(challenge.agency), make.an_operator(), make.an_auditor(), make.a_person()]

    statuses = [Site(app, each).open(f"/receipts/{version.reference}/receipt.json").status for each in others]

    assert statuses == [404] * 4
