"""Topics of a group: anybody in it opens one, from nothing or with a message; who opened it and the group's managers
name and close it. The chat says so, and everybody in it is told the topic as it is now."""

from datetime import UTC, datetime

from hutong import identity
from hutong.core import clock, ids, live
from hutong.core.actor import Actor
from hutong.core.db import Row, Tx
from hutong.core.errors import NotFound
from hutong.core.paging import make_cursor, read_cursor
from hutong.messaging import model, policy
from hutong.messaging import words as comparing
from hutong.messaging.actions.announce import post_notice
from hutong.messaging.actions.changes import access_said, tell_changed
from hutong.messaging.actions.messages import topic_out
from hutong.messaging.errors import AlreadyInTopic, MessageRecalled, NotAGroup, TooManyTopics, TopicNameTaken
from hutong.messaging.events import TopicChanged
from hutong.messaging.model import NoticeAction
from hutong.messaging.store import changes, topics
from hutong.messaging.topics import MAX_OPEN_TOPICS, ListedTopic, OpenTopic, Topic, TopicChange, TopicPage

_FOR_EVER = datetime(9000, 1, 1, tzinfo=UTC)


async def open_topic(tx: Tx, actor: Actor, conversation_id: int, wish: OpenTopic) -> tuple[Topic, bool]:
    """The topic, and whether it is new: the same client id gives the same topic again."""
    await policy.access_group(tx, actor, conversation_id)
    known = await topics.find_by_client_id(tx, conversation_id, actor.person_id, wish.client_id)
    if known is not None:
        return topic_out(known), False
    name = model.check_topic_name(wish.name)
    topic_id = ids.new()
    await _check_name(tx, conversation_id, name, beside=topic_id)
    await _check_room(tx, conversation_id)
    if wish.seq is not None:
        await _check_first(tx, actor, conversation_id, wish.seq)
    await topics.insert_topic(
        tx, topic_id, actor.company_id, conversation_id, name, comparing.fold(name), actor.person_id, wish.client_id,
        clock.now(),
    )  # fmt: skip
    topic = await _tell(tx, actor, conversation_id, topic_id, "topic_opened")
    if wish.seq is not None:
        revision = await changes.next_revision(tx, conversation_id)
        await topics.put_message(tx, conversation_id, wish.seq, topic_id, revision)
        await tell_changed(tx, actor, conversation_id, wish.seq)
    return topic, True


async def change_topic(tx: Tx, actor: Actor, conversation_id: int, topic_id: int, change: TopicChange) -> Topic:
    """Its name, and whether it is closed. What is so already changes nothing."""
    row = await policy.access_managed_topic(tx, actor, conversation_id, topic_id)
    topic = topic_out(row)
    name = topic.name if change.name is None else model.check_topic_name(change.name)
    is_closed = row["closed_at"] is not None
    will_be_closed = is_closed if change.is_closed is None else change.is_closed
    if not will_be_closed and (is_closed or name != topic.name):
        await _check_name(tx, conversation_id, name, beside=topic_id)
    if is_closed and not will_be_closed:
        await _check_room(tx, conversation_id)
    if name != topic.name:
        await topics.rename_topic(tx, topic_id, name, comparing.fold(name))
        topic = await _tell(tx, actor, conversation_id, topic_id, "topic_renamed")
    if will_be_closed != is_closed:
        by_id, at = (actor.person_id, clock.now()) if will_be_closed else (None, None)
        await topics.close_topic(tx, topic_id, by_id, at)
        action: NoticeAction = "topic_closed" if will_be_closed else "topic_reopened"
        topic = await _tell(tx, actor, conversation_id, topic_id, action)
    return topic


async def list_topics(
    tx: Tx, actor: Actor, conversation_id: int, *, are_closed: bool, cursor: str | None, limit: int
) -> TopicPage:
    """All that are open, or a page of those that are closed, with what the actor may read in each."""
    low = await _access_topics(tx, actor, conversation_id)
    next_cursor = None
    if are_closed:
        before = read_cursor(cursor, tuple[datetime, int]) if cursor else (_FOR_EVER, 0)
        rows = await topics.list_closed(tx, conversation_id, low, before, limit + 1)
        if len(rows) > limit:
            next_cursor = make_cursor(rows[limit - 1]["closed_at"], rows[limit - 1]["id"])
        rows = rows[:limit]
    else:
        rows = await topics.list_open(tx, conversation_id, low)
    people = await identity.list_people(tx, actor.company_id, list({row["opened_by_id"] for row in rows}))
    return TopicPage(items=[_listed(row) for row in rows], people=list(people.values()), next_cursor=next_cursor)


async def get_topic(tx: Tx, actor: Actor, conversation_id: int, topic_id: int) -> ListedTopic:
    row = await topics.find_listed(tx, conversation_id, await _access_topics(tx, actor, conversation_id), topic_id)
    if row is None:
        raise NotFound
    return _listed(row)


async def _access_topics(tx: Tx, actor: Actor, conversation_id: int) -> int:
    """After which place the actor reads."""
    participation = await policy.access_conversation(tx, actor, conversation_id)
    if participation["kind"] != "group":
        raise NotAGroup
    joined_seq: int = participation["joined_seq"]
    return joined_seq


async def _check_name(tx: Tx, conversation_id: int, name: str, *, beside: int) -> None:
    if await topics.is_open_name(tx, conversation_id, comparing.fold(name), beside=beside):
        raise TopicNameTaken


async def _check_room(tx: Tx, conversation_id: int) -> None:
    if await topics.count_open(tx, conversation_id) >= MAX_OPEN_TOPICS:
        raise TooManyTopics(most=MAX_OPEN_TOPICS)


async def _check_first(tx: Tx, actor: Actor, conversation_id: int, seq: int) -> None:
    said = await access_said(tx, actor, conversation_id, seq)
    if said["recalled_at"] is not None:
        raise MessageRecalled
    if said["topic_id"] is not None:
        raise AlreadyInTopic


async def _tell(tx: Tx, actor: Actor, conversation_id: int, topic_id: int, action: NoticeAction) -> Topic:
    """First the topic, so that who hears of it in the chat knows it."""
    row = await topics.find_topic(tx, conversation_id, topic_id)
    assert row is not None
    topic = topic_out(row)
    tx.tell(live.conversation_channel(conversation_id), TopicChanged(topic=topic))
    await post_notice(tx, actor, conversation_id, action, name=topic.name, topic_id=topic.id)
    return topic


def _listed(row: Row) -> ListedTopic:
    return ListedTopic(
        **{name: getattr(topic_out(row), name) for name in Topic.__struct_fields__},
        message_count=row["message_count"],
        last_seq=row["last_seq"],
        last_active_at=row["last_active_at"],
    )
