"""All public profiles together, ready to be asked; a change costs what it is, not what all of them are. Pure."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import asdict
from functools import cached_property
from typing import TYPE_CHECKING

from marketplace.matching.profiles import Piece, Profile, fingerprint, joined
from marketplace.organisations.stages import Helix
from marketplace.relevance.index import Evidence, Index
from marketplace.relevance.vectors import Embedder

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# Fewer profiles are always indexed anew: it takes a second.
MANY = 2_000
# With more changes than this share of the profiles what was learnt from them is learnt anew.
MOST_CHANGED = 0.02


class Pool:
    """Profiles in an order that depends only on what they say; an owner of the index is a place in it.

    After changes (`updated`) each keeps its place, new ones follow, and one that is gone has no pieces any more.
    """

    # the fingerprint of the profiles that the index learnt from, where those were others
    learnt_from = ""
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
        admitted = self._is_newcomer.copy() if newcomers else self._houses == house if house else self._houses != ""
        if besides in self.places:
            admitted &= self.index.owners != self.places[besides]
        return admitted

    def updated(self, profiles: Collection[Profile]) -> "Pool":
        """The pool of these profiles: this one where nothing changed, one learnt anew where it is small or much did."""
        here = {profile.slug for profile in profiles}
        gone = [Profile(each.slug, each.helix, ()) for each in self.profiles if each.slug not in here and each.pieces]
        changed = [each for each in (*profiles, *gone) if not self._holds(each)]
        if not changed:
            return self
        if len(self.profiles) < MANY or self._changes + len(changed) > MOST_CHANGED * len(self.profiles):
            return Pool(profiles, embedder=self.embedder)
        return self._after(sorted(changed, key=lambda profile: profile.slug))

    def _after(self, changed: Sequence[Profile]) -> "Pool":
        later = Pool((), embedder=self.embedder)
        places = self.places | {
            slug: len(self.profiles) + at
            for at, slug in enumerate(each.slug for each in changed if each.slug not in self.places)
        }
        profiles, digests = list(self.profiles), list(self.digests)
        grown = len(places) - len(profiles)
        profiles += [changed[0]] * grown
        digests += [""] * grown
        for each in changed:
            profiles[places[each.slug]], digests[places[each.slug]] = each, fingerprint(asdict(each))
        later.profiles, later.digests, later.places = profiles, digests, places
        later.learnt_from = self.learnt_from or self.fingerprint
        later._changes = self._changes + len(changed)
        owners = [places[each.slug] for each in changed]
        later.index = self.index.updated((piece for owner in owners for piece in later._evidence(owner)), gone=owners)
        return later

    def _holds(self, profile: Profile) -> bool:
        owner = self.places.get(profile.slug)
        return owner is not None and self.profiles[owner] == profile

    def _evidence(self, owner: int) -> Iterator[Evidence]:
        return (_evidence(owner, at, piece) for at, piece in enumerate(self.profiles[owner].pieces))

    @cached_property
    def _houses(self) -> "NDArray[np.str_]":
        import numpy as np  # noqa: PLC0415 - a web process that never ranks need not pay for numpy

        return np.array([self.profiles[owner].helix.value for owner in self.index.owners.tolist()], dtype=np.str_)

    @cached_property
    def _is_newcomer(self) -> "NDArray[np.bool_]":
        import numpy as np  # noqa: PLC0415

        return np.array([self.profiles[at].is_newcomer for at in self.index.owners.tolist()], dtype=np.bool_)


def _evidence(owner: int, at: int, piece: Piece) -> Evidence:
    return Evidence(
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
