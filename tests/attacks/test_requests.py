"""Whatever a stranger sends is answered as theirs to mend: never a 500, never a trace, never more than its share."""

import asyncio
import base64
import json
import logging
from pathlib import Path
from typing import Any

import pytest

from hutong.gateway import BoundedHttp
from tests.attacks.wire import UPGRADE, Wire, ask
from tests.cast import Role
from tests.people import PATIENCE, Caller, Member
from tests.roles.running import running


def _cookie(member: Member) -> str:
    return f"Cookie: hutong_session={member.http.cookies['hutong_session']}\r\n"


async def test_an_origin_that_is_none_is_foreign_at_both_doors(base_url: str, lin: Member) -> None:
    host = base_url.rpartition("//")[2]
    for origin in ("http://[", "http://[::1", "null", "//", "https://", "\x80", "http://127.0.0.1", f"ftp://{host}"):
        common = f"Host: {host}\r\nOrigin: {origin}\r\n{_cookie(lin)}"
        put = f"PUT /api/me/contact-way HTTP/1.1\r\n{common}Content-Length: 0\r\n"
        assert await ask(base_url, put) == 403, origin
        assert await ask(base_url, f"GET /ws HTTP/1.1\r\n{common}{UPGRADE}") == 403, origin
    nowhere = f"PUT /api/me/contact-way HTTP/1.1\r\nHost:\r\nOrigin: null\r\n{_cookie(lin)}Content-Length: 0\r\n"
    assert await ask(base_url, nowhere) == 403


async def test_other_programs_cookies_hide_ours_from_no_door(base_url: str, lin: Member) -> None:
    session = f"hutong_session={lin.http.cookies['hutong_session']}"
    for before in ('prefs={"a": 1, "b": [2]}', "a b=c", "x[y]=1", "\xe4\xb8\xad=1", "=; ;;", "$Version=1"):
        headers = f"Host: x\r\nCookie: {before}; {session}\r\n"
        assert await ask(base_url, f"GET /api/me HTTP/1.1\r\n{headers}") == 200, before
        assert await ask(base_url, f"GET /ws HTTP/1.1\r\n{headers}{UPGRADE}") == 101, before


async def test_cookies_in_several_headers_are_one_list(base_url: str, lin: Member) -> None:
    session = f"hutong_session={lin.http.cookies['hutong_session']}"
    for first, second in (("a=b", session), (session, "a=b")):
        headers = f"Host: x\r\nCookie: {first}\r\nCookie: {second}\r\n"
        assert await ask(base_url, f"GET /ws HTTP/1.1\r\n{headers}{UPGRADE}") == 101


async def test_what_the_database_cannot_hold_is_a_bad_request_at_both_doors(base_url: str) -> None:
    assert await ask(base_url, "GET /api/consumer/%00 HTTP/1.1\r\nHost: x\r\n") == 400
    assert await ask(base_url, f"GET /ws/consumer?way=%00 HTTP/1.1\r\nHost: x\r\n{UPGRADE}") == 400


DEEP = "[" * 20_000 + "]" * 20_000


async def test_json_nested_without_end_is_a_bad_request_and_the_socket_stays(lin: Member, nobody: Caller) -> None:
    headers = {"content-type": "application/json"}
    body = f'{{"kind":"direct","person_id":"1","x":{DEEP}}}'.encode()
    assert (await lin.refused("POST", "/api/conversations", body, headers=headers)).status == 400
    body = f'{{"login":"a","password":"b","x":{DEEP}}}'.encode()
    assert (await nobody.refused("POST", "/api/session", body, headers=headers)).status == 400
    async with lin.socket() as socket:
        for kind in ("ping", "typing", "read"):
            await socket.send_text(f'{{"type":"{kind}","conversation_id":"1","seq":1,"x":{DEEP}}}')
            assert (await socket.next("error"))["code"] == "bad_frame"
        assert await socket.heard() == []


def cursor(key: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(key).encode()).decode().rstrip("=")


FORGED: list[Any] = [
        ["2026-01-01T00:00:00", 1], ["0001-01-01T00:00:00+14:00", 1], ["9999-12-31T23:59:59-14:00", 1],
        ["2026-01-01T00:00:00Z", 2**63], ["2026-01-01T00:00:00Z", 10**20], [True, "a", 2**63], [True, "a\x00", 1],
        [True, "a", -(2**63) - 1], [], {}, None, [[[]]],
]  # fmt: skip


async def test_a_forged_cursor_is_a_bad_request(lin: Member, zhao: Member) -> None:
    group = await lin.group("三人", zhao)
    department = (await lin.get("/api/me"))["departments"][0]["id"]
    pages = (f"conversations/{group['id']}/participants", f"departments/{department}/members", "contacts")
    for key in FORGED:
        for path in pages:
            refusal = await lin.refused("GET", f"/api/{path}", params={"cursor": cursor(key)})
            assert refusal.code == "bad_cursor", (path, key)


async def test_a_file_of_no_app_is_not_found(base_url: str) -> None:
    for path in ("/assets/xindex.html", "/assets/../staff/index.html", "/assets/%2e%2e/%2e%2e/etc"):
        assert await ask(base_url, f"GET {path} HTTP/1.1\r\nHost: x\r\n") == 404, path


async def test_a_range_beyond_all_numbers_is_the_whole_file(lin: Member, zhao: Member) -> None:
    talk = await lin.direct(zhao)
    sent = await lin.send_file(talk, b"price list", "list.txt")
    path = f"/api/conversations/{talk['id']}/files/{sent['file']['id']}"
    for span in ("9" * 5000 + "-", "-" + "9" * 5000, "１-２", "0-" + "9" * 30):
        answer = await lin.request("GET", path, headers={"range": f"bytes={span}".encode()})
        assert (answer.status_code, answer.content) == (200, b"price list"), span[:20]


# -- the head of a request -----------------------------------------------------------------------------------------


async def test_a_head_without_end_is_cut_off(base_url: str) -> None:
    for endless in (b"X: " + b"a" * 65_536, b"".join(b"X%d: a\r\n" % number for number in range(8_000))):
        wire = await Wire.connect(base_url)
        await wire.send("GET / HTTP/1.1\r\nHost: x\r\n")
        with pytest.raises(ConnectionError):
            await _send_without_end(wire, endless)
        wire.close()


async def _send_without_end(wire: Wire, piece: bytes) -> None:
    for _ in range(200):
        await wire.send(piece)
        await asyncio.sleep(0)


async def test_a_head_that_is_too_large_is_refused_whole_or_in_pieces(base_url: str) -> None:
    for filling in ("X: " + "a" * 20_000, "X: a\r\n" * 4_000 + "X: a"):
        assert await ask(base_url, f"GET /healthz HTTP/1.1\r\nHost: x\r\n{filling}\r\n") == 400
        assert await ask(base_url, f"GET /ws HTTP/1.1\r\nHost: x\r\n{UPGRADE}{filling}\r\n") == 400
    assert await ask(base_url, f"GET /healthz HTTP/1.1\r\nHost: x\r\nX: {'a' * 12_000}\r\n") == 200


class Hurried(BoundedHttp):
    """Half a minute would be long for a test."""

    head_seconds = 0.3


async def test_who_never_comes_to_the_point_is_let_go_but_bodies_and_sockets_may_take_their_time(
    dsn: str, tmp_path: Path, template: dict[str, Role]
) -> None:
    async with (
        running(dsn, tmp_path, http=Hurried) as served,
        Member(served.base_url, **template["lin"]._asdict()) as lin,
    ):
        silent, slow, upload = [await Wire.connect(served.base_url) for _ in range(3)]
        await slow.send("GET / HTTP/1.1\r\nHost: x\r\nX: a")
        post = f"POST /api/files?name=slow.txt HTTP/1.1\r\nHost: x\r\n{_cookie(lin)}Content-Length: 6\r\n\r\n"
        await upload.send(post)
        async with lin.socket() as socket:
            for letter in "slowly":
                await upload.send(letter)
                await asyncio.sleep(0.1)
            assert await upload.status() == 201
            assert await socket.heard() == []
        assert await silent.is_closed()
        assert await slow.is_closed()
        upload.close()


async def test_requests_one_behind_the_other_are_all_answered(base_url: str) -> None:
    wire = await Wire.connect(base_url)
    await wire.send("GET /api/company HTTP/1.1\r\nHost: x\r\n\r\n" * 3)
    async with asyncio.timeout(PATIENCE):
        answered = b""
        while answered.count(b"HTTP/1.1 200") < 3:
            answered += await wire.reader.read(65_536)
    wire.close()


# -- the log -------------------------------------------------------------------------------------------------------


async def test_strangers_and_people_who_hang_up_write_no_line_into_the_log(
    base_url: str, lin: Member, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        for garbage in ("\x16\x03\x01\x02\x00\x01", "GET / HTTP/9.9\r\n\r\n", "\r\n\x00\r\n\r\n"):
            wire = await Wire.connect(base_url)
            await wire.send(garbage)
            assert await wire.status() in {0, 400}
            wire.close()
        for path in ("POST /api/files?name=x", "POST /api/conversations"):
            wire = await Wire.connect(base_url)
            await wire.send(f"{path} HTTP/1.1\r\nHost: x\r\n{_cookie(lin)}Content-Length: 1000\r\n\r\n[")
            await asyncio.sleep(0.1)
            wire.writer.transport.abort()
        await asyncio.sleep(0.3)
    assert [record.getMessage() for record in caplog.records] == []
