"""Words are made findable after the acknowledgement, in batches, by whoever gets to a conversation first."""

import asyncio
import time
from collections.abc import Sequence
from contextlib import suppress

from prometheus_client import Gauge

from hutong import files
from hutong.core import log, metrics
from hutong.core.db import Database, Row, Tx
from hutong.messaging.store import index
from hutong.messaging.words import fold

# Short work between other people's: a batch is some hundredths of a second.
_BATCH = 500
_CONVERSATIONS = 500
# Of hundreds of long messages forwarded as one, so many characters are found.
_BUNDLE = 50_000
# What is said within this time is indexed together.
_GATHER_SECONDS = 0.5
# After a batch so many times as long as it took: where much is said, saying it comes first.
_REST = 2
# What a crash, another process or a larger deed left is found so soon.
_SWEEP_SECONDS = 5.0
# Looking for it goes through all conversations: so many times as long it is then left alone.
_SWEEP_PAUSE = 50
_logger = log.logger(__name__)
_behind = Gauge(
    "hutong_search_behind", "Messages that are not searchable yet", registry=metrics.registry,
    multiprocess_mode="livemax",
)  # fmt: skip


class Indexer:
    """Works through what was said since each conversation's mark. Any number of processes may run one."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._hinted: set[int] = set()
        self._wakes = asyncio.Event()
        self._looked_seconds = 0.0
        # Conversations that have their row; none ever loses it.
        self._begun: set[int] = set()

    def hint(self, conversation_ids: Sequence[int]) -> None:
        """Something was said here. A hint only: what is not hinted the sweep finds."""
        self._hinted.update(conversation_ids)
        self._wakes.set()

    async def run(self) -> None:
        loop = asyncio.get_running_loop()
        sweeps_at = loop.time()
        # What the last look found: however much that is, what was said just now goes between.
        left: list[int] = []
        while True:
            try:
                await self._follow_hints()
                if not left and loop.time() >= sweeps_at:
                    left = await self._look()
                    sweeps_at = loop.time() + max(_SWEEP_SECONDS, _SWEEP_PAUSE * self._looked_seconds)
                if left:
                    count = await self._index(left, rest=_REST)
                    if count < _BATCH:
                        # They are done; of a full look there may be others.
                        sweeps_at = loop.time() if count and len(left) == _CONVERSATIONS else sweeps_at
                        left = []
                    continue
            except Exception as error:
                _logger.error("indexing failed, the next sweep tries again", exc_info=error)
            self._wakes.clear()
            with suppress(TimeoutError):
                async with asyncio.timeout(_SWEEP_SECONDS):
                    await self._wakes.wait()
            await asyncio.sleep(_GATHER_SECONDS)

    async def _follow_hints(self) -> None:
        while self._hinted:
            ids = [self._hinted.pop() for _ in range(min(len(self._hinted), _CONVERSATIONS))]
            if await self._index(ids, rest=_REST) == _BATCH:
                self._hinted.update(ids)

    async def sweep(self) -> int:
        """Index all that is behind, without a rest; how many messages are left, being at work elsewhere."""
        while ids := await self._look():
            count = _BATCH
            while count == _BATCH:
                count = await self._index(ids, rest=0)
            if not count:
                break
        if not ids:
            return 0
        async with self._db.begin() as tx:
            return await index.count_behind(tx)

    async def _look(self) -> list[int]:
        begun = time.perf_counter()
        async with self._db.begin() as tx:
            ids = await index.list_behind(tx, _CONVERSATIONS)
            _behind.set(await index.count_behind(tx) if ids else 0)
        self._looked_seconds = time.perf_counter() - begun
        return ids

    async def _index(self, conversation_ids: Sequence[int], *, rest: float) -> int:
        """One batch; how many messages. A full one: there may be more."""
        begun = time.perf_counter()
        if unknown := [id_ for id_ in conversation_ids if id_ not in self._begun]:
            async with self._db.begin() as tx:
                await index.begin(tx, unknown)
            self._begun.update(unknown)
        async with self._db.begin() as tx:
            rows = await index.list_new(tx, await index.take(tx, conversation_ids), _BATCH)
            await _write(tx, rows)
            await index.move_marks(tx, {row["conversation_id"]: row["seq"] for row in rows})
        await asyncio.sleep(rest * (time.perf_counter() - begun))
        return len(rows)


async def reindex(tx: Tx, conversation_id: int, seq: int) -> None:
    """A message's words changed in this transaction. Call it after the change."""
    if seq <= await index.lock(tx, conversation_id):
        await index.delete_words(tx, conversation_id, seq)
        await _write(tx, await index.list_one(tx, conversation_id, seq))


async def forget(tx: Tx, conversation_id: int, seq: int) -> None:
    """A message's words are gone in this transaction. Call it after they are: an indexer reads what is there."""
    # The lock stands also where nothing is indexed yet: who indexes now has read the old words.
    await index.lock(tx, conversation_id)
    await index.delete_words(tx, conversation_id, seq)


async def wait_for(tx: Tx, conversation_id: int) -> None:
    """Until this transaction ends no words of the conversation are written."""
    await index.lock(tx, conversation_id)


async def _write(tx: Tx, rows: Sequence[Row]) -> None:
    # What is spoken has no words: its text is its length.
    spoken = [row for row in rows if row["kind"] not in {"notice", "voice"}]
    names: dict[int, str] = {}
    for company_id in {row["company_id"] for row in spoken if row["file_id"]}:
        ids = [row["file_id"] for row in spoken if row["file_id"] and row["company_id"] == company_id]
        names |= {id_: file.name for id_, file in (await files.list_files(tx, company_id, ids)).items()}
    bundle_ids = [row["bundle_id"] for row in spoken if row["bundle_id"]]
    bundled = await index.list_bundle_words(tx, bundle_ids) if bundle_ids else {}
    folded = [
        (row, fold(" ".join((row["body"], names.get(row["file_id"], ""), bundled.get(row["bundle_id"], "")[:_BUNDLE]))))
        for row in spoken
    ]
    await index.write_words(tx, [(row, words) for row, words in folded if words])
