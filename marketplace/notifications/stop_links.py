"""The links in letters that stop letters like them; they open nothing else, so they need not end."""

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer

from marketplace.accounts.models import Person
from marketplace.accounts.queries import person_by_reference
from marketplace.errors import NotFound
from marketplace.notifications.models import EmailFollower
from marketplace.notifications.topics import Topic


def secret_for(person: Person, topic: Topic) -> str:
    """What the link says: whose letters, of which topic."""
    return _signer().dumps([person.reference, topic.value])


def behind(secret: str) -> tuple[Person, Topic]:
    """Whose letters of which topic a link stops; raises NotFound for one that is not ours."""
    try:
        reference, topic = _signer().loads(secret)
    except BadSignature as forged:
        raise NotFound("link") from forged
    person = person_by_reference(reference)
    if person is None:
        raise NotFound(reference)
    return person, Topic(topic)


def secret_for_follower(follower: EmailFollower) -> str:
    """What links in letters to an address without an account say."""
    return _signer().dumps(["follower", follower.reference])


def follower_behind(secret: str) -> str:
    """The reference of the follower; raises NotFound for a link that is not ours."""
    try:
        kind, reference = _signer().loads(secret)
    except BadSignature as forged:
        raise NotFound("link") from forged
    if kind != "follower":
        raise NotFound("link")
    return str(reference)


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="stop these letters")
