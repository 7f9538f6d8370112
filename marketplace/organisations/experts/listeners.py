"""What others may do with pages of experts: readers report them, the operator hides them."""

from sqlalchemy import select

from marketplace.accounts.moderating.queries import PublicText, public_texts
from marketplace.db import db
from marketplace.organisations.experts.models import Expert
from marketplace.organisations.experts.stages import Readers


@public_texts("expert")
def page_of_expert(reference: str) -> PublicText | None:
    """What an expert says to everybody; they may object themselves."""
    expert = db.session.scalar(select(Expert).where(Expert.reference == reference))
    if expert is None or expert.readers != Readers.PUBLIC:
        return None
    summary = (expert.summary_vi, expert.summary_en) if expert.shows("summary", Readers.PUBLIC) else ()
    lines = [line.title for line in expert.evidence] if expert.shows("evidence", Readers.PUBLIC) else []
    return PublicText(
        title=expert.full_name,
        words="\n\n".join(text for text in (*summary, *lines) if text),
        address=f"/experts/{reference}",
        authors=[expert.person] if expert.person is not None else [],
    )
