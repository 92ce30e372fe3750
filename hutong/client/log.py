"""One conversation as far as it is known: a run of messages without a hole, and those heard from beyond a hole."""

from collections import deque
from collections.abc import Iterable

from hutong.client.model import ChangedMessages, Message


class MessageLog:
    """`last_seq` is where the run ends; None: where it begins is not known yet. What happened to its messages up to
    `revision` of the conversation is known. `keep`: how much of the run to hold."""

    def __init__(self, keep: int | None = None) -> None:
        self.items: deque[Message] = deque(maxlen=keep)
        self.last_seq: int | None = None
        self.revision = 0
        self._ahead: dict[int, Message] = {}

    @property
    def has_hole(self) -> bool:
        return bool(self._ahead)

    def begin(self, after: int, revision: int) -> list[Message]:
        """The run begins after `after`, or earlier if something earlier was heard; gives what now stands in it."""
        self.revision = revision
        self.last_seq = min([after, *(seq - 1 for seq in self._ahead)])
        return self._close_up()

    def hear(self, message: Message) -> list[Message]:
        """One message heard live; gives those that it makes stand in line: none when it is known or beyond a hole."""
        if self.last_seq is not None and message.seq <= self.last_seq:
            return []
        self._ahead.setdefault(message.seq, message)
        return self._close_up()

    def change(self, message: Message) -> bool:
        """What happened to one message; whether that is news. One that is out of line leaves `revision` behind."""
        if self.last_seq is None or message.revision <= self.revision:
            return False
        if message.revision == self.revision + 1:
            self.revision = message.revision
        self._replace(message)
        return True

    def take_changed(self, page: ChangedMessages) -> list[Message]:
        """The answer to what changed after `revision`; gives what is news."""
        news = [message for message in page.items if message.revision > self.revision]
        for message in news:
            self._replace(message)
        reached = page.items[-1].revision if page.has_newer else page.last_revision
        self.revision = max(self.revision, reached)
        return news

    def take_page(self, messages: Iterable[Message]) -> list[Message]:
        """What the server says comes after `last_seq`, ascending. It may begin further on: what was said while this
        person was not in the conversation is not theirs to read."""
        joined: list[Message] = []
        for message in messages:
            if self.last_seq is None or message.seq > self.last_seq:
                self._append(message)
                joined.append(message)
        return joined + self._close_up()

    def end_at(self, seq: int) -> None:
        """The server's log ends here. What this one has beyond is of a past that was undone (a restored backup)."""
        if self.last_seq is not None and self.last_seq > seq:
            self.last_seq = seq
            self._ahead.clear()
            kept = [message for message in self.items if message.seq <= seq]
            self.items.clear()
            self.items.extend(kept)

    def drop_before(self, seq: int) -> list[Message]:
        """Nothing before this is kept any more; gives what now stands in line."""
        while self.items and self.items[0].seq < seq:
            self.items.popleft()
        self._ahead = {place: message for place, message in self._ahead.items() if place >= seq}
        if self.last_seq is None:
            return []
        self.last_seq = max(self.last_seq, seq - 1)
        return self._close_up()

    def _close_up(self) -> list[Message]:
        """Takes from `ahead` whatever has become the next in line."""
        joined: list[Message] = []
        for seq in sorted(self._ahead):
            if self.last_seq is None or seq > self.last_seq + 1:
                break
            message = self._ahead.pop(seq)
            if seq > self.last_seq:
                self._append(message)
                joined.append(message)
        return joined

    def _replace(self, message: Message) -> None:
        if message.seq in self._ahead:
            self._ahead[message.seq] = message
        for place in range(len(self.items) - 1, -1, -1):
            if self.items[place].seq <= message.seq:
                if self.items[place].seq == message.seq:
                    self.items[place] = message
                return

    def _append(self, message: Message) -> None:
        self.items.append(message)
        self.last_seq = message.seq
