"""A consumer reaches their own talk, and nothing of anybody else's, whatever they hold in their hands."""

import pytest
from websockets.exceptions import InvalidStatus

from tests.contacts.test_walk_in import picture
from tests.people import Caller, Consumer, Json, Member, new_client_id

Pictures = dict[str, str]


async def play(wu: Consumer, qian: Consumer, lin: Member, chen: Member, sun: Member) -> Pictures:
    """Wu talks to Lin, Qian to Lin, to Chen and to Sun of the other company; a picture is said in each talk."""
    files: Pictures = {}
    for who, member, name in ((wu, lin, "wu"), (qian, chen, "chen"), (qian, sun, "sun"), (qian, lin, "qian")):
        who.way = await member.way()
        files[name] = (await who.send_picture(picture()))["file"]["id"]
        await who.say(f"{name} 的私事")
    internal = await lin.direct(chen)
    sent = await lin.send_file(internal, picture(), "底价.png", kind="image")
    files["internal"] = sent["file"]["id"]
    return files


async def test_files_and_words_of_other_talks_are_not_found(
    wu: Consumer, qian: Consumer, lin: Member, chen: Member, sun: Member
) -> None:
    files = await play(wu, qian, lin, chen, sun)
    wu.way = await lin.way()
    assert await wu.texts() == ["wu 的私事"]
    assert (await wu.request("GET", f"{wu.door}/files/{files['wu']}")).status_code == 200
    for whose in ("qian", "chen", "sun", "internal"):
        for tail in ("", "/thumbnail"):
            refusal = await wu.refused("GET", f"{wu.door}/files/{files[whose]}{tail}")
            assert refusal == await wu.refused("GET", f"{wu.door}/files/4611686018427387904{tail}")
            assert refusal[:2] == (404, "not_found"), whose
    # Her own file, by a door it was not said at.
    wu.way = await chen.way()
    for path in (f"files/{files['wu']}", f"files/{files['chen']}", "messages"):
        assert (await wu.refused("GET", f"{wu.door}/{path}"))[:2] == (404, "not_found")
    assert (await wu.refused("PUT", f"{wu.door}/read", {"seq": 1}))[:2] == (404, "not_found")
    # The other company does not know her at all.
    wu.way = await sun.way()
    for path in (f"files/{files['sun']}", "messages"):
        assert (await wu.refused("GET", f"{wu.door}/{path}"))[:2] == (401, "not_signed_in")
    # Qian, who is known everywhere, still has each talk behind its own door.
    qian.way = await chen.way()
    assert await qian.texts() == ["chen 的私事"]
    assert (await qian.refused("GET", f"{qian.door}/files/{files['qian']}")).code == "not_found"


async def test_a_customer_cannot_say_somebody_elses_picture(wu: Consumer, qian: Consumer, lin: Member) -> None:
    way = await lin.way()
    await wu.walk_in(way, "您好")
    await qian.walk_in(way, "您好")
    file_id = (await wu.send_picture(picture()))["file"]["id"]
    conversation_id = (await qian.messages())[0]["conversation_id"]
    async with qian.socket() as socket:
        for stolen in (file_id, "4611686018427387904"):
            frame: Json = {
                "type": "send", "client_id": new_client_id(), "conversation_id": conversation_id, "kind": "image",
                "text": "", "file_id": stolen,
            }  # fmt: skip
            await socket.send(frame)
            assert (await socket.next("error"))["code"] == "file_unusable"
    assert len(await qian.messages()) == 1


async def test_a_customer_has_no_staff_route(wu: Consumer, lin: Member, chen: Member) -> None:
    talk = await lin.direct(chen)
    await lin.say(talk, "底价二十一万八")
    said = await wu.walk_in(await lin.way(), "您好")
    own = said["conversation_id"]
    routes: list[tuple[str, str, Json | None]] = [
        ("GET", "/api/me", None), ("GET", "/api/sync", None), ("GET", "/api/contacts", None),
        ("GET", "/api/members?q=lin", None), ("GET", f"/api/members/{lin.id}", None), ("GET", "/api/departments", None),
        ("GET", f"/api/people?ids={lin.id}", None), ("GET", "/api/sessions", None),
        ("GET", f"/api/conversations/{talk['id']}/messages", None), ("GET", f"/api/conversations/{own}", None),
        ("GET", f"/api/conversations/{own}/participants", None), ("PATCH", f"/api/conversations/{own}", {"name": "x"}),
        ("POST", "/api/conversations", {"kind": "direct", "person_id": chen.id}),
        ("POST", f"/api/conversations/{own}/participants", {"person_ids": [chen.id]}),
        ("POST", f"/api/conversations/{talk['id']}/messages", {"client_id": new_client_id(), "text": "x"}),
        ("POST", f"/api/members/{lin.id}/invitation", None), ("PUT", "/api/me/contact-way", None),
        ("PUT", f"/api/members/{lin.id}/password", {"password": "long enough 7"}), ("DELETE", "/api/sessions", None),
    ]  # fmt: skip
    token = wu.http.cookies["hutong_contact_lanting"]
    async with Caller(wu.base_url) as disguised:
        disguised.http.cookies.set("hutong_session", token)
        for who in (wu, disguised):
            for method, path, body in routes:
                refusal = await who.refused(method, path, body)
                assert refusal[:2] == (401, "not_signed_in"), (method, path)
            with pytest.raises(InvalidStatus) as answer:
                async with who.socket("/ws"):
                    pass
            assert answer.value.response.status_code == 401
    assert await wu.texts() == ["您好"]


async def test_a_customer_hears_only_the_talks_they_are_in(
    wu: Consumer, qian: Consumer, lin: Member, chen: Member
) -> None:
    way = await lin.way()
    await wu.walk_in(way, "您好")
    await qian.walk_in(way, "您好")
    (latest, earlier) = await lin.inbox()
    async with wu.socket() as hers, qian.socket() as his:
        await lin.say(earlier, "给吴女士的报价")
        assert (await hers.next("message"))["message"]["text"] == "给吴女士的报价"
        await qian.say("我先看看")
        await qian.put(f"{qian.door}/name", {"name": "钱先生"})
        await lin.say(await lin.direct(chen), "底价二十一万八")
        heard = str(await his.heard())
        assert "报价" not in heard
        assert "底价" not in heard
        assert await hers.heard() == []
        # Nor can she speak where she is not, or learn that there is such a place.
        there, absent = await hers.say(latest, "插一句"), await hers.say("4611686018427387904", "插一句")
        assert there["code"] == absent["code"] == "not_found"
