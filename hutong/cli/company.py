"""`hutong init`: a company and its first administrator."""

import asyncio
import getpass
import sys
from typing import Annotated

import typer
from rich.console import Console

from hutong import directory, identity
from hutong.cli.database import database_of
from hutong.cli.serve import DataOption
from hutong.core import settings
from hutong.core.db import Database

_console = Console()


def init(
    slug: Annotated[str, typer.Argument(help="The company's short name in addresses, e.g. lanting.")],
    name: Annotated[str, typer.Argument(help="The company's name.")],
    account: Annotated[str, typer.Option("--account", help="The administrator's account.")] = "admin",
    admin_name: Annotated[str, typer.Option("--admin-name", help="The administrator's name.")] = "管理员",
    host: Annotated[list[str] | None, typer.Option("--host-name", help="Host name its people arrive at.")] = None,
    password_stdin: Annotated[bool, typer.Option("--password-stdin", help="Read the password from stdin.")] = False,
    data: DataOption = None,
) -> None:
    """Make a company and its first administrator."""
    chosen = settings.load(data=data)
    password = sys.stdin.readline().rstrip("\n") if password_stdin else _ask_password()
    with database_of(chosen) as dsn:
        asyncio.run(_init(dsn, slug, name, host or [], account, admin_name, password))
    _console.print(f"[green]✓[/green] {name}: {chosen.base_url}/at/{slug}  ({account})", highlight=False)


def _ask_password() -> str:
    while True:
        password = getpass.getpass("密码 / Password: ")
        if password == getpass.getpass("再输一次 / Again: "):
            return password
        _console.print("两次不一样 / They differ")


async def _init(dsn: str, slug: str, name: str, hosts: list[str], account: str, admin_name: str, password: str) -> None:
    db = await Database.open(dsn)
    try:
        # Checked before anything is written: a company nobody can enter would be half a company.
        identity.check_password(password, [account.lower()])
        hash_ = await identity.make_hash(password)
        async with db.begin() as tx:
            company = await identity.create_company(tx, slug, name, hosts=hosts)
            admin = directory.NewMember(account=account, name=admin_name, department=name)
            person_id = await directory.add_member(tx, None, company.id, directory.entry_of(admin), is_admin=True)
            await identity.set_password(tx, person_id, hash_)
    finally:
        await db.close()
