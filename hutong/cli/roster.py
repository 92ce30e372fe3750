"""`hutong import roster`: shows what a roster would do, asks, and does it."""

import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table

from hutong import directory, identity
from hutong.cli.database import database_of
from hutong.cli.serve import DataOption
from hutong.core import settings
from hutong.core.db import Database
from hutong.core.errors import Invalid
from hutong.directory import Plan, RosterImported, RosterPlan
from hutong.identity import Company, CompanyNotFound

app = typer.Typer(no_args_is_help=True, help="Bring people in from files.")

CompanyOption = Annotated[
    str | None, typer.Option("--company", help="The company's short name; needed when there are several.")
]

_MAX_SHOWN = 20
_TEXTS = {
    "read": ("读取", "Reading"),
    "write": ("写入", "Writing"),
    "plan": ("导入 {company}：将会", "Import into {company}: it would"),
    "added": ("新增", "Added"),
    "changed": ("变更", "Changed"),
    "unchanged": ("不变", "Unchanged"),
    "removed": ("停用", "Deactivated"),
    "faulty": ("有误的行（不导入）", "Faulty rows (left out)"),
    "departments_added": ("新部门", "New departments"),
    "row": ("行", "Row"),
    "column": ("列", "Column"),
    "value": ("内容", "Value"),
    "fault": ("问题", "Fault"),
    "account": ("账号", "Account"),
    "name": ("姓名", "Name"),
    "before": ("原来", "Before"),
    "after": ("改为", "After"),
    "more": ("…… 还有 {count} 条", "… and {count} more"),
    "ask": ("导入吗？", "Import?"),
    "dry_run": ("这是演练，没有改动任何内容。", "This was a dry run: nothing was changed."),
    "nothing": ("没有需要改动的内容。", "There is nothing to change."),
    "cancelled": ("已取消，没有改动任何内容。", "Cancelled: nothing was changed."),
    "done": ("导入完成", "Imported"),
}


class CompanyUnclear(Invalid):
    code = "company_unclear"
    zh = "这里有几家企业，请用 --company 指定一家：{slugs}。"
    en = "There are several companies. Name one with --company: {slugs}."


class NotAsked(Invalid):
    code = "not_asked"
    zh = "没有终端可以询问。请先用 --dry-run 查看，再加 --yes 导入。"
    en = "There is no terminal to ask at. Look with --dry-run first, then import with --yes."


class RemovalUnconfirmed(directory.RemovesMany):
    zh = "这个文件会停用 {removed} 人（共 {of} 人）。确认无误请加 --confirm-removal，只增改不停用请加 --keep-missing。"
    en = (
        "This file would deactivate {removed} of {of} members. If that is right add --confirm-removal; to keep who is"
        " missing add --keep-missing."
    )


@app.callback()
def import_group() -> None:
    """Bring people in from files."""


@app.command("roster")
def import_roster(
    file: Annotated[
        Path, typer.Argument(exists=True, dir_okay=False, readable=True, help="CSV (UTF-8 or GB18030), .xlsx or .xls.")
    ],
    company: CompanyOption = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what would be done.")] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
    keep_missing: Annotated[bool, typer.Option("--keep-missing", help="Whoever is not in the file stays.")] = False,
    confirm_removal: Annotated[
        bool, typer.Option("--confirm-removal", help="Deactivate even a large part of the company.")
    ] = False,
    data: DataOption = None,
) -> None:
    """Import people and departments from a spreadsheet.

    Exit code 0: every row was taken (or would be); 1: refused, nothing was changed; 2: faulty rows were left out.
    """
    job = _Job(file, dry_run=dry_run, yes=yes, removes_missing=not keep_missing, confirms_removal=confirm_removal)
    with database_of(settings.load(data=data)) as dsn:
        code = asyncio.run(job.run(dsn, company))
    raise typer.Exit(code)


async def choose_company(db: Database, slug: str | None) -> Company:
    """The named company, or the only one. Raises CompanyNotFound, CompanyUnclear."""
    async with db.begin() as tx:
        companies = await identity.list_companies(tx)
    matching = [company for company in companies if slug in {None, company.slug}]
    if not matching:
        raise CompanyNotFound
    if len(matching) > 1:
        raise CompanyUnclear(slugs=", ".join(company.slug for company in matching))
    return matching[0]


class _Job:
    def __init__(self, file: Path, *, dry_run: bool, yes: bool, removes_missing: bool, confirms_removal: bool) -> None:
        # The group's module is loaded by hutong.cli itself, which is only whole when a command runs.
        from hutong.cli import language

        self.file = file
        self.dry_run = dry_run
        self.yes = yes
        self.removes_missing = removes_missing
        self.confirms_removal = confirms_removal
        self.language = language()
        self.console = Console()

    def say(self, word: str, **values: object) -> str:
        return _TEXTS[word][self.language == "en"].format(**values)

    async def run(self, dsn: str, slug: str | None) -> int:
        db = await Database.open(dsn, connections=2)
        try:
            company = await choose_company(db, slug)
            # One byte more than allowed is enough to know.
            content = self.file.open("rb").read(directory.MAX_ROSTER_BYTES + 1)
            with self._progress() as progress:
                roster = await directory.read_roster(content, _Bar(self, progress).show)
            async with db.begin("repeatable_read") as tx:
                plan = await directory.plan_roster(tx, None, company.id, roster, removes_missing=self.removes_missing)
            shown = directory.describe_plan(plan, self.language)
            self._show(company, shown)
            code = 2 if shown.faulty else 0
            if self.dry_run:
                self.console.print(self.say("dry_run"))
            elif not (shown.added or shown.changed or shown.removed):
                self.console.print(self.say("nothing"))
            elif self._may(plan):
                self._show_done(await self._import(db, company, plan))
            else:
                self.console.print(self.say("cancelled"))
                code = 1
            return code
        finally:
            await db.close()

    def _may(self, plan: Plan) -> bool:
        if plan.removes_many and not self.confirms_removal:
            raise RemovalUnconfirmed(removed=len(plan.removed), of=plan.removable)
        if self.yes:
            return True
        if not sys.stdin.isatty():
            raise NotAsked
        return typer.confirm(self.say("ask"))

    async def _import(self, db: Database, company: Company, plan: Plan) -> RosterImported:
        with self._progress() as progress:
            async with db.begin() as tx:
                return await directory.import_roster(
                    tx,
                    None,
                    company.id,
                    plan.roster,
                    plan_digest=plan.digest,
                    removes_missing=self.removes_missing,
                    confirms_removal=self.confirms_removal,
                    progress=_Bar(self, progress).show,
                )

    def _progress(self) -> Progress:
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        return Progress(*columns, console=self.console, transient=True, disable=not self.console.is_terminal)

    def _show(self, company: Company, shown: RosterPlan) -> None:
        title = self.say("plan", company=escape(company.name))
        table = Table(title=title, title_justify="left", show_header=False)
        for word in ("added", "changed", "unchanged", "removed", "faulty", "departments_added"):
            table.add_row(self.say(word), str(getattr(shown, word)))
        self.console.print(table)
        for note in shown.notes:
            self.console.print(f"• {escape(note)}", highlight=False)
        changes = [
            (change.account, change.name, difference.column, difference.before, difference.after)
            for change in shown.samples.changed[:_MAX_SHOWN]
            for difference in change.changes
        ]
        self._table("changed", ("account", "name", "column", "before", "after"), changes, shown.changed - _MAX_SHOWN)
        removed = [(gone.account, gone.name) for gone in shown.samples.removed[:_MAX_SHOWN]]
        self._table("removed", ("account", "name"), removed, shown.removed - _MAX_SHOWN)
        faults = [(str(f.row), f.column or "—", f.value or "", f.message) for f in shown.faults]
        self._table("faulty", ("row", "column", "value", "fault"), faults, 0)

    def _table(self, title: str, headings: tuple[str, ...], rows: Sequence[tuple[str, ...]], more: int) -> None:
        if not rows:
            return
        table = Table(title=self.say(title), title_justify="left")
        for heading in headings:
            table.add_column(self.say(heading), overflow="fold")
        for row in rows:
            # What a file says is text, whatever it looks like to rich.
            table.add_row(*map(escape, row))
        self.console.print(table)
        if more > 0:
            self.console.print(self.say("more", count=more))

    def _show_done(self, imported: RosterImported) -> None:
        words = ("added", "changed", "removed", "faulty")
        figures = "  ".join(f"{self.say(word)} {getattr(imported, word)}" for word in words)
        self.console.print(f"[green]✓[/green] {self.say('done')}  {figures}", highlight=False)


class _Bar:
    """Feeds the import's progress to rich, one bar a stage. Called from the reading thread too, which rich allows."""

    def __init__(self, job: _Job, progress: Progress) -> None:
        self._job = job
        self._progress = progress
        self._stages: dict[str, int] = {}

    def show(self, done: int, total: int, stage: str) -> None:
        if stage not in self._stages:
            self._stages[stage] = self._progress.add_task(self._job.say(stage), total=total)
        self._progress.update(self._stages[stage], completed=done, total=total)  # type: ignore[arg-type]
