"""What a person keeps for themself, and the rules of keeping, without I/O."""

from datetime import datetime
from typing import Annotated

import msgspec
from msgspec import Meta

from hutong.identity import Person
from hutong.messaging.content import MAX_MENTIONED
from hutong.messaging.model import MAX_TEXT, FoundConversation, Message, Quote


class ConversationSettings(msgspec.Struct, frozen=True, kw_only=True):
    """What a person keeps for themself about a conversation; of two views of it the greater `revision` holds.

    `archived_seq` is the last message when it was archived: it is archived as long as that one is the last, and a
    muted one stays so whatever is said. None: it is not. `seen_notice_seq`: up to which of the group's notices this
    person has looked.
    """

    conversation_id: str
    revision: int
    is_muted: bool = False
    is_pinned: bool = False
    archived_seq: int | None = None
    is_marked_unread: bool = False
    seen_notice_seq: int = 0


class SettingsChange(msgspec.Struct, frozen=True, kw_only=True):
    """What is left out stays. What is archived is not on top, and what is put on top is not archived. Who has looked at
    a notice has looked at those before it."""

    is_muted: bool | None = None
    is_pinned: bool | None = None
    is_archived: bool | None = None
    is_marked_unread: bool | None = None
    seen_notice_seq: Annotated[int, Meta(ge=0, le=2**62)] | None = None


class DraftMention(msgspec.Struct, frozen=True, kw_only=True):
    id: Annotated[str, Meta(min_length=1, max_length=20)]
    name: Annotated[str, Meta(max_length=100)]


class DraftMentions(msgspec.Struct, frozen=True, kw_only=True):
    """Whom a text will call on as far as its writer has picked them; nobody hears of it before it is sent."""

    everybody: bool = False
    people: Annotated[list[DraftMention], Meta(max_length=MAX_MENTIONED)] = []


class DraftWish(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody has typed, and not sent. An empty text is no draft.

    It takes the place of what is kept when whoever typed it had seen that (`base_revision`: the one they knew last), or
    when it was typed later: `age_seconds` ago.
    """

    text: Annotated[str, Meta(max_length=MAX_TEXT * 4)]
    reply_to_seq: Annotated[int, Meta(ge=1, le=2**62)] | None = None
    mentions: DraftMentions | None = None
    base_revision: Annotated[int, Meta(ge=0, le=2**62)] = 0
    age_seconds: Annotated[float, Meta(ge=0, le=1e9)] = 0


class KeptDraft(msgspec.Struct, frozen=True, kw_only=True):
    """What a person has half-written in a conversation; of two views of it the greater `revision` holds."""

    conversation_id: str
    text: str
    reply_to: Quote | None
    mentions: DraftMentions | None
    typed_at: datetime
    revision: int


def is_archived(settings: ConversationSettings, last_seq: int) -> bool:
    return settings.archived_seq is not None and (settings.is_muted or last_seq <= settings.archived_seq)


def apply_change(settings: ConversationSettings, change: SettingsChange, *, last_seq: int) -> ConversationSettings:
    """The settings as wished, with the revision that they had."""
    was_archived = is_archived(settings, last_seq)
    is_muted = settings.is_muted if change.is_muted is None else change.is_muted
    is_pinned = settings.is_pinned if change.is_pinned is None else change.is_pinned
    stays = (was_archived and not change.is_pinned) if change.is_archived is None else change.is_archived
    # What is archived already keeps its mark; but unmuting must not bring it back for what was said meanwhile.
    keeps_mark = was_archived and is_muted == settings.is_muted
    return msgspec.structs.replace(
        settings,
        is_muted=is_muted,
        is_pinned=is_pinned and not stays,
        archived_seq=(settings.archived_seq if keeps_mark else last_seq) if stays else None,
        is_marked_unread=settings.is_marked_unread if change.is_marked_unread is None else change.is_marked_unread,
        # Not beyond what was said: a later notice would go unseen.
        seen_notice_seq=max(settings.seen_notice_seq, min(change.seen_notice_seq or 0, last_seq)),
    )


class StarPage(msgspec.Struct, frozen=True, kw_only=True):
    """Messages that a person keeps, the newest star first, with where and by whom they were said."""

    items: list[Message]
    conversations: list[FoundConversation]
    people: list[Person]
    next_cursor: str | None
