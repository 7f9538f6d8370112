"""Files of a challenge: open ones for its readers, others behind an undertaking, with a ledger for the agency."""

import pytest
from sqlalchemy import select

from marketplace.challenges.rooms.models import RoomAcceptance
from marketplace.challenges.stages import Stage
from marketplace.db import db
from marketplace.files import Scan, StoredFile
from marketplace.notifications.models import Letter
from marketplace.organisations.stages import Role
from tests import make
from tests.site import Site
from tests.solutions.entries import CSV, PDF


@pytest.fixture
def challenge(app):
    return make.a_challenge(make.an_agency("Sở Thoát nước"))


def furnished(app, challenge):
    """A map for everybody, measurements behind an undertaking; both through the page."""
    writer = make.a_member(challenge.agency, name="Nguyễn Thị Lan")
    place = f"/challenges/{challenge.slug}/data"
    site = Site(app, writer, language="en").open(f"/challenges/{challenge.slug}").click("Add files")
    site.press("Attach", files={"files": PDF})
    assert site.press("Attach", files={"files": CSV}, access="confidential").errors == [
        "Write the undertaking first; without it nothing is confidential."
    ]
    site.open(f"{place}/undertaking").press("Save", text_vi="Giữ kín hai năm.", text_en="Keep it for two years.")
    site.press("Attach", files={"files": CSV}, access="confidential")
    files = {file.name: f"{place}/files/{file.reference}" for file in db.session.scalars(select(StoredFile))}
    return writer, files[PDF[1]], files[CSV[1]]


@pytest.mark.feature("13")
def test_a_reader_accepts_the_exact_words_and_the_agency_reads_who_opened_what(app, challenge):
    follower, company = make.a_person(), make.an_organisation("Công ty Mưa Phố")
    Site(app, follower, language="en").open(f"/challenges/{challenge.slug}").press("Follow this challenge")
    writer, public, secret = furnished(app, challenge)
    reader = make.a_member(company, name="Phạm Văn Minh")
    assert Site(app).open(public).body == PDF[0]
    assert Site(app).open(secret).status == 403
    site = Site(app, reader, language="en").open(f"/challenges/{challenge.slug}").click("To the data room")
    assert ("Keep it for two years." in site.main, CSV[1] in site.main, site.open(secret).status) == (True, False, 403)
    site.open(f"/challenges/{challenge.slug}/data")
    assert site.press("Accept").errors == ["Accept the undertaking, or leave the files closed."]
    site.press("Accept", accepts="y", organisation=company.slug)
    assert site.click(CSV[1]).body == CSV[0]

    ledger = Site(app, writer, language="en").open(f"/challenges/{challenge.slug}/data").click("Who accepted")
    rows = [
        [cell.get_text(strip=True) for cell in row.find_all(["th", "td"])] for row in ledger.page.select("tbody tr")
    ]
    assert [row[:3] for row in rows] == [
        ["Phạm Văn Minh", "Công ty Mưa Phố", "1"],
        [CSV[1], "Phạm Văn Minh", "Công ty Mưa Phố"],
    ]
    strangers = (reader, follower, make.an_operator())
    assert {Site(app, each).open(f"/challenges/{challenge.slug}/data/ledger").status for each in strangers} == {404}
    told = db.session.scalars(select(Letter).where(Letter.kind == "room_file_added")).all()
    assert [letter.to_email for letter in told] == [follower.email] * 2


def test_other_words_are_accepted_anew_and_results_close_the_room(app, challenge):
    writer, _public, secret = furnished(app, challenge)
    reader = make.a_member(make.an_organisation())
    open_page = Site(app, reader, language="en").open(f"/challenges/{challenge.slug}/data")
    site = Site(app, writer, language="en").open(f"/challenges/{challenge.slug}/data").click("Change the undertaking")
    site.press("Save", text_vi="Giữ kín năm năm.")

    assert open_page.press("Accept", accepts="y").status == 409
    open_page.press("Accept", accepts="y")
    assert open_page.open(secret).status == 200
    site.click("Change the undertaking").press("Save", text_vi="Giữ kín mười năm.")
    assert open_page.open(secret).status == 403

    assert [each.text.number for each in db.session.scalars(select(RoomAcceptance))] == [2]
    open_page.open(f"/challenges/{challenge.slug}/data").press("Accept", accepts="y")
    for stage, status in ((Stage.JUDGING, 200), (Stage.RESULTS_PUBLISHED, 403), (Stage.CANCELLED, 403)):
        challenge.stage = stage
        assert Site(app, reader).open(secret).status == status
    assert Site(app, writer).open(secret).status == 200
    assert Site(app, writer).send(f"/challenges/{challenge.slug}/data/undertaking", text_vi="Khác.").status == 409


def test_nobody_else_fills_the_room_and_nothing_unclean_leaves_it(app, challenge):
    writer, public, secret = furnished(app, challenge)
    place = f"/challenges/{challenge.slug}/data"
    for person in (make.a_person(), make.a_member(challenge.agency, Role.VIEWER), make.an_operator()):
        site = Site(app, person)
        posts = [site.send(f"{place}/undertaking", text_vi="Của tôi."), site.send(f"{place}/files", access="open")]
        assert [each.status for each in posts] == [404, 404]
        assert site.send(f"{secret}/removal").status == 404
    assert Site(app, writer).send(f"{place}/acceptance", accepts="y", sha256="x").status == 403
    for file in db.session.scalars(select(StoredFile)):
        file.scan = Scan.REFUSED
    assert [Site(app, writer).open(each).status for each in (public, secret)] == [409, 409]
    Site(app, writer, language="en").open(place).press(f"Remove {PDF[1]}")
    assert Site(app).open(public).status == 404
