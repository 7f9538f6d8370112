"""All public profiles together, ready to be asked; a change costs what it is, not what all of them are. Pure."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from marketplace.matching.packed import Packed
from marketplace.matching.profiles import Profile, fingerprint, joined
from marketplace.organisations.stages import Helix
from marketplace.relevance.index import Evidence, Index
from marketplace.relevance.tokens import Document
from marketplace.relevance.vectors import Embedder
from marketplace.relevance.weights import Weights

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# Fewer profiles are always indexed anew: it takes a second.
MANY = 2_000
# With more changes than this share of the profiles what was learnt from them is learnt anew.
MOST_CHANGED = 0.02


@dataclass(frozen=True)
class Tuning:
    """Weights that were adopted here, and the version of the model that they make."""

    version: str
    weights: Weights


class Pool:
    """Profiles in an order that depends only on what they say; an owner of the index is a place in it.

    After changes (`updated`) each keeps its place, new ones follow, and one that is gone has no pieces any more.
    """

    # the fingerprint of the profiles that the index learnt from, where those were others
    learnt_from = ""
    # by version of the model as the code gives it the weights it is asked with instead of those of the code
    tunings: Mapping[str, Tuning] = {}
    _changes = 0

    def __init__(self, profiles: Iterable[Profile], *, embedder: Embedder | None = None):
        self.profiles: Sequence[Profile] = tuple(sorted(profiles, key=lambda profile: profile.slug))
        self.embedder = embedder

    @cached_property
    def index(self) -> Index:
        evidence = (piece for owner in range(len(self.profiles)) for piece in self._evidence(owner))
        return Index.build(evidence, embedder=self.embedder)

    @cached_property
    def digests(self) -> Sequence[str]:
        """Of each profile a SHA-256 of all that it says."""
        return [fingerprint(asdict(profile)) for profile in self.profiles]

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 of everything that all profiles say, and of what the worth of words was learnt from."""
        return fingerprint([self.learnt_from, *self.digests])

    @cached_property
    def places(self) -> dict[str, int]:
        """The owner of each slug."""
        return {profile.slug: owner for owner, profile in enumerate(self.profiles)}

    def among(self, *, house: Helix | None = None, newcomers: bool = False, besides: str = "") -> "NDArray[np.bool_]":
        """Which owners of the index are of this house, or newcomers, without the organisation `besides`."""
        admitted = self._newcomers if newcomers else self._of_house[house] if house else self._everybody
        if besides in self.places:
            return admitted & (self.index.owners != self.places[besides])
        return admitted

    def updated(self, profiles: Collection[Profile]) -> "Pool":
        """The pool of these profiles: this one where nothing changed, one learnt anew where it is small or much did."""
        here = {profile.slug for profile in profiles}
        gone = [slug for slug, at in self.places.items() if slug not in here and self.profiles[at].pieces]
        changed = [each for each in profiles if not self._holds(each)]
        if self._is_better_anew(len(changed) + len(gone)):
            return Pool(profiles, embedder=self.embedder)
        return self.with_changes(changed, gone=gone)

    def with_changes(self, changed: Iterable[Profile], *, gone: Iterable[str] = ()) -> "Pool":
        """The pool after some profiles changed, or came, and those with the slugs `gone` went."""
        left = set(gone)
        emptied = [Profile(slug, self.profiles[self.places[slug]].helix, ()) for slug in left if slug in self.places]
        differ = [each for each in (*changed, *emptied) if not self._holds(each)]
        if not differ:
            return self
        if self._is_better_anew(len(differ)):
            known = {each.slug: each for each in (*self.profiles, *differ)}
            return Pool((each for slug, each in known.items() if slug not in left), embedder=self.embedder)
        return self._after(sorted(differ, key=lambda profile: profile.slug))

    @property
    def has_vectors(self) -> bool:
        """Whether its texts have sentence vectors."""
        return self.index.measure.middle is not None

    def asked_with(self, embedder: Embedder | None) -> "Pool":
        """The same pool, whose questions and later texts get their vectors from this embedder."""
        later = Pool((), embedder=embedder)
        later.__dict__.update(self.__dict__, embedder=embedder)
        later.index = replace(self.index, measure=replace(self.index.measure, embedder=embedder))
        return later

    def tuned(self, tunings: Mapping[str, Tuning]) -> "Pool":
        """The same pool, asked with these weights; nothing of them is stored with it."""
        if not tunings:
            return self
        later = Pool((), embedder=self.embedder)
        later.__dict__.update(self.__dict__, index=self.index, tunings=tunings)
        return later

    def packed(self) -> "Pool":
        """The same pool with its texts packed and all worked out that a process would work out for itself."""
        later = Pool((), embedder=self.embedder)
        later.__dict__.update(self.__dict__)
        later.profiles = self.profiles if isinstance(self.profiles, Packed) else Packed(self.profiles)
        segments = (replace(each, documents=_packed(each.documents)) for each in self.index.segments)
        later.index = replace(self.index, segments=tuple(segments))
        for known in ("digests", "fingerprint", "places", "_houses", "_new"):
            later.__dict__[known] = getattr(self, known)
        return later

    def _is_better_anew(self, changes: int) -> bool:
        return changes > 0 and (
            len(self.profiles) < MANY or self._changes + changes > MOST_CHANGED * len(self.profiles)
        )

    def _after(self, changed: Sequence[Profile]) -> "Pool":
        later = Pool((), embedder=self.embedder)
        new = [each.slug for each in changed if each.slug not in self.places]
        later.places = self.places | {slug: len(self.profiles) + at for at, slug in enumerate(new)}
        changes = {later.places[each.slug]: each for each in changed}
        digests = [*self.digests, *([""] * len(new))]
        for at, each in changes.items():
            digests[at] = fingerprint(asdict(each))
        later.digests = digests
        later.profiles = _with_changes(self.profiles, changes)
        later.learnt_from = self.learnt_from or self.fingerprint
        later._changes = self._changes + len(changed)
        later._houses = _with_rows(self._houses, changes, _houses_of([*changes.values()]))
        later._new = _with_rows(self._new, changes, _new_of([*changes.values()]))
        later.index = self.index.updated((piece for at in changes for piece in later._evidence(at)), gone=[*changes])
        return later

    def _holds(self, profile: Profile) -> bool:
        owner = self.places.get(profile.slug)
        return owner is not None and self.profiles[owner] == profile

    def _evidence(self, owner: int) -> Iterator[Evidence]:
        return evidence_of(self.profiles[owner], owner)

    @cached_property
    def _of_house(self) -> "dict[Helix, NDArray[np.bool_]]":
        houses = self._houses[self.index.owners]
        return {house: houses == at for at, house in enumerate(Helix)}

    @cached_property
    def _newcomers(self) -> "NDArray[np.bool_]":
        return self._new[self.index.owners]

    @cached_property
    def _houses(self) -> "NDArray[np.int8]":
        """By profile the place of its house among Helix; kept beside, so that nobody unpacks all to ask."""
        return _houses_of(self.profiles)

    @cached_property
    def _new(self) -> "NDArray[np.bool_]":
        """By profile whether it is a newcomer's."""
        return _new_of(self.profiles)

    @cached_property
    def _everybody(self) -> "NDArray[np.bool_]":
        import numpy as np  # noqa: PLC0415

        return np.ones(len(self.index.owners), dtype=np.bool_)


def _with_changes(profiles: Sequence[Profile], changes: dict[int, Profile]) -> Sequence[Profile]:
    if isinstance(profiles, Packed):
        return profiles.with_changes(changes)
    known = dict(enumerate(profiles)) | changes
    return [known[at] for at in range(len(known))]


def _houses_of(profiles: Iterable[Profile]) -> "NDArray[np.int8]":
    import numpy as np  # noqa: PLC0415 - a web process that never ranks need not pay for numpy

    numbers = {house: at for at, house in enumerate(Helix)}
    return np.array([numbers[profile.helix] for profile in profiles], dtype=np.int8)


def _new_of(profiles: Iterable[Profile]) -> "NDArray[np.bool_]":
    import numpy as np  # noqa: PLC0415

    return np.array([profile.is_newcomer for profile in profiles], dtype=np.bool_)


def _with_rows(known: "NDArray[Any]", places: Collection[int], values: "NDArray[Any]") -> "NDArray[Any]":
    """The array with these values at these places, of which those at the end are new."""
    import numpy as np  # noqa: PLC0415

    longer = np.resize(known, max(len(known), *(at + 1 for at in places)))
    longer[list(places)] = values
    return longer


def _packed(documents: Sequence[Document]) -> Sequence[Document]:
    return documents if isinstance(documents, Packed) else Packed(documents)


def evidence_of(profile: Profile, owner: int = 0) -> Iterator[Evidence]:
    """What a profile shows, piece by piece, as an owner of an index."""
    for at, piece in enumerate(profile.pieces):
        yield Evidence(
            owner_id=owner,
            item_id=f"{at:05}",
            title=joined(piece.title_vi, piece.title_en),
            tags=(*piece.tags_vi, *piece.tags_en),
            body=joined(piece.text_vi, piece.text_en),
        )


class _Kept:
    """The pool that was asked last, which the next one is made from."""

    pool = Pool(())


def pool_of(profiles: Collection[Profile]) -> Pool:
    """The profiles as a pool; one publication follows another more often than a change."""
    _Kept.pool = _Kept.pool.updated(profiles)
    return _Kept.pool
