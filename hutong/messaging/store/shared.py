"""What was shared in a conversation: pictures, files, and texts with links in them."""

from typing import Literal

from hutong.core.db import Row, Tx
from hutong.messaging.store.messages import QUOTED, SAID

_SHARED: dict[Literal["image", "file", "link"], str] = {
    "image": "m.kind = 'image' and m.recalled_at is null",
    "file": "m.kind = 'file' and m.recalled_at is null",
    # The first line is messages_links_idx's own, cheap enough for every insert; the second is what pages make links of.
    "link": "m.kind = 'text' and (m.body like '%http%' or m.body like '%www.%')"
    " and m.body ~ '(https?://|www[.])[A-Za-z0-9]'",
}


async def list_shared(
    tx: Tx, conversation_id: int, kind: Literal["image", "file", "link"], low: int, before: int, limit: int
) -> list[Row]:
    """The newest below `before` and above `low`, newest first."""
    return await tx.fetch(
        f"select {SAID} from messages m{QUOTED} where m.conversation_id = $1 and m.seq > $2 and m.seq < $3"
        f" and {_SHARED[kind]} order by m.seq desc limit $4",
        conversation_id, low, before, limit,
    )  # fmt: skip
