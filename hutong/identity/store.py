"""All SQL of the room."""

from collections.abc import Sequence
from datetime import datetime

from hutong.core.db import Row, Tx
from hutong.identity.model import Company, CompanyNotFound, Device, NewPerson, Person, person_out

# -- companies -----------------------------------------------------------------------------------------------------


async def insert_company(tx: Tx, company: Company, hosts: list[str], created_at: datetime) -> bool:
    """False when the slug is taken."""
    return await tx.execute(
        "insert into companies (id, slug, name, hosts, created_at) values ($1, $2, $3, $4, $5) on conflict do nothing",
        company.id, company.slug, company.name, hosts, created_at,
    ) == 1  # fmt: skip


async def list_companies(tx: Tx) -> list[Company]:
    rows = await tx.fetch("select id, slug, name from companies order by id")
    return [_company(row) for row in rows]


async def find_company(tx: Tx, *, slug: str | None = None, host: str | None = None) -> Company | None:
    """By slug; without one by the host name it is reached at; without a match there, the first company made."""
    if slug is not None:
        row = await tx.fetchrow("select id, slug, name from companies where slug = $1", slug)
    else:
        row = await tx.fetchrow(
            "select id, slug, name from companies order by $1 = any(hosts) desc, id limit 1", (host or "").lower()
        )
    return _company(row) if row else None


async def get_company(tx: Tx, company_id: int) -> Company:
    row = await tx.fetchrow("select id, slug, name from companies where id = $1", company_id)
    if row is None:
        raise CompanyNotFound
    return _company(row)


def _company(row: Row) -> Company:
    return Company(id=row["id"], slug=row["slug"], name=row["name"])


# -- people --------------------------------------------------------------------------------------------------------


async def insert_people(tx: Tx, company_id: int, people: Sequence[NewPerson], created_at: datetime) -> None:
    await tx.copy(
        "people",
        ["id", "company_id", "kind", "name", "is_active", "is_admin", "created_at"],
        [(p.id, company_id, p.kind, p.name, True, p.is_admin, created_at) for p in people],
    )


async def rename_people(tx: Tx, company_id: int, ids: Sequence[int], names: Sequence[str]) -> None:
    await tx.execute(
        "update people p set name = n.name from unnest($2::bigint[], $3::text[]) n(id, name)"
        " where p.company_id = $1 and p.id = n.id",
        company_id, ids, names,
    )  # fmt: skip


async def set_active(tx: Tx, company_id: int, ids: Sequence[int], *, is_active: bool) -> None:
    await tx.execute(
        "update people set is_active = $3 where company_id = $1 and id = any($2::bigint[])", company_id, ids, is_active
    )


async def set_admin(tx: Tx, company_id: int, person_id: int, *, is_admin: bool) -> None:
    await tx.execute(
        "update people set is_admin = $3 where company_id = $1 and id = $2", company_id, person_id, is_admin
    )


async def list_people(tx: Tx, company_id: int, ids: Sequence[int]) -> dict[int, Person]:
    """Faces by id, of this company only; who is absent from the answer does not exist for it."""
    rows = await tx.fetch(
        "select id, kind, name, is_active from people where company_id = $1 and id = any($2::bigint[])",
        company_id, list(ids),
    )  # fmt: skip
    return {row["id"]: person_out(row["id"], row["kind"], row["name"], is_active=row["is_active"]) for row in rows}


async def lock_person(tx: Tx, person_id: int) -> None:
    """Whoever changes what proves this person waits for whoever else does, or for who relies on it."""
    await tx.execute("select from people where id = $1 for no key update", person_id)


# -- logins and passwords ------------------------------------------------------------------------------------------


async def delete_logins(tx: Tx, company_id: int, person_ids: Sequence[int]) -> None:
    await tx.execute(
        "delete from logins where company_id = $1 and person_id = any($2::bigint[])", company_id, person_ids
    )


async def insert_logins(tx: Tx, company_id: int, names: Sequence[str], person_ids: Sequence[int]) -> list[str]:
    """The names that others hold, and which therefore were not taken."""
    rows = await tx.fetch(
        "with wanted as (select * from unnest($2::text[], $3::bigint[]) w(name, person_id)),"
        " ins as (insert into logins (company_id, name, person_id) select $1, name, person_id from wanted"
        "   on conflict (company_id, name) do nothing returning name)"
        " select name from wanted except select name from ins",
        company_id, names, person_ids,
    )  # fmt: skip
    return [row["name"] for row in rows]


async def find_login_holders(tx: Tx, company_id: int, names: Sequence[str]) -> dict[str, int]:
    """Which of these logins (as normal_login gives them) somebody holds, and who."""
    rows = await tx.fetch(
        "select name, person_id from logins where company_id = $1 and name = any($2::text[])", company_id, list(names)
    )
    return {row["name"]: row["person_id"] for row in rows}


async def list_logins(tx: Tx, person_id: int) -> list[str]:
    return [row["name"] for row in await tx.fetch("select name from logins where person_id = $1", person_id)]


async def find_credentials(tx: Tx, company_id: int, login: str) -> Row | None:
    """person_id, hash, must_change of an active member; hash is None before a password was set."""
    return await tx.fetchrow(
        "select p.id as person_id, w.hash, coalesce(w.must_change, false) as must_change from logins l"
        " join people p on p.id = l.person_id and p.is_active and p.kind = 'member'"
        " left join passwords w on w.person_id = p.id where l.company_id = $1 and l.name = $2",
        company_id, login,
    )  # fmt: skip


async def find_password(tx: Tx, person_id: int) -> Row | None:
    return await tx.fetchrow("select hash, must_change from passwords where person_id = $1", person_id)


async def set_password(tx: Tx, person_id: int, hash_: str, *, must_change: bool, changed_at: datetime) -> None:
    await tx.execute(
        "insert into passwords (person_id, hash, must_change, changed_at) values ($1, $2, $3, $4)"
        " on conflict (person_id) do update set hash = excluded.hash, must_change = excluded.must_change,"
        " changed_at = excluded.changed_at",
        person_id, hash_, must_change, changed_at,
    )  # fmt: skip


async def lock_attempts(tx: Tx, company_id: int, login: str, address: str) -> None:
    # Counting and adding are two statements: without the locks, guesses that come at once would not see each other.
    # The login before the address, always, so that no two wait for each other.
    for name in (f"sign-in of {login} at {company_id}", f"sign-in from {address}"):
        await tx.execute("select pg_advisory_xact_lock(hashtextextended($1, 0))", name)


async def insert_attempt(tx: Tx, attempt_id: int, company_id: int, login: str, address: str, at: datetime) -> None:
    await tx.execute(
        "insert into sign_in_attempts (id, company_id, login, address, attempted_at) values ($1, $2, $3, $4, $5)",
        attempt_id, company_id, login, address, at,
    )  # fmt: skip


async def count_attempts(tx: Tx, company_id: int, login: str, address: str, since: datetime) -> tuple[int, int]:
    """(for this login, from this address) since then."""
    row = await tx.fetchrow(
        "select (select count(*) from sign_in_attempts where company_id = $1 and login = $2 and attempted_at > $4),"
        " (select count(*) from sign_in_attempts where address = $3 and attempted_at > $4)",
        company_id, login, address, since,
    )  # fmt: skip
    assert row is not None
    return row[0], row[1]


async def delete_attempts(tx: Tx, company_id: int, login: str, attempt_id: int) -> None:
    """After a success: this attempt, and all for the same login."""
    await tx.execute(
        "delete from sign_in_attempts where id = $3 or (company_id = $1 and login = $2)", company_id, login, attempt_id
    )


async def delete_expired(tx: Tx, now: datetime, attempts_before: datetime) -> None:
    await tx.execute("delete from sign_in_attempts where attempted_at < $1", attempts_before)
    await tx.execute("delete from sessions where expires_at < $1", now)
    await tx.execute("delete from invitations where expires_at < $1 and used_at is null", now)
    await tx.execute("delete from recovery_links where expires_at < $1", now)


# -- sessions ------------------------------------------------------------------------------------------------------


async def insert_session(
    tx: Tx, session_id: int, token_digest: bytes, company_id: int, person_id: int, device: Device,
    now: datetime, expires_at: datetime,
) -> None:  # fmt: skip
    await tx.execute(
        "insert into sessions (id, token_digest, company_id, person_id, user_agent, address, created_at, last_seen_at,"
        " expires_at) values ($1, $2, $3, $4, $5, $6, $7, $7, $8)",
        session_id, token_digest, company_id, person_id, device.user_agent[:300], device.address[:64], now, expires_at,
    )  # fmt: skip


async def find_sessions(tx: Tx, token_digests: Sequence[bytes], kind: str, now: datetime) -> dict[bytes, Row]:
    """By digest: the session with its person, while both are valid."""
    rows = await tx.fetch(
        "select s.token_digest, s.id, s.company_id, s.person_id, s.last_seen_at, p.is_admin,"
        " coalesce(w.must_change, false) as must_change from sessions s"
        " join people p on p.id = s.person_id and p.is_active and p.kind = $2"
        " left join passwords w on w.person_id = p.id"
        " where s.token_digest = any($1::bytea[]) and s.expires_at > $3",
        list(token_digests), kind, now,
    )  # fmt: skip
    return {row["token_digest"]: row for row in rows}


async def list_valid_sessions(tx: Tx, session_ids: Sequence[int], now: datetime) -> set[int]:
    """Which of these have neither been ended nor expired."""
    rows = await tx.fetch(
        "select id from sessions where id = any($1::bigint[]) and expires_at > $2", list(session_ids), now
    )
    return {row["id"] for row in rows}


async def renew_sessions(tx: Tx, session_ids: Sequence[int], now: datetime, expires_at: datetime) -> None:
    # In the order of their ids: two processes renew the same ones without waiting for each other in a circle.
    await tx.execute(
        "with due as (select id from sessions where id = any($1::bigint[]) order by id for no key update)"
        " update sessions s set last_seen_at = $2, expires_at = $3 from due where s.id = due.id",
        list(session_ids), now, expires_at,
    )  # fmt: skip


async def list_sessions(tx: Tx, person_id: int, now: datetime) -> list[Row]:
    return await tx.fetch(
        "select id, user_agent, address, created_at, last_seen_at from sessions"
        " where person_id = $1 and expires_at > $2 order by last_seen_at desc",
        person_id, now,
    )  # fmt: skip


async def delete_sessions(tx: Tx, person_ids: Sequence[int], *, keep: int | None = None) -> list[int]:
    rows = await tx.fetch(
        "delete from sessions where person_id = any($1::bigint[]) and id is distinct from $2 returning id",
        list(person_ids), keep,
    )  # fmt: skip
    return [row["id"] for row in rows]


async def delete_session(tx: Tx, session_id: int) -> None:
    await tx.execute("delete from sessions where id = $1", session_id)


# -- invitations and recovery --------------------------------------------------------------------------------------


async def insert_invitation(
    tx: Tx, token_digest: bytes, company_id: int, person_id: int, now: datetime, expires_at: datetime
) -> None:
    await tx.execute(
        "insert into invitations (token_digest, company_id, person_id, created_at, expires_at)"
        " values ($1, $2, $3, $4, $5)",
        token_digest, company_id, person_id, now, expires_at,
    )  # fmt: skip


async def delete_unused_invitations(tx: Tx, person_id: int) -> None:
    await tx.execute("delete from invitations where person_id = $1 and used_at is null", person_id)


async def find_invitation(tx: Tx, token_digest: bytes, now: datetime, *, for_update: bool = False) -> Row | None:
    """person_id and company_id of an invitation that is unused, unexpired and for an active person."""
    return await tx.fetchrow(
        "select i.person_id, i.company_id from invitations i"
        " join people p on p.id = i.person_id and p.is_active"
        " where i.token_digest = $1 and i.used_at is null and i.expires_at > $2"
        + (" for update of i" if for_update else ""),
        token_digest, now,
    )  # fmt: skip


async def mark_invitation_used(tx: Tx, token_digest: bytes, now: datetime) -> None:
    await tx.execute("update invitations set used_at = $2 where token_digest = $1", token_digest, now)


async def set_recovery_link(
    tx: Tx, person_id: int, token_digest: bytes, purpose: str, now: datetime, expires_at: datetime
) -> None:
    await tx.execute(
        "insert into recovery_links (person_id, token_digest, purpose, created_at, expires_at)"
        " values ($1, $2, $3, $4, $5) on conflict (person_id) do update set token_digest = excluded.token_digest,"
        " purpose = excluded.purpose, created_at = excluded.created_at, expires_at = excluded.expires_at",
        person_id, token_digest, purpose, now, expires_at,
    )  # fmt: skip


async def find_recovery_link(tx: Tx, token_digest: bytes, now: datetime) -> Row | None:
    return await tx.fetchrow(
        "select r.person_id, p.company_id, r.purpose from recovery_links r"
        " join people p on p.id = r.person_id and p.is_active and p.kind = 'contact'"
        " where r.token_digest = $1 and r.expires_at > $2",
        token_digest, now,
    )  # fmt: skip
