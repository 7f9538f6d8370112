"""Downloads of whole entries: for the secretary after closing, for entrants their own."""

from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_security import auth_required

from marketplace import clock
from marketplace.challenges.models import Challenge
from marketplace.challenges.policy import can_run_challenge
from marketplace.challenges.queries import get_challenge
from marketplace.db import language_text
from marketplace.errors import NotFound, WrongStage
from marketplace.files.download import as_download
from marketplace.labels import FIELDS, SOLUTION_STAGES, word
from marketplace.pages import language, me
from marketplace.solutions import queries
from marketplace.solutions.answers import Reader, files_seen_by, seen_by
from marketplace.solutions.models import SolutionVersion
from marketplace.solutions.packages import Row, all_entries, own_entry
from marketplace.solutions.routes.blueprint import own_solution, solutions
from marketplace.solutions.sheets import Cell, workbook
from marketplace.solutions.telling import told

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@solutions.get("/challenges/<slug>/solutions/package.zip")
@auth_required("session")
def received_package(slug: str) -> ResponseReturnValue:
    challenge = _opened(slug)
    content = all_entries(_rows(challenge), actor=me(), readable=_readable)
    return as_download(content, name=f"{challenge.reference}.zip", media_type="application/zip")


@solutions.get("/challenges/<slug>/solutions/list.xlsx")
@auth_required("session")
def received_sheet(slug: str) -> ResponseReturnValue:
    challenge = _opened(slug)
    headings = [
        _("Number"),
        _("Reference"),
        _("Receipt"),
        _("Title"),
        _("Field of the contest"),
        _("In whose name"),
        _("Tax code"),
        _("Received"),
        _("Version"),
        _("Status"),
        _("Cost of the pilot in đồng"),
        _("TRL"),
        _("Files"),
        _("SHA-256 of the text"),
    ]
    rows = _rows(challenge)
    answers = [_answers(version) for _solution, version in rows]
    # a question that was retired keeps its column
    asked = {name: answer for answered in answers for name, answer in answered.items()}
    headings += [_plain(answer, "label") for answer in asked.values()]
    cells = [
        [*_cells(number, row), *(_said(answered[name]) if name in answered else None for name in asked)]
        for number, (row, answered) in enumerate(zip(rows, answers, strict=True), start=1)
    ]
    content = workbook(headings, cells, title=_("Solutions received"))
    return as_download(content, name=f"{challenge.reference}.xlsx", media_type=_XLSX)


def _answers(version: SolutionVersion) -> dict[str, dict[str, Any]]:
    """What the agency may read of the answers to the challenge's own questions, by question."""
    return {answer["question"]: answer for answer in seen_by(Reader.AGENCY, version).get("answers", ())}


def _said(answer: dict[str, Any]) -> str:
    chosen = [
        option.get(language()) or option.get("vi") or option.get("en") or "" for option in answer.get("chosen", ())
    ]
    return "; ".join(chosen) or told(answer)


def _plain(thing: dict[str, Any], name: str) -> str:
    """A bilingual text of a plain thing in the reader's language, else in the other."""
    return thing[f"{name}_{language()}"] or thing[f"{name}_vi"] or thing[f"{name}_en"] or ""


def _readable(version: SolutionVersion, reader: Reader) -> bytes:
    """A page that opens in any browser and prints, without anything from elsewhere."""
    content, files = seen_by(reader, version), files_seen_by(reader, version)
    context = {"solution": version.solution, "version": version, "content": content, "files": files}
    return render_template("solutions/taken_away.html", **context).encode()


def _cells(number: int, row: Row) -> list[Cell]:
    (solution, version), content = row, row[1].content
    return [
        number,
        solution.reference,
        version.reference,
        content.get("title_vi") or content.get("title_en"),
        word(FIELDS, content["field"]) if content.get("field") else None,
        language_text(solution.organisation, "name", language())[0],
        solution.organisation.tax_code,
        version.received_at,
        version.number,
        str(SOLUTION_STAGES[solution.stage.value][0]),
        content.get("cost_vnd"),
        content.get("trl"),
        len(version.files),
        version.content_sha256,
    ]


def _opened(slug: str) -> Challenge:
    challenge = get_challenge(slug, me())
    if not can_run_challenge(me(), challenge):
        raise NotFound(slug)
    if not challenge.is_closed(clock.database_now()):
        raise WrongStage("solutions are sealed until the challenge closes")
    return challenge


def _rows(challenge: Challenge) -> list[Row]:
    return [(solution, queries.solution_version(solution)) for solution in queries.received_of(challenge)]


@solutions.get("/solutions/<reference>/package.zip")
@auth_required("session")
def own_package(reference: str) -> ResponseReturnValue:
    solution = own_solution(reference)
    content = own_entry(queries.solution_version(solution), readable=_readable)
    return as_download(content, name=f"{solution.reference}.zip", media_type="application/zip")
