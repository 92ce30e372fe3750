"""The load generator counts what came, however the network cut it into pieces."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bench.load.stream import MARK, TOKEN_BYTES, Marks, Tally, Tokens, make_text

# What stands around the tokens in a real stream, with beginnings of a mark that are none.
_around = st.lists(
    st.sampled_from([b'{"type":"message","text":"', b'"}', b"~", b"~H", b"\x81\x7e\x01\x2c", b""]), max_size=4
)
Parts = list[tuple[list[bytes], int]]
_stream = st.lists(st.tuples(_around, st.integers(0, 3)), max_size=12)
_cuts = st.lists(st.integers(0, 2000), max_size=20)


def _pieces(stream: bytes, cuts: list[int]) -> list[bytes]:
    places = [0, *sorted(cut for cut in cuts if cut < len(stream)), len(stream)]
    return [stream[start:end] for start, end in pairwise(places)]


def _bytes(parts: Parts) -> bytes:
    said = [b"".join(around) + make_text(sender, number, 60) for number, (around, sender) in enumerate(parts)]
    # A token is always followed by the rest of its message.
    return b"".join(said) + b'"}'.ljust(TOKEN_BYTES)


@given(_stream, _cuts)
def test_marks_are_counted_once_wherever_the_stream_is_cut(parts: Parts, cuts: list[int]) -> None:
    tally = Tally()
    count = Marks(MARK, tally.add)
    for piece in _pieces(_bytes(parts), cuts):
        count(piece)
    assert tally.count == len(parts)


@given(_stream, _cuts)
def test_tokens_are_read_once_and_answered_by_sender(parts: Parts, cuts: list[int]) -> None:
    everybody, one = Tally(), Tally()
    everybody.latencies = []
    answers: list[None] = []
    read_all, read_one = Tokens(everybody), Tokens(one, 1, lambda: answers.append(None), only=True)
    for piece in _pieces(_bytes(parts), cuts):
        read_all(piece)
        read_one(piece)
    from_one = sum(sender == 1 for _, sender in parts)
    assert (everybody.count, one.count, len(answers)) == (len(parts), from_one, from_one)
    assert len(everybody.latencies) == len(parts)
    assert all(0 <= age < 60_000_000 for age in everybody.latencies)
