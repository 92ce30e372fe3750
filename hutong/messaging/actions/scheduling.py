"""Words that wait for their time: kept, changed, dropped, and handed to the one door when it has come.

Whoever says them takes the row first and crosses it out afterwards. If they die in between, the next one says the same
under the same client id, which the door knows.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import uuid4

import msgspec

from hutong import directory
from hutong.core import clock, ids, live
from hutong.core.actor import Actor
from hutong.core.db import Row, Tx
from hutong.core.errors import HutongError, NotFound
from hutong.messaging import model, policy
from hutong.messaging.actions.mentions import find_mentions
from hutong.messaging.actions.messages import find_answered
from hutong.messaging.actions.send import Written, draft_of
from hutong.messaging.content import Content
from hutong.messaging.errors import AnsweredUnknown, NotPublisher
from hutong.messaging.events import ScheduledChanged
from hutong.messaging.keeping import DraftMentions
from hutong.messaging.model import Draft, SendMessage
from hutong.messaging.scheduling import (
    MAX_WAITING,
    BeingSent,
    ScheduleChange,
    ScheduledMessage,
    ScheduleWish,
    SenderLeft,
    TooManyScheduled,
    check_time,
    mention_wish,
)
from hutong.messaging.store import messages, scheduled

# Whoever takes one has so long to say it.
LEASE = timedelta(seconds=30)
_FIRST_REST, _LONGEST_REST = timedelta(seconds=2), timedelta(minutes=5)


async def schedule_message(
    tx: Tx, actor: Actor, conversation_id: int, wish: ScheduleWish
) -> tuple[ScheduledMessage, bool]:
    """It waits now; False: it did already. Raises what sending it now would, NotThen, TooManyScheduled."""
    if (await policy.access_conversation(tx, actor, conversation_id))["is_by_rule"]:
        raise NotPublisher
    count = await scheduled.lock_person(tx, actor.person_id)
    known = await scheduled.find_by_client_id(tx, actor.person_id, wish.client_id)
    if known is not None:
        return (await _out(tx, actor, [known]))[0], False
    text = model.check_text(wish.text)
    send_at = check_time(wish.send_at, clock.now())
    await _check_answered(tx, actor, conversation_id, wish.reply_to_seq)
    await _check_called(tx, actor, conversation_id, text, wish.mentions)
    if count >= MAX_WAITING:
        raise TooManyScheduled(most=MAX_WAITING)
    await scheduled.insert_scheduled(
        tx, ids.new(), actor.company_id, actor.person_id, conversation_id, wish.client_id, text, wish.reply_to_seq,
        wish.mentions, send_at, clock.now(),
    )  # fmt: skip
    _tell(tx, actor.person_id)
    row = await scheduled.find_by_client_id(tx, actor.person_id, wish.client_id)
    assert row is not None
    return (await _out(tx, actor, [row]))[0], True


async def list_scheduled(tx: Tx, actor: Actor) -> list[ScheduledMessage]:
    """All of the actor's, the next one first, also where they may not speak any more."""
    return await _out(tx, actor, await scheduled.list_scheduled(tx, actor.person_id))


async def change_scheduled(tx: Tx, actor: Actor, id_: int, change: ScheduleChange) -> ScheduledMessage:
    """It waits with these words, for this time; what could not be said waits again. Raises as `schedule_message`."""
    row = await _access_waiting(tx, actor, id_)
    text = row["body"] if change.text is None else model.check_text(change.text)
    kept = msgspec.convert(row["mentions"], DraftMentions) if row["mentions"] else None
    mentions = kept if change.text is None else change.mentions
    send_at = check_time(row["send_at"] if change.send_at is None else change.send_at, clock.now())
    if (await policy.access_conversation(tx, actor, row["conversation_id"]))["is_by_rule"]:
        raise NotPublisher
    await _check_called(tx, actor, row["conversation_id"], text, mentions)
    await scheduled.change_scheduled(tx, id_, text, mentions, send_at)
    _tell(tx, actor.person_id)
    changed = await scheduled.lock_scheduled(tx, actor.person_id, id_)
    assert changed is not None
    return (await _out(tx, actor, [changed]))[0]


async def drop_scheduled(tx: Tx, actor: Actor, id_: int) -> None:
    """Never to be said. Raises BeingSent when its time has just come."""
    row = await _access_waiting(tx, actor, id_)
    await scheduled.delete_scheduled(tx, [row["id"]])
    _tell(tx, actor.person_id)


async def take_one(tx: Tx, actor: Actor, id_: int) -> Row:
    """To be said now, by whoever asked for it."""
    row = await _access_waiting(tx, actor, id_)
    return await scheduled.take(tx, row["id"], clock.now() + LEASE)


async def take_due(tx: Tx, limit: int) -> tuple[list[Row], list[int]]:
    """What is to be said now, in order, and those of its authors who still work here."""
    now = clock.now()
    rows = await scheduled.take_due(tx, now, now + LEASE, limit)
    active = await directory.list_placements(tx, list({row["person_id"] for row in rows})) if rows else {}
    return rows, list(active)


def draft_for(row: Row, active: Sequence[int]) -> Draft:
    """What the door is to write, with the rights of this moment. Raises SenderLeft."""
    if row["person_id"] not in active:
        raise SenderLeft
    actor = Actor(kind="member", company_id=row["company_id"], person_id=row["person_id"], session_id=0)
    draft = draft_of(
        actor,
        row["conversation_id"],
        SendMessage(
            client_id=row["client_id"],
            text=row["body"],
            reply_to_seq=row["reply_to_seq"],
            mentions=mention_wish(msgspec.convert(row["mentions"], DraftMentions) if row["mentions"] else None),
        ),
    )
    return msgspec.structs.replace(draft, content=Content(is_scheduled=True))


def may_still_be_said(row: Row) -> bool:
    """Whether nobody else can have it in hand by now, nor its author have changed it."""
    until: datetime = row["taken_until"]
    return until > clock.now()


async def settle(tx: Tx, rows: Sequence[Row], outcomes: Sequence[Written | HutongError]) -> None:
    """What became of them: said and crossed out, stopped with a reason for its author, or tried again soon."""
    now = clock.now()
    pairs = list(zip(rows, outcomes, strict=True))
    ours = await scheduled.lock_taken(tx, [(row["id"], row["taken_until"]) for row in rows])
    # What came too late is taken again by whoever looks next.
    pairs = [pair for pair in pairs if pair[0]["id"] in ours and not isinstance(pair[1], BeingSent)]
    await scheduled.delete_scheduled(tx, [row["id"] for row, outcome in pairs if isinstance(outcome, Written)])
    for row, outcome in pairs:
        if isinstance(outcome, HutongError) and (outcome.retry or outcome.status >= 500):
            await scheduled.rest(tx, row["id"], now + _rest(row["failures"]))
        elif isinstance(outcome, HutongError):
            await scheduled.stop_scheduled(tx, row["id"], outcome.code)
    for person_id in {row["person_id"] for row in rows}:
        _tell(tx, person_id)


def _rest(failures: int) -> timedelta:
    return min(_FIRST_REST * (1 << min(failures, 10)), _LONGEST_REST)


async def _access_waiting(tx: Tx, actor: Actor, id_: int) -> Row:
    """One of the actor's own that nobody has in hand."""
    row = await scheduled.lock_scheduled(tx, actor.person_id, id_)
    # What was said and not crossed out, its sayer having died, is not there any more: the job crosses it out.
    if row is None or await scheduled.was_said(tx, row):
        raise NotFound
    if row["taken_until"] is not None and row["taken_until"] > clock.now():
        raise BeingSent
    return row


async def _check_answered(tx: Tx, actor: Actor, conversation_id: int, seq: int | None) -> None:
    answer = (conversation_id, seq or 0, actor.person_id)
    if seq is not None and answer not in await messages.list_quotes(tx, [answer]):
        raise AnsweredUnknown


async def _check_called(tx: Tx, actor: Actor, conversation_id: int, text: str, mentions: DraftMentions | None) -> None:
    """Whoever may not call on everybody learns it now; the door looks again when it is said."""
    wish = SendMessage(client_id=uuid4(), text=text, mentions=mention_wish(mentions))
    refusal = (await find_mentions(tx, [draft_of(actor, conversation_id, wish)])).get(0)
    if isinstance(refusal, HutongError):
        raise refusal


async def _out(tx: Tx, actor: Actor, rows: Sequence[Row]) -> list[ScheduledMessage]:
    """What each answers is shown as long as its author may read it."""
    quotes = await find_answered(tx, actor, rows)
    return [
        ScheduledMessage(
            id=str(row["id"]),
            conversation_id=str(row["conversation_id"]),
            text=row["body"],
            reply_to=quotes.get((row["conversation_id"], row["reply_to_seq"])),
            mentions=msgspec.convert(row["mentions"], DraftMentions) if row["mentions"] else None,
            send_at=row["send_at"],
            stopped_code=row["stopped_code"],
        )
        for row in rows
    ]


def _tell(tx: Tx, person_id: int) -> None:
    tx.tell(live.person_channel(person_id), ScheduledChanged())
