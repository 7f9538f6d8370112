"""People, the roles the platform gave them, and their open sessions."""

import enum

from flask_security import UserMixin
from sqlalchemy import Boolean, CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.db import At, Base, BigInt, Id, choice, reference_column


class PlatformRole(enum.StrEnum):
    """What somebody does for the platform itself; rights inside organisations are memberships."""

    OPERATOR = "operator"
    AUDITOR = "auditor"


class Person(UserMixin, Base):
    """Somebody with an account. Names are one field in the order in which they are written; never split."""

    __tablename__ = "person"
    __table_args__ = (CheckConstraint("language in ('vi', 'en')", name="language_known"),)

    id: Mapped[Id]
    reference: Mapped[str] = reference_column("NG")
    email: Mapped[str] = mapped_column(String(255), unique=True)
    full_name: Mapped[str] = mapped_column(String(200))
    password: Mapped[str | None] = mapped_column(String(255), info={"secret": True})
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True, info={"secret": True})
    active: Mapped[bool] = mapped_column(Boolean, default=True)
    confirmed_at: Mapped[At | None]
    language: Mapped[str] = mapped_column(String(2), default="vi")
    affiliation: Mapped[str | None] = mapped_column(String(300))
    expertise: Mapped[str | None] = mapped_column(String(2000))
    is_demo: Mapped[bool] = mapped_column(Boolean, default=False)
    created_at: Mapped[At | None]

    grants: Mapped[list["Grant"]] = relationship(
        foreign_keys="Grant.person_id", back_populates="person", order_by="Grant.id"
    )

    @property
    def platform_roles(self) -> set[PlatformRole]:
        return {grant.role for grant in self.grants if grant.ended_at is None}

    @property
    def is_operator(self) -> bool:
        return PlatformRole.OPERATOR in self.platform_roles

    @property
    def is_auditor(self) -> bool:
        return PlatformRole.AUDITOR in self.platform_roles

    @property  # type: ignore[override]
    def roles(self) -> list[str]:
        """What Flask-Security asks for; always empty, since rights are decided by our policies."""
        return []

    @roles.setter
    def roles(self, _value: list[str]) -> None:
        """Flask-Security sets an empty list at registration; roles are only given by grants."""

    def __str__(self) -> str:
        return self.full_name


class Grant(Base):
    """A platform role given to a person, with giver and date."""

    __tablename__ = "platform_grant"
    __table_args__ = (
        Index(
            "uq_platform_grant_open",
            "person_id",
            "role",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(BigInt, ForeignKey("person.id"))
    role: Mapped[PlatformRole] = mapped_column(choice(PlatformRole))
    giver_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("person.id"))
    given_at: Mapped[At]
    ended_at: Mapped[At | None]

    person: Mapped[Person] = relationship(foreign_keys=person_id, back_populates="grants")


class OpenSession(Base):
    """One signed-in browser; ending the row ends the session at its next request."""

    __tablename__ = "open_session"

    id: Mapped[Id]
    reference: Mapped[str] = reference_column("PH")
    person_id: Mapped[int] = mapped_column(BigInt, ForeignKey("person.id"), index=True)
    key_hash: Mapped[str] = mapped_column(String(64), unique=True, info={"secret": True})
    agent: Mapped[str] = mapped_column(String(300))
    caller: Mapped[str | None] = mapped_column(String(64))
    # how sure the identity provider was (its acr); empty for those who signed in here
    assurance: Mapped[str | None] = mapped_column(String(200))
    started_at: Mapped[At]
    # within the hour, or the minute where `idle_until` is set; empty in the first
    seen_at: Mapped[At | None]
    # of people with much to lose: without a request before then it is over
    idle_until: Mapped[At | None]
    ended_at: Mapped[At | None]

    person: Mapped[Person] = relationship()


class OperatorKey(Base):
    """The one-time address with which the first operator of an empty site is made."""

    __tablename__ = "operator_key"

    id: Mapped[Id]
    key_hash: Mapped[str] = mapped_column(String(64), unique=True, info={"secret": True})
    made_at: Mapped[At]
    used_at: Mapped[At | None]


class Asked(enum.StrEnum):
    """What somebody who is not signed in asked us to write about."""

    ACCOUNT = "account"
    ADDRESS = "address"
    PASSWORD = "password"  # noqa: S105 - no password, but the word for asking for one


class LetterRequest(Base):
    """A letter asked for by whoever typed an address; answered by the worker, then deleted."""

    __tablename__ = "letter_request"
    __table_args__ = (CheckConstraint("language in ('vi', 'en')", name="language_known"),)

    id: Mapped[Id]
    kind: Mapped[Asked] = mapped_column(choice(Asked))
    email: Mapped[str] = mapped_column(String(255))
    full_name: Mapped[str | None] = mapped_column(String(200))
    password: Mapped[str | None] = mapped_column(String(255), info={"secret": True})
    # of ACCOUNT: also that in which the terms were accepted
    language: Mapped[str] = mapped_column(String(2))
    asked_at: Mapped[At]
