"""Receipts: in full for the entrant, a proof of time and hashes for whoever has the reference."""

import json

from flask import Response, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_security import auth_required

from marketplace.errors import NotFound
from marketplace.files.download import as_download
from marketplace.pages import flash_done, me, page, see_other, url
from marketplace.solutions import queries
from marketplace.solutions.forms import ReceiptForm
from marketplace.solutions.models import SolutionVersion
from marketplace.solutions.policy import is_of_entrant
from marketplace.solutions.proofs import NotGenuine, receipt_file, version_of_receipt
from marketplace.solutions.receipt_paper import receipt_paper
from marketplace.solutions.routes.blueprint import solutions
from marketplace.text import canonical_json, clean_line

# what people read wrongly from paper: the reference's alphabet has no I, L, O and U
_MISREAD = str.maketrans("ILO", "110")


@solutions.get("/receipts")
def look_up() -> ResponseReturnValue:
    asked = clean_line(request.args.get("reference", "")[:100])
    if not asked:
        return page("solutions/look_up.html", asked="", form=ReceiptForm(formdata=None))
    version = queries.version_by_reference(_reference_in(asked))
    if version is None:
        return page("solutions/look_up.html", asked=asked, form=ReceiptForm(formdata=None), status=404)
    return see_other(url("solutions.receipt", reference=version.reference))


def _reference_in(asked: str) -> str:
    prefix, _hyphen, tail = asked.upper().replace(" ", "").partition("-")
    return f"{prefix}-{tail.translate(_MISREAD)}"


@solutions.post("/receipts/verification")
def verify_receipt() -> ResponseReturnValue:
    form = ReceiptForm()
    if form.validate():
        try:
            version = version_of_receipt(form.receipt.data)
        except NotGenuine as reason:
            form.receipt.errors = [_why_not(str(reason))]
        else:
            flash_done(_("The receipt file is genuine. What it says was received stands here as it says."))
            return see_other(url("solutions.receipt", reference=version.reference))
    return page("solutions/look_up.html", asked="", form=form, status=422)


def _why_not(reason: str) -> str:
    return {
        "unreadable": _("This is not the content of a receipt file. Open the file, copy everything, and paste it."),
        "signature": _("The receipt was not signed by this site."),
        "altered": _("The receipt was changed after it was signed."),
        "path": _("The receipt was signed, but the path to the signed head of the journal was changed."),
        "unknown": _(
            "The receipt was signed by this site, but what it proves is not here any more. Keep the file and report it."
        ),
    }[reason]


@solutions.get("/receipts/<reference>")
def receipt(reference: str) -> ResponseReturnValue:
    version = _version(reference)
    if not is_of_entrant(me(), version.solution):
        return page("solutions/verification.html", version=version, challenge=version.solution.challenge)
    return page(
        "solutions/receipt.html", version=version, solution=version.solution, receipt_file=receipt_file(version)
    )


@solutions.get("/receipts/<reference>/content.json")
@auth_required("session")
def receipt_content(reference: str) -> ResponseReturnValue:
    version = _version(reference)
    if not is_of_entrant(me(), version.solution):
        raise NotFound(reference)
    response = Response(canonical_json(version.content), mimetype="application/json")
    response.headers["Content-Disposition"] = f'attachment; filename="{version.reference}.json"'
    return response


@solutions.get("/receipts/<reference>/receipt.json")
@auth_required("session")
def receipt_proof(reference: str) -> ResponseReturnValue:
    version = _version(reference)
    told = receipt_file(version) if is_of_entrant(me(), version.solution) else None
    if told is None:
        raise NotFound(reference)
    response = Response(json.dumps(told, ensure_ascii=False, indent=1), mimetype="application/json")
    response.headers["Content-Disposition"] = f'attachment; filename="{version.reference}-receipt.json"'
    return response


@solutions.get("/receipts/<reference>/receipt.pdf")
@auth_required("session")
def receipt_pdf(reference: str) -> ResponseReturnValue:
    version = _version(reference)
    if not is_of_entrant(me(), version.solution):
        raise NotFound(reference)
    return as_download(receipt_paper(version), name=f"{reference}.pdf", media_type="application/pdf")


def _version(reference: str) -> SolutionVersion:
    version = queries.version_by_reference(reference)
    if version is None:
        raise NotFound(reference)
    return version
