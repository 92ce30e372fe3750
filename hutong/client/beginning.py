"""What a company keeps no longer goes from the beginning of a conversation."""

from msgspec.structs import replace

from hutong.client.model import Conversation


def without_beginning(known: Conversation, first_seq: int) -> Conversation:
    """The conversation, of which nothing before `first_seq` is left: nothing there is unread, or said last."""
    if first_seq <= known.first_seq:
        return known
    read_seq = max(known.read_seq, first_seq - 1)
    last = known.last_message
    return replace(
        known,
        first_seq=first_seq,
        read_seq=read_seq,
        unread_count=min(known.unread_count, max(0, known.last_seq - read_seq)),
        last_message=last if last is not None and last.seq >= first_seq else None,
        mention_seq=known.mention_seq if known.mention_seq > read_seq else 0,
    )
