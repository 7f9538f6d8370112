"""Merkle trees of RFC 6962 (section 2.1) over leaf hashes: roots, inclusion and consistency proofs. Pure.

All hashes are 32 bytes of SHA-256. Checking follows RFC 9162, sections 2.1.3.2 and 2.1.4.2.
"""

from collections.abc import Iterable, Sequence
from hashlib import sha256

EMPTY_ROOT = sha256(b"").digest()


class BrokenProof(ValueError):
    """A proof does not lead from what it is said to prove to the root."""


def leaf_hash(line: bytes) -> bytes:
    """The hash of a leaf: 0x00 before it keeps it apart from every inner node."""
    return sha256(b"\x00" + line).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of an inner node."""
    return sha256(b"\x01" + left + right).digest()


class Frontier:
    """A tree that only grows: keeps the roots of its full subtrees, the largest first."""

    def __init__(self) -> None:
        self.size = 0
        self._peaks: list[bytes] = []

    def append(self, leaf: bytes) -> None:
        """Add a leaf hash on the right."""
        peak, size = leaf, self.size
        while size & 1:
            peak, size = sha256(b"\x01" + self._peaks.pop() + peak).digest(), size >> 1  # node_hash, without the call
        self._peaks.append(peak)
        self.size += 1

    def root(self) -> bytes:
        """The tree head of the leaves so far."""
        if not self._peaks:
            return EMPTY_ROOT
        root = self._peaks[-1]
        for peak in reversed(self._peaks[:-1]):
            root = node_hash(peak, root)
        return root


def root_of(leaves: Iterable[bytes]) -> bytes:
    """The tree head over these leaf hashes."""
    tree = Frontier()
    for leaf in leaves:
        tree.append(leaf)
    return tree.root()


def inclusion_proof(index: int, leaves: Sequence[bytes]) -> list[bytes]:
    """The hashes that lead from the leaf at `index` (from 0) to the root, nearest first. Raises IndexError."""
    if not 0 <= index < len(leaves):
        raise IndexError(index)
    path, level = [], list(leaves)
    while len(level) > 1:
        if index ^ 1 < len(level):
            path.append(level[index ^ 1])
        pairs = [node_hash(level[at], level[at + 1]) for at in range(0, len(level) - 1, 2)]
        level = pairs + ([level[-1]] if len(level) % 2 else [])
        index //= 2
    return path


def consistency_proof(size: int, leaves: Sequence[bytes]) -> list[bytes]:
    """The hashes that show that the tree over the first `size` leaves is the beginning of the tree over all."""
    if not 0 < size <= len(leaves):
        raise IndexError(size)
    return _subproof(size, leaves, whole=True)


def _subproof(size: int, leaves: Sequence[bytes], *, whole: bool) -> list[bytes]:
    if size == len(leaves):
        return [] if whole else [root_of(leaves)]
    split = 1 << (len(leaves) - 1).bit_length() - 1
    if size <= split:
        return [*_subproof(size, leaves[:split], whole=whole), root_of(leaves[split:])]
    return [*_subproof(size - split, leaves[split:], whole=False), root_of(leaves[:split])]


def root_from_inclusion(leaf: bytes, *, index: int, size: int, path: Sequence[bytes]) -> bytes:
    """The root of a tree of `size` leaves to which `path` leads from this leaf. Raises BrokenProof."""
    if not 0 <= index < size:
        raise BrokenProof("the index lies outside the tree")
    first, last, root = index, size - 1, leaf
    for step in path:
        if last == 0:
            raise BrokenProof("the path is too long")
        if first & 1 or first == last:
            root = node_hash(step, root)
            while not first & 1 and first:
                first, last = first >> 1, last >> 1
        else:
            root = node_hash(root, step)
        first, last = first >> 1, last >> 1
    if last:
        raise BrokenProof("the path is too short")
    return root


def roots_from_consistency(*, size: int, root: bytes, later: int, path: Sequence[bytes]) -> tuple[bytes, bytes]:
    """The earlier and the later root that `path` gives for trees of `size` and `later` leaves; `root` is the earlier.

    The proof holds if both equal the roots one knows. Raises BrokenProof where the path does not fit the sizes.
    """
    if not 0 < size <= later:
        raise BrokenProof("the earlier tree is not the smaller one")
    if size == later:
        if path:
            raise BrokenProof("the path is too long")
        return root, root
    steps = [root, *path] if size & (size - 1) == 0 else list(path)
    if not steps:
        raise BrokenProof("the path is too short")
    first, last = size - 1, later - 1
    while first & 1:
        first, last = first >> 1, last >> 1
    return _climb(steps, first, last)


def _climb(steps: Sequence[bytes], first: int, last: int) -> tuple[bytes, bytes]:
    earlier = grown = steps[0]
    for step in steps[1:]:
        if last == 0:
            raise BrokenProof("the path is too long")
        if first & 1 or first == last:
            earlier, grown = node_hash(step, earlier), node_hash(step, grown)
            while not first & 1 and first:
                first, last = first >> 1, last >> 1
        else:
            grown = node_hash(grown, step)
        first, last = first >> 1, last >> 1
    if last:
        raise BrokenProof("the path is too short")
    return earlier, grown
