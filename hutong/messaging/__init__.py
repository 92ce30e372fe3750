"""Conversations: who is in them, what is said in them, what was read. The heart of the network.

Tables: conversations, participants, messages, message_versions, message_reactions, message_mentions, message_pins,
bundles, channel_audiences, channel_readers, message_words, indexed_conversations, conversation_settings, drafts,
groups, join_requests, scheduled_messages, topics, nudges, link_previews, link_preview_settings,
retention, released.
Events out (live): MessageSent, MessageChanged, ConversationBegun, ConversationChanged, ConversationLeft,
ChannelChanged, GroupChanged, TopicChanged, JoinRequestsChanged, ReadMoved, SettingsChanged, DraftChanged,
ScheduledChanged, NudgeMade, NudgeConfirmed, MessagesRemoved,
PersonTyping.
Events in: none.

Promises:
- One door: every message is written by `send` (MessageWriter) or, inside a larger deed, by `write_message`.
- `seq` counts from 1 in each conversation, without gaps, in the order of commit.
- An acknowledged message is committed; the same client id is one message, however often it is said.
- What happens to a message afterwards has its number, `revision`, counted in each conversation from 1 without gaps.
- A read mark never goes back; every one goes through ReadWriter, and receipts are counted from the marks.
- Who is no participant finds nothing: no message, no file, no name. An announcement channel is open also to those whom
  its rule lets in (a department with all below it, everybody), decided by the directory at each reading.
- What waits for its time is said once, by the door, with the rights of that moment; what may not be said stays with its
  author, with the reason.
- Whom a message is urgent for is asked once, up to a number a day, and what asks for them stays until they confirm.
- What the company keeps no longer goes from the beginning of each conversation, with all that hangs on it; `seq` stays.
- What a person keeps for themself (settings, drafts), their own devices learn and nobody else.
- Publishing to any number is one row and one delivery.
"""

from hutong.messaging.actions.cards import read_card
from hutong.messaging.actions.changes import react, recall_message
from hutong.messaging.actions.forward import Bundle, read_bundle
from hutong.messaging.actions.groups import create_group, find_between, open_customer_conversation, open_direct
from hutong.messaging.actions.hearing import list_live_channels
from hutong.messaging.actions.index import Indexer
from hutong.messaging.actions.messages import list_changed, list_messages
from hutong.messaging.actions.notices import Waiting, list_changed_since, list_waiting
from hutong.messaging.actions.nudges import find_waiting_nudge
from hutong.messaging.actions.nudges import take_unpushed as take_unpushed_nudges
from hutong.messaging.actions.previews import forget_old as forget_old_previews
from hutong.messaging.actions.read import ReadWriter
from hutong.messaging.actions.removing import Remover
from hutong.messaging.actions.search import search_messages
from hutong.messaging.actions.send import MessageWriter, Written, draft_of, find_written, write_message
from hutong.messaging.actions.tell import tell_face
from hutong.messaging.actions.views import get_conversation, view_conversations
from hutong.messaging.content import Location
from hutong.messaging.frames import make_verbs
from hutong.messaging.jobs import Scheduler
from hutong.messaging.model import ChangedMessages, Conversation, Message, Page, SendMessage
from hutong.messaging.policy import access_file as get_file
from hutong.messaging.previewing import Previewer

__all__ = [
    "Bundle",
    "ChangedMessages",
    "Conversation",
    "Indexer",
    "Location",
    "Message",
    "MessageWriter",
    "Page",
    "Previewer",
    "ReadWriter",
    "Remover",
    "Scheduler",
    "SendMessage",
    "Waiting",
    "Written",
    "create_group",
    "draft_of",
    "find_between",
    "find_waiting_nudge",
    "find_written",
    "forget_old_previews",
    "get_conversation",
    "get_file",
    "list_changed",
    "list_changed_since",
    "list_live_channels",
    "list_messages",
    "list_waiting",
    "make_verbs",
    "open_customer_conversation",
    "open_direct",
    "react",
    "read_bundle",
    "read_card",
    "recall_message",
    "search_messages",
    "take_unpushed_nudges",
    "tell_face",
    "view_conversations",
    "write_message",
]
