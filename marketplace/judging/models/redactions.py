"""Copies of attached files in which the secretary covered who entered, for judges of blind rounds."""

from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models import Person
from marketplace.db import At, Base, BigInt, Id, reference_column
from marketplace.files import StoredFile
from marketplace.solutions.models import Solution


class RedactedCopy(Base):
    """What judges get instead of a file while they must not know who entered; the file itself stays as received."""

    __tablename__ = "redacted_copy"
    __table_args__ = (
        Index(
            "uq_redacted_copy_standing",
            "solution_id",
            "of_file",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: Mapped[Id]
    reference: Mapped[str] = reference_column("CK")
    solution_id: Mapped[int] = mapped_column(BigInt, ForeignKey("solution.id"), index=True)
    # the reference of the file that was received
    of_file: Mapped[str] = mapped_column(String(20))
    file_id: Mapped[int] = mapped_column(BigInt, ForeignKey("stored_file.id"))
    reason: Mapped[str] = mapped_column(Text)
    made_by_id: Mapped[int] = mapped_column(BigInt, ForeignKey("person.id"))
    made_at: Mapped[At]
    ended_at: Mapped[At | None]

    solution: Mapped[Solution] = relationship()
    file: Mapped[StoredFile] = relationship(lazy="joined")
    made_by: Mapped[Person] = relationship()

    def __str__(self) -> str:
        return f"{self.solution.reference}/{self.reference}"
