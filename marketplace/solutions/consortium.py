"""What a consortium says of itself, and whether its partners stand behind the draft as it is. Pure."""

from typing import Any

from marketplace.solutions import authorship
from marketplace.solutions.models import Confirmation, Partner, Solution, SolutionVersion
from marketplace.solutions.snapshot import content_hash, content_of, files_of

WHOLE_BP = 10_000


def standing(solution: Solution) -> list[Partner]:
    """The lead's line and those of partners that were invited or accepted; empty while one organisation answers."""
    lines = [partner for partner in solution.partners if partner.ended_at is None]
    lines.sort(key=lambda partner: (not partner.is_lead, partner.id))
    return lines if len(lines) > 1 else []


def accepted(solution: Solution) -> list[Partner]:
    """The partners that said yes, without the lead."""
    return [each for each in standing(solution) if each.accepted_at is not None and not each.is_lead]


def has_open_invitations(solution: Solution) -> bool:
    """Whether a partner was invited and has not answered."""
    return any(partner.accepted_at is None for partner in standing(solution))


def is_described(solution: Solution) -> bool:
    """Whether every line says what the organisation does, and the shares sum to the whole."""
    lines = standing(solution)
    return all(line.task for line in lines) and sum(line.share_bp for line in lines) == WHOLE_BP


def whole_hash(solution: Solution) -> str:
    """SHA-256 of all that a partner confirms: text, files by name and hash, authors, and the consortium's lines."""
    whole = {
        "content": content_of(solution),
        "files": [[file["name"], file["sha256"]] for file in files_of(solution)],
        "partners": _terms_of(solution),
        "authors": authorship.terms_of(solution),
    }
    return content_hash(whole)


def confirmation_of(partner: Partner, sha256: str) -> Confirmation | None:
    """The partner's word for this state."""
    return next((each for each in partner.confirmations if each.sha256 == sha256), None)


def unconfirmed(solution: Solution) -> list[Partner]:
    """The partners whose word for the draft as it stands is missing; the lead gives its own by sending."""
    lines = accepted(solution)
    sha256 = whole_hash(solution) if lines else ""
    return [partner for partner in lines if confirmation_of(partner, sha256) is None]


def lines_of(solution: Solution) -> list[dict[str, Any]]:
    """The consortium as a version keeps it: who, what, how much, and when each confirmed."""
    sha256 = whole_hash(solution)
    return [
        terms | _word_of(partner, sha256)
        for partner, terms in zip(standing(solution), _terms_of(solution), strict=True)
    ]


def is_changed(solution: Solution, version: SolutionVersion) -> bool:
    """Whether the consortium's lines or the authors differ from those that were received."""
    partners = [{name: line.get(name) for name in _TERMS} for line in version.partners]
    authors = [{name: line[name] for name in ("name", "share_bp")} for line in version.authors]
    return (partners, authors) != (_terms_of(solution), authorship.terms_of(solution))


def organisations_of(version: SolutionVersion) -> list[int]:
    """Ids of every organisation behind a received version, the lead first."""
    partners = [line["organisation_id"] for line in version.partners if not line["is_lead"]]
    return [version.solution.organisation_id, *partners]


_TERMS = ("organisation_id", "organisation", "name_vi", "name_en", "is_lead", "task", "share_bp", "background_ip")


def _terms_of(solution: Solution) -> list[dict[str, Any]]:
    return [_terms(partner) for partner in standing(solution)]


def _terms(partner: Partner) -> dict[str, Any]:
    return {
        "organisation_id": partner.organisation_id,
        "organisation": partner.organisation.reference,
        "name_vi": partner.organisation.name_vi,
        "name_en": partner.organisation.name_en,
        "is_lead": partner.is_lead,
        "task": partner.task,
        "share_bp": partner.share_bp,
        "background_ip": partner.background_ip,
    }


def _word_of(partner: Partner, sha256: str) -> dict[str, Any]:
    word = confirmation_of(partner, sha256)
    return {
        "confirmed_at": word.confirmed_at.isoformat() if word else None,
        "confirmed_by": word.person.full_name if word else None,
    }
