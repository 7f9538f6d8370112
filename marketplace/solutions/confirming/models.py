"""What owners of received entries said after an amendment: it stands as it is."""

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models import Person
from marketplace.challenges.amending.models import Amendment
from marketplace.db import At, Base, BigInt, Id
from marketplace.solutions.models import Solution


class Acknowledgement(Base):
    """Somebody who may sign for the entrant read an amendment and keeps the entry as it was received."""

    __tablename__ = "solution_acknowledgement"
    __table_args__ = (UniqueConstraint("solution_id", "amendment_id"),)

    id: Mapped[Id]
    solution_id: Mapped[int] = mapped_column(BigInt, ForeignKey("solution.id"), index=True)
    amendment_id: Mapped[int] = mapped_column(BigInt, ForeignKey("amendment.id"), index=True)
    confirmed_by_id: Mapped[int] = mapped_column(BigInt, ForeignKey("person.id"))
    confirmed_at: Mapped[At]

    solution: Mapped[Solution] = relationship(back_populates="acknowledgements")
    amendment: Mapped[Amendment] = relationship()
    confirmed_by: Mapped[Person] = relationship()
