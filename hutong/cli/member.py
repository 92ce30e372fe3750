"""`hutong member`: one person at a time, for whoever holds the machine."""

import asyncio
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape

from hutong import directory, identity
from hutong.cli.database import database_of
from hutong.cli.roster import CompanyOption, choose_company
from hutong.cli.serve import DataOption
from hutong.core import settings
from hutong.core.db import Database
from hutong.core.errors import Invalid, NotFound
from hutong.core.settings import Settings
from hutong.directory import NewMember

app = typer.Typer(no_args_is_help=True, help="Add members and invite them.")
_console = Console()


class FieldsRefused(Invalid):
    code = "invalid"
    zh = "{reasons}"
    en = "{reasons}"


class NoSuchAccount(NotFound):
    code = "member_not_found"
    zh = "没有账号 {account}。"
    en = "There is no account {account}."


@app.command("add")
def add(
    name: Annotated[str, typer.Argument(help="The person's name.")],
    account: Annotated[str, typer.Argument(help="Letters, digits and _ - @ ., at most 64.")],
    department: Annotated[str, typer.Option("--department", help="a/b/c; several split by ;, the first is the main.")],
    phone: Annotated[str, typer.Option("--phone")] = "",
    title: Annotated[str, typer.Option("--title")] = "",
    work_email: Annotated[str, typer.Option("--work-email")] = "",
    is_head: Annotated[bool, typer.Option("--head", help="Heads the main department.")] = False,
    is_admin: Annotated[bool, typer.Option("--admin", help="May administer the company.")] = False,
    company: CompanyOption = None,
    data: DataOption = None,
) -> None:
    """Add a member and print a link with which they set their password."""
    new = NewMember(
        name=name,
        account=account,
        department=department,
        phone=phone,
        title=title,
        work_email=work_email,
        is_head=is_head,
    )
    chosen = settings.load(data=data)
    with database_of(chosen) as dsn:
        link = asyncio.run(_add(dsn, chosen, company, new, is_admin=is_admin))
    _console.print(f"[green]✓[/green] {escape(name)} ({escape(account)})", highlight=False)
    typer.echo(link)


@app.command("invite")
def invite(
    account: Annotated[str, typer.Argument(help="The member's account or phone.")],
    company: CompanyOption = None,
    data: DataOption = None,
) -> None:
    """Print a link with which a member sets their password; an earlier unused one stops working."""
    chosen = settings.load(data=data)
    with database_of(chosen) as dsn:
        link = asyncio.run(_invite(dsn, chosen, company, account))
    typer.echo(link)


async def _add(dsn: str, chosen: Settings, slug: str | None, new: NewMember, *, is_admin: bool) -> str:
    from hutong.cli import language

    try:
        entry = directory.entry_of(new, language())
    except Invalid as refused:
        fields = (refused.details or {}).get("fields", [])
        raise FieldsRefused(reasons=" ".join(field["message"] for field in fields)) from refused
    db = await Database.open(dsn, connections=2)
    try:
        company = await choose_company(db, slug)
        async with db.begin() as tx:
            person_id = await directory.add_member(tx, None, company.id, entry, is_admin=is_admin)
            token, _ = await identity.create_invitation(tx, None, company.id, person_id)
    finally:
        await db.close()
    return f"{chosen.base_url}/invite/{token}"


async def _invite(dsn: str, chosen: Settings, slug: str | None, account: str) -> str:
    db = await Database.open(dsn, connections=2)
    try:
        company = await choose_company(db, slug)
        async with db.begin() as tx:
            person_id = await directory.find_member_by_account(tx, company.id, account)
            if person_id is None:
                raise NoSuchAccount(account=account)
            token, _ = await identity.create_invitation(tx, None, company.id, person_id)
    finally:
        await db.close()
    return f"{chosen.base_url}/invite/{token}"
