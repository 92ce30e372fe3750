"""Small signs to the others: how far this person has read, that they are typing."""

import asyncio
from collections.abc import Callable
from typing import Any

from hutong.client.inbox import Inbox

_TYPING_SECONDS = 3.0


class Signs:
    """`tell` sends a frame if there is a line, and forgets it if there is none."""

    def __init__(self, inbox: Inbox, tell: Callable[[dict[str, Any]], object]) -> None:
        self._inbox = inbox
        self._tell = tell
        # Marks that the server is not known to have.
        self._reads: dict[str, int] = {}
        self._typing_told_at: dict[str, float] = {}

    def mark_read(self, conversation_id: str, seq: int | None) -> None:
        if seq is None:
            known = self._inbox.conversations.get(conversation_id)
            seq = known.last_seq if known else 0
        if seq > self._reads.get(conversation_id, 0):
            self._reads[conversation_id] = seq
            self._tell_read(conversation_id, seq)

    def tell_again(self) -> None:
        """After an outage: what did not come back may not have arrived."""
        for conversation_id, seq in list(self._reads.items()):
            known = self._inbox.conversations.get(conversation_id)
            if known is None or known.read_seq >= seq:
                del self._reads[conversation_id]
            else:
                self._tell_read(conversation_id, seq)

    def typing(self, conversation_id: str) -> None:
        now = asyncio.get_running_loop().time()
        if now - self._typing_told_at.get(conversation_id, -_TYPING_SECONDS) >= _TYPING_SECONDS:
            self._typing_told_at[conversation_id] = now
            self._tell({"type": "typing", "conversation_id": conversation_id})

    def _tell_read(self, conversation_id: str, seq: int) -> None:
        self._tell({"type": "read", "conversation_id": conversation_id, "seq": seq})
