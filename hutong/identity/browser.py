"""What identity reads from a browser's request and leaves in it."""

import re

from litestar.datastructures import Cookie

from hutong.core.actor import Actor
from hutong.core.http import AnyConnection, AnyRequest, address_of
from hutong.core.settings import Settings
from hutong.identity.actions.sessions import Recognizer
from hutong.identity.model import Device

COOKIE = "hutong_session"


def device_of(request: AnyRequest) -> Device:
    return Device(user_agent=request.headers.get("user-agent", ""), address=address_of(request))


def host_of(connection: AnyConnection) -> str:
    """The host name without its port. An IPv6 address keeps its brackets, and its colons."""
    return re.sub(r":\d*$", "", connection.headers.get("host", ""))


def session_cookie(name: str, token: str, settings: Settings, seconds: int) -> Cookie:
    return Cookie(
        key=name, value=token, path="/", max_age=seconds, httponly=True, samesite="lax", secure=settings.is_secure
    )


async def find_member(connection: AnyConnection) -> Actor | None:
    """Who the request's cookie says: the guard of every member's route asks here."""
    recognizer: Recognizer = connection.app.state.recognizer
    return await recognizer.find_member(connection.cookies.get(COOKIE, ""))
