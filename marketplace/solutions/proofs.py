"""The receipt as a file that proves itself, and what it takes to believe one that somebody brings."""

import json
from typing import Any

from marketplace.audit import merkle, notes
from marketplace.audit.checkpoints import signer
from marketplace.audit.models import JournalEntry
from marketplace.audit.proofs import promise_of, proof_of, told_line
from marketplace.audit.queries import entries_about
from marketplace.solutions.models import SolutionVersion
from marketplace.solutions.queries import version_by_reference
from marketplace.text import canonical_json

KIND = "ba-nha-receipt-1"


class NotGenuine(ValueError):
    """A receipt does not hold; its argument is the reason: unreadable, signature, altered, path, unknown."""


def receipt_file(version: SolutionVersion) -> dict[str, Any] | None:
    """Everything static/verify_receipt.py needs: the journal's line, its signed promise, its proof once in the tree.

    Only for the entrant: before closing the line is sealed. None for a version older than the journal's tree.
    """
    entry = _line_about(version)
    if entry is None:
        return None
    return {
        "kind": KIND,
        "reference": version.reference,
        "key": signer().verifier_key,
        "line": told_line(entry),
        "promise": promise_of(entry),
        "proof": proof_of(entry),
    }


def _line_about(version: SolutionVersion) -> JournalEntry | None:
    found = entries_about(version.solution.reference, "SolutionSubmitted")
    return next((each for each in found if each.facts.get("receipt") == version.reference and each.leaf_hash), None)


def version_of_receipt(text: str) -> SolutionVersion:
    """The version that this receipt file proves. Raises NotGenuine."""
    told = _read(text)
    try:
        line, facts = told["line"], told["line"]["facts"]
        leaf = merkle.leaf_hash(canonical_json(line))
        signed = _signed(told["promise"]).split("\n")
        if signed[1:3] != [leaf.hex(), line["at"]] or facts["receipt"] != told["reference"]:
            raise NotGenuine("altered")
        if told.get("proof"):
            _check_path(told["proof"], leaf)
        return _known(facts)
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise error if isinstance(error, NotGenuine) else NotGenuine("unreadable") from error


def _read(text: str) -> dict[str, Any]:
    try:
        told = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise NotGenuine("unreadable") from error
    if not isinstance(told, dict) or told.get("kind") != KIND:
        raise NotGenuine("unreadable")
    return told


def _signed(note: str) -> str:
    try:
        return notes.signed_text(note, signer().verifier_key)
    except notes.BadNote as error:
        raise NotGenuine("signature") from error


def _check_path(proof: dict[str, Any], leaf: bytes) -> None:
    size, root = notes.head_of(_signed(proof["checkpoint"]))
    path = [bytes.fromhex(step) for step in proof["path"]]
    try:
        reached = merkle.root_from_inclusion(leaf, index=int(proof["index"]), size=size, path=path)
    except merkle.BrokenProof as error:
        raise NotGenuine("path") from error
    if reached != root:
        raise NotGenuine("path")


def _known(facts: dict[str, Any]) -> SolutionVersion:
    version = version_by_reference(str(facts["receipt"]))
    hashes = (facts["content_sha256"], facts["files"])
    if version is None or hashes != (version.content_sha256, [line["sha256"] for line in version.files]):
        raise NotGenuine("unknown")
    return version
