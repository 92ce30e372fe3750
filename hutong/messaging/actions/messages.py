"""What was said, as a participant sees it now."""

from collections import defaultdict
from collections.abc import Sequence

import msgspec
from msgspec import UNSET

from hutong import files, identity
from hutong.core.actor import Actor
from hutong.core.db import Row, Tx
from hutong.files import File
from hutong.messaging import model, policy
from hutong.messaging.actions.cards import list_present_cards
from hutong.messaging.content import Card, Content
from hutong.messaging.model import ChangedMessages, Message, Notice, Page, Pin, Quote, Reaction
from hutong.messaging.store import changes, conversations, messages, nudges, pins, topics
from hutong.messaging.topics import Topic

Key = tuple[int, int]
_NOTHING = Content()


async def list_messages(
    tx: Tx,
    actor: Actor,
    conversation_id: int,
    *,
    before: int | None = None,
    after: int | None = None,
    around: int | None = None,
    topic_id: int | None = None,
    limit: int = 50,
) -> Page:
    """One page, of one topic where it is named; without a place, the newest. What was said before the actor joined is
    not there."""
    participation = await policy.access_conversation(tx, actor, conversation_id)
    # Before the messages: what changes meanwhile is then asked for again, and not missed.
    last_revision, first_seq = await conversations.find_ends(tx, conversation_id)
    low = max(participation["joined_seq"], first_seq - 1)
    if after is not None:
        rows = await messages.list_messages_after(tx, conversation_id, max(after, low), limit + 1, topic_id=topic_id)
        has_older, has_newer, rows = max(after, low) > low, len(rows) > limit, rows[:limit]
    elif around is not None:
        half, start = limit // 2 + 1, max(around - 1, low)
        older = await messages.list_messages_before(tx, conversation_id, low, around, half, topic_id=topic_id)
        newer = await messages.list_messages_after(tx, conversation_id, start, half, topic_id=topic_id)
        has_older, has_newer = len(older) > limit // 2, len(newer) > limit // 2
        rows = (older[1:] if has_older else older) + (newer[:-1] if has_newer else newer)
    else:
        top = before if before is not None else 2**62
        rows = await messages.list_messages_before(tx, conversation_id, low, top, limit + 1, topic_id=topic_id)
        has_older, rows = len(rows) > limit, rows[-limit:]
        has_newer = before is not None
    speakers = {row["sender_id"] for row in rows} | {row["quoted_sender_id"] for row in rows} - {None}
    return Page(
        items=await messages_out(tx, actor.company_id, [(conversation_id, row) for row in rows]),
        people=list((await identity.list_people(tx, actor.company_id, list(speakers))).values()),
        has_older=has_older,
        has_newer=has_newer,
        last_revision=last_revision,
        first_seq=first_seq if first_seq > 1 else UNSET,
        topics=[topic_out(row) for row in await topics.list_named(tx, rows)] or UNSET,
    )


async def list_changed(tx: Tx, actor: Actor, conversation_id: int, after_revision: int, limit: int) -> ChangedMessages:
    """What happened to messages after a revision, one view a message however often it changed."""
    participation = await policy.access_conversation(tx, actor, conversation_id)
    last_revision = await conversations.find_last_revision(tx, conversation_id)
    rows = await messages.list_changed_messages(
        tx, conversation_id, participation["joined_seq"], after_revision, limit + 1
    )
    items = await messages_out(tx, actor.company_id, [(conversation_id, row) for row in rows[:limit]])
    return ChangedMessages(items=items, has_newer=len(rows) > limit, last_revision=last_revision)


async def find_message(tx: Tx, company_id: int, conversation_id: int, seq: int) -> Message:
    (row,) = await messages.list_messages_at(tx, conversation_id, [seq])
    (message,) = await messages_out(tx, company_id, [(conversation_id, row)])
    return message


async def messages_out(tx: Tx, company_id: int, rows: Sequence[tuple[int, Row]]) -> list[Message]:
    """(conversation, row of `messages.SAID`) each, in order."""
    wanted = {id_ for _, row in rows for id_ in (row["file_id"], row["quoted_file_id"]) if id_ is not None}
    known = await files.list_files(tx, company_id, list(wanted))
    changed = [(id_, row["seq"]) for id_, row in rows if row["revision"]]
    reactions, put_up = await _reactions(tx, changed), await _pins(tx, changed)
    contents = [msgspec.convert(row["content"], Content) if row["content"] else _NOTHING for _, row in rows]
    cards = await list_present_cards(tx, company_id, [content.card for content in contents])
    said = [
        message_out(id_, row, known, reactions.get((id_, row["seq"])), content, cards)
        for (id_, row), content in zip(rows, contents, strict=True)
    ]
    nudged = await nudges.list_nudged(tx, changed)
    if not put_up and not nudged:
        return said
    keys = [(id_, row["seq"]) for id_, row in rows]
    return [
        msgspec.structs.replace(message, pinned=put_up.get(key, UNSET), is_nudged=key in nudged or UNSET)
        for key, message in zip(keys, said, strict=True)
    ]


def message_out(
    conversation_id: int,
    row: Row,
    known_files: dict[int, File],
    reactions: list[Reaction] | None,
    content: Content,
    cards: dict[str, Card],
) -> Message:
    return Message(
        conversation_id=str(conversation_id),
        seq=row["seq"],
        sender_id=str(row["sender_id"]),
        client_id=row["client_id"],
        kind=row["message_kind"],
        text=row["body"],
        file=known_files.get(row["file_id"]) if row["file_id"] else None,
        notice=msgspec.convert(row["notice"], Notice) if row["notice"] else None,
        sent_at=row["sent_at"],
        # What it answers may be no longer kept.
        reply_to=quote_out(row["reply_to_seq"], row, known_files) if row["quoted_sender_id"] else UNSET,
        mentions=content.mentions,
        merged=content.merged,
        card=cards.get(content.card.person_id, content.card) if content.card else UNSET,
        voice=content.voice,
        location=content.location,
        is_scheduled=content.is_scheduled or UNSET,
        revision=row["revision"] or UNSET,
        edited_at=row["edited_at"] or UNSET,
        recalled_at=row["recalled_at"] or UNSET,
        topic_id=str(row["topic_id"]) if row["topic_id"] else UNSET,
        preview=content.preview,
        reactions=reactions or UNSET,
    )


def quote_out(seq: int, row: Row, known_files: dict[int, File]) -> Quote:
    file = known_files.get(row["quoted_file_id"]) if row["quoted_file_id"] else None
    return Quote(
        seq=seq,
        sender_id=str(row["quoted_sender_id"]),
        kind=row["quoted_kind"],
        text=row["quoted_body"],
        file_name=file.name if file else None,
        is_recalled=row["quoted_recalled_at"] is not None,
    )


async def find_answered(tx: Tx, actor: Actor, rows: Sequence[Row]) -> dict[tuple[int, int], Quote]:
    """By (conversation_id, reply_to_seq), what the actor's own rows answer, as long as the actor may read it."""
    answers = [
        (row["conversation_id"], row["reply_to_seq"], actor.person_id)
        for row in rows
        if row["reply_to_seq"] is not None
    ]
    quoted = await messages.list_quotes(tx, answers)
    file_ids = [row["quoted_file_id"] for row in quoted.values() if row["quoted_file_id"]]
    known = await files.list_files(tx, actor.company_id, file_ids) if file_ids else {}
    return {(talk, seq): quote_out(seq, row, known) for (talk, seq, _), row in quoted.items()}


def topic_out(row: Row) -> Topic:
    return Topic(
        id=str(row["id"]),
        conversation_id=str(row["conversation_id"]),
        name=row["name"],
        opened_by_id=str(row["opened_by_id"]),
        opened_at=row["opened_at"],
        closed_by_id=str(row["closed_by_id"]) if row["closed_by_id"] else None,
        closed_at=row["closed_at"],
        revision=row["revision"],
    )


async def _pins(tx: Tx, keys: Sequence[Key]) -> dict[Key, Pin]:
    return {
        (row["conversation_id"], row["seq"]): Pin(by_id=str(row["by_id"]), at=row["pinned_at"])
        for row in await pins.list_pins(tx, keys)
    }


async def _reactions(tx: Tx, keys: Sequence[Key]) -> dict[Key, list[Reaction]]:
    found: dict[Key, list[Reaction]] = defaultdict(list)
    for row in await changes.list_reactions(tx, keys, model.MAX_REACTORS):
        found[row["conversation_id"], row["seq"]].append(
            Reaction(emoji=row["emoji"], count=row["count"], person_ids=[str(id_) for id_ in row["person_ids"]])
        )
    return found
