"""Ids: in the order of time, and telling the right day."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hutong.core import clock, ids
from hutong.core.errors import NotFound


def test_ids_of_one_process_rise_whatever_the_millisecond() -> None:
    made = ids.many(5_000)
    assert made == sorted(set(made))


def test_a_clock_that_trembles_does_not_turn_them_back() -> None:
    with clock.travel(timedelta(seconds=30)):
        ahead = ids.new()
    assert ids.new() > ahead


def test_a_clock_that_was_days_ahead_is_forgotten() -> None:
    with clock.travel(timedelta(days=30)):
        assert abs(ids.made_at(ids.new()) - clock.now()) < timedelta(minutes=2)
    assert abs(ids.made_at(ids.new()) - clock.now()) < timedelta(minutes=2)


@given(st.text(max_size=25) | st.integers().map(str))
def test_a_string_is_an_id_or_names_nothing(text: str) -> None:
    try:
        assert str(ids.parse(text)) == text.lstrip("0")
    except NotFound:
        assert not ids.is_id(text)


@pytest.mark.parametrize("text", ["", "0", "-1", "１２", "9223372036854775808", "1" * 20, " 1", "1e3"])
def test_what_cannot_be_one_is_none(text: str) -> None:
    assert not ids.is_id(text)
