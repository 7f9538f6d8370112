"""Claims to speak for a body."""

from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models import Person
from marketplace.db import At, Base, BigInt, Id, Staged, choice, reference_column
from marketplace.files import StoredFile
from marketplace.organisations.models import Organisation
from marketplace.organisations.standing.stages import MOVES, Stage


class SpeakerClaim(Staged, Base):
    """Somebody says that they speak for a body, and by which paper; the operator decides."""

    __tablename__ = "speaker_claim"
    __table_args__ = (
        Index(
            "uq_speaker_claim_open",
            "person_id",
            "organisation_id",
            unique=True,
            sqlite_where=text("stage = 'open'"),
            postgresql_where=text("stage = 'open'"),
        ),
    )
    MOVES = MOVES

    id: Mapped[Id]
    reference: Mapped[str] = reference_column("DD")
    organisation_id: Mapped[int] = mapped_column(BigInt, ForeignKey("organisation.id"), index=True)
    person_id: Mapped[int] = mapped_column(BigInt, ForeignKey("person.id"), index=True)
    stage: Mapped[Stage] = mapped_column(choice(Stage), default=Stage.OPEN)
    position: Mapped[str] = mapped_column(String(200))
    paper: Mapped[str] = mapped_column(String(300))
    phone: Mapped[str] = mapped_column(String(40))
    note: Mapped[str | None] = mapped_column(Text)
    # a scan or photo of the paper; read by the claimant and the operator alone
    file_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("stored_file.id"))
    # somebody spoke for the body already when this was written
    is_dispute: Mapped[bool]
    claimed_at: Mapped[At]
    decided_by_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("person.id"))
    decided_at: Mapped[At | None]
    reason: Mapped[str | None] = mapped_column(Text)

    organisation: Mapped[Organisation] = relationship()
    person: Mapped[Person] = relationship(foreign_keys=person_id)
    decided_by: Mapped[Person | None] = relationship(foreign_keys=decided_by_id)
    file: Mapped[StoredFile | None] = relationship()
