"""Which days figures are of: the city's days, both included, and nothing that cannot be read."""

from datetime import date, datetime

import pytest

from engine import figures
from engine.errors import TermUnclear
from engine.words import CITY

NOW = datetime(2026, 11, 23, 9, tzinfo=CITY)


@pytest.mark.parametrize(
    ("said", "since", "until"),
    [
        ((), "2026-11-01", "2026-11-30"),
        (("2026-02",), "2026-02-01", "2026-02-28"),
        (("2024-02",), "2024-02-01", "2024-02-29"),
        (("2026-Q1",), "2026-01-01", "2026-03-31"),
        (("2026-Q4",), "2026-10-01", "2026-12-31"),
        (("", "2026-11-23", "2026-11-23"), "2026-11-23", "2026-11-23"),
        (("2026-02", "2026-01-01", "2026-12-31"), "2026-01-01", "2026-12-31"),
    ],
)
def test_days_of_a_term(said, since, until):
    """A month and a quarter from their first day to their last; two days go before a name; else this month."""
    found = figures.term(NOW, *said)
    assert (found.since, found.until) == (date.fromisoformat(since), date.fromisoformat(until))


@pytest.mark.parametrize(
    "said",
    [
        ("2026-13",), ("2026-Q5",), ("0000-01",), ("0001-01",), ("9999-12",), ("２０２６-１１",), ("November",),
        ("2026-11-1",), ("", "2026-11-02", "2026-11-01"), ("", "2026-11-01"), ("", "0001-01-01", "0001-01-02"),
        ("", "", "2026-11-01"), ("", "2025-01-01", "2026-01-02"), ("", "nonsense", "2026-11-01"),
        ("", "2026-11-01", "9999-12-31"), ("", "9999-12-31", "9999-12-31"),
    ],
)  # fmt: skip
def test_unclear_terms_are_refused(said):
    """What is no month, no quarter and no two days in order is refused, not guessed."""
    with pytest.raises(TermUnclear):
        figures.term(NOW, *said)


def test_a_day_begins_in_the_city():
    """Midnight in Shanghai, not in Greenwich; the first moment after the last day belongs to the next one."""
    found = figures.term(NOW, "2026-11")
    assert (found.begins, found.ends) == (datetime(2026, 11, 1, tzinfo=CITY), datetime(2026, 12, 1, tzinfo=CITY))


def test_choices_lead_back_a_year():
    """Twelve months and four quarters, this one first, each readable by its name."""
    found = figures.terms(NOW)
    assert [t.name for t in found[:2]] + [t.name for t in found[11:]] == [
        "2026-11", "2026-10", "2025-12", "2026-Q4", "2026-Q3", "2026-Q2", "2026-Q1",
    ]  # fmt: skip
    assert all(figures.term(NOW, each.name) == each for each in found)
