"""Official documents: written from data, in both languages and in editions; everybody checks them after publication."""

import pytest

from marketplace import clock
from marketplace.db import db
from marketplace.errors import NotReady, Refused, WrongStage
from marketplace.judging.documents import services
from marketplace.judging.documents.blocks import blocks_of
from marketplace.judging.documents.models import Document
from marketplace.judging.documents.stages import DocumentKind
from marketplace.judging.queries.results import standing_decision
from marketplace.judging.services import results
from marketplace.judging.services.results import Line
from marketplace.organisations.models import Membership
from marketplace.organisations.stages import Role
from tests import make
from tests.judging.judging_make import a_deliberating_round, a_scoring_round
from tests.site import Site


def said_in(block):
    return [block.get("text", ""), *block.get("texts", ()), *(cell for row in block.get("rows", ()) for cell in row)]


@pytest.mark.feature("84", "N22")
def test_every_document_is_written_from_data_in_both_languages_and_checked_by_its_code(app):
    made = a_deliberating_round(2, judges=2, reviews=2)
    site = Site(app, made.secretary, language="en").open(f"{made.path}/committee").click("Official documents")
    site.press("Write submission of the results")
    assert site.status == 422
    assert "Draft the results first" in site.main
    made.draft()

    for name in ("minutes of the judging panel", "score sheets", "submission of the results"):
        site.open(f"{made.path}/documents").press(f"Write {name}")
    site.press("Write draft decision on the results")

    found = {each.kind: each for each in db.session.query(Document)}
    assert {kind.value for kind in found} == {"minutes", "sheets", "submission", "decision"}
    paths = {kind: f"{made.path}/documents/{kind}/{each.reference}" for kind, each in found.items()}
    title, owner = made.entries[0].title_vi, made.entries[0].organisation.name_vi
    minutes = site.open(paths[DocumentKind.MINUTES]).main
    assert all(text in minutes for text in ("MINUTES", title, owner, made.judges[0].full_name, "80.00", "First prize"))
    assert found[DocumentKind.MINUTES].sha256 in minutes
    assert "SUBMISSION" in site.open(paths[DocumentKind.SUBMISSION]).main
    assert "DECIDES:" in site.open(paths[DocumentKind.DECISION]).main
    assert "Novelty" in site.open(paths[DocumentKind.SHEETS]).main
    official = Site(app, made.secretary).open(paths[DocumentKind.DECISION])
    assert owner in official.main
    assert site.open(f"{made.path}/documents/sheets/{found[DocumentKind.MINUTES].reference}").status == 404
    check = f"/documents/{found[DocumentKind.MINUTES].reference}"
    visitor = Site(app, language="en")
    assert visitor.open(check).status == 404
    results.publish_results(standing_decision(made.challenge), actor=made.manager)
    told = visitor.open(check).main
    assert found[DocumentKind.MINUTES].sha256 in told
    assert "Newest edition" in told
    assert made.judges[0].full_name not in told


@pytest.mark.feature("84", "N22")
def test_every_document_is_also_a_pdf_that_says_what_the_page_says(app):
    made = a_deliberating_round(2, judges=2, reviews=2)
    made.draft()
    site = Site(app, made.secretary, language="en")
    for kind in DocumentKind:
        found = services.write_document(made.panel, actor=made.secretary, kind=kind)
        db.session.commit()
        page = site.open(f"{made.path}/documents/{kind.value}/{found.reference}")
        said = [text for block in blocks_of(page.html.partition("</header>")[2]) for text in said_in(block)]

        assert site.click("Download as PDF").body.startswith(b"%PDF")

        assert all(text in "\n".join(said) for text in (made.entries[0].title_vi, "signature")), kind
    assert Site(app, made.judges[1]).open(f"{made.path}/documents/{kind.value}/{found.reference}.pdf").status == 404


@pytest.mark.feature("N22")
def test_an_edition_never_changes_and_the_next_is_written_only_where_something_changed(app):
    made = a_deliberating_round(2, judges=1, reviews=1)
    first = services.write_document(made.panel, actor=made.secretary, kind=DocumentKind.MINUTES)
    again = services.write_document(made.panel, actor=made.secretary, kind=DocumentKind.MINUTES)
    before = first.sha256
    winner, other = made.entries
    lines = [Line(winner.id, awarded=True, award_vi="Giải Nhất", citation_vi="Tốt."), Line(other.id)]
    results.draft_results(made.challenge, actor=made.secretary, lines=lines)

    second = services.write_document(made.panel, actor=made.manager, kind=DocumentKind.MINUTES)

    assert again is first
    assert (second.edition, first.sha256) == (2, before)
    assert second.sha256 != before


def test_only_the_secretary_who_belongs_to_no_entrant_and_only_after_scoring(app):
    made = a_deliberating_round(1, judges=1, reviews=1)
    torn = make.a_member(made.challenge.agency, name="Hai Vai")
    entrant = made.entries[0].organisation
    db.session.add(Membership(person=torn, organisation=entrant, role=Role.MEMBER, given_at=clock.now()))
    db.session.commit()
    for person in (made.judges[0], made.entries[0].author, make.a_person(), torn):
        assert Site(app, person).open(f"{made.path}/documents").status == 404
        assert Site(app, person).send(f"{made.path}/documents/minutes").status == 404
        with pytest.raises(Refused):
            services.write_document(made.panel, actor=person, kind=DocumentKind.MINUTES)
    with pytest.raises(NotReady):
        services.write_document(made.panel, actor=made.secretary, kind=DocumentKind.DECISION)
    scoring = a_scoring_round(1, judges=1, reviews=1)
    assert Site(app, scoring.secretary).open(f"{scoring.path}/documents").status == 404
    with pytest.raises(WrongStage):
        services.write_document(scoring.panel, actor=scoring.secretary, kind=DocumentKind.MINUTES)
