"""How a file is given out: what a browser may do with it, ranges, caching, names."""

import pytest

from hutong import files
from hutong.roles.serve import Network
from tests.files import pictures
from tests.people import Json, Member


@pytest.fixture
async def talk(lin: Member, chen: Member) -> Json:
    return await lin.direct(chen)


async def address(lin: Member, talk: Json, content: bytes, name: str, kind: str = "file") -> str:
    message = await lin.send_file(talk, content, name, kind=kind)
    return f"/api/conversations/{talk['id']}/files/{message['file']['id']}"


PAGE = b"<!doctype html><script>alert(document.cookie)</script>"


async def test_what_is_no_picture_is_only_ever_saved(lin: Member, chen: Member, talk: Json) -> None:
    for content, name in ((PAGE, "invoice.html"), (b"<svg onload='alert(1)'/>", "logo.svg"), (PAGE, "a.png")):
        answer = await chen.request("GET", await address(lin, talk, content, name))
        assert answer.headers["content-type"] == "application/octet-stream"
        assert answer.headers["content-disposition"].startswith("attachment;")
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["content-security-policy"] == "sandbox; default-src 'none'"
        assert answer.headers["cache-control"] == "private, max-age=31536000, immutable"
        assert answer.content == content


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (pictures.jpeg(), "image/jpeg"),
        (pictures.png(), "image/png"),
        (pictures.gif(), "image/gif"),
        (pictures.webp(), "image/webp"),
    ],
)
async def test_a_picture_is_shown_as_what_it_is(
    lin: Member, chen: Member, talk: Json, content: bytes, media_type: str
) -> None:
    path = await address(lin, talk, content, "evil.html", "image")
    answer = await chen.request("GET", path)
    assert answer.headers["content-type"] == media_type
    assert answer.headers["content-disposition"].startswith("inline;")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-security-policy"] == "sandbox; default-src 'none'"
    thumbnail = await chen.request("GET", f"{path}/thumbnail")
    assert thumbnail.headers["content-type"] == "image/webp"
    assert thumbnail.headers["etag"] != answer.headers["etag"]


async def test_the_name_survives_the_header(lin: Member, chen: Member, talk: Json) -> None:
    path = await address(lin, talk, b"x", '报价 "终稿" 100%.pdf')
    disposition = (await chen.request("GET", path)).headers["content-disposition"]
    assert disposition == (
        'attachment; filename="__ ____ 100_.pdf"; '
        "filename*=UTF-8''%E6%8A%A5%E4%BB%B7%20%22%E7%BB%88%E7%A8%BF%22%20100%25.pdf"
    )


async def test_a_download_goes_on_where_it_stopped(lin: Member, chen: Member, talk: Json) -> None:
    content = bytes(range(256)) * 4000
    path = await address(lin, talk, content, "big.bin")
    whole = await chen.request("GET", path)
    assert whole.headers["accept-ranges"] == "bytes"
    assert whole.headers["content-length"] == str(len(content))
    size = len(content)
    for asked, start, end in (("0-9", 0, 10), ("1000-", 1000, size), ("-7", size - 7, size), ("5-9999999", 5, size)):
        part = await chen.request("GET", path, headers={"range": f"bytes={asked}"})
        assert part.status_code == 206
        assert part.content == content[start:end]
        assert part.headers["content-range"] == f"bytes {start}-{end - 1}/{size}"
    beyond = await chen.request("GET", path, headers={"range": f"bytes={size}-"})
    assert (beyond.status_code, beyond.headers["content-range"]) == (416, f"bytes */{size}")
    for whole_again in ("bytes=9-3", "bytes=0-1,5-6", "lines=1-2", "bytes=-", "bytes=x-y"):
        assert (await chen.request("GET", path, headers={"range": whole_again})).content == content
    changed = await chen.request("GET", path, headers={"range": "bytes=0-9", "if-range": '"another"'})
    assert changed.content == content


async def test_what_the_browser_has_is_not_sent_again(lin: Member, chen: Member, talk: Json) -> None:
    path = await address(lin, talk, b"x", "x.txt")
    etag = (await chen.request("GET", path)).headers["etag"]
    again = await chen.request("GET", path, headers={"if-none-match": f'"other", {etag}'})
    assert (again.status_code, again.content) == (304, b"")


async def test_a_document_has_no_thumbnail(lin: Member, chen: Member, talk: Json) -> None:
    path = await address(lin, talk, b"x", "x.txt")
    assert (await chen.refused("GET", f"{path}/thumbnail")).status == 404


async def test_bytes_the_store_lost_are_said_to_be_lost(
    lin: Member, chen: Member, talk: Json, network: Network
) -> None:
    path = await address(lin, talk, b"x", "x.txt")
    file_store: files.FileStore = network.app.state.file_store
    await file_store.delete([int(path.rpartition("/")[2])])
    refusal = await chen.refused("GET", path)
    assert (refusal.status, refusal.code) == (404, "file_gone")
