"""Videos, sound and PDFs are looked at where they were said; what is in them runs nowhere."""

import base64
import io

import pytest
from PIL import Image, ImageDraw
from playwright.async_api import Locator, Page, expect

from tests.files import films
from tests.journeys import staff
from tests.journeys.conftest import Accessible, OpenPage
from tests.people import Consumer, Json, Member

# A film of a moving square, as this browser records it.
FILM = """async () => {
  const canvas = Object.assign(document.createElement("canvas"), { width: 320, height: 180 });
  const brush = canvas.getContext("2d");
  const recorder = new MediaRecorder(canvas.captureStream(25), { mimeType: "video/webm;codecs=vp8" });
  const parts = [];
  recorder.ondataavailable = ({ data }) => parts.push(data);
  const ended = new Promise((resolve) => (recorder.onstop = resolve));
  recorder.start();
  for (let step = 0; step < 20; step += 1) {
    brush.fillStyle = "#246"; brush.fillRect(0, 0, 320, 180);
    brush.fillStyle = "#fc6"; brush.fillRect(step * 15, 60, 40, 40);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  recorder.stop(); await ended;
  const bytes = new Uint8Array(await new Blob(parts).arrayBuffer());
  return btoa(Array.from(bytes, (it) => String.fromCharCode(it)).join(""));
}"""


async def film(page: Page) -> bytes:
    return base64.b64decode(await page.evaluate(FILM))


def pdf(pages: int = 30) -> bytes:
    """The last page is a scan in JPEG 2000, which no browser decodes by itself."""
    sheets = []
    for number in range(1, pages + 1):
        sheet = Image.new("RGBA" if number == pages else "RGB", (600, 848), "white")
        ImageDraw.Draw(sheet).text((260, 400), f"page {number}", fill="black", font_size=40)
        sheets.append(sheet)
    out = io.BytesIO()
    sheets[0].save(out, "PDF", save_all=True, append_images=sheets[1:])
    return out.getvalue()


def invoice() -> bytes:
    """As Chinese programs write them: the font is not in it, and its letters are numbered by a table of Adobe's."""
    words = "q BT /F 40 Tf 60 300 Td <" + "发票".encode("utf-16-be").hex() + "> Tj ET Q"
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 400]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        f"<</Length {len(words)}>>stream\n{words}\nendstream",
        "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[6 0 R]>>",
        "<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/FontDescriptor 7 0 R/DW 1000"
        "/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>>>",
        "<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]/ItalicAngle 0/Ascent 880"
        "/Descent -120/CapHeight 880/StemV 93>>",
    ]
    body, places = "%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj{content}endobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    head, end = "xref\n0 8\n0000000000 65535 f \n", "trailer<</Size 8/Root 1 0 R>>startxref\n"
    return f"{body}{head}{table}{end}{len(body)}\n%%EOF".encode()


@pytest.fixture
async def talk(lin: Member, chen: Member) -> Json:
    return await lin.direct(chen)


async def plays(media: Locator) -> None:
    """Until it has played for a moment."""
    await media.evaluate("it => new Promise((done) => { it.ontimeupdate = () => it.currentTime > 0.2 && done(); })")


async def has_ink(canvas: Locator) -> None:
    """Until something dark is drawn on it."""
    await canvas.evaluate(
        """it => new Promise((done) => {
          const look = () => {
            const { data } = it.getContext("2d").getImageData(0, 0, it.width, it.height);
            const isDark = data.some((value, at) => at % 4 === 0 && value < 80 && data[at + 3] === 255);
            return isDark ? done() : setTimeout(look, 50);
          };
          look();
        })"""
    )


async def test_a_video_and_sound_play_over_the_chat_and_the_picture_beside_them_is_an_arrow_away(
    open_page: OpenPage, accessible: Accessible, lin: Member, chen: Member, talk: Json
) -> None:
    page = await open_page(lin, f"/chats/{talk['id']}")
    await chen.send_file(talk, await film(page), "倒车.mp4")
    picture = io.BytesIO()
    Image.new("RGB", (400, 300), "teal").save(picture, "PNG")
    await chen.send_file(talk, picture.getvalue(), "车位.png", kind="image")
    await chen.send_file(talk, films.wav(2), "异响.wav")
    await chen.send_file(talk, films.mp4(), "只有片头.mp4")

    first = staff.messages(page).get_by_role("button", name="播放视频 倒车.mp4")
    await expect(first.locator("video")).to_have_js_property("videoWidth", 320)
    await accessible(page)
    await first.click()
    viewer = page.get_by_role("dialog")
    shown = viewer.locator("video")
    await expect(shown).to_be_focused()
    await plays(shown)
    await accessible(page)
    await viewer.get_by_role("button", name="下一张").click()
    await expect(viewer.get_by_role("img", name="车位.png")).to_be_visible()
    await page.keyboard.press("ArrowLeft")
    await expect(shown).to_be_visible()
    # Whoever is in it winds it by the arrows. Escape leads back to where one was.
    await shown.focus()
    await page.keyboard.press("ArrowRight")
    await expect(shown).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(first).to_be_focused()

    await page.get_by_role("button", name="打开文件 异响.wav").click()
    await plays(viewer.locator("audio"))
    await page.get_by_role("dialog").get_by_role("button", name="关闭").click()
    # What no browser can play says so, and can be saved.
    await page.get_by_role("button", name="播放视频 只有片头.mp4，0:07").click()
    await expect(viewer.get_by_role("alert")).to_have_text("这里放不了这个文件，请下载后打开。")
    await expect(viewer.get_by_role("link", name="下载文件")).to_be_visible()


async def test_a_pdf_is_read_page_by_page_at_the_desk_and_on_a_phone(
    open_page: OpenPage, accessible: Accessible, lin: Member, chen: Member, talk: Json
) -> None:
    await chen.send_file(talk, pdf(), "保养手册.pdf")
    await chen.send_file(talk, b"%PDF-1.7 no more than a beginning", "坏的.pdf")
    await chen.send_file(talk, invoice(), "发票.pdf")
    for phone in (False, True):
        page = await open_page(lin, f"/chats/{talk['id']}", phone=phone)
        await page.get_by_role("button", name="打开文件 保养手册.pdf").click()
        viewer = page.get_by_role("dialog", name="查看文件")
        await expect(viewer.get_by_role("img", name="第 1 页，共 30 页")).to_be_visible()
        await expect(viewer.get_by_text("1 / 30")).to_be_visible()
        await has_ink(viewer.get_by_role("img", name="第 1 页，共 30 页"))
        await accessible(page)
        # Only what is near is drawn.
        assert await viewer.locator("canvas").count() < 8
        await page.keyboard.press("End")
        await expect(viewer.get_by_role("img", name="第 30 页，共 30 页")).to_be_in_viewport()
        await expect(viewer.get_by_text("30 / 30")).to_be_visible()
        await has_ink(viewer.get_by_role("img", name="第 30 页，共 30 页"))
        await page.keyboard.press("+")
        await expect(viewer.get_by_role("button", name="125%，恢复到页宽")).to_be_visible()
        await viewer.get_by_role("button", name="缩小").click()
        await page.keyboard.press("Escape")
        await expect(viewer).to_have_count(0)
    async with page.expect_response("**/pdf/cmaps/UniGB-UCS2-H.bcmap"):
        await page.get_by_role("button", name="打开文件 发票.pdf").click()
    await has_ink(viewer.get_by_role("img", name="第 1 页，共 1 页"))
    await page.keyboard.press("Escape")
    await page.get_by_role("button", name="打开文件 坏的.pdf").click()
    await expect(viewer.get_by_role("alert")).to_have_text("这里放不了这个文件，请下载后打开。")


async def test_a_customer_watches_and_hears_what_they_are_sent(
    open_page: OpenPage, accessible: Accessible, lin: Member, wu: Consumer
) -> None:
    await wu.walk_in(await lin.way(), "怎么换雨刮？")
    talk = (await lin.customers())[0]["conversation_id"]
    phone = await open_page(wu, f"/c/{wu.way}", phone=True)
    await lin.send_file(talk, await film(phone), "换雨刮.mp4")
    await lin.send_file(talk, films.wav(2), "提示音.wav")
    button = phone.get_by_role("button", name="播放视频 换雨刮.mp4")
    await expect(button.locator("video")).to_have_js_property("videoWidth", 320)
    await accessible(phone)
    await button.click()
    await plays(phone.locator("dialog video"))
    await accessible(phone)
    await phone.get_by_role("button", name="关闭").click()
    await phone.get_by_role("button", name="播放 提示音.wav").click()
    await plays(phone.locator("dialog audio"))
