"""The table of sentence vectors."""

from sqlalchemy import LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.db import Base, Id


class TextVector(Base):
    """The sentence vector of a public text, made by the worker with the extra `semantic`; no text stands here."""

    __tablename__ = "text_vector"

    id: Mapped[Id]
    # SHA-256 of the model, of how the text is read (found, or looking) and of the text
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    # whole numbers of eight bits
    codes: Mapped[bytes] = mapped_column(LargeBinary)
