"""A push service and browsers, as far as the server meets them: it takes what is posted, they can read it."""

import asyncio
import json
import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import http_ece
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from py_vapid import Vapid02

from hutong.notifications.model import base64url
from tests.people import PATIENCE, Json, Member

PATH = "/api/me/push-subscription"


async def until(holds: Callable[[], bool], *, seconds: float = PATIENCE) -> None:
    for _ in range(int(seconds * 20)):
        if holds():
            return
        await asyncio.sleep(0.05)
    raise AssertionError("it did not come to be")


@dataclass
class Browser:
    """Its keys, and what it was told."""

    endpoint: str
    private_key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    auth: bytes = field(default_factory=lambda: os.urandom(16))
    told: list[Json] = field(default_factory=list)
    # What the service answers for it, once each; then 201.
    answers: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    asked: int = 0
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def subscription(self) -> Json:
        point = self.private_key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        return {"endpoint": self.endpoint, "keys": {"p256dh": base64url(point), "auth": base64url(self.auth)}}

    async def subscribe(self, who: Member) -> None:
        await who.put(PATH, self.subscription)

    async def next(self) -> Json:
        await until(lambda: bool(self.told))
        return self.told.pop(0)

    async def was_asked(self, times: int) -> None:
        await until(lambda: self.asked >= times)


class PushService:
    """Listens on the loopback; each browser has a path of its own."""

    def __init__(self) -> None:
        self.browsers: dict[str, Browser] = {}
        self._server: asyncio.Server | None = None

    def browser(self) -> Browser:
        assert self._server is not None
        port = self._server.sockets[0].getsockname()[1]
        path = f"/to/{len(self.browsers)}"
        self.browsers[path] = Browser(f"http://127.0.0.1:{port}{path}")
        return self.browsers[path]

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while line := await reader.readline():
                headers: dict[str, str] = {}
                while header := (await reader.readline()).decode().strip():
                    name, _, value = header.partition(": ")
                    headers[name.lower()] = value
                body = await reader.readexactly(int(headers["content-length"]))
                status, extra = self._take(line.split()[1].decode(), headers, body)
                said = "".join(f"{name}: {value}\r\n" for name, value in extra.items())
                writer.write(f"HTTP/1.1 {status} So\r\n{said}content-length: 0\r\n\r\n".encode())
                await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    def _take(self, path: str, headers: dict[str, str], body: bytes) -> tuple[int, dict[str, str]]:
        browser = self.browsers[path]
        browser.asked += 1
        if browser.answers:
            return browser.answers.pop(0)
        assert len(body) <= 4096
        assert Vapid02.verify(headers["authorization"])
        browser.headers = headers
        text = http_ece.decrypt(body, private_key=browser.private_key, auth_secret=browser.auth, version="aes128gcm")
        told: dict[str, Any] = json.loads(text)
        browser.told.append(told)
        return 201, {}

    @classmethod
    @asynccontextmanager
    async def running(cls) -> AsyncIterator["PushService"]:
        service = cls()
        service._server = await asyncio.start_server(service._serve, "127.0.0.1", 0)
        yield service
        service._server.close()
