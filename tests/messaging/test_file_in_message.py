"""Files and pictures are readable where they were said, by those who may read what was said."""

import io

from PIL import Image

from tests.people import Consumer, Member, new_client_id


def picture(width: int = 800, height: int = 600) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), "teal").save(out, "PNG")
    return out.getvalue()


async def test_a_picture_is_shown_small_and_whole_to_the_other(lin: Member, chen: Member) -> None:
    talk = await lin.direct(chen)
    message = await lin.send_file(talk, picture(), "外观.png", kind="image")
    file = message["file"]
    assert (file["width"], file["height"], file["media_type"]) == (800, 600, "image/png")
    path = f"/api/conversations/{talk['id']}/files/{file['id']}"
    whole, small = await chen.request("GET", path), await chen.request("GET", f"{path}/thumbnail")
    assert (whole.headers["content-type"], small.headers["content-type"]) == ("image/png", "image/webp")
    assert Image.open(io.BytesIO(small.content)).size == (480, 360)


async def test_a_file_is_a_download_whatever_it_claims_to_be(lin: Member, chen: Member) -> None:
    talk = await lin.direct(chen)
    message = await lin.send_file(talk, b"<html><script>alert(1)</script>", "页面.html")
    answer = await chen.request("GET", f"/api/conversations/{talk['id']}/files/{message['file']['id']}")
    assert answer.content == b"<html><script>alert(1)</script>"
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].startswith("attachment")


async def test_nobody_else_reaches_the_bytes(
    lin: Member, zhao: Member, chen: Member, sun: Member, wu: Consumer
) -> None:
    talk, other = await lin.direct(chen), await lin.direct(zhao)
    file_id = (await lin.send_file(talk, b"secret", "机密.txt"))["file"]["id"]
    await zhao.say(other, "我们的")
    for who, where in ((zhao, talk), (zhao, other), (sun, talk), (lin, other)):
        refusal = await who.refused("GET", f"/api/conversations/{where['id']}/files/{file_id}")
        assert refusal[:2] == (404, "not_found")
    await wu.walk_in(await lin.way(), "您好")
    assert (await wu.refused("GET", f"{wu.door}/files/{file_id}")).status == 404


async def test_only_ones_own_upload_can_be_said(lin: Member, chen: Member, sun: Member) -> None:
    talk = await lin.direct(chen)
    path = f"/api/conversations/{talk['id']}/messages"
    his, foreign = await chen.upload(b"mine", "我的.txt"), await sun.upload(b"theirs", "别人的.txt")
    for file_id in (his["id"], foreign["id"], "123456789", "", "x"):
        body = {"client_id": new_client_id(), "kind": "file", "file_id": file_id}
        assert (await lin.refused("POST", path, body)).status in {404, 422}
    text = await lin.upload(b"no picture", "假的.png")
    body = {"client_id": new_client_id(), "kind": "image", "file_id": text["id"]}
    assert (await lin.refused("POST", path, body)).code == "file_unusable"
    assert await lin.messages(talk) == []


async def test_who_was_invited_later_does_not_reach_earlier_files(lin: Member, zhao: Member, chen: Member) -> None:
    group = await lin.group("群", zhao)
    file_id = (await lin.send_file(group, b"early", "早先.txt"))["file"]["id"]
    await lin.post(f"/api/conversations/{group['id']}/participants", {"person_ids": [chen.id]})
    assert (await chen.refused("GET", f"/api/conversations/{group['id']}/files/{file_id}")).status == 404
