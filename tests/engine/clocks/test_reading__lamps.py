"""How a clock stands: lamps and shares."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import clocks
from engine.catalog.limits import Limit
from engine.clocks import Calendar, Pause
from engine.words import CITY, Lamp, LimitUnit

CALENDAR = Calendar()
FIVE = Limit(5, LimitUnit.WORKING_DAYS)


def at(text):
    """A moment in the city."""
    return datetime.fromisoformat(text).replace(tzinfo=CITY)


START = at("2026-11-16T10:00")  # Monday: due on the 23rd


@pytest.mark.parametrize(
    ("now", "lamp", "left"),
    [
        ("2026-11-16T11:00", Lamp.GREEN, 5),
        ("2026-11-20T18:00", Lamp.YELLOW, 1),
        ("2026-11-20T17:00", Lamp.GREEN, 2),
        ("2026-11-23T17:30", Lamp.YELLOW, 0),
        ("2026-11-23T17:31", Lamp.RED, 0),
        ("2026-11-25T18:00", Lamp.RED, -2),
    ],
)
def test_lamps_of_a_running_clock(now, lamp, left):
    """Green, yellow when one working day is left, red after closing time of the last day."""
    found = clocks.read(FIVE, START, CALENDAR, at(now))
    assert (found.lamp, found.left) == (lamp, left)


def test_lamps_of_paused_and_ended_clocks():
    """Grey while it stands still; blue when the work was done in time; red when it was late."""
    paused = clocks.read(FIVE, START, CALENDAR, at("2026-12-01T10:00"), [Pause(at("2026-11-18T10:00"), None, "补正")])
    assert (paused.lamp, paused.due, paused.left) == (Lamp.GREY, None, 3)
    ended = clocks.read(FIVE, START, CALENDAR, at("2026-12-01T10:00"), ended=at("2026-11-20T10:00"))
    assert ended.lamp is Lamp.BLUE
    late = clocks.read(FIVE, START, CALENDAR, at("2026-12-01T10:00"), ended=at("2026-11-24T10:00"))
    assert late.lamp is Lamp.RED


def test_a_pause_that_has_not_begun_does_not_count():
    """A clock is read as of its moment."""
    later = Pause(at("2026-11-19T10:00"), at("2026-11-26T10:00"), "公示")
    assert clocks.read(FIVE, START, CALENDAR, at("2026-11-17T10:00"), [later]).due.day.day == 23


@given(
    st.builds(Limit, st.integers(0, 30), st.sampled_from(LimitUnit)),
    st.datetimes(datetime(2024, 1, 1), datetime(2026, 9, 1), timezones=st.just(CITY)),
    st.lists(st.tuples(st.integers(0, 300), st.integers(1, 200)), max_size=3),
    st.integers(0, 1200),
)
def test_lists_say_what_the_page_says(limit, start, spans, hours):
    """The moment kept for lists is the one from which the lamp is yellow."""
    pauses = [Pause(start + timedelta(hours=a), start + timedelta(hours=a + b), "") for a, b in spans]
    now = start + timedelta(hours=hours)
    found = clocks.read(limit, start, CALENDAR, now, [p for p in pauses if p.until <= now])
    yellow = clocks.turns(limit, start, CALENDAR, [p for p in pauses if p.until <= now])
    assert (found.lamp is not Lamp.GREEN) == (now >= yellow)


def test_shares_of_a_limit():
    """50 and 80 per cent of five working days are the third and the fourth."""
    days = [clocks.reached(FIVE, percent, START, CALENDAR).day.day for percent in (50, 80, 100)]
    assert days == [19, 20, 23]
