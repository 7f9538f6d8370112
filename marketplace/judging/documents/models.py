"""Documents as they were at one time; never changed."""

from typing import Any

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models import Person
from marketplace.db import At, Base, BigInt, Id, choice, reference_column
from marketplace.judging.documents.stages import DocumentKind
from marketplace.judging.models import Panel


class Document(Base):
    """One edition of a document: its content as data, from which every language is written, and their SHA-256."""

    __tablename__ = "official_document"
    __table_args__ = (UniqueConstraint("panel_id", "kind", "edition"),)

    id: Mapped[Id]
    reference: Mapped[str] = reference_column("VB")
    panel_id: Mapped[int] = mapped_column(BigInt, ForeignKey("panel.id"))
    kind: Mapped[DocumentKind] = mapped_column(choice(DocumentKind))
    edition: Mapped[int]
    # holds scores and names of judges
    content: Mapped[dict[str, Any]] = mapped_column(JSON, info={"secret": True})
    sha256: Mapped[str] = mapped_column(String(64))
    made_by_id: Mapped[int] = mapped_column(BigInt, ForeignKey("person.id"))
    made_at: Mapped[At]

    panel: Mapped[Panel] = relationship()
    made_by: Mapped[Person] = relationship()

    def __str__(self) -> str:
        return f"{self.reference} ({self.panel.challenge.reference})"
