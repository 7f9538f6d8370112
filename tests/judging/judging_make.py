"""Factories for judging: an eligible entry, a panel, and a whole round as far as a test needs it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from marketplace import clock
from marketplace.accounts.models import Person
from marketplace.challenges.models import Challenge, Prize
from marketplace.challenges.stages import Field, Stage
from marketplace.db import db
from marketplace.judging.models import Decision, JudgingRules, Panel, Seat, Sheet
from marketplace.judging.queries.panels import panel_of
from marketplace.judging.queries.sheets import sheets_of_panel
from marketplace.judging.services import assigning, conflicts, panels, results, scoring
from marketplace.judging.services.results import Line, Reasons
from marketplace.judging.services.rules import settle_rules
from marketplace.judging.services.scoring import Mark
from marketplace.judging.stages import SeatRole
from marketplace.organisations.models import Organisation
from marketplace.organisations.stages import Role
from marketplace.solutions.models import Solution, SolutionVersion
from marketplace.solutions.stages import Stage as SolutionStage
from tests import make
from tests.remembered import remembered

TITLES = (
    "Cảm biến sông Tô Lịch",
    "Bản đồ ngập mở",
    "Trạm bơm thông minh",
    "Mưa Phố",
    "Nắp cống biết nói",
    "Hồ điều hòa",
)


def an_entry(
    challenge: Challenge,
    organisation: Organisation | None = None,
    *,
    title: str = "Cảm biến sông Tô Lịch",
    stage: SolutionStage = SolutionStage.ADMITTED,
    files: list[dict[str, Any]] | None = None,
    **content: Any,
) -> Solution:
    """A received solution with one version; found eligible unless said."""
    organisation = organisation or make.an_organisation()
    author = make.a_member(organisation, Role.OWNER, "Vũ Minh Tác")
    texts = {
        "title_vi": title,
        "title_en": None,
        "summary": f"Tóm tắt của {title}.",
        "approach": f"Cách làm của {title}: cảm biến mực nước và mô hình thủy văn.",
        "impact": "Giảm thời gian ngập.",
        "team": "Bảy người.",
        "pilot_plan": "Sáu tháng tại một lưu vực.",
        "cost_vnd": 500_000_000,
        "trl": 6,
        **content,
    }
    solution = Solution(
        challenge=challenge,
        organisation=organisation,
        author=author,
        stage=stage,
        created_at=clock.now(),
        saved_at=clock.now(),
        **texts,
    )
    version = SolutionVersion(
        solution=solution,
        number=1,
        received_at=clock.now(),
        submitted_by=author,
        idempotency_key="first",
        content={**texts, "language": "vi"},
        content_sha256=sha256(title.encode()).hexdigest(),
        files=files or [],
    )
    db.session.add_all([solution, version])
    db.session.commit()
    return solution


@dataclass
class Round:
    """A challenge being judged, and everybody around it."""

    challenge: Challenge
    secretary: Person
    manager: Person
    entries: list[Solution]
    judges: list[Person]
    alternates: list[Person] = field(default_factory=list)

    @property
    def path(self) -> str:
        return f"/challenges/{self.challenge.slug}"

    @property
    def panel(self) -> Panel:
        return panel_of(self.challenge)

    def seat(self, judge: Person) -> Seat:
        return next(seat for seat in self.panel.seats if seat.person_id == judge.id)

    def sheets(self) -> list[Sheet]:
        return list(sheets_of_panel(self.panel))

    def sheet(self, judge: Person, entry: Solution) -> Sheet:
        return next(each for each in self.sheets() if each.seat.person_id == judge.id and each.solution_id == entry.id)

    def score(
        self, judge: Person, entry: Solution, *values: int, comment: str = "Rõ ràng.", final: bool = True
    ) -> Sheet:
        """Fill the sheet with these points, the same comment everywhere, and finalise it unless told not to."""
        sheet = self.sheet(judge, entry)
        marks = {
            criterion.id: Mark(value, comment) for criterion, value in zip(self.challenge.criteria, values, strict=True)
        }
        scoring.save_scores(sheet, actor=judge, edition=sheet.edition, marks=marks)
        if final:
            scoring.finalise_sheet(sheet, actor=judge, edition=sheet.edition)
        db.session.commit()
        return sheet

    def score_everything(self, *values: int) -> None:
        """Every judge gives every assigned entry these points; the first entry gets the most."""
        for sheet in self.sheets():
            place = [entry.id for entry in self.entries].index(sheet.solution_id)
            lowered = [max(3, value - place) for value in values]
            self.score(sheet.seat.person, sheet.solution, *lowered)

    def deliberate(self) -> None:
        scoring.begin_deliberation(self.panel, actor=self.secretary, despite_open=True)
        db.session.commit()

    def draft(self, winners: int = 1) -> Decision:
        """The first entries win, the others do not."""
        lines = [
            Line(
                entry.id,
                awarded=place < winners,
                award_vi="Giải Nhất",
                award_en="First prize",
                citation_vi="Giải đúng vấn đề và đã chạy thử.",
            )
            for place, entry in enumerate(self.entries)
        ]
        reasons = Reasons("Không hồ sơ nào đạt yêu cầu tối thiểu.") if not winners else Reasons()
        decision = results.draft_results(self.challenge, actor=self.secretary, lines=lines, reasons=reasons)
        db.session.commit()
        return decision

    def publish(self) -> Decision:
        decision = self.draft()
        results.publish_results(decision, actor=self.manager)
        db.session.commit()
        return decision


@remembered
def a_round(
    entries: int = 2,
    *,
    judges: int = 2,
    reviews: int | None = None,
    max_load: int = 10,
    alternates: int = 0,
    rules: dict[str, Any] | None = None,
) -> Round:
    """A challenge in screening with eligible entries and a panel whose judges took their seats; the first is chair."""
    agency = make.an_agency()
    challenge = make.a_closed_challenge(agency)
    challenge.stage = Stage.SCREENING
    db.session.commit()
    secretary = make.a_member(agency, Role.MEMBER, "Lê Thu Thư")
    manager = make.a_member(agency, Role.MANAGER, "Đỗ Quản Lý")
    found = [an_entry(challenge, title=title) for title in TITLES[:entries]]
    readings = judges if reviews is None else reviews
    rules_of(challenge, **{"reviews_per_entry": max(1, readings), "quorum": max(1, readings - 1), **(rules or {})})
    panel = panels.make_panel(challenge, actor=secretary, max_load=max_load)
    roles = [SeatRole.CHAIR, *[SeatRole.JUDGE] * (judges - 1)][:judges] + [SeatRole.ALTERNATE] * alternates
    people = [a_judge(panel, f"Giám khảo {number}", role=role, actor=secretary) for number, role in enumerate(roles, 1)]
    return Round(challenge, secretary, manager, found, people[:judges], people[judges:])


def rules_of(challenge: Challenge, **fields: Any) -> JudgingRules:
    """The rules of a challenge with these fields set, as if the agency had written them."""
    rules = settle_rules(challenge)
    for name, value in fields.items():
        setattr(rules, name, value)
    db.session.commit()
    return rules


def a_judge(panel: Panel, name: str, *, actor: Person, role: SeatRole = SeatRole.JUDGE, **fields: Any) -> Person:
    """Somebody who was invited, took the seat and undertook confidentiality; nothing declared yet."""
    person = make.a_person(name, **fields)
    seat = panels.invite_judge(panel, person, role=role, actor=actor)
    panels.accept_seat(seat, actor=person, undertaking=True)
    db.session.commit()
    return person


def declare(round_: Round, judge: Person, *conflicted: Solution) -> None:
    """The judge answers for every entry: a conflict with these, none with the others."""
    answers = {entry.id: "Cùng đề tài nghiên cứu." if entry in conflicted else None for entry in round_.entries}
    conflicts.declare_conflicts(round_.seat(judge), actor=judge, answers=answers)
    db.session.commit()


@remembered
def a_scoring_round(entries: int = 2, **options: Any) -> Round:
    """A round in which everybody declared to be free and the entries are assigned."""
    made = a_round(entries, **options)
    for judge in [*made.judges, *made.alternates]:
        declare(made, judge)
    assigning.assign_judges(made.panel, actor=made.secretary)
    db.session.commit()
    return made


@remembered
def a_deliberating_round(entries: int = 2, **options: Any) -> Round:
    """A round in which every sheet is final; the first entry is best."""
    made = a_scoring_round(entries, **options)
    made.score_everything(8, 8)
    made.deliberate()
    return made


def a_contest(*, scored: bool = False, prizes: Sequence[dict[str, Any]] = ()) -> Round:
    """Four entries, two in each of two fields, and three judges; where `scored`, the panel deliberates and the first
    entry of each field is best."""
    made = a_round(4, judges=3, reviews=2, rules={"quorum": 1})
    made.challenge.contest_fields = ["ict", "medicine"]
    made.challenge.prizes = [Prize(position=number, **each) for number, each in enumerate(prizes, 1)]
    for entry, chosen in zip(made.entries, (Field.ICT, Field.ICT, Field.MEDICINE, Field.MEDICINE), strict=True):
        entry.field = chosen
        entry.versions[-1].content = {**entry.versions[-1].content, "field": chosen.value}
    db.session.commit()
    if scored:
        for judge in made.judges:
            declare(made, judge)
        assigning.assign_judges(made.panel, actor=made.secretary)
        made.score_everything(9, 9)
        made.deliberate()
    return made
