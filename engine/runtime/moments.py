"""ISO 8601 durations, moments and repetitions, as timers write them. Pure: the present is an argument.

A moment without an offset is meant in Asia/Shanghai, where the law's days begin and end. Months and years are added to
the calendar day there; the 31st becomes the last day of a shorter month.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from engine.runtime.trouble import TextRefused
from engine.words import CITY

_NUMBER = r"(\d+(?:[.,]\d+)?)"
_DURATION = re.compile(
    rf"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:{_NUMBER}D)?(?:T(?=\d)(?:{_NUMBER}H)?(?:{_NUMBER}M)?(?:{_NUMBER}S)?)?",
    re.ASCII,
)
_LONGEST = timedelta(days=366 * 1000)


@dataclass(frozen=True)
class Span:
    """A duration: calendar months and an exact rest."""

    months: int
    rest: timedelta

    def after(self, moment: datetime) -> datetime:
        """The moment this long after `moment` (aware), in UTC."""
        local = moment.astimezone(CITY)
        year, month = divmod(local.year * 12 + local.month - 1 + self.months, 12)
        try:
            day = min(local.day, monthrange(year, month + 1)[1])
            return (local.replace(year=year, month=month + 1, day=day) + self.rest).astimezone(UTC)
        except (ValueError, OverflowError) as error:
            raise TextRefused("时限太长。", "The duration is too long.") from error


@dataclass(frozen=True)
class Cycle:
    """A repetition: how often (None: for ever), the first moment if it is given, and the distance."""

    times: int | None
    start: datetime | None
    every: Span


def duration(text: str) -> Span:
    """`P2M`, `P1DT12H`, `P2W`, `PT0.5S`. Negative durations are refused."""
    found = _DURATION.fullmatch(text.strip())
    if found is None or text.strip() in ("P", "PT"):
        raise TextRefused(f"“{text}”不是 ISO 8601 时长。", f'"{text}" is not an ISO 8601 duration.')
    years, months, *rest = (float(part.replace(",", ".")) if part else 0.0 for part in found.groups())
    weeks, days, hours, minutes, seconds = rest
    try:
        exact = timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
    except OverflowError:
        exact = _LONGEST * 2
    if exact > _LONGEST or years * 12 + months > 12_000:
        raise TextRefused(f"时长“{text}”太长。", f'The duration "{text}" is too long.')
    return Span(int(years * 12 + months), exact)


def moment(text: str) -> datetime:
    """`2026-01-31T12:00:00+08:00`, or a day: its first instant. In UTC."""
    try:
        found = datetime.fromisoformat(re.sub(r"[\[@].*$", "", text.strip()))
    except ValueError as error:
        raise TextRefused(f"“{text}”不是 ISO 8601 时间。", f'"{text}" is not an ISO 8601 date and time.') from error
    return aware(found)


def cycle(text: str) -> Cycle:
    """`R3/PT1H`, `R/P1D`, `R3/2026-01-01T09:00:00+08:00/P1D`."""
    head, *parts = text.strip().split("/")
    if not re.fullmatch(r"R\d*", head, re.ASCII) or len(parts) not in (1, 2):
        raise TextRefused(f"“{text}”不是 ISO 8601 重复间隔。", f'"{text}" is not an ISO 8601 repeating interval.')
    every = duration(parts[-1])
    if every == Span(0, timedelta()):
        raise TextRefused(f"“{text}”的间隔为零。", f'The interval of "{text}" is zero.')
    return Cycle(int(head[1:]) if head[1:] else None, moment(parts[0]) if len(parts) == 2 else None, every)


def before(cycle: Cycle, moment: datetime) -> int:
    """How many times of a cycle with a first moment lie before another one: who was not there does not see them."""
    assert cycle.start is not None
    low, high = 0, 1
    while _nth(cycle, high - 1) < moment:
        low, high = high, high * 2
    while low < high:
        middle = (low + high) // 2
        low, high = (middle + 1, high) if _nth(cycle, middle) < moment else (low, middle)
    return low


def _nth(cycle: Cycle, number: int) -> datetime:
    assert cycle.start is not None
    return Span(cycle.every.months * number, cycle.every.rest * number).after(cycle.start)


def aware(value: date) -> datetime:
    """A day or a moment as an aware moment in UTC; without an offset it is meant in the city.

    `TextRefused` at the ends of the calendar.
    """
    found = value if isinstance(value, datetime) else datetime.combine(value, time())
    try:
        return (found if found.tzinfo else found.replace(tzinfo=CITY)).astimezone(UTC)
    except OverflowError as error:
        raise TextRefused("年份超出 1 到 9999。", "The year is outside 1 to 9999.") from error
