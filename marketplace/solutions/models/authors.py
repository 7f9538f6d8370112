"""The people named as authors of a solution, and whether each stands by it."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.db import At, Base, BigInt, Id, reference_column
from marketplace.solutions.models.entry import SEALED, Solution


class Author(Base):
    """Somebody with a share of the work; asked by a letter, and asked again when name or share is changed."""

    __tablename__ = "solution_author"
    __table_args__ = (
        CheckConstraint("share_bp between 1 and 10000", name="share_range"),
        CheckConstraint("certified_at is null or objected_at is null", name="one_answer"),
        Index(
            "uq_solution_author_named",
            "solution_id",
            "email",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: Mapped[Id]
    reference: Mapped[str] = reference_column("TG")
    solution_id: Mapped[int] = mapped_column(BigInt, ForeignKey("solution.id"), index=True)
    full_name: Mapped[str] = mapped_column(String(200), info=SEALED)
    email: Mapped[str] = mapped_column(String(255), index=True, info=SEALED)
    # of the authors' work, in basis points; all authors sum to 10,000
    share_bp: Mapped[int] = mapped_column(info=SEALED)
    key_hash: Mapped[str] = mapped_column(String(64), unique=True, info=SEALED)
    # who supervised the author's thesis or research, and until when: no judge of this entry; nobody else reads it
    supervisor_email: Mapped[str | None] = mapped_column(String(255), index=True, info=SEALED)
    supervised_until: Mapped[int | None] = mapped_column(info=SEALED)
    asked_at: Mapped[At]
    certified_at: Mapped[At | None]
    objected_at: Mapped[At | None]
    ended_at: Mapped[At | None]

    solution: Mapped[Solution] = relationship(back_populates="authors")

    @property
    def state(self) -> str:
        return "certified" if self.certified_at else "objected" if self.objected_at else "asked"

    def __str__(self) -> str:
        return self.solution.reference
