"""Who has read what was said, counted from the read marks when somebody asks."""

from hutong import identity
from hutong.core.actor import Actor
from hutong.core.db import Row, Tx
from hutong.core.errors import Invalid, NotFound
from hutong.core.paging import make_cursor, read_cursor
from hutong.messaging import policy
from hutong.messaging.model import Reader, Receipt
from hutong.messaging.store import messages, receipts

MAX_RECEIPTS = 100


async def count_receipts(
    tx: Tx, actor: Actor, conversation_id: int, from_seq: int, to_seq: int | None
) -> list[Receipt]:
    """Of the actor's own messages from one place to another, both included; 100 places at most, and without an end."""
    last = from_seq + MAX_RECEIPTS - 1
    if to_seq is not None and not from_seq <= to_seq <= last:
        raise Invalid(details={"fields": [{"field": "to_seq", "message": f"{from_seq} to {last}"}]})
    await _access_talk(tx, actor, conversation_id)
    seqs = await messages.list_said_seqs(
        tx, conversation_id, actor.person_id, from_seq, last if to_seq is None else to_seq
    )
    rows = await receipts.count_readers(tx, conversation_id, actor.person_id, seqs) if seqs else []
    return [Receipt(seq=row["seq"], read_count=row["read_count"], unread_count=row["unread_count"]) for row in rows]


async def list_readers(
    tx: Tx, actor: Actor, conversation_id: int, seq: int, *, has_read: bool, cursor: str | None, limit: int
) -> tuple[Receipt, list[Reader], str | None]:
    """The counts of a message that the actor may see, a page of who has read it (or has not), where the next begins."""
    participation = await _access_talk(tx, actor, conversation_id)
    author_id = await messages.find_author(tx, conversation_id, seq) if seq > participation["joined_seq"] else None
    if author_id is None:
        raise NotFound
    (after,) = read_cursor(cursor, tuple[int]) if cursor else (0,)
    (count,) = await receipts.count_readers(tx, conversation_id, author_id, [seq])
    rows = await receipts.list_readers(
        tx, conversation_id, author_id, seq, has_read=has_read, after=after, limit=limit + 1
    )
    people = await identity.list_people(tx, actor.company_id, [row["person_id"] for row in rows[:limit]])
    items = [Reader(person=people[row["person_id"]], read_seq=row["read_seq"]) for row in rows[:limit]]
    receipt = Receipt(seq=seq, read_count=count["read_count"], unread_count=count["unread_count"])
    return receipt, items, make_cursor(rows[limit - 1]["person_id"]) if len(rows) > limit else None


async def _access_talk(tx: Tx, actor: Actor, conversation_id: int) -> Row:
    """A channel's readers are no participants; its publishers ask `channels.list_readers`."""
    participation = await policy.access_conversation(tx, actor, conversation_id)
    if participation["kind"] == "channel":
        raise NotFound
    return participation
