"""Before closing nobody but the entrant's people can tell whether there is an entry: sealed, begun or on paper."""

import re

import pytest

from marketplace.accounts.models import Person
from marketplace.challenges.models import Challenge
from marketplace.db import db
from marketplace.organisations.services import start_membership
from marketplace.organisations.stages import Claim, Role
from marketplace.solutions import services
from tests import make
from tests.site import Site
from tests.solutions.entries import a_solution
from tests.solutions.test_paper_entries import at_the_counter, sealed_at, the_paper
from tests.solutions.test_people_answer import EVERYBODY, open_to
from tests.solutions.test_sealing import CANARY, a_file
from tests.two_worlds import Look

# What differs between two requests for the same page of the same world.
_CHANGING = re.compile(
    r'name="csrf_token"[^>]*|data-question="[^"]*"|Number of this fault: \w+'
    r"|\d\d:\d\d(:\d\d)?( on \d+ \w+ \d{4} \(Hanoi time\))?|\d+ (hours?|minutes?) left"
)
NOT_COMPARED = {"/healthz"}


def addresses(app, challenge: Challenge) -> list[str]:
    """Every page without a variable part, and every page of the challenge and of its agency."""
    rules = [rule for rule in app.url_map.iter_rules() if "GET" in rule.methods]
    fixed = [rule.rule for rule in rules if not rule.arguments]
    of_one = [rule.rule for rule in rules if rule.arguments == {"slug"}]
    return [
        *(address for address in fixed if address not in NOT_COMPARED),
        *(each.replace("<slug>", challenge.slug) for each in of_one if each.startswith("/challenges/")),
        *(each.replace("<slug>", challenge.agency.slug) for each in of_one if each.startswith("/organisations/")),
        "/challenges?q=ngập&phase=open",
        "/solutions/GP-00000000",
        "/receipts?reference=BN-00000000",
    ]


def looked_at(app, paths: list[str], **people: Person | None) -> Look:
    """The pages as each of these people sees them."""
    return Look({name: Site(app, each, language="en") for name, each in people.items()}, paths, but=_CHANGING)


def told(look: Look, reader: str) -> set[str]:
    """The addresses at which the reader reads of a secret now."""
    return {path for (name, path), (_status, html) in look.again().items() if name == reader and CANARY in html}


@pytest.mark.feature("32", "36", "N14")
def test_the_world_looks_the_same_to_everybody_else_with_and_without_entries_of_every_kind(app):
    challenge = open_to(EVERYBODY)
    entrant = make.a_member(make.an_organisation("Công ty Mưa Phố"))
    hoa, employer, clerk = make.a_person("Đỗ Thị Hoa"), make.an_organisation(), make.a_member(challenge.agency)
    start_membership(employer, hoa, role=Role.MEMBER, giver=None)
    body = make.an_organisation("Viện Chưa Ai Nhận")
    body.claim = Claim.UNCLAIMED
    db.session.commit()
    paths = addresses(app, challenge)
    without = looked_at(
        app,
        paths,
        visitor=None,
        official=make.a_member(challenge.agency),
        owner_of_the_agency=make.a_member(challenge.agency, Role.OWNER),
        operator=make.an_operator(),
        auditor=make.an_auditor(),
        competitor=make.a_member(make.an_organisation()),
        colleague=make.a_member(employer, Role.OWNER),
    )
    # those who may know look the same way: it could have leaked
    knowing = looked_at(app, ["/work", "/solutions"], entrant=entrant, hoa=hoa)
    counter = looked_at(app, paths, clerk=clerk)

    solution = a_solution(challenge, entrant, title_vi=CANARY, summary=CANARY)
    services.save_solution(solution, actor=entrant, team=CANARY)
    services.attach_files(solution, actor=entrant, files=[a_file()])
    services.submit_solution(solution, actor=entrant, idempotency_key="k" * 20)
    db.session.commit()
    assert without.changes() == []
    assert told(knowing, "entrant") == {"/work", "/solutions"}

    services.start_in_own_name(challenge, actor=hoa, title_vi=CANARY)
    services.start_as_group(challenge, actor=hoa, name=CANARY, title_vi=CANARY)
    db.session.commit()
    assert without.changes() == []
    assert "/solutions" in told(knowing, "hoa")

    begun = at_the_counter(app, challenge, clerk, entrant="body", name=CANARY, kind="startup", contact_email="a@b.vn")
    assert without.changes() == []
    assert "/solutions" in told(counter, "clerk")

    sealed_at(begun.open(f"/solutions/{the_paper().solution.reference}"))
    sealed_at(at_the_counter(app, challenge, clerk, q="chưa ai nhận", entrant=body.slug))
    assert without.changes() == []
    assert told(counter, "clerk") == set()
