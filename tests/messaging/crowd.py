"""Many colleagues at once, as if they had been invited one by one."""

from typing import NamedTuple

from hutong.core import clock, ids
from hutong.core.db import Database
from hutong.identity import Device
from hutong.identity.actions import sessions
from hutong.identity.model import MEMBER_SESSION
from tests.people import Talk, id_of


class Colleague(NamedTuple):
    id: str
    name: str


async def gather_crowd(db: Database, talk: Talk, count: int) -> list[Colleague]:
    """So many new colleagues in this group; they have read what was said until now."""
    now, talk_id = clock.now(), int(id_of(talk))
    crowd = [Colleague(str(ids.new()), f"同事{number}") for number in range(count)]
    async with db.begin() as tx:
        head = await tx.fetchrow(
            "update conversations set participant_count = participant_count + $2, changed_xid = pg_current_xact_id()"
            " where id = $1 returning company_id, last_seq, pg_current_xact_id()::text as xid",
            talk_id, count,
        )  # fmt: skip
        assert head is not None
        await tx.copy(
            "people",
            ["id", "company_id", "kind", "name", "is_active", "is_admin", "created_at"],
            [(int(one.id), head["company_id"], "member", one.name, True, False, now) for one in crowd],
        )
        await tx.execute(
            "insert into participants (conversation_id, person_id, joined_at, joined_seq, read_seq, changed_xid)"
            " select $1, id, $3, $4, $4, pg_current_xact_id() from unnest($2::bigint[]) t(id)",
            talk_id, [int(one.id) for one in crowd], now, head["last_seq"],
        )  # fmt: skip
    return crowd


async def sign_in(db: Database, colleague: Colleague) -> dict[str, str]:
    """The header with which their browser opens a socket."""
    device = Device(user_agent="the crowd", address="127.0.0.1")
    async with db.begin() as tx:
        company_id = await tx.fetchval("select company_id from people where id = $1", int(colleague.id))
        token, _ = await sessions.start_session(tx, company_id, int(colleague.id), device, MEMBER_SESSION)
    return {"Cookie": f"hutong_session={token}"}
