"""Two colleagues who see that the other is there."""

import re

from playwright.async_api import expect

from tests.journeys.conftest import Accessible, OpenPage
from tests.people import Member


async def test_one_sees_that_a_colleague_is_there_and_when_they_have_gone(
    open_page: OpenPage, accessible: Accessible, lin: Member, zhao: Member, chen: Member
) -> None:
    talk, group = await lin.direct(zhao), await lin.group("试驾", zhao, chen)
    await lin.say(talk, "在吗")
    mine = await open_page(lin, f"/chats/{talk['id']}")
    await expect(mine.get_by_role("button", name="会话详情")).to_be_visible()
    await expect(mine.get_by_text("在线", exact=True)).to_have_count(0)

    theirs = await open_page(zhao, "/directory")
    await expect(mine.get_by_text("在线", exact=True)).to_be_visible()
    await expect(mine.locator("[data-state=active]")).to_have_count(2)
    await accessible(mine)
    await mine.goto(f"/chats/{group['id']}")
    await mine.get_by_role("button", name="会话详情").click()
    people = mine.get_by_role("list", name="群成员")
    await expect(people.get_by_role("listitem").filter(has_text="赵敏")).to_contain_text("在线")
    await expect(people.get_by_role("listitem").filter(has_text="陈默")).not_to_contain_text("在线")

    await theirs.close()
    await expect(people.get_by_role("listitem").filter(has_text="赵敏")).not_to_contain_text("在线")
    await expect(mine.get_by_role("link", name=re.compile("赵敏")).locator("[data-state]")).to_have_count(0)
