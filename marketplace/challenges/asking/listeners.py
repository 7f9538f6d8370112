"""What others may do with questions: readers report them, the operator hides them."""

from sqlalchemy import select

from marketplace.accounts.moderating.queries import PublicText, public_texts
from marketplace.challenges.asking.models import Question
from marketplace.db import db


@public_texts("question")
def answered_question(reference: str) -> PublicText | None:
    """A question and its answer, as everybody reads them."""
    question = db.session.scalar(select(Question).where(Question.reference == reference))
    if question is None or question.answered_at is None or question.removed_at or not question.challenge.is_listed:
        return None
    said = (question.text_vi or question.text_en, question.answer_vi or question.answer_en)
    return PublicText(
        title=f"{question.challenge.title_vi or question.challenge.title_en} ({question.number})",
        words="\n\n".join(text for text in said if text),
        address=f"/challenges/{question.challenge.slug}/questions#q{question.number}",
        authors=[question.asker],
        authors_are_secret=True,
    )
