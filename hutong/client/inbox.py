"""What this person's conversations look like, from frames and answers. No I/O.

Every one of them may come twice, late or out of order, and answers and frames may overtake each other; the same must
come out.
"""

from collections.abc import Collection
from typing import Literal

from msgspec.structs import replace

from hutong.client.beginning import without_beginning
from hutong.client.frames import ChannelFrame, ConversationChanged, ConversationLeft, GroupFrame, Read, Removed
from hutong.client.log import MessageLog
from hutong.client.model import ChangedMessages, Conversation, ConversationSettings, Draft, Message, Sync

# Where the log of a conversation begins that was there before this program: with what is said from now on, with what
# this person has not read, or with all they may read. One that appears later begins at its read mark.
Begin = Literal["now", "unread", "beginning"]
# A full answer tells of so many conversations at most, the most recently active.
MOST_TOLD = 1_000


class Inbox:
    """`follow`: the conversations whose messages are wanted without a hole; None: all."""

    def __init__(
        self,
        *,
        follow: Collection[str] | None = None,
        begin: Begin = "now",
        keep: int | None = None,
        person_id: str | None = None,
    ) -> None:
        self.conversations: dict[str, Conversation] = {}
        self.logs: dict[str, MessageLog] = {}
        self.settings: dict[str, ConversationSettings] = {}
        self.drafts: dict[str, Draft] = {}
        self.token: str | None = None
        self.person_id = person_id
        self._follow = None if follow is None else frozenset(follow)
        self._begin = begin
        self._keep = keep
        # Heard of since the last sync was asked for: about these, the answer is merely older.
        self._heard_since_sync: set[str] = set()
        # About conversations not known yet, while the answer that tells of them is on its way: it may be older.
        self._early: list[Read | ConversationChanged | GroupFrame] | None = None
        # The last message when name, owner and people were told: what was told of them earlier comes too late.
        self._changed_at: dict[str, int] = {}

    # -- what is missing -----------------------------------------------------------------------------------------

    def follows(self, conversation_id: str) -> bool:
        return self._follow is None or conversation_id in self._follow

    def holes(self) -> list[str]:
        """Where messages are missing, or what happened to some."""
        return [
            id_ for id_ in self.conversations if self.hole_after(id_) is not None or self.changes_after(id_) is not None
        ]

    def hole_after(self, conversation_id: str) -> int | None:
        """After which `seq` messages are missing in a followed conversation; None: nothing is."""
        log, conversation = self.logs.get(conversation_id), self.conversations.get(conversation_id)
        if log is None or conversation is None or log.last_seq is None:
            return None
        return log.last_seq if log.has_hole or conversation.last_seq > log.last_seq else None

    def changes_after(self, conversation_id: str) -> int | None:
        """After which revision changes of messages are missing in a followed conversation; None: none are."""
        log, conversation = self.logs.get(conversation_id), self.conversations.get(conversation_id)
        if log is None or conversation is None or log.last_seq is None:
            return None
        return log.revision if conversation.last_revision > log.revision else None

    # -- what comes in; messages that now stand in line are given back, each once --------------------------------

    def ask_sync(self) -> str | None:
        """The token to ask with, at the moment of asking."""
        self._heard_since_sync.clear()
        self._early = []
        return self.token

    def take_sync(self, answer: Sync) -> list[Message]:
        is_first, self.token = self.token is None, answer.token
        if answer.is_full:
            self._forget_untold(answer)
        for settings in answer.settings:
            self.take_settings(settings)
        for draft in answer.drafts:
            self.take_draft(draft)
        joined: list[Message] = []
        for told in answer.conversations:
            if not told.has_left:
                joined += self._merge(told, self._begin if is_first else None)
                if answer.is_full and told.id in self.logs and told.id not in self._heard_since_sync:
                    self.logs[told.id].end_at(told.last_seq)
            elif told.id not in self._heard_since_sync:
                self.conversations.pop(told.id, None)
        early, self._early = self._early or [], None
        for frame in early:
            self._take_early(frame)
        return joined

    def _take_early(self, frame: Read | ConversationChanged | GroupFrame) -> None:
        match frame:
            case Read():
                self.take_read(frame)
            case ConversationChanged():
                self.take_change(frame)
            case GroupFrame():
                self.take_group(frame)

    def _known(self, frame: Read | ConversationChanged | GroupFrame) -> Conversation | None:
        known = self.conversations.get(frame.conversation_id)
        if known is None and self._early is not None:
            self._early.append(frame)
        return known

    def take_conversation(self, told: Conversation) -> list[Message]:
        self._heard_since_sync.add(told.id)
        return self._merge(told, None)

    def take_change(self, frame: ConversationChanged) -> None:
        known = self._known(frame)
        if known is None or frame.seq < self._changed_at.get(known.id, 0):
            return
        self._changed_at[known.id] = frame.seq
        self.conversations[known.id] = with_shared(known, frame)

    def take_group(self, frame: GroupFrame) -> Conversation | None:
        """The conversation as it is governed now; None: it is not known, and will be told with this."""
        known = self._known(frame)
        if known is None or frame.group.revision <= known.group.revision:
            return known
        changed = self.conversations[known.id] = replace(known, group=frame.group)
        return changed

    def take_channel(self, frame: ChannelFrame) -> Conversation | None:
        """The channel as it is called now; None: not known yet, and to be asked for."""
        known = self.conversations.get(frame.conversation_id)
        if known is None:
            return None
        renamed = self.conversations[known.id] = replace(known, name=frame.name)
        return renamed

    def take_left(self, frame: ConversationLeft) -> None:
        """The log stays: should this person come back, it goes on where it was."""
        self.conversations.pop(frame.conversation_id, None)
        self._heard_since_sync.discard(frame.conversation_id)

    def take_message(self, message: Message) -> list[Message]:
        id_ = message.conversation_id
        self._heard_since_sync.add(id_)
        self._advance(message)
        return self._log(id_).hear(message) if self.follows(id_) else []

    def take_page(self, conversation_id: str, messages: list[Message]) -> list[Message]:
        """The answer to what is after a hole's edge."""
        for message in messages:
            self._advance(message)
        return self._log(conversation_id).take_page(messages)

    def take_changed(self, message: Message) -> tuple[list[Message], bool]:
        """Messages that now stand in line (the change overtook its message, and stands for it); whether it is news."""
        id_ = message.conversation_id
        known = self.conversations.get(id_)
        if known is not None:
            last = known.last_message
            if last is not None and last.seq == message.seq and message.revision > last.revision:
                known = replace(known, last_message=message)
            self.conversations[id_] = replace(known, last_revision=max(known.last_revision, message.revision))
        if not self.follows(id_):
            return [], True
        log = self._log(id_)
        is_news = log.change(message)
        if log.last_seq is not None and message.seq > log.last_seq:
            return self.take_message(message), is_news
        return [], is_news

    def take_changes(self, conversation_id: str, page: ChangedMessages) -> list[Message]:
        return self._log(conversation_id).take_changed(page)

    def take_read(self, frame: Read) -> None:
        known = self._known(frame)
        if known is None:
            return
        if frame.person_id == self.person_id:
            unread = min(known.unread_count, max(0, known.last_seq - frame.seq))
            known = replace(known, read_seq=max(known.read_seq, frame.seq), unread_count=unread)
            known = with_mention(known, known.mention_seq)
        elif known.peer_read_seq is not None:
            known = replace(known, peer_read_seq=max(known.peer_read_seq, frame.seq))
        self.conversations[known.id] = known

    def take_removed(self, frame: Removed) -> list[Message]:
        """What was before is gone; what it kept from standing in line comes."""
        return self._drop_before(frame.conversation_id, frame.first_seq)

    def take_settings(self, settings: ConversationSettings) -> None:
        known = self.settings.get(settings.conversation_id)
        if known is None or settings.revision > known.revision:
            self.settings[settings.conversation_id] = settings

    def take_draft(self, draft: Draft) -> None:
        known = self.drafts.get(draft.conversation_id)
        if known is None or draft.revision > known.revision:
            self.drafts[draft.conversation_id] = draft

    # -- inside --------------------------------------------------------------------------------------------------

    def _drop_before(self, conversation_id: str, seq: int) -> list[Message]:
        if (known := self.conversations.get(conversation_id)) is not None:
            self.conversations[known.id] = without_beginning(known, seq)
        log = self.logs.get(conversation_id)
        return log.drop_before(seq) if log is not None and self.follows(conversation_id) else []

    def _log(self, conversation_id: str) -> MessageLog:
        return self.logs.setdefault(conversation_id, MessageLog(self._keep))

    def _merge(self, told: Conversation, begin: Begin | None) -> list[Message]:
        known, changed_at = self.conversations.get(told.id), self._changed_at.get(told.id, 0)
        self.conversations[told.id] = merge(known, told, is_late=told.last_seq < changed_at) if known else told
        self._changed_at[told.id] = max(changed_at, told.last_seq)
        joined = self._drop_before(told.id, told.first_seq)
        if not self.follows(told.id):
            return []
        log = self._log(told.id)
        if log.last_seq is not None:
            return joined
        if self._begin == "beginning":
            return log.begin(0, told.last_revision)
        return log.begin(told.last_seq if begin == "now" else told.read_seq, told.last_revision)

    def _advance(self, message: Message) -> None:
        """The conversation's own view of a new message."""
        known = self.conversations.get(message.conversation_id)
        if known is None:
            return
        is_own = message.sender_id == self.person_id
        # Who speaks has read what was said before; also when a later message overtook this one on its way.
        if is_own and shows_reading(message, known.read_seq):
            unread = max(known.last_seq, message.seq) - message.seq
            known = replace(known, read_seq=message.seq, unread_count=unread)
        peer_read_seq = known.peer_read_seq
        if not is_own and peer_read_seq is not None and shows_reading(message, peer_read_seq):
            known = replace(known, peer_read_seq=message.seq)
        if message.seq > known.last_seq:
            known = replace(
                known,
                last_seq=message.seq,
                last_message=message,
                last_active_at=message.sent_at,
                unread_count=message.seq - known.read_seq,
            )
        calls = not is_own and self.person_id is not None and calls_on(message, self.person_id)
        known = with_mention(known, max(known.mention_seq, message.seq if calls else 0))
        self.conversations[known.id] = known

    def _forget_untold(self, answer: Sync) -> None:
        if len(answer.conversations) >= MOST_TOLD:
            return
        told = {conversation.id for conversation in answer.conversations} | self._heard_since_sync
        # A talk in which nothing was said yet is never told of.
        self.conversations = {id_: it for id_, it in self.conversations.items() if id_ in told or it.last_seq == 0}


def shows_reading(message: Message, read_seq: int) -> bool:
    """Who speaks in a topic, or for whom the clock speaks, has read what was said before only where nothing was
    unread."""
    tells_of_topic = message.notice is not None and message.notice.get("topic_id") is not None
    is_apart = message.is_scheduled or message.topic_id is not None or tells_of_topic
    return message.seq > read_seq and (not is_apart or message.seq == read_seq + 1)


def calls_on(message: Message, person_id: str) -> bool:
    called = message.mentions
    return called is not None and (called.everybody or any(person.id == person_id for person in called.people))


def with_mention(conversation: Conversation, seq: int) -> Conversation:
    """What calls on this person at `seq` counts until it is read."""
    kept = seq if seq > conversation.read_seq else 0
    return conversation if kept == conversation.mention_seq else replace(conversation, mention_seq=kept)


def with_shared(conversation: Conversation, told: Conversation | ConversationChanged) -> Conversation:
    return replace(
        conversation,
        name=told.name,
        owner_id=told.owner_id,
        participant_count=told.participant_count,
        people=told.people,
    )


def merge(known: Conversation, told: Conversation, *, is_late: bool = False) -> Conversation:
    """Names and people are as told, unless that `is_late`; what was said and read only ever grows, so the greater mark
    wins."""
    merged = with_shared(told, known if is_late else told)
    last_revision = max(known.last_revision, told.last_revision)
    merged = replace(
        merged,
        read_seq=max(known.read_seq, told.read_seq),
        last_revision=last_revision,
        first_seq=max(known.first_seq, told.first_seq),
    )
    merged = with_mention(merged, max(known.mention_seq, told.mention_seq))
    merged = replace(merged, group=max(known.group, told.group, key=lambda group: group.revision))
    if known.peer_read_seq is not None and told.peer_read_seq is not None:
        merged = replace(merged, peer_read_seq=max(known.peer_read_seq, told.peer_read_seq))
    if known.last_seq > told.last_seq:
        return replace(
            merged,
            last_seq=known.last_seq,
            last_message=known.last_message,
            last_active_at=known.last_active_at,
            unread_count=known.unread_count,
        )
    last, told_last = known.last_message, told.last_message
    if known.last_seq == told.last_seq and last and told_last and last.revision > told_last.revision:
        merged = replace(merged, last_message=last)
    if known.last_seq == told.last_seq and known.read_seq > told.read_seq:
        return replace(merged, unread_count=min(known.unread_count, told.unread_count))
    return merged
