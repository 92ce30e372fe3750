"""`hutong import roster` and `hutong member`, as an operator types them."""

import asyncio
import os
import sys
from pathlib import Path
from typing import NamedTuple

from typer.testing import CliRunner

from hutong.cli import app
from hutong.core.errors import HutongError
from tests.directory.rosters import DATA, csv_of, row
from tests.people import Member


class Said(NamedTuple):
    code: int
    out: str
    err: str


async def hutong(dsn: str, *words: str, language: str = "zh_CN.UTF-8") -> Said:
    """In a thread, for a command brings a loop of its own."""
    env = {"HUTONG_DATABASE_URL": dsn, "LANG": language, "LC_ALL": language, "COLUMNS": "200"}
    result = await asyncio.to_thread(CliRunner().invoke, app, words, env=env)
    refused = result.exception
    if isinstance(refused, HutongError):
        return Said(1, result.stdout, refused.sentence("en" if language.startswith("en") else "zh-CN"))
    assert refused is None or isinstance(refused, SystemExit), result.exc_info
    return Said(result.exit_code, result.stdout, result.stderr)


async def found(who: Member, query: str) -> int:
    return len((await who.get("/api/members", q=query, limit=50))["items"])


async def test_a_roster_is_shown_and_imported(dsn: str, zhao: Member) -> None:
    file = str(DATA / "roster-faulty.csv")
    options = ("import", "roster", file, "--company", "lanting")
    shown = await hutong(dsn, *options, "--dry-run")
    assert shown.code == 2
    assert "账号与第 8 行重复" in shown.out
    assert await found(zhao, "LT0000") == 0
    unasked = await hutong(dsn, *options, language="en_US.UTF-8")
    assert unasked.code == 1
    assert "--yes" in unasked.err
    done = await hutong(dsn, *options, "--yes", language="en_US.UTF-8")
    assert done.code == 2
    assert "Imported" in done.out
    assert await found(zhao, "LT0000") == 50
    again = await hutong(dsn, *options, "--yes")
    assert "没有需要改动的内容" in again.out


async def test_a_large_removal_stops(dsn: str, zhao: Member, tmp_path: Path) -> None:
    file = tmp_path / "roster.csv"
    rows = [row(f"员工{n}", f"staff{n}") for n in range(20)]
    command = ("import", "roster", str(file), "--company", "lanting", "--yes")
    file.write_bytes(csv_of(rows))
    assert (await hutong(dsn, *command)).code == 0
    file.write_bytes(csv_of(rows[10:]))
    stopped = await hutong(dsn, *command)
    assert stopped.code == 1
    assert "--confirm-removal" in stopped.err
    assert (await hutong(dsn, *command, "--keep-missing")).code == 0
    assert await found(zhao, "staff") == 20
    assert (await hutong(dsn, *command, "--confirm-removal")).code == 0
    assert await found(zhao, "staff") == 10


async def test_what_cannot_be_done_is_a_sentence(dsn: str, tmp_path: Path) -> None:
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"PK\x03\x04 nothing")
    assert (await hutong(dsn, "import", "roster", str(broken), "--company", "lanting")).code == 1
    assert (await hutong(dsn, "import", "roster", str(tmp_path / "absent.csv"))).code == 2
    unclear = await hutong(dsn, "import", "roster", str(broken))
    assert unclear.code == 1
    assert "lanting" in unclear.err
    assert "hengda" in unclear.err
    assert (await hutong(dsn, "import", "roster", str(broken), "--company", "nobody")).code == 1


async def test_a_refusal_is_no_stack_trace(dsn: str, tmp_path: Path) -> None:
    """The whole program, as a shell starts it."""
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"PK\x03\x04 nothing")
    words = ("import", "roster", str(broken), "--company", "lanting")
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", "from hutong.cli import main; main()", *words,
        env=os.environ | {"HUTONG_DATABASE_URL": dsn, "LC_ALL": "en_US.UTF-8"},
        stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    out, err = await process.communicate()
    assert process.returncode == 1
    assert out.decode() == ""
    assert "no spreadsheet" in err.decode()
    assert "Traceback" not in err.decode()


async def test_a_member_is_added_and_invited(dsn: str, zhao: Member) -> None:
    words = ("周宁", "zhouning", "--department", "销售部/宁波门店", "--company", "lanting")
    added = await hutong(dsn, "member", "add", *words)
    assert added.code == 0
    assert "/invite/" in added.out
    assert await found(zhao, "zhouning") == 1
    assert (await hutong(dsn, "member", "add", *words)).code == 1
    invited = await hutong(dsn, "member", "invite", "ZHOUNING", "--company", "lanting")
    token = invited.out.strip().rpartition("/")[2]
    assert (await zhao.get(f"/api/invitations/{token}"))["account"] == "zhouning"
    assert (await hutong(dsn, "member", "invite", "nobody", "--company", "lanting")).code == 1
