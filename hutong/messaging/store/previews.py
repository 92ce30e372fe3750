"""What linked pages say of themselves, and the messages that show it."""

from datetime import datetime

import msgspec

from hutong.core.db import Row, Tx
from hutong.messaging.linked import LinkPreview


async def is_on(tx: Tx, company_id: int) -> bool:
    found: bool | None = await tx.fetchval("select is_on from link_preview_settings where company_id = $1", company_id)
    return found is not False


async def switch(tx: Tx, company_id: int, *, is_on: bool) -> bool:
    """Whether that is a change."""
    return bool(
        await tx.execute(
            "insert into link_preview_settings as s (company_id, is_on) select $1, $2"
            " where not $2 or exists (select from link_preview_settings where company_id = $1)"
            " on conflict (company_id) do update set is_on = excluded.is_on where s.is_on <> excluded.is_on",
            company_id, is_on,
        )
    )  # fmt: skip


async def find_linking(tx: Tx, conversation_id: int, seq: int) -> Row | None:
    """A message that a colleague said, and nobody took back."""
    return await tx.fetchrow(
        "select m.company_id, m.sender_id, m.body, m.content from messages m join people w on w.id = m.sender_id"
        " where m.conversation_id = $1 and m.seq = $2 and m.kind = 'text' and m.recalled_at is null"
        " and w.kind = 'member'",
        conversation_id, seq,
    )  # fmt: skip


async def claim(tx: Tx, company_id: int, url: str, now: datetime, until: datetime) -> bool:
    """Whether it is for the caller to ask the page: nobody knows, or what is known is old."""
    return bool(
        await tx.execute(
            "insert into link_previews as p (company_id, url, state, expires_at) values ($1, $2, 'asked', $4)"
            " on conflict (company_id, url) do update set state = 'asked', expires_at = $4 where p.expires_at <= $3",
            company_id, url, now, until,
        )
    )  # fmt: skip


async def find(tx: Tx, company_id: int, url: str) -> Row | None:
    """(state, preview, picture_id)"""
    return await tx.fetchrow(
        "select state, preview, picture_id from link_previews where company_id = $1 and url = $2", company_id, url
    )


async def settle(
    tx: Tx, company_id: int, url: str, preview: LinkPreview | None, picture_id: int | None, until: datetime
) -> None:
    await tx.execute(
        "update link_previews set state = case when $3::jsonb is null then 'nothing' else 'found' end,"
        " preview = $3, picture_id = $4, expires_at = $5 where company_id = $1 and url = $2",
        company_id, url, preview and msgspec.to_builtins(preview), picture_id, until,
    )  # fmt: skip


async def let_go(tx: Tx, company_id: int, url: str) -> None:
    """Nobody asks, after all."""
    await tx.execute(
        "delete from link_previews where company_id = $1 and url = $2 and state = 'asked'", company_id, url
    )


async def forget(tx: Tx, before: datetime) -> None:
    """What is old, and not asked for since: messages have their own."""
    await tx.execute("delete from link_previews where expires_at < $1", before)


async def put(
    tx: Tx, conversation_id: int, seq: int, revision: int, preview: LinkPreview, picture_id: int | None
) -> None:
    shown = {"preview": msgspec.to_builtins(preview)} | ({"picture_id": picture_id} if picture_id else {})
    await tx.execute(
        "update messages set content = coalesce(content, '{}') || $4::jsonb, revision = $3"
        " where conversation_id = $1 and seq = $2",
        conversation_id, seq, revision, shown,
    )  # fmt: skip


async def remove(tx: Tx, conversation_id: int, seq: int, revision: int) -> None:
    """For good: its author wants none."""
    await tx.execute(
        "update messages set content = (coalesce(content, '{}') - 'preview' - 'picture_id')"
        " || '{\"without_preview\": true}', revision = $3 where conversation_id = $1 and seq = $2",
        conversation_id, seq, revision,
    )  # fmt: skip


async def drop(tx: Tx, conversation_id: int, seq: int) -> None:
    """It links to something else now. Stands in a change that has its revision."""
    await tx.execute(
        "update messages set content = content - 'preview' - 'picture_id'"
        " where conversation_id = $1 and seq = $2 and content is not null",
        conversation_id, seq,
    )  # fmt: skip


async def find_picture(tx: Tx, conversation_id: int, seq: int) -> int | None:
    picture_id: int | None = await tx.fetchval(
        "select (content->>'picture_id')::bigint from messages where conversation_id = $1 and seq = $2",
        conversation_id, seq,
    )  # fmt: skip
    return picture_id
