"""Letters of results are read before publication, a page of entrants at a time, and only by who may publish."""

import pytest

from marketplace import clock
from marketplace.challenges.stages import Stage
from marketplace.db import db
from marketplace.judging.models import Decision, Result
from marketplace.organisations.stages import Role
from tests import make
from tests.judging.judging_make import an_entry
from tests.site import Site


@pytest.mark.feature("71")
def test_letters_to_come_are_shown_for_twenty_entrants_a_page(app):
    agency = make.an_agency()
    manager, stranger = make.a_member(agency, Role.MANAGER), make.a_member(make.an_organisation(), Role.OWNER)
    challenge = make.a_closed_challenge(agency, stage=Stage.DECIDED)
    decision = Decision(challenge=challenge, drafted_by=make.a_member(agency, Role.MANAGER), drafted_at=clock.now())
    for position in range(1, 22):
        entry = an_entry(challenge, title=f"Giải pháp số {position}")
        decision.results.append(Result(solution=entry, position=position))
    db.session.add(decision)
    db.session.commit()
    page = f"/challenges/{challenge.slug}/decision"

    site = Site(app, manager, language="en").open(page)
    first = [each.get_text(" ", strip=True) for each in site.page.select(".letter-body")]
    site.click("Next")
    second = [each.get_text(" ", strip=True) for each in site.page.select(".letter-body")]

    assert (len(first), len(second)) == (20, 1)
    references = [result.solution.reference for result in decision.results]
    assert all(reference in letter for reference, letter in zip(references, first + second, strict=True))
    assert site.open(f"{page}?page=99").status == 200
    assert Site(app, stranger).open(f"{page}?page=2").status == 404
