"""What the counter knows of an entry that came on paper."""

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models import Person
from marketplace.db import At, Base, BigInt, Id, reference_column
from marketplace.solutions.models.entry import SEALED, Solution, SolutionVersion


class PaperEntry(Base):
    """An entry that a clerk types in for somebody; the clerk reads it until `sealed_at`, and no longer.

    `version` is what was received from the paper: at once before closing, after it once a second person confirmed.
    """

    __tablename__ = "paper_entry"
    __table_args__ = (
        CheckConstraint("confirmed_by_id is null or confirmed_by_id <> clerk_id", name="two_people"),
        CheckConstraint("(confirmed_by_id is null) = (confirmed_at is null)", name="confirmed_when"),
        CheckConstraint("(claimed_by_id is null) = (claimed_at is null)", name="claimed_when"),
        CheckConstraint("version_id is null or sealed_at is not null", name="sealed_before_received"),
    )

    id: Mapped[Id]
    reference: Mapped[str] = reference_column("HG")
    solution_id: Mapped[int] = mapped_column(BigInt, ForeignKey("solution.id"), unique=True)
    clerk_id: Mapped[int] = mapped_column(BigInt, ForeignKey("person.id"), index=True)
    begun_at: Mapped[At]
    # the stamp that the counter put on the paper
    arrived_at: Mapped[At]
    # who stood at the counter; a letter goes to the address if there is one
    contact_name: Mapped[str] = mapped_column(String(200), info=SEALED)
    contact_phone: Mapped[str | None] = mapped_column(String(30), info=SEALED)
    contact_email: Mapped[str | None] = mapped_column(String(255), info=SEALED)
    # of an organisation that is not on the site, to be its own once it is taken over
    tax_code: Mapped[str | None] = mapped_column(String(14), info=SEALED)
    # of a new word for each code that was given out, so that an older one opens nothing
    claim_salt: Mapped[str] = mapped_column(String(64), info=SEALED)
    late_reason: Mapped[str | None] = mapped_column(Text)
    sealed_at: Mapped[At | None]
    confirmed_by_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("person.id"))
    confirmed_at: Mapped[At | None]
    version_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("solution_version.id"), unique=True)
    claimed_by_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("person.id"))
    claimed_at: Mapped[At | None]

    solution: Mapped[Solution] = relationship(back_populates="paper")
    clerk: Mapped[Person] = relationship(foreign_keys=clerk_id)
    confirmed_by: Mapped[Person | None] = relationship(foreign_keys=confirmed_by_id)
    version: Mapped[SolutionVersion | None] = relationship(foreign_keys=version_id)
    claimed_by: Mapped[Person | None] = relationship(foreign_keys=claimed_by_id)

    def __str__(self) -> str:
        return self.solution.reference
