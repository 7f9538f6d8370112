"""The receipt as a paper to keep: what was received, its hashes, the site's signature, and how anybody checks it."""

from typing import Any
from urllib.parse import urlsplit

from flask import current_app
from flask_babel import gettext as _

from marketplace.formats import file_size, percent
from marketplace.pages import absolute, language, plain
from marketplace.papers import code_for, paper
from marketplace.solutions.models import SolutionVersion
from marketplace.solutions.moments import in_utc, moment_read, to_the_second
from marketplace.solutions.proofs import receipt_file

Rows = list[tuple[str, str]]


def receipt_paper(version: SolutionVersion) -> bytes:
    """The receipt in the reader's language as PDF. It says what was received and never changes."""
    return paper("receipt", told_by(version), language=language())


def told_by(version: SolutionVersion) -> dict[str, Any]:
    """What the paper says, as templates/papers/receipt.typ takes it."""
    return {
        "site": current_app.config["SITE_NAME"],
        "address": urlsplit(current_app.config["BASE_URL"]).netloc,
        "title": _("Receipt %(reference)s", reference=version.reference),
        "heading": _("Receipt for a solution"),
        "reference": version.reference,
        "received": _("Received at %(moment)s", moment=to_the_second(version.received_at, language())),
        "utc": in_utc(version.received_at),
        "facts": _facts(version),
        "notes": _notes(version),
        "parts": [{"heading": heading, "rows": rows} for heading, rows in _parts(version) if rows],
        "hashes": {"heading": _("Hashes (SHA-256) of what was received"), "rows": _hashes(version)},
        "signature": _signature(version),
        "check": _check(version),
    }


def _facts(version: SolutionVersion) -> Rows:
    solution, content = version.solution, version.content
    title = content.get(f"title_{language()}") or content.get("title_vi") or content.get("title_en") or ""
    challenge = solution.challenge
    names = [plain(solution.organisation, "name"), *(_name(each) for each in version.partners if not each["is_lead"])]
    return [
        (_("Challenge"), f"{plain(challenge, 'title')} ({challenge.reference})"),
        (_("Agency"), plain(challenge.agency, "name")),
        (_("Solution"), f"{title} ({solution.reference})"),
        (_("Version"), str(version.number)),
        (_("In whose name"), ", ".join(names)),
        (_("Sent by"), version.submitted_by.full_name),
    ]


def _name(line: dict[str, Any]) -> str:
    return line.get(f"name_{language()}") or line["name_vi"] or line["name_en"] or ""


def _notes(version: SolutionVersion) -> list[str]:
    notes, came = [], version.solution.paper
    if came is not None and version.number == 1:
        notes.append(
            _(
                "It came on paper, number %(reference)s, and was typed in by %(person)s. The moment is that of the "
                "stamp on the paper; the scan is what counts.",
                reference=came.reference,
                person=came.clerk.full_name,
            )
        )
    if version.sent_at_closing:
        notes.append(
            _(
                "Nobody sent it in time. It was complete, you had asked for it, and so it was sent at closing by the "
                "rule of the challenge."
            )
        )
    return notes


def _parts(version: SolutionVersion) -> list[tuple[str, Rows]]:
    partners = [(_name(each), _standing(each)) for each in version.partners]
    authors = [(each["name"], _certified(each)) for each in version.authors]
    return [(_("Consortium"), partners), (_("Authors"), authors)]


def _standing(line: dict[str, Any]) -> str:
    lines = [percent(line["share_bp"] / 100), line["task"] or ""]
    if line["confirmed_at"]:
        lines.append(_("confirmed at %(moment)s", moment=_moment(line["confirmed_at"])))
    return "\n".join(filter(None, lines))


def _certified(line: dict[str, Any]) -> str:
    share, moment = percent(line["share_bp"] / 100), line["certified_at"]
    return f"{share}\n{_('certified at %(moment)s', moment=_moment(moment))}" if moment else share


def _moment(text: str) -> str:
    return to_the_second(moment_read(text), language())


def _hashes(version: SolutionVersion) -> Rows:
    files = [(f"{file['name']} ({file_size(file['size'])})", file["sha256"]) for file in version.files]
    whole = [(_("Text, files and consortium, as the partners confirmed them"), version.whole_sha256)]
    return [
        (_("Text"), version.content_sha256),
        *files,
        *((name, sha256) for name, sha256 in whole if version.partners and sha256),
    ]


def _signature(version: SolutionVersion) -> dict[str, str] | None:
    told = receipt_file(version)
    if told is None:
        return None
    return {
        "heading": _("Signature of the site"),
        "text": _("The site signed the line of its journal that says all this: it cannot deny it later."),
        "note": told["promise"].strip(),
        "key-name": _("Key with which it is checked:"),
        "key": told["key"],
    }


def _check(version: SolutionVersion) -> dict[str, str]:
    address = absolute("solutions.receipt", language(), reference=version.reference)
    return {
        "heading": _("Anybody can check this receipt"),
        "text": _(
            "Scan the code or open the address: the page shows the moment and the hashes, and nothing of what was "
            "sent. Whoever holds the text or a file can compute its SHA-256 and compare."
        ),
        "address": address,
        "code": code_for(address),
    }
