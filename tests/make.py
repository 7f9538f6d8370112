"""Factories: make.a_challenge() is a valid thing; say only what matters to the test."""

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from argon2 import PasswordHasher
from sqlalchemy import select

from marketplace import clock
from marketplace.accounts.models import Grant, Person, PlatformRole
from marketplace.challenges.entry_form.models import FormQuestion, FormSection
from marketplace.challenges.entry_form.stages import Kind as AskedKind
from marketplace.challenges.listeners import index_challenge
from marketplace.challenges.models import Challenge, Criterion, Guest, Measure
from marketplace.challenges.services import free_slug
from marketplace.challenges.stages import Direction, Field, IpTerms, Stage
from marketplace.db import db, token
from marketplace.organisations.models import Membership, Organisation, TrackRecord
from marketplace.organisations.services import add_organisation
from marketplace.organisations.stages import Claim, EvidenceKind, Helix, Kind, Role

PASSWORD = "mat-khau-thu-nghiem"
# The cheapest argon2 that Flask-Security still verifies: hashing is not what these tests are about.
_HASH = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
_numbers = count(1)


def a_person(name: str = "Nguyễn Thị Lan", *, roles: tuple[PlatformRole, ...] = (), **fields: Any) -> Person:
    """Somebody with a confirmed account; the password is PASSWORD."""
    person = Person(
        full_name=name,
        email=fields.pop("email", f"nguoi{next(_numbers)}@example.vn"),
        password=_HASH,
        fs_uniquifier=token(),
        confirmed_at=clock.now(),
        created_at=clock.now(),
        **fields,
    )
    person.grants = [Grant(role=role, given_at=clock.now()) for role in roles]
    return _kept(person)


def an_operator(name: str = "Trần Văn Điều") -> Person:
    return a_person(name, roles=(PlatformRole.OPERATOR,))


def an_auditor(name: str = "Lê Thị Kiểm") -> Person:
    return a_person(name, roles=(PlatformRole.AUDITOR,))


def an_organisation(
    name: str = "", *, kind: Kind = Kind.STARTUP, helix: Helix | None = None, **fields: Any
) -> Organisation:
    """A claimed organisation, a startup unless said."""
    sides = {Kind.UNIVERSITY: Helix.ACADEMIA, Kind.INSTITUTE: Helix.ACADEMIA, Kind.AGENCY: Helix.STATE}
    organisation = add_organisation(
        kind,
        helix=helix or sides.get(kind, Helix.BUSINESS),
        name_vi=name or f"Công ty Sông Xanh {next(_numbers)}",
        **fields,
    )
    organisation.claim = Claim.CLAIMED
    return _kept(organisation)


def an_agency(name: str = "") -> Organisation:
    return an_organisation(name or f"Sở Thử nghiệm {next(_numbers)}", kind=Kind.AGENCY)


def a_member(
    organisation: Organisation, role: Role = Role.MEMBER, name: str = "Phạm Văn Minh", **fields: Any
) -> Person:
    """Somebody with a role in the organisation."""
    person = a_person(name, **fields)
    _kept(Membership(person=person, organisation=organisation, role=role, given_at=clock.now()))
    return person


def evidence(organisation: Organisation, title: str, description: str = "", year: int = 2024) -> TrackRecord:
    """A line of an organisation's track record."""
    return _kept(
        TrackRecord(
            organisation=organisation,
            kind=EvidenceKind.PROJECT,
            title_vi=title,
            description_vi=description,
            year=year,
        )
    )


def a_question(
    challenge: Challenge, label: str = "", *, section: FormSection | None = None, **fields: Any
) -> FormQuestion:
    """A required short question in the challenge's form, in its first section unless said."""
    section = section or _first_section(challenge)
    number = next(_numbers)
    values: dict[str, Any] = {
        "kind": AskedKind.SHORT_TEXT,
        "label_vi": label or f"Câu hỏi {number}",
        "position": number,
    }
    return _kept(FormQuestion(section=section, **(values | fields)))


def a_form_section(challenge: Challenge, title: str = "Năng lực triển khai", **fields: Any) -> FormSection:
    return _kept(FormSection(challenge=challenge, position=next(_numbers), title_vi=title, **fields))


def _first_section(challenge: Challenge) -> FormSection:
    known = db.session.scalar(select(FormSection).where(FormSection.challenge_id == challenge.id).limit(1))
    return known or a_form_section(challenge)


def a_draft_challenge(agency: Organisation | None = None, *, complete: bool = True, **fields: Any) -> Challenge:
    """A draft; complete enough to pass the quality gate unless said otherwise."""
    number = next(_numbers)
    values: dict[str, Any] = {"title_vi": f"Cảnh báo ngập theo tuyến phố {number}"}
    if complete:
        values |= _complete()
    values |= fields
    challenge = Challenge(agency=agency or an_agency(), created_at=clock.now(), **values)
    challenge.slug = free_slug(challenge.title_vi or challenge.title_en or "")
    if complete:
        challenge.measures = [a_measure()]
        challenge.criteria = [
            Criterion(position=1, name_vi="Tính mới", name_en="Novelty", weight_bp=4000, anchors=_anchors()),
            Criterion(
                position=2,
                name_vi="Khả năng áp dụng",
                name_en="Applicability",
                weight_bp=6000,
                anchors=_anchors(),
            ),
        ]
    return _kept(challenge)


def a_guest(challenge: Challenge, organisation: Organisation | None = None, email: str | None = None) -> Guest:
    """Somebody on the list of a challenge that not everybody sees."""
    inviter = db.session.scalar(select(Person).order_by(Person.id).limit(1)) or a_person()
    guest = Guest(organisation=organisation, email=email, inviter=inviter, invited_at=clock.now())
    challenge.guests.append(guest)
    return _kept(guest)


def a_measure(name: str = "Thời gian báo trước", **fields: Any) -> Measure:
    """A measure of success with today's value: at least 60 minutes."""
    values = {"position": 1, "today_milli": 15_000, "target_milli": 60_000, "unit_vi": "phút", "unit_en": "minutes"}
    return Measure(name_vi=name, direction=Direction.AT_LEAST, **{**values, **fields})


def a_challenge(agency: Organisation | None = None, *, stage: Stage = Stage.PUBLISHED, **fields: Any) -> Challenge:
    """A published challenge, open since yesterday and closing in ten days unless said otherwise."""
    now = datetime.now(UTC)
    times = {"opens_at": now - timedelta(days=1), "closes_at": now + timedelta(days=10)}
    challenge = a_draft_challenge(agency, **{**times, **fields})
    challenge.stage = stage  # the one place beside move() that may: a factory makes what deeds would have made
    challenge.published_at = challenge.opens_at
    _kept(challenge)
    index_challenge(challenge)  # as the listener does after a deed
    return _kept(challenge)


def a_closed_challenge(agency: Organisation | None = None, **fields: Any) -> Challenge:
    """Published, its time for solutions just over."""
    now = datetime.now(UTC)
    times = {"opens_at": now - timedelta(days=20), "closes_at": now - timedelta(minutes=1)}
    return a_challenge(agency, **{**times, **fields})


def _complete() -> dict[str, Any]:
    now = datetime.now(UTC)
    return {
        "title_en": "Street-level flood warning",
        "summary_vi": "Thành phố cần cảnh báo ngập đến từng đoạn phố.",
        "summary_en": "The city needs flood warnings for every stretch of street.",
        "description_vi": ("Sau mưa lớn nhiều tuyến phố bị ngập mà người dân không được báo trước. " * 4).strip(),
        "users_vi": "Người dân đi lại trong giờ cao điểm.",
        "current_cost_vi": "Khoảng 20 tỷ đồng thiệt hại mỗi năm.",
        "adoption_owner_vi": "Phòng Hạ tầng kỹ thuật",
        "pilot_budget_vnd": 0,
        "data_vi": "Số liệu mưa và mực nước của 50 trạm.",
        "adoption_vi": "Thí điểm 6 tháng tại một lưu vực, thanh toán theo kết quả.",
        "outcomes": [{"vi": "Cảnh báo sớm ít nhất 60 phút", "en": "At least 60 minutes of lead time"}],
        "capabilities": [{"vi": "Thủy văn đô thị", "en": "urban hydrology"}],
        "prize_amount": 200_000_000,
        "decision_on": (now + timedelta(days=60)).date(),
        "ip_terms": IpTerms.KEEP,
        "field": Field.ICT,
        "opens_at": now + timedelta(days=1),
        "closes_at": now + timedelta(days=20),
    }


def _anchors() -> dict[str, dict[str, str]]:
    return {
        "0": {"vi": "Không đáp ứng", "en": "Does not meet it"},
        "5": {"vi": "Đáp ứng một phần", "en": "Meets it in part"},
        "10": {"vi": "Vượt yêu cầu", "en": "Exceeds it"},
    }


def _kept(thing: Any) -> Any:
    # the first page that somebody opens commits; to commit here would read everything again each time
    db.session.add(thing)
    db.session.flush()
    return thing
