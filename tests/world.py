"""One small city with one of everything: people of every role, and a challenge at every stage of its life.

Made by the real deeds; only what no deed makes (a challenge in the past) comes from tests/make.py.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from io import BytesIO

from sqlalchemy import select

from marketplace import clock
from marketplace.accounts.models import Person
from marketplace.accounts.moderating.services import hide_text, report_text
from marketplace.accounts.moderating.stages import ReportReason
from marketplace.accounts.passkeys.models import Passkey
from marketplace.accounts.queries import hashed
from marketplace.accounts.services import make_operator_key
from marketplace.challenges.amending import services as amending
from marketplace.challenges.amending.entry_form import amend_form
from marketplace.challenges.asking import services as asking
from marketplace.challenges.briefings import services as briefings
from marketplace.challenges.entry_form.plain import with_section
from marketplace.challenges.entry_form.stages import Audience
from marketplace.challenges.entry_form.stages import Kind as AskedKind
from marketplace.challenges.models import Challenge
from marketplace.challenges.rooms import services as rooms
from marketplace.challenges.services import invite_cohost
from marketplace.challenges.stages import Stage
from marketplace.db import db, token
from marketplace.files import keep_upload, key_for
from marketplace.judging.documents.services import write_document
from marketplace.judging.documents.stages import DocumentKind
from marketplace.matching.introductions import services as introductions
from marketplace.matching.learning.services import adopt_weights
from marketplace.matching.meetings import services as meetings
from marketplace.matching.services import suggest_partners
from marketplace.notifications.broadcasting.services import write_broadcast
from marketplace.notifications.broadcasting.stages import Audience as LetterAudience
from marketplace.notifications.models import EmailFollower
from marketplace.notifications.watching import services as watching
from marketplace.organisations.experts import services as experts
from marketplace.organisations.experts.stages import Expertise, Readers, Supervised
from marketplace.organisations.importing.services import bring_table, check_import
from marketplace.organisations.importing.stages import What
from marketplace.organisations.models import Invitation, Membership
from marketplace.organisations.services import edit_organisation, invite
from marketplace.organisations.stages import Kind, Role
from marketplace.organisations.standing.services import claim_body
from marketplace.organisations.unlisted import add_unlisted
from marketplace.solutions import services as solutions
from marketplace.solutions.clarifying import services as clarifying
from marketplace.solutions.comparing.services import compare_received
from marketplace.solutions.late import services as passes
from marketplace.solutions.models import Solution
from marketplace.solutions.paper import services as counter
from marketplace.solutions.stages import Right
from marketplace.text import canonical_json
from tests import make
from tests.matching.learning_world import proposed_weights
from tests.world_judging import Judging, answers_to, panel_in


class World(Judging):
    """The city. `people` by role, `challenges` by how far they are, `mine` the entrant's answers in the same order.

    Everything but what the outsider has (another agency, another organisation) belongs to `agency` or `entrant`.
    """

    def __init__(self) -> None:
        self.agency, self.entrant = make.an_agency("Sở Thoát nước"), make.an_organisation("Công ty Sông Xanh")
        self.rival = make.an_organisation("Viện Thủy văn", kind=Kind.INSTITUTE)
        self.third = make.an_organisation("Hợp tác xã Tô Lịch", kind=Kind.COOPERATIVE)
        self.evidence = make.evidence(self.entrant, "Cảnh báo ngập theo tuyến phố", "Thủy văn đô thị.")
        self.people: dict[str, Person] = {
            "stranger": make.a_person("Lý Người Lạ"),
            "outsider": make.a_member(make.an_agency("Sở Khác"), Role.MANAGER, "Đỗ Người Ngoài"),
            "viewer": make.a_member(self.entrant, Role.VIEWER, "Vũ Chỉ Xem"),
            "member": make.a_member(self.entrant, Role.MEMBER, "Phạm Văn Minh"),
            "owner": make.a_member(self.entrant, Role.OWNER, "Bùi Thị Chủ"),
            "writer": make.a_member(self.agency, Role.MEMBER, "Nguyễn Thị Lan"),
            "manager": make.a_member(self.agency, Role.MANAGER, "Hoàng Văn Ký"),
            "judge": make.a_person("Đặng Giám Khảo", expertise="Thủy văn đô thị"),
            "chair": make.a_person("Trịnh Chủ Tịch", expertise="Quản lý đô thị"),
            "invited": make.a_person("Mai Được Mời", expertise="Cảm biến"),
            "operator": make.an_operator(),
            "auditor": make.an_auditor(),
        }
        self.persona = make.a_person("Người Mẫu", is_demo=True)
        self.newcomer = make.a_person("Lê Mới Đến")
        self.newcomer.confirmed_at = None
        self.rivals = make.a_member(self.rival, Role.OWNER, "Chu Đối Thủ")
        self.thirds = make.a_member(self.third, Role.OWNER, "Tạ Xã Viên")
        elsewhere = make.an_organisation("Công ty Nơi Khác")
        db.session.add(
            Membership(person=self.people["outsider"], organisation=elsewhere, role=Role.OWNER, given_at=clock.now())
        )
        self._claim()
        self._know()
        self.operator_key = make_operator_key()
        self._report()
        self.invitation, self.invitation_key = self._invitation()
        self.challenges: dict[str, Challenge] = {}
        self._hold_challenges()
        self._follow_by_mail()
        self._invite()
        self.appeal = self._appeal(self.challenges["done"])
        panel = panel_in(self.challenges["done"])
        self.document = write_document(panel, actor=self.people["writer"], kind=DocumentKind.MINUTES)
        self._furnish(self.challenges["open"])
        self._take_in(self.challenges["unanswered"])
        self._brief(self.challenges["open"])
        self._write_together(answers_to(self.challenges["entered"])[0])
        self._introduce()
        db.session.commit()

    def _claim(self) -> None:
        """Somebody says that they speak for a body that has owners, with a proof."""
        said = {"position": "Giám đốc", "paper": "Giấy giới thiệu 12/GGT", "phone": "024 3825 3536", "note": None}
        claimant = make.a_person("Võ Tự Nhận")
        proof = keep_upload(BytesIO(b"%PDF-1.4 giay"), name="Giấy giới thiệu.pdf", uploaded_by_id=claimant.id)
        db.session.add(proof)
        claim_body(self.third, actor=claimant, file=proof, **said)

    def _know(self) -> None:
        """The judge's page as an expert, what the entrant keeps for partners, and an import looked at."""
        judge, owner, operator = self.people["judge"], self.people["owner"], self.people["operator"]
        said = {"fields": ["agriculture"], "concepts": ["drones"], "languages": ["vi"], "summary_vi": "Thủy văn."}
        fewer = {"languages": Readers.ORGANISERS}
        self.expert = experts.write_expert(judge, readers=Readers.PUBLIC, part_readers=fewer, **said)
        evidence = {"kind": Expertise.PAPER, "title": "Dự báo ngập", "year": 2022, "source": "doi:10/abc"}
        self.expertise = experts.add_expertise(self.expert, actor=judge, **evidence)
        years = {"from_year": 2015, "to_year": 2018}
        self.affiliation = experts.add_affiliation(self.expert, actor=judge, name="Đại học Thủy lợi", **years)
        taught = {"name": "Trò Cũ", "email": "tro-cu@example.vn", "from_year": 2012, "to_year": 2016}
        self.supervision = experts.note_supervision(judge, supervised=Supervised.BY_ME, **taught)
        edit_organisation(self.entrant, actor=owner, contact="Chị Hoa, 024 3825 3536", languages=["vi", "en"])
        table = BytesIO(b"name_vi,kind,website\r\nCong ty Moi,startup,\r\nCong ty Sai,startup,x y\r\n")
        file = keep_upload(table, name="to-chuc.csv", uploaded_by_id=operator.id)
        db.session.add(file)
        self.import_run = bring_table(file, what=What.ORGANISATIONS, actor=operator)
        check_import(self.import_run.id)

    def _follow_by_mail(self) -> None:
        self.email_follower = EmailFollower(email="ong-ba@example.vn", language="vi", asked_at=clock.now())
        self.email_follower.challenge = self.challenges["open"]
        db.session.add(self.email_follower)

    @property
    def mine(self) -> list[Solution]:
        """The entrant's answers: sent ones first, last an unsent one."""
        found = select(Solution).where(Solution.organisation_id == self.entrant.id).order_by(Solution.id)
        return list(db.session.scalars(found))

    def _report(self) -> None:
        """A profile that somebody reported, another one that is hidden; and a passkey."""
        wrong = {"reason": ReportReason.FALSE, "words": "Không đúng sự thật.", "reporter": self.people["stranger"]}
        for organisation in (self.entrant, self.third):
            text = report_text("organisation", organisation.reference, **wrong)
        hide_text(text, because="Nêu số điện thoại riêng của một người dân.", actor=self.people["operator"])
        key = Passkey(person_id=self.thirds.id, name="Điện thoại", credential="a2hvYQ", public_key=b"khoa")
        key.is_backed_up, key.made_at = False, clock.now()
        db.session.add(key)

    def _invitation(self) -> tuple[Invitation, str]:
        """An open invitation with a key we know; in life only the letter knows it."""
        key, owner = token(), self.people["owner"]
        invitation = invite(self.entrant, self.people["invited"].email, role=Role.MEMBER, actor=owner)
        invitation.key_hash = hashed(key)
        return invitation, key

    def _write_together(self, draft: Solution) -> None:
        """Somebody from elsewhere was invited to a draft with a key we know, another wrote; and they talk."""
        owner, helper = self.people["owner"], make.a_person("Cao Cùng Viết")
        self.written, self.coeditor_key, key = draft, token(), token()
        for email, secret in ((helper.email, key), (self.people["invited"].email, self.coeditor_key)):
            self.coeditor = solutions.invite_coeditor(draft, email, right=Right.EDIT, actor=owner)
            self.coeditor.key_hash = hashed(secret)
            db.session.flush()
        solutions.accept_coeditor_invitation(key, actor=helper)
        joined = make.an_organisation("Trung tâm Dữ liệu")
        self.partner = solutions.invite_partner(
            draft, actor=owner, organisation=joined, task="Dữ liệu", share_bp=3000, background_ip="Bản đồ cống ngầm."
        )
        self.offer = solutions.invite_partner(
            draft, actor=owner, organisation=self.third, task="Vận hành", share_bp=2000
        )
        data_owner = make.a_member(joined, Role.OWNER, "La Góp Vốn")
        solutions.accept_partnership(self.partner, actor=data_owner)
        self.author_key = token()
        self.author = solutions.name_author(
            draft, actor=owner, full_name="Kiều Tác Giả", email="tac-gia@example.vn", share_bp=10_000
        )
        self.author.key_hash = hashed(self.author_key)
        self.comment = solutions.write_comment(draft, actor=helper, section="team", body="Nêu rõ ai làm gì.")

    def _introduce(self) -> None:
        """One request waits for the entrant's answer, another was accepted and is written about, in confidence too."""
        owner, texts = self.people["owner"], {"purpose": "Cùng thử nghiệm.", "details": "Giá thành mỗi trạm đo."}
        self.asked = introductions.ask_introduction(self.third, self.entrant, actor=self.thirds, **texts)
        self.accepted = introductions.ask_introduction(self.rival, self.entrant, actor=self.rivals, **texts)
        introductions.accept_introduction(self.accepted, actor=owner)
        introductions.relay_message(self.accepted, actor=owner, text="Mời gặp tuần tới.")
        introductions.block_requests(self.entrant, self.agency, actor=owner)
        self.search = watching.save_search(owner, organisation=self.entrant, words="ngập", facts={})
        self.kept = watching.keep_item(owner, self.challenges["open"], organisation=None)
        times = [datetime.now(UTC) + timedelta(days=days) for days in (3, 4)]
        self.meeting = meetings.propose_meeting(self.accepted, actor=self.rivals, times=times, place="Số 1 Láng")
        meetings.choose_time(self.meeting, actor=owner, starts_at=times[0])

    def _brief(self, challenge: Challenge) -> None:
        """One seat, taken by the entrant; the rival waits for it."""
        begins = datetime.now(UTC) + timedelta(days=3)
        times = {"starts_at": begins, "ends_at": begins + timedelta(hours=2)}
        self.briefing = briefings.add_briefing(
            challenge, actor=self.people["writer"], title_vi="Giới thiệu", seats=1, place="Hội trường 1", **times
        )
        briefings.join_briefing(self.briefing, actor=self.people["owner"], organisation=self.entrant)
        briefings.join_briefing(self.briefing, actor=self.rivals, organisation=None)

    def _furnish(self, challenge: Challenge) -> None:
        """An open file, a confidential one that the entrant may read, and a letter to many."""
        writer, owner, kept = self.people["writer"], self.people["owner"], []
        said = {"subject_vi": "Còn thiếu phụ lục", "body_vi": "Đề nghị bổ sung."}
        write_broadcast(challenge, audience=LetterAudience.DRAFTERS, actor=writer, **said)
        for name in ("Bản đồ.pdf", "Số đo.pdf"):
            kept.append(keep_upload(BytesIO(b"%PDF-1.4 bang so"), name=name, uploaded_by_id=writer.id))
        rooms.write_room_text(challenge, actor=writer, text_vi="Giữ kín hai năm.", text_en=None)
        rooms.add_room_files(challenge, actor=writer, files=kept[:1], is_confidential=False)
        rooms.add_room_files(challenge, actor=writer, files=kept[1:], is_confidential=True)
        digest = sha256(canonical_json({"vi": "Giữ kín hai năm.", "en": None})).hexdigest()
        rooms.accept_room_text(challenge, actor=owner, organisation=self.entrant, digest=digest)
        table = BytesIO(b"title,agency,url\r\nCu,So cu,https://cu.example.vn/1\r\n")
        self.table = keep_upload(table, name="cu.csv", uploaded_by_id=self.people["operator"].id)
        db.session.add(self.table)
        self.room_files = [file.reference for file in kept]

    def _invite(self) -> None:
        """A challenge that only a rival is invited to."""
        title = "Bài toán chỉ dành cho khách mời"
        self.challenges["invited"] = make.a_challenge(self.agency, title_vi=title, invited_only=True)
        self.guest = make.a_guest(self.challenges["invited"], self.rival)

    def _learn_weights(self) -> None:
        self.learnt = proposed_weights()
        adopt_weights(self.learnt, reason="Hội đồng chuyên môn đã xem các con số.", actor=self.people["operator"])
        self.proposed = proposed_weights(instead_of=self.learnt.version, patience=0.9)

    def _hold_challenges(self) -> None:
        later, kept = datetime.now(UTC) + timedelta(days=2), self.challenges
        kept["empty"] = make.a_draft_challenge(self.agency, complete=False)
        kept["draft"] = make.a_draft_challenge(self.agency, title_vi="Bài toán đang viết")
        _ask(kept["draft"])
        kept["hosted"] = make.a_draft_challenge(self.agency, title_vi="Bài toán đặt chung")
        self.cohost = invite_cohost(kept["hosted"], self.rival, actor=self.people["manager"])
        kept["in_review"] = make.a_challenge(self.agency, stage=Stage.IN_REVIEW, opens_at=later)
        kept["forecast"] = make.a_challenge(self.agency, opens_at=later)
        kept["cancelled"] = make.a_challenge(self.agency, stage=Stage.CANCELLED)
        kept["history"] = make.a_challenge(self.agency, stage=Stage.HISTORY)
        kept["unanswered"] = make.a_closed_challenge(self.agency)
        kept["open"] = make.a_challenge(self.agency)
        self._answer(kept["open"])
        solutions.withdraw_solution(answers_to(kept["open"])[2], actor=self.thirds)
        suggest_partners(kept["open"])
        self._learn_weights()
        self._talk(kept["open"])
        steps: list[Callable[[Challenge], None]] = [
            self._screen,
            self._seat_panel,
            self._score,
            self._deliberate,
            self._draft_results,
            self._publish_results,
        ]
        for count, name in enumerate(("closed", "screened", "panelled", "judging", "deliberation", "decided", "done")):
            kept[name] = make.a_closed_challenge(self.agency)
            with clock.at(datetime.now(UTC) - timedelta(days=3)):
                self._answer(kept[name])
            solutions.close_challenge(kept[name])
            for step in steps[:count]:
                step(kept[name])
        compare_received(kept["closed"])
        self._say_more()
        mine, writer = answers_to(kept["screened"])[0], self.people["writer"]
        clarifying.ask_clarification(mine, actor=writer, question="Bản sao giấy phép ở đâu?", days=3)
        kept["entered"] = make.a_challenge(self.agency)
        _ask(kept["entered"])
        _write(kept["entered"], self.entrant, self.people["owner"])

    def _take_in(self, challenge: Challenge) -> None:
        """A paper that came in time and was typed in after closing; nobody has compared it yet."""
        clerk, entrant = self.people["writer"], add_unlisted(Kind.COOPERATIVE, name="Tổ hợp Mang Giấy")
        stand = counter.Counter(challenge.closes_at - timedelta(minutes=10), "Cụ Sáu Mang Giấy")
        paper = counter.take_in_paper(challenge, actor=clerk, entrant=entrant, counter=stand, title_vi="Phao đo nước")
        _attach(paper.solution, clerk)
        solutions.accept_terms(paper.solution, actor=clerk)
        counter.seal_paper(paper, actor=clerk, reason="Quầy mất điện.")
        self.paper = paper

    def _answer(self, challenge: Challenge) -> None:
        """Three organisations answer, the entrant twice."""
        _ask(challenge)
        for organisation, author in (
            (self.entrant, self.people["owner"]),
            (self.rival, self.rivals),
            (self.third, self.thirds),
        ):
            solution = _write(challenge, organisation, author)
            solutions.submit_solution(solution, actor=author, idempotency_key=token())
        mine, owner = answers_to(challenge)[0], self.people["owner"]
        solutions.save_solution(mine, actor=owner, team="Sáu người, hai tiến sĩ.")
        solutions.submit_solution(mine, actor=owner, idempotency_key=token())

    def _talk(self, challenge: Challenge) -> None:
        """One question is answered, one waits; one amendment is published, one prepared."""
        stranger, writer, manager = (self.people[name] for name in ("stranger", "writer", "manager"))
        asked = [
            asking.ask_question(challenge, actor=stranger, text=text, language="vi")
            for text in ("Có số liệu ra đa không?", "Thí điểm ở quận nào?")
        ]
        asking.answer_question(asked[0], actor=writer, answers={"answer_vi": "Có.", "answer_en": "Yes."})
        asking.follow_challenge(challenge, actor=stranger)
        for text in ("Người đi bộ và người đi xe máy.", "Người đi xe buýt."):
            amendment = amending.prepare_amendment(challenge, actor=writer, users_vi=text)
            amending.give_reason(amendment, actor=writer, reason_vi="Rõ hơn.", reason_en=None)
            if not challenge.amendments:
                amending.publish_amendment(amendment, actor=manager)
        amend_form(
            challenge,
            actor=writer,
            step=lambda form: with_section(form, "PH-THEMSAU1", {"title_vi": "Mới", "title_en": None}),
        )

        late = challenge.closes_at + timedelta(days=1)
        passes.propose_pass(challenge, actor=writer, until=late, reason="Nhà mạng mất kết nối.")

    def _screen(self, challenge: Challenge) -> None:
        actor, (mine, his, third) = self.people["writer"], answers_to(challenge)
        solutions.begin_screening(challenge, actor=actor)
        for admitted in (mine, his):
            solutions.admit_solution(admitted, actor=actor)
        solutions.exclude_solution(third, actor=actor, reasons="Không có thành viên ở Hà Nội.")


def a_world() -> World:
    """The city, committed."""
    return World()


def _ask(challenge: Challenge) -> None:
    """Five questions, one of them asked only after a yes."""
    tried = make.a_question(challenge, "Đã thử ở đâu chưa?", kind=AskedKind.YES_NO)
    make.a_question(challenge, "Thử ở đâu?", asked_if_id=tried.id, asked_if_value="yes", tells_entrant=True)
    make.a_question(challenge, "Vì sao nên tin?", kind=AskedKind.LONG_TEXT, most_words=100, audience=Audience.PUBLIC)
    options = [{"key": "o1", "vi": "Thuê", "en": "Rent"}, {"key": "o2", "vi": "Mua", "en": "Buy"}]
    make.a_question(challenge, "Hình thức", kind=AskedKind.ONE_OF, options=options, audience=Audience.AGENCY)
    rest = make.a_form_section(challenge, "Báo giá")
    make.a_question(challenge, "Đơn giá", section=rest, kind=AskedKind.MONEY, audience=Audience.SEALED)


def _reply(solution: Solution, author: Person) -> None:
    replies = ["yes", "Phường Láng", "Đã chạy hai mùa mưa.", "o1", 1_200_000]
    values = {question.id: value for question, value in zip(solution.asked, replies, strict=True)}
    solutions.save_answers(solution, actor=author, values=values)


def _write(challenge: Challenge, organisation: object, author: Person) -> Solution:
    """A complete draft with a file."""
    solution = solutions.start_solution(challenge, actor=author, organisation=organisation)
    solutions.save_solution(
        solution,
        actor=author,
        title_vi=f"Cảnh báo ngập của {author.full_name}",
        title_en="Flood warning",
        summary="Cảm biến ở 40 điểm, báo trước 60 phút.",
        approach="Đo mực nước và học từ mưa ra đa.",
        impact="Ba vạn người không bị kẹt xe.",
        team="Sáu người.",
        pilot_plan="Sáu tháng ở một lưu vực.",
        cost_vnd=900_000_000,
        trl=6,
    )
    _reply(solution, author)
    solutions.accept_terms(solution, actor=author)
    _attach(solution, author)
    return solution


def _attach(solution: Solution, author: Person) -> None:
    key = key_for(solution.challenge.reference)
    file = keep_upload(BytesIO(b"%PDF-1.4 de an"), name="Đề án.pdf", uploaded_by_id=author.id, key=key)
    db.session.add(file)
    solutions.attach_files(solution, actor=author, files=[file])
