"""An upload in pieces as its address tells it: signed, so that nothing is written before the first piece arrives."""

import secrets
from dataclasses import asdict, dataclass

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer

from marketplace.accounts.models import Person
from marketplace.errors import NotFound, TooLarge, WrongKind
from marketplace.files.kinds import extension_of
from marketplace.solutions.models import Solution
from marketplace.text import file_name


@dataclass(frozen=True)
class Upload:
    """Whose it is, for what, and how large (bytes) it will be; `word` names its pieces in the store."""

    word: str
    solution: str
    person: str
    name: str
    size: int

    @property
    def key(self) -> str:
        return _signer().dumps(asdict(self))


def new_upload(solution: Solution, *, actor: Person, name: str, size: int) -> Upload:
    """Raises WrongKind for a name or size that is never taken, TooLarge above the limit."""
    shown = file_name(name)
    extension_of(shown)
    if size <= 0:
        raise WrongKind("empty")
    if size > current_app.config["UPLOAD_LIMIT_BYTES"]:
        raise TooLarge(shown)
    return Upload(secrets.token_hex(16), solution.reference, actor.reference, shown, size)


def upload_of(key: str, solution: Solution, *, actor: Person) -> Upload:
    """The upload with this key; raises NotFound unless this person began it for this solution."""
    try:
        upload = Upload(**_signer().loads(key))
    except (BadSignature, TypeError) as error:
        raise NotFound(key) from error
    if (upload.solution, upload.person) != (solution.reference, actor.reference):
        raise NotFound(key)
    return upload


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="upload")
