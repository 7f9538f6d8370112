"""The organisations that answer together, and what each of them confirmed."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models import Person
from marketplace.db import At, Base, BigInt, Id, choice, reference_column
from marketplace.organisations.models import Organisation
from marketplace.solutions.models.entry import SEALED, Solution
from marketplace.solutions.stages import Ending


class Partner(Base):
    """One organisation of a consortium, the lead's own line included: invited until accepted, out once ended."""

    __tablename__ = "solution_partner"
    __table_args__ = (
        CheckConstraint("share_bp between 0 and 10000", name="share_range"),
        Index(
            "uq_solution_partner_open",
            "solution_id",
            "organisation_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: Mapped[Id]
    reference: Mapped[str] = reference_column("DT")
    solution_id: Mapped[int] = mapped_column(BigInt, ForeignKey("solution.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(BigInt, ForeignKey("organisation.id"), index=True)
    task: Mapped[str | None] = mapped_column(String(300), info=SEALED)
    # of the prize and the work, in basis points; all lines sum to 10,000
    share_bp: Mapped[int] = mapped_column(default=0, info=SEALED)
    background_ip: Mapped[str | None] = mapped_column(Text, info=SEALED)
    inviter_id: Mapped[int] = mapped_column(BigInt, ForeignKey("person.id"))
    invited_at: Mapped[At]
    accepted_at: Mapped[At | None]
    accepted_by_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("person.id"))
    ended_at: Mapped[At | None]
    ended_because: Mapped[Ending | None] = mapped_column(choice(Ending))

    solution: Mapped[Solution] = relationship(back_populates="partners")
    organisation: Mapped[Organisation] = relationship()
    inviter: Mapped[Person] = relationship(foreign_keys=inviter_id)
    confirmations: Mapped[list["Confirmation"]] = relationship(back_populates="partner", order_by="Confirmation.id")

    @property
    def is_lead(self) -> bool:
        return self.organisation_id == self.solution.organisation_id

    def __str__(self) -> str:
        return self.solution.reference


class Confirmation(Base):
    """A partner's word for exactly one state of text, files and consortium, named by its SHA-256."""

    __tablename__ = "solution_confirmation"
    __table_args__ = (UniqueConstraint("partner_id", "sha256"),)

    id: Mapped[Id]
    partner_id: Mapped[int] = mapped_column(BigInt, ForeignKey("solution_partner.id"), index=True)
    person_id: Mapped[int] = mapped_column(BigInt, ForeignKey("person.id"))
    sha256: Mapped[str] = mapped_column(String(64), info=SEALED)
    confirmed_at: Mapped[At]

    partner: Mapped[Partner] = relationship(back_populates="confirmations")
    person: Mapped[Person] = relationship()

    def __str__(self) -> str:
        return self.partner.solution.reference
