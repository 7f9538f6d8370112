"""Which operator looked through whose eyes, when and why."""

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models import Person
from marketplace.db import At, Base, BigInt, Id, reference_column


class Viewing(Base):
    """One look; it is over at `ends_at`, or before when the operator ends it."""

    __tablename__ = "viewing"

    id: Mapped[Id]
    reference: Mapped[str] = reference_column("XV")
    operator_id: Mapped[int] = mapped_column(BigInt, ForeignKey("person.id"))
    person_id: Mapped[int] = mapped_column(BigInt, ForeignKey("person.id"), index=True)
    reason: Mapped[str] = mapped_column(String(1000))
    begun_at: Mapped[At]
    ends_at: Mapped[At]
    ended_at: Mapped[At | None]

    operator: Mapped[Person] = relationship(foreign_keys=operator_id)
    person: Mapped[Person] = relationship(foreign_keys=person_id)
