"""A client of docs/protocol.md for programs: bots, scripts, tests. It stands on its own and knows no room.

    async with Client("https://hutong.example.com", token=token) as client:
        await client.send(conversation_id, "您好")
        async for message in client.messages():
            await client.send(message.conversation_id, f"收到：{message.text}")

Promises: what is sent is kept until it is acknowledged or refused, over outages and (with a file as outbox) over the
end of the program, and stands once in the conversation; of a followed conversation every message is heard, in order,
once. docs/guide/bots.md shows a whole bot.
"""

from hutong.client.client import Client, Event
from hutong.client.errors import ClientError, Closed, LineRefused, OutboxInUse, Refused, SignedOut
from hutong.client.frames import (
    ContactFrame,
    ConversationChanged,
    ConversationLeft,
    JoinRequests,
    MessageChanged,
    NudgeConfirmed,
    NudgeMade,
    Read,
    Removed,
    Scheduled,
    TopicFrame,
    Typing,
)
from hutong.client.inbox import Begin, Inbox
from hutong.client.log import MessageLog
from hutong.client.model import Conversation, ConversationSettings, Draft, File, Message, Page, Person, Sync, Topic
from hutong.client.outbox import Outbox, Outgoing

__all__ = [
    "Begin",
    "Client",
    "ClientError",
    "Closed",
    "ContactFrame",
    "Conversation",
    "ConversationChanged",
    "ConversationLeft",
    "ConversationSettings",
    "Draft",
    "Event",
    "File",
    "Inbox",
    "JoinRequests",
    "LineRefused",
    "Message",
    "MessageChanged",
    "MessageLog",
    "NudgeConfirmed",
    "NudgeMade",
    "Outbox",
    "OutboxInUse",
    "Outgoing",
    "Page",
    "Person",
    "Read",
    "Refused",
    "Removed",
    "Scheduled",
    "SignedOut",
    "Sync",
    "Topic",
    "TopicFrame",
    "Typing",
]
