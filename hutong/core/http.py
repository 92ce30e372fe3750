"""HTTP glue on Litestar: who is asking, errors as answers, the Origin check, the headers every answer carries.

A route names its guard (`signed_in_member`, `admin_only`) or stands in the list of open routes that a test keeps.
"""

from collections.abc import Awaitable, Callable
from typing import Any, cast

import msgspec
from litestar import Request, Response
from litestar.connection import ASGIConnection
from litestar.datastructures import MutableScopeHeaders, State
from litestar.enums import ScopeType
from litestar.exceptions import HTTPException, ValidationException
from litestar.handlers import BaseRouteHandler
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from hutong.core import errors, log
from hutong.core.actor import Actor
from hutong.core.db import Database
from hutong.core.errors import HutongError
from hutong.core.settings import Settings

AnyConnection = ASGIConnection[Any, Any, Any, Any]
AnyRequest = Request[Any, Any, State]
FindActor = Callable[[AnyConnection], Awaitable[Actor | None]]

_logger = log.logger(__name__)

CONTENT_SECURITY_POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "media-src 'self' blob:; "
    "connect-src 'self'; object-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
)
_HEADERS = {
    "content-security-policy": CONTENT_SECURITY_POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(self), microphone=(self), geolocation=(self)",
}


class ErrorBody(msgspec.Struct, kw_only=True):
    """What every refused request receives: a stable code and a sentence in the reader's language."""

    code: str
    message: str
    details: dict[str, Any] | None = None


# -- who is asking -------------------------------------------------------------------------------------------------


async def signed_in_member(connection: AnyConnection, handler: BaseRouteHandler) -> None:
    """Guard: an active member with a valid session, else 401. With a password to change: 403 but where that is done."""
    find_actor: FindActor = connection.app.state.find_actor
    actor = await find_actor(connection)
    if actor is None:
        raise errors.NotSignedIn
    if actor.must_change_password and not handler.opt.get("before_password_change"):
        raise errors.PasswordMustChange
    connection.scope["actor"] = actor  # type: ignore[typeddict-unknown-key]  # ours beside ASGI's own keys


# For a route that somebody with a password to change may use: `opt=BEFORE_PASSWORD_CHANGE`.
BEFORE_PASSWORD_CHANGE = {"before_password_change": True}


async def admin_only(connection: AnyConnection, handler: BaseRouteHandler) -> None:
    """Guard: a signed-in member who administers the company, else 401 or 403."""
    await signed_in_member(connection, handler)
    if not actor_of(connection).is_admin:
        raise errors.Forbidden


def actor_of(connection: AnyConnection) -> Actor:
    actor: Actor = connection.scope["actor"]  # type: ignore[typeddict-item]  # set by the guard above
    return actor


async def provide_actor(request: AnyRequest) -> Actor:
    return actor_of(request)


async def provide_db(state: State) -> Database:
    db: Database = state.db
    return db


async def provide_settings(state: State) -> Settings:
    settings: Settings = state.settings
    return settings


# -- the reader ----------------------------------------------------------------------------------------------------


def language_of(connection: AnyConnection) -> str:
    """ "en" when the first language the reader accepts is not Chinese but English; else "zh-CN"."""
    return first_language(connection.headers.get("accept-language", ""))


def first_language(accept_language: str) -> str:
    for part in accept_language.lower().split(","):
        if part.strip().startswith("zh"):
            return "zh-CN"
        if part.strip().startswith("en"):
            return "en"
    return "zh-CN"


def read_cookies(header: str) -> dict[str, str]:
    """What a request's connection.cookies would be: whoever has only the header must find the same session."""
    scope: Any = {"type": ScopeType.WEBSOCKET, "headers": [(b"cookie", header.encode("latin-1", "replace"))]}
    return ASGIConnection(scope).cookies


def address_of(connection: AnyConnection) -> str:
    """The client's network address; behind trusted proxies uvicorn has already put the forwarded one here."""
    return connection.client.host if connection.client else "unknown"


# -- errors as answers ---------------------------------------------------------------------------------------------


def answer(request: AnyRequest, error: HutongError) -> Response[ErrorBody]:
    body = ErrorBody(code=error.code, message=error.sentence(language_of(request)), details=error.details)
    headers = {"cache-control": "no-store"}
    if error.details and "retry_after_seconds" in error.details:
        headers["retry-after"] = str(error.details["retry_after_seconds"])
    return Response(body, status_code=error.status, media_type="application/json", headers=headers)


def _route(request: AnyRequest) -> str:
    """The route's pattern for the log: the address itself may hold an invitation's secret."""
    return str(request.scope.get("path_template", "?"))


def answer_hutong_error(request: AnyRequest, error: HutongError) -> Response[ErrorBody]:
    if error.status >= 500:
        _logger.error("request failed", route=_route(request), code=error.code, cause=repr(error.__cause__))
    return answer(request, error)


def answer_http_exception(request: AnyRequest, exception: HTTPException) -> Response[ErrorBody]:
    """The framework's own refusals, in our words."""
    if isinstance(exception, ValidationException) and isinstance(exception.extra, list) and exception.extra:
        fields = [
            {"field": str(item.get("key", "")), "message": str(item.get("message", ""))}
            for item in exception.extra
            if isinstance(item, dict)
        ]
        return answer(request, errors.Invalid(details={"fields": fields}))
    by_status: dict[int, HutongError] = {
        401: errors.NotSignedIn(),
        403: errors.Forbidden(),
        404: errors.NotFound(),
        405: errors.MethodNotAllowed(),
        413: errors.TooLarge(limit="1 MB"),
        429: errors.TooMany(),
    }
    fallback = errors.BadRequest() if exception.status_code < 500 else HutongError()
    # Whoever hangs up in the middle of an upload is no failure of ours.
    if exception.status_code >= 500 and "has_hung_up" not in request.scope:
        _logger.error("request failed", route=_route(request), cause=repr(exception))
    response = answer(request, by_status.get(exception.status_code, fallback))
    if exception.headers and "Allow" in exception.headers:
        response.set_header("allow", exception.headers["Allow"])
    return response


def answer_nesting_without_end(request: AnyRequest, _error: Exception) -> Response[ErrorBody]:
    """JSON so deep that no decoder follows it: the sender's fault, not ours."""
    return answer(request, errors.BadRequest())


def answer_anything(request: AnyRequest, error: Exception) -> Response[ErrorBody]:
    _logger.error("request failed", route=_route(request), method=request.method, exc_info=error)
    return answer(request, HutongError())


exception_handlers: dict[Any, Any] = {
    HutongError: answer_hutong_error,
    HTTPException: answer_http_exception,
    RecursionError: answer_nesting_without_end,
    Exception: answer_anything,
}


# -- Origin and headers --------------------------------------------------------------------------------------------


def origin_is_ours(origin: str | None, host: str | None, settings: Settings) -> bool:
    """A browser names the page's origin, and only our own pages may act. Programs send none."""
    if origin is None or origin == settings.base_url:
        return True
    return bool(host) and origin in {f"http://{host}", f"https://{host}"}


class Edge:
    """ASGI wrapped around everything: refuses foreign origins, adds the security headers to every answer."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.settings = settings
        self.headers = dict(_HEADERS)
        if settings.is_secure:
            self.headers["strict-transport-security"] = "max-age=31536000"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP:
            await self.app(scope, receive, send)
            return

        async def receive_and_note() -> Any:
            message = await receive()
            if message["type"] == "http.disconnect":
                scope["has_hung_up"] = True  # type: ignore[typeddict-unknown-key]  # ours beside ASGI's own keys
            return message

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableScopeHeaders.from_message(message)
                for name, value in self.headers.items():
                    headers.setdefault(name, value)
                if scope["path"].startswith("/api/"):
                    headers.setdefault("cache-control", "no-store")
            await send(message)

        if str(scope.get("method")) not in {"GET", "HEAD", "OPTIONS"}:
            headers = MutableScopeHeaders(cast("Any", scope))
            if not origin_is_ours(headers.get("origin"), headers.get("host"), self.settings):
                await _refuse_origin(headers.get("accept-language", ""), send_with_headers)
                return
        await self.app(scope, receive_and_note, send_with_headers)


async def _refuse_origin(accept_language: str, send: Send) -> None:
    error = errors.OriginRefused()
    body = msgspec.json.encode(ErrorBody(code=error.code, message=error.sentence(first_language(accept_language))))
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send(cast("Any", {"type": "http.response.start", "status": error.status, "headers": headers}))
    await send(cast("Any", {"type": "http.response.body", "body": body}))
