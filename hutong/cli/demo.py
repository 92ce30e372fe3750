"""`hutong demo`: the network with a company in it, on one command."""

import asyncio
import os
from pathlib import Path

import msgspec
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from hutong import demo as demo_company
from hutong.cli.serve import DataOption, HostOption, PortOption, UrlOption, run
from hutong.core import settings
from hutong.core.db import Database
from hutong.core.errors import Conflict
from hutong.core.settings import Settings
from hutong.demo import DemoFacts

_console = Console(stderr=True)


class DemoUnknown(Conflict):
    code = "demo_unknown"
    zh = "{data} 里已有企业，但没有 demo.json。请换一个空的 --data 文件夹，或用 hutong serve 启动。"
    en = "{data} holds a company but no demo.json. Choose an empty --data folder, or start it with hutong serve."


def demo(
    data: DataOption = None, host: HostOption = None, port: PortOption = None, public_url: UrlOption = None
) -> None:
    """Run the network with 蓝汀汽车 (Lanting Motors) in it: built on the first start, found again on the next."""
    chosen = settings.load(data=data or os.environ.get("HUTONG_DATA") or "demo-data", host=host, port=port,
                           public_url=public_url, log_level=os.environ.get("HUTONG_LOG_LEVEL", "warning"))  # fmt: skip
    file = chosen.data / "demo.json"

    async def on_ready(dsn: str) -> None:
        facts = await _facts(chosen, dsn, file)
        _write(file, facts)
        _show(facts)

    run(chosen, on_ready)


async def _facts(chosen: Settings, dsn: str, file: Path) -> DemoFacts:
    db = await Database.open(dsn)
    try:
        if not await demo_company.has_company(db):
            return await _build(db, chosen)
    finally:
        await db.close()
    try:
        known = await asyncio.to_thread(_read, file)
    except (OSError, msgspec.DecodeError) as cause:
        raise DemoUnknown(data=chosen.data) from cause
    token = known.contact_way_url.rsplit("/", 1)[1]
    return msgspec.structs.replace(known, base_url=chosen.base_url, contact_way_url=f"{chosen.base_url}/c/{token}")


async def _build(db: Database, chosen: Settings) -> DemoFacts:
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f}%"),
        TimeElapsedColumn(),
    )
    names = {"read": "读取花名册", "check": "检查", "write": "写入通讯录"}
    with Progress(*columns, console=_console) as bar:
        tasks = {}

        def show(done: int, total: int, stage: str) -> None:
            if stage not in tasks:
                tasks[stage] = bar.add_task(names.get(stage, stage), total=total)
            bar.update(tasks[stage], completed=done, total=total)

        return await demo_company.build(db, chosen.base_url, show)


def _read(file: Path) -> DemoFacts:
    return msgspec.json.decode(file.read_bytes(), type=DemoFacts)


def _write(file: Path, facts: DemoFacts) -> None:
    """Whole or not at all, and for its owner only: it holds passwords."""
    waiting = file.with_suffix(".tmp")
    waiting.write_bytes(msgspec.json.format(msgspec.json.encode(facts), indent=2))
    waiting.chmod(0o600)
    waiting.replace(file)


def _show(facts: DemoFacts) -> None:
    lines = [
        "",
        f"[bold green]互通已就绪 · Hutong is ready[/]   {facts.base_url}",
        "",
        f"  管理员 admin     {facts.admin.account:<10} {facts.admin.password}   {facts.admin.name}",
        *(
            f"  成员 member      {member.account:<10} {member.password}   {member.name} · {member.department}"
            for member in facts.members
        ),
        "",
        f"  客户入口 customers walk in here: {facts.contact_way_url}",
        "  Ctrl-C 停止 · stops everything",
        "",
    ]
    _console.print("\n".join(lines), highlight=False, soft_wrap=True)
