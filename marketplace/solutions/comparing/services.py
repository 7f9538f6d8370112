"""Comparing what a challenge received with itself, with earlier entries and with winners; done by the worker."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from marketplace import clock
from marketplace.challenges.models import Challenge
from marketplace.db import db
from marketplace.events import announce
from marketplace.jobs import enqueue, job
from marketplace.solutions.answers import Reader, seen_by
from marketplace.solutions.comparing.events import EntriesCompared
from marketplace.solutions.comparing.likeness import Index, Likeness, words_of
from marketplace.solutions.comparing.models import Comparison, LikenessHint
from marketplace.solutions.comparing.queries import comparison_of, forget_hints, to_compare_with
from marketplace.solutions.models import SolutionVersion
from marketplace.solutions.queries import received_of, solution_version

# Less than this is what any two texts on one problem share.
LEAST_SHARE_BP, LEAST_WORDS = 500, 25
MOST_HINTS, MOST_PASSAGES, LONGEST_PASSAGE = 10, 5, 800
_TEXTS = ("title_vi", "title_en", "summary", "approach", "impact", "team", "pilot_plan")
_PUBLIC_TEXTS = ("title_vi", "title_en", "summary")
_ASKED = ("title", "summary", "description", "users", "data", "partners", "adoption")


def compare_later(challenge: Challenge) -> None:
    """Leave the comparison for the worker, for the moment at which the challenge closes."""
    if challenge.closes_at is not None:
        key = f"{challenge.reference}@{challenge.closes_at.isoformat()}"
        enqueue("compare_entries", key=key, run_after=challenge.closes_at, challenge_id=challenge.id)


@job("compare_entries")
def compare_entries(challenge_id: int) -> None:
    """Compare once it has closed by the database's clock; a challenge that was extended is left for its new end."""
    challenge = db.session.get_one(Challenge, challenge_id)
    if challenge.is_closed(clock.database_now()):
        material = _read(challenge)
        # counting takes seconds; on SQLite other writers go on meanwhile
        db.session.rollback()
        _keep(db.session.get_one(Challenge, challenge_id), _find(material), len(material.entries))
    elif challenge.is_public:
        compare_later(challenge)


def compare_received(challenge: Challenge) -> int:
    """Find anew what each received entry repeats; answers how many hints there are.

    Before closing nothing is received, so nothing is found: see received_of.
    """
    material = _read(challenge)
    return _keep(challenge, _find(material), len(material.entries))


@dataclass(frozen=True)
class _Received:
    """A version's text, and whose it is."""

    version_id: int
    solution_id: int
    text: str


@dataclass(frozen=True)
class _Material:
    """All that is compared, read once: what came in, what it is compared with, and the problem's own words."""

    entries: Sequence[_Received]
    others: Sequence[_Received]
    statement: str


def _read(challenge: Challenge) -> _Material:
    entries = [_received(solution_version(solution), challenge) for solution in received_of(challenge)]
    elsewhere = [solution.last_version for solution in to_compare_with(challenge)]
    others = [_received(version, challenge) for version in elsewhere if version is not None]
    return _Material(entries, [*entries, *others], _statement(challenge))


def _received(version: SolutionVersion, challenge: Challenge) -> _Received:
    return _Received(version.id, version.solution_id, _text(version, challenge))


def _find(material: _Material) -> dict[int, list[tuple[int, Likeness]]]:
    """By version id the most alike of the others; one of those is in memory at a time."""
    known = frozenset(words_of(material.statement).shingles())
    index = Index([words_of(entry.text) for entry in material.entries], known=known)
    found: dict[int, list[tuple[int, Likeness]]] = {entry.version_id: [] for entry in material.entries}
    for other in material.others:
        for number, alike in index.alike(words_of(other.text)):
            entry = material.entries[number]
            if other.solution_id != entry.solution_id and _tells(alike):
                found[entry.version_id].append((other.version_id, alike))
    return {key: sorted(alike, key=lambda pair: -pair[1].share_bp)[:MOST_HINTS] for key, alike in found.items()}


def _keep(challenge: Challenge, found: dict[int, list[tuple[int, Likeness]]], entry_count: int) -> int:
    """Put what was found in the place of what was found before."""
    forget_hints(challenge)
    hints = [
        LikenessHint(version_id=version_id, other_id=other_id, share_bp=alike.share_bp, passages=_passages(alike))
        for version_id, others in found.items()
        for other_id, alike in others
    ]
    db.session.add_all(hints)
    _note(challenge, entry_count)
    announce(EntriesCompared(actor=None, subject=challenge, facts={"entries": entry_count, "hints": len(hints)}))
    return len(hints)


def _tells(found: Likeness) -> bool:
    return found.share_bp >= LEAST_SHARE_BP or any(passage.words >= LEAST_WORDS for passage in found.passages)


def _passages(found: Likeness) -> list[dict[str, Any]]:
    shown = [asdict(passage) for passage in found.passages[:MOST_PASSAGES]]
    return [each | {name: each[name][:LONGEST_PASSAGE] for name in ("mine", "theirs")} for each in shown]


def _text(version: SolutionVersion, challenge: Challenge) -> str:
    """What the agency of `challenge` may read of a version: of another agency's entry what is public."""
    is_own = version.solution.challenge.agency_id == challenge.agency_id
    content = seen_by(Reader.AGENCY if is_own else Reader.PUBLIC, version)
    written = [content.get(name) for name in (_TEXTS if is_own else _PUBLIC_TEXTS)]
    answers = [answer["value"] for answer in content.get("answers", ()) if answer["kind"].endswith("_text")]
    return "\n\n".join(text for text in [*written, *answers] if isinstance(text, str))


def _statement(challenge: Challenge) -> str:
    """The problem's own words, which every entry may repeat."""
    texts = [getattr(challenge, f"{name}_{language}") for name in _ASKED for language in ("vi", "en")]
    texts += [
        text for lines in (challenge.outcomes, challenge.capabilities) for line in lines for text in line.values()
    ]
    return "\n\n".join(text for text in texts if isinstance(text, str))


def _note(challenge: Challenge, entry_count: int) -> None:
    known = comparison_of(challenge)
    if known is None:
        known = Comparison(challenge=challenge)
        db.session.add(known)
    known.compared_at, known.entry_count = clock.now(), entry_count
    db.session.flush()
