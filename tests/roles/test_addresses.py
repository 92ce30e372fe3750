"""Where people arrive: links follow the public URL, and nobody but a trusted proxy says where somebody comes from."""

import socket
from pathlib import Path

import pytest

from hutong.core import settings
from hutong.core.settings import SettingRefused
from tests.cast import PASSWORD, Role
from tests.people import Caller, Consumer, Member
from tests.roles.running import running

SIGN_IN = {"company": "lanting", "login": "linxiao", "password": PASSWORD}
FORWARDED = {"x-forwarded-for": "203.0.113.7, 198.51.100.9", "x-forwarded-proto": "https"}


def member(address: str, role: Role) -> Member:
    return Member(address, **role._asdict())


async def test_links_codes_cookies_and_origins_follow_the_public_url(
    dsn: str, tmp_path: Path, template: dict[str, Role]
) -> None:
    async with running(dsn, tmp_path, public_url="HTTPS://IM.Lanting.example/") as served:
        address = f"http://127.0.0.1:{served.port}"
        assert served.base_url == "https://im.lanting.example"
        async with member(address, template["zhao"]) as zhao, Consumer(address) as wu:
            way = await zhao.put("/api/me/contact-way")
            assert way["url"] == f"https://im.lanting.example/c/{way['token']}"
            assert (await zhao.request("GET", way["qr_url"])).headers["content-type"].startswith("image/svg+xml")
            invitation = await zhao.post(f"/api/members/{template['lin'].id}/invitation")
            assert invitation["url"].startswith("https://im.lanting.example/invite/")
            wu.way = way["token"]
            said = await wu.request(
                "POST", f"{wu.door}/messages", {"client_id": "7f3c1c52-6f5e-4d8e-9a50-0d6a3a6c9d11", "text": "您好"},
                headers={"origin": "https://im.lanting.example"},
            )  # fmt: skip
            assert said.status_code == 201
            assert "; secure" in said.headers["set-cookie"].lower()
            refusal = await zhao.refused(
                "PUT", "/api/me/contact-way", headers={"origin": "https://im.lanting.example.evil.example"}
            )
            assert refusal.code == "origin_refused"
            async with zhao.socket(headers={"origin": "https://im.lanting.example"}):
                pass


@pytest.mark.parametrize(
    "url",
    [
        "im.lanting.example", "ftp://im.lanting.example", "https://", "https://im.example/path", "https://im.example?q",
        "https://im.example#f", "https://[::1", "https://im.example:port", "https://lin:secret@im.example",
    ],
)  # fmt: skip
def test_a_public_url_that_is_no_origin_is_refused_at_once(tmp_path: Path, url: str) -> None:
    with pytest.raises(SettingRefused):
        settings.load({"HUTONG_PUBLIC_URL": url}, data=tmp_path)


async def _address_seen(address: str, headers: dict[str, str]) -> str:
    async with Caller(address) as caller:
        assert (await caller.request("POST", "/api/session", SIGN_IN, headers=headers)).status_code == 201
        devices = (await caller.get("/api/sessions"))["items"]
        return next(str(device["address"]) for device in devices if device["is_current"])


@pytest.mark.parametrize(
    ("trusted", "seen"),
    [
        ("", "127.0.0.1"),
        ("192.0.2.1", "127.0.0.1"),
        ("127.0.0.1", "198.51.100.9"),
        ("127.0.0.1, 198.51.100.0/24", "203.0.113.7"),
    ],
)
async def test_only_a_trusted_proxy_says_where_somebody_comes_from(
    dsn: str, tmp_path: Path, trusted: str, seen: str
) -> None:
    async with running(dsn, tmp_path, trusted_proxies=trusted) as served:
        assert await _address_seen(served.base_url, FORWARDED) == seen


async def test_a_stranger_does_not_escape_the_limit_by_naming_other_addresses(base_url: str) -> None:
    async with Caller(base_url) as caller:
        for number in range(12):
            wrong = SIGN_IN | {"password": "not this one"}
            headers = {"x-forwarded-for": f"203.0.113.{number}", "forwarded": f"for=203.0.113.{number}"}
            answer = await caller.request("POST", "/api/session", wrong, headers=headers)
        assert answer.status_code == 429


async def test_figures_are_not_shown_through_a_proxy(base_url: str) -> None:
    async with Caller(base_url) as caller:
        assert (await caller.request("GET", "/metrics")).status_code == 200
        assert (await caller.request("GET", "/metrics", headers={"x-forwarded-for": "203.0.113.7"})).status_code == 404


def test_proxies_that_are_no_addresses_are_refused_at_once(tmp_path: Path) -> None:
    with pytest.raises(SettingRefused):
        settings.load({"HUTONG_TRUSTED_PROXIES": "127.0.0.1,proxy"}, data=tmp_path)


@pytest.mark.skipif(not socket.has_ipv6, reason="this machine has no IPv6")
async def test_an_ipv6_address_is_an_address_like_any_other(
    dsn: str, tmp_path: Path, template: dict[str, Role]
) -> None:
    async with running(dsn, tmp_path, host="::1") as served:
        assert served.base_url == f"http://[::1]:{served.port}"
        async with member(served.base_url, template["lin"]) as lin:
            # By hand: the client's cookie jar takes no address with colons for a host.
            headers = {"origin": served.base_url, "cookie": f"hutong_session={template['lin'].token}"}
            way = await lin.request("PUT", "/api/me/contact-way", headers=headers)
            assert way.json()["url"].startswith(f"{served.base_url}/c/")
            async with lin.socket(headers={"origin": served.base_url}):
                pass
