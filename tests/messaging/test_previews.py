"""Cards of links: the server looks what a message links to, once, and never inside the network."""

import asyncio
import io
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from PIL import Image

from hutong.core import clock
from hutong.core.db import Database
from hutong.core.outward import AddressRefused, NothingThere, Outward, OutwardFailed
from hutong.messaging.linked import first_link, read_page
from hutong.messaging.previewing import Pace
from tests.messaging.pages import Pages, picture
from tests.notifications.pushed import until
from tests.people import Consumer, Json, Member, Socket, Talk, id_of, new_client_id

PAGE = """<!doctype html><html><head><meta charset="utf-8"><title>不是这个</title>
<meta property="og:title" content="  蓝汀 L7\u202e &amp; 上市 \u200b">
<meta property="og:description" content="二十一万八起"><meta property="og:site_name" content="车界">
<meta property="og:image" content="/cover.jpg"></head><body>…</body></html>"""


@pytest.fixture
def options() -> dict[str, Any]:
    return {"link_previews": True, "preview_loopback": True}


@pytest.fixture
async def pages() -> AsyncIterator[Pages]:
    async with Pages.served() as pages:
        yield pages


async def card(socket: Socket, seq: int) -> Json:
    def is_it(frame: Json) -> bool:
        return bool(frame["message"]["seq"] == seq and "preview" in frame["message"])

    message: Json = (await socket.next("message_changed", is_it))["message"]
    return message


def path_of(talk: Talk, seq: int) -> str:
    return f"/api/conversations/{id_of(talk)}/messages/{seq}/preview"


async def test_a_link_is_shown_as_a_card_to_all_who_read_it_and_asked_once(
    pages: Pages, lin: Member, zhao: Member, chen: Member, sun: Member
) -> None:
    url = pages.put("/car", PAGE)
    pages.put("/cover.jpg", picture(), content_type="image/jpeg")
    talk = await lin.direct(zhao)
    async with zhao.socket() as his:
        said = await lin.say(talk, f"看看这个 {url}#top。")
        assert "preview" not in said, "nobody waits for it"
        message = await card(his, said["seq"])
    preview = message["preview"]
    assert preview == {
        "url": url, "host": "127.0.0.1", "title": "蓝汀 L7 & 上市", "description": "二十一万八起", "site": "车界",
        "picture": {"width": 640, "height": 360},
    }  # fmt: skip
    assert (message["text"], message["revision"]) == (said["text"], 1)
    shown = await zhao.request("GET", path_of(talk, said["seq"]) + "/picture")
    assert (shown.status_code, shown.headers["content-type"]) == (200, "image/webp")
    assert b"hidden" not in shown.content
    assert Image.open(io.BytesIO(shown.content)).size == (480, 270), "decoded and written anew"
    assert pages.asked == ["/car", "/cover.jpg"]
    assert "cookie" not in pages.heard[0]
    assert "referer" not in pages.heard[0]
    # Known now, for everybody of the company; another company asks for itself.
    other = await chen.direct(zhao)
    async with chen.socket() as his:
        again = await chen.say(other, f"{url} 说得不错")
        assert (await card(his, again["seq"]))["preview"] == preview
    assert pages.asked == ["/car", "/cover.jpg"]
    found = await zhao.get(f"/api/conversations/{talk['id']}/messages")
    assert found["items"][-1]["preview"] == preview
    for who in (chen, sun):
        assert (await who.refused("GET", path_of(talk, said["seq"]) + "/picture")).status == 404
    assert (await zhao.refused("GET", path_of(talk, 99) + "/picture")).status == 404


async def test_many_who_link_at_once_ask_once_and_each_gets_the_card(
    pages: Pages, lin: Member, zhao: Member, chen: Member
) -> None:
    url = pages.put("/car", PAGE)
    group = await lin.group("新车上市", zhao, chen)
    async with zhao.socket() as his:
        said = await asyncio.gather(*(who.say(group, f"{url} {n}") for n in range(4) for who in (lin, zhao, chen)))
        for message in said:
            assert "picture" not in (await card(his, message["seq"]))["preview"], "one that is not there is no reason"
    assert pages.asked == ["/car", "/cover.jpg"]
    told = await lin.get(f"/api/conversations/{group['id']}/changed-messages", after_revision=0)
    assert len(told["items"]) == told["last_revision"] == 12, "each message changed once"


async def test_its_author_does_without_before_and_after(
    pages: Pages, lin: Member, zhao: Member, chen: Member, sun: Member
) -> None:
    url = pages.put("/car", PAGE)
    pages.put("/cover.jpg", picture(), content_type="image/jpeg")
    group = await lin.group("新车上市", zhao)
    async with lin.socket() as hers, zhao.socket() as his:
        body = {"client_id": new_client_id(), "text": f"@{zhao.name} {url}", "without_preview": True}
        bare = await lin.post(
            f"/api/conversations/{group['id']}/messages", body | {"mentions": {"person_ids": [zhao.id]}}
        )
        said = await lin.say(group, url)
        await card(hers, said["seq"])
        assert (await zhao.refused("DELETE", path_of(group, said["seq"])))[:2] == (403, "not_yours")
        for who in (chen, sun):
            assert (await who.refused("DELETE", path_of(group, said["seq"]))).status == 404
        taken = await lin.delete(path_of(group, said["seq"]))
        assert "preview" not in taken
        assert await lin.delete(path_of(group, said["seq"])) == taken, "removed twice is removed"
        await his.next("message_changed", lambda it: it["message"] == taken)
        assert (await zhao.refused("GET", path_of(group, said["seq"]) + "/picture")).status == 404
        # An edit does not bring it back; one that links elsewhere shows that, or nothing.
        edited = f"/api/conversations/{group['id']}/messages/"
        await lin.patch(f"{edited}{said['seq']}", {"text": f"再看 {url}"})
        third = await lin.say(group, url)
        await card(hers, third["seq"])
        assert "preview" not in await lin.patch(f"{edited}{third['seq']}", {"text": "算了"})
        elsewhere = pages.put("/other", "<title>另一页</title>")
        await lin.patch(f"{edited}{third['seq']}", {"text": f"看 {elsewhere}"})
        assert (await card(hers, third["seq"]))["preview"]["title"] == "另一页"
        kept = await lin.patch(f"{edited}{third['seq']}", {"text": f"看一下 {elsewhere}"})
        assert kept["preview"]["title"] == "另一页"
        gone = await lin.post(f"{edited}{third['seq']}/recall")
        assert "preview" not in gone
    said_now = await lin.messages(group)
    assert not [it for it in said_now if "preview" in it]
    assert said_now[bare["seq"] - 1]["mentions"]["people"][0]["id"] == zhao.id


async def test_an_administrator_switches_them_off_for_all(
    pages: Pages, db: Database, lin: Member, zhao: Member, sun: Member
) -> None:
    url = pages.put("/car", PAGE)
    talk = await lin.direct(zhao)
    assert await lin.get("/api/link-previews") == {"is_on": True, "is_possible": True}
    assert (await lin.refused("PUT", "/api/link-previews", {"is_on": False}))[:2] == (403, "forbidden")
    for _ in range(2):
        assert (await zhao.put("/api/link-previews", {"is_on": False}))["is_on"] is False
    assert (await zhao.refused("PUT", "/api/link-previews", {"is_on": "no"})).status == 422
    assert (await sun.get("/api/link-previews"))["is_on"] is True, "another company is another matter"
    await lin.say(talk, url)
    await zhao.put("/api/link-previews", {"is_on": True})
    async with lin.socket() as hers:
        said = await lin.say(talk, f"现在 {url}")
        await card(hers, said["seq"])
    assert len(pages.asked) == 2, "of what was said while it was off, nothing was asked"
    async with db.begin() as tx:
        rows = await tx.fetch(
            "select details from audit_events where action = 'link_previews_switched' order by happened_at"
        )
    assert [row["details"]["is_on"] for row in rows] == [False, True]


async def test_what_is_no_page_shows_none_and_is_not_asked_again_at_once(
    pages: Pages, lin: Member, zhao: Member
) -> None:
    talk = await lin.direct(zhao)
    # No more than one server is asked at once.
    bad = [
        pages.put("/gone", "<title>x</title>", status=404), pages.put("/pdf", b"%PDF", content_type="application/pdf"),
        pages.put("/coded", b"\x1f\x8b", content_encoding="gzip"), pages.put("/untitled", "<p>hello"),
        pages.put("/loop", "", status=302, location="/loop"), pages.put("/blank", "<title>\u200b\u202e \n</title>"),
        pages.put("/in", "", status=301, location="https://169.254.169.254/latest/meta-data"),
    ]  # fmt: skip
    for url in bad:
        await lin.say(talk, url)
    await until(lambda: {url[len(pages.url) :] for url in bad} <= set(pages.asked))
    loops = pages.asked.count("/loop")
    assert 1 < loops <= 5
    good = pages.put("/big", b"<title>" + "大页".encode() + b"</title>" + b"x" * 3_000_000)
    pages.put("/x", "<title>y</title>")
    async with zhao.socket() as his:
        said = await lin.say(talk, good)
        assert (await card(his, said["seq"]))["preview"]["title"] == "大页", "its beginning is enough"
        before = len(pages.asked)
        for url in bad:
            await lin.say(talk, f"又是 {url}")
        last = await lin.say(talk, pages.put("/last", "<title>最后</title>"))
        await card(his, last["seq"])
    assert pages.asked[before:] == ["/last"], "that there is nothing is known for a while"
    with clock.travel(timedelta(hours=2)):
        pages.put("/gone", "<title>回来了</title>")
        async with lin.socket() as hers:
            said = await lin.say(talk, bad[0])
            assert (await card(hers, said["seq"]))["preview"]["title"] == "回来了"


async def test_whoever_was_cut_off_while_asking_is_followed_by_the_next(
    pages: Pages, db: Database, lin: Member, zhao: Member
) -> None:
    """A process that dies between asking and keeping leaves nothing half: the page is asked again, later."""
    url = pages.put("/car", PAGE)
    talk = await lin.direct(zhao)
    async with db.begin() as tx:
        company = await tx.fetchval("select company_id from conversations where id = $1", int(talk["id"]))
        await tx.execute(
            "insert into link_previews (company_id, url, state, expires_at) values ($1, $2, 'asked', $3)",
            company, url, clock.now() + timedelta(seconds=2),
        )  # fmt: skip
    async with zhao.socket() as his:
        said = await lin.say(talk, url)
        await card(his, said["seq"])


async def test_what_a_customer_links_to_is_not_asked_and_what_they_are_sent_is_shown(
    pages: Pages, lin: Member, wu: Consumer
) -> None:
    theirs, ours = pages.put("/phish", "<title>中奖了</title>"), pages.put("/car", PAGE)
    await wu.walk_in(await lin.way(), theirs)
    [customer] = await lin.customers()
    async with lin.socket() as hers:
        said = await lin.say(customer["conversation_id"], ours)
        await card(hers, said["seq"])
    assert "/phish" not in pages.asked
    assert (await wu.messages())[-1]["preview"]["title"] == "蓝汀 L7 & 上市"


INSIDE = [
    "https://127.0.0.1/", "https://[::1]/", "https://10.0.0.7/x", "https://192.168.1.1/", "https://172.20.0.1/",
    "https://169.254.169.254/latest/meta-data", "https://100.64.0.1/", "https://0.0.0.0/", "https://[fd00::1]/",
    "https://[::ffff:10.0.0.1]/", "https://[::ffff:127.0.0.1]/", "https://[64:ff9b::a00:1]/", "https://224.0.0.1/",
    "https://localhost/", "https://0x7f.1/", "https://2130706433/", "https://0x7f000001/", "https://127.1/",
    "https://0177.0.0.1/", "http://www.example.com/", "https://user@127.0.0.1/", "https://a@[::1]/",
]  # fmt: skip

REDIRECTED = [
    "https://10.0.0.7/x", "https://192.168.1.1/", "https://169.254.169.254/latest/meta-data", "https://100.64.0.1/",
    "https://0.0.0.0/", "https://[fd00::1]/", "https://[::ffff:10.0.0.1]/", "https://0xa000007/", "https://167772167/",
    "http://www.example.com/", "//10.0.0.7/", "file:///etc/passwd", "gopher://10.0.0.7/", "https://a@10.0.0.7/",
]  # fmt: skip


async def test_nothing_inside_the_network_is_ever_fetched(pages: Pages) -> None:
    """Every spelling is looked at again where the line is opened, and the line goes to the address that was looked at:
    a name has no second moment in which to stand for something else."""
    port = pages.url.rpartition(":")[2]
    spelled = ("localhost", "127.0.0.1", "127.1", "2130706433", "0x7f.1", "0177.0.0.1", "[::1]", "[::ffff:127.0.0.1]")
    async with Outward() as outside:
        for url in [*INSIDE, *(f"https://{host}:{port}/" for host in spelled)]:
            with pytest.raises(AddressRefused):
                await outside.get(url, {}, types=("text/html",), most_bytes=1000)
        with pytest.raises(OutwardFailed):
            await outside.get("https://nobody.invalid/", {}, types=("text/html",), most_bytes=1000)
    assert pages.asked == []
    async with Outward(allows_loopback=True) as inside:
        for url in REDIRECTED:
            with pytest.raises(AddressRefused):
                await inside.get(
                    pages.put("/to", "", status=302, location=url), {}, types=("text/html",), most_bytes=1000
                )
        pages.at["/never"] = None
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.3):
                await inside.get(pages.url + "/never", {}, types=("text/html",), most_bytes=1000)
        with pytest.raises(NothingThere):
            await inside.get(pages.url + "/404", {}, types=("text/html",), most_bytes=1000)


async def test_pages_are_read_in_the_charset_that_they_are_written_in() -> None:
    def title(body: bytes, content_type: str = "text/html") -> str | None:
        page = read_page(body, content_type, url="https://a/", landed="https://a/x")
        return page.preview.title if page else None

    chinese = "<title>蓝汀汽车，二十一万八</title>"
    assert title(chinese.encode("gb18030"), "text/html; charset=GB2312") == "蓝汀汽车，二十一万八"
    meta = "<meta http-equiv=content-type content='text/html; charset=gbk'>"
    assert title((meta + chinese).encode("gb18030")) == "蓝汀汽车，二十一万八"
    assert title(chinese.encode("gb18030")) == "蓝汀汽车，二十一万八", "an old page that does not say"
    assert title(chinese.encode()) == title(chinese.encode("utf-8"), "text/html;charset=utf8") == "蓝汀汽车，二十一万八"
    assert title(chinese.encode()[:-3] + "汽".encode()[:2]) is not None
    assert title("<title>日本</title>".encode("shift_jis"), "text/html; charset=Shift_JIS") == "日本"
    for charset in ("unicode_escape", "rot13", "idna", "zlib", "x" * 5000, "undefined", "../x"):
        assert title(b"<title>a\\u0041</title>", f"text/html; charset={charset}") == "a\\u0041"
    assert title(b"<title>" + b"a" * 10_000 + b"</title>") == "a" * 149 + "…"
    for body in (b"", b"\x00" * 1000, b"<" * 100_000, b"<!--" * 100_000, b"<meta " * 100_000, b"\xff\xfe<title>"):
        title(body)


async def test_the_first_link_of_a_text_is_what_browsers_make_of_it() -> None:
    for text, url in {
        "看 https://a.example/x。好": "https://a.example/x",
        "（https://a.example/x）": "https://a.example/x",
        "(https://a.example/x)": "https://a.example/x",
        "https://a.example/x_(y)": "https://a.example/x_(y)",
        "https://a.example/?q=1#part, and https://b.example": "https://a.example/?q=1",
        "ftp://a.example javascript:x": None,
        "没有": None,
        "`https://a.example/` ```\nhttps://b.example\n``` https://c.example/": "https://c.example/",
        "https://a.example/" + "x" * 2000: None,
    }.items():
        assert first_link(text) == url, text


async def test_no_server_is_asked_too_often() -> None:
    pace = Pace()
    waits = [pace.wait_for("one.example", 0.0) for _ in range(60)]
    given = [wait for wait in waits if wait is not None]
    assert given[:10] == [0.0] * 10
    assert given == sorted(given)
    assert max(given) <= 20
    assert len(given) < 20, "of the others nothing is shown"
    assert pace.wait_for("other.example", 0.0) == 0.0, "one busy server is in nobody's way"
    assert pace.wait_for("one.example", 61.0) == 0.0
    others = [pace.wait_for(f"{number}.example", 100.0) for number in range(200)]
    assert 0 < len([it for it in others if it is not None]) < 110, "nor are all together"


async def test_a_network_without_a_way_out_is_left_alone(pages: Pages, lin: Member, zhao: Member) -> None:
    talk = await lin.direct(zhao)
    closed = pages.url.rpartition(":")[0] + ":1"
    for number in range(8):
        await lin.say(talk, f"{closed}/{number}")
    async with zhao.socket() as his:
        for number in range(40):
            said = await lin.say(talk, pages.put(f"/{number}", "<title>页</title>"))
            await asyncio.sleep(0.1)
            if not [it for it in await his.heard() if it["type"] == "message_changed"]:
                break
        assert number < 39
        quiet = len(pages.asked)
        await lin.say(talk, pages.put("/quiet", "<title>页</title>"))
        await asyncio.sleep(0.5)
    assert len(pages.asked) == quiet
    assert "preview" not in said
