"""Who has read an announcement: counted from those who did, of those it is for."""

from tests.messaging.channels import department, move, open_channel
from tests.people import Member


async def test_publishers_see_how_many_have_read_and_who(lin: Member, zhao: Member, chen: Member) -> None:
    channel = await open_channel(zhao, "全员公告", publishers=[chen])
    await zhao.say(channel, "一")
    await zhao.say(channel, "二")
    path = f"/api/channels/{channel['id']}/messages"
    readers = await zhao.get(f"{path}/1/readers")
    assert (readers["read_count"], readers["audience_count"], readers["items"]) == (0, 2, []), "not the sender"
    await lin.read(channel, 1)
    await chen.read(channel, 2)
    first, second = await zhao.get(f"{path}/1/readers"), await chen.get(f"{path}/2/readers")
    assert (first["read_count"], second["read_count"]) == (2, 1)
    assert {item["person"]["name"] for item in first["items"]} == {lin.name, chen.name}
    assert [item["person"]["name"] for item in second["items"]] == [chen.name]
    assert {item["person"]["name"]: item["read_at"] is None for item in first["items"]} == {
        lin.name: False, chen.name: True,
    }  # fmt: skip


async def test_a_page_of_readers_goes_on_where_the_last_ended(lin: Member, zhao: Member, chen: Member) -> None:
    channel = await open_channel(zhao, "全员公告")
    await zhao.say(channel, "一")
    for member in (lin, chen):
        await member.read(channel, 1)
    path, names, cursor = f"/api/channels/{channel['id']}/messages/1/readers", [], None
    while True:
        page = await zhao.get(path, limit=1, **({"cursor": cursor} if cursor else {}))
        assert page["read_count"] == 2
        names += [item["person"]["name"] for item in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert sorted(names) == sorted([lin.name, chen.name])
    assert (await zhao.refused("GET", path, params={"cursor": "nonsense"}))[:2] == (400, "bad_cursor")
    assert (await zhao.refused("GET", path, params={"limit": 0})).status == 422


async def test_a_publisher_from_outside_is_not_counted_among_those_it_is_for(
    lin: Member, zhao: Member, chen: Member
) -> None:
    channel = await open_channel(zhao, "销售通知", await department(zhao, "销售部"), publishers=[chen])
    await zhao.say(channel, "一")
    await chen.read(channel, 1)
    path = f"/api/channels/{channel['id']}/messages"
    readers = await zhao.get(f"{path}/1/readers")
    assert (readers["read_count"], readers["audience_count"]) == (0, 1)
    await chen.say(channel, "二")
    await lin.read(channel, 2)
    readers = await chen.get(f"{path}/2/readers")
    assert (readers["read_count"], readers["audience_count"]) == (1, 2)
    await move(zhao, lin, "研发部/座舱")
    readers = await chen.get(f"{path}/2/readers")
    assert (readers["read_count"], readers["audience_count"]) == (1, 1), "who has left has read it all the same"


async def test_nested_departments_count_a_person_once(zhao: Member) -> None:
    both = [await department(zhao, "销售部"), await department(zhao, "销售部", "杭州门店")]
    channel = await open_channel(zhao, "销售通知", *both)
    assert channel["audience_count"] == 2
    assert {item["name"] for item in channel["departments"]} == {"销售部", "杭州门店"}


async def test_who_publishes_no_more_is_still_no_reader_of_their_own_words(
    lin: Member, zhao: Member, chen: Member
) -> None:
    channel = await open_channel(zhao, "全员公告", publishers=[chen])
    await chen.say(channel, "我说的")
    await lin.read(channel, 1)
    await zhao.patch(f"/api/channels/{channel['id']}", {"publisher_ids": []})
    answer = await zhao.get(f"/api/channels/{channel['id']}/messages/1/readers")
    assert [item["person"]["name"] for item in answer["items"]] == [lin.name]
    assert (answer["read_count"], answer["audience_count"]) == (1, 2)


async def test_who_only_hears_is_not_told_who_reads(lin: Member, zhao: Member, chen: Member) -> None:
    channel = await open_channel(zhao, "销售通知", await department(zhao, "销售部"))
    await zhao.say(channel, "一")
    path = f"/api/channels/{channel['id']}/messages"
    assert (await lin.refused("GET", f"{path}/1/readers"))[:2] == (403, "not_publisher")
    assert (await chen.refused("GET", f"{path}/1/readers")).status == 404
    for seq in ("2", "0", str(2**62)):
        assert (await zhao.refused("GET", f"{path}/{seq}/readers")).status == 404, seq
    for seq in ("x", "-1", str(2**70)):
        assert (await zhao.refused("GET", f"{path}/{seq}/readers")).status in {404, 422}, seq


async def test_the_receipts_of_groups_know_no_channel(lin: Member, zhao: Member) -> None:
    channel = await open_channel(zhao, "全员公告")
    await zhao.say(channel, "一")
    for member in (lin, zhao):
        for path in ("receipts", "messages/1/readers"):
            assert (await member.refused("GET", f"/api/conversations/{channel['id']}/{path}")).code == "not_found"
