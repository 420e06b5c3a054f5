"""Moments and days as people in the city read them."""

from datetime import date, datetime

from engine.words import CITY


def moment(value: datetime | None) -> str:
    """An aware moment as 2026-11-23 09:10, in the city's time; nothing for None. `ValueError` for a naive one."""
    return f"{_local(value):%Y-%m-%d %H:%M}" if value is not None else ""


def day(value: date | datetime | None) -> str:
    """A day, or the city's day of a moment, as 2026-11-23; nothing for None."""
    if value is None:
        return ""
    return f"{_local(value) if isinstance(value, datetime) else value:%Y-%m-%d}"


def as_of(said: str) -> str:
    """The day another department names, whether it wrote a day or a moment; its own words where they are neither."""
    try:
        told = datetime.fromisoformat(said)
    except ValueError:
        return said[:20]
    return day(told) if told.tzinfo else f"{told:%Y-%m-%d}"


def _local(value: datetime) -> datetime:
    if value.tzinfo is None:
        raise ValueError("a moment without a time zone cannot be shown")
    return value.astimezone(CITY)


def clock(value: datetime) -> str:
    """The time of day of a moment, in the city's time: 09:10:05."""
    return f"{_local(value):%H:%M:%S}"
