"""Who has read it: what an author sees under their words in a group, and where they look for names."""

import re

from playwright.async_api import expect

from hutong.core.db import Database
from tests.journeys.conftest import Accessible, OpenPage
from tests.journeys.staff import messages, row, say
from tests.messaging.crowd import gather_crowd
from tests.people import Member


async def test_an_author_watches_a_group_read(
    open_page: OpenPage, accessible: Accessible, lin: Member, zhao: Member, chen: Member
) -> None:
    group = await lin.group("周会", zhao, chen)
    mine = await open_page(lin, f"/chats/{group['id']}")
    await say(mine, "三点开会，请带上报表")
    mark = messages(mine).get_by_role("button", name=re.compile("未读|已读"))
    await expect(mark).to_have_text("2 人未读")
    theirs = await open_page(zhao, "/chats")
    await row(theirs, "周会").click()
    await expect(mark).to_have_text("1 人未读")
    # By keyboard: the names, and back to where one was.
    await mark.focus()
    await mine.keyboard.press("Enter")
    dialog = mine.get_by_role("dialog", name="消息阅读情况")
    await expect(dialog.get_by_role("tab", name="未读 1")).to_have_attribute("aria-selected", "true")
    await expect(dialog.get_by_role("listitem")).to_contain_text([chen.name])
    await accessible(mine)
    await mine.keyboard.press("ArrowRight")
    await expect(dialog.get_by_role("listitem")).to_contain_text([zhao.name])
    # It stays right while one looks.
    await chen.read(group, 10**9)
    await expect(dialog.get_by_role("tab", name="已读 2")).to_be_visible()
    await expect(dialog.get_by_role("listitem")).to_have_count(2)
    await dialog.get_by_role("tab", name="未读 0").click()
    await expect(dialog.get_by_text("大家都读过了。")).to_be_visible()
    await mine.keyboard.press("Escape")
    await expect(mark).to_have_text("全部已读")
    await expect(mark).to_be_focused()


async def test_in_a_large_group_an_author_sees_it_within_seconds_and_pages_through_the_names(
    open_page: OpenPage, accessible: Accessible, db: Database, lin: Member, zhao: Member
) -> None:
    group = await lin.group("全公司", zhao)
    await gather_crowd(db, group, 300)
    await lin.say(group, "先说一句")
    said = await lin.say(group, "年会定在周五")
    mine = await open_page(lin, f"/chats/{group['id']}", phone=True, scheme="dark", language="en")
    mark = mine.get_by_role("list", name="Messages").get_by_role("button", name=re.compile(" unread$")).last
    await expect(mark).to_have_text("301 unread")
    await mark.click()
    dialog = mine.get_by_role("dialog", name="Who has read it")
    await expect(dialog.get_by_role("listitem")).to_have_count(50)
    await accessible(mine)
    await dialog.get_by_role("button", name="Show more participants").click()
    await expect(dialog.get_by_role("listitem")).to_have_count(100)
    await zhao.read(group, said["seq"])
    await dialog.get_by_role("tab", name="Read 1", exact=True).click()
    await expect(dialog.get_by_role("listitem")).to_contain_text([zhao.name])
    await dialog.get_by_role("button", name="Close").click()
    await expect(mark).to_have_text("300 unread")
