"""What is said by the clock. Any number of processes may run this."""

import asyncio
from collections.abc import Awaitable, Sequence

from prometheus_client import Counter

from hutong.core import log, metrics
from hutong.core.db import Database, Row
from hutong.core.errors import HutongError
from hutong.messaging.actions import scheduling
from hutong.messaging.actions.send import MessageWriter, Written
from hutong.messaging.scheduling import BeingSent

_LOOK_SECONDS = 1.0
_BATCH = 200
_logger = log.logger(__name__)
_scheduled = Counter(
    "hutong_scheduled_messages", "Scheduled messages by what became of them", ["outcome"], registry=metrics.registry
)


class Scheduler:
    """Says the words whose time has come."""

    def __init__(self, db: Database, writer: MessageWriter) -> None:
        self._db = db
        self._writer = writer

    async def run(self) -> None:
        while True:
            try:
                while await self.look() == _BATCH:
                    pass
            except Exception as error:
                _logger.error("saying what was scheduled failed, trying again", exc_info=error)
            await asyncio.sleep(_LOOK_SECONDS)

    async def look(self) -> int:
        """One batch; how many were taken. A full one: there may be more."""
        async with self._db.begin() as tx:
            rows, active = await scheduling.take_due(tx, _BATCH)
        if rows:
            await say_taken(self._db, self._writer, rows, active)
        return len(rows)


async def say_taken(
    db: Database, writer: MessageWriter, rows: Sequence[Row], active: Sequence[int]
) -> list[Written | HutongError]:
    """Hand them to the door all together, in their order, and cross out what was said. One outcome a row."""
    outcomes: list[Written | HutongError | None] = [None] * len(rows)
    writing: dict[int, Awaitable[Written]] = {}
    for place, row in enumerate(rows):
        try:
            if not scheduling.may_still_be_said(row):
                raise BeingSent  # too late: whoever takes it next says it
            writing[place] = writer.write(scheduling.draft_for(row, active))
        except HutongError as refusal:
            outcomes[place] = refusal
    for place, written in writing.items():
        try:
            outcomes[place] = await written
        except HutongError as refusal:
            outcomes[place] = refusal
    settled = [outcome for outcome in outcomes if outcome is not None]
    async with db.begin() as tx:
        await scheduling.settle(tx, rows, settled)
    for outcome in settled:
        _scheduled.labels("said" if isinstance(outcome, Written) else "refused").inc()
    return settled
