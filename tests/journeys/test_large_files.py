"""Files that take their time: stopped, gone on with, through a line that breaks and a page that is closed."""

import os
from pathlib import Path

from playwright.async_api import Dialog, Page, Route, expect

from tests.journeys import staff
from tests.journeys.conftest import Accessible, OpenPage
from tests.people import Consumer, Member

MEGABYTE = 1024 * 1024


def large(folder: Path, name: str, megabytes: int = 20) -> Path:
    path = folder / name
    path.write_bytes(os.urandom(megabytes * MEGABYTE))
    return path


class Gate:
    """Lets so many pieces through; the next ones wait, or find no network."""

    def __init__(self, page: Page, path: str = "**/uploads/*") -> None:
        self._page, self._path = page, path
        self.offsets: list[int] = []
        self.left = 1

    async def __aenter__(self) -> "Gate":
        await self._page.route(self._path, self._pass)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._page.unroute(self._path)

    async def _pass(self, route: Route) -> None:
        if route.request.method == "PATCH":
            self.offsets.append(int(route.request.headers["upload-offset"]))
            self.left -= 1
            if self.left < 0:
                await route.abort("connectionfailed")
                return
        await route.continue_()


async def test_a_large_file_shows_how_far_it_is_and_goes_on_after_a_stop_a_broken_line_and_a_reload(
    open_page: OpenPage, accessible: Accessible, lin: Member, chen: Member, tmp_path: Path
) -> None:
    talk = await lin.direct(chen)
    page = await open_page(lin, f"/chats/{talk['id']}", expect_errors="net::ERR")
    film = large(tmp_path, "交车过程.mov")

    async def choose(*files: Path) -> None:
        await page.locator("input[type=file]").set_input_files(files)
        await page.get_by_role("button", name="发送", exact=True).click()

    async with Gate(page) as gate:
        await choose(film, large(tmp_path, "随后.bin", 9))
        progress = page.get_by_role("progressbar", name="交车过程.mov 的上传进度")
        await expect(progress).to_have_attribute("aria-valuenow", "40")
        await expect(page.get_by_text("8.0 MB / 20 MB")).to_be_visible()
        await expect(page.get_by_text("网络断了，恢复后自动继续")).to_be_visible()
        await expect(page.get_by_text("等待前面的文件")).to_be_visible()
        await accessible(page)
        # Stopped, it lets the next one go.
        await page.get_by_role("button", name="暂停上传 交车过程.mov").click()
        await expect(page.get_by_text("已暂停")).to_be_visible()
        await page.get_by_role("button", name="取消上传 随后.bin").click()
        await expect(page.get_by_text("随后.bin")).to_have_count(0)
        tried = len(gate.offsets)
        await page.get_by_role("button", name="继续上传 交车过程.mov").click()
        await expect(page.get_by_text("网络断了，恢复后自动继续")).to_be_visible()
        assert set(gate.offsets[tried:]) == {8 * MEGABYTE}

        async def leave(dialog: Dialog) -> None:
            await dialog.accept()

        page.on("dialog", leave)
        await page.reload()
        await choose(film)
        await expect(progress).to_have_attribute("aria-valuenow", "40")
        assert gate.offsets[-1] == 8 * MEGABYTE
    # The line is there again: nobody has to do anything.
    link = staff.messages(page).get_by_role("link", name="下载文件 交车过程.mov，20 MB")
    await expect(link).to_be_visible()
    (said,) = await chen.messages(talk)
    assert await chen.get(f"/api/conversations/{talk['id']}/files/{said['file']['id']}") == film.read_bytes()
    assert await page.evaluate("localStorage.getItem('hutong.uploads')") == "{}"

    # Written to while it goes: no network will bring it back.
    log = large(tmp_path, "检测.log")
    async with Gate(page):
        await choose(log)
        await expect(page.get_by_text("网络断了，恢复后自动继续")).to_be_visible()
        log.write_bytes(b"begun anew")
        await expect(page.get_by_text("这个文件在本机被修改或删除了，请重新选择。")).to_be_visible()

    # Five gigabytes, none of which is sent.
    huge = tmp_path / "整年监控.zip"
    with huge.open("wb") as opened:
        opened.truncate(5 * 1024 * MEGABYTE)
    await choose(huge)
    await expect(page.get_by_text("文件太大，最大 2 GB。")).to_be_visible()


async def test_a_customers_video_is_sent_from_the_phone_after_their_first_word(
    open_page: OpenPage, accessible: Accessible, lin: Member, wu: Consumer, tmp_path: Path
) -> None:
    way = await lin.way()
    phone = await open_page(wu, f"/c/{way}", phone=True, expect_errors="net::ERR")
    film = large(tmp_path, "异响.mp4")
    async with Gate(phone):
        await phone.get_by_label("发送图片或视频").last.set_input_files(film)
        await expect(phone.get_by_text("先写一句话，文件随后发送")).to_be_visible()
        await phone.get_by_role("textbox", name="输入消息").fill("您好，听听这个声音")
        await phone.get_by_role("button", name="发送", exact=True).click()
        await expect(phone.get_by_text("8.0 MB / 20 MB")).to_be_visible()
        await expect(phone.get_by_text("等待网络")).to_be_visible()
        await accessible(phone)
        await phone.get_by_role("button", name="暂停").click()
        await expect(phone.get_by_text("已暂停")).to_be_visible()
    await phone.get_by_role("button", name="继续").click()
    await expect(phone.get_by_role("link", name="下载文件 异响.mp4")).to_be_visible()
    (talk,) = await lin.inbox()
    assert (await lin.messages(talk))[-1]["file"]["size"] == 20 * MEGABYTE

    # Any other file: from the sheet.
    await phone.get_by_role("button", name="更多").click()
    (tmp_path / "保单.pdf").write_bytes(b"%PDF-1.7 policy")
    await phone.get_by_label("发送文件").set_input_files(tmp_path / "保单.pdf")
    await expect(phone.get_by_role("link", name="下载文件 保单.pdf")).to_be_visible()
