"""Development sets as arrays: for each question the signals of each document, and who shows which document.

Uses the engine's own parts (BM25F as a share of the question's own score, latent space, sentence vectors), so that
weights can be compared without asking the engine thousands of times. Nothing here measures anything.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from marketplace.relevance import vectors
from marketplace.relevance.bm25 import Question, post
from marketplace.relevance.folders import Line, read_lines
from marketplace.relevance.latent import direction, fold_in, learn
from marketplace.relevance.places import Codes, coded
from marketplace.relevance.tokens import Document

Matrix = NDArray[np.float32]
SIDES = ("state", "academia", "business", "support")
_KEPT = Path(__file__).parent.parent / "build" / "vectors.npz"


@dataclass
class Evidence:
    """Questions by documents: `words`, `latent` and, with the extra, `vectors`; item `i` is a document of an owner."""

    name: str
    owners: Sequence[str]
    questions: Sequence[Line]
    owner_of_item: NDArray[np.int64]
    document_of_item: NDArray[np.int64]
    words: Matrix
    latent: Matrix
    vectors: Matrix | None
    texts: Sequence[Line]
    # of partner sets only
    sides: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, dtype=np.int64))

    def scores(self, weights: "Weights") -> NDArray[np.float32]:
        """Questions by owners: the engine's score without its last, monotone step."""
        found = np.zeros((len(self.questions), len(self.owners)), dtype=np.float32)
        for number in range(len(self.questions)):
            items = weights.words * self.words[number] + weights.latent * self.latent[number]
            if weights.vectors and self.vectors is not None:
                items = items + weights.vectors * self.vectors[number]
            found[number] = summed(items[self.document_of_item], self.owner_of_item, len(self.owners), weights)
        return found


@dataclass(frozen=True)
class Weights:
    """What each signal counts; an owner's score is the sum of patience ** n times the n-th best item ** exponent."""

    words: float = 2.0
    latent: float = 1.0
    vectors: float = 0.0
    exponent: float = 2.0
    patience: float = 0.95


def summed(items: Matrix, owners: NDArray[np.int64], size: int, weights: Weights) -> NDArray[np.float64]:
    """By owner the sum over its items, the best first."""
    order = np.lexsort((-items, owners))
    own = owners[order]
    begins = np.flatnonzero(np.diff(own, prepend=-1))
    nth = np.arange(len(own)) - np.repeat(begins, np.diff(begins, append=len(own)))
    total = np.zeros(size)
    total[own[begins]] = np.add.reduceat(items[order] ** weights.exponent * weights.patience**nth, begins)
    return total


def partner_set(folder: Path, *, semantic: bool) -> Evidence:
    """Past projects as the evidence of whoever took part."""
    organisations, history, queries = (read_lines(folder, name) for name in ("organisations", "history", "queries"))
    place = {line["id"]: number for number, line in enumerate(organisations)}
    pairs = [
        (place[name], at)
        for at, line in enumerate(history)
        for name in dict.fromkeys(line["organisations"])
        if name in place
    ]
    found = _evidence(folder.name, list(place), pairs, texts=(history, queries), semantic=semantic)
    found.sides = np.array([SIDES.index(line["side"]) for line in organisations])
    return found


def expertise_set(folder: Path, *, semantic: bool) -> Evidence:
    """Documents as the evidence of judges."""
    profiles, entries = read_lines(folder, "profiles"), read_lines(folder, "entries")
    texts: dict[str, Line] = {}
    places: dict[str, int] = {}
    pairs = []
    for judge, profile in enumerate(profiles):
        for document in profile["documents"]:
            key = json.dumps([document.get("title"), document.get("text")])
            texts.setdefault(key, document)
            pairs.append((judge, places.setdefault(key, len(places))))
    owners = [profile["judge"] for profile in profiles]
    return _evidence(folder.name, owners, pairs, texts=(list(texts.values()), entries), semantic=semantic)


def _evidence(
    name: str,
    owners: Sequence[str],
    pairs: Sequence[tuple[int, int]],
    *,
    texts: tuple[Sequence[Line], Sequence[Line]],
    semantic: bool,
) -> Evidence:
    """From pairs of an owner and a document, and the texts of documents and questions."""
    shown, questions = texts
    documents = [_document(line) for line in shown]
    asked = [Question(_document(line)) for line in questions]
    posted = post(documents)
    owns = np.array([posted.yardstick.own_score(question) or 1.0 for question in asked])
    words = np.array([posted.postings.score(posted.postings.asked(question)) for question in asked]) / owns[:, None]
    basis = learn(posted.matrix)
    latent = np.zeros_like(words)
    if basis is not None:
        aims = [direction(basis, *posted.yardstick.columns_of(question)) for question in asked]
        latent = _cosines(coded(fold_in(posted.matrix, basis)), aims)
    return Evidence(
        name=name,
        owners=owners,
        questions=questions,
        owner_of_item=np.array([owner for owner, _document in pairs]),
        document_of_item=np.array([document for _owner, document in pairs]),
        words=words.astype(np.float32),
        latent=latent.clip(0).astype(np.float32),
        vectors=_near(documents, [question.text for question in asked]) if semantic else None,
        texts=shown,
    )


def _document(line: Line) -> Document:
    return Document(line.get("title") or "", (), line.get("text") or "")


def _near(documents: Sequence[Document], asked: Sequence[Document]) -> Matrix:
    kept = Kept()
    passages = coded(kept.of([vectors.joined(text) for text in documents], as_query=False))
    queries = kept.of([vectors.joined(text) for text in asked], as_query=True)
    floors = (queries @ passages.mean)[:, None]
    return np.maximum(_cosines(passages, queries) - floors, 0) / np.maximum(1 - floors, 1e-6)


def _cosines(places: Codes, asked: Sequence[NDArray[np.float32]]) -> Matrix:
    """Questions by documents, from places as the engine keeps them: rounded to eight bits."""
    everybody = np.arange(len(places.codes))
    return np.array([places.exact(everybody, each) for each in asked], dtype=np.float32)


class Kept:
    """Sentence vectors in build/, since each costs up to a second."""

    def __init__(self) -> None:
        self.rows: dict[str, Any] = dict(np.load(_KEPT)) if _KEPT.exists() else {}

    def of(self, texts: Sequence[str], *, as_query: bool) -> Matrix:
        """The vectors of texts, made where they are missing."""
        keys = [hashlib.sha256(f"{as_query} {vectors.shortened(text)}".encode()).hexdigest()[:24] for text in texts]
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in self.rows}
        if missing:
            self.rows |= dict(zip(missing, self._made(list(missing.values()), as_query=as_query), strict=True))
            _KEPT.parent.mkdir(exist_ok=True)
            np.savez(_KEPT, **self.rows)
        return np.array([self.rows[key] for key in keys], dtype=np.float32)

    def _made(self, texts: Sequence[str], *, as_query: bool) -> Iterator[Any]:
        embedder = vectors.load()
        return iter([embedder.query(text) for text in texts] if as_query else embedder.passages(texts))
