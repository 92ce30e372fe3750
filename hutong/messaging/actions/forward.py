"""Saying again elsewhere what was said here: each message by itself, or several as one."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Literal, NamedTuple
from uuid import UUID, uuid5

import msgspec
from msgspec import UNSET, Meta, UnsetType

from hutong import identity
from hutong.core import ids
from hutong.core.actor import Actor
from hutong.core.db import Tx
from hutong.core.errors import HutongError, Invalid, NotFound
from hutong.files import File
from hutong.messaging import model, policy
from hutong.messaging.actions.cards import list_present_cards
from hutong.messaging.actions.messages import messages_out
from hutong.messaging.actions.send import Written, write_messages
from hutong.messaging.content import Card, Content, Location, Merged, MergedLine, Voice
from hutong.messaging.errors import NotForwardable
from hutong.messaging.model import ConversationKind, Draft, Message
from hutong.messaging.store import bundles, messages

MAX_FORWARDED = 100
MAX_TARGETS = 20
# Messages written by one request.
MAX_WRITTEN = 500
# Of a merged message its bubble shows so much.
LINES, LINE_LENGTH = 4, 100

ConversationId = Annotated[str, Meta(min_length=1, max_length=20)]


class Forward(msgspec.Struct, frozen=True, kw_only=True):
    """What to say again, where, and what to say about it. `client_id` makes a repetition harmless."""

    client_id: UUID
    seqs: Annotated[list[Annotated[int, Meta(ge=1, le=2**62)]], Meta(min_length=1, max_length=MAX_FORWARDED)]
    to: Annotated[list[ConversationId], Meta(min_length=1, max_length=MAX_TARGETS)]
    way: Literal["each", "merged"] = "each"
    comment: Annotated[str, Meta(max_length=model.MAX_TEXT * 4)] = ""


class Again(NamedTuple):
    """What is said again, wherever it goes."""

    kind: model.MessageKind
    body: str
    file_id: int | None
    content: Content | None


class BundleItem(msgspec.Struct, frozen=True, kw_only=True):
    """One of the messages that were forwarded as one, as it stood then; a card as its person is now."""

    sender_id: str
    sender_name: str
    kind: model.MessageKind
    text: str
    sent_at: datetime
    file: File | UnsetType = UNSET
    merged: Merged | UnsetType = UNSET
    card: Card | UnsetType = UNSET
    voice: Voice | UnsetType = UNSET
    location: Location | UnsetType = UNSET


class Bundle(msgspec.Struct, frozen=True, kw_only=True):
    items: list[BundleItem]


async def forward(tx: Tx, actor: Actor, conversation_id: int, wish: Forward) -> list[Message]:
    """All of it or nothing; the messages as they stand in their new places, by target.

    Raises NotForwardable for what was recalled or is a notice, NotFound for what the actor cannot read or where they
    cannot speak, NotPublisher for a channel.
    """
    source, said = await _read(tx, actor, conversation_id, sorted(set(wish.seqs)))
    again = [
        Again(
            kind=it.kind, body=it.text, file_id=int(it.file.id) if it.file else None,
            content=Content(merged=it.merged, card=it.card, voice=it.voice, location=it.location),
        )
        for it in said
    ]  # fmt: skip
    if wish.way == "merged" and len(said) > 1:
        merged = await _merge(tx, actor, source, said, wish.client_id)
        again = [Again(kind="merged", body="", file_id=None, content=merged)]
    targets = [ids.parse(id_) for id_ in dict.fromkeys(wish.to)]
    if len(again) * len(targets) > MAX_WRITTEN:
        raise Invalid(details={"fields": [{"field": "to", "message": f"<= {MAX_WRITTEN} messages in all"}]})
    if model.clean_text(wish.comment):
        again.append(Again(kind="text", body=model.check_text(wish.comment), file_id=None, content=None))
    drafts = [
        Draft(
            conversation_id=target, sender_id=actor.person_id, company_id=actor.company_id,
            client_id=uuid5(wish.client_id, f"{target}:{place}"), kind=it.kind, body=it.body, file_id=it.file_id,
            content=it.content, is_forwarded=True,
        )
        for target in targets for place, it in enumerate(again)
    ]  # fmt: skip
    return [_written(outcome) for outcome in await write_messages(tx, drafts)]


async def read_bundle(tx: Tx, actor: Actor, conversation_id: int, bundle_id: int) -> Bundle:
    """What was forwarded as one, for whoever may read a message here that carries it."""
    participation = await policy.access_conversation(tx, actor, conversation_id)
    row = await bundles.find_items(tx, conversation_id, participation["joined_seq"], bundle_id)
    if row is None:
        raise NotFound
    items = msgspec.convert(row["items"], list[BundleItem])
    cards = await list_present_cards(tx, actor.company_id, [it.card for it in items])
    return Bundle(
        items=[
            msgspec.structs.replace(it, card=cards.get(it.card.person_id, it.card)) if it.card else it for it in items
        ]
    )


async def _read(
    tx: Tx, actor: Actor, conversation_id: int, seqs: Sequence[int]
) -> tuple[ConversationKind, list[Message]]:
    """What kind of conversation it is, and the messages as they stand."""
    participation = await policy.access_conversation(tx, actor, conversation_id)
    if seqs[0] <= participation["joined_seq"]:
        raise NotFound
    rows = await messages.list_messages_at(tx, conversation_id, seqs)
    if len(rows) < len(seqs):
        raise NotFound
    if any(row["recalled_at"] is not None or row["message_kind"] == "notice" for row in rows):
        raise NotForwardable
    said = await messages_out(tx, actor.company_id, [(conversation_id, row) for row in rows])
    return participation["kind"], said


async def _merge(tx: Tx, actor: Actor, source: ConversationKind, said: Sequence[Message], client_id: UUID) -> Content:
    """The bundle is written, once for all targets; what its bubble shows."""
    people = await identity.list_people(tx, actor.company_id, [int(it.sender_id) for it in said])
    items = [
        BundleItem(
            sender_id=it.sender_id,
            sender_name=people[int(it.sender_id)].name,
            kind=it.kind,
            text=it.text,
            sent_at=it.sent_at,
            file=it.file or UNSET,
            merged=it.merged,
            card=it.card,
            voice=it.voice,
            location=it.location,
        )
        for it in said
    ]
    inner = [int(it.merged.bundle_id) for it in items if it.merged]
    contained = await bundles.list_bundles(tx, actor.company_id, inner)
    bundle_ids = {*inner, *(id_ for row in contained for id_ in row["bundle_ids"])}
    file_ids = {int(it.file.id) for it in items if it.file} | {id_ for row in contained for id_ in row["file_ids"]}
    bundle_id = await bundles.insert_bundle(
        tx, ids.new(), actor.company_id, f"{actor.person_id}:{client_id}", msgspec.json.encode(items).decode(),
        sorted(bundle_ids), sorted(file_ids),
    )  # fmt: skip
    return Content(
        merged=Merged(
            bundle_id=str(bundle_id),
            count=len(items),
            conversation_kind=source,
            names=list(dict.fromkeys(it.sender_name for it in items))[:2],
            lines=[
                MergedLine(
                    name=it.sender_name,
                    kind=it.kind,
                    text=it.file.name if it.file and it.kind == "file" else it.text[:LINE_LENGTH],
                )
                for it in items[:LINES]
            ],
        )
    )


def _written(outcome: object) -> Message:
    if isinstance(outcome, HutongError):
        raise outcome
    assert isinstance(outcome, Written)
    return outcome.message
