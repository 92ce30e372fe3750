"""With a certificate everything goes by TLS, on the one port: pages, API, sockets; and cookies stay within it."""

import asyncio
import json
from pathlib import Path

import httpx
import pytest
from websockets.asyncio.client import connect

from hutong.core import settings
from hutong.core.settings import SettingRefused, Settings
from tests.cast import PASSWORD, Role
from tests.people import Json, new_client_id
from tests.roles.certificate import Certificate, make_certificate
from tests.roles.running import running

SIGN_IN = {"company": "lanting", "login": "linxiao", "password": PASSWORD}


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    return make_certificate(tmp_path_factory.mktemp("tls"))


def browser(served: Settings, certificate: Certificate) -> httpx.AsyncClient:
    return httpx.AsyncClient(base_url=served.base_url, verify=certificate.trusted, trust_env=False)


async def test_signing_in_and_talking_go_by_tls_on_one_port(
    dsn: str, tmp_path: Path, certificate: Certificate, template: dict[str, Role]
) -> None:
    async with running(dsn, tmp_path, tls_certificate=certificate.file, tls_key=certificate.key) as served:
        assert served.base_url == f"https://127.0.0.1:{served.port}"
        async with browser(served, certificate) as lin:
            answer = await lin.post("/api/session", json=SIGN_IN, headers={"origin": served.base_url})
            assert answer.status_code == 201
            assert "; secure" in answer.headers["set-cookie"].lower()
            assert "max-age" in answer.headers["strict-transport-security"]
            way = (await lin.put("/api/me/contact-way")).json()
            assert way["url"].startswith(f"https://127.0.0.1:{served.port}/c/")
            zhao = {"kind": "direct", "person_id": template["zhao"].id}
            talk = (await lin.post("/api/conversations", json=zhao)).json()
            await _say_much_over_the_socket(served, certificate, lin.cookies["hutong_session"], talk)


async def _say_much_over_the_socket(served: Settings, certificate: Certificate, cookie: str, talk: Json) -> None:
    headers = {"cookie": f"hutong_session={cookie}", "origin": served.base_url}
    async with connect(
        f"wss://127.0.0.1:{served.port}/ws",
        ssl=certificate.trusted, additional_headers=headers, compression=None, proxy=None,
    ) as socket:  # fmt: skip
        assert json.loads(await socket.recv())["type"] == "welcome"
        # Longer than a TLS record, many at once: nothing is torn at a record's edge.
        texts = [f"{number} " + "长" * 7000 for number in range(20)]
        for text in texts:
            frame = {"type": "send", "client_id": new_client_id(), "conversation_id": talk["id"], "text": text}
            await socket.send(json.dumps(frame))
        heard: list[str] = []
        async with asyncio.timeout(10):
            while len(heard) < len(texts):
                frame = json.loads(await socket.recv())
                if frame["type"] == "message":
                    heard.append(frame["message"]["text"])
        assert heard == texts


async def test_plain_http_on_that_port_is_not_answered_and_harms_nobody(
    dsn: str, tmp_path: Path, certificate: Certificate
) -> None:
    async with running(dsn, tmp_path, tls_certificate=certificate.file, tls_key=certificate.key) as served:
        async with httpx.AsyncClient(trust_env=False) as plain:
            with pytest.raises(httpx.HTTPError):
                await plain.get(f"http://127.0.0.1:{served.port}/healthz")
        async with browser(served, certificate) as caller:
            assert (await caller.get("/api/company")).status_code == 200


def test_a_certificate_without_its_key_or_that_is_not_there_is_refused_at_once(
    tmp_path: Path, certificate: Certificate
) -> None:
    for files in (
        {"tls_certificate": certificate.file},
        {"tls_key": certificate.key},
        {"tls_certificate": tmp_path / "none.pem", "tls_key": certificate.key},
    ):
        with pytest.raises(SettingRefused):
            settings.load({}, data=tmp_path, **files)
