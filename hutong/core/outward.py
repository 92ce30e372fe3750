"""Requests to addresses that somebody else named: they reach the public network and nothing of ours.

The name is resolved here, every address is looked at, and the line is opened to that very address: between looking and
connecting no other answer can come. What is posted follows no redirect; a page that is got follows few, each looked at
anew. Of an answer only its beginning is read.
"""

import asyncio
import ipaddress
import socket
import ssl
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager, suppress
from functools import cache
from types import TracebackType
from typing import Self
from urllib.parse import urljoin, urlsplit

import certifi
import httpcore
import msgspec

from hutong.core.errors import HutongError, Invalid

_CONNECT_SECONDS, _ANSWER_SECONDS = 5.0, 10.0
_MOST_READ = 64 * 1024
_MOST_REDIRECTS = 4
_GET_SECONDS = 12.0
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


class AddressRefused(Invalid):
    code = "address_refused"
    zh = "这个地址不能使用：只接受公网上的 https 地址。"
    en = "This address cannot be used: only https addresses on the public network are."


class OutwardFailed(HutongError):
    """Nobody answered, or not in time."""

    code = "outward_failed"
    zh = "对方服务器没有回应，请稍后再试。"
    en = "The other server did not answer. Try again later."


class NothingThere(OutwardFailed):
    """Somebody answered, but not with what was asked for."""


class Answer(msgspec.Struct, frozen=True):
    status: int
    headers: Mapping[str, str]
    body: bytes


class Found(msgspec.Struct, frozen=True):
    """What stands at an address, or its beginning. `url` is where the redirects ended."""

    url: str
    content_type: str
    body: bytes
    is_whole: bool


def check_url(url: str, *, allows_loopback: bool = False) -> str:
    """The host that it names. Raises AddressRefused for what can be seen without asking anybody."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as cause:
        raise AddressRefused from cause
    if not host or "@" in parts.netloc or port == 0 or not url.isascii() or any(c.isspace() for c in url):
        raise AddressRefused
    if parts.scheme != "https" and not (allows_loopback and parts.scheme == "http" and host == "127.0.0.1"):
        raise AddressRefused
    _check_address(host, allows_loopback=allows_loopback, is_name=True)
    return host


async def check_reaches_public(url: str, *, allows_loopback: bool = False) -> None:
    """As check_url, and what its name stands for now too. A name that nobody knows today may be known tomorrow."""
    host = check_url(url, allows_loopback=allows_loopback)
    with suppress(OutwardFailed):
        await _resolve(host, urlsplit(url).port or 443, allows_loopback=allows_loopback)


def _check_address(text: str, *, allows_loopback: bool, is_name: bool = False) -> None:
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError as cause:
        # "localhost" and the old spellings of numbers (0x7f.1, 2130706433) are found out when they are resolved.
        if is_name:
            return
        raise AddressRefused from cause
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            address = address.ipv4_mapped
        elif address in _NAT64 or address.sixtofour or address.teredo:
            raise AddressRefused
    if allows_loopback and address.is_loopback:
        return
    if not address.is_global or address.is_multicast or address.is_reserved:
        raise AddressRefused


async def _resolve(host: str, port: int, *, allows_loopback: bool) -> list[str]:
    """All addresses of a name, every one of them public: one that is not is no accident."""
    try:
        async with asyncio.timeout(_CONNECT_SECONDS):
            found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError, TimeoutError) as cause:
        raise OutwardFailed from cause
    addresses = [str(address[0]) for *_, address in found]
    for address in addresses:
        _check_address(address, allows_loopback=allows_loopback)
    return addresses


class _PublicNetwork(httpcore.AsyncNetworkBackend):
    """Opens lines to public addresses only, and to those that were looked at."""

    def __init__(self, *, allows_loopback: bool) -> None:
        self._allows_loopback = allows_loopback
        self._network = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's own signature
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        addresses = await _resolve(host, port, allows_loopback=self._allows_loopback)
        for address in addresses[:-1]:
            try:
                return await self._network.connect_tcp(address, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
        return await self._network.connect_tcp(addresses[-1], port, timeout, local_address, socket_options)

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


@cache
def _trusted() -> ssl.SSLContext:
    """One for all: to read the world's certificates takes 50 ms."""
    return ssl.create_default_context(cafile=certifi.where())


class Outward:
    """A pool of lines to others' servers."""

    def __init__(self, *, allows_loopback: bool = False) -> None:
        self._allows_loopback = allows_loopback
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=_trusted(),
            max_connections=20,
            keepalive_expiry=30,
            network_backend=_PublicNetwork(allows_loopback=allows_loopback),
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._pool.aclose()

    async def post(self, url: str, headers: Mapping[str, str], content: bytes) -> Answer:
        """Raises AddressRefused, or OutwardFailed when there is no whole answer."""
        check_url(url, allows_loopback=self._allows_loopback)
        async with _in_time(4 * _ANSWER_SECONDS), self._answering("POST", url, headers, content) as response:
            body, _ = await _read(response, _MOST_READ)
            return Answer(response.status, _said(response), body)

    async def get(self, url: str, headers: Mapping[str, str], *, types: tuple[str, ...], most_bytes: int) -> Found:
        """What stands there, if it is of one of these media types. Raises AddressRefused, also for where a redirect
        leads, NothingThere for what is of another type or coded in any way, or OutwardFailed."""
        async with _in_time(_GET_SECONDS):
            for _ in range(_MOST_REDIRECTS + 1):
                check_url(url, allows_loopback=self._allows_loopback)
                async with self._answering("GET", url, headers, None) as response:
                    said = _said(response)
                    if response.status in {301, 302, 303, 307, 308} and "location" in said:
                        url = _next(url, said["location"])
                        continue
                    content_type = said.get("content-type", "")
                    is_coded = said.get("content-encoding", "identity").lower() not in {"", "identity"}
                    if response.status != 200 or is_coded or content_type.split(";")[0].strip().lower() not in types:
                        raise NothingThere
                    body, is_whole = await _read(response, most_bytes)
                    return Found(url, content_type, body, is_whole)
        raise NothingThere

    @asynccontextmanager
    async def _answering(
        self, method: str, url: str, headers: Mapping[str, str], content: bytes | None
    ) -> AsyncIterator[httpcore.Response]:
        limits = {"connect": _CONNECT_SECONDS, "read": _ANSWER_SECONDS, "write": _ANSWER_SECONDS, "pool": 30.0}
        try:
            async with self._pool.stream(
                method, url, headers=[*headers.items()], content=content, extensions={"timeout": limits}
            ) as response:
                yield response
        except AddressRefused:
            raise
        # AttributeError: what anyio makes on uvloop of a line that is cut as it opens.
        except (httpcore.NetworkError, httpcore.TimeoutException, httpcore.ProtocolError, OSError, AttributeError,
                TimeoutError) as cause:  # fmt: skip
            raise OutwardFailed from cause


@asynccontextmanager
async def _in_time(seconds: float) -> AsyncIterator[None]:
    try:
        async with asyncio.timeout(seconds):
            yield
    except TimeoutError as cause:
        raise OutwardFailed from cause


async def _read(response: httpcore.Response, most_bytes: int) -> tuple[bytes, bool]:
    """The body, or its beginning, and whether that is all."""
    body = bytearray()
    async for chunk in response.aiter_stream():
        body += chunk
        if len(body) > most_bytes:
            return bytes(body[:most_bytes]), False
    return bytes(body), True


def _said(response: httpcore.Response) -> dict[str, str]:
    return {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in response.headers}


def _next(url: str, location: str) -> str:
    try:
        return urljoin(url, location)
    except ValueError as cause:
        raise AddressRefused from cause
