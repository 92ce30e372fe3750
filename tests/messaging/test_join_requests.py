"""Into a group by approval: who may not let somebody in proposes them, and a manager decides once."""

import asyncio

from hutong.core.db import Database
from tests.messaging.crowd import gather_crowd
from tests.people import Json, Member, id_of


def path_of(group: Json) -> str:
    return f"/api/conversations/{id_of(group)}"


async def by_approval(owner: Member, *others: Member) -> Json:
    group = await owner.group("先问一声", *others)
    await owner.patch(f"{path_of(group)}/group", {"who_invites": "approval"})
    return group


async def invite(who: Member, group: Json, *ids: str) -> Json:
    invited: Json = await who.post(f"{path_of(group)}/participants", {"person_ids": list(ids)})
    return invited


async def waiting(who: Member) -> list[Json]:
    return list((await who.get("/api/join-requests"))["items"])


async def decide(who: Member, group: Json, *requests: Json, accept: bool) -> list[Json]:
    body = {"request_ids": [it["id"] for it in requests], "is_accepted": accept}
    return list((await who.post(f"{path_of(group)}/join-decisions", body))["items"])


async def test_an_invitation_waits_for_a_manager_and_then_lets_in(lin: Member, zhao: Member, chen: Member) -> None:
    group = await by_approval(lin, zhao)
    async with lin.socket() as hers, chen.socket() as his:
        assert await invite(zhao, group, chen.id) == {"joined_count": 0, "waiting_count": 1}
        [request] = (await hers.next("join_requests"))["items"]
        assert (request["person"]["id"], request["by"]["id"], request["state"]) == (chen.id, zhao.id, "waiting")
        assert await waiting(lin) == [request]
        assert await his.heard() == []
        assert (await chen.refused("GET", path_of(group))).status == 404
        [decided] = await decide(lin, group, request, accept=True)
        assert (await his.next("conversation"))["conversation"]["id"] == group["id"]
    assert (decided["state"], decided["decided_by"]["id"]) == ("accepted", lin.id)
    assert await waiting(lin) == []
    notice = (await zhao.messages(group))[-1]["notice"]
    assert (notice["action"], notice["by_id"], notice["people"][0]["id"]) == ("people_admitted", lin.id, chen.id)


async def test_owner_deputies_and_whoever_asked_hear_of_it_and_nobody_else(
    db: Database, lin: Member, zhao: Member, chen: Member
) -> None:
    group = await by_approval(lin, zhao, chen)
    [outsider] = await gather_crowd(db, await lin.group("候场", zhao), 1)
    async with lin.socket() as owner, zhao.socket() as hers, chen.socket() as his:
        await invite(zhao, group, outsider.id)
        request = (await owner.next("join_requests"))["items"][0]
        assert (await hers.next("join_requests"))["items"] == [request], "she asked"
        assert await his.heard_nothing("join_requests")
        await lin.put(f"{path_of(group)}/deputies/{chen.id}")
        assert await waiting(chen) == [request], "a deputy of now decides what was asked before"
        assert await waiting(zhao) == []
        await decide(chen, group, request, accept=False)
        for socket in (owner, hers, his):
            [decided] = (await socket.next("join_requests"))["items"]
            assert (decided["state"], decided["decided_by"]["id"]) == ("refused", chen.id)
    assert await waiting(lin) == await waiting(chen) == []


async def test_the_first_decision_holds_whoever_comes_later(
    db: Database, lin: Member, zhao: Member, chen: Member
) -> None:
    group = await by_approval(lin, zhao, chen)
    await lin.put(f"{path_of(group)}/deputies/{zhao.id}")
    [outsider] = await gather_crowd(db, await lin.group("候场", zhao), 1)
    await invite(chen, group, outsider.id)
    [request] = await waiting(lin)
    answers = await asyncio.gather(
        *(decide(who, group, request, accept=accept) for who in (lin, zhao) for accept in (True, False))
    )
    assert len({(it["state"], it["decided_by"]["id"]) for [it] in answers}) == 1
    is_in = answers[0][0]["state"] == "accepted"
    assert (await lin.get(path_of(group)))["participant_count"] == 3 + is_in
    assert await decide(lin, group, request, accept=not is_in) == answers[0]
    notices = [it["notice"]["action"] for it in await lin.messages(group) if it["notice"]]
    assert notices.count("people_admitted") == int(is_in)


async def test_who_was_proposed_is_proposed_once_and_anew_after_a_refusal(
    lin: Member, zhao: Member, chen: Member
) -> None:
    group = await by_approval(lin, zhao)
    assert (await invite(zhao, group, chen.id))["waiting_count"] == 1
    assert await invite(zhao, group, chen.id, lin.id) == {"joined_count": 0, "waiting_count": 0}
    [first] = await waiting(lin)
    await decide(lin, group, first, accept=False)
    assert (await invite(zhao, group, chen.id))["waiting_count"] == 1
    [second] = await waiting(lin)
    assert second["id"] != first["id"]


async def test_who_is_let_in_by_a_manager_waits_no_more(lin: Member, zhao: Member, chen: Member) -> None:
    group = await by_approval(lin, zhao)
    await invite(zhao, group, chen.id)
    [request] = await waiting(lin)
    async with zhao.socket() as hers:
        assert await invite(lin, group, chen.id) == {"joined_count": 1, "waiting_count": 0}
        [decided] = (await hers.next("join_requests"))["items"]
    assert (decided["id"], decided["state"]) == (request["id"], "accepted")
    assert await waiting(lin) == []
    assert [it["state"] for it in await decide(lin, group, request, accept=False)] == ["accepted"]
    assert (await lin.get(path_of(group)))["participant_count"] == 3


async def test_who_has_left_the_company_meanwhile_does_not_join(
    db: Database, lin: Member, zhao: Member, chen: Member
) -> None:
    group = await by_approval(lin, zhao)
    [leaver, stayer] = await gather_crowd(db, await lin.group("候场", zhao), 2)
    await invite(zhao, group, leaver.id, stayer.id)
    async with db.begin() as tx:
        await tx.execute("update people set is_active = false where id = $1", int(leaver.id))
    decided = await decide(lin, group, *await waiting(lin), accept=True)
    assert {it["person"]["id"]: it["state"] for it in decided} == {leaver.id: "lapsed", stayer.id: "accepted"}
    assert (await lin.get(path_of(group)))["participant_count"] == 3


async def test_where_only_managers_invite_others_are_refused(lin: Member, zhao: Member, chen: Member) -> None:
    group = await lin.group("不许拉人", zhao)
    await lin.patch(f"{path_of(group)}/group", {"who_invites": "managers"})
    refusal = await zhao.refused("POST", f"{path_of(group)}/participants", {"person_ids": [chen.id]})
    assert refusal[:2] == (403, "not_manager")
    await lin.put(f"{path_of(group)}/deputies/{zhao.id}")
    assert await invite(zhao, group, chen.id) == {"joined_count": 1, "waiting_count": 0}


async def test_only_managers_decide_and_only_on_what_was_asked_of_this_group(
    lin: Member, zhao: Member, chen: Member, sun: Member
) -> None:
    group, other = await by_approval(lin, zhao), await by_approval(lin, zhao)
    await invite(zhao, group, chen.id)
    [request] = await waiting(lin)
    path, body = f"{path_of(group)}/join-decisions", {"request_ids": [request["id"]], "is_accepted": True}
    for who, expected in ((zhao, (403, "not_manager")), (chen, (404, "not_found")), (sun, (404, "not_found"))):
        assert (await who.refused("POST", path, body))[:2] == expected
    assert (await lin.refused("POST", f"{path_of(other)}/join-decisions", body))[:2] == (404, "not_found")
    for ids in ([request["id"], "123456789"], ["nonsense"]):
        assert (await lin.refused("POST", path, body | {"request_ids": ids})).status == 404
    for bad in (
        {"request_ids": [], "is_accepted": True},
        {"request_ids": [request["id"]]},
        {"request_ids": ["1"] * 201},
    ):
        assert (await lin.refused("POST", path, bad)).status in {400, 422}
    assert await waiting(lin) == [request], "nothing was half-done"
    assert await waiting(sun) == []


async def test_an_invitation_asks_only_for_colleagues(lin: Member, zhao: Member, chen: Member, sun: Member) -> None:
    group = await by_approval(lin, zhao)
    for whom in (sun.id, "123456789"):
        body = {"person_ids": [chen.id, whom]}
        assert (await zhao.refused("POST", f"{path_of(group)}/participants", body)).code == "people_not_found"
    assert await waiting(lin) == []
