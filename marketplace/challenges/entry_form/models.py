"""Sections and questions of a challenge's entry form, and the opening of its second envelope."""

from sqlalchemy import JSON, Boolean, CheckConstraint, ForeignKey, String, Text, UniqueConstraint, and_
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models import Person
from marketplace.challenges.entry_form.stages import NO, WITH_OPTIONS, YES, Audience, Kind
from marketplace.challenges.models import Challenge
from marketplace.db import At, Base, BigInt, Id, choice, reference_column


class FormSection(Base):
    """A heading of the entry form with its questions: one page for the entrant."""

    __tablename__ = "form_section"
    __table_args__ = (CheckConstraint("title_vi is not null or title_en is not null", name="titled"),)

    id: Mapped[Id]
    reference: Mapped[str] = reference_column("PH")
    challenge_id: Mapped[int] = mapped_column(BigInt, ForeignKey("challenge.id"), index=True)
    position: Mapped[int]
    title_vi: Mapped[str | None] = mapped_column(String(200))
    title_en: Mapped[str | None] = mapped_column(String(200))
    # since when an amendment left it out
    retired_at: Mapped[At | None]

    challenge: Mapped[Challenge] = relationship()
    questions: Mapped[list["FormQuestion"]] = relationship(
        back_populates="section",
        primaryjoin=lambda: and_(FormSection.id == FormQuestion.section_id, FormQuestion.retired_at.is_(None)),
        order_by="(FormQuestion.position, FormQuestion.id)",
        cascade="all, delete-orphan",
    )


class FormQuestion(Base):
    """One question, and the answer of an earlier one without which it is not asked."""

    __tablename__ = "form_question"
    __table_args__ = (
        CheckConstraint("label_vi is not null or label_en is not null", name="labelled"),
        CheckConstraint("most_words is null or most_words between 1 and 5000", name="most_words_range"),
        CheckConstraint("(asked_if_id is null) = (asked_if_value is null)", name="condition_whole"),
        CheckConstraint("asked_if_id <> id", name="not_asked_if_itself"),
    )

    id: Mapped[Id]
    reference: Mapped[str] = reference_column("MH")
    section_id: Mapped[int] = mapped_column(BigInt, ForeignKey("form_section.id"), index=True)
    position: Mapped[int]
    kind: Mapped[Kind] = mapped_column(choice(Kind))
    label_vi: Mapped[str | None] = mapped_column(String(300))
    label_en: Mapped[str | None] = mapped_column(String(300))
    hint_vi: Mapped[str | None] = mapped_column(Text)
    hint_en: Mapped[str | None] = mapped_column(Text)
    unit: Mapped[str | None] = mapped_column(String(40))
    most_words: Mapped[int | None]
    # of a choice: {"key", "vi", "en"} for each; keys stay when texts change
    options: Mapped[list[dict[str, str]]] = mapped_column(JSON, default=list)
    is_required: Mapped[bool] = mapped_column(Boolean, default=True)
    audience: Mapped[Audience] = mapped_column(choice(Audience), default=Audience.JUDGES)
    # the answer tells who the entrant is, so judges who judge blind do not read it
    tells_entrant: Mapped[bool] = mapped_column(Boolean, default=False)
    asked_if_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("form_question.id"), index=True)
    asked_if_value: Mapped[str | None] = mapped_column(String(20))
    # since when it is asked no more; versions keep it with their answer, drafts keep theirs unseen
    retired_at: Mapped[At | None]

    section: Mapped[FormSection] = relationship(back_populates="questions")
    asked_if: Mapped["FormQuestion | None"] = relationship(remote_side="FormQuestion.id")

    @property
    def choices(self) -> list[str]:
        """The answers that may decide whether another question is asked; empty for kinds that cannot."""
        if self.kind == Kind.YES_NO:
            return [YES, NO]
        return [option["key"] for option in self.options] if self.kind in WITH_OPTIONS else []

    def __str__(self) -> str:
        return self.label_vi or self.label_en or self.reference


class EnvelopeOpening(Base):
    """When the answers sealed beyond closing were opened, and by whom: once for a challenge."""

    __tablename__ = "envelope_opening"
    __table_args__ = (UniqueConstraint("challenge_id"),)

    id: Mapped[Id]
    challenge_id: Mapped[int] = mapped_column(BigInt, ForeignKey("challenge.id"))
    opened_by_id: Mapped[int] = mapped_column(BigInt, ForeignKey("person.id"))
    opened_at: Mapped[At]

    challenge: Mapped[Challenge] = relationship()
    opened_by: Mapped[Person] = relationship()
