"""Reading and typing: small signs to the others.

Every read mark goes through a ReadWriter: marks that arrive together share a transaction, so that a message to 10,000
readers is a few dozen transactions and not 10,000.
"""

from collections import defaultdict
from collections.abc import Awaitable, Sequence

import msgspec

from hutong import directory
from hutong.core import clock, live
from hutong.core.actor import Actor
from hutong.core.db import Database, Tx
from hutong.core.errors import HutongError, NotFound
from hutong.core.gather import LATER, Gatherer, Later
from hutong.messaging import policy
from hutong.messaging.events import PersonTyping, ReadMoved
from hutong.messaging.model import HEARD_BY_ALL
from hutong.messaging.store import channels, receipts


class Mark(msgspec.Struct, frozen=True):
    """Everything up to `seq` has been seen by this person."""

    conversation_id: int
    person_id: int
    seq: int


class ReadWriter:
    """Gathers the read marks of one process into batches. One for each process that takes them."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._gatherer: Gatherer[Mark, None] = Gatherer("read marks", self._write)

    def mark_read(self, actor: Actor, conversation_id: int, seq: int) -> Awaitable[None]:
        """Done when it is committed. A mark never goes back and never past the last message."""
        return self._gatherer.put(Mark(conversation_id, actor.person_id, seq))

    async def close(self) -> None:
        """What is in flight is written."""
        await self._gatherer.settle()

    async def _write(self, marks: list[Mark]) -> list[HutongError | Later | None]:
        async with self._db.begin() as tx:
            return await move_marks(tx, marks)


async def move_marks(tx: Tx, marks: Sequence[Mark]) -> list[HutongError | Later | None]:
    """Move the marks in this transaction and tell of it at its commit; one outcome a mark, in order.

    Of several marks of one person in one conversation the highest counts. LATER: somebody else writes there just now.
    """
    highest: dict[tuple[int, int], int] = defaultdict(int)
    for mark in marks:
        key = (mark.conversation_id, mark.person_id)
        highest[key] = max(highest[key], mark.seq)
    locked = await receipts.lock_marks(tx, list(highest))
    for row in await receipts.move_marks(tx, [(*key, highest[key]) for key in locked]):
        is_heard_by_all = row["kind"] != "channel" and row["participant_count"] <= HEARD_BY_ALL
        _tell(tx, row["conversation_id"], row["person_id"], row["read_seq"], is_heard_by_all=is_heard_by_all)
    unlocked = highest.keys() - locked
    held = await receipts.list_participations(tx, list(unlocked)) if unlocked else set()
    by_rule = await _move_hearers(tx, {key: highest[key] for key in unlocked - held})
    outcomes: list[HutongError | Later | None] = []
    for mark in marks:
        key = (mark.conversation_id, mark.person_id)
        outcomes.append(None if key in locked | by_rule else LATER if key in held else NotFound())
    return outcomes


async def _move_hearers(tx: Tx, marks: dict[tuple[int, int], int]) -> set[tuple[int, int]]:
    """The marks of those who hear an announcement channel by rule; which of these they are."""
    if not marks:
        return set()
    placements = await directory.list_placements(tx, list({person_id for _, person_id in marks}))
    heard = await channels.list_heard_ids(tx, placements)
    hearing = {key: seq for key, seq in marks.items() if key[0] in heard.get(key[1], ())}
    rows = await channels.move_marks(tx, [(*key, seq) for key, seq in sorted(hearing.items())], clock.now())
    for row in rows:
        _tell(tx, row["conversation_id"], row["person_id"], row["read_seq"], is_heard_by_all=False)
    return set(hearing)


def _tell(tx: Tx, conversation_id: int, person_id: int, seq: int, *, is_heard_by_all: bool) -> None:
    """All hear it where they are few. 10,000 readers before 10,000 listeners would be 100 million frames: there only
    the reader's other devices do, and who wants to know asks for receipts."""
    tx.tell(
        live.conversation_channel(conversation_id) if is_heard_by_all else live.person_channel(person_id),
        ReadMoved(conversation_id=str(conversation_id), person_id=str(person_id), seq=seq),
    )


async def tell_typing(tx: Tx, actor: Actor, conversation_id: int) -> None:
    """Fleeting: nothing is kept of it. An announcement is not awaited."""
    found = await policy.access_conversation(tx, actor, conversation_id)
    if found["kind"] != "channel":
        tx.tell(
            live.conversation_channel(conversation_id),
            PersonTyping(conversation_id=str(conversation_id), person_id=str(actor.person_id)),
        )
