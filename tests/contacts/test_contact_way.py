"""A member's own way in: one link, made once, and the QR code that says it."""

import asyncio
import re
from pathlib import Path

import segno

from hutong.core.db import Database
from tests.identity.address import PUBLIC_URL, published_network
from tests.people import Caller, Consumer, Member

Matrix = list[list[bool]]


def modules(svg: str) -> Matrix:
    """The dark modules that the picture draws, quiet zone included, read as a camera would: by place."""
    size = re.search(r'<svg[^>]* width="(\d+)" height="(\d+)"', svg)
    scale = re.search(r'transform="scale\((\d+)\)"', svg)
    path = re.search(r'stroke="#000(?:000)?"[^>]* d="([^"]+)"|d="(M[^"]+)"[^>]*stroke="#000', svg)
    assert size, svg[:300]
    assert scale, svg[:300]
    assert path, svg[:300]
    side = int(size[1]) // int(scale[1])
    assert size[1] == size[2]
    dark: Matrix = [[False] * side for _ in range(side)]
    x = y = 0.0
    for command, numbers in re.findall(r"([Mmh])([-\d. ]+)", path[1] or path[2]):
        values = [float(number) for number in numbers.split()]
        if command == "M":
            x, y = values
        elif command == "m":
            x, y = x + values[0], y + values[1]
        else:
            for column in range(int(values[0])):
                dark[int(y)][int(x) + column] = True
            x += values[0]
    return dark


def code_of(url: str) -> Matrix:
    """The one QR code of this text at error correction M, with the four quiet modules that readers need around it."""
    rows = segno.make(url, error="m", micro=False).matrix_iter(border=4)
    return [[bool(module) for module in row] for row in rows]


async def test_asked_for_ever_so_often_even_at_once_it_is_one_way(lin: Member, db: Database) -> None:
    ways = await asyncio.gather(*(lin.put("/api/me/contact-way") for _ in range(8)))
    way = await lin.put("/api/me/contact-way")
    assert ways == [way] * 8
    assert re.fullmatch(r"[a-z2-9]{12}", way["token"])
    assert way["url"] == f"{lin.base_url}/c/{way['token']}"
    async with db.begin() as tx:
        assert await tx.fetchval("select count(*) from contact_ways") == 1


async def test_each_member_has_a_way_of_their_own_and_it_leads_to_them(
    lin: Member, chen: Member, sun: Member, wu: Consumer
) -> None:
    ways = [await who.way() for who in (lin, chen, sun)]
    assert len(set(ways)) == 3
    faces = [await wu.open(way) for way in ways]
    assert [face["member"]["name"] for face in faces] == ["林晓", "陈默", "孙悦"]
    assert [face["company"]["name"] for face in faces] == ["蓝汀汽车", "蓝汀汽车", "恒达座椅"]
    # What a name card shows, and no more: no account, no phone, no id.
    assert set(faces[0]["member"]) == {"name", "title", "avatar_url"}
    assert set(faces[0]["company"]) == {"name"}


async def test_the_qr_code_says_the_link_and_nothing_else(lin: Member) -> None:
    way = await lin.put("/api/me/contact-way")
    answer = await lin.request("GET", way["qr_url"])
    assert answer.headers["content-type"].startswith("image/svg+xml")
    drawn = modules(answer.text)
    assert drawn == code_of(way["url"])
    assert drawn != code_of(f"{way['url']}x")
    assert "<script" not in answer.text


async def test_the_qr_code_may_be_asked_for_first(lin: Member) -> None:
    drawn = modules((await lin.request("GET", "/api/me/contact-way/qr.svg")).text)
    assert drawn == code_of((await lin.put("/api/me/contact-way"))["url"])


async def test_link_and_qr_code_begin_where_people_arrive(lin: Member, dsn: str, tmp_path: Path) -> None:
    token = await lin.way()
    headers = {"cookie": f"hutong_session={lin.http.cookies['hutong_session']}"}
    async with published_network(dsn, tmp_path / "published") as address, Caller(address) as caller:
        way = (await caller.request("PUT", "/api/me/contact-way", headers=headers)).json()
        picture = await caller.request("GET", way["qr_url"], headers=headers)
    assert way["url"] == f"{PUBLIC_URL}/c/{token}", "the same way, told from outside"
    assert modules(picture.text) == code_of(way["url"])


async def test_only_a_member_has_one(nobody: Caller, wu: Consumer, lin: Member) -> None:
    await wu.walk_in(await lin.way(), "您好")
    for who in (nobody, wu):
        assert (await who.refused("PUT", "/api/me/contact-way"))[:2] == (401, "not_signed_in")
        assert (await who.refused("GET", "/api/me/contact-way/qr.svg"))[:2] == (401, "not_signed_in")
