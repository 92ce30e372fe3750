"""Where one is: asked for, told with how surely, opened in the map of one's choice; no map is fetched by the page."""

import re

from playwright.async_api import Page, expect

from tests.journeys.conftest import Accessible, OpenPage
from tests.journeys.staff import messages, row
from tests.messaging.test_locations import place
from tests.people import Consumer, Member


async def stand_at(page: Page, lat: float, lon: float) -> None:
    await page.context.set_geolocation({"latitude": lat, "longitude": lon, "accuracy": 20})
    await page.context.grant_permissions(["geolocation"])


async def open_dialog(page: Page) -> None:
    await page.get_by_role("button", name="添加", exact=True).click()
    await page.get_by_role("menuitem", name="位置").click()
    await expect(page.get_by_role("dialog", name="发送位置")).to_be_visible()


async def test_a_colleague_tells_where_she_is_and_a_map_is_chosen(
    open_page: OpenPage, accessible: Accessible, lin: Member, chen: Member
) -> None:
    talk = await lin.direct(chen)
    hers = await open_page(lin, f"/chats/{talk['id']}")
    his = await open_page(chen, f"/chats/{talk['id']}", phone=True)
    asked: list[str] = []
    his.on("request", lambda request: asked.append(request.url))
    await open_dialog(hers)
    await hers.get_by_role("button", name="用我现在的位置").click()
    await expect(hers.get_by_role("alert")).to_contain_text("浏览器没有允许定位")
    await stand_at(hers, 30.27415, 120.15515)
    await hers.get_by_role("button", name="用我现在的位置").click()
    await expect(hers.get_by_label("坐标", exact=True)).to_have_value("30.27415, 120.15515")
    await expect(hers.get_by_text("误差约 20 米")).to_be_visible()
    await hers.get_by_label("名称").fill("杭州门店")
    await accessible(hers)
    await hers.get_by_role("dialog").get_by_role("button", name="发送", exact=True).click()
    await expect(row(hers, "陈默")).to_contain_text("[位置] 杭州门店")
    card = messages(his).get_by_role("button", name=re.compile("杭州门店"))
    await expect(card).to_contain_text("30.27415, 120.15515，误差约 20 米")
    await card.click()
    amap = his.get_by_role("menuitem", name="高德地图")
    await expect(amap).to_have_attribute("href", re.compile(r"position=120\.15515,30\.27415.*coordinate=wgs84"))
    await expect(amap).to_have_attribute("rel", re.compile("noreferrer"))
    await expect(his.get_by_role("menuitem", name="本机的地图应用")).to_have_attribute("href", re.compile("^geo:30"))
    await accessible(his)
    assert [url for url in asked if "127.0.0.1" not in url and not url.startswith(("blob:", "data:"))] == []


async def test_a_place_of_a_chinese_map_is_pasted_and_offered_to_chinese_maps(
    open_page: OpenPage, lin: Member, chen: Member
) -> None:
    talk = await lin.direct(chen)
    page = await open_page(lin, f"/chats/{talk['id']}")
    await open_dialog(page)
    send = page.get_by_role("dialog").get_by_role("button", name="发送", exact=True)
    await send.click()
    await expect(page.get_by_role("alert")).to_contain_text("请先定位，或填写坐标")
    await page.get_by_label("坐标", exact=True).fill("https://uri.amap.com/marker?position=120.15515,30.27415")
    await page.get_by_label("高德、腾讯地图（GCJ-02）").check()
    await send.click()
    await messages(page).get_by_role("button", name=re.compile("30.27415, 120.15515")).click()
    await expect(page.get_by_role("menuitem")).to_have_text(["高德地图", "百度地图", "复制坐标"])
    (said,) = await chen.messages(talk)
    assert (said["location"]["lat"], said["location"]["datum"]) == (30.27415, "gcj02")


async def test_a_customer_in_the_desert_tells_where_she_is_without_a_network(
    open_page: OpenPage, accessible: Accessible, lin: Member, wu: Consumer
) -> None:
    await wu.walk_in(await lin.way(), "车坏了")
    phone = await open_page(wu, f"/c/{wu.way}", phone=True, expect_errors="ERR_INTERNET_DISCONNECTED")
    await expect(phone.get_by_text("车坏了")).to_be_visible()
    await phone.get_by_role("button", name="发送位置").click()
    await expect(phone.get_by_role("alert")).to_contain_text("浏览器没有允许定位")
    await accessible(phone)
    await phone.get_by_role("button", name="关闭").click()
    await stand_at(phone, 40.1, 94.6)
    await phone.context.set_offline(True)
    await phone.get_by_role("button", name="发送位置").click()
    await expect(phone.get_by_text("把您现在的位置发给林晓？")).to_be_visible()
    await expect(phone.get_by_text("40.10000, 94.60000 · 误差约 20 米")).to_be_visible()
    await accessible(phone)
    assert len(await wu.messages()) == 1, "she was asked first"
    await phone.get_by_role("button", name="发送位置").click()
    await expect(phone.get_by_text("40.10000, 94.60000")).to_be_visible()
    waiting = phone.locator(".on-its-way")
    await expect(waiting).to_have_count(1)
    await phone.context.set_offline(False)
    await expect(waiting).to_have_count(0, timeout=40_000)
    customer = (await lin.customers())[0]["conversation_id"]
    assert (await lin.messages(customer))[-1]["location"]["accuracy_m"] == 20
    # And she is told places, too.
    await place(lin, customer, {"lat": 40.2, "lon": 94.7, "datum": "gcj02", "name": "敦煌服务站", "address": "沙州镇"})
    await phone.get_by_text("敦煌服务站").locator("xpath=ancestor::li").get_by_text("在地图中打开").click()
    await expect(phone.get_by_role("link", name="高德地图")).to_have_attribute("href", re.compile("coordinate=gaode"))
    await accessible(phone)
