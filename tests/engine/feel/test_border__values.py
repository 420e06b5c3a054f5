"""The border between data and FEEL values."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import feel
from engine.feel.values import YearsMonths

DATA = st.recursive(
    st.none() | st.booleans() | st.text() | st.integers(-(10**33), 10**33) | st.decimals(-(10**9), 10**9, places=3),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@given(DATA)
def test_data_survives(data: Any) -> None:
    """Data goes in and out unchanged, numbers exactly."""
    assert feel.from_feel(feel.to_feel(data)) == data


@pytest.mark.parametrize(
    ("value", "data"),
    [
        (Decimal("3.00"), 3),
        (Decimal("3.50"), Decimal("3.50")),
        (Decimal("-0"), 0),
        (dt.date(2026, 11, 23), "2026-11-23"),
        (dt.datetime(2026, 11, 23, 8, 30, tzinfo=dt.UTC), "2026-11-23T08:30:00+00:00"),
        (dt.time(8, 30), "08:30:00"),
        (dt.timedelta(days=1, hours=2), "P1DT2H"),
        (dt.timedelta(seconds=-1.5), "-PT1.5S"),
        (YearsMonths(-14), "-P1Y2M"),
        (YearsMonths(0), "P0M"),
    ],
)
def test_out(value: Any, data: Any) -> None:
    """FEEL values become JSON types: whole numbers int, dates and durations ISO text."""
    found = feel.from_feel(value)

    assert found == data
    assert type(found) is type(data)


def test_float_comes_in_by_its_shortest_text() -> None:
    """A float means the number it is written as, not its binary neighbour."""
    assert feel.evaluate("x = 0.1", {"x": 0.1}).value is True


@pytest.mark.parametrize("value", [float("nan"), float("inf"), Decimal("NaN"), 10**40 + 1, {1: 2}, {2}, object(), b"x"])
def test_what_cannot_cross_is_refused(value: Any) -> None:
    """What has no exact FEEL value is refused instead of rounded or guessed."""
    with pytest.raises(feel.FeelError):
        feel.to_feel({"inner": [value]})


def test_functions_are_no_data() -> None:
    """A function cannot be stored."""
    with pytest.raises(feel.FeelError, match="function"):
        feel.from_feel(feel.evaluate("[function(x) x]", {}).value)


def test_only_what_is_read_is_converted() -> None:
    """Facts an expression does not read cannot break it."""
    assert feel.evaluate("a", {"a": 1, "b": object()}).value == 1
