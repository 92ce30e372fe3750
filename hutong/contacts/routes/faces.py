"""What the consumer's routes share: whom one talks to, and the cookie by which one is known."""

from typing import Any

import msgspec
from litestar import Request, Response
from litestar.datastructures import State

from hutong import directory, identity
from hutong.core.db import Tx
from hutong.core.settings import Settings
from hutong.identity import session_cookie

PlainRequest = Request[None, None, State]


class CompanyFace(msgspec.Struct, kw_only=True):
    name: str


class MemberFace(msgspec.Struct, kw_only=True):
    """Whom the consumer talks to: what a name card shows, and no more."""

    name: str
    title: str | None = None
    avatar_url: str | None = None


class ConsumerCard(MemberFace, kw_only=True):
    """`way`: the token of the link by which this colleague can be spoken to, if they have one."""

    is_active: bool
    way: str | None


async def member_face(tx: Tx, company_id: int, member_id: int, name: str) -> MemberFace:
    card = (await directory.list_cards(tx, company_id, [member_id])).get(member_id)
    return MemberFace(name=name, title=card.title if card else None)


def answer_with_session(body: Any, name: str, token: str | None, settings: Settings, status: int) -> Response[Any]:
    seconds = int(identity.CONTACT_SESSION.total_seconds())
    cookies = [session_cookie(name, token, settings, seconds)] if token else []
    return Response(body, status_code=status, cookies=cookies)
