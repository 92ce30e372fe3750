"""Pictures, files and links of a conversation: for whoever may read it, from where they may read on."""

from typing import Any

import pytest

from hutong.core import clock
from hutong.core.db import Database
from tests.journeys.pictures import paper, photo
from tests.people import Consumer, Json, Member, Talk, id_of

CONTRACT, PHOTO = paper(), photo()


async def shared(who: Member, talk: Talk, kind: str, **params: Any) -> Json:
    page: Json = await who.get(f"/api/conversations/{id_of(talk)}/shared", kind=kind, **params)
    return page


async def seqs(who: Member, talk: Talk, kind: str) -> list[int]:
    return [item["seq"] for item in (await shared(who, talk, kind))["items"]]


async def send_photo(who: Member, talk: Talk) -> int:
    seq: int = (await who.send_file(talk, PHOTO["buffer"], PHOTO["name"], kind="image"))["seq"]
    return seq


async def send_contract(who: Member, talk: Talk) -> int:
    seq: int = (await who.send_file(talk, CONTRACT["buffer"], CONTRACT["name"]))["seq"]
    return seq


async def test_each_list_holds_its_own_newest_first(lin: Member, zhao: Member) -> None:
    talk = await lin.direct(zhao)
    await lin.say(talk, "看看这个")
    first = await send_photo(lin, talk)
    link = (await zhao.say(talk, "规格在 https://lanting.example/l7?trim=pro，你看"))["seq"]
    contract = await send_contract(zhao, talk)
    second = await send_photo(zhao, talk)
    short = (await lin.say(talk, "www.lanting.example/试驾"))["seq"]
    assert await seqs(zhao, talk, "image") == [second, first]
    assert await seqs(lin, talk, "file") == [contract]
    assert await seqs(lin, talk, "link") == [short, link]
    page = await shared(lin, talk, "image")
    assert [item["file"]["name"] for item in page["items"]] == [PHOTO["name"]] * 2
    assert {person["name"] for person in page["people"]} == {lin.name, zhao.name}
    assert page["next_cursor"] is None


@pytest.mark.parametrize(
    "text", ["http 协议", "www 是什么", "://", "发到 http:// 那里", "WWW.LANTING", "ftp://lanting.example"]
)
async def test_what_the_pages_make_no_link_of_is_none(lin: Member, zhao: Member, text: str) -> None:
    talk = await lin.direct(zhao)
    await lin.say(talk, text)
    assert await seqs(lin, talk, "link") == []


async def test_pages_follow_each_other_without_a_gap_or_a_double(lin: Member, zhao: Member) -> None:
    talk = await lin.direct(zhao)
    said = [(await lin.say(talk, f"https://lanting.example/{number}"))["seq"] for number in range(7)]
    found: list[int] = []
    cursor = None
    while True:
        page = await shared(zhao, talk, "link", limit=3, **({"cursor": cursor} if cursor else {}))
        found += [item["seq"] for item in page["items"]]
        # What comes meanwhile belongs to another look.
        await lin.say(talk, "https://lanting.example/later")
        if (cursor := page["next_cursor"]) is None:
            break
    assert found == said[::-1]


async def test_what_was_recalled_is_gone_and_an_edit_counts_as_it_stands(lin: Member, zhao: Member) -> None:
    talk = await lin.direct(zhao)
    picture = await send_photo(lin, talk)
    link = (await lin.say(talk, "https://lanting.example/l7"))["seq"]
    words = (await lin.say(talk, "稍后发链接"))["seq"]
    path = f"/api/conversations/{talk['id']}/messages"
    await lin.post(f"{path}/{picture}/recall")
    await lin.patch(f"{path}/{link}", {"text": "链接错了"})
    await lin.patch(f"{path}/{words}", {"text": "链接：https://lanting.example/l9"})
    assert await seqs(zhao, talk, "image") == []
    assert await seqs(zhao, talk, "link") == [words]


async def test_who_came_later_sees_what_was_shared_since_and_who_left_nothing(
    lin: Member, zhao: Member, chen: Member
) -> None:
    group = await lin.group("交付", zhao)
    await send_contract(lin, group)
    await lin.post(f"/api/conversations/{group['id']}/participants", {"person_ids": [chen.id]})
    since = await send_contract(zhao, group)
    assert await seqs(chen, group, "file") == [since]
    assert len(await seqs(zhao, group, "file")) == 2
    await zhao.delete(f"/api/conversations/{group['id']}/participants/{zhao.id}")
    refused = await zhao.refused("GET", f"/api/conversations/{group['id']}/shared?kind=file")
    assert refused.status == 404


async def test_strangers_and_customers_find_nothing_here(
    lin: Member, zhao: Member, chen: Member, sun: Member, wu: Consumer
) -> None:
    talk = await lin.direct(zhao)
    await send_photo(lin, talk)
    path = f"/api/conversations/{talk['id']}/shared?kind=image"
    assert (await chen.refused("GET", path)).status == 404
    assert (await sun.refused("GET", path)).status == 404
    await wu.walk_in(await lin.way(), "你好")
    assert (await wu.refused("GET", path)).status in {401, 403}
    # What she sent herself is there for those who talk with her.
    await wu.send_picture(PHOTO["buffer"])
    [customer] = await lin.customers()
    assert len(await seqs(lin, customer["conversation_id"], "image")) == 1


@pytest.mark.parametrize(
    "query", ["kind=video", "kind=", "kind=image&limit=0", "kind=image&limit=101", "kind=image&cursor=nonsense"]
)
async def test_a_bad_question_is_answered(lin: Member, zhao: Member, query: str) -> None:
    talk = await lin.direct(zhao)
    refused = await lin.refused("GET", f"/api/conversations/{talk['id']}/shared?{query}")
    assert refused.status in {400, 422}


async def test_a_page_in_a_long_talk_reads_its_own_index(lin: Member, zhao: Member, db: Database) -> None:
    talk = await lin.direct(zhao)
    async with db.begin() as tx:
        await tx.execute(
            "insert into messages (conversation_id, seq, company_id, sender_id, client_id, kind, body, sent_at)"
            " select $1, seq, c.company_id, $2, gen_random_uuid(), 'text',"
            " case when seq % 500 = 0 then 'https://lanting.example/' || seq else '收到，第 ' || seq end, $3"
            " from generate_series(1, 20000) seq, conversations c where c.id = $1",
            int(talk["id"]), int(lin.id), clock.now(),
        )  # fmt: skip
        await tx.execute("update conversations set last_seq = 20000 where id = $1", int(talk["id"]))
        await tx.execute("analyze messages")
    assert await seqs(zhao, talk, "link") == list(range(20_000, 5_000, -500))
    async with db.begin() as tx:
        for kind, index in [("image", "messages_shared_idx"), ("link", "messages_links_idx")]:
            where = {
                "image": "kind = 'image' and recalled_at is null",
                "link": "kind = 'text' and (body like '%http%' or body like '%www.%') and body ~ 'https'",
            }[kind]
            rows = await tx.fetch(
                f"explain select seq from messages where conversation_id = $1 and {where} order by seq desc limit 31",
                int(talk["id"]),
            )
            assert any(index in row[0] for row in rows), "\n".join(row[0] for row in rows)
