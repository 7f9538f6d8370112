"""Whom the system suggests: the deed, from a real small city."""

from itertools import permutations

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from marketplace.db import db
from marketplace.matching.introductions import services as introductions
from marketplace.matching.keeping import pool_now
from marketplace.matching.meetings.services import propose_meeting
from marketplace.matching.models import Exposure, Suggestion
from marketplace.matching.partners import inputs_hash, suggest
from marketplace.matching.pool import Pool
from marketplace.matching.profiles import Piece, Problem, Profile
from marketplace.matching.queries import suggestions_for
from marketplace.matching.services import say_of_suggestion, suggest_partners
from marketplace.matching.stages import Row, Verdict
from marketplace.notifications.watching import services as watching
from marketplace.organisations.stages import Helix, Kind, Role
from marketplace.solutions.models import Solution
from marketplace.text import fold
from tests import make
from tests.matching import world

WORDS = st.sampled_from(["cảnh báo ngập", "thủy văn", "đô thị", "cảm biến", "rau sạch", "AI", "và của", "nước"])
PIECES = st.builds(Piece, st.just("record"), title_vi=WORDS, text_vi=WORDS)
PROFILES = st.lists(
    st.builds(
        Profile,
        st.uuids().map(str),
        st.sampled_from(Helix),
        st.lists(PIECES, max_size=3).map(tuple),
    ),
    max_size=6,
    unique_by=lambda profile: profile.slug,
)
TOLD = ("row", "place", "score", "terms", "facts", "adds", "missing_sides", "missing_needs", "model_version")
FLOOD_PROBLEM = Problem("so", Helix.STATE, "Cảnh báo ngập đô thị bằng AI", (), "Cảm biến nước.")


def told(suggestions):
    """Everything but what the database made up."""
    return [[each.organisation.name_vi, *(getattr(each, name) for name in TOLD)] for each in suggestions]


def places(suggestions):
    return [(each.row, each.place, each.organisation.name_vi) for each in suggestions]


def a_flood_challenge(**fields):
    return make.a_challenge(**{**world.FLOODS, **fields})


def test_who_shows_most_comes_first_and_who_shows_nothing_of_it_is_left_out(app):
    world.a_city()

    suggestions = suggest_partners(a_flood_challenge())

    assert places(suggestions) == [
        (Row.BEST, 1, "Công ty Phố Khô"),
        (Row.BEST, 2, "Nhóm Mưa Rào"),
        (Row.BEST, 3, "Viện Thủy văn Ứng dụng"),
    ]
    assert [each.adds for each in suggestions] == [Helix.BUSINESS, Helix.BUSINESS, Helix.ACADEMIA]
    assert [each.missing_sides for each in suggestions] == [["academia"], ["academia"], ["business"]]


def test_whoever_did_just_this_before_is_suggested_though_no_phrase_of_a_long_text_is_a_large_share_of_it():
    said = [f"việc{n} thứ{n} này{n}" for n in range(60)]
    problem = Problem("so", Helix.STATE, "Dự án dài", (), ". ".join(said))
    summaries = [Piece("summary", text_vi=f"Nghề {n}. {said[n]}") for n in range(30)]
    others = [Profile(f"khac-{n}", Helix.BUSINESS, (summary,)) for n, summary in enumerate(summaries)]
    did_it = Profile("da-lam", Helix.BUSINESS, (Piece("record", title_vi="Năm ngoái", text_vi=", ".join(said)),))

    suggested = suggest(problem, Pool([*others, did_it]), limit=10)

    assert suggested[0].slug == "da-lam"
    assert max(term["share"] for term in suggested[0].terms) < 200


def test_what_is_missing_is_told_by_capability(app):
    world.a_city()

    company, _new, institute = suggest_partners(a_flood_challenge())

    needs = world.FLOODS["capabilities"]
    assert company.missing_needs == [needs[0], needs[2]]
    assert institute.missing_needs == [needs[1], needs[2]]


def test_each_phrase_stands_on_the_profile_as_it_is_spelled(app):
    city = world.a_city()

    suggestions = suggest_partners(a_flood_challenge())

    profiles = {each.id: shown_by(each) for each in city.values()}
    phrases = [(each.organisation_id, term) for each in suggestions for term in each.terms]
    assert [term for owner, term in phrases if term["term"] not in profiles[owner]] == []
    assert all(each.terms and sum(term["share"] for term in each.terms) <= 1005 for each in suggestions)
    assert suggestions[0].terms[0]["title_vi"] == "Cảnh báo ngập cho 40 tuyến phố"


def shown_by(organisation):
    lines = [organisation.summary_vi, organisation.summary_en]
    lines += [text for line in organisation.capabilities for text in line.values()]
    for record in organisation.track_record:
        lines += [record.title_vi, record.description_vi]
    return "\n".join(line for line in lines if line)


def test_a_problem_typed_without_diacritics_finds_the_same(app):
    world.a_city()
    vietnamese = {name: text for name, text in world.FLOODS.items() if name.endswith("_vi")}
    needs = [{"vi": line["vi"]} for line in world.FLOODS["capabilities"]]
    bare_needs = [{"vi": fold(line["vi"])} for line in needs]
    bare = {name: fold(text) for name, text in vietnamese.items()}
    nothing = {"title_en": None, "summary_en": None, "description_en": None, "outcomes": []}

    marked = suggest_partners(a_flood_challenge(**vietnamese, **nothing, capabilities=needs))
    plain = suggest_partners(a_flood_challenge(**bare, **nothing, capabilities=bare_needs))

    def without_needs(suggestions):
        return [(place, score, terms) for _name, _row, place, score, terms, *_rest in told(suggestions)]

    assert without_needs(plain) == without_needs(marked)
    assert [len(each.missing_needs) for each in plain] == [len(each.missing_needs) for each in marked]


def test_an_english_profile_is_found_for_a_vietnamese_problem(app):
    firm = make.an_organisation("Dry Streets Ltd", summary_en="Machine learning against urban flooding.")
    nothing = {"title_en": None, "summary_en": None, "description_en": None, "capabilities": [], "outcomes": []}

    suggestions = suggest_partners(a_flood_challenge(**nothing))

    assert [each.organisation for each in suggestions] == [firm]
    assert [term["term"] for term in suggestions[0].terms] == ["flooding"]


def test_the_agency_that_asks_is_never_suggested(app):
    agency = make.an_agency("Sở Cảnh báo ngập")
    agency.summary_vi = world.FLOODS["description_vi"]
    world.an_institute()

    suggestions = suggest_partners(a_flood_challenge(agency=agency))

    assert [each.organisation.name_vi for each in suggestions] == ["Viện Thủy văn Ứng dụng"]


def test_the_best_of_a_missing_house_is_listed_before_a_more_similar_company(app):
    for number in range(app.config["SUGGESTIONS_LIMIT"] + 1):
        world.a_flood_company(website=f"https://{number}.example.vn")
    world.an_institute()

    suggestions = suggest_partners(a_flood_challenge())

    best = [each for each in suggestions if each.row == Row.BEST]
    assert len(best) == app.config["SUGGESTIONS_LIMIT"]
    assert [each.place for each in best if each.organisation.kind == Kind.INSTITUTE] == [len(best)]


def test_newcomers_have_a_row_of_their_own(app):
    for _ in range(app.config["SUGGESTIONS_LIMIT"]):
        world.a_flood_company()
    world.an_institute()
    new = [world.a_newcomer() for _ in range(5)]

    suggestions = suggest_partners(a_flood_challenge())

    row = [(each.place, each.organisation in new) for each in suggestions if each.row == Row.NEWCOMER]
    assert row == [(1, True), (2, True), (3, True)]
    assert len(row) >= 0.15 * len(suggestions)


def test_a_second_time_changes_nothing(app):
    world.a_city()
    challenge = a_flood_challenge()

    first = [(each.id, each.made_at) for each in suggest_partners(challenge)]
    second = [(each.id, each.made_at) for each in suggest_partners(challenge)]

    assert second == first


def test_a_changed_profile_changes_the_suggestions(app):
    city = world.a_city()
    challenge = a_flood_challenge()
    before = suggest_partners(challenge)[0].inputs_hash

    city["farm"].summary_vi = "Cảnh báo ngập úng cho ruộng rau."
    after = suggest_partners(challenge)

    assert "Hợp tác xã Rau Ba Vì" in [each.organisation.name_vi for each in after]
    assert {each.inputs_hash for each in after} != {before}


def test_nothing_private_changes_the_suggestions(app):
    city = world.a_city()
    challenge = a_flood_challenge()
    one_world = told(suggest_partners(challenge)), suggest_partners(challenge)[0].inputs_hash

    author = make.a_member(city["farm"], name="Cảnh báo ngập tuyến phố", affiliation="Viện cảnh báo ngập úng")
    secret = "Cảnh báo ngập theo tuyến phố bằng cảm biến mực nước. " * 5
    make.a_draft_challenge(city["farm"], title_vi=secret[:200], description_vi=secret)
    db.session.add(
        Solution(
            challenge=challenge,
            organisation=city["farm"],
            author=author,
            title_vi=secret[:200],
            summary=secret,
            approach=secret,
            created_at=author.created_at,
            saved_at=author.created_at,
        )
    )
    _correspond(city, author, secret)
    db.session.commit()

    assert pool_now().fingerprint  # is read anew
    db.session.query(Suggestion).delete()
    assert (told(suggest_partners(challenge)), suggest_partners(challenge)[0].inputs_hash) == one_world


def _correspond(city, author, secret):
    """The farm writes about floods to the company, in the open and in confidence, meets it, and keeps its page."""
    owner = make.a_member(city["company"], Role.OWNER)
    texts = {"purpose": secret, "details": secret}
    found = introductions.ask_introduction(city["farm"], city["company"], actor=author, **texts)
    introductions.accept_introduction(found, actor=owner)
    introductions.relay_message(found, actor=author, text=secret)
    propose_meeting(found, actor=owner, times=[found.due_at], place=secret[:200], note=secret)
    watching.save_search(author, organisation=city["farm"], words="cảnh báo ngập", facts={})
    suggestion = db.session.scalars(select(Suggestion).order_by(Suggestion.id)).first()
    say_of_suggestion(suggestion, actor=owner, verdict=Verdict.NOT_RELEVANT)


def test_the_order_in_which_organisations_came_does_not_matter(app):
    makers = [world.a_flood_company, world.an_institute, world.a_newcomer]
    worlds = []
    for order in permutations(makers):
        agency = make.an_organisation("Sở Thoát nước", kind=Kind.AGENCY)
        made = [maker() for maker in order]
        challenge = a_flood_challenge(agency=agency)
        worlds.append((told(suggest_partners(challenge)), suggest_partners(challenge)[0].inputs_hash))
        noted = db.session.scalars(select(Exposure).order_by(Exposure.id)).all()
        for thing in [*suggestions_for(challenge), *noted, challenge]:
            db.session.delete(thing)
        db.session.commit()
        for organisation in [*made, agency]:
            for record in organisation.track_record:
                db.session.delete(record)
            db.session.flush()
            db.session.expire(organisation)
            db.session.delete(organisation)
        db.session.commit()

    assert worlds == [worlds[0]] * 6


def test_in_an_empty_city_nobody_is_suggested(app):
    assert suggest_partners(a_flood_challenge()) == []


@given(PROFILES, st.integers(0, 4))
@settings(max_examples=60, deadline=None)
def test_whatever_profiles_say_each_suggestion_has_a_reason_and_an_own_place(profiles, limit):
    pool = Pool(profiles)

    found = suggest(FLOOD_PROBLEM, pool, limit=limit)

    assert all(each.terms and 0 <= each.score <= 1000 for each in found)
    assert len({each.slug for each in found}) == len(found)
    assert len([each for each in found if each.row == Row.BEST]) <= limit
    again = Pool(reversed(profiles))
    assert suggest(FLOOD_PROBLEM, again, limit=limit) == found
    assert inputs_hash(FLOOD_PROBLEM, again, limit=limit) == inputs_hash(FLOOD_PROBLEM, pool, limit=limit)
