"""From what was said to what a browser is told: who is to be told, in which words, and what became of it."""

from datetime import datetime, timedelta
from typing import Literal

from hutong import messaging
from hutong.core import clock
from hutong.core.db import Row, Tx
from hutong.messaging import Waiting
from hutong.notifications import model, wording
from hutong.notifications.model import NotificationSettings, Push
from hutong.notifications.store import pushes, settings

# Who is looking has read it by then.
WAIT = timedelta(seconds=3)
# What nobody could be told of within a day is told no more.
LIFE = timedelta(days=1)
# Whoever takes a push has so long to send it.
LEASE = timedelta(seconds=60)
# A lively conversation says so every so often, not at every word.
CALM = timedelta(seconds=15)
_FIRST_REST, _LONGEST_REST = timedelta(seconds=30), timedelta(hours=1)
# A push service that refuses for so long will not have it.
_MOST_FAILURES = 24

Outcome = Literal["told", "gone", "too_large", "later"]


async def queue_hinted(tx: Tx, conversation_ids: list[int]) -> None:
    """Something was said here a little while ago: whoever has not read it is to be told."""
    people = await pushes.list_reachable(tx)
    if not people or not conversation_ids:
        return
    now = clock.now()
    waiting = await messaging.list_waiting(tx, people, conversation_ids, said_before=now - WAIT)
    items = [(it.person_id, it.conversation_id, it.seq, it.said_at) for it in waiting if it.said_at > now - LIFE]
    if items:
        await pushes.queue_pushes(tx, items, now)


async def sweep(tx: Tx, seen_before: int | None) -> int | None:
    """Queue what was said since the position and nobody hinted at; the position of now, None while another sweeps.

    `seen_before`: a position of this process that is older than WAIT. What had been said by then is due by now.
    """
    is_ours, position = await pushes.lock_position(tx)
    if not is_ours:
        return None
    changed, now_at = await messaging.list_changed_since(tx, position)
    await queue_hinted(tx, changed)
    await pushes.set_position(tx, seen_before or position or now_at)
    return now_at


async def take_due(tx: Tx, limit: int) -> list[Row]:
    now = clock.now()
    return await pushes.take_due(tx, now, now + LEASE, limit)


async def compose(tx: Tx, row: Row) -> Push | None:
    """What this browser is told now; None when there is nothing to tell any more, which is then settled."""
    now = clock.now()
    chosen = (await settings.list_settings(tx, [row["person_id"]])).get(row["person_id"], NotificationSettings())
    waiting = await messaging.list_waiting(tx, [row["person_id"]], said_before=now)
    newest = next((it for it in waiting if it.conversation_id == row["conversation_id"]), None)
    if newest is None or row["said_at"] < now - LIFE or model.is_quiet(chosen.quiet_hours, now):
        await pushes.settle(tx, row["session_id"], row["conversation_id"], row["seq"], now)
        return None
    told = await pushes.list_told(tx, row["session_id"])
    return _push(newest, waiting, told, chosen, row["language"])


def _push(
    newest: Waiting, waiting: list[Waiting], told: list[int], chosen: NotificationSettings, language: str
) -> Push:
    unread = {it.conversation_id for it in waiting}
    return Push(
        title=newest.name[:60],
        text=wording.line(newest, language, shows_text=chosen.shows_text),
        conversation_id=str(newest.conversation_id),
        seq=newest.seq,
        unread_count=sum(it.unread_count for it in waiting),
        seen=[str(id_) for id_ in told if id_ not in unread][:50],
    )


async def settle(tx: Tx, row: Row, push: Push, outcome: Outcome, retry_after: timedelta | None) -> None:
    """What the push service said of it."""
    now = clock.now()
    session_id, conversation_id = row["session_id"], row["conversation_id"]
    if not await settle_browser(tx, row, outcome, retry_after):
        return
    if outcome == "later":
        await pushes.settle(tx, session_id, conversation_id, 0, now)
    else:
        await pushes.settle(tx, session_id, conversation_id, max(row["seq"], push.seq), now + CALM)
        await pushes.forget_told(tx, session_id, [int(id_) for id_ in push.seen])


async def settle_browser(tx: Tx, row: Row, outcome: Outcome, retry_after: timedelta | None) -> datetime | None:
    """From when on its push service may be asked again; None when it is none any more."""
    now = clock.now()
    if outcome == "gone" or row["failures"] >= _MOST_FAILURES:
        await pushes.delete_subscription(tx, row["session_id"], row["endpoint"])
        return None
    if outcome == "later":
        rests_until = now + _rest(row["failures"], retry_after)
        await pushes.rest(tx, row["session_id"], rests_until)
        return rests_until
    await pushes.wake(tx, row["session_id"])
    return now


async def count_waiting(tx: Tx, person_id: int) -> int:
    """What stands on the app's face."""
    return sum(it.unread_count for it in await messaging.list_waiting(tx, [person_id], said_before=clock.now()))


def _rest(failures: int, retry_after: timedelta | None) -> timedelta:
    own = model.rest_after(failures, _FIRST_REST, _LONGEST_REST)
    return min(max(own, retry_after or own), _LONGEST_REST)


def expires_in(said_at: datetime) -> int:
    """For so many seconds a push service may keep trying."""
    return max(60, int((said_at + LIFE - clock.now()).total_seconds()))
