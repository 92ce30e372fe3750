"""What a person chooses, and when it is quiet."""

from base64 import b64decode, urlsafe_b64encode
from datetime import datetime, time, timedelta
from functools import cache
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, available_timezones

import msgspec
from cryptography.hazmat.primitives.asymmetric import ec
from msgspec import UNSET, Meta, UnsetType

from hutong.core.errors import Invalid

CarrierName = Literal["mail", "sms"]
# The length too: "$" alone would let a line break follow.
ClockTime = Annotated[str, Meta(pattern="^([01][0-9]|2[0-3]):[0-5][0-9]$", max_length=5)]


class TimeZoneUnknown(Invalid):
    code = "time_zone_unknown"
    zh = "没有这个时区。请用 Asia/Shanghai 这样的名称。"
    en = "There is no such time zone. Name one like Asia/Shanghai."


class QuietHoursEmpty(Invalid):
    code = "quiet_hours_empty"
    zh = "免打扰的开始和结束时间相同，请改其中一个。"
    en = "Quiet hours begin and end at the same time. Change one of them."


class CarrierMissing(Invalid):
    code = "carrier_missing"
    zh = "这个服务器没有设置这种提醒方式，请联系管理员。"
    en = "This server has not been set up for that way of being told. Ask your administrator."


class AddressMissing(Invalid):
    code = "address_missing"
    zh = "通讯录里没有您的邮箱或手机号，请联系管理员补上。"
    en = "The directory has no mail address or phone of yours. Ask your administrator to add it."


class QuietHours(msgspec.Struct, frozen=True, kw_only=True):
    """Every day from `begins` until before `ends`, by the clocks of `time_zone`; past midnight where `ends` is less."""

    begins: ClockTime
    ends: ClockTime
    time_zone: Annotated[str, Meta(min_length=1, max_length=64)]


class DigestWish(msgspec.Struct, frozen=True, kw_only=True):
    """By mail or text message, of what stayed unread for so long."""

    by: CarrierName
    after_minutes: Literal[15, 60, 240]


class NotificationSettings(msgspec.Struct, frozen=True, kw_only=True):
    """`shows_text`: notifications carry the beginning of what was said; without it only who and where."""

    has_sound: bool = True
    shows_text: bool = True
    quiet_hours: QuietHours | None = None
    digest: DigestWish | None = None


class CarrierState(msgspec.Struct, frozen=True, kw_only=True):
    """A way by which this server reaches people, and where it would reach this one, if the directory says so."""

    carrier: CarrierName
    address: str | None


@cache
def _time_zones() -> frozenset[str]:
    return frozenset(available_timezones())


def check_quiet_hours(quiet: QuietHours) -> None:
    if quiet.time_zone not in _time_zones():
        raise TimeZoneUnknown
    if quiet.begins == quiet.ends:
        raise QuietHoursEmpty


def is_quiet(quiet: QuietHours | None, now: datetime) -> bool:
    """Whether a person who keeps these hours wants to be left alone at this instant."""
    if quiet is None:
        return False
    local = now.astimezone(ZoneInfo(quiet.time_zone)).time()
    begins, ends = clock_time(quiet.begins), clock_time(quiet.ends)
    return begins <= local < ends if begins < ends else local >= begins or local < ends


def clock_time(text: str) -> time:
    return time.fromisoformat(text)


def write_time(value: time) -> str:
    return value.strftime("%H:%M")


# -- browsers that can be told ---------------------------------------------------------------------------------------


class SubscriptionUnusable(Invalid):
    code = "subscription_unusable"
    zh = "浏览器给的推送密钥不完整。请关闭推送再打开一次。"
    en = "The keys for pushing that the browser gave are not whole. Turn pushing off and on again."


class SubscriptionKeys(msgspec.Struct, frozen=True, kw_only=True):
    """As browsers give them, in base64url."""

    p256dh: Annotated[str, Meta(min_length=1, max_length=200)]
    auth: Annotated[str, Meta(min_length=1, max_length=100)]


class SubscriptionWish(msgspec.Struct, frozen=True, kw_only=True):
    """What `PushSubscription.toJSON()` holds."""

    endpoint: Annotated[str, Meta(min_length=1, max_length=1024)]
    keys: SubscriptionKeys


class Subscription(msgspec.Struct, frozen=True, kw_only=True):
    endpoint: str
    p256dh: bytes
    auth: bytes


class PushState(msgspec.Struct, frozen=True, kw_only=True):
    """`public_key` is this network's, for `pushManager.subscribe`; `endpoint` where this session is told, if it is."""

    public_key: str
    endpoint: str | None


class Push(msgspec.Struct, frozen=True, kw_only=True):
    """What the service worker gets. `seen`: conversations of which nothing is to stand there any more. What is urgent
    stands for itself until its reader puts it away."""

    title: str
    text: str
    conversation_id: str
    seq: int
    unread_count: int
    seen: list[str]
    is_urgent: bool | UnsetType = UNSET


def rest_after(failures: int, first: timedelta, longest: timedelta) -> timedelta:
    """How long to leave alone what failed so often: each time twice as long."""
    doubled: timedelta = first * 2 ** min(failures, 10)
    return min(doubled, longest)


def read_subscription(wish: SubscriptionWish) -> Subscription:
    """Raises SubscriptionUnusable when nothing could be encrypted for these keys."""
    try:
        p256dh, auth = _from_base64url(wish.keys.p256dh), _from_base64url(wish.keys.auth)
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), p256dh)
    except ValueError as cause:
        raise SubscriptionUnusable from cause
    if len(p256dh) != 65 or len(auth) != 16:
        raise SubscriptionUnusable
    return Subscription(endpoint=wish.endpoint, p256dh=p256dh, auth=auth)


def _from_base64url(text: str) -> bytes:
    if not text.isascii():
        raise ValueError(text)
    return b64decode(text.rstrip("=") + "=" * (-len(text.rstrip("=")) % 4), altchars=b"-_", validate=True)


def base64url(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()
