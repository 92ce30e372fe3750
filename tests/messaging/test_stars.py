"""Messages that one keeps for oneself: found again by nobody else, and only as long as one may read them."""

from tests.messaging.channels import department, open_channel
from tests.people import Json, Member, Talk, id_of

PATH = "/api/me/stars"


def star(talk: Talk, seq: int) -> str:
    return f"/api/conversations/{id_of(talk)}/messages/{seq}/star"


async def starred(who: Member) -> list[str]:
    return [it["file"]["name"] if it["file"] else it["text"] for it in (await who.get(PATH))["items"]]


async def test_what_is_starred_is_found_again_newest_star_first_by_nobody_else(lin: Member, chen: Member) -> None:
    talk = await lin.direct(chen)
    for text in ("甲", "乙", "丙"):
        await chen.say(talk, text)
    file = await chen.send_file(talk, b"%PDF", "报价.pdf")
    for seq in (2, file["seq"], 1, 2):
        await lin.put(star(talk, seq))
    assert await starred(lin) == ["甲", "报价.pdf", "乙"], "starred again it stays where it is"
    page = await lin.get(PATH)
    assert page["items"] == [(await lin.messages(talk))[seq - 1] for seq in (1, file["seq"], 2)]
    assert page["conversations"][0]["id"] == talk["id"]
    assert [it["name"] for it in page["people"]] == ["陈默"]
    assert await starred(chen) == []
    for _ in range(2):
        await lin.delete(star(talk, 1))
    assert await starred(lin) == ["报价.pdf", "乙"]


async def test_pages_hold_each_star_once_though_others_come_meanwhile(lin: Member, chen: Member) -> None:
    talk = await lin.direct(chen)
    for number in range(1, 8):
        await chen.say(talk, f"{number}")
        await lin.put(star(talk, number))
    first = await lin.get(PATH, limit=3)
    await chen.say(talk, "8")
    await lin.put(star(talk, 8))
    second: Json = await lin.get(PATH, limit=3, cursor=first["next_cursor"])
    third: Json = await lin.get(PATH, limit=3, cursor=second["next_cursor"])
    assert [[it["seq"] for it in page["items"]] for page in (first, second, third)] == [[7, 6, 5], [4, 3, 2], [1]]
    assert third["next_cursor"] is None


async def test_what_was_recalled_or_is_no_longer_ones_own_to_read_is_not_shown(
    lin: Member, chen: Member, zhao: Member
) -> None:
    group = await zhao.group("项目", lin, chen)
    said = [await chen.say(group, text) for text in ("密码 8814", "图纸", "新图纸")]
    for message in said:
        await lin.put(star(group, message["seq"]))
    await chen.post(f"/api/conversations/{group['id']}/messages/{said[0]['seq']}/recall")
    assert await starred(lin) == ["新图纸", "图纸"]
    await chen.patch(f"/api/conversations/{group['id']}/messages/{said[1]['seq']}", {"text": "图纸第二版"})
    assert await starred(lin) == ["新图纸", "图纸第二版"]
    await zhao.delete(f"/api/conversations/{group['id']}/participants/{lin.id}")
    assert await starred(lin) == []
    await zhao.post(f"/api/conversations/{group['id']}/participants", {"person_ids": [lin.id]})
    assert await starred(lin) == [], "what was said before they came back is not theirs"
    await lin.delete(star(group, said[1]["seq"]))


async def test_an_announcement_is_starred_by_those_who_hear_it(lin: Member, chen: Member, zhao: Member) -> None:
    channel = await open_channel(zhao, "销售通知", await department(zhao, "销售部"))
    said = await zhao.say(channel, "国庆安排")
    await lin.put(star(channel, said["seq"]))
    assert await starred(lin) == ["国庆安排"]
    assert (await chen.refused("PUT", star(channel, said["seq"]))).status == 404


async def test_what_cannot_be_starred_is_refused(lin: Member, chen: Member, zhao: Member, sun: Member) -> None:
    group = await zhao.group("项目", lin)
    said = await zhao.say(group, "一")
    await zhao.post(f"/api/conversations/{group['id']}/messages/{said['seq']}/recall")
    assert (await lin.refused("PUT", star(group, said["seq"])))[:2] == (409, "message_recalled")
    for who, seq in ((lin, 1), (lin, 99), (lin, 0), (chen, said["seq"]), (sun, said["seq"])):
        refusal = await who.refused("PUT", star(group, seq))
        assert refusal.status in {404, 400, 422}, (seq, refusal)
        assert (await who.get(PATH))["items"] == []
    for params in ({"cursor": "x"}, {"limit": 0}, {"limit": 51}):
        assert (await lin.refused("GET", PATH, params=params)).status in {400, 422}
