"""What the city of tests/world.py has of judging: panels, scores, hearings, results, appeals."""

from datetime import UTC, datetime, time, timedelta

from sqlalchemy import select

from marketplace import clock
from marketplace.accounts.models import Person
from marketplace.challenges.models import Challenge
from marketplace.challenges.stages import Stage
from marketplace.db import db
from marketplace.judging.appealing import services as appealing
from marketplace.judging.appealing.models import Appeal
from marketplace.judging.committee import services as committee
from marketplace.judging.committee.stages import Choice
from marketplace.judging.defence import absences
from marketplace.judging.defence import services as defence
from marketplace.judging.defence.models import Hearing
from marketplace.judging.defence.planning import Frame
from marketplace.judging.fees.services import set_rate
from marketplace.judging.models import AssignmentDraw, Panel, Sheet
from marketplace.judging.pairing import services as pairing
from marketplace.judging.pairing.queries import table_of
from marketplace.judging.pairing.stages import Outcome
from marketplace.judging.queries.entries import entries_of
from marketplace.judging.queries.panels import panel_of
from marketplace.judging.queries.results import standing_decision
from marketplace.judging.services import assigning, conflicts, objections, panels, results, revisions, scoring
from marketplace.judging.services.rules import settle_rules
from marketplace.judging.stages import Look, RoundKind, SeatRole
from marketplace.organisations.models import Organisation
from marketplace.solutions import services as solutions
from marketplace.solutions.models import Solution
from tests import make
from tests.judging.judging_make import an_entry


class Judging:
    """The part of a World that judges; what it stands on is the World's."""

    agency: Organisation
    people: dict[str, Person]
    challenges: dict[str, Challenge]

    def _answer(self, challenge: Challenge) -> None:
        raise NotImplementedError

    def _screen(self, challenge: Challenge) -> None:
        raise NotImplementedError

    def _seat_panel(self, challenge: Challenge) -> None:
        writer = self.people["writer"]
        rules = settle_rules(challenge)
        rules.reviews_per_entry, rules.quorum = 2, 1
        panel = panels.make_panel(challenge, actor=writer)
        panels.invite_judge(panel, self.people["invited"], role=SeatRole.ALTERNATE, actor=writer)
        for name, role in (("judge", SeatRole.JUDGE), ("chair", SeatRole.CHAIR)):
            person = self.people[name]
            seat = panels.invite_judge(panel, person, role=role, actor=writer)
            panels.accept_seat(seat, actor=person, undertaking=True)
            answers = {entry.solution.id: None for entry in entries_of(challenge)}
            conflicts.declare_conflicts(seat, actor=person, answers=answers)
        db.session.expire(panel)

    def _say_more(self) -> None:
        """A panel meets, an entrant objects, entries are defended."""
        self._meet(self.challenges["deliberation"])
        self._pay_and_draw()
        self._object(self.challenges["panelled"])
        self.challenges["heard"] = make.a_closed_challenge(self.agency)
        self.challenges["paired"] = self._compare(RoundKind.PAIRS)
        self.challenges["ordered"] = self._compare(RoundKind.ORDER)
        self.hearing = self._hear(self.challenges["heard"])

    def _compare(self, kind: RoundKind) -> Challenge:
        """Judges of three entries compare them; one has begun."""
        challenge = make.a_closed_challenge(self.agency)
        challenge.stage = Stage.SCREENING
        for title in ("Phao đo", "Cột đo", "Bè đo"):
            an_entry(challenge, title=title)
        self._seat_panel(challenge)
        settle_rules(challenge).rounds = [{"blind": "open", "best": None, "kind": kind.value}]
        assigning.assign_judges(panel_in(challenge), actor=self.people["writer"])
        judge = self.people["judge"]
        seat = next(each for each in panel_in(challenge).seats if each.person_id == judge.id)
        table = table_of(seat, kind)
        if kind == RoundKind.PAIRS:
            pairing.compare_entries((table.sheets[0], table.sheets[1]), actor=judge, outcome=Outcome.ONE)
        else:
            places = {key: place for place, key in enumerate(table.of_entry, 1)}
            pairing.order_entries(seat, actor=judge, places=places)
        return challenge

    def _pay_and_draw(self) -> None:
        """An entry has to be revised, judges are paid; where results are public, so is the lot of the assignment."""
        panel = panel_in(self.challenges["deliberation"])
        wanted = revisions.Wanted("Nêu chi phí vận hành.", 5, Look.CHAIR)
        solution = entries_of(panel.challenge)[1].solution
        self.revision = revisions.require_revision(panel, actor=self.people["writer"], solution=solution, wanted=wanted)
        set_rate(panel, actor=self.people["manager"], per_sheet_vnd=500_000, basis=None)
        at, known = datetime.now(UTC), {"seed": "0" * 64, "sha256": "1" * 64, "given": {"cap": 90}}
        done, writer = panel_in(self.challenges["done"]), self.people["writer"]
        drawn = {"committed_at": at, "drawn_at": at, "given_sha256": "2" * 64}
        db.session.add(AssignmentDraw(panel=done, committed_by=writer, **known, **drawn))

    def _hear(self, challenge: Challenge) -> Hearing:
        """Two entries were defended yesterday, and a question was asked."""
        now, writer = datetime.now(UTC), self.people["writer"]
        with clock.at(now - timedelta(days=3)):
            self._answer(challenge)
        solutions.close_challenge(challenge)
        self._screen(challenge)
        self._seat_panel(challenge)
        settle_rules(challenge).rounds = [{"blind": "open", "best": None, "kind": "oral"}]
        settle_rules(challenge).defence_public = True
        assigning.assign_judges(panel_in(challenge), actor=writer)
        frame = Frame([(now - timedelta(days=1)).date()], time(8), time(17), minutes=20)
        with clock.at(now - timedelta(days=2)):
            found = defence.plan_defence(panel_in(challenge), actor=writer, wishes=defence.Wishes(frame, ["Phòng 302"]))
            defence.invite_to_defence(found, actor=writer)
        seat = next(each for each in panel_in(challenge).seats if each.person_id == self.people["judge"].id)
        away = (now + timedelta(days=1), now + timedelta(days=1, hours=2))
        self.absence = absences.say_absence(seat, actor=seat.person, span=away, reason="Họp khoa.")
        hearing = found.hearings[0]
        defence.record_question(hearing, actor=self.people["judge"], question="Ai bảo trì?", answer="Chúng tôi.")
        return hearing

    def _object(self, challenge: Challenge) -> None:
        """Entrants know who judges; the entrant objects to one of them. It is a contest with fields."""
        panel = panel_in(challenge)
        challenge.contest_fields = ["ict", "medicine"]
        panel.rules.objection_days = 5
        shown = objections.show_panel(panel, actor=self.people["writer"])
        entry = entries_of(challenge)[0]
        objections.raise_objection(shown[0], entry, actor=self.people["owner"], reason="Từng tranh chấp hợp đồng.")

    def _appeal(self, challenge: Challenge) -> Appeal:
        """The entrant appeals against published results; nobody has answered."""
        mine, decision = answers_to(challenge)[0], standing_decision(challenge)
        assert decision is not None
        owner, said = self.people["owner"], "Một phiếu thiếu nhận xét."
        return appealing.raise_appeal(mine, decision, actor=owner, rule="comments", statement=said)

    def _score(self, challenge: Challenge) -> None:
        """Of four sheets one is untouched, one a draft, two are final."""
        sheets = assigning.assign_judges(panel_in(challenge), actor=self.people["writer"])
        for sheet in sheets[1:]:
            _fill(sheet)
        for sheet in sheets[2:]:
            scoring.finalise_sheet(sheet, actor=sheet.seat.person, edition=sheet.edition)

    def _deliberate(self, challenge: Challenge) -> None:
        for sheet in _sheets(challenge):
            if sheet.finalised_at is None:
                _fill(sheet)
                scoring.finalise_sheet(sheet, actor=sheet.seat.person, edition=sheet.edition)
        scoring.begin_deliberation(panel_in(challenge), actor=self.people["writer"])

    def _meet(self, challenge: Challenge) -> None:
        """The panel talks about an entry, has voted once, and votes again."""
        panel, entry = panel_in(challenge), entries_of(challenge)[0].solution
        committee.remark_on_entry(panel, actor=self.people["judge"], solution=entry, text="Nên hỏi thêm về bảo trì.")
        for text in ("Trao giải Nhất cho hồ sơ rẻ hơn.", "Không trao giải Nhì."):
            motion = committee.put_motion(panel, actor=self.people["writer"], text=text)
            for name in ("judge", "chair"):
                committee.cast_vote(motion, actor=self.people[name], choice=Choice.FOR)
            db.session.flush()
            db.session.expire(motion)
            if motion.number == 1:
                committee.close_vote(motion, actor=self.people["writer"])

    def _draft_results(self, challenge: Challenge) -> None:
        first, second, _excluded = answers_to(challenge)
        lines = [
            results.Line(first.id, awarded=True, award_vi="Giải Nhất", citation_vi="Rẻ và chạy được ngay."),
            results.Line(second.id),
        ]
        why = results.Reasons(vi="Điểm bằng nhau, giải pháp thứ nhất rẻ hơn.")
        results.draft_results(challenge, actor=self.people["writer"], lines=lines, reasons=why)

    def _publish_results(self, challenge: Challenge) -> None:
        results.publish_results(standing_decision(challenge), actor=self.people["manager"])


def answers_to(challenge: Challenge) -> list[Solution]:
    """Its solutions, the entrant's first."""
    found = select(Solution).where(Solution.challenge_id == challenge.id).order_by(Solution.id)
    return list(db.session.scalars(found))


def panel_in(challenge: Challenge) -> Panel:
    panel = panel_of(challenge)
    assert panel is not None
    return panel


def _sheets(challenge: Challenge) -> list[Sheet]:
    found = select(Sheet).join(Sheet.solution).where(Solution.challenge_id == challenge.id).order_by(Sheet.id)
    return list(db.session.scalars(found))


def _fill(sheet: Sheet) -> None:
    marks = {each.id: scoring.Mark(7, "Rõ ràng, có số liệu.") for each in sheet.seat.panel.challenge.criteria}
    scoring.save_scores(sheet, actor=sheet.seat.person, edition=sheet.edition, marks=marks, note="Xem lại giá.")
