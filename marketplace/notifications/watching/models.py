"""What people and organisations keep, what each person was told of already, and who wants no digests."""

from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models import Person
from marketplace.challenges.models import Challenge
from marketplace.db import At, Base, BigInt, Id, reference_column
from marketplace.organisations.models import Organisation


class SavedSearch(Base):
    """A search kept by a person, or for everybody of an organisation."""

    __tablename__ = "saved_search"
    __table_args__ = (CheckConstraint("(person_id is null) <> (organisation_id is null)", name="one_owner"),)

    id: Mapped[Id]
    reference: Mapped[str] = reference_column("TK")
    person_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("person.id"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("organisation.id"), index=True)
    saved_by_id: Mapped[int] = mapped_column(BigInt, ForeignKey("person.id"))
    words: Mapped[str] = mapped_column(String(500))
    # by name of the facet, such as {"kind": "challenge"}
    facts: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    # what it found when it was saved, as "challenge:slug": no news
    known: Mapped[list[Any]] = mapped_column(JSON, default=list)
    saved_at: Mapped[At]

    organisation: Mapped[Organisation | None] = relationship()


class SavedItem(Base):
    """A challenge or an organisation kept by a person, or for everybody of an organisation."""

    __tablename__ = "saved_item"
    __table_args__ = (
        CheckConstraint("(person_id is null) <> (organisation_id is null)", name="one_owner"),
        CheckConstraint("(challenge_id is null) <> (kept_organisation_id is null)", name="one_thing"),
        *(
            Index(
                f"uq_saved_item_{owner}_{thing}",
                f"{owner}_id",
                f"{thing}_id",
                unique=True,
                sqlite_where=text(f"{owner}_id is not null and {thing}_id is not null"),
                postgresql_where=text(f"{owner}_id is not null and {thing}_id is not null"),
            )
            for owner in ("person", "organisation")
            for thing in ("challenge", "kept_organisation")
        ),
    )

    id: Mapped[Id]
    reference: Mapped[str] = reference_column("LU")
    person_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("person.id"))
    organisation_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("organisation.id"))
    saved_by_id: Mapped[int] = mapped_column(BigInt, ForeignKey("person.id"))
    challenge_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("challenge.id"), index=True)
    kept_organisation_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("organisation.id"), index=True)
    saved_at: Mapped[At]

    organisation: Mapped[Organisation | None] = relationship(foreign_keys=organisation_id)
    saved_by: Mapped[Person] = relationship(foreign_keys=saved_by_id)
    challenge: Mapped[Challenge | None] = relationship()
    kept_organisation: Mapped[Organisation | None] = relationship(foreign_keys=kept_organisation_id)


class Told(Base):
    """A piece of news that stood in a person's digest, so that it does not stand there again."""

    __tablename__ = "told"
    __table_args__ = (UniqueConstraint("person_id", "key"),)

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(BigInt, ForeignKey("person.id"))
    key: Mapped[str] = mapped_column(String(250))
    told_at: Mapped[At]


class NoDigests(Base):
    """Somebody who wants no digests; without a row they come."""

    __tablename__ = "no_digests"

    person_id: Mapped[int] = mapped_column(BigInt, ForeignKey("person.id"), primary_key=True)
    since: Mapped[At]
