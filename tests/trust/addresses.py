"""A value of the city for each argument of each address.

What an argument means is told by what stands to its left, so `places` are keyed by the address up to its last argument:
a new route below a known thing needs nothing here, a new kind of thing fails test_world until it is added.
"""

import re
from collections.abc import Iterator, Sequence
from urllib.parse import quote

from flask_security.confirmable import generate_confirmation_token
from flask_security.recoverable import generate_reset_password_token
from sqlalchemy import select

from marketplace.accounts.models import OpenSession
from marketplace.accounts.moderating.models import ReportedText
from marketplace.accounts.passkeys.models import Passkey
from marketplace.audit.models import Checkpoint
from marketplace.challenges.amending.entry_form import form_as_prepared
from marketplace.challenges.entry_form.queries import sections_of
from marketplace.challenges.forms import SECTIONS as CHALLENGE_SECTIONS
from marketplace.db import db
from marketplace.judging.models import Panel, Seat, Sheet
from marketplace.matching.queries import suggestions_for
from marketplace.notifications.broadcasting.models import Broadcast
from marketplace.notifications.models import Letter
from marketplace.notifications.stop_links import secret_for, secret_for_follower
from marketplace.notifications.topics import SECRET_KINDS, Topic
from marketplace.notifications.watching.services import key_of
from marketplace.organisations.models import Membership
from marketplace.organisations.standing.models import SpeakerClaim
from marketplace.solutions.clarifying.models import Clarification
from marketplace.solutions.forms import SECTIONS as SOLUTION_SECTIONS
from marketplace.solutions.late.models import LatePass
from marketplace.solutions.models import Solution
from marketplace.solutions.uploads import new_upload
from tests.world import World
from tests.world_judging import panel_in

Values = tuple[str, ...]
ARGUMENT = re.compile(r"<(?:[a-z_]+(?:\([^)]*\))?:)?([a-z_]+)>")

# Challenges whose answers differ in what may be done with them.
_TELLING = ("open", "closed", "screened", "decided", "done", "entered")


def values_for(rule: str, places: dict[str, list[Values]]) -> list[Values]:
    """Values for all arguments of a rule of the map; raises KeyError for a kind of thing the city lacks."""
    found = list(ARGUMENT.finditer(rule))
    return places[ARGUMENT.sub(r"<\1>", rule[: found[-1].end()])] if found else [()]


def filled(rule: str, values: Sequence[str | bytes]) -> str:
    """The rule's address with these values for its arguments, percent-encoded."""
    rest = iter(values)
    return ARGUMENT.sub(lambda _: quote(next(rest), safe=""), rule)


def places_of(world: World) -> dict[str, list[Values]]:
    """What the arguments of addresses may be in this city."""
    return dict(
        [
            *_of_challenges(world),
            *_of_organisations(world),
            *_of_solutions(world),
            *_of_judging(world),
            *_of_hearings_and_papers(world),
            *_of_people(world),
            *_of(world),
        ]
    )


def _of_challenges(world: World) -> Iterator[tuple[str, list[Values]]]:
    slugs = {name: challenge.slug for name, challenge in world.challenges.items()}
    written = [slugs[name] for name in ("draft", "empty", "open")]
    yield "/challenges/<slug>", [(slug,) for slug in slugs.values()]
    yield "/challenges/<slug>/hosts/<reference>", [(slugs["hosted"], world.cohost.reference)]
    yield "/challenges/<slug>/briefings/<reference>", [(slugs["open"], world.briefing.reference)]
    yield "/challenges/<slug>/data/files/<reference>", [(slugs["open"], each) for each in world.room_files]
    many = db.session.scalars(select(Broadcast).order_by(Broadcast.id)).all()
    yield "/challenges/<slug>/letters/<reference>", [(each.challenge.slug, each.reference) for each in many]
    yield "/challenges/<slug>/guests/<reference>", [(slugs["invited"], world.guest.reference)]
    suggested = suggestions_for(world.challenges["open"])
    partners = [(slugs["open"], each.organisation.slug) for each in suggested]
    yield "/challenges/<slug>/partners/<organisation>", partners
    yield "/results/<slug>", [(slugs["done"],), (slugs["decided"],)]
    yield "/challenges/<slug>/questions/<number>", [(slugs["open"], "1"), (slugs["open"], "2")]
    late = db.session.scalars(select(LatePass)).all()
    yield "/challenges/<slug>/late-passes/<reference>", [(each.challenge.slug, each.reference) for each in late]
    yield "/paper-entries/<reference>", [(world.paper.reference,)]
    scans = [each.file.reference for each in world.paper.solution.attachments]
    yield "/paper-entries/<reference>/files/<file_reference>", [(world.paper.reference, each) for each in scans]
    yield "/challenges/<slug>/amendments/<number>", [(slugs["open"], "1")]
    yield "/challenges/<slug>/versions/<number>", [(slugs["open"], "1"), (slugs["open"], "2")]
    yield "/challenges/<slug>/amendment/<section>", [(slugs["open"], section) for section in CHALLENGE_SECTIONS]
    yield "/challenges/<slug>/edit/<section>", [(slug, section) for slug in written for section in CHALLENGE_SECTIONS]
    yield from _of_entry_forms(world, slugs)


def _of_entry_forms(world: World, slugs: dict[str, str]) -> Iterator[tuple[str, list[Values]]]:
    drafted = sections_of(world.challenges["draft"])
    forms = [(slugs["draft"], section.reference) for section in drafted]
    asked = [(slugs["draft"], each.reference) for section in drafted for each in section.questions]
    yield "/challenges/<slug>/form/sections/<section_reference>", forms
    yield "/challenges/<slug>/form/questions/<question_reference>", asked
    prepared = form_as_prepared(world.challenges["open"])
    sections = [(slugs["open"], section["reference"]) for section in prepared]
    asked = [(slugs["open"], each["reference"]) for section in prepared for each in section["questions"]]
    yield "/challenges/<slug>/amendment/form/sections/<section_reference>", sections
    yield "/challenges/<slug>/amendment/form/questions/<question_reference>", asked


def _of_organisations(world: World) -> Iterator[tuple[str, list[Values]]]:
    slug = world.entrant.slug
    memberships = db.session.scalars(select(Membership).where(Membership.organisation_id == world.entrant.id)).all()
    yield "/organisations/<slug>", [(slug,), (world.agency.slug,)]
    yield "/operator/people/<reference>", [(world.people[role].reference,) for role in ("stranger", "owner")]
    yield "/operator/organisations/<slug>", [(slug,), (world.agency.slug,)]
    yield "/operator/claims/<reference>", [(each,) for each in db.session.scalars(select(SpeakerClaim.reference))]
    yield "/organisations/<slug>/track-record/<reference>", [(slug, world.evidence.reference)]
    yield "/organisations/<slug>/invitations/<reference>", [(slug, world.invitation.reference)]
    yield "/organisations/<slug>/members/<reference>", [(slug, each.person.reference) for each in memberships]
    yield "/invitations/<key>", [(world.invitation_key,)]
    yield "/introductions/<reference>", [(each.reference,) for each in (world.asked, world.accepted)]
    yield "/saved/searches/<reference>", [(world.search.reference,)]
    yield "/saved/items/<reference>", [(world.kept.reference,)]
    yield "/digests/<key>", [(key_of(world.people["stranger"]),)]
    yield "/meetings/<reference>", [(world.meeting.reference,)]
    yield "/matching/weights/<reference>", [(each.reference,) for each in (world.learnt, world.proposed)]
    yield "/organisations/<slug>/seen-by-<reader>", [(slug, each) for each in ("public", "partner", "judge")]
    yield "/experts/<reference>", [(world.expert.reference,)]
    yield "/account/expert/seen-by-<reader>", [("public",), ("organisers",)]
    yield "/account/expert/evidence/<reference>", [(world.expertise.reference,)]
    yield "/account/expert/affiliations/<reference>", [(world.affiliation.reference,)]
    yield "/account/expert/supervisions/<reference>", [(world.supervision.reference,)]
    yield "/challenges/<slug>/panel/experts/<reference>", [(world.challenges["panelled"].slug, world.expert.reference)]
    yield "/operator/registers/<reference>", [(world.import_run.reference,)]
    yield "/operator/registers/<what>", [("organisations",), ("experts",)]
    yield "/introductions/blocks/<slug>", [(world.agency.slug,)]


def _of_solutions(world: World) -> Iterator[tuple[str, list[Values]]]:
    mine = [each for each in world.mine if each.challenge in [world.challenges[name] for name in _TELLING]]
    opened, unsent = mine[0], mine[-1]
    files = [(each.reference, each.attachments[0].file.reference) for each in mine]
    yield "/solutions/<reference>", [(each.reference,) for each in mine]
    yield (
        "/solutions/<reference>/edit/<section>",
        [(each.reference, section) for each in (opened, unsent) for section in SOLUTION_SECTIONS],
    )
    asked = {(each.reference, asked.section.reference) for each in (opened, unsent) for asked in each.asked}
    yield "/solutions/<reference>/answers/<section_reference>", sorted(asked)
    yield "/solutions/<reference>/files/<file_reference>", files
    asked = db.session.scalars(select(Clarification)).all()
    places = [(each.solution.reference, each.reference) for each in asked]
    yield "/solutions/<reference>/clarifications/<clarification>", places
    written, coeditor = world.written, world.coeditor
    yield "/solutions/<reference>/coeditors/<coeditor_reference>", [(written.reference, coeditor.reference)]
    yield "/solutions/<reference>/comments/<comment_reference>", [(written.reference, world.comment.reference)]
    yield "/solution-invitations/<key>", [(world.coeditor_key,)]
    lines = [(written.reference, each.reference) for each in (world.partner, world.offer)]
    yield "/solutions/<reference>/partners/<partner_reference>", lines
    yield "/solutions/<reference>/partners/invitations/<slug>", [(written.reference, world.agency.slug)]
    yield "/solutions/<reference>/authors/<author_reference>", [(written.reference, world.author.reference)]
    yield "/authorships/<key>", [(world.author_key,)]
    yield "/partnerships/<reference>", [(world.offer.reference,), (world.partner.reference,)]
    uploads = [
        (each.reference, new_upload(each, actor=world.people["owner"], name="a.pdf", size=9).key) for each in mine
    ]
    yield "/solutions/<reference>/uploads/<key>", uploads
    yield "/receipts/<reference>", [(version.reference,) for version in [*opened.versions, *mine[-2].versions]]


def _of_people(world: World) -> Iterator[tuple[str, list[Values]]]:
    signed_in = select(OpenSession.reference).where(OpenSession.person_id == world.people["owner"].id)
    yield "/account/passkeys/<reference>", [(each,) for each in db.session.scalars(select(Passkey.reference))]
    yield "/reports/<kind>/<reference>", [("organisation", world.entrant.reference)]
    texts = [(each,) for each in db.session.scalars(select(ReportedText.reference).order_by(ReportedText.id))]
    yield "/operator/texts/<reference>", texts
    yield "/hidden-texts/<reference>", texts
    yield "/account/sessions/<reference>", [(each,) for each in db.session.scalars(signed_in)]
    written = select(Letter.reference).where(Letter.to_person_id == world.people["owner"].id)
    readable = written.where(Letter.kind.not_in(SECRET_KINDS)).limit(2)
    yield "/account/letters/<reference>", [(each,) for each in db.session.scalars(readable)]
    yield "/followed/<key>", [(secret_for_follower(world.email_follower),)]
    yield "/stop-letters/<secret>", [(secret_for(world.people["owner"], Topic.QUESTIONS),)]


def _of_judging(world: World) -> Iterator[tuple[str, list[Values]]]:
    telling = [world.challenges[name].id for name in ("panelled", "judging")]
    seats = db.session.scalars(select(Seat).join(Seat.panel).where(Panel.challenge_id.in_(telling))).all()
    found = select(Sheet).join(Sheet.solution).order_by(Sheet.id)
    scored = db.session.scalars(found.where(Solution.challenge_id == telling[-1])).all()
    done = db.session.scalars(found.where(Solution.challenge_id == world.challenges["done"].id).limit(1)).all()
    sheets = [sheet.reference for sheet in [*scored, *done]]
    read = db.session.scalars(found.where(Solution.challenge_id == world.challenges["deliberation"].id)).all()
    slug = world.challenges["deliberation"].slug
    yield "/challenges/<slug>/deliberation/sheets/<reference>", [(slug, sheet.reference) for sheet in read]
    yield "/challenges/<slug>/committee/motions/<number>", [(slug, "1"), (slug, "2")]
    judged = db.session.scalars(select(Solution).where(Solution.id.in_({sheet.solution_id for sheet in read}))).all()
    yield "/challenges/<slug>/committee/entries/<reference>", [(slug, each.reference) for each in judged]
    revised = world.revision.clarification.solution.reference
    yield (
        "/challenges/<slug>/committee/entries/<reference>/revisions/<revision>",
        [(slug, revised, world.revision.reference)],
    )
    panelled = world.challenges["panelled"]
    taken = [seat for seat in seats if seat.panel.challenge_id == panelled.id and seat.shown_at]
    entered = [each.reference for each in world.mine if each.challenge_id == panelled.id]
    pairs = [(reference, seat.reference) for reference in entered for seat in taken]
    yield "/solutions/<reference>/panel/<seat_reference>", pairs
    yield "/challenges/<slug>/panel/seats/<reference>", [(panelled.slug, seat.reference) for seat in taken]
    judged = world.challenges["judging"].slug
    yield "/challenges/<slug>/paper/<reference>", [(judged, sheet.reference) for sheet in scored]
    yield "/judging/invitations/<reference>", [(seat.reference,) for seat in seats]
    compared = [panel_in(world.challenges[name]) for name in ("paired", "ordered")]
    held = [*(seat.panel for seat in seats), world.hearing.defence.panel, *compared]
    benches = {(panel.reference,) for panel in held}
    yield "/judging/<reference>", sorted(benches)
    yield "/judging/sheets/<reference>", [(sheet,) for sheet in sheets]
    yield "/judging/sheets/<reference>/files/<number>", [(sheet, "1") for sheet in sheets]


def _of_hearings_and_papers(world: World) -> Iterator[tuple[str, list[Values]]]:
    heard = world.challenges["heard"]
    yield "/challenges/<slug>/defence/hearings/<reference>", [(heard.slug, world.hearing.reference)]
    yield "/challenges/<slug>/defence/absences/<reference>", [(heard.slug, world.absence.reference)]
    away = world.absence.seat.panel.reference, world.absence.reference
    yield "/judging/<reference>/defence/absences/<absence_reference>", [away]
    yield "/challenges/<slug>/appeals/<reference>", [(world.challenges["done"].slug, world.appeal.reference)]
    written = (world.challenges["done"].slug, world.document.kind.value)
    yield "/challenges/<slug>/documents/<kind>", [written]
    yield "/challenges/<slug>/documents/<kind>/<reference>", [(*written, world.document.reference)]
    yield "/documents/<reference>", [(world.document.reference,)]


def _of(world: World) -> Iterator[tuple[str, list[Values]]]:
    sizes = [str(size) for size in db.session.scalars(select(Checkpoint.size).order_by(Checkpoint.size))]
    yield "/log/<size>", [(size,) for size in sizes]
    yield "/log/<size>/growth/<later>", [(sizes[0], sizes[-1])]
    letters = db.session.scalars(select(Letter.reference).order_by(Letter.id).limit(5))
    yield "/imports/<reference>", [(world.table.reference,)]
    yield "/outbox/<reference>", [(reference,) for reference in letters]
    yield "/personas/<reference>", [(world.persona.reference,), (world.people["operator"].reference,)]
    yield "/first-operator/<key>", [(world.operator_key,)]
    yield "/confirm-address/<token>", [(generate_confirmation_token(world.newcomer),)]
    yield "/reset-password/<token>", [(generate_reset_password_token(world.newcomer),)]
    yield "/static/<filename>", [("site.css",), ("site.js",)]
