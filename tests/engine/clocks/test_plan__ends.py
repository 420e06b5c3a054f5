"""The latest day of a case: promises along dependencies, side by side where nothing waits."""

from datetime import UTC, date, datetime

import pytest

from engine import clocks
from engine.catalog.limits import Limit
from engine.clocks import Calendar
from engine.words import LimitUnit

BEFORE_THE_HOLIDAYS = datetime(2026, 9, 30, 2, tzinfo=UTC)


def ends(limits, depends, start=BEFORE_THE_HOLIDAYS):
    """The days on which limits of so many working days end."""
    said = {code: None if amount is None else Limit(amount, LimitUnit.WORKING_DAYS) for code, amount in limits.items()}
    return clocks.plan(said, depends, start, Calendar())


def test_side_by_side_and_one_after_the_other():
    """What does not wait overlaps; what waits begins when the last one before it ends."""
    found = ends({"a": 2, "b": 5, "c": 1}, {"c": ("a", "b")}, datetime(2026, 11, 23, 2, tzinfo=UTC))
    assert [end.day for end in found.values()] == [date(2026, 11, 25), date(2026, 11, 30), date(2026, 12, 1)]
    assert clocks.last(found).day == date(2026, 12, 1)


def test_on_the_spot_costs_no_day():
    """What is done on the spot ends the day it begins, and what waits for it begins that day."""
    found = ends({"a": 0, "b": 2}, {"b": ("a",)}, datetime(2026, 11, 23, 2, tzinfo=UTC))
    assert [end.day for end in found.values()] == [date(2026, 11, 23), date(2026, 11, 25)]


def test_holidays_and_an_adjusted_saturday():
    """The last day before the holidays: 1 to 7 October do not count, the adjusted Saturday, the 10th, does."""
    found = ends({"a": 3, "b": 1}, {"b": ("a",)}, BEFORE_THE_HOLIDAYS)
    assert [end.day for end in found.values()] == [date(2026, 10, 10), date(2026, 10, 12)]


def test_waiting_for_what_is_not_part_of_it():
    """An item that waits for one left out waits for what that one waits for."""
    chain = {"c": ("b",), "b": ("a",)}
    found = ends({"a": 2, "c": 1}, chain, datetime(2026, 11, 23, 2, tzinfo=UTC))
    assert found["c"].day == date(2026, 11, 26)


@pytest.mark.parametrize("missing", ["a", "b"])
def test_without_a_promise_nothing_is_said(missing):
    """An item without a promise has no day, nor has what waits for it, nor the whole."""
    found = ends({"a": 2, "b": 2} | {missing: None}, {"b": ("a",)})
    assert found["b"] is None
    assert clocks.last(found) is None


def test_an_unknown_year_makes_it_provisional():
    """Whatever waits for something that reaches into a year without holidays is provisional as well."""
    found = ends({"a": 2, "b": 1}, {"b": ("a",)}, datetime(2028, 12, 28, 2, tzinfo=UTC))
    assert not any(end.certain for end in found.values())
    assert not clocks.last(found).certain
