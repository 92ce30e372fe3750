"""Speaking instead of writing: recorded, heard, wound to a place and sped up; by a customer on a phone too."""

import re

import pytest
from playwright.async_api import Locator, Page, expect

from tests.files import sounds
from tests.journeys.conftest import Accessible, OpenPage
from tests.journeys.staff import field, messages, row
from tests.messaging.test_voices import speak
from tests.people import Consumer, Member

pytestmark = pytest.mark.whole_browser


async def record(page: Page, seconds: int) -> None:
    """At least so long, and ready to be sent."""
    await page.context.grant_permissions(["microphone"])
    await page.get_by_role("button", name="录语音").click()
    bar = page.get_by_role("group", name="正在录音")
    await expect(bar.get_by_role("timer")).to_have_text(f"{seconds}″")


def play(place: Locator) -> Locator:
    return place.get_by_role("button", name=re.compile("播放语音"))


async def test_what_is_spoken_here_is_heard_there(
    open_page: OpenPage, accessible: Accessible, lin: Member, chen: Member
) -> None:
    talk = await lin.direct(chen)
    hers = await open_page(lin, f"/chats/{talk['id']}")
    his = await open_page(chen, f"/chats/{talk['id']}", phone=True)
    await record(hers, 2)
    await accessible(hers)
    await hers.keyboard.press("Enter")
    await expect(hers.get_by_role("group", name="正在录音")).to_have_count(0)
    await expect(field(hers)).to_be_focused()
    await expect(row(hers, "陈默")).to_contain_text("[语音] ")
    # The list shows her words before they arrive; what he sees has.
    await expect(play(messages(his))).to_be_visible()
    (said,) = await chen.messages(talk)
    assert 2_000 <= said["voice"]["duration_ms"] < 10_000
    assert max(said["voice"]["levels"]) > 20, "it beeps"
    await accessible(his)
    await play(messages(his)).click()
    pause = messages(his).get_by_role("button", name="暂停")
    await expect(pause).to_be_visible()
    await expect(play(messages(his))).to_be_visible()  # it came to its end by itself
    # Her own is heard too, from what she has here.
    await play(messages(hers)).click()
    await expect(messages(hers).get_by_role("button", name="暂停")).to_be_visible()


async def test_a_place_and_a_speed_are_chosen_by_keyboard_and_one_plays_at_a_time(
    open_page: OpenPage, accessible: Accessible, lin: Member, chen: Member
) -> None:
    talk = await lin.direct(chen)
    await speak(lin, talk, sounds.webm(40_000))
    await speak(lin, talk, sounds.ogg(20_000))
    page = await open_page(chen, f"/chats/{talk['id']}")
    first, second = messages(page).locator("[data-seq='1']"), messages(page).locator("[data-seq='2']")
    slider = first.get_by_role("slider", name="播放位置")
    await slider.focus()
    for _ in range(5):
        await page.keyboard.press("ArrowRight")
    await expect(slider).to_have_attribute("aria-valuetext", "10″，共 40″")
    await play(first).click()
    speed = first.get_by_role("button", name="播放速度")
    await speed.click()
    await expect(speed).to_have_text("1.5×")
    await expect(slider).not_to_have_attribute("aria-valuenow", "10")
    await accessible(page)
    await play(second).click()
    await expect(second.get_by_role("button", name="暂停")).to_be_visible()
    await expect(first.get_by_role("button", name="暂停")).to_have_count(0)
    # What a click on the wave means: three quarters of it.
    box = await slider.bounding_box()
    assert box is not None
    await page.mouse.click(box["x"] + box["width"] * 0.75, box["y"] + box["height"] / 2)
    await expect(slider).to_have_attribute("aria-valuetext", "30″，共 40″")


async def test_a_recording_is_thrown_away_and_a_refused_microphone_is_explained(
    open_page: OpenPage, lin: Member, chen: Member
) -> None:
    talk = await lin.direct(chen)
    page = await open_page(lin, f"/chats/{talk['id']}")
    await page.get_by_role("button", name="录语音").click()
    await expect(page.get_by_text("浏览器没有允许使用麦克风")).to_be_visible()
    await expect(field(page)).to_be_visible()
    await record(page, 1)
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("group", name="正在录音")).to_have_count(0)
    await expect(field(page)).to_be_focused()
    assert await lin.messages(talk) == []


async def test_a_customer_speaks_first_and_hears_the_answer(
    open_page: OpenPage, accessible: Accessible, lin: Member, wu: Consumer
) -> None:
    await wu.open(await lin.way())
    phone = await open_page(wu, f"/c/{wu.way}", phone=True)
    await phone.get_by_role("button", name="录语音").click()
    await expect(phone.get_by_role("alert")).to_contain_text("浏览器没有允许使用麦克风")
    await accessible(phone)
    await phone.get_by_role("button", name="关闭").click()
    await record(phone, 1)
    await accessible(phone)
    await phone.get_by_role("button", name="发送语音").click()
    await expect(phone.get_by_text("已发送")).to_be_visible()
    await expect(phone.get_by_label("输入消息")).to_be_visible()
    customer = (await lin.customers())[0]["conversation_id"]
    await speak(lin, customer, sounds.webm(3_000))
    await expect(play(phone.locator("body"))).to_have_count(2)
    await play(phone.locator("body")).last.click()
    await expect(phone.get_by_role("button", name="播放速度")).to_be_visible()
    await accessible(phone)
    await expect(play(phone.locator("body"))).to_have_count(2)


async def test_what_a_customer_spoke_without_a_network_goes_out_when_it_is_back(
    open_page: OpenPage, lin: Member, wu: Consumer
) -> None:
    await wu.walk_in(await lin.way(), "我在路上")
    phone = await open_page(wu, f"/c/{wu.way}", phone=True, expect_errors="ERR_INTERNET_DISCONNECTED")
    await expect(phone.get_by_text("我在路上")).to_be_visible()
    await phone.context.set_offline(True)
    await record(phone, 1)
    await phone.get_by_role("button", name="发送语音").click()
    await expect(play(phone.locator("body"))).to_be_visible()
    assert len(await wu.messages()) == 1
    waiting = phone.locator(".on-its-way")
    await expect(waiting).to_have_count(1)
    await phone.context.set_offline(False)
    await expect(waiting).to_have_count(0, timeout=40_000)
    assert [it["kind"] for it in await wu.messages()] == ["text", "voice"]
