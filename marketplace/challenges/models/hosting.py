"""Organisations that put a challenge to the public together with the owning agency."""

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models import Person
from marketplace.challenges.models.challenge import Challenge
from marketplace.db import At, Base, BigInt, Id, reference_column
from marketplace.organisations.models import Organisation


class Cohost(Base):
    """An organisation asked to host too; named publicly, and writing with the agency, once it has accepted."""

    __tablename__ = "cohost"
    __table_args__ = (UniqueConstraint("challenge_id", "organisation_id"),)

    id: Mapped[Id]
    reference: Mapped[str] = reference_column("DT")
    challenge_id: Mapped[int] = mapped_column(BigInt, ForeignKey("challenge.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(BigInt, ForeignKey("organisation.id"), index=True)
    inviter_id: Mapped[int] = mapped_column(BigInt, ForeignKey("person.id"))
    invited_at: Mapped[At]
    accepted_at: Mapped[At | None]
    accepter_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("person.id"))

    challenge: Mapped[Challenge] = relationship(back_populates="cohosts")
    organisation: Mapped[Organisation] = relationship()
    inviter: Mapped[Person] = relationship(foreign_keys=inviter_id)
    accepter: Mapped[Person | None] = relationship(foreign_keys=accepter_id)

    def __str__(self) -> str:
        return str(self.organisation)
