"""What others may do with briefings: readers report them, the operator hides them."""

from sqlalchemy import select

from marketplace.accounts.moderating.queries import PublicText, public_texts
from marketplace.challenges.briefings.models import Briefing
from marketplace.db import db
from marketplace.organisations.queries import people_with_role
from marketplace.organisations.stages import Role


@public_texts("briefing")
def announced_briefing(reference: str) -> PublicText | None:
    """What an agency announces; where it takes place is not public."""
    briefing = db.session.scalar(select(Briefing).where(Briefing.reference == reference))
    if briefing is None or not briefing.challenge.is_listed:
        return None
    said = (briefing.title_vi, briefing.title_en, briefing.cancelled_because)
    return PublicText(
        title=briefing.title_vi or briefing.title_en or reference,
        words="\n\n".join(text for text in said if text),
        address=f"/challenges/{briefing.challenge.slug}/briefings/{reference}",
        authors=people_with_role(briefing.challenge.agency, Role.MEMBER),
    )
