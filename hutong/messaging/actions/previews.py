"""What a message's link leads to, shown under it: looked at by the server, after the message is said.

A page is asked once for all of a company, the answer kept for a while, also that there is none. What is shown is a
change of the message, told like any other.
"""

from datetime import timedelta
from typing import Literal

import msgspec

from hutong import files
from hutong.core import audit, clock
from hutong.core.actor import Actor
from hutong.core.db import Row, Tx
from hutong.core.errors import NotFound
from hutong.files import Received, StoredFile
from hutong.messaging import policy
from hutong.messaging.actions.changes import access_own, tell_changed
from hutong.messaging.actions.messages import find_message
from hutong.messaging.content import Content
from hutong.messaging.linked import LinkPreview, first_link
from hutong.messaging.model import Message
from hutong.messaging.store import changes, conversations, previews

# Whoever asks a page and is cut off is taken for gone after this.
_ASKING = timedelta(minutes=1)
_KNOWN, _NOTHING = timedelta(days=7), timedelta(hours=1)

Wanted = Literal["nothing", "wait", "ask"]


class Linking(msgspec.Struct, frozen=True):
    """A message that links somewhere, and what is to be done for it: ask the page, or wait for whoever asks it."""

    wanted: Wanted
    company_id: int = 0
    sender_id: int = 0
    url: str = ""

    @property
    def sender(self) -> Actor:
        return Actor(kind="member", company_id=self.company_id, person_id=self.sender_id, session_id=0)


NOTHING = Linking("nothing")


async def look(tx: Tx, conversation_id: int, seq: int) -> Linking:
    """What is to be done for a message; what is known already is shown at once."""
    row = await previews.find_linking(tx, conversation_id, seq)
    url = first_link(row["body"]) if row else None
    if row is None or url is None or not _wants(row) or not await previews.is_on(tx, row["company_id"]):
        return NOTHING
    linking = Linking("ask", row["company_id"], row["sender_id"], url)
    now = clock.now()
    if await previews.claim(tx, linking.company_id, url, now, now + _ASKING):
        return linking
    known = await previews.find(tx, linking.company_id, url)
    if known is None or known["state"] == "asked":
        return msgspec.structs.replace(linking, wanted="wait")
    if known["state"] == "found":
        await _show(tx, linking, conversation_id, seq, known)
    return NOTHING


async def settle(tx: Tx, linking: Linking, preview: LinkPreview | None, picture: Received | None) -> None:
    """What a page said of itself, kept for everybody in the company; None: nothing."""
    picture_id = None
    if picture is not None:
        file = await files.keep_file(tx, linking.sender, picture)
        await files.use_file(tx, linking.company_id, linking.sender_id, picture.id)
        picture_id = int(file.id)
    until = clock.now() + (_KNOWN if preview else _NOTHING)
    await previews.settle(tx, linking.company_id, linking.url, preview, picture_id, until)


async def let_go(tx: Tx, linking: Linking) -> None:
    """Nobody asks, after all: the next message that links there may."""
    await previews.let_go(tx, linking.company_id, linking.url)


async def _show(tx: Tx, linking: Linking, conversation_id: int, seq: int, known: Row) -> None:
    """Once, and only if the message still links there."""
    await conversations.lock_conversation(tx, conversation_id)
    row = await previews.find_linking(tx, conversation_id, seq)
    if row is None or not _wants(row) or first_link(row["body"]) != linking.url:
        return
    preview = msgspec.convert(known["preview"], LinkPreview)
    revision = await changes.next_revision(tx, conversation_id)
    await previews.put(tx, conversation_id, seq, revision, preview, known["picture_id"])
    await tell_changed(tx, linking.sender, conversation_id, seq)


def _wants(row: Row) -> bool:
    content = msgspec.convert(row["content"], Content) if row["content"] else Content()
    return not content.preview and not content.without_preview


async def remove_preview(tx: Tx, actor: Actor, conversation_id: int, seq: int) -> Message:
    """Its author wants none: it is gone for everybody, and does not come back. Removed twice is removed."""
    await access_own(tx, actor, conversation_id, seq)
    row = await previews.find_linking(tx, conversation_id, seq)
    if row is None:
        raise NotFound
    if row["content"] and row["content"].get("without_preview"):
        return await find_message(tx, actor.company_id, conversation_id, seq)
    await previews.remove(tx, conversation_id, seq, await changes.next_revision(tx, conversation_id))
    return await tell_changed(tx, actor, conversation_id, seq)


async def access_picture(tx: Tx, actor: Actor, conversation_id: int, seq: int) -> StoredFile:
    """The picture under a message, for whoever may read that."""
    participation = await policy.access_conversation(tx, actor, conversation_id)
    picture_id = await previews.find_picture(tx, conversation_id, seq) if seq > participation["joined_seq"] else None
    if picture_id is None:
        raise NotFound
    return await files.get_file(tx, actor.company_id, picture_id)


async def forget_old(tx: Tx) -> None:
    """Answers that nobody has wanted again since they grew old."""
    await previews.forget(tx, clock.now() - _KNOWN)


async def are_on(tx: Tx, actor: Actor) -> bool:
    return await previews.is_on(tx, actor.company_id)


async def switch(tx: Tx, actor: Actor, *, is_on: bool) -> None:
    """For all of the company, from now on. What is shown already stays, as it was said."""
    if await previews.switch(tx, actor.company_id, is_on=is_on):
        await audit.record(tx, actor, "link_previews_switched", details={"is_on": is_on})
