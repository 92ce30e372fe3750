"""Messages that nobody has acknowledged yet, oldest first; in a file they survive the end of the program."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

import msgspec

from hutong.client.errors import OutboxInUse

# Lines of messages that are done before the file is written anew.
_DEAD_LINES = 1_000


class Outgoing(msgspec.Struct, frozen=True, kw_only=True):
    """A message to be sent. The same `client_id` over any connection, however often, is one message."""

    client_id: str
    conversation_id: str
    kind: str = "text"
    text: str = ""
    file_id: str | None = None
    # {"lat": …, "lon": …, "datum": "wgs84" or "gcj02", "name": …, "address": …}
    location: dict[str, Any] | None = None
    card_id: str | None = None
    # {"everybody": …, "person_ids": […]}: whom it calls on.
    mentions: dict[str, Any] | None = None
    topic_id: str | None = None
    without_preview: bool = False


class _Line(msgspec.Struct, omit_defaults=True):
    """One change of the outbox: a message came, or the one with this client id is done."""

    put: Outgoing | None = None
    done: str | None = None


_lines = msgspec.json.Decoder(_Line)


class Outbox:
    """Without a path, in memory. With one, a journal: each change is a line, handed to the system before the message is
    to the server. A torn last line, as a kill leaves it, is a message that nobody was promised anything about."""

    def __init__(self, path: Path | str | None = None) -> None:
        self._pending: dict[str, Outgoing] = {}
        self._path = None if path is None else Path(path)
        self._journal: IO[bytes] | None = None
        self._lock: IO[bytes] | None = None
        self._dead_lines = 0
        if self._path is not None:
            self._lock = _lock(self._path)
            self._pending = _read(self._path)
            self._write_anew()

    def __iter__(self) -> Iterator[Outgoing]:
        return iter(list(self._pending.values()))

    def __len__(self) -> int:
        return len(self._pending)

    def __contains__(self, client_id: str) -> bool:
        return client_id in self._pending

    def put(self, message: Outgoing) -> None:
        self._pending[message.client_id] = message
        self._write(_Line(put=message))

    def remove(self, client_id: str) -> None:
        if self._pending.pop(client_id, None) is None:
            return
        self._write(_Line(done=client_id))
        self._dead_lines += 2
        if self._dead_lines > max(_DEAD_LINES, 2 * len(self._pending)):
            self._write_anew()

    def close(self) -> None:
        for file in (self._journal, self._lock):
            if file is not None:
                file.close()
        self._journal = self._lock = None

    def _write(self, line: _Line) -> None:
        if self._journal is not None:
            self._journal.write(msgspec.json.encode(line) + b"\n")

    def _write_anew(self) -> None:
        if self._path is None:
            return
        fresh = self._path.with_name(f"{self._path.name}.new")
        with fresh.open("wb") as file:
            for message in self._pending.values():
                file.write(msgspec.json.encode(_Line(put=message)) + b"\n")
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self._path)
        if self._journal is not None:
            self._journal.close()
        self._journal = self._path.open("ab", buffering=0)
        self._dead_lines = 0


def _lock(path: Path) -> IO[bytes]:
    # A file of its own: the journal is replaced by a new one now and then, and its lock would go with it.
    lock = path.with_name(f"{path.name}.lock").open("ab")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as cause:
        lock.close()
        raise OutboxInUse(str(path)) from cause
    return lock


def _read(path: Path) -> dict[str, Outgoing]:
    pending: dict[str, Outgoing] = {}
    with suppress(FileNotFoundError):
        for text in path.read_bytes().splitlines():
            with suppress(msgspec.DecodeError):
                line = _lines.decode(text)
                if line.put is not None:
                    pending[line.put.client_id] = line.put
                if line.done is not None:
                    pending.pop(line.done, None)
    return pending
