"""The one door for a message: whoever speaks, by socket or HTTP, as a person or for a room, ends here.

Sends that arrive together share a transaction: the first is written at once, what comes while a write is in flight
is gathered behind it. Acknowledged means committed; heard means after the commit.
"""

from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence

import msgspec
from msgspec import UNSET, UnsetType

from hutong import directory, files
from hutong.core import clock, ids, live
from hutong.core.actor import Actor
from hutong.core.db import Database, Row, Tx
from hutong.core.errors import HutongError, NotFound
from hutong.core.gather import LATER, Gatherer, Later
from hutong.files import Demand, File
from hutong.messaging import model
from hutong.messaging.actions.cards import find_cards
from hutong.messaging.actions.mentions import find_mentions, keep_mentions
from hutong.messaging.actions.messages import messages_out, quote_out
from hutong.messaging.actions.tell import tell_conversation
from hutong.messaging.content import Content, Location, Voice, clean_location, place_words, spoken_length
from hutong.messaging.errors import (
    AnsweredUnknown,
    CardUnknown,
    LocationMissing,
    NotPublisher,
    TopicClosed,
    TopicUnknown,
)
from hutong.messaging.events import MessageSent
from hutong.messaging.model import Draft, Message, Quote, SendMessage
from hutong.messaging.store import channels, messages
from hutong.messaging.store import send as writing

_OF_TOPICS = {error.code: error for error in (TopicClosed, TopicUnknown)}
_DEMANDS: dict[str, Demand] = {"image": "picture", "voice": "voice"}


class Written(msgspec.Struct, frozen=True):
    """A message in its place. `is_new` is False when its client id had been said before: then this is the first one."""

    message: Message
    is_new: bool


def draft_of(actor: Actor, conversation_id: int, wish: SendMessage) -> Draft:
    """What is to be written. Raises EmptyMessage, MessageTooLong, CardUnknown, LocationMissing, NotFound (the file)."""
    # A customer who could show cards could ask by them who works here.
    if wish.kind == "card" and (wish.card_id is None or actor.kind != "member"):
        raise CardUnknown
    location = clean_location(wish.location) if wish.kind == "location" and wish.location else None
    if wish.kind == "location" and location is None:
        raise LocationMissing
    return Draft(
        conversation_id=conversation_id,
        sender_id=actor.person_id,
        company_id=actor.company_id,
        client_id=wish.client_id,
        kind=wish.kind,
        body=model.check_text(wish.text) if wish.kind == "text" else place_words(location) if location else "",
        content=_content_of(wish, location),
        file_id=ids.parse(wish.file_id or "") if wish.kind in {"image", "file", "voice"} else None,
        levels=wish.levels if wish.kind == "voice" else [],
        card_id=ids.parse_named([wish.card_id])[0] if wish.kind == "card" and wish.card_id else None,
        reply_to_seq=wish.reply_to_seq,
        mentions=wish.mentions if wish.kind == "text" else None,
        topic_id=ids.parse_named([wish.topic_id])[0] if wish.topic_id is not None else None,
    )


def _content_of(wish: SendMessage, location: Location | None) -> Content | None:
    if location is not None:
        return Content(location=location)
    return Content(without_preview=True) if wish.without_preview and wish.kind == "text" else None


async def write_messages(tx: Tx, drafts: Sequence[Draft], *, waits: bool = True) -> list[Written | HutongError | Later]:
    """Write drafts and tell the participants when it is committed.

    One outcome a draft, in order: Written, the error that is that sender's alone, or LATER when the conversation is
    locked elsewhere and `waits` is False: try it in the next batch.
    """
    outcomes: list[Written | HutongError | Later] = [LATER] * len(drafts)
    quotes, drafts = await _find_quotes(tx, drafts, outcomes)
    drafts = await _put_cards(tx, drafts, outcomes)
    contents = await _find_contents(tx, drafts, outcomes)
    used = await _take_files(tx, drafts, outcomes)
    drafts = _put_voices(drafts, used, contents)
    ready = [place for place, outcome in enumerate(outcomes) if outcome is LATER]
    if not ready:
        return outcomes
    rows = [
        (
            d.conversation_id, d.sender_id, d.client_id, d.kind, d.body, d.file_id, d.notice, d.reply_to_seq, content,
            d.topic_id,
        )
        for d, content in ((drafts[place], contents.get(place)) for place in ready)
    ]  # fmt: skip
    refused, said = [], []
    for place, row in zip(ready, await writing.send_messages(tx, rows, clock.now(), waits=waits), strict=True):
        draft = drafts[place]
        if row["outcome"] == "refused":
            refused.append(place)
        elif row["outcome"] in _OF_TOPICS:
            outcomes[place] = _OF_TOPICS[row["outcome"]]()
        elif row["outcome"] != "held":
            file = used.get(draft.file_id) if draft.file_id else None
            message = _message(draft, row, file, quotes.get(place, UNSET), contents.get(place, Content()))
            outcomes[place] = Written(message, row["outcome"] == "new")
            if row["outcome"] == "new":
                said.append(message)
                await _tell(tx, draft, message)
    await keep_mentions(tx, said)
    for place, error in zip(refused, await _refusals(tx, [drafts[place] for place in refused]), strict=True):
        outcomes[place] = error
    return outcomes


async def _find_contents(
    tx: Tx, drafts: Sequence[Draft], outcomes: list[Written | HutongError | Later]
) -> dict[int, Content]:
    """By the drafts' places, what each holds beside its words."""
    contents = {place: draft.content for place, draft in enumerate(drafts) if draft.content is not None}
    for place, called in (await find_mentions(tx, drafts)).items():
        if isinstance(called, HutongError):
            outcomes[place] = called
        else:
            contents[place] = msgspec.structs.replace(contents.get(place, Content()), mentions=called)
    return contents


async def _put_cards(tx: Tx, drafts: Sequence[Draft], outcomes: list[Written | HutongError | Later]) -> Sequence[Draft]:
    """The drafts, each card in its own; a card's words are the name on it."""
    shown = await find_cards(tx, drafts)
    if not shown:
        return drafts
    put = list(drafts)
    for place, card in shown.items():
        if isinstance(card, HutongError):
            outcomes[place] = card
        else:
            put[place] = msgspec.structs.replace(drafts[place], body=card.name, content=Content(card=card))
    return put


async def _refusals(tx: Tx, drafts: Sequence[Draft]) -> list[HutongError]:
    """Who hears a channel is told that others write in it; for everybody else there is no such conversation."""
    if not drafts:
        return []
    placements = await directory.list_placements(tx, list({draft.sender_id for draft in drafts}))
    heard = await channels.list_heard_ids(tx, placements)
    return [NotPublisher() if d.conversation_id in heard.get(d.sender_id, ()) else NotFound() for d in drafts]


async def _find_quotes(
    tx: Tx, drafts: Sequence[Draft], outcomes: list[Written | HutongError | Later]
) -> tuple[dict[int, Quote | UnsetType], Sequence[Draft]]:
    """By the drafts' places, what each answers; what its sender cannot read is their error. And the drafts: an answer
    that names no topic stays in that of what it answers."""
    answers = {
        place: (draft.conversation_id, draft.reply_to_seq, draft.sender_id)
        for place, draft in enumerate(drafts)
        if draft.reply_to_seq is not None
    }
    if not answers:
        return {}, drafts
    rows = await messages.list_quotes(tx, list(answers.values()))
    files_of: dict[int, list[int]] = defaultdict(list)
    for place, answer in answers.items():
        if answer not in rows:
            outcomes[place] = AnsweredUnknown()
        elif rows[answer]["quoted_file_id"]:
            files_of[drafts[place].company_id].append(rows[answer]["quoted_file_id"])
    known = {
        id_: f
        for company, wanted in files_of.items()
        for id_, f in (await files.list_files(tx, company, wanted)).items()
    }
    kept = list(drafts)
    for place, answer in answers.items():
        if answer in rows and kept[place].topic_id is None:
            kept[place] = msgspec.structs.replace(kept[place], topic_id=rows[answer]["open_topic_id"])
    quotes: dict[int, Quote | UnsetType] = {
        place: quote_out(answer[1], rows[answer], known) for place, answer in answers.items() if answer in rows
    }
    return quotes, kept


async def _take_files(
    tx: Tx, drafts: Sequence[Draft], outcomes: list[Written | HutongError | Later]
) -> dict[int, File]:
    """The drafts' own uploads, now part of messages; what cannot be used is its sender's error.

    A repeated send may use its file again. In the order of the files' ids, which is the order of their locks. What is
    forwarded was used before.
    """
    forwarded = [draft.file_id for draft in drafts if draft.file_id and draft.is_forwarded]
    used = await files.list_files(tx, drafts[0].company_id, forwarded) if forwarded else {}
    own = [(place, draft) for place, draft in enumerate(drafts) if draft.file_id and not draft.is_forwarded]
    for place, draft in sorted(
        ((place, draft) for place, draft in own if outcomes[place] is LATER),
        key=lambda pair: pair[1].file_id or 0,
    ):
        assert draft.file_id is not None
        try:
            used[draft.file_id] = await files.use_file(
                tx, draft.company_id, draft.sender_id, draft.file_id, must_be=_DEMANDS.get(draft.kind)
            )
        except HutongError as error:
            outcomes[place] = error
    return used


def _put_voices(drafts: Sequence[Draft], used: dict[int, File], contents: dict[int, Content]) -> Sequence[Draft]:
    """The drafts; the words of spoken ones are their length."""
    put = list(drafts)
    for place, draft in enumerate(drafts):
        file = used.get(draft.file_id or 0)
        if draft.kind == "voice" and file is not None and file.duration_ms:
            if not draft.is_forwarded:
                contents[place] = Content(voice=Voice(duration_ms=file.duration_ms, levels=draft.levels))
            put[place] = msgspec.structs.replace(draft, body=spoken_length(file.duration_ms))
    return put


async def _tell(tx: Tx, draft: Draft, message: Message) -> None:
    if message.seq == 1:
        # Before the first word nobody but its opener knew of the conversation.
        await tell_conversation(tx, draft.company_id, draft.conversation_id, begins=True)
    tx.tell(live.conversation_channel(draft.conversation_id), MessageSent(message=message))


def _message(draft: Draft, row: Row, file: File | None, reply_to: Quote | UnsetType, content: Content) -> Message:
    return Message(
        conversation_id=str(draft.conversation_id),
        seq=row["seq"],
        sender_id=str(draft.sender_id),
        client_id=draft.client_id,
        kind=draft.kind,
        text=draft.body,
        file=file,
        notice=draft.notice,
        sent_at=row["sent_at"],
        reply_to=reply_to,
        mentions=content.mentions,
        merged=content.merged,
        card=content.card,
        voice=content.voice,
        location=content.location,
        is_scheduled=content.is_scheduled or UNSET,
        topic_id=str(draft.topic_id) if draft.topic_id else UNSET,
    )


async def write_message(tx: Tx, draft: Draft) -> Written:
    """One draft as part of a larger deed (a walk-in, a change of the group). Raises what is wrong with it."""
    (outcome,) = await write_messages(tx, [draft])
    if isinstance(outcome, HutongError):
        raise outcome
    assert isinstance(outcome, Written)
    return outcome


class MessageWriter:
    """Gathers the sends of one process into batches. One for each process that takes messages."""

    def __init__(self, db: Database, on_written: Callable[[Sequence[int]], None] | None = None) -> None:
        """`on_written` hears after each commit which conversations may have got words. It must be cheap."""
        self._db = db
        self._on_written = on_written
        self._gatherer: Gatherer[Draft, Written] = Gatherer("messages", self._write)

    def send(self, actor: Actor, conversation_id: int, wish: SendMessage) -> Awaitable[Written]:
        """Done when the message is committed. Sends of one caller keep their order. Raises what `draft_of` does."""
        return self.write(draft_of(actor, conversation_id, wish))

    def write(self, draft: Draft) -> Awaitable[Written]:
        """The same for what is ready to be written."""
        return self._gatherer.put(draft)

    async def close(self) -> None:
        """What is in flight is written and acknowledged."""
        await self._gatherer.settle()

    async def _write(self, drafts: list[Draft]) -> list[Written | HutongError | Later]:
        # With files, cards or mentions there is more to do than one statement; without, beginning and committing would
        # cost the most.
        writes_more = any(draft.file_id or draft.kind == "card" or draft.mentions for draft in drafts)
        edge = self._db.begin if writes_more else self._db.single
        async with edge() as tx:
            outcomes = await write_messages(tx, drafts, waits=False)
        if self._on_written is not None:
            self._on_written([draft.conversation_id for draft in drafts])
        return outcomes


async def find_written(tx: Tx, draft: Draft) -> Message | None:
    """What was said first under the draft's client id, as it stands now."""
    row = await messages.find_message_by_client_id(tx, draft.conversation_id, draft.sender_id, draft.client_id)
    return (await messages_out(tx, draft.company_id, [(draft.conversation_id, row)]))[0] if row else None
