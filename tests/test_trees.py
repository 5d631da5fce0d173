"""The Merkle tree: as the RFC defines it, as its published vectors have it, as another library builds it."""

from collections.abc import Sequence
from hashlib import sha256

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pymerkle import InmemoryTree, verify_consistency, verify_inclusion

from ledger.words import trees

LEAVES = [
    bytes.fromhex(each)
    for each in (
        *("", "00", "10", "2021", "3031", "40414243", "5051525354555657"),
        "606162636465666768696a6b6c6d6e6f",
    )
]
"""The leaves of the vectors that the implementations of RFC 6962 share."""

ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
"""By the number of leaves."""

INCLUSION = {
    (0, 1): [],
    (0, 8): [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    (5, 8): [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 3): ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"],
    (1, 5): [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
}

CONSISTENCY = {
    (1, 1): [],
    (1, 8): [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    (6, 8): [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 5): [
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
}

sizes = st.integers(1, 300)


def defined(leaves: Sequence[bytes]) -> bytes:
    """The tree hash in the words of RFC 6962, §2.1."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return sha256(b"\x00" + leaves[0]).digest()
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return sha256(b"\x01" + defined(leaves[:k]) + defined(leaves[k:])).digest()


def numbered(count: int) -> list[bytes]:
    return [str(number).encode() for number in range(count)]


def hashes(leaves: Sequence[bytes], ranges: Sequence[trees.Range]) -> list[bytes]:
    return [defined(leaves[begin:end]) for begin, end in ranges]


def inclusion(leaves: Sequence[bytes], index: int) -> list[bytes]:
    return hashes(leaves, trees.inclusion_path(index, len(leaves)))


def consistency(leaves: Sequence[bytes], old: int) -> list[bytes]:
    return hashes(leaves, trees.consistency_path(old, len(leaves)))


# The published vectors


@pytest.mark.parametrize("size", range(9))
def test_the_roots_are_those_of_the_vectors(size: int) -> None:
    known = {(at, at + 1): trees.leaf_hash(leaf) for at, leaf in enumerate(LEAVES)}
    assert trees.root_of(known, size).hex() == ROOTS[size]


@pytest.mark.parametrize(("index", "size"), INCLUSION)
def test_the_inclusion_proofs_are_those_of_the_vectors(index: int, size: int) -> None:
    proof = inclusion(LEAVES[:size], index)
    assert [each.hex() for each in proof] == INCLUSION[index, size]
    leaf = trees.leaf_hash(LEAVES[index])
    assert trees.root_by_inclusion(leaf, index, size, proof).hex() == ROOTS[size]


@pytest.mark.parametrize(("old", "new"), CONSISTENCY)
def test_the_consistency_proofs_are_those_of_the_vectors(old: int, new: int) -> None:
    proof = consistency(LEAVES[:new], old)
    assert [each.hex() for each in proof] == CONSISTENCY[old, new]
    roots = (bytes.fromhex(ROOTS[size]) for size in (old, new))
    assert trees.is_consistent(old, new, *roots, proof)


# Trees of any size


@given(sizes, st.data())
def test_a_range_falls_into_the_complete_subtrees_that_fold_to_its_hash(
    size: int, data: st.DataObject
) -> None:
    leaves = numbered(size)
    paths = [trees.inclusion_path(data.draw(st.integers(0, size - 1)), size), [(0, size)]]
    for begin, end in (each for path in paths for each in path):
        parts = list(trees.subtrees(begin, end))
        spans = [(at << height, (at + 1) << height) for height, at in parts]
        assert [at for at, _ in spans] == [begin, *(after for _, after in spans[:-1])]
        assert spans[-1][1] == end
        assert trees.folded(hashes(leaves, spans)) == defined(leaves[begin:end])


@given(st.integers(0, 8))
def test_a_complete_subtree_hashes_from_its_parts(height: int) -> None:
    leaves = numbered(1 << height)
    parts = b"".join(trees.leaf_hash(leaf) for leaf in leaves)
    assert trees.complete(parts) == defined(leaves)


@given(sizes, st.data())
def test_every_leaf_is_proved_to_be_in_the_tree_and_no_other_bytes_are(
    size: int, data: st.DataObject
) -> None:
    leaves, index = numbered(size), data.draw(st.integers(0, size - 1))
    proof, root = inclusion(leaves, index), defined(leaves)
    leaf = trees.leaf_hash(leaves[index])
    assert trees.root_by_inclusion(leaf, index, size, proof) == root
    assert trees.root_by_inclusion(trees.leaf_hash(b"other"), index, size, proof) != root
    for elsewhere in {index - 1, index + 1, index ^ 1} - {index}:
        assert trees.root_by_inclusion(leaf, elsewhere, size, proof) != root
    assert trees.root_by_inclusion(leaf, index, size, [*proof, root]) is None
    if proof:
        assert trees.root_by_inclusion(leaf, index, size, proof[:-1]) is None
        at = data.draw(st.integers(0, len(proof) - 1))
        spoilt = [*proof[:at], sha256(proof[at]).digest(), *proof[at + 1 :]]
        assert trees.root_by_inclusion(leaf, index, size, spoilt) != root


@given(sizes, st.data())
@example(4, None)
def test_a_tree_is_proved_to_have_grown_out_of_every_smaller_one_and_of_no_other(
    size: int, data: st.DataObject | None
) -> None:
    leaves = numbered(size)
    old = data.draw(st.integers(0, size)) if data else 4
    proof, root, old_root = consistency(leaves, old), defined(leaves), defined(leaves[:old])
    assert trees.is_consistent(old, size, old_root, root, proof)
    assert not trees.is_consistent(old, size, sha256(old_root).digest(), root, proof)
    if old:
        assert not trees.is_consistent(old, size, old_root, sha256(root).digest(), proof)
        rewritten = [*leaves[: old - 1], b"other", *leaves[old:]]
        other = defined(rewritten)
        assert not trees.is_consistent(old, size, old_root, other, consistency(rewritten, old))
    assert not trees.is_consistent(old, size, old_root, root, [*proof, root])
    assert not trees.is_consistent(size + 1, size, old_root, root, proof)


@given(sizes, st.data())
def test_a_pruned_tree_proves_any_choice_of_leaves_at_once(size: int, data: st.DataObject) -> None:
    leaves = numbered(size)
    chosen = sorted(data.draw(st.sets(st.integers(0, size - 1), max_size=20)))
    ranges = list(trees.pruned(chosen, 0, size))
    known = dict(zip(ranges, hashes(leaves, ranges), strict=True))
    known |= {(at, at + 1): trees.leaf_hash(leaves[at]) for at in chosen}
    assert trees.root_of(known, size) == defined(leaves)
    assert len(ranges) <= (len(chosen) * size.bit_length() if chosen else 1)
    if chosen:
        del known[chosen[0], chosen[0] + 1]
        with pytest.raises(KeyError):
            trees.root_of(known, size)


# An implementation that is not ours


@given(sizes, st.data())
def test_another_library_builds_the_same_tree_and_proves_it_by_the_same_hashes(
    size: int, data: st.DataObject
) -> None:
    leaves, index = numbered(size), data.draw(st.integers(0, size - 1))
    theirs = InmemoryTree(algorithm="sha256")
    theirs.append_entries(leaves)
    assert theirs.get_root() == defined(leaves)
    told = theirs.prove_inclusion(index + 1)
    leaf, *path = told.path
    assert (leaf, path) == (trees.leaf_hash(leaves[index]), inclusion(leaves, index))
    verify_inclusion(leaf, defined(leaves), told)
    # Their consistency proofs have a form of their own: each side believes the other's roots.
    old = data.draw(st.integers(1, size))
    verify_consistency(defined(leaves[:old]), defined(leaves), theirs.prove_consistency(old))
    roots = theirs.get_root(old), theirs.get_root(size)
    assert trees.is_consistent(old, size, *roots, consistency(leaves, old))
