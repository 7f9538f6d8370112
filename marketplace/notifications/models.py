"""Letters: what was written to whom, and when it left."""

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models import Person
from marketplace.db import At, Base, BigInt, Id, reference_column


class Letter(Base):
    """One letter to one address, in the reader's language; written in the deed's transaction, sent by the worker."""

    __tablename__ = "letter"
    __table_args__ = (CheckConstraint("language in ('vi', 'en')", name="language_known"),)

    id: Mapped[Id]
    reference: Mapped[str] = reference_column("TH")
    kind: Mapped[str] = mapped_column(String(60), index=True)
    to_email: Mapped[str] = mapped_column(String(255))
    to_person_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("person.id"), index=True)
    language: Mapped[str] = mapped_column(String(2))
    subject: Mapped[str] = mapped_column(String(300))
    body: Mapped[str] = mapped_column(Text)
    # an entry for the reader's calendar, attached
    calendar: Mapped[str | None] = mapped_column(Text)
    written_at: Mapped[At]
    sent_at: Mapped[At | None]
    # the address that mail programs press to end letters of this kind (RFC 8058)
    one_click: Mapped[str | None] = mapped_column(String(500))
    # until then it does not exist for operators: it would tell who answers a challenge that is still open
    sealed_until: Mapped[At | None]
    # the reference of the challenge whose seal, when it is prolonged, prolongs this one
    sealed_by: Mapped[str | None] = mapped_column(String(20))

    to_person: Mapped[Person | None] = relationship()
