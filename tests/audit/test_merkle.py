"""The tree of RFC 6962 against a naive one, against the vectors of Certificate Transparency, and against forgers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.audit import merkle
from marketplace.audit.merkle import BrokenProof, inclusion_proof, leaf_hash, root_from_inclusion, root_of

# the inputs and roots that certificate-transparency-go tests its tree with
INPUTS = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
LEAVES = [leaf_hash(bytes.fromhex(each)) for each in INPUTS]
SIZES = range(1, 34)


def leaves_of(size):
    return [leaf_hash(str(number).encode()) for number in range(size)]


def naive(leaves):
    """MTH as RFC 6962 section 2.1 defines it."""
    if len(leaves) <= 1:
        return leaves[0] if leaves else merkle.EMPTY_ROOT
    split = max(1 << power for power in range(10) if 1 << power < len(leaves))
    return merkle.node_hash(naive(leaves[:split]), naive(leaves[split:]))


def test_the_roots_are_those_of_certificate_transparency():
    assert [root_of(LEAVES[:size]).hex() for size in range(1, 9)] == ROOTS
    assert root_of([]).hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def test_the_root_equals_the_naive_one_at_every_size():
    assert [root_of(leaves_of(size)) for size in range(34)] == [naive(leaves_of(size)) for size in range(34)]


def test_every_leaf_of_every_size_is_proved():
    for size in SIZES:
        leaves = leaves_of(size)
        reached = {
            root_from_inclusion(leaves[index], index=index, size=size, path=inclusion_proof(index, leaves))
            for index in range(size)
        }
        assert reached == {naive(leaves)}


def test_every_tree_is_shown_to_be_the_beginning_of_every_later_one():
    for later in SIZES:
        leaves = leaves_of(later)
        for size in range(1, later + 1):
            path, root = merkle.consistency_proof(size, leaves), naive(leaves[:size])
            shown = merkle.roots_from_consistency(size=size, root=root, later=later, path=path)
            assert shown == (root, naive(leaves))


@given(st.integers(2, 40), st.data())
def test_a_proof_with_one_changed_bit_leads_elsewhere(size, data):
    leaves = leaves_of(size)
    index = data.draw(st.integers(0, size - 1))
    path = inclusion_proof(index, leaves)
    step, bit = data.draw(st.integers(0, len(path) - 1)), data.draw(st.integers(0, 255))
    path[step] = (int.from_bytes(path[step], "big") ^ 1 << bit).to_bytes(32, "big")

    assert root_from_inclusion(leaves[index], index=index, size=size, path=path) != root_of(leaves)


@given(st.integers(2, 40), st.data())
def test_a_path_of_another_place_or_length_proves_nothing(size, data):
    leaves = leaves_of(size)
    index, other = data.draw(st.lists(st.integers(0, size - 1), min_size=2, max_size=2, unique=True))
    path = inclusion_proof(index, leaves)

    assert proves(leaves, other, leaves[index], path) is False
    assert proves(leaves, index, leaves[index], path[:-1]) is False
    assert proves(leaves, index, leaves[index], [*path, path[0]]) is False


def proves(leaves, index, leaf, path):
    try:
        return root_from_inclusion(leaf, index=index, size=len(leaves), path=path) == root_of(leaves)
    except BrokenProof:
        return False


@pytest.mark.parametrize(("size", "later"), [(0, 3), (4, 3), (3, 3)])
def test_sizes_that_do_not_grow_prove_nothing(size, later):
    with pytest.raises(BrokenProof):
        merkle.roots_from_consistency(size=size, root=LEAVES[0], later=later, path=[LEAVES[1]])


def test_an_inner_node_is_never_taken_for_a_leaf():
    left, right = LEAVES[:2]

    assert leaf_hash(left + right) != merkle.node_hash(left, right)
