"""Who writes a solution with its organisation: invited co-editors, their comments, and who wrote last in a section."""

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models import Person
from marketplace.db import At, Base, BigInt, Id, choice, reference_column
from marketplace.solutions.models.entry import SEALED, Solution
from marketplace.solutions.stages import Right


class Coeditor(Base):
    """Somebody invited to one solution by address: an invitation until `person` accepts it, no right once ended."""

    __tablename__ = "solution_coeditor"
    __table_args__ = (
        Index(
            "uq_solution_coeditor_open",
            "solution_id",
            "email",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: Mapped[Id]
    reference: Mapped[str] = reference_column("DS")
    solution_id: Mapped[int] = mapped_column(BigInt, ForeignKey("solution.id"), index=True)
    email: Mapped[str] = mapped_column(String(255), info=SEALED)
    right: Mapped[Right] = mapped_column(choice(Right))
    key_hash: Mapped[str] = mapped_column(String(64), unique=True, info=SEALED)
    inviter_id: Mapped[int] = mapped_column(BigInt, ForeignKey("person.id"))
    invited_at: Mapped[At]
    expires_at: Mapped[At]
    person_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("person.id"), index=True)
    accepted_at: Mapped[At | None]
    ended_at: Mapped[At | None]

    solution: Mapped[Solution] = relationship(back_populates="coeditors")
    person: Mapped[Person | None] = relationship(foreign_keys=person_id)
    inviter: Mapped[Person] = relationship(foreign_keys=inviter_id)

    def __str__(self) -> str:
        return self.solution.reference


class Comment(Base):
    """A remark on a section, or the answer to one; never part of what is sent."""

    __tablename__ = "solution_comment"
    __table_args__ = (Index("ix_solution_comment_thread", "solution_id", "section", "id"),)

    id: Mapped[Id]
    reference: Mapped[str] = reference_column("YK")
    solution_id: Mapped[int] = mapped_column(BigInt, ForeignKey("solution.id"), index=True)
    section: Mapped[str] = mapped_column(String(60))
    answers_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("solution_comment.id"), index=True)
    author_id: Mapped[int] = mapped_column(BigInt, ForeignKey("person.id"))
    body: Mapped[str] = mapped_column(Text, info=SEALED)
    written_at: Mapped[At]
    resolved_at: Mapped[At | None]
    resolved_by_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("person.id"))

    solution: Mapped[Solution] = relationship()
    author: Mapped[Person] = relationship(foreign_keys=author_id)
    resolved_by: Mapped[Person | None] = relationship(foreign_keys=resolved_by_id)
    answers: Mapped[list["Comment"]] = relationship(order_by="Comment.id")

    def __str__(self) -> str:
        return self.solution.reference


class Writing(Base):
    """When a person last saved a section, and from which open page: a late request of that page is no second writer."""

    __tablename__ = "solution_writing"
    __table_args__ = (UniqueConstraint("solution_id", "section", "person_id"),)

    id: Mapped[Id]
    solution_id: Mapped[int] = mapped_column(BigInt, ForeignKey("solution.id"), index=True)
    section: Mapped[str] = mapped_column(String(60))
    person_id: Mapped[int] = mapped_column(BigInt, ForeignKey("person.id"))
    form_key: Mapped[str] = mapped_column(String(64), info=SEALED)
    turn: Mapped[int]
    saved_at: Mapped[At]
    # when the journal last heard of it
    told_at: Mapped[At]

    person: Mapped[Person] = relationship()
