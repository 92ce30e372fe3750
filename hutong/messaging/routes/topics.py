"""Topics of a group, over HTTP. What is said in one: `GET …/messages?topic_id=`."""

from typing import Annotated, Literal

from litestar import Response, get, patch, post
from litestar.params import Parameter

from hutong.core import ids
from hutong.core.actor import Actor
from hutong.core.db import Database
from hutong.core.http import signed_in_member
from hutong.messaging.actions import topics
from hutong.messaging.topics import ListedTopic, OpenTopic, Topic, TopicChange, TopicPage

_MEMBER = [signed_in_member]
_TOPICS = "/api/conversations/{conversation_id:str}/topics"
_TOPIC = f"{_TOPICS}/{{topic_id:str}}"
Limit = Annotated[int, Parameter(ge=1, le=100)]


@get(_TOPICS, tags=["conversations"], summary="Topics of a group: all that are open, or the closed", guards=_MEMBER)
async def get_topics(
    conversation_id: str,
    actor: Actor,
    db: Database,
    wanted: Annotated[Literal["open", "closed"], Parameter(query="state")] = "open",
    cursor: str | None = None,
    limit: Limit = 50,
) -> TopicPage:
    async with db.begin() as tx:
        return await topics.list_topics(
            tx, actor, ids.parse(conversation_id), are_closed=wanted == "closed", cursor=cursor, limit=limit
        )


@post(_TOPICS, tags=["conversations"], summary="Open a topic, alone or with a message", guards=_MEMBER)
async def post_topic(conversation_id: str, data: OpenTopic, actor: Actor, db: Database) -> Response[Topic]:
    async with db.begin() as tx:
        topic, is_new = await topics.open_topic(tx, actor, ids.parse(conversation_id), data)
    return Response(topic, status_code=201 if is_new else 200)


@get(_TOPIC, tags=["conversations"], summary="One topic", guards=_MEMBER)
async def get_topic(conversation_id: str, topic_id: str, actor: Actor, db: Database) -> ListedTopic:
    async with db.begin() as tx:
        return await topics.get_topic(tx, actor, ids.parse(conversation_id), ids.parse(topic_id))


@patch(_TOPIC, tags=["conversations"], summary="Rename, close or reopen a topic", guards=_MEMBER)
async def patch_topic(conversation_id: str, topic_id: str, data: TopicChange, actor: Actor, db: Database) -> Topic:
    async with db.begin() as tx:
        return await topics.change_topic(tx, actor, ids.parse(conversation_id), ids.parse(topic_id), data)


handlers = [get_topics, post_topic, get_topic, patch_topic]
