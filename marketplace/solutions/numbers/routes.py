"""What is shown of the number of applicants on the page of a challenge."""

from datetime import datetime

from flask import Blueprint, render_template
from sqlalchemy import func, select

from marketplace.challenges.asking.queries import open_terms
from marketplace.challenges.models import Challenge
from marketplace.db import db
from marketplace.pages import fills
from marketplace.solutions.numbers.models import ApplicantBand
from marketplace.solutions.numbers.services import HOUR

numbers = Blueprint("numbers", __name__)


@fills("challenge.below")
def applicant_bands(challenge: Challenge, _at: datetime) -> str | None:
    """The count of the last day, where the challenge announced it before opening."""
    terms = open_terms(challenge)
    if terms is None or not terms.shows_numbers or not challenge.is_public:
        return None
    last = select(func.max(ApplicantBand.day)).where(ApplicantBand.challenge_id == challenge.id).scalar_subquery()
    found = select(ApplicantBand).where(ApplicantBand.challenge_id == challenge.id, ApplicantBand.day == last)
    rows = db.session.scalars(found.order_by(ApplicantBand.kind)).all()
    return render_template("solutions/_numbers.html", rows=rows, hour=HOUR)
