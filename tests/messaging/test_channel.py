"""Announcement channels: a part of the organisation hears, by rule; a few publish."""

from hutong.core.db import Database
from tests.messaging.channels import department, move, open_channel
from tests.people import Consumer, Member, new_client_id


async def test_a_department_with_all_below_it_hears_and_nobody_else(lin: Member, zhao: Member, chen: Member) -> None:
    channel = await open_channel(zhao, "销售通知", await department(zhao, "销售部"))
    async with lin.socket() as hers, chen.socket() as his:
        await zhao.say(channel, "本周五盘点")
        assert (await hers.next("message"))["message"]["text"] == "本周五盘点"
        assert await his.heard_nothing("message")
    (heard,) = await lin.inbox()
    assert (heard["kind"], heard["name"], heard["can_publish"]) == ("channel", "销售通知", False)
    assert (heard["unread_count"], heard["participant_count"], heard["peer_read_seq"]) == (1, 2, None)
    assert [person["name"] for person in heard["people"]] == [zhao.name], "those who publish"
    assert await lin.get(f"/api/conversations/{channel['id']}") == heard
    assert await lin.texts(channel) == ["本周五盘点"]
    assert await chen.inbox() == []


async def test_everybody_of_the_company_hears_without_a_row_a_person(
    lin: Member, zhao: Member, chen: Member, db: Database
) -> None:
    channel = await open_channel(zhao, "全员公告")
    await zhao.say(channel, "放假安排")
    for member in (lin, chen):
        (heard,) = await member.inbox()
        assert (heard["id"], heard["participant_count"]) == (channel["id"], 3)
    async with db.begin() as tx:
        rows = await tx.fetch("select person_id from participants where conversation_id = $1", int(channel["id"]))
        assert [row["person_id"] for row in rows] == [int(zhao.id)]
        assert await tx.fetchval("select count(*) from channel_audiences") == 1
        assert await tx.fetchval("select count(*) from channel_readers") == 0


async def test_a_new_channel_reaches_those_on_line_with_its_first_word(lin: Member, zhao: Member, chen: Member) -> None:
    async with lin.socket() as hers, chen.socket() as his, zhao.socket() as mine:
        channel = await open_channel(zhao, "门店", await department(zhao, "销售部", "杭州门店"), publishers=[chen])
        told = (await hers.next("conversation"))["conversation"]
        assert (told["id"], told["kind"], told["can_publish"]) == (channel["id"], "channel", False)
        assert told == await lin.get(f"/api/conversations/{channel['id']}")
        for socket in (his, mine):
            assert await socket.next("conversation", lambda frame: frame["conversation"]["can_publish"])
        await chen.say(channel, "新车到店")
        for socket in (hers, his, mine):
            assert (await socket.next("message"))["message"]["text"] == "新车到店"


async def test_who_comes_later_reads_the_whole_board(lin: Member, zhao: Member, chen: Member) -> None:
    channel = await open_channel(zhao, "销售通知", await department(zhao, "销售部"))
    await zhao.say(channel, "旧公告")
    async with chen.socket() as his:
        token = (await chen.get("/api/sync"))["token"]
        await move(zhao, chen, "销售部/杭州门店")
        await his.next("look_again")
        answer = await chen.get("/api/sync", since=token)
        assert answer["is_full"]
        assert [heard["id"] for heard in answer["conversations"]] == [channel["id"]]
        assert await chen.texts(channel) == ["旧公告"]
        await zhao.say(channel, "新公告")
        assert (await his.next("message"))["message"]["text"] == "新公告"


async def test_leaving_a_department_ends_the_hearing_at_once(lin: Member, zhao: Member) -> None:
    channel = await open_channel(zhao, "销售通知", await department(zhao, "销售部"))
    sent = await zhao.send_file(channel, b"the plan", "plan.txt")
    token = (await lin.get("/api/sync"))["token"]
    async with lin.socket() as hers:
        await move(zhao, lin, "研发部/座舱")
        await zhao.say(channel, "她不该听到")
        assert await hers.next("look_again")
        assert await hers.heard_nothing("message")
    path = f"/api/conversations/{channel['id']}"
    file = f"{path}/files/{sent['file']['id']}"
    for method, address, body in (
        ("GET", path, None),
        ("GET", f"{path}/messages", None),
        ("GET", file, None),
        ("PUT", f"{path}/read", {"seq": 1}),
        ("GET", f"{path}/participants", None),
        ("GET", f"/api/channels/{channel['id']}", None),
    ):
        assert (await lin.refused(method, address, body)).status == 404, address
    answer = await lin.get("/api/sync", since=token)
    assert (answer["is_full"], answer["conversations"]) == (True, [])


async def test_a_narrower_audience_ends_it_for_those_left_out(lin: Member, zhao: Member, chen: Member) -> None:
    channel = await open_channel(zhao, "全员公告")
    await zhao.say(channel, "大家好")
    his = (await chen.get("/api/sync"))["token"]
    hers = (await lin.get("/api/sync"))["token"]
    sales = await department(zhao, "销售部")
    async with chen.socket() as his_socket, lin.socket() as her_socket:
        await zhao.patch(f"/api/channels/{channel['id']}", {"audience": {"department_ids": [sales]}})
        assert (await his_socket.next("conversation_left"))["conversation_id"] == channel["id"]
        await zhao.say(channel, "只说给销售")
        assert (await her_socket.next("message"))["message"]["text"] == "只说给销售"
        assert await his_socket.heard_nothing("message")
    answer = await chen.get("/api/sync", since=his)
    (gone,) = answer["conversations"]
    assert (answer["is_full"], gone["id"], gone["has_left"], gone["last_message"]) == (False, channel["id"], True, None)
    assert (gone["name"], gone["last_seq"], gone["participant_count"], gone["owner_id"]) == (None, 0, 0, None)
    (kept,) = (await lin.get("/api/sync", since=hers))["conversations"]
    assert (kept["has_left"], kept["last_message"]["text"]) == (False, "只说给销售")
    assert (await chen.refused("GET", f"/api/conversations/{channel['id']}")).status == 404
    await chen.quiet_token(answer["token"])


async def test_a_wider_audience_lets_in_at_once(zhao: Member, chen: Member) -> None:
    channel = await open_channel(zhao, "销售通知", await department(zhao, "销售部"))
    await zhao.say(channel, "一")
    token = (await chen.get("/api/sync"))["token"]
    async with chen.socket() as his:
        await zhao.patch(f"/api/channels/{channel['id']}", {"audience": {"everybody": True}, "name": "全员通知"})
        told = await his.next("channel")
        assert (told["conversation_id"], told["name"]) == (channel["id"], "全员通知")
        await zhao.say(channel, "二")
        assert (await his.next("message"))["message"]["text"] == "二"
    (heard,) = (await chen.get("/api/sync", since=token))["conversations"]
    assert (heard["name"], heard["unread_count"], heard["participant_count"]) == ("全员通知", 2, 3)


async def test_sync_tells_only_what_changed_in_a_channel(lin: Member, zhao: Member) -> None:
    channel = await open_channel(zhao, "全员公告")
    first = await lin.get("/api/sync")
    assert [heard["id"] for heard in first["conversations"]] == [channel["id"]], "from its beginning"
    token = await lin.quiet_token()
    await zhao.say(channel, "一")
    (said,) = (await lin.get("/api/sync", since=token))["conversations"]
    assert (said["last_message"]["text"], said["unread_count"]) == ("一", 1)
    second = await lin.quiet_token()
    await lin.read(channel, 1)
    (seen,) = (await lin.get("/api/sync", since=second))["conversations"]
    assert (seen["read_seq"], seen["unread_count"]) == (1, 0)
    assert (await zhao.get("/api/sync", since=second))["conversations"] == [], "what others read is not told"


async def test_only_publishers_publish_and_who_is_one_can_change(lin: Member, zhao: Member, chen: Member) -> None:
    channel = await open_channel(zhao, "全员公告", publishers=[chen])
    path = f"/api/conversations/{channel['id']}"
    body = {"client_id": new_client_id(), "kind": "text", "text": "我也说"}
    assert (await lin.refused("POST", f"{path}/messages", body))[:2] == (403, "not_publisher")
    async with lin.socket() as hers:
        assert (await hers.say(channel, "我也说"))["code"] == "not_publisher"
    await chen.say(channel, "一")
    await chen.read(channel, 1)
    await lin.read(channel, 1)
    async with chen.socket() as his, lin.socket() as hers:
        await zhao.patch(f"/api/channels/{channel['id']}", {"publisher_ids": [lin.id]})
        now = (await his.next("conversation"))["conversation"]
        assert (now["can_publish"], now["read_seq"], now["unread_count"]) == (False, 1, 0)
        now = (await hers.next("conversation"))["conversation"]
        assert (now["can_publish"], now["read_seq"], now["unread_count"]) == (True, 1, 0)
        await lin.say(channel, "二")
        assert (await his.next("message"))["message"]["text"] == "二", "he hears on by the rule"
    assert (await chen.refused("POST", f"{path}/messages", body))[:2] == (403, "not_publisher")
    assert (await chen.refused("GET", f"/api/channels/{channel['id']}"))[:2] == (403, "not_channel_owner")
    publishers = (await zhao.get(f"/api/channels/{channel['id']}"))["publishers"]
    assert {person["name"] for person in publishers} == {zhao.name, lin.name}, "the owner always"


async def test_a_publisher_from_outside_publishes_and_then_hears_no_more(zhao: Member, chen: Member) -> None:
    channel = await open_channel(zhao, "销售通知", await department(zhao, "销售部"), publishers=[chen])
    await chen.say(channel, "总部来信")
    token = (await chen.get("/api/sync"))["token"]
    async with chen.socket() as his:
        await zhao.patch(f"/api/channels/{channel['id']}", {"publisher_ids": []})
        assert (await his.next("conversation_left"))["conversation_id"] == channel["id"]
        await zhao.say(channel, "内部的话")
        assert await his.heard_nothing("message")
    (gone,) = (await chen.get("/api/sync", since=token))["conversations"]
    assert (gone["id"], gone["has_left"]) == (channel["id"], True)


async def test_marks_and_typing_in_a_channel_are_told_to_ones_own_devices_alone(lin: Member, zhao: Member) -> None:
    channel = await open_channel(zhao, "全员公告")
    await zhao.say(channel, "一")
    async with lin.socket() as phone, lin.socket() as desk, zhao.socket() as hers:
        await phone.send({"type": "typing", "conversation_id": channel["id"]})
        await phone.send({"type": "read", "conversation_id": channel["id"], "seq": 9})
        assert (await desk.next("read"))["seq"] == 1, "never past the last"
        assert await desk.heard_nothing("typing")
        assert await hers.heard() == []


async def test_a_channel_is_not_there_for_other_companies_and_customers(
    lin: Member, zhao: Member, sun: Member, wu: Consumer
) -> None:
    channel = await open_channel(zhao, "全员公告")
    await zhao.say(channel, "只给自己人")
    assert await sun.inbox() == []
    for path in (
        f"/api/conversations/{channel['id']}",
        f"/api/conversations/{channel['id']}/messages",
        f"/api/channels/{channel['id']}",
        f"/api/channels/{channel['id']}/messages/1/readers",
    ):
        assert (await sun.refused("GET", path)).status == 404, path
    await wu.walk_in(await lin.way(), "您好")
    assert [message["text"] for message in await wu.messages() if message["kind"] == "text"] == ["您好"]
    async with wu.socket() as hers, sun.socket() as theirs:
        await zhao.say(channel, "还是自己人")
        assert await hers.heard_nothing("message")
        assert await theirs.heard_nothing("message")


async def test_a_channel_is_no_group(lin: Member, zhao: Member) -> None:
    channel = await open_channel(zhao, "全员公告")
    path = f"/api/conversations/{channel['id']}"
    assert (await zhao.refused("POST", f"{path}/participants", {"person_ids": [lin.id]})).code == "not_a_group"
    assert (await lin.refused("POST", f"{path}/participants", {"person_ids": [lin.id]})).status == 404
    assert (await lin.refused("PATCH", path, {"name": "改名"})).status == 404
    assert (await lin.refused("DELETE", f"{path}/participants/{lin.id}")).status == 404


async def test_a_channel_asked_for_twice_with_one_client_id_is_one(lin: Member, zhao: Member) -> None:
    body = {"client_id": new_client_id(), "name": "一次", "audience": {"everybody": True}}
    answers = [await zhao.request("POST", "/api/channels", body) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 200]
    assert answers[0].json() == answers[1].json()
    assert len(await lin.inbox()) == 1


async def test_what_is_no_channel_is_refused(zhao: Member, sun: Member) -> None:
    cases: list[tuple[dict[str, object], str]] = [
        ({"name": "  "}, "invalid"),
        ({"name": "长" * 65}, "invalid"),
        ({"name": 7}, "invalid"),
        ({"audience": {}}, "invalid"),
        ({"audience": {"everybody": True, "department_ids": ["{department}"]}}, "invalid"),
        ({"audience": {"department_ids": ["123456789"]}}, "departments_not_found"),
        ({"audience": {"department_ids": ["nonsense"]}}, "departments_not_found"),
        ({"audience": {"department_ids": ["{stranger}"]}}, "departments_not_found"),
        ({"audience": {"everybody": "yes"}}, "invalid"),
        ({"publisher_ids": ["123456789"]}, "people_not_found"),
        ({"publisher_ids": ["{sun}"]}, "people_not_found"),
        ({"publisher_ids": ["nonsense"]}, "people_not_found"),
    ]
    words = {
        "{department}": await department(zhao, "销售部"),
        "{stranger}": await department(sun, "商务部"),
        "{sun}": sun.id,
    }

    def filled(value: object) -> object:
        if isinstance(value, dict):
            return {key: filled(part) for key, part in value.items()}
        if isinstance(value, list):
            return [filled(part) for part in value]
        return words.get(str(value), value) if isinstance(value, str) else value

    right = {"client_id": new_client_id(), "name": "公告", "audience": {"everybody": True}}
    channel = await open_channel(zhao, "全员公告")
    for change, code in cases:
        wrong = filled(change)
        assert isinstance(wrong, dict)
        assert (await zhao.refused("POST", "/api/channels", right | wrong)).code == code, change
        assert (await zhao.refused("PATCH", f"/api/channels/{channel['id']}", wrong)).code == code, change
    assert (await zhao.get(f"/api/channels/{channel['id']}")) == channel


async def test_members_make_no_channels_and_change_none_of_others(lin: Member, zhao: Member, chen: Member) -> None:
    body = {"client_id": new_client_id(), "name": "我的", "audience": {"everybody": True}}
    assert (await lin.refused("POST", "/api/channels", body))[:2] == (403, "forbidden")
    channel = await open_channel(zhao, "销售通知", await department(zhao, "销售部"), publishers=[lin])
    for who, answer in ((lin, (403, "not_channel_owner")), (chen, (404, "not_found"))):
        assert (await who.refused("PATCH", f"/api/channels/{channel['id']}", {"name": "改"}))[:2] == answer
        assert (await who.refused("GET", f"/api/channels/{channel['id']}"))[:2] == answer
    talk = await zhao.direct(lin)
    assert (await zhao.refused("GET", f"/api/channels/{talk['id']}")).status == 404
