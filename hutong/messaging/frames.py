"""The socket's verbs: the same as over HTTP, one action each, committed before the answer."""

from collections.abc import Awaitable
from typing import Annotated, TypeVar

import msgspec
from msgspec import Meta
from msgspec.json import Decoder

from hutong.core import ids
from hutong.core.actor import Actor
from hutong.core.db import Database
from hutong.core.events import Event
from hutong.core.live import UNREADABLE, BadFrame, Verb
from hutong.messaging.actions.read import ReadWriter, tell_typing
from hutong.messaging.actions.send import MessageWriter, Written
from hutong.messaging.events import SendAcknowledged
from hutong.messaging.model import SendMessage, Seq

ConversationId = Annotated[str, Meta(min_length=1, max_length=20)]
F = TypeVar("F", bound=msgspec.Struct)


class SendFrame(SendMessage, frozen=True, kw_only=True):
    conversation_id: ConversationId


class ReadFrame(msgspec.Struct, frozen=True, kw_only=True):
    conversation_id: ConversationId
    seq: Seq


class TypingFrame(msgspec.Struct, frozen=True, kw_only=True):
    conversation_id: ConversationId


def make_verbs(db: Database, writer: MessageWriter, reads: ReadWriter) -> dict[str, Verb]:
    """What a client may say, by the frame's type."""

    def send(actor: Actor, payload: bytes) -> Awaitable[Written]:
        frame = _decode(_send, payload)
        return writer.send(actor, ids.parse(frame.conversation_id), frame)

    def mark_read(actor: Actor, payload: bytes) -> Awaitable[None]:
        frame = _decode(_read, payload)
        return reads.mark_read(actor, ids.parse(frame.conversation_id), frame.seq)

    async def typing(actor: Actor, payload: bytes) -> None:
        frame = _decode(_typing, payload)
        async with db.begin() as tx:
            await tell_typing(tx, actor, ids.parse(frame.conversation_id))

    return {
        "send": Verb(send, _acknowledge),
        "read": Verb(mark_read, _say_nothing),
        "typing": Verb(typing, _say_nothing),
    }


def _acknowledge(written: Written) -> Event:
    message = written.message
    return SendAcknowledged(
        client_id=message.client_id,
        conversation_id=message.conversation_id,
        seq=message.seq,
        sent_at=message.sent_at,
    )


def _say_nothing(outcome: None) -> None:
    del outcome


_send, _read, _typing = Decoder(SendFrame), Decoder(ReadFrame), Decoder(TypingFrame)


def _decode(decoder: Decoder[F], payload: bytes) -> F:
    try:
        return decoder.decode(payload)
    except UNREADABLE as cause:
        raise BadFrame from cause
