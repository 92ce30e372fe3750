"""Coming back: after any absence one request tells what changed, and holes are filled by place."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.people import Consumer, Member


async def test_sync_tells_everything_once_and_then_only_what_changed(lin: Member, zhao: Member, chen: Member) -> None:
    with_chen, group = await lin.direct(chen), await lin.group("群", zhao, chen)
    await lin.say(with_chen, "一")
    first = await lin.get("/api/sync")
    assert first["is_full"]
    assert {c["id"] for c in first["conversations"]} == {with_chen["id"], group["id"]}
    token = await lin.quiet_token(first["token"])
    await chen.say(with_chen, "二")
    changed = await lin.get("/api/sync", since=token)
    assert not changed["is_full"]
    (only,) = changed["conversations"]
    assert (only["id"], only["last_message"]["text"], only["unread_count"]) == (with_chen["id"], "二", 1)
    again = await lin.get("/api/sync", since=token)
    assert again["conversations"] == changed["conversations"], "asking twice is harmless"


async def test_sync_tells_what_one_read_elsewhere_and_what_the_other_read(lin: Member, chen: Member) -> None:
    talk = await lin.direct(chen)
    await lin.say(talk, "看到了吗")
    his, hers = (await chen.get("/api/sync"))["token"], (await lin.get("/api/sync"))["token"]
    await chen.read(talk, 1)
    (mine,) = (await chen.get("/api/sync", since=his))["conversations"]
    (other,) = (await lin.get("/api/sync", since=hers))["conversations"]
    assert (mine["read_seq"], mine["unread_count"], other["peer_read_seq"]) == (1, 0, 1)


async def test_sync_tells_that_one_was_removed_meanwhile(lin: Member, zhao: Member, chen: Member) -> None:
    group = await lin.group("群", zhao, chen)
    token = (await chen.get("/api/sync"))["token"]
    await lin.delete(f"/api/conversations/{group['id']}/participants/{chen.id}")
    first = (await chen.get("/api/sync", since=token))["conversations"]
    await lin.say(group, "他不在了")
    await lin.patch(f"/api/conversations/{group['id']}", {"name": "换了名字"})
    await lin.put(f"/api/conversations/{group['id']}/owner", {"person_id": zhao.id})
    gone = (await chen.get("/api/sync", since=token))["conversations"]
    assert [(it["id"], it["has_left"]) for it in gone] == [(group["id"], True)]
    assert gone == first, "and nothing of what came after"


async def test_a_token_that_is_none_of_ours_begins_anew(lin: Member, chen: Member) -> None:
    await lin.say(await lin.direct(chen), "一")
    for token in ("", "nonsense", "1.2", "9" * 400, (await lin.get("/api/sync"))["token"].split(".")[0] + ".x"):
        assert (await lin.get("/api/sync", since=token))["is_full"], token


async def test_pages_join_without_gap_or_double_in_both_directions(lin: Member, chen: Member) -> None:
    talk = await lin.direct(chen)
    for number in range(1, 26):
        await lin.say(talk, str(number))
    path = f"/api/conversations/{talk['id']}/messages"
    newest = await lin.get(path, limit=10)
    seen, page = list(newest["items"]), newest
    assert (newest["has_newer"], newest["has_older"]) == (False, True)
    while page["has_older"]:
        page = await lin.get(path, before_seq=seen[0]["seq"], limit=10)
        seen = page["items"] + seen
    assert [m["seq"] for m in seen] == list(range(1, 26))
    page = await lin.get(path, after_seq=0, limit=10)
    forward = list(page["items"])
    while page["has_newer"]:
        page = await lin.get(path, after_seq=forward[-1]["seq"], limit=10)
        forward += page["items"]
    assert forward == seen
    around = await lin.get(path, around_seq=13, limit=10)
    assert 13 in [m["seq"] for m in around["items"]]
    assert (around["has_older"], around["has_newer"]) == (True, True)
    refusal = await lin.refused("GET", path, params={"before_seq": 3, "after_seq": 1})
    assert refusal.status == 422
    for bad in ({"limit": 0}, {"limit": 201}, {"before_seq": -1}, {"after_seq": "x"}, {"around_seq": 2**70}):
        assert (await lin.refused("GET", path, params=bad)).status == 422


async def test_read_marks_never_go_back_nor_past_the_end(lin: Member, chen: Member) -> None:
    talk = await lin.direct(chen)
    for number in range(5):
        await lin.say(talk, str(number))
    async with lin.socket() as hers:
        await chen.read(talk, 4)
        assert (await hers.next("read"))["seq"] == 4
        await chen.read(talk, 2)
        await chen.read(talk, 10**15)
        assert (await hers.next("read"))["seq"] == 5
        assert await hers.heard_nothing("read")
    (inbox,) = await chen.inbox()
    assert (inbox["read_seq"], inbox["unread_count"]) == (5, 0)


async def test_who_speaks_has_read_what_was_said_before(lin: Member, chen: Member) -> None:
    talk = await lin.direct(chen)
    for words in ("一", "二"):
        await lin.say(talk, words)
    await chen.say(talk, "三")
    (his,), (hers,) = await chen.inbox(), await lin.inbox()
    assert (his["read_seq"], his["unread_count"]) == (3, 0)
    assert (hers["read_seq"], hers["unread_count"], hers["peer_read_seq"]) == (2, 1, 3)


async def test_faces_are_given_of_colleagues_and_own_customers_only(
    lin: Member, chen: Member, sun: Member, wu: Consumer
) -> None:
    customer = (await wu.walk_in(await lin.way(), "您好"))["sender_id"]
    wanted = ",".join([lin.id, chen.id, sun.id, customer, "77", "x", ""])
    assert {p["id"] for p in (await lin.get("/api/people", ids=wanted))["items"]} == {lin.id, chen.id, customer}
    assert {p["id"] for p in (await chen.get("/api/people", ids=wanted))["items"]} == {lin.id, chen.id}
    assert {p["id"] for p in (await sun.get("/api/people", ids=wanted))["items"]} == {sun.id}


# What can happen between two people: either speaks, either reads, either catches up.
STEPS = st.lists(
    st.tuples(st.sampled_from(["lin", "chen"]), st.sampled_from(["say", "say", "read", "sync"]), st.integers(0, 30)),
    max_size=30,
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
async def test_a_client_that_applies_every_sync_knows_what_a_fresh_one_would(
    lin: Member, chen: Member, steps: list[tuple[str, str, int]]
) -> None:
    talk = await lin.direct(chen)
    people = {"lin": lin, "chen": chen}
    known: dict[str, dict[str, object]] = {"lin": {}, "chen": {}}
    tokens: dict[str, str | None] = {"lin": None, "chen": None}
    for who, deed, number in [*steps, ("lin", "sync", 0), ("chen", "sync", 0)]:
        if deed == "say":
            await people[who].say(talk, str(number))
        elif deed == "read":
            await people[who].read(talk, number)
        else:
            token = tokens[who]
            answer = await people[who].get("/api/sync", **({"since": token} if token else {}))
            known[who].update({c["id"]: c for c in answer["conversations"]})
            tokens[who] = answer["token"]
    for who, person in people.items():
        assert known[who] == {c["id"]: c for c in await person.inbox()}
