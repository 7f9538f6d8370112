"""A city whose people judge suggestions as other weights than those of the code would, and weights proposed for it."""

from collections.abc import Iterator
from dataclasses import asdict
from random import Random

from marketplace import clock
from marketplace.accounts.models import Person
from marketplace.challenges.models import Challenge
from marketplace.db import db
from marketplace.matching.keeping import pool_now
from marketplace.matching.learning.choosing import Learnt
from marketplace.matching.learning.measuring import Measured
from marketplace.matching.learning.models import LearntWeights
from marketplace.matching.learning.services import propose_weights
from marketplace.matching.models import Feedback
from marketplace.matching.partners import MODEL_VERSION
from marketplace.matching.quality import kept_figures
from marketplace.matching.queries import organisation_ids
from marketplace.matching.stages import Verdict
from marketplace.organisations.models import Organisation
from marketplace.relevance.answers import Query
from marketplace.relevance.weights import CHOSEN, Weights
from tests import make

TASTE = Weights(latent=2.0, patience=1.0)
_SYLLABLES = [f"{first}{last}" for first in "bcdghklmnprst" for last in ("ang", "inh", "ong", "uy", "em")]
_NOTHING = {"title_en": None, "summary_en": None, "description_en": None, "capabilities": [], "outcomes": []}


def a_verified_organisation(**fields: str) -> Organisation:
    """One that the operator knows, so that its people are heard."""
    return make.an_organisation(verified_at=clock.now(), verified_how="Giấy phép", **fields)


def proposed_weights(*, instead_of: str = "", base: str = MODEL_VERSION, **weights: float) -> LearntWeights:
    """A proposal as the command would keep it."""
    numbers = Weights(**weights) if weights else TASTE
    learnt = Learnt(numbers, 288, 24, 12, 0.612, 0.66, 0.041, 0.012, 0.07)
    after = kept_figures() | {"weights": asdict(numbers)}
    return propose_weights(Measured(learnt, base, instead_of or base, kept_figures(), after))


def a_city_of_another_taste(*, challenges: int = 24, voices: int = 12) -> None:
    """For each challenge one pair that stands in the order of TASTE for the three of the voices that judged it."""
    random = Random(1)
    themes = [random.sample(_SYLLABLES, 10) for _ in range(8)]
    for number in range(30):
        body = make.an_organisation(f"Nhóm {number}", summary_vi=_words(random, themes, 8))
        for _ in range(random.choice((0, 1, 3))):
            make.evidence(body, _words(random, themes, 4), _words(random, themes, 8))
    judges = [make.a_member(a_verified_organisation()) for _ in range(voices)]
    agency, pairs = make.an_agency(), _pairs(random, themes)
    for at in range(challenges):
        title, text, pair = next(pairs)
        texts = {"title_vi": title, "summary_vi": text, "description_vi": text}
        challenge = make.a_closed_challenge(agency, **_NOTHING | texts)
        for person in (judges[(at + more) % voices] for more in range(3)):
            say(challenge, pair, person)


def say(challenge: Challenge, pair: tuple[str, str], person: Person) -> None:
    """Somebody calls the first organisation relevant and the second not."""
    for slug, verdict in zip(pair, (Verdict.RELEVANT, Verdict.NOT_RELEVANT), strict=True):
        ids = {"challenge_id": challenge.id, "organisation_id": organisation_ids([slug])[slug]}
        said = Feedback(person=person, verdict=verdict, model_version=MODEL_VERSION, said_at=clock.now(), **ids)
        db.session.add(said)


def _pairs(random: Random, themes: list[list[str]]) -> Iterator[tuple[str, str, tuple[str, str]]]:
    """Titles and texts of problems with two organisations that TASTE orders otherwise than the code."""
    pool = pool_now()
    while True:
        title, text = _words(random, themes, 4), _words(random, themes, 12)
        query = Query(title, (), f"{text} {text}")
        now, then = (dict(enumerate(pool.index.ask(query, weights).sharing.tolist())) for weights in (CHOSEN, TASTE))
        found = ((one, two) for one in now for two in now if 0 < now[one] < now[two] and then[one] > then[two])
        best = max(
            found, key=lambda pair: min(now[pair[1]] - now[pair[0]], then[pair[0]] - then[pair[1]]), default=None
        )
        if best is not None:
            yield title, text, tuple(pool.profiles[pool.index.owners[place]].slug for place in best)


def _words(random: Random, themes: list[list[str]], number: int) -> str:
    theme = random.choice(themes)
    return " ".join(random.choice(theme if random.random() < 0.7 else _SYLLABLES) for _ in range(number))
