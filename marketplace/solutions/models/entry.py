"""Solutions, what is attached to them, and the versions that were received.

Solutions are sealed until their challenge closes: their texts are `secret`, so the journal never repeats them.
"""

from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, Boolean, CheckConstraint, ForeignKey, String, Text, UniqueConstraint, and_, false
from sqlalchemy.orm import Mapped, foreign, mapped_column, relationship

from marketplace.accounts.models import Person
from marketplace.challenges.entry_form.models import EnvelopeOpening, FormQuestion, FormSection
from marketplace.challenges.models import Challenge
from marketplace.challenges.stages import Field
from marketplace.db import At, Base, BigInt, Id, Staged, choice, reference_column
from marketplace.files import StoredFile
from marketplace.organisations.models import Organisation
from marketplace.solutions.stages import MOVES, Stage

if TYPE_CHECKING:
    from marketplace.solutions.confirming.models import Acknowledgement
    from marketplace.solutions.late.models import LatePass
    from marketplace.solutions.models.authors import Author
    from marketplace.solutions.models.consortium import Partner
    from marketplace.solutions.models.paper import PaperEntry
    from marketplace.solutions.models.writers import Coeditor

SEALED = {"secret": True}


class Solution(Staged, Base):
    """An organisation's answer to a challenge. What judges read is its last received version, not this draft."""

    __tablename__ = "solution"
    __table_args__ = (
        UniqueConstraint("challenge_id", "organisation_id", "ordinal"),
        CheckConstraint("ordinal >= 1", name="ordinal_counts"),
        CheckConstraint("trl is null or trl between 1 and 9", name="trl_range"),
        CheckConstraint("cost_vnd is null or cost_vnd >= 0", name="cost_not_negative"),
        CheckConstraint("language in ('vi', 'en')", name="language_known"),
    )
    MOVES = MOVES

    id: Mapped[Id]
    reference: Mapped[str] = reference_column("GP")
    stage: Mapped[Stage] = mapped_column(choice(Stage), default=Stage.DRAFT)
    challenge_id: Mapped[int] = mapped_column(BigInt, ForeignKey("challenge.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(BigInt, ForeignKey("organisation.id"), index=True)
    # the how-manieth of its entrant; more than one only where the challenge takes several
    ordinal: Mapped[int] = mapped_column(default=1, server_default="1")
    author_id: Mapped[int] = mapped_column(BigInt, ForeignKey("person.id"))
    # of a contest's fields, the one in which it takes part
    field: Mapped[Field | None] = mapped_column(choice(Field), info=SEALED)
    language: Mapped[str] = mapped_column(String(2), default="vi")
    title_vi: Mapped[str | None] = mapped_column(String(300), info=SEALED)
    title_en: Mapped[str | None] = mapped_column(String(300), info=SEALED)
    summary: Mapped[str | None] = mapped_column(Text, info=SEALED)
    approach: Mapped[str | None] = mapped_column(Text, info=SEALED)
    impact: Mapped[str | None] = mapped_column(Text, info=SEALED)
    team: Mapped[str | None] = mapped_column(Text, info=SEALED)
    pilot_plan: Mapped[str | None] = mapped_column(Text, info=SEALED)
    cost_vnd: Mapped[int | None] = mapped_column(BigInt, info=SEALED)
    trl: Mapped[int | None] = mapped_column(info=SEALED)
    terms_accepted_at: Mapped[At | None]
    terms_accepted_by_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("person.id"))
    # the wish to be sent as it stands at closing, where the challenge's rules allow it
    send_at_closing_at: Mapped[At | None]
    send_at_closing_by_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("person.id"))
    # counts saves; whether two people edited one section is told by snapshot.edition_of
    edition: Mapped[int] = mapped_column(default=1)
    # the later closing of its own that it was given
    late_pass_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("late_pass.id"), index=True)
    screening_note: Mapped[str | None] = mapped_column(Text)
    is_demo: Mapped[bool] = mapped_column(Boolean, default=False)
    created_at: Mapped[At]
    saved_at: Mapped[At]

    challenge: Mapped[Challenge] = relationship()
    organisation: Mapped[Organisation] = relationship()
    author: Mapped[Person] = relationship(foreign_keys=author_id)
    terms_accepted_by: Mapped[Person | None] = relationship(foreign_keys=terms_accepted_by_id)
    send_at_closing_by: Mapped[Person | None] = relationship(foreign_keys=send_at_closing_by_id)
    attachments: Mapped[list["Attachment"]] = relationship(
        back_populates="solution", order_by="Attachment.id", cascade="all, delete-orphan"
    )
    versions: Mapped[list["SolutionVersion"]] = relationship(
        back_populates="solution", order_by="SolutionVersion.number"
    )
    authors: Mapped[list["Author"]] = relationship(back_populates="solution", order_by="Author.id")
    partners: Mapped[list["Partner"]] = relationship(back_populates="solution", order_by="Partner.id")
    coeditors: Mapped[list["Coeditor"]] = relationship(back_populates="solution", order_by="Coeditor.id")
    late_pass: Mapped["LatePass | None"] = relationship(lazy="joined")
    # where a clerk types it in from paper; who may read it depends on this
    paper: Mapped["PaperEntry | None"] = relationship(back_populates="solution", lazy="joined")
    acknowledgements: Mapped[list["Acknowledgement"]] = relationship(
        back_populates="solution", order_by="Acknowledgement.id", cascade="all, delete-orphan"
    )
    answers: Mapped[list["Answer"]] = relationship(back_populates="solution", cascade="all, delete-orphan")
    # what the challenge asks beside the columns above, in the order of its entry form
    asked: Mapped[list[FormQuestion]] = relationship(
        secondary=FormSection.__table__,
        primaryjoin=lambda: Solution.challenge_id == foreign(FormSection.challenge_id),
        secondaryjoin=and_(FormQuestion.section_id == foreign(FormSection.id), FormQuestion.retired_at.is_(None)),
        order_by=(FormSection.position, FormSection.id, FormQuestion.position, FormQuestion.id),
        viewonly=True,
    )
    envelope: Mapped[EnvelopeOpening | None] = relationship(
        primaryjoin=lambda: Solution.challenge_id == foreign(EnvelopeOpening.challenge_id),
        uselist=False,
        viewonly=True,
    )

    @property
    def last_version(self) -> "SolutionVersion | None":
        return self.versions[-1] if self.versions else None

    def __str__(self) -> str:
        # the journal and letters name it by this; its title is sealed
        return self.reference


class Answer(Base):
    """What the draft answers to a question of the entry form; kept also while the question is not asked."""

    __tablename__ = "answer"
    __table_args__ = (UniqueConstraint("solution_id", "question_id"),)

    id: Mapped[Id]
    solution_id: Mapped[int] = mapped_column(BigInt, ForeignKey("solution.id"))
    question_id: Mapped[int] = mapped_column(BigInt, ForeignKey("form_question.id"), index=True)
    # as answers.py writes it for the question's kind: text, list of keys, whole number
    value: Mapped[Any] = mapped_column(JSON, info=SEALED)

    solution: Mapped[Solution] = relationship(back_populates="answers")


class Attachment(Base):
    """A file of the draft; the versions keep their own list."""

    __tablename__ = "attachment"

    id: Mapped[Id]
    solution_id: Mapped[int] = mapped_column(BigInt, ForeignKey("solution.id"), index=True)
    file_id: Mapped[int] = mapped_column(BigInt, ForeignKey("stored_file.id"))

    solution: Mapped[Solution] = relationship(back_populates="attachments")
    # wherever attachments are listed their names are shown
    file: Mapped[StoredFile] = relationship(lazy="joined")


class SolutionVersion(Base):
    """What was received at a moment, never changed: the text, the files' hashes, and the receipt's reference."""

    __tablename__ = "solution_version"
    __table_args__ = (UniqueConstraint("solution_id", "number"), UniqueConstraint("solution_id", "idempotency_key"))

    id: Mapped[Id]
    reference: Mapped[str] = reference_column("BN")
    solution_id: Mapped[int] = mapped_column(BigInt, ForeignKey("solution.id"), index=True)
    number: Mapped[int]
    received_at: Mapped[At]
    submitted_by_id: Mapped[int] = mapped_column(BigInt, ForeignKey("person.id"))
    idempotency_key: Mapped[str] = mapped_column(String(64))
    # the text columns of Solution, by name, and all answers: whoever is not the entrant reads answers.seen_by()
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    content_sha256: Mapped[str] = mapped_column(String(64))
    # one {"file_id", "name", "size", "sha256"} for each file, in order
    files: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    # the consortium's lines as consortium.lines_of wrote them, empty where one organisation answers
    partners: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list, server_default="[]")
    # the named authors as authorship.lines_of wrote them
    authors: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list, server_default="[]")
    # what partners confirmed: text, files and consortium together
    whole_sha256: Mapped[str | None] = mapped_column(String(64))
    # sent by nobody's hand: the challenge counts complete drafts at closing, and the entrant had asked for it
    sent_at_closing: Mapped[bool] = mapped_column(Boolean, default=False, server_default=false())

    solution: Mapped[Solution] = relationship(back_populates="versions")
    submitted_by: Mapped[Person] = relationship()
