"""What would become of each row of a list: whom it invites, and why others are left out. Reads, changes nothing."""

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import func, select

from marketplace.accounts.models import Person
from marketplace.challenges.stages import Field
from marketplace.db import db
from marketplace.judging.inviting.models import ExpectedJudge
from marketplace.judging.inviting.spreadsheet import Row
from marketplace.judging.models import Panel
from marketplace.judging.stages import SeatRole, SeatStage
from marketplace.organisations.stages import Helix
from marketplace.text import fold


class Fate(enum.StrEnum):
    """What becomes of a row; the first two are acted upon."""

    INVITE = "invite"
    EXPECT = "expect"
    SEATED = "seated"
    EXPECTED = "expected"
    SELF = "self"
    TWICE = "twice"
    EMAIL = "email"
    ROLE = "role"
    SIDE = "side"
    FIELDS = "fields"
    CHAIR = "chair"


ACTED_UPON = frozenset({Fate.INVITE, Fate.EXPECT})


@dataclass(frozen=True)
class Words:
    """What people may write for a role, a house, a field: folded, in either language."""

    roles: Mapping[str, SeatRole]
    sides: Mapping[str, Helix]
    fields: Mapping[str, Field]


@dataclass(frozen=True)
class Verdict:
    """A row with what it comes to; `person` where the address has an account."""

    row: Row
    fate: Fate
    email: str = ""
    role: SeatRole = SeatRole.JUDGE
    side: Helix | None = None
    fields: tuple[Field, ...] = ()
    person: Person | None = None

    @property
    def chair_of(self) -> str:
        """Of a chair: the one field that is named, empty where it is the whole panel."""
        return self.fields[0].value if len(self.fields) == 1 else ""


def verdicts_on(panel: Panel, rows: Sequence[Row], *, actor: Person, words: Words) -> list[Verdict]:
    """What would become of every row if the list were taken now, in its order."""
    read = [_read(row, words, panel.challenge.entry_fields) for row in rows]
    people = _people([each.email for each in read])
    seated = {seat.person_id for seat in panel.seats if seat.stage != SeatStage.DECLINED}
    waiting = set(
        db.session.scalars(
            select(ExpectedJudge.email).where(ExpectedJudge.panel_id == panel.id, ExpectedJudge.seat_id.is_(None))
        )
    )
    chairs = {seat.chair_of for seat in panel.seats if seat.role == SeatRole.CHAIR and seat.stage in _SITS}
    found: list[Verdict] = []
    seen: set[str] = set()
    for each in read:
        person = people.get(each.email)
        known = replace(each, person=person)
        if each.fate in ACTED_UPON:
            known = replace(known, fate=_fate(known, actor=actor, seated=seated, waiting=waiting))
            if known.fate in ACTED_UPON and each.email in seen:
                known = replace(known, fate=Fate.TWICE)
            if known.fate in ACTED_UPON and known.role == SeatRole.CHAIR:
                known = replace(known, fate=Fate.CHAIR) if known.chair_of in chairs else known
                chairs.add(known.chair_of)
        seen.add(each.email)
        found.append(known)
    return found


_SITS = frozenset({SeatStage.INVITED, SeatStage.ACCEPTED})


def _fate(known: Verdict, *, actor: Person, seated: set[int], waiting: set[str]) -> Fate:
    if known.person is None:
        return Fate.EXPECTED if known.email in waiting else Fate.EXPECT
    if known.person.id == actor.id:
        return Fate.SELF
    return Fate.SEATED if known.person.id in seated else Fate.INVITE


def _read(row: Row, words: Words, offered: Sequence[Field]) -> Verdict:
    """The row with its words understood, or what in it is not."""
    email = row.email.strip().lower()
    role = words.roles.get(fold(row.role), None) if row.role else SeatRole.JUDGE
    side = words.sides.get(fold(row.side)) if row.side else None
    named = [part.strip() for part in row.fields.split(";") if part.strip()]
    fields = [words.fields.get(fold(part)) for part in named]
    wrong = {
        Fate.EMAIL: not _is_address(email),
        Fate.ROLE: role is None,
        Fate.SIDE: bool(row.side) and side is None,
        Fate.FIELDS: any(field not in offered for field in fields),
    }
    fate = next((fate for fate, is_wrong in wrong.items() if is_wrong), Fate.EXPECT)
    chosen = tuple(field for field in offered if field in fields)
    return Verdict(row, fate, email, role or SeatRole.JUDGE, side, chosen)


def _is_address(email: str) -> bool:
    name, at, domain = email.rpartition("@")
    return bool(name and at and "." in domain.strip(".") and " " not in email and len(email) <= 255 and "@" not in name)


def _people(emails: Sequence[str]) -> dict[str, Person]:
    """Everybody with a confirmed account by these addresses."""
    found = db.session.scalars(
        select(Person).where(func.lower(Person.email).in_(emails), Person.confirmed_at.is_not(None))
    )
    return {person.email.lower(): person for person in found}
