"""Removing what is older than the company's rule lets it be: beside the sends, in short deeds, and after a kill from
where it stood."""

import asyncio
import time
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import msgspec
from prometheus_client import Counter

from hutong import files
from hutong.core import audit, clock, live, log, metrics
from hutong.core.db import Database, Row, Tx
from hutong.files import FileStore
from hutong.messaging.actions import index
from hutong.messaging.content import Content
from hutong.messaging.events import MessagesRemoved
from hutong.messaging.retention import kept_since
from hutong.messaging.store import removing
from hutong.messaging.store.mentions import EVERYBODY

# Whoever sends where something is removed waits for one batch at most: some hundredths of a second.
_BATCH = 250
_CONVERSATIONS = 100
# After a batch so many times as long as it took.
_REST = 3
_RULE_SECONDS = 1.0
_LOOK_SECONDS = 600.0
_AFTER_ERROR_SECONDS = 30.0
# Whoever forwards a file while its message is removed is done by then.
_SETTLED = timedelta(hours=1)
_RELEASED = 200
_logger = log.logger(__name__)
_removed = Counter("hutong_removed_messages", "Messages that the rule removed", registry=metrics.registry)


class Remover:
    """Keeps to every company's rule. Any number of processes may run one."""

    def __init__(self, db: Database, file_store: FileStore) -> None:
        self._db = db
        self._file_store = file_store

    async def run(self) -> None:
        loop = asyncio.get_running_loop()
        known: list[tuple[Any, ...]] = []
        looks_at = 0.0
        while True:
            try:
                async with self._db.begin() as tx:
                    rules = await removing.list_rules(tx)
                # A rule that was just set holds at once; else what grows older is looked for every so often.
                if [tuple(rule) for rule in rules] != known or loop.time() >= looks_at:
                    for rule in rules:
                        await self.apply(rule)
                    await self.sweep_released()
                    known, looks_at = [tuple(rule) for rule in rules], loop.time() + _LOOK_SECONDS
            except Exception as error:
                _logger.error("removing what is too old failed, trying again", exc_info=error)
                await asyncio.sleep(_AFTER_ERROR_SECONDS)
            await asyncio.sleep(_RULE_SECONDS)

    async def apply(self, rule: Row) -> int:
        """All that one company's rule removes now; how many messages that were."""
        now, company_id, count = clock.now(), rule["company_id"], 0
        for days, with_customers in ((rule["staff_days"], False), (rule["customer_days"], True)):
            since = kept_since(days, now)
            if since is not None:
                count += await self._remove_before(company_id, since, with_customers=with_customers)
        if count:
            async with self._db.begin() as tx:
                await audit.record(
                    tx, None, "retention.applied", company_id=company_id, details={"message_count": count}
                )
        return count

    async def _remove_before(self, company_id: int, since: datetime, *, with_customers: bool) -> int:
        count, after_id = 0, 0
        while True:
            async with self._db.begin() as tx:
                ids = await removing.list_older(
                    tx, company_id, since, after_id, _CONVERSATIONS, with_customers=with_customers
                )
            for conversation_id in ids:
                is_done = False
                while not is_done:
                    begun = time.perf_counter()
                    async with self._db.begin() as tx:
                        removed, is_done = await remove_batch(tx, company_id, conversation_id, since, _BATCH)
                    count += removed
                    _removed.inc(removed)
                    await asyncio.sleep(_REST * (time.perf_counter() - begun))
            if len(ids) < _CONVERSATIONS:
                return count
            after_id = ids[-1]

    async def sweep_released(self) -> int:
        """Bytes, and messages forwarded as one, that nothing carries any more; how many were looked at."""
        looked = 0
        while True:
            async with self._db.begin() as tx:
                rows = await sweep_released(tx, self._file_store)
            looked += rows
            if rows < _RELEASED:
                return looked


async def remove_batch(tx: Tx, company_id: int, conversation_id: int, since: datetime, limit: int) -> tuple[int, bool]:
    """The oldest that are older than that; how many, and whether that was all. At the end everybody in it is told."""
    first, kept = await removing.lock_beginning(tx, conversation_id, since)
    end = min(kept, first + limit)
    if end == first:
        return 0, True
    # An indexer at work here is waited for: it has read the words that go.
    await index.wait_for(tx, conversation_id)
    rows = await removing.remove_messages(tx, conversation_id, first, end)
    contents = [(row["seq"], msgspec.convert(row["content"], Content)) for row in rows if row["content"]]
    await removing.remove_mentions(tx, conversation_id, _called(contents))
    file_ids = {row["file_id"] for row in rows} - {None}
    bundle_ids = {int(content.merged.bundle_id) for _, content in contents if content.merged}
    if file_ids or bundle_ids:
        await removing.release(tx, company_id, sorted(file_ids), sorted(bundle_ids), clock.now())
    is_done = end == kept
    await removing.begin_at(tx, conversation_id, end, is_told=is_done)
    if is_done:
        told = MessagesRemoved(conversation_id=str(conversation_id), first_seq=end)
        tx.tell(live.conversation_channel(conversation_id), told)
    return len(rows), is_done


def _called(contents: Sequence[tuple[int, Content]]) -> list[tuple[int, int]]:
    return [
        (person_id, seq)
        for seq, content in contents
        if content.mentions
        for person_id in (
            *(int(person.id) for person in content.mentions.people),
            *([EVERYBODY] if content.mentions.everybody else []),
        )
    ]


async def sweep_released(tx: Tx, file_store: FileStore) -> int:
    """One batch; how many were looked at. A full one: there may be more."""
    now = clock.now()
    rows = await removing.take_released(tx, now - _SETTLED, _RELEASED)
    loose = await removing.delete_loose_bundles(tx, [row["id"] for row in rows if row["kind"] == "bundle"])
    for bundle in loose:
        await removing.release(tx, bundle["company_id"], bundle["file_ids"], bundle["bundle_ids"], now)
    file_ids = [row["id"] for row in rows if row["kind"] == "file"]
    if file_ids:
        await files.delete_files(tx, file_store, await removing.list_loose_files(tx, file_ids))
    return len(rows)
