"""Customers, those who follow them, and the ways in, without I/O."""

import hashlib
import io
import re
import secrets
from datetime import datetime, timedelta
from uuid import UUID

import msgspec
import segno

from hutong.core.errors import Conflict, Invalid, NotFound, TooMany
from hutong.core.lines import one_line

# A first message repeated within this span, from a browser that lost the answer, is the same customer.
WALK_IN_REPEAT = timedelta(minutes=10)
# How long a browser that opened the page may take to say its first words, and lose no answer to them.
VISIT_LIFE = timedelta(days=1)
WALK_IN_WINDOW = timedelta(minutes=1)
# A mobile network shows many phones under one address.
MAX_WALK_INS_PER_ADDRESS = 60

MAX_NAME = 32
MAX_REMARK = 64


class WayNotFound(NotFound):
    code = "way_not_found"
    zh = "这个链接已失效，请向企业要一个新的。"
    en = "This link no longer works. Ask the company for a new one."


class StaleFirstMessage(Conflict):
    code = "stale_first_message"
    zh = "这条消息早已发送过，请刷新页面。"
    en = "This message was sent long ago. Reload the page."


class TooManyWalkIns(TooMany):
    code = "too_many_walk_ins"
    zh = "现在人太多了，请一分钟后再试。"
    en = "Too many new visitors at once. Please try again in a minute."


class Way(msgspec.Struct, frozen=True, kw_only=True):
    id: int
    company_id: int
    member_id: int
    token: str


class ContactWay(msgspec.Struct, frozen=True, kw_only=True):
    """A member's own link, and where its QR code is."""

    token: str
    url: str
    qr_url: str


class Contact(msgspec.Struct, frozen=True, kw_only=True):
    """A customer as the member who follows them sees them."""

    id: str
    name: str
    remark: str | None
    conversation_id: str
    followed_at: datetime
    last_active_at: datetime


def new_way_token() -> str:
    """Short enough for a QR code that reads well from a distance, long enough (60 bits) not to be guessed."""
    return "".join(secrets.choice("abcdefghijkmnpqrstuvwxyz23456789") for _ in range(12))


def new_visit_proof() -> str:
    """What a browser is given when it opens the page: nothing is kept of it, it proves that a retry is its own."""
    return secrets.token_urlsafe(32)


def is_visit_proof(text: str) -> bool:
    return re.fullmatch(r"[\w-]{43}", text, re.ASCII) is not None


def walk_in_key(client_id: UUID, visit_proof: str | None) -> UUID:
    """What makes a repeated first message the same walk-in.

    The client id alone would not do for a browser: everybody in the talk sees it, and could become the customer by it
    until WALK_IN_REPEAT is over. A program that never opened the page has nothing else to show.
    """
    return UUID(bytes=hashlib.sha256(f"{client_id} {visit_proof or ''}".encode()).digest()[:16])


def way_url(base_url: str, token: str) -> str:
    return f"{base_url}/c/{token}"


def qr_svg(url: str) -> bytes:
    """Error correction M; four modules of quiet zone, as readers expect (ISO/IEC 18004)."""
    out = io.BytesIO()
    segno.make(url, error="m", micro=False).save(
        out,
        kind="svg",
        scale=8,
        border=4,
        dark="#000000",
        light="#ffffff",
        xmldecl=False,
        svgclass=None,
        lineclass=None,
    )
    return out.getvalue()


def guest_name(contact_id: int, language: str) -> str:
    """What a customer is called until they say their name: told apart by four letters."""
    letters = "ABCDEFGHJKLMNPQRSTUVWXYZ"
    code, rest = "", contact_id
    for _ in range(4):
        rest, digit = divmod(rest, len(letters))
        code += letters[digit]
    return f"Visitor {code}" if language == "en" else f"访客{code}"


def check_line(field: str, text: str, limit: int) -> str:
    """One line of visible characters. Raises Invalid, which names the field."""
    cleaned = one_line(text)
    if not 1 <= len(cleaned) <= limit:
        raise Invalid(details={"fields": [{"field": field, "message": f"1-{limit}"}]})
    return cleaned
