"""Urgent nudges: the author of a message asks those who have not read it to look now, and sees who has confirmed.

They pass what one has turned down (mute, quiet hours), so each is counted, and stands in the audit trail.
"""

from datetime import datetime

from hutong import identity
from hutong.core import audit, clock, ids, live
from hutong.core.actor import Actor
from hutong.core.db import Row, Tx
from hutong.core.errors import NotFound
from hutong.messaging import policy
from hutong.messaging.actions.changes import access_own, tell_changed
from hutong.messaging.actions.found import gather_messages
from hutong.messaging.errors import MessageRecalled
from hutong.messaging.events import NudgeConfirmed, NudgeMade
from hutong.messaging.model import Message
from hutong.messaging.nudging import (
    MOST_AT_ONCE,
    MOST_SHOWN,
    QUOTA_SPAN,
    YOUNG,
    ChooseWhomToNudge,
    NobodyToNudge,
    NotForNudges,
    Nudged,
    NudgeState,
    NudgeWish,
    TooManyNudges,
    TooOldToNudge,
    WaitingNudges,
)
from hutong.messaging.store import changes, conversations, nudges


async def nudge(tx: Tx, actor: Actor, conversation_id: int, seq: int, wish: NudgeWish, *, per_day: int) -> Message:
    """The message as it stands then. Whoever was asked about it, or has read it, is not asked (again)."""
    if (await policy.access_conversation(tx, actor, conversation_id))["kind"] not in {"direct", "group"}:
        raise NotForNudges
    said = await access_own(tx, actor, conversation_id, seq)
    now = clock.now()
    if said["recalled_at"] is not None:
        raise MessageRecalled
    if now - said["sent_at"] > YOUNG:
        raise TooOldToNudge
    chosen = None if wish.person_ids is None else ids.parse_named(wish.person_ids)
    (head,) = await conversations.list_heads(tx, [conversation_id])
    if chosen is None and head["participant_count"] > MOST_AT_ONCE:
        raise ChooseWhomToNudge(most=MOST_AT_ONCE)
    left = max(0, per_day - await nudges.lock_quota(tx, actor.person_id, now - QUOTA_SPAN))
    people = await nudges.list_askable(tx, conversation_id, seq, actor.person_id, chosen, MOST_AT_ONCE)
    if not people:
        raise NobodyToNudge
    if len(people) > left:
        raise TooManyNudges(most=per_day, left=left)
    await nudges.insert_nudges(tx, actor.company_id, conversation_id, seq, actor.person_id, people, now)
    await audit.record(
        tx, actor, "message.nudged", subject_id=conversation_id,
        details={"seq": seq, "person_ids": [str(id_) for id_ in people]},
    )  # fmt: skip
    for person_id in people:
        tx.tell(live.person_channel(person_id), NudgeMade(conversation_id=str(conversation_id), seq=seq))
    await changes.touch_message(tx, conversation_id, seq, await changes.next_revision(tx, conversation_id))
    return await tell_changed(tx, actor, conversation_id, seq)


async def confirm_nudge(tx: Tx, actor: Actor, conversation_id: int, seq: int) -> None:
    """Seen, and said so: on every device of the actor's, and to whoever asked. Confirmed twice is confirmed."""
    await policy.access_conversation(tx, actor, conversation_id)
    if not await nudges.was_asked(tx, conversation_id, seq, actor.person_id):
        raise NotFound
    by_id = await nudges.confirm(tx, conversation_id, seq, actor.person_id, clock.now())
    if by_id is not None:
        told = NudgeConfirmed(conversation_id=str(conversation_id), seq=seq, person_id=str(actor.person_id))
        for person_id in (actor.person_id, by_id):
            tx.tell(live.person_channel(person_id), told)


async def list_waiting(tx: Tx, actor: Actor) -> WaitingNudges:
    """What waits for the actor's confirmation, the latest first."""
    found = await gather_messages(tx, actor, await nudges.list_waiting(tx, actor.person_id, MOST_SHOWN))
    return WaitingNudges(items=found.messages, conversations=found.conversations, people=found.people)


async def show_nudge(tx: Tx, actor: Actor, conversation_id: int, seq: int) -> NudgeState:
    """Who was asked about the actor's own message, and who has confirmed."""
    participation = await policy.access_conversation(tx, actor, conversation_id)
    said = await changes.find_said(tx, conversation_id, seq) if seq > participation["joined_seq"] else None
    rows = await nudges.list_asked(tx, conversation_id, seq)
    if said is None or said["sender_id"] != actor.person_id or not rows:
        raise NotFound
    people = await identity.list_people(tx, actor.company_id, [row["person_id"] for row in rows])
    items = [Nudged(person=people[row["person_id"]], confirmed_at=row["confirmed_at"]) for row in rows]
    return NudgeState(seq=seq, items=items, confirmed_count=sum(it.confirmed_at is not None for it in items))


# -- for whoever reaches people who are not looking ----------------------------------------------------------------


async def take_unpushed(tx: Tx, limit: int) -> list[tuple[int, int, int, datetime]]:
    """(person, conversation, seq, when) of nudges that nobody was told of by other ways yet: told with this
    transaction."""
    rows = await nudges.take_unpushed(tx, limit)
    return [(row["person_id"], row["conversation_id"], row["seq"], row["nudged_at"]) for row in rows]


async def find_waiting_nudge(tx: Tx, person_id: int, conversation_id: int, seq: int) -> Row | None:
    """sender_name, kind, name, message_kind, body; None when it needs nobody any more."""
    return await nudges.find_waiting(tx, person_id, conversation_id, seq)
