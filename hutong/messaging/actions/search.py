"""Finding what was said, among all that one may read."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from hutong.core.actor import Actor
from hutong.core.db import Row, Tx
from hutong.core.paging import make_cursor, read_cursor
from hutong.messaging import words as comparing
from hutong.messaging.actions.found import gather_messages, list_heard_ids
from hutong.messaging.model import FoundKind, FoundPage
from hutong.messaging.store import search
from hutong.messaging.store.search import Wanted

# So many of the newest are looked at first: a frequent word fills a page there.
_NEWEST = 5_000
# So many are read one after the other in less time than a frequent pair of characters is looked up.
_FEW = 20_000


class Filter(msgspec.Struct, frozen=True, kw_only=True):
    conversation_id: int | None = None
    sender_id: int | None = None
    kind: FoundKind | None = None
    from_at: datetime | None = None
    to_at: datetime | None = None


async def search_messages(
    tx: Tx, actor: Actor, query: str, filter_: Filter, *, cursor: str | None = None, limit: int = 20
) -> FoundPage:
    """A page, newest first. What the actor may not read is not there. Raises NothingToSearch, BadCursor."""
    words = comparing.words_of(query)
    wanted = Wanted(
        company_id=actor.company_id,
        person_id=actor.person_id,
        heard_ids=await list_heard_ids(tx, actor),
        grams=comparing.grams_of(words),
        patterns=[comparing.pattern_of(word) for word in words],
        conversation_id=filter_.conversation_id,
        sender_id=filter_.sender_id,
        kind=filter_.kind,
        from_at=filter_.from_at,
        to_at=filter_.to_at,
        before=read_cursor(cursor, tuple[datetime, int, int]) if cursor else None,
    )
    hits = await _find(tx, wanted, limit + 1)
    last = hits[limit - 1] if len(hits) > limit else None
    next_cursor = make_cursor(last["sent_at"], last["conversation_id"], last["seq"]) if last else None
    return await _page(tx, actor, hits[:limit], words, next_cursor)


async def _find(tx: Tx, wanted: Wanted, limit: int) -> list[Row]:
    await search.plan_anew(tx)
    is_narrow = wanted.conversation_id is not None or wanted.sender_id is not None
    for most in (_NEWEST, _FEW) if is_narrow else (_NEWEST,):
        hits, were_all = await search.find_among_newest(tx, wanted, limit, most)
        if were_all or len(hits) == limit:
            return hits
    visible = await search.count_visible(tx, wanted)
    if visible <= _FEW or visible <= await search.estimate_alike(tx, wanted):
        return await search.find_one_by_one(tx, wanted, limit)
    return await search.find_by_grams(tx, wanted, limit)


async def _page(tx: Tx, actor: Actor, hits: Sequence[Row], words: list[str], next_cursor: str | None) -> FoundPage:
    found = await gather_messages(tx, actor, [(hit["conversation_id"], hit["seq"]) for hit in hits])
    return FoundPage(
        items=found.messages,
        conversations=found.conversations,
        people=found.people,
        words=words,
        next_cursor=next_cursor,
    )
