"""What a person chooses, and when it is quiet."""

from datetime import datetime, time
from functools import cache
from typing import Annotated
from zoneinfo import ZoneInfo, available_timezones

import msgspec
from msgspec import Meta

from hutong.core.errors import Invalid

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


class QuietHours(msgspec.Struct, frozen=True, kw_only=True):
    """Every day from `begins` until before `ends`, by the clocks of `time_zone`; past midnight where `ends` is less."""

    begins: ClockTime
    ends: ClockTime
    time_zone: Annotated[str, Meta(min_length=1, max_length=64)]


class NotificationSettings(msgspec.Struct, frozen=True, kw_only=True):
    """`shows_text`: notifications carry the beginning of what was said; without it only who and where."""

    has_sound: bool = True
    shows_text: bool = True
    quiet_hours: QuietHours | None = None


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
