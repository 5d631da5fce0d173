"""Notes, checkpoints and proofs are those of the published formats, byte for byte."""

import base64

import pytest

from ledger.rooms.proof import notes
from ledger.rooms.proof.checkpoints import checkpoint_text, read_checkpoint
from ledger.rooms.proof.notes import Malformed, Note, Signer, read_note, read_signer, read_verifier
from ledger.rooms.proof.proofs import Growth, Inclusion, read_growth, read_inclusion
from ledger.rooms.proof.tiles import tile_path
from ledger.words import trees

# The example of Go's package note, which the format comes from.
PUBLIC = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
SECRET = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
TEXT = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
)
LINE = (
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqf"
    "qdngotpRZb6KE6RyyBwJnAM="
)

# The example of c2sp.org/tlog-checkpoint.
CHECKPOINT = (
    "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n"
    "— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gG"
    "zGku9nTo+zyWE+xeMcTOAYQ8=\n"
)
WITNESSED = CHECKPOINT + (
    "— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin"
    "1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==\n"
)


def test_a_key_and_its_signature_are_those_of_the_published_example() -> None:
    signer = read_signer(SECRET)
    assert signer.verifier == read_verifier(PUBLIC)
    assert (signer.text(), signer.verifier.text()) == (SECRET, PUBLIC)
    assert signer.sign(TEXT, 0) == LINE
    note = read_note(f"{TEXT}\n{LINE}\n")
    assert note.verified([read_verifier(PUBLIC)]) == {LINE: read_verifier(PUBLIC)}


def test_signatures_of_unknown_keys_are_passed_over_and_false_ones_are_not() -> None:
    note = read_note(f"{TEXT}\n{LINE}\n")
    stranger = Signer.new("PeterNeumann", notes.LOG).verifier
    assert note.verified([stranger]) == {}
    altered = read_note(f"{TEXT.replace('answer', 'end')}\n{LINE}\n")
    with pytest.raises(Malformed):
        altered.verified([read_verifier(PUBLIC)])


def test_a_checkpoint_is_written_as_it_was_read() -> None:
    read = read_checkpoint(CHECKPOINT)
    assert (read.origin, read.size) == ("example.com/behind-the-sofa", 20852163)
    assert base64.b64encode(read.root).decode() == "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I="
    assert str(read) == CHECKPOINT
    assert checkpoint_text(read.origin, read.size, read.root) == read.note.text


@pytest.mark.parametrize(
    "spoilt",
    [
        CHECKPOINT.replace("20852163", "020852163"),
        CHECKPOINT.replace("20852163", "-1"),
        CHECKPOINT.replace("20852163\n", ""),
        CHECKPOINT.replace("q2I=\n", "q2I\n"),
        CHECKPOINT.replace("—", "-"),
        CHECKPOINT.partition("\n\n")[0] + "\n",
        CHECKPOINT.replace("example.com/behind-the-sofa\n", "\n", 1),
        CHECKPOINT.rstrip("\n"),
        CHECKPOINT.replace("sofa\n", "sofa\r\n", 1),
        "",
    ],
)
def test_what_is_no_checkpoint_is_not_read_as_one(spoilt: str) -> None:
    with pytest.raises(Malformed):
        read_checkpoint(spoilt)


def test_the_time_that_a_witness_signs_at_stands_in_its_signature() -> None:
    lines = read_checkpoint(WITNESSED).note.lines
    blob = base64.b64decode(lines[1].split(" ")[2])
    assert len(blob) == 4 + 8 + 64
    assert int.from_bytes(blob[4:12], "big") == 1679315147
    witness = Signer.new("witness.example.com/w1", notes.WITNESS)
    text = read_checkpoint(CHECKPOINT).note.text
    line = witness.sign(text, 1679315147)
    assert list(Note(text, (line,)).verified([witness.verifier])) == [line]
    later = Note(text, (witness.sign(text, 1679315148),))
    assert later.lines[0] != line
    assert witness.verifier.id != Signer.new("witness.example.com/w1", notes.LOG).verifier.id


@pytest.mark.parametrize("name", ["", "two words", "a+b", "line\nend"])
def test_a_key_cannot_have_a_name_that_a_note_could_not_hold(name: str) -> None:
    with pytest.raises(Malformed):
        Signer.new(name, notes.LOG)


def test_a_proof_of_an_event_is_written_as_the_format_says_and_read_again() -> None:
    leaves = [b"a", b"b", b"c"]
    hashes = [trees.leaf_hash(leaf) for leaf in leaves]
    left = trees.node_hash(*hashes[:2])
    signer = Signer.new("example.com/fancylog", notes.LOG)
    text = checkpoint_text("example.com/fancylog", 3, trees.node_hash(left, hashes[2]))
    checkpoint = read_checkpoint(str(Note(text, (signer.sign(text, 0),))))
    proof = Inclusion(2, (left,), checkpoint, leaves[2])
    written = str(proof).split("\n")
    assert written[0] == "c2sp.org/tlog-proof@v1"
    assert written[1:3] == ["extra Yw==", "index 2"]
    assert written[3:5] == [base64.b64encode(left).decode(), ""]
    assert "\n".join(written[5:]) == str(checkpoint)
    assert read_inclusion(str(proof)) == proof
    assert proof.holds(b"c") and not proof.holds(b"d")
    bare = Inclusion(2, (left,), checkpoint)
    assert "extra" not in str(bare) and read_inclusion(str(bare)) == bare


def test_what_a_witness_is_asked_is_read_as_it_was_written() -> None:
    request = Growth(1, (b"\1" * 32, b"\2" * 32), read_checkpoint(CHECKPOINT))
    lines = str(request).split("\n")
    assert (lines[0], lines[3]) == ("old 1", "")
    assert read_growth(str(request)) == request
    for spoilt in ("old 01", "old", "new 1", "old 1 2"):
        with pytest.raises(Malformed):
            read_growth(str(request).replace("old 1", spoilt, 1))


def test_tiles_have_the_paths_of_the_format() -> None:
    assert tile_path(1234067, 256) == "x001/x234/067"
    assert tile_path(0, 256) == "000"
    assert tile_path(999, 8) == "999.p/8"
    assert tile_path(1000, 255) == "x001/000.p/255"
