"""Marks in a text: typed by a colleague, seen by another and by a customer as what they mean."""

from playwright.async_api import expect

from tests.journeys.conftest import Accessible, OpenPage
from tests.journeys.staff import field, messages, row
from tests.people import Consumer, Member


async def test_code_is_typed_line_by_line_and_marks_are_seen_by_all(
    open_page: OpenPage, accessible: Accessible, lin: Member, wu: Consumer
) -> None:
    said = await wu.walk_in(await lin.way(), "中控黑屏了")
    mine = await open_page(lin, f"/chats/{said['conversation_id']}")
    theirs = await open_page(wu, f"/c/{wu.door.rsplit('/', 1)[-1]}", phone=True)
    await mine.get_by_role("button", name="会话详情").wait_for()

    # In a block of code Enter begins a line; Ctrl+Enter sends.
    await field(mine).fill("在诊断口执行 **一次**，别用 ~~reset~~：\n```sh")
    for line in ["obd --read dtc", "  obd --clear <b>", "```"]:
        await field(mine).press("Enter")
        await field(mine).press_sequentially(line)
    await field(mine).press("Control+Enter")
    await expect(field(mine)).to_have_value("")
    code = messages(mine).locator("pre")
    await expect(code).to_have_text("obd --read dtc\n  obd --clear <b>")
    await expect(messages(mine).locator("strong", has_text="一次")).to_be_visible()
    await expect(messages(mine).locator("s")).to_have_text("reset")
    await messages(mine).get_by_role("button", name="复制代码").click()
    await expect(mine.get_by_text("代码已复制")).to_be_visible()
    await expect(row(mine, "访客")).to_contain_text("在诊断口执行 一次，别用 reset")
    await expect(theirs.locator("pre")).to_have_text("obd --read dtc\n  obd --clear <b>")
    await expect(theirs.locator(".bubble b")).to_have_text("一次")

    # A key marks what is selected.
    await field(mine).fill("周六")
    await field(mine).select_text()
    await field(mine).press("Control+b")
    await expect(field(mine)).to_have_value("**周六**")
    await field(mine).press("Enter")
    await expect(messages(mine).locator("strong", has_text="周六")).to_be_visible()
    await accessible(mine)
    await accessible(theirs)
