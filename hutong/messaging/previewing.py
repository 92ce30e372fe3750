"""Asks the pages that messages link to, slowly, beside everything else. Any number of processes may."""

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator
from datetime import datetime
from urllib.parse import urlsplit

import msgspec
from prometheus_client import Counter

from hutong import files
from hutong.core import clock, log, metrics
from hutong.core.db import Database
from hutong.core.errors import HutongError
from hutong.core.live import Delivery, Signal
from hutong.core.outward import AddressRefused, NothingThere, Outward, OutwardFailed, check_url
from hutong.core.settings import Settings
from hutong.files import FileStore, Received
from hutong.messaging.actions import previews
from hutong.messaging.actions.previews import Linking
from hutong.messaging.linked import LinkPreview, PreviewPicture, read_page

# Pages asked at once, and messages that wait to be looked at; what is said beyond that shows none.
_AT_ONCE, _WAITING = 4, 500
# In a minute: of all pages, and of one server; of half a minute's worth, at once. Patience for a turn, and for whoever
# asks the same page now.
_A_MINUTE, _A_MINUTE_OF_ONE, _AT_ONCE_SECONDS = 120, 20, 30.0
_PATIENCE_SECONDS, _LOOKS = 20.0, 12
# A network without a way out: after so many failures in a row, nothing is tried for a while.
_FAILURES, _PAUSE_SECONDS = 8, 600.0
_OLD_SECONDS = 600.0
_PAGE_BYTES, _PICTURE_BYTES = 512 * 1024, 5 * 1024 * 1024
_PAGE_TYPES = ("text/html", "application/xhtml+xml")
_PICTURE_TYPES = ("image/jpeg", "image/png", "image/webp", "image/gif")
_HEADERS = {
    "user-agent": "Mozilla/5.0 (compatible; HutongLinkPreview/1.0)",
    "accept-language": "zh-CN,zh;q=0.9,en;q=0.6",
    "accept-encoding": "identity",
}
_SAID = (b'{"type":"message",', b'{"type":"message_changed",')
_LINK = b"://"

_logger = log.logger(__name__)
_asked = Counter("hutong_link_previews", "Linked pages by what they said", ["outcome"], registry=metrics.registry)


class _Said(msgspec.Struct):
    conversation_id: str
    seq: int
    kind: str
    sent_at: datetime
    revision: int = 0
    edited_at: datetime | None = None
    recalled_at: datetime | None = None
    preview: object = None


class _Frame(msgspec.Struct):
    message: _Said


_frame = msgspec.json.Decoder(_Frame)


class Pace:
    """How often pages are asked: so many a minute, of each server fewer. By this process's own time."""

    def __init__(self) -> None:
        self._free_at: OrderedDict[str, float] = OrderedDict()

    def wait_for(self, host: str, now: float) -> float | None:
        """Seconds until it is this server's turn, which is taken; None: too long from now."""
        spans = {"": 60 / _A_MINUTE, host: 60 / _A_MINUTE_OF_ONE}
        begins = max(self._free_at.get(key, 0.0) + span - _AT_ONCE_SECONDS for key, span in spans.items())
        if begins > now + _PATIENCE_SECONDS:
            return None
        for key, span in spans.items():
            self._free_at[key] = max(self._free_at.get(key, 0.0), now) + span
            self._free_at.move_to_end(key)
        while len(self._free_at) > 1000:
            self._free_at.popitem(last=False)
        return max(0.0, begins - now)


class Previewer:
    """Hears what is said, and has what it links to shown under it."""

    def __init__(self, db: Database, file_store: FileStore, settings: Settings) -> None:
        self._db = db
        self._file_store = file_store
        self._settings = settings
        self._own_host = urlsplit(settings.base_url).netloc
        self._pace = Pace()
        self._failures = 0
        self._rests_until = 0.0
        self._waiting: asyncio.Queue[bytes] = asyncio.Queue(_WAITING)
        # Heard on several channels, a message is one.
        self._heard: OrderedDict[tuple[int, int, int], None] = OrderedDict()

    def hear(self, signal: Signal) -> None:
        """Called for everything that is told anywhere: cheap. What is said while nobody hears, shows none."""
        if (
            isinstance(signal, Delivery)
            and signal.frame.startswith(_SAID)
            and _LINK in signal.frame
            and not self._waiting.full()
        ):
            self._waiting.put_nowait(signal.frame)

    def _take(self, frame: bytes) -> tuple[int, int] | None:
        """The message, if its words are new."""
        said = _frame.decode(frame).message
        is_news = not said.revision or said.edited_at is not None
        key = (int(said.conversation_id), said.seq, said.revision)
        if said.kind != "text" or said.recalled_at or said.preview or not is_news or key in self._heard:
            return None
        if (clock.now() - (said.edited_at or said.sent_at)).total_seconds() > _OLD_SECONDS:
            return None
        self._heard[key] = None
        if len(self._heard) > 2 * _WAITING:
            self._heard.popitem(last=False)
        return key[:2]

    async def run(self) -> None:
        if not self._settings.link_previews:
            return
        self._db.broker.listen(self.hear)
        async with Outward(allows_loopback=self._settings.preview_loopback) as outward, asyncio.TaskGroup() as tasks:
            for _ in range(_AT_ONCE):
                tasks.create_task(self._work(outward))

    async def _work(self, outward: Outward) -> None:
        while True:
            frame = await self._waiting.get()
            try:
                if place := self._take(frame):
                    await self._preview(outward, *place)
            except Exception as error:
                _logger.error("a linked page could not be shown", exc_info=error)

    async def _preview(self, outward: Outward, conversation_id: int, seq: int) -> None:
        for look in range(_LOOKS):
            if asyncio.get_running_loop().time() < self._rests_until:
                return
            async with self._db.begin() as tx:
                linking = await previews.look(tx, conversation_id, seq)
            if linking.wanted == "nothing":
                return
            if linking.wanted == "wait":
                await asyncio.sleep(0.25 * (look + 1))
            elif not await self._ask(outward, linking):
                return

    async def _ask(self, outward: Outward, linking: Linking) -> bool:
        """Whether the page's answer is known now."""
        try:
            host = check_url(linking.url, allows_loopback=self._settings.preview_loopback)
            if urlsplit(linking.url).netloc == self._own_host:
                raise AddressRefused
            wait = self._pace.wait_for(host, asyncio.get_running_loop().time())
            if wait is None:
                async with self._db.begin() as tx:
                    await previews.let_go(tx, linking)
                _asked.labels("too_many").inc()
                return False
            await asyncio.sleep(wait)
            preview, picture = await self._read(outward, linking.url)
        except AddressRefused:
            preview, picture = None, None
            _asked.labels("refused").inc()
        except NothingThere:
            preview, picture = None, None
            self._failures = 0
            _asked.labels("nothing").inc()
        except OutwardFailed:
            preview, picture = None, None
            self._failed()
            _asked.labels("failed").inc()
        else:
            self._failures = 0
            _asked.labels("found" if preview else "nothing").inc()
        async with self._db.begin() as tx:
            await previews.settle(tx, linking, preview, picture)
        return preview is not None

    def _failed(self) -> None:
        self._failures += 1
        if self._failures >= _FAILURES:
            self._failures = 0
            self._rests_until = asyncio.get_running_loop().time() + _PAUSE_SECONDS
            _logger.warning("pages cannot be reached; links show none for a while", seconds=_PAUSE_SECONDS)

    async def _read(self, outward: Outward, url: str) -> tuple[LinkPreview | None, Received | None]:
        found = await outward.get(
            url, _HEADERS | {"accept": "text/html,application/xhtml+xml"}, types=_PAGE_TYPES, most_bytes=_PAGE_BYTES
        )
        page = await asyncio.to_thread(read_page, found.body, found.content_type, url=url, landed=found.url)
        if page is None:
            return None, None
        picture = await self._fetch_picture(outward, page.picture_url) if page.picture_url else None
        if picture is None or picture.width is None or picture.height is None:
            return page.preview, None
        shape = PreviewPicture(width=picture.width, height=picture.height)
        return msgspec.structs.replace(page.preview, picture=shape), picture

    async def _fetch_picture(self, outward: Outward, url: str) -> Received | None:
        """Decoded and written anew by us; one that cannot be had is no reason to show nothing."""
        try:
            found = await outward.get(
                url, _HEADERS | {"accept": "image/*"}, types=_PICTURE_TYPES, most_bytes=_PICTURE_BYTES
            )
            if not found.is_whole:
                return None
            return await files.receive(self._file_store, _once(found.body), "preview", must_be="picture")
        except HutongError:
            return None


async def _once(body: bytes) -> AsyncIterator[bytes]:
    yield body
