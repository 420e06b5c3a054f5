"""ISO 8601 times are read exactly, and calendar months are counted on the city's calendar."""

from datetime import UTC, datetime, timedelta

import pytest

from engine.runtime import moments
from engine.runtime.trouble import TextRefused

EVENING = datetime(2026, 1, 30, 17, tzinfo=UTC)  # already the 31st in the city


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("P1M", datetime(2026, 2, 27, 17, tzinfo=UTC)),
        ("P1Y1M", datetime(2027, 2, 27, 17, tzinfo=UTC)),
        ("P2W", EVENING + timedelta(days=14)),
        ("P1DT1H1M1.5S", EVENING + timedelta(days=1, hours=1, minutes=1, seconds=1.5)),
        ("PT0S", EVENING),
    ],
)
def test_a_duration_counts_from_the_moment(text, after):
    """Months end on the last day of a shorter month; everything else is exact."""
    assert moments.duration(text).after(EVENING) == after


@pytest.mark.parametrize(
    "text", ["", "P", "PT", "P1", "1D", "-P1D", "P1H", "PT1D", "P1DT", "P９D", "P99999999Y", "P9" * 9]
)
def test_what_is_no_duration_is_refused(text):
    """No guessing: what the standard does not allow, and what no case can wait for, is refused."""
    with pytest.raises(TextRefused):
        moments.duration(text)


def test_a_moment_without_offset_is_meant_in_the_city():
    """A day is its first instant in Asia/Shanghai; an offset or a zone's offset is respected."""
    assert moments.moment("2026-01-31") == datetime(2026, 1, 30, 16, tzinfo=UTC)
    assert moments.moment("2026-01-31T08:00:00") == datetime(2026, 1, 31, tzinfo=UTC)
    assert moments.moment("2026-01-31T08:00:00+02:00[Europe/Berlin]") == datetime(2026, 1, 31, 6, tzinfo=UTC)


def test_the_ends_of_the_calendar_are_refused():
    """A year the clock cannot hold is a sentence, not a crash."""
    for text in ("0001-01-01", "9999-12-31T23:00:00-08:00"):
        with pytest.raises(TextRefused):
            moments.moment(text)


def test_a_cycle_has_a_count_a_distance_and_perhaps_a_start():
    """`R` alone is for ever; a start is a moment."""
    assert moments.cycle("R/PT1H") == moments.Cycle(None, None, moments.duration("PT1H"))
    start = datetime(2026, 1, 31, tzinfo=UTC)
    assert moments.cycle("R3/2026-01-31T08:00:00/P1D") == moments.Cycle(3, start, moments.duration("P1D"))
