"""Passkeys of people: the public half of each; the private one never leaves its device."""

from sqlalchemy import Boolean, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models import Person
from marketplace.db import At, Base, BigInt, Id, reference_column


class Passkey(Base):
    """One passkey; `credential` is its name on the device in base64url, at most 1,023 bytes."""

    __tablename__ = "passkey"

    id: Mapped[Id]
    reference: Mapped[str] = reference_column("KT")
    person_id: Mapped[int] = mapped_column(BigInt, ForeignKey("person.id"), index=True)
    name: Mapped[str] = mapped_column(String(100))
    credential: Mapped[str] = mapped_column(String(1400), unique=True, info={"secret": True})
    public_key: Mapped[bytes] = mapped_column(LargeBinary, info={"secret": True})
    # counts up where the device counts; one that goes back is a copy
    sign_count: Mapped[int] = mapped_column(BigInt, default=0, info={"secret": True})
    # kept by the owner's cloud, so that it outlives the device
    is_backed_up: Mapped[bool] = mapped_column(Boolean)
    made_at: Mapped[At]
    used_at: Mapped[At | None]

    person: Mapped[Person] = relationship()
