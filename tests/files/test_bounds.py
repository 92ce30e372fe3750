"""Nobody fills the disk, which is the database's too, or keeps others from sending by what is only announced."""

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple

from hutong.core import clock
from hutong.files.model import MEGABYTE
from tests.cast import Role
from tests.files import pictures
from tests.files.test_uploads import TUS, begin, offset_of, send
from tests.people import Caller, Consumer, Member
from tests.roles.running import running

GIGABYTE = 1024 * MEGABYTE


class Trio(NamedTuple):
    lin: Member
    wu: Consumer
    qian: Consumer


@asynccontextmanager
async def trio(dsn: str, data: Path, template: dict[str, Role], **options: Any) -> AsyncIterator[Trio]:
    """A member and two of her customers, on a network with settings of the test's own."""
    async with (
        running(dsn, data, **options) as served,
        Member(served.base_url, **template["lin"]._asdict()) as lin,
        Consumer(served.base_url) as wu,
        Consumer(served.base_url) as qian,
    ):
        way = await lin.way()
        for customer in (wu, qian):
            await customer.walk_in(way, "您好")
        yield Trio(lin, wu, qian)


async def refused(who: Caller, size: int, door: str = "/api") -> tuple[int, str]:
    refusal = await who.refused("POST", f"{door}/uploads", b"", headers=TUS | {"upload-length": str(size)})
    return refusal.status, refusal.code


async def test_customers_take_nothing_from_the_staff_by_announcing_and_a_quarter_of_the_disk_at_most(
    dsn: str, tmp_path: Path, template: dict[str, Role]
) -> None:
    spare = shutil.disk_usage(tmp_path).free - 256 * MEGABYTE
    async with trio(dsn, tmp_path, template, spare_bytes=spare) as (lin, wu, qian):
        # Twelve gigabytes for a quarter of one.
        begun = [(who, await begin(who, 2 * GIGABYTE, door=who.door)) for who in (wu, qian) for _ in range(3)]
        await begin(lin, 32 * MEGABYTE)
        # Six of which something came want 96 MB, and 64 is what customers may take.
        for who, path in begun:
            assert (await send(who, path, 0, b"x")).status_code == 204
        await qian.request("DELETE", begun[-1][1], headers=TUS)
        assert await refused(qian, GIGABYTE, qian.door) == (429, "too_much_from_contacts")
        await begin(lin, 32 * MEGABYTE)
        assert await refused(lin, GIGABYTE) == (503, "storage_full")
        mine = await begin(lin, 3 * MEGABYTE)

    # The disk has filled meanwhile.
    async with trio(dsn, tmp_path, template, spare_bytes=10**15) as (lin, wu, _):
        assert (await send(lin, mine, 0, b"x" * MEGABYTE)).json()["code"] == "storage_full"
        assert await offset_of(lin, mine) == 0
        assert (await lin.refused("POST", "/api/files?name=a", b"x")).code == "storage_full"
        picture = f"{wu.door}/pictures?client_id=8f4b6b4a-16b5-4a53-a3c2-24c4be6d86b2"
        assert (await wu.refused("POST", picture, pictures.png())).code == "storage_full"
        assert await refused(wu, 1, wu.door) == (429, "too_much_from_contacts")
    assert not any((tmp_path / "files").rglob("*"))


async def test_what_one_person_sends_in_a_day_is_bounded_however_it_is_sent(
    dsn: str, tmp_path: Path, template: dict[str, Role]
) -> None:
    day = {"contact_bytes_per_day": MEGABYTE, "member_bytes_per_day": 3 * MEGABYTE}
    async with trio(dsn, tmp_path, template, **day) as (lin, wu, qian):
        content = os.urandom(600_000)
        first, second = [await begin(wu, len(content), door=wu.door) for _ in range(2)]
        await send(wu, first, 0, content)
        await wu.post(f"{first}/file")
        # It was announced in time, but there is no room for it any more; nor is there by forgetting the first one.
        await wu.request("DELETE", first, headers=TUS)
        late = await send(wu, second, 0, content)
        assert (late.status_code, late.json()["code"]) == (429, "too_much_today")
        assert await offset_of(wu, second) == 0
        headers = TUS | {"upload-length": str(len(content)), "accept-language": "en"}
        refusal = await wu.refused("POST", f"{wu.door}/uploads", b"", headers=headers)
        assert refusal.message.startswith("You have sent as many files as fit into 24 hours (1 MB).")
        picture = f"{wu.door}/pictures?client_id=8f4b6b4a-16b5-4a53-a3c2-24c4be6d86b2"
        assert (await wu.refused("POST", picture, content)).code == "too_much_today"
        await begin(qian, len(content), door=qian.door)

        await lin.upload(os.urandom(2 * MEGABYTE), "a.bin")
        assert (await lin.refused("POST", "/api/files?name=b", os.urandom(2 * MEGABYTE))).code == "too_much_today"
        assert await refused(lin, 2 * MEGABYTE) == (429, "too_much_today")
        with clock.travel(timedelta(hours=25)):
            await begin(wu, len(content), door=wu.door)
            await begin(lin, 2 * MEGABYTE)
