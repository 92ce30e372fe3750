"""What a person chooses to be told: kept for all their devices, refused where it makes no sense."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hutong.notifications.model import QuietHours, is_quiet
from tests.people import Json, Member

PATH = "/api/me/notification-settings"
NIGHT: Json = {"begins": "22:00", "ends": "08:00", "time_zone": "Asia/Shanghai"}


async def test_who_never_chose_has_sound_and_text_and_no_quiet_hours(lin: Member) -> None:
    assert await lin.get(PATH) == {"has_sound": True, "shows_text": True, "quiet_hours": None, "digest": None}


async def test_a_choice_is_kept_for_this_person_and_told_to_all_their_devices(lin: Member, zhao: Member) -> None:
    chosen = {"has_sound": False, "shows_text": False, "quiet_hours": NIGHT, "digest": None}
    async with lin.socket() as phone, zhao.socket() as another:
        assert await lin.put(PATH, chosen) == chosen
        await phone.next("notification_settings")
        assert await another.heard_nothing("notification_settings")
    assert await lin.get(PATH) == chosen
    assert (await zhao.get(PATH))["has_sound"] is True
    await lin.put(PATH, chosen | {"quiet_hours": None})
    assert (await lin.get(PATH))["quiet_hours"] is None


async def test_quiet_hours_that_make_no_sense_are_refused_and_change_nothing(lin: Member) -> None:
    await lin.put(PATH, {"quiet_hours": NIGHT})
    cases: list[tuple[Json, str]] = [
        ({"time_zone": "Asia/Atlantis"}, "time_zone_unknown"),
        ({"time_zone": "../../../etc/passwd"}, "time_zone_unknown"),
        ({"time_zone": "America"}, "time_zone_unknown"),
        ({"time_zone": "上海\u200b"}, "time_zone_unknown"),
        ({"time_zone": "A" * 10_000}, "invalid"),
        ({"time_zone": ""}, "invalid"),
        ({"begins": "24:00"}, "invalid"),
        ({"begins": "8:00"}, "invalid"),
        ({"ends": "22:00\n"}, "invalid"),
        ({"ends": "22:00"}, "quiet_hours_empty"),
        ({"ends": None}, "invalid"),
    ]
    for wrong, code in cases:
        assert (await lin.refused("PUT", PATH, {"quiet_hours": NIGHT | wrong})).code == code
        assert (await lin.get(PATH))["quiet_hours"] == NIGHT


def quiet(begins: str, ends: str, zone: str = "Asia/Shanghai") -> QuietHours:
    return QuietHours(begins=begins, ends=ends, time_zone=zone)


@pytest.mark.parametrize(
    ("shanghai", "expected"),
    [("21:59", False), ("22:00", True), ("23:59", True), ("00:00", True), ("07:59", True), ("08:00", False)],
)
def test_hours_past_midnight_are_quiet_on_both_sides_of_it(shanghai: str, expected: bool) -> None:
    hour, minute = map(int, shanghai.split(":"))
    now = datetime(2026, 11, 25, hour, minute, tzinfo=ZoneInfo("Asia/Shanghai"))
    assert is_quiet(quiet("22:00", "08:00"), now.astimezone(UTC)) is expected


def test_hours_are_those_of_the_persons_own_clocks() -> None:
    noon_in_shanghai = datetime(2026, 11, 25, 4, 0, tzinfo=UTC)
    assert not is_quiet(quiet("22:00", "08:00"), noon_in_shanghai)
    assert is_quiet(quiet("22:00", "08:00", "America/New_York"), noon_in_shanghai)
    # Berlin's clocks go back in the night to 25 October: 21:30 UTC is 23:30 before, and 22:30 after.
    half_past_eleven = quiet("23:00", "23:59", "Europe/Berlin")
    assert is_quiet(half_past_eleven, datetime(2026, 10, 24, 21, 30, tzinfo=UTC))
    assert not is_quiet(half_past_eleven, datetime(2026, 10, 25, 21, 30, tzinfo=UTC))


minutes = st.integers(0, 24 * 60 - 1)
zones = st.sampled_from(["Asia/Shanghai", "America/New_York", "Europe/Berlin", "Asia/Kathmandu", "Pacific/Apia", "UTC"])
instants = st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))


def clock_face(minute: int) -> str:
    return time(minute // 60, minute % 60).strftime("%H:%M")


@given(minutes, minutes, zones, instants)
def test_either_these_hours_are_quiet_or_the_rest_of_the_day(begins: int, ends: int, zone: str, now: datetime) -> None:
    """An instant lies in the hours from one to the other, or in those from the other to the one: never in both."""
    if begins == ends:
        return
    one, other = clock_face(begins), clock_face(ends)
    assert is_quiet(quiet(one, other, zone), now) is not is_quiet(quiet(other, one, zone), now)


@given(minutes, minutes, st.integers(0, 24 * 60 - 1))
def test_a_day_has_as_many_quiet_minutes_as_lie_between(begins: int, ends: int, shift: int) -> None:
    if begins == ends:
        return
    hours, midnight = quiet(clock_face(begins), clock_face(ends)), datetime(2026, 11, 25, tzinfo=UTC)
    day = (midnight + timedelta(minutes=shift + minute) for minute in range(24 * 60))
    assert sum(is_quiet(hours, now) for now in day) == (ends - begins) % (24 * 60)


async def test_a_server_without_mail_offers_none(lin: Member) -> None:
    assert (await lin.get("/api/me/notification-carriers"))["items"] == []
    refusal = await lin.refused("PUT", PATH, {"digest": {"by": "mail", "after_minutes": 15}})
    assert refusal.code == "carrier_missing"
