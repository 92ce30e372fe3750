"""The server's other door: HTTP, for signing in, catching up and what only HTTP does."""

from collections.abc import Mapping
from typing import Any, TypeVar

import httpx
import msgspec

from hutong.client.errors import Refused, SignedOut

COOKIE = "hutong_session"
_PATIENCE_SECONDS = 30
T = TypeVar("T")


class Door:
    def __init__(self, base_url: str, token: str | None, *, trust_env: bool) -> None:
        self.token = token
        self._http = httpx.AsyncClient(base_url=base_url, timeout=_PATIENCE_SECONDS, trust_env=trust_env)

    async def sign_in(self, company: str | None, login: str, password: str) -> None:
        """Raises Refused with the server's code when it does not like them."""
        answer = await self._request("POST", "/api/session", {"company": company, "login": login, "password": password})
        self.token = answer.cookies[COOKIE]

    @property
    def headers(self) -> Mapping[str, str]:
        return {"cookie": f"{COOKIE}={self.token}"} if self.token else {}

    async def ask(self, kind: type[T], method: str, path: str, body: Any = None, **params: Any) -> T:
        """The answer as a `kind`. Raises Refused, SignedOut, or httpx.TransportError when nobody answered."""
        try:
            answer = await self._request(method, path, body, params)
        except Refused as refused:
            if refused.status == 401:
                raise SignedOut(refused.message) from refused
            raise
        return msgspec.json.decode(answer.content or b"null", type=kind)

    async def close(self) -> None:
        await self._http.aclose()

    async def _request(
        self, method: str, path: str, body: Any = None, params: Mapping[str, Any] | None = None
    ) -> httpx.Response:
        # The jar stays empty: the session's cookie is sent by us, over both doors alike.
        self._http.cookies.clear()
        is_bytes = isinstance(body, bytes)
        try:
            answer = await self._http.request(
                method,
                path,
                params={name: value for name, value in (params or {}).items() if value is not None},
                content=body if is_bytes or body is None else msgspec.json.encode(body),
                headers={
                    **self.headers,
                    "content-type": "application/octet-stream" if is_bytes else "application/json",
                },
            )
        except AttributeError as cause:
            # On uvloop anyio asks a line that was cut as it opened for its address, and there is none any more.
            raise httpx.ConnectError(str(cause)) from cause
        if not answer.is_success:
            raise _refusal(answer)
        return answer


class _Problem(msgspec.Struct):
    code: str
    message: str = ""


def _refusal(answer: httpx.Response) -> Refused:
    try:
        problem = msgspec.json.decode(answer.content, type=_Problem)
    except msgspec.DecodeError:
        # A proxy's page.
        problem = _Problem("unreachable", answer.reason_phrase)
    may_retry = answer.status_code >= 500 or answer.status_code in {408, 425, 429}
    return Refused(problem.code, problem.message, status=answer.status_code, retry=may_retry)
