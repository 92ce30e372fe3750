"""kill -9 between a message and its push, and several processes at the same pushes: told once, or once more."""

import asyncio
from pathlib import Path

from tests.cast import Role
from tests.notifications.pushed import PushService, until
from tests.people import Member
from tests.roles.served import Served


async def test_what_was_said_before_a_kill_is_told_after_it_and_no_storm_follows(
    dsn: str, template: dict[str, Role], tmp_path: Path
) -> None:
    served = Served(dsn, tmp_path, push_loopback=1)
    async with PushService.running() as service:
        his = service.browser()
        served.spawn()
        await served.ready()
        try:
            async with (
                Member(served.base_url, **template["chen"]._asdict()) as chen,
                Member(served.base_url, **template["lin"]._asdict()) as lin,
            ):
                await his.subscribe(chen)
                talk = await lin.direct(chen)
                # The position is kept with the first look.
                await asyncio.sleep(2)
                await lin.say(talk, "这句之后断电")
                served.kill()
                served.spawn()
                await served.ready()
                await until(lambda: bool(his.told), seconds=60)
                await asyncio.sleep(5)
                assert [told["text"] for told in his.told] == ["这句之后断电"]
        finally:
            served.kill()


async def test_several_processes_tell_everything_once(dsn: str, template: dict[str, Role], tmp_path: Path) -> None:
    served = Served(dsn, tmp_path, push_loopback=1, processes=2)
    async with PushService.running() as service:
        his = service.browser()
        served.spawn()
        await served.ready()
        try:
            async with (
                Member(served.base_url, **template["chen"]._asdict()) as chen,
                Member(served.base_url, **template["lin"]._asdict()) as lin,
            ):
                await his.subscribe(chen)
                groups = [await lin.group(f"群 {number}", chen) for number in range(20)]
                for group in groups:
                    await lin.say(group, "都看一下")
                await his.was_asked(len(groups))
                await asyncio.sleep(5)
                titles = [told["title"] for told in his.told]
                assert sorted(titles) == sorted(group["name"] for group in groups)
        finally:
            served.kill()
