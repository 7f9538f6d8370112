"""Downloads of whole entries: for the secretary after closing, for entrants their own."""

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
from marketplace.solutions.packages import Row, all_entries, own_entry
from marketplace.solutions.routes.blueprint import own_solution, solutions
from marketplace.solutions.sheets import Cell, workbook

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@solutions.get("/challenges/<slug>/solutions/package.zip")
@auth_required("session")
def received_package(slug: str) -> ResponseReturnValue:
    challenge = _opened(slug)
    content = all_entries(_rows(challenge), actor=me())
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
    cells = [_cells(number, row) for number, row in enumerate(_rows(challenge), start=1)]
    content = workbook(headings, cells, title=_("Solutions received"))
    return as_download(content, name=f"{challenge.reference}.xlsx", media_type=_XLSX)


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
    content = own_entry(queries.solution_version(solution))
    return as_download(content, name=f"{solution.reference}.zip", media_type="application/zip")
