"""The code with which whoever stood at the counter takes an entry over: computed, so that it can be printed again."""

import hmac
from hashlib import sha256

from flask import current_app

from marketplace.solutions.models import PaperEntry

_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_GROUPS, _GROUP = 4, 4
# what people read wrongly from paper: the alphabet has no I, L, O and U
_MISREAD = str.maketrans("ILO", "110")


def code_of(paper: PaperEntry) -> str:
    """Sixteen letters of Crockford's base 32 (80 bits), such as "7K3M-9QXZ-01AB-CDEF"."""
    told = f"{paper.reference}:{paper.claim_salt}".encode()
    number = int.from_bytes(hmac.new(current_app.config["SECRET_KEY"].encode(), told, sha256).digest())
    letters = "".join(_LETTERS[number >> (5 * place) & 31] for place in range(_GROUPS * _GROUP))
    return "-".join(letters[start : start + _GROUP] for start in range(0, len(letters), _GROUP))


def is_code_of(paper: PaperEntry, typed: str) -> bool:
    """Whether somebody typed this code, with or without hyphens, small or large."""
    return hmac.compare_digest(_bare(code_of(paper)).encode(), _bare(typed).encode())


def _bare(code: str) -> str:
    return code.upper().replace("-", "").replace(" ", "").translate(_MISREAD)
