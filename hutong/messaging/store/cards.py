"""Where name cards were said."""

from hutong.core.db import Tx


async def carries_card(tx: Tx, conversation_id: int, person_id: str, after_seq: int) -> bool:
    """Whether a message that a participant may see (those after `after_seq`) holds this card, or a bundle with it."""
    return bool(
        await tx.fetchval(
            "select exists (select from messages where conversation_id = $1 and seq > $2 and kind = 'card'"
            "   and content->'card'->>'person_id' = $3)"
            " or exists (select from messages m"
            "   join bundles b on b.id = (m.content->'merged'->>'bundle_id')::bigint"
            "   join bundles held on held.id = b.id or held.id = any(b.bundle_ids)"
            "   where m.conversation_id = $1 and m.seq > $2 and m.kind = 'merged' and m.content is not null"
            "   and held.items @> jsonb_build_array(jsonb_build_object('card',"
            "     jsonb_build_object('person_id', $3::text))))",
            conversation_id, after_seq, person_id,
        )
    )  # fmt: skip
