"""Forwarding: what was said here is said there, each message or several as one, and only by who may read and speak."""

from tests.people import Consumer, Json, Member, id_of, new_client_id
from tests.security.scene import PNG


async def forward(
    who: Member, source: Json, seqs: list[int], *targets: Json, way: str = "each", **more: object
) -> Json:
    wish = {"client_id": new_client_id(), "seqs": seqs, "to": [id_of(it) for it in targets], "way": way, **more}
    answer: Json = await who.post(f"/api/conversations/{source['id']}/forwards", wish)
    return answer


async def bundle(who: Member, talk: Json, message: Json) -> list[Json]:
    answer = await who.get(f"/api/conversations/{talk['id']}/bundles/{message['merged']['bundle_id']}")
    return list(answer["items"])


async def test_each_message_is_said_again_in_order_with_a_comment_after_it(
    lin: Member, chen: Member, zhao: Member
) -> None:
    source, group, talk = await lin.direct(chen), await lin.group("周会", zhao), await lin.direct(zhao)
    await chen.say(source, "第一点")
    await chen.send_file(source, b"1,2", "数据.csv")
    await chen.send_file(source, PNG, "照片.png", kind="image")
    async with zhao.socket() as his:
        placed = await forward(lin, source, [3, 1, 2], group, talk, comment="请看")
        assert len(placed["items"]) == 8
        heard = [(await his.next("message"))["message"] for _ in range(8)]
    said = [it for it in await zhao.messages(group) if it["kind"] != "notice"]
    assert said == [it for it in heard if it["conversation_id"] == group["id"]]
    assert [(it["kind"], it["text"], it["sender_id"]) for it in said] == [
        ("text", "第一点", lin.id), ("file", "", lin.id), ("image", "", lin.id), ("text", "请看", lin.id)
    ]  # fmt: skip
    assert await zhao.get(f"/api/conversations/{group['id']}/files/{said[1]['file']['id']}") == b"1,2"
    picture = (await zhao.messages(talk))[2]["file"]["id"]
    assert (await zhao.get(f"/api/conversations/{talk['id']}/files/{picture}/thumbnail"))[:4]
    assert (await zhao.refused("GET", f"/api/conversations/{source['id']}/messages")).status == 404


async def test_several_are_read_as_one_with_their_files(lin: Member, chen: Member, zhao: Member) -> None:
    source, talk = await lin.direct(chen), await lin.direct(zhao)
    await chen.say(source, "周六上午十点试驾" + "长" * 200)
    await lin.send_file(source, b"1,2", "数据.csv")
    await forward(lin, source, [1, 2], talk, way="merged")
    (message,) = await zhao.messages(talk)
    merged = message["merged"]
    assert (message["kind"], merged["count"], merged["conversation_kind"]) == ("merged", 2, "direct")
    assert merged["names"] == [chen.name, lin.name]
    assert [(it["name"], it["kind"]) for it in merged["lines"]] == [(chen.name, "text"), (lin.name, "file")]
    assert len(merged["lines"][0]["text"]) == 100, "its beginning"
    assert merged["lines"][1]["text"] == "数据.csv"
    items = await bundle(zhao, talk, message)
    assert [(it["sender_name"], it["text"][:8]) for it in items] == [(chen.name, "周六上午十点试驾"), (lin.name, "")]
    assert await zhao.get(f"/api/conversations/{talk['id']}/files/{items[1]['file']['id']}") == b"1,2"


async def test_what_is_inside_what_was_forwarded_is_read_too_and_by_nobody_else(
    lin: Member, chen: Member, zhao: Member
) -> None:
    source, middle, last = await lin.direct(chen), await chen.direct(zhao), await chen.group("存档", zhao)
    await lin.say(source, "一")
    await lin.send_file(source, b"x", "深处.txt")
    await forward(chen, source, [1, 2], middle, way="merged")
    await zhao.say(middle, "二")
    await forward(chen, middle, [1, 2], last, way="merged")
    outer = (await zhao.messages(last))[-1]
    inner = (await bundle(zhao, last, outer))[0]
    deep = await bundle(zhao, last, inner)
    assert [it["text"] for it in deep] == ["一", ""]
    assert await zhao.get(f"/api/conversations/{last['id']}/files/{deep[1]['file']['id']}") == b"x"
    # Lin said it, but is not where it went.
    path = f"bundles/{inner['merged']['bundle_id']}"
    assert (await lin.refused("GET", f"/api/conversations/{last['id']}/{path}")).status == 404
    assert (await lin.refused("GET", f"/api/conversations/{source['id']}/{path}")).status == 404
    alone = f"bundles/{outer['merged']['bundle_id']}"
    assert (await zhao.refused("GET", f"/api/conversations/{middle['id']}/{alone}")).status == 404


async def test_a_recalled_bundle_is_gone_with_its_files(lin: Member, chen: Member, zhao: Member) -> None:
    source, talk = await lin.direct(chen), await lin.direct(zhao)
    await lin.say(source, "一")
    sent = await lin.send_file(source, b"x", "不该发.txt")
    await forward(lin, source, [1, 2], talk, way="merged")
    (message,) = await zhao.messages(talk)
    recalled = await lin.post(f"/api/conversations/{talk['id']}/messages/1/recall")
    assert "merged" not in recalled
    base = f"/api/conversations/{talk['id']}"
    assert (await zhao.refused("GET", f"{base}/bundles/{message['merged']['bundle_id']}")).status == 404
    assert (await zhao.refused("GET", f"{base}/files/{sent['file']['id']}")).status == 404


async def test_who_joins_later_does_not_read_a_bundle_from_before(lin: Member, chen: Member, zhao: Member) -> None:
    source, group = await lin.direct(chen), await lin.group("存档", chen)
    await lin.say(source, "一")
    await lin.say(source, "二")
    await forward(lin, source, [1, 2], group, way="merged")
    message = (await lin.messages(group))[-1]
    await lin.post(f"/api/conversations/{group['id']}/participants", {"person_ids": [zhao.id]})
    path = f"/api/conversations/{group['id']}/bundles/{message['merged']['bundle_id']}"
    assert (await zhao.refused("GET", path)).status == 404


async def test_a_repetition_says_nothing_twice(lin: Member, chen: Member, zhao: Member) -> None:
    source, talk = await lin.direct(chen), await lin.direct(zhao)
    await lin.say(source, "一")
    await lin.say(source, "二")
    for way in ("each", "merged"):
        wish = {"client_id": new_client_id(), "seqs": [1, 2], "to": [talk["id"]], "way": way, "comment": "看"}
        first = await lin.post(f"/api/conversations/{source['id']}/forwards", wish)
        assert await lin.post(f"/api/conversations/{source['id']}/forwards", wish) == first
    assert [it["kind"] for it in await zhao.messages(talk)] == ["text", "text", "text", "merged", "text"]


async def test_nothing_goes_anywhere_when_one_place_refuses(lin: Member, chen: Member, zhao: Member) -> None:
    source, talk, foreign = await lin.direct(chen), await lin.direct(zhao), await chen.direct(zhao)
    await lin.say(source, "一")
    wish = {"client_id": new_client_id(), "seqs": [1], "to": [talk["id"], foreign["id"]]}
    refusal = await lin.refused("POST", f"/api/conversations/{source['id']}/forwards", wish)
    assert refusal.status == 404
    assert await lin.messages(talk) == []


async def test_what_was_recalled_and_what_happened_to_the_group_are_not_forwarded(
    lin: Member, chen: Member, zhao: Member
) -> None:
    source, talk = await lin.group("周会", chen), await lin.direct(zhao)
    said = await lin.say(source, "说错了")
    await lin.post(f"/api/conversations/{source['id']}/messages/{said['seq']}/recall")
    path = f"/api/conversations/{source['id']}/forwards"
    for seq in (1, said["seq"]):
        wish = {"client_id": new_client_id(), "seqs": [seq], "to": [talk["id"]]}
        refusal = await lin.refused("POST", path, wish)
        assert (refusal.status, refusal.code) == (409, "not_forwardable")


async def test_what_one_cannot_read_one_cannot_forward(lin: Member, chen: Member, zhao: Member, sun: Member) -> None:
    source = await lin.group("周会", chen)
    said = await lin.say(source, "底价")
    await lin.post(f"/api/conversations/{source['id']}/participants", {"person_ids": [zhao.id]})
    mine = await zhao.direct(chen)
    for who in (zhao, sun):
        wish = {"client_id": new_client_id(), "seqs": [said["seq"]], "to": [mine["id"]]}
        assert (await who.refused("POST", f"/api/conversations/{source['id']}/forwards", wish)).status == 404
    assert await chen.messages(mine) == []


async def test_a_customer_reads_what_is_forwarded_to_them(lin: Member, chen: Member, wu: Consumer) -> None:
    await wu.walk_in(await lin.way(), "保修多久？")
    talk: Json = {"id": (await lin.customers())[0]["conversation_id"]}
    source = await lin.direct(chen)
    await chen.say(source, "三年或十万公里")
    await chen.send_file(source, PNG, "条款.png", kind="image")
    await forward(lin, source, [1], talk)
    await forward(lin, source, [1, 2], talk, way="merged")
    said = await wu.messages()
    assert said[-2]["text"] == "三年或十万公里"
    items = (await wu.get(f"{wu.door}/bundles/{said[-1]['merged']['bundle_id']}"))["items"]
    assert [it["kind"] for it in items] == ["text", "image"]
    assert (await wu.get(f"{wu.door}/files/{items[1]['file']['id']}/thumbnail"))[:4]


async def test_a_wish_that_cannot_be_is_refused_whole(lin: Member, chen: Member) -> None:
    source = await lin.direct(chen)
    await lin.say(source, "一")
    cases: list[Json] = [
        {"seqs": []},
        {"seqs": [0]},
        {"seqs": list(range(1, 102))},
        {"to": []},
        {"to": ["1"] * 21},
        {"way": "sideways"},
        {"client_id": "x"},
        {"comment": "长" * 8001},
        {"seqs": "all"},
    ]
    for wish in cases:
        right = {"client_id": new_client_id(), "seqs": [1], "to": [source["id"]]}
        refusal = await lin.refused("POST", f"/api/conversations/{source['id']}/forwards", right | wish)
        assert refusal.code in {"invalid", "message_too_long"}
        assert await lin.texts(source) == ["一"]
