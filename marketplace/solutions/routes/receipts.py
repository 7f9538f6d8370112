"""Receipts: in full for the entrant, a proof of time and hashes for whoever has the reference."""

from flask import Response, request
from flask.typing import ResponseReturnValue
from flask_security import auth_required

from marketplace.errors import NotFound
from marketplace.pages import me, page, see_other, url
from marketplace.solutions import queries
from marketplace.solutions.models import SolutionVersion
from marketplace.solutions.policy import is_of_entrant
from marketplace.solutions.routes.blueprint import solutions
from marketplace.solutions.snapshot import canonical_json
from marketplace.text import clean_line

# what people read wrongly from paper: the reference's alphabet has no I, L, O and U
_MISREAD = str.maketrans("ILO", "110")


@solutions.get("/receipts")
def look_up() -> ResponseReturnValue:
    asked = clean_line(request.args.get("reference", "")[:100])
    if not asked:
        return page("solutions/look_up.html", asked="")
    version = queries.version_by_reference(_reference_in(asked))
    if version is None:
        return page("solutions/look_up.html", asked=asked, status=404)
    return see_other(url("solutions.receipt", reference=version.reference))


def _reference_in(asked: str) -> str:
    prefix, _hyphen, tail = asked.upper().replace(" ", "").partition("-")
    return f"{prefix}-{tail.translate(_MISREAD)}"


@solutions.get("/receipts/<reference>")
def receipt(reference: str) -> ResponseReturnValue:
    version = _version(reference)
    if not is_of_entrant(me(), version.solution):
        return page("solutions/verification.html", version=version, challenge=version.solution.challenge)
    return page("solutions/receipt.html", version=version, solution=version.solution)


@solutions.get("/receipts/<reference>/content.json")
@auth_required("session")
def receipt_content(reference: str) -> ResponseReturnValue:
    version = _version(reference)
    if not is_of_entrant(me(), version.solution):
        raise NotFound(reference)
    response = Response(canonical_json(version.content), mimetype="application/json")
    response.headers["Content-Disposition"] = f'attachment; filename="{version.reference}.json"'
    return response


def _version(reference: str) -> SolutionVersion:
    version = queries.version_by_reference(reference)
    if version is None:
        raise NotFound(reference)
    return version
