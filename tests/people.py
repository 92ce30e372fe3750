"""People at the front door: what a test does, it does as somebody, over HTTP and the socket like any client.

`get`, `post`, … return the answer's body and fail the test on a refusal; `refused` wants one and returns it.
"""

import asyncio
import json
import ssl
import uuid
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any, NamedTuple, Self

import httpx
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

# Seconds for what takes milliseconds: a busy machine makes nothing fail that works.
PATIENCE = 20
Json = dict[str, Any]
# The doors of the tests speak plain HTTP, and to read a machine's certificates for each caller takes 50 ms.
_TRUSTS_NOBODY = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
# A conversation as the API gave it, or its id.
Talk = Json | str


class Refusal(NamedTuple):
    status: int
    code: str
    message: str
    details: Json | None


def id_of(talk: Talk) -> str:
    return talk if isinstance(talk, str) else str(talk["id"])


def new_client_id() -> str:
    return str(uuid.uuid4())


class Socket:
    """A client of the live protocol. Frames are kept in order until a test takes them."""

    def __init__(self, connection: ClientConnection) -> None:
        self._connection = connection
        self._kept: list[Json] = []

    async def send(self, frame: Json) -> None:
        await self._connection.send(json.dumps(frame))

    async def send_text(self, text: str | bytes) -> None:
        """Exactly these characters (or, as bytes, a binary message), well-formed or not."""
        await self._connection.send(text)

    async def receive(self) -> Json:
        """The next frame, whatever it is."""
        if self._kept:
            return self._kept.pop(0)
        return await self._read()

    async def next(self, kind: str, where: Callable[[Json], bool] = lambda _: True) -> Json:
        """The next frame of this type; others are kept for later. PATIENCE at most."""
        for place, frame in enumerate(self._kept):
            if frame["type"] == kind and where(frame):
                return self._kept.pop(place)
        async with asyncio.timeout(PATIENCE):
            while True:
                frame = await self._read()
                if frame["type"] == kind and where(frame):
                    return frame
                self._kept.append(frame)

    async def say(self, talk: Talk, text: str, *, client_id: str | None = None) -> Json:
        """Send a text; its acknowledgement or its error."""
        client_id = client_id or new_client_id()
        await self.send(
            {"type": "send", "client_id": client_id, "conversation_id": id_of(talk), "kind": "text", "text": text}
        )
        while True:
            async with asyncio.timeout(PATIENCE):
                frame = await self._read()
            if frame["type"] in {"ack", "error"} and frame.get("client_id") == client_id:
                return frame
            self._kept.append(frame)

    async def heard(self) -> list[Json]:
        """All that has arrived and was not taken yet: a ping's answer comes after what was owed before it."""
        await self.send({"type": "ping"})
        await self.next("pong")
        kept, self._kept = self._kept, []
        return kept

    async def heard_nothing(self, kind: str) -> bool:
        return not [frame for frame in await self.heard() if frame["type"] == kind]

    async def close_code(self) -> int:
        """Wait until the server closes; with which code."""
        async with asyncio.timeout(PATIENCE):
            try:
                while True:
                    self._kept.append(json.loads(await self._connection.recv()))
            except ConnectionClosed:
                return self._connection.close_code or 1006

    def left(self) -> list[Json]:
        """What was kept and not taken, of a socket that is closed."""
        kept, self._kept = self._kept, []
        return kept

    @property
    def local_port(self) -> int:
        return int(self._connection.local_address[1])

    async def close(self) -> None:
        await self._connection.close()

    async def _read(self) -> Json:
        frame: Json = json.loads(await self._connection.recv())
        return frame


class Caller:
    """Somebody with a browser of their own. By itself it is nobody: no cookie."""

    socket_path = "/ws"

    def __init__(self, base_url: str, *, language: str = "zh-CN") -> None:
        self.base_url = base_url
        # No proxy of the machine stands between a test and its own server.
        self.http = httpx.AsyncClient(
            base_url=base_url,
            timeout=2 * PATIENCE,
            headers={"accept-language": language},
            trust_env=False,
            verify=_TRUSTS_NOBODY,
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.http.aclose()

    async def request(self, method: str, path: str, body: Any = None, **options: Any) -> httpx.Response:
        """The bare answer. A dict or list is sent as JSON, bytes as they are."""
        if isinstance(body, bytes):
            headers = {"content-type": "application/octet-stream"} | options.pop("headers", {})
            return await self.http.request(method, path, content=body, headers=headers, **options)
        return await self.http.request(method, path, json=body, **options)

    async def get(self, path: str, **params: Any) -> Any:
        return await self._answered("GET", path, params=params)

    async def post(self, path: str, body: Any = None, **params: Any) -> Any:
        return await self._answered("POST", path, body, params=params)

    async def put(self, path: str, body: Any = None, **params: Any) -> Any:
        return await self._answered("PUT", path, body, params=params)

    async def patch(self, path: str, body: Any = None, **params: Any) -> Any:
        return await self._answered("PATCH", path, body, params=params)

    async def delete(self, path: str, **params: Any) -> Any:
        return await self._answered("DELETE", path, params=params)

    async def refused(self, method: str, path: str, body: Any = None, **options: Any) -> Refusal:
        answer = await self.request(method, path, body, **options)
        assert answer.status_code >= 400, f"{method} {path} was not refused: {answer.status_code} {answer.text[:500]}"
        said = answer.json()
        assert said["code"], said
        assert said["message"], said
        return Refusal(answer.status_code, said["code"], said["message"], said["details"])

    async def _answered(self, method: str, path: str, body: Any = None, **options: Any) -> Any:
        answer = await self.request(method, path, body, **options)
        assert answer.is_success, f"{method} {path}: {answer.status_code} {answer.text[:500]}"
        if not answer.content:
            return None
        return answer.json() if "json" in answer.headers["content-type"] else answer.content

    @asynccontextmanager
    async def socket(self, path: str | None = None, *, headers: dict[str, str] | None = None) -> AsyncIterator[Socket]:
        """Connect and read the welcome; `path` when it is not the usual one."""
        cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in self.http.cookies.jar)
        async with connect(
            self.base_url.replace("http", "ws", 1) + (path or self.socket_path),
            origin=None,
            additional_headers=({"Cookie": cookies} if cookies else {}) | (headers or {}),
            compression=None,
            proxy=None,
            open_timeout=PATIENCE,
        ) as connection:
            socket = Socket(connection)
            await socket.next("welcome")
            yield socket


class Member(Caller):
    """A member of a company, signed in."""

    def __init__(
        self, base_url: str, *, id: str, name: str, account: str, company: str, token: str | None = None
    ) -> None:
        super().__init__(base_url)
        self.id, self.name, self.account, self.company = id, name, account, company
        if token:
            self.http.cookies.set("hutong_session", token, domain=httpx.URL(base_url).host, path="/")

    async def sign_in(self, password: str) -> None:
        await self.post("/api/session", {"company": self.company, "login": self.account, "password": password})

    async def direct(self, other: "Member") -> Json:
        conversation: Json = await self.post("/api/conversations", {"kind": "direct", "person_id": other.id})
        return conversation

    async def group(self, name: str | None, *others: "Member") -> Json:
        conversation: Json = await self.post(
            "/api/conversations",
            {"kind": "group", "client_id": new_client_id(), "name": name, "person_ids": [who.id for who in others]},
        )
        return conversation

    async def say(
        self,
        talk: Talk,
        text: str,
        *,
        client_id: str | None = None,
        answers: int | None = None,
        mentions: Json | None = None,
    ) -> Json:
        body: Json = {"client_id": client_id or new_client_id(), "kind": "text", "text": text}
        if answers is not None:
            body["reply_to_seq"] = answers
        if mentions is not None:
            body["mentions"] = mentions
        message: Json = await self.post(f"/api/conversations/{id_of(talk)}/messages", body)
        return message

    async def upload(self, content: bytes, name: str) -> Json:
        file: Json = await self.post("/api/files", content, name=name)
        return file

    async def send_file(self, talk: Talk, content: bytes, name: str, *, kind: str = "file") -> Json:
        file = await self.upload(content, name)
        body = {"client_id": new_client_id(), "kind": kind, "file_id": file["id"]}
        message: Json = await self.post(f"/api/conversations/{id_of(talk)}/messages", body)
        return message

    async def messages(self, talk: Talk, **params: Any) -> list[Json]:
        page = await self.get(f"/api/conversations/{id_of(talk)}/messages", **params)
        return list(page["items"])

    async def texts(self, talk: Talk) -> list[str]:
        """What was said, notices left out."""
        return [message["text"] for message in await self.messages(talk) if message["kind"] == "text"]

    async def read(self, talk: Talk, seq: int) -> None:
        await self.put(f"/api/conversations/{id_of(talk)}/read", {"seq": seq})

    async def inbox(self) -> list[Json]:
        """All conversations, the newest first."""
        return list((await self.get("/api/sync"))["conversations"])

    async def quiet_token(self, since: str | None = None) -> str:
        """The token of a moment after which nothing is told twice. What was written while another transaction ran,
        be it in another test's database, is told a second time."""
        async with asyncio.timeout(PATIENCE):
            token = since or str((await self.get("/api/sync"))["token"])
            while True:
                answer = await self.get("/api/sync", since=token)
                if not any(answer[kind] for kind in ("conversations", "settings", "drafts")):
                    return token
                token = str(answer["token"])

    async def way(self) -> str:
        """The token of the contact link."""
        return str((await self.put("/api/me/contact-way"))["token"])

    async def customers(self) -> list[Json]:
        return list((await self.get("/api/contacts"))["items"])


class Consumer(Caller):
    """Somebody outside, with a phone and a link. Known to nobody before the first message."""

    way: str | None = None

    @property
    def door(self) -> str:
        assert self.way, "walk in first, or set `way`"
        return f"/api/consumer/{self.way}"

    async def open(self, way: str) -> Json:
        """Open the page of a contact link."""
        self.way = way
        page: Json = await self.get(self.door)
        return page

    async def walk_in(self, way: str, text: str, *, client_id: str | None = None) -> Json:
        """Open the page and say the first words."""
        await self.open(way)
        return await self.say(text, client_id=client_id)

    async def say(self, text: str, *, client_id: str | None = None) -> Json:
        body = {"client_id": client_id or new_client_id(), "kind": "text", "text": text}
        message: Json = await self.post(f"{self.door}/messages", body)
        return message

    async def send_picture(self, content: bytes, name: str = "picture.png") -> Json:
        message: Json = await self.post(f"{self.door}/pictures", content, client_id=new_client_id(), name=name)
        return message

    async def messages(self, **params: Any) -> list[Json]:
        return list((await self.get(f"{self.door}/messages", **params))["items"])

    async def texts(self) -> list[str]:
        return [message["text"] for message in await self.messages() if message["kind"] == "text"]

    @property
    def socket_path(self) -> str:  # type: ignore[override]  # depends on the way here
        return f"/ws/consumer?way={self.way}"
