"""Having listened to what was spoken: known on all one's devices, and to nobody else."""

from tests.files import sounds
from tests.messaging.test_voices import speak
from tests.people import Consumer, Json, Member


async def heard(who: Member, talk: Json, *seqs: int) -> list[int]:
    answer = await who.get(f"/api/conversations/{talk['id']}/heard-voices", seqs=",".join(map(str, seqs)))
    return list(answer["seqs"])


async def test_what_one_listens_to_is_heard_on_ones_other_devices_and_told_to_nobody_else(
    lin: Member, zhao: Member, chen: Member
) -> None:
    group = await lin.group("交付", zhao, chen)
    first, second = [(await speak(lin, group, sounds.webm(1_000)))["seq"] for _ in range(2)]
    path = f"/api/conversations/{group['id']}/messages"
    async with zhao.socket() as here, zhao.socket() as there, lin.socket() as lins, chen.socket() as chens:
        for _ in range(2):
            await zhao.put(f"{path}/{first}/heard")
        for device in (here, there):
            frame = await device.next("voice_heard")
            assert (frame["conversation_id"], frame["seq"]) == (group["id"], first)
            assert await device.heard_nothing("voice_heard")
        assert await lins.heard_nothing("voice_heard")
        assert await chens.heard_nothing("voice_heard")
        # One's own words one knows.
        await lin.put(f"{path}/{second}/heard")
        assert await lins.heard_nothing("voice_heard")
    assert await heard(zhao, group, first, second, 999) == [first]
    assert await heard(chen, group, first, second) == []
    assert await heard(lin, group, first, second) == []


async def test_what_is_not_spoken_or_not_ones_to_hear_is_not_found(
    lin: Member, zhao: Member, chen: Member, sun: Member, wu: Consumer
) -> None:
    talk = await lin.direct(zhao)
    written = (await lin.say(talk, "写的"))["seq"]
    spoken = (await speak(lin, talk, sounds.webm(1_000)))["seq"]
    path = f"/api/conversations/{talk['id']}"
    for who, seq in ((zhao, written), (zhao, spoken + 1), (chen, spoken), (sun, spoken)):
        assert (await who.refused("PUT", f"{path}/messages/{seq}/heard")).status == 404
    for stranger in (chen, sun):
        assert (await stranger.refused("GET", f"{path}/heard-voices", params={"seqs": "1"})).status == 404
    for seqs in ("x", "-1", "1,", ",".join(["1"] * 101), "9" * 40):
        assert (await zhao.refused("GET", f"{path}/heard-voices", params={"seqs": seqs})).status in {400, 422}, seqs
    await lin.post(f"{path}/messages/{spoken}/recall")
    await zhao.put(f"{path}/messages/{spoken}/heard")
    assert await heard(zhao, talk, spoken) == []
    # Who came later did not hear what was said before.
    group = await lin.group("两人", zhao)
    early = (await speak(lin, group, sounds.webm(1_000)))["seq"]
    await lin.post(f"/api/conversations/{group['id']}/participants", {"person_ids": [chen.id]})
    assert (await chen.refused("PUT", f"/api/conversations/{group['id']}/messages/{early}/heard")).status == 404
    # What a customer spoke is a message like any other.
    await wu.walk_in(await lin.way(), "您好")
    customer = {"id": (await lin.customers())[0]["conversation_id"]}
    voice = await wu.request(
        "POST", f"{wu.door}/voices?client_id=7d5c2c1e-8c1f-4c4f-9a55-0f6d6f0c1a11", sounds.webm(1_000)
    )
    await lin.put(f"/api/conversations/{customer['id']}/messages/{voice.json()['seq']}/heard")
    assert await heard(lin, customer, voice.json()["seq"]) == [voice.json()["seq"]]
