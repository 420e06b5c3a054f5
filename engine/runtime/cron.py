"""Cron expressions as Camunda 8 writes them in `timeCycle`: `0 0 9 * * MON-FRI`, or a macro such as `@daily`.

Six fields: second, minute, hour, day of the month, month, day of the week; all of them have to fit. Times are meant in
Asia/Shanghai, as everywhere. `L`, `W` and `#` are refused.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from itertools import product

from engine.runtime.trouble import TextRefused
from engine.words import CITY

_MACROS = {
    "@yearly": "0 0 0 1 1 *", "@annually": "0 0 0 1 1 *", "@monthly": "0 0 0 1 * *", "@weekly": "0 0 0 * * 0",
    "@daily": "0 0 0 * * *", "@midnight": "0 0 0 * * *", "@hourly": "0 0 * * * *",
}  # fmt: skip
_BOUNDS = ((0, 59), (0, 59), (0, 23), (1, 31), (1, 12), (0, 7))
_MONTHS = "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split()  # noqa: SIM905  shorter to read
_DAYS = "SUN MON TUE WED THU FRI SAT".split()  # noqa: SIM905
_NAMES = {4: {name: number for number, name in enumerate(_MONTHS, 1)}, 5: {name: n for n, name in enumerate(_DAYS)}}
_PART = re.compile(r"(?:\*|(\w+)(?:-(\w+))?)(?:/(\d+))?", re.ASCII)
_DAYS_AHEAD = 366 * 40  # a 29th of February that is a Monday comes within 40 years


@dataclass(frozen=True)
class Cron:
    """The values each field allows; of the days of the week 0 is Sunday."""

    seconds: tuple[int, ...]
    minutes: tuple[int, ...]
    hours: tuple[int, ...]
    days: frozenset[int]
    months: frozenset[int]
    weekdays: frozenset[int]

    def after(self, moment: datetime) -> datetime:
        """The first time after `moment` (aware), in UTC. `TextRefused` when there is none."""
        local = moment.astimezone(CITY)
        for ahead in range(_DAYS_AHEAD):
            day = (local + timedelta(days=ahead)).date()
            if day.month in self.months and day.day in self.days and day.isoweekday() % 7 in self.weekdays:
                found = self._on(local.time().replace(microsecond=0) if not ahead else None)
                if found is not None:
                    return datetime.combine(day, found, CITY).astimezone(UTC)
        raise TextRefused("没有这样的日子。", "There is no such day.")

    def _on(self, passed: time | None) -> time | None:
        """The first time of a day, of the first day the first one after the time that passed."""
        hours = [hour for hour in self.hours if passed is None or hour >= passed.hour]
        for hour, minute in product(hours, self.minutes):
            if passed is not None and (hour, minute) < (passed.hour, passed.minute):
                continue
            for second in self.seconds:
                if passed is None or time(hour, minute, second) > passed:
                    return time(hour, minute, second)
        return None


def is_cron(text: str) -> bool:
    """Whether a text means to be one: a macro, or six fields."""
    return text.startswith("@") or len(text.split()) == len(_BOUNDS)


def cron(text: str) -> Cron:
    """`0 0 9 * * ?`. `TextRefused` when it is none, or never comes."""
    written = _MACROS.get(text.strip().lower(), text)
    fields = [_values(field.upper(), index, text) for index, field in enumerate(written.split())]
    if len(fields) != len(_BOUNDS):
        raise _refused(text, text)
    seconds, minutes, hours, days, months, weekdays = fields
    found = Cron(
        tuple(sorted(seconds)), tuple(sorted(minutes)), tuple(sorted(hours)), days, months,
        frozenset(day % 7 for day in weekdays),
    )  # fmt: skip
    found.after(datetime(2000, 1, 1, tzinfo=UTC))
    return found


def _values(field: str, index: int, text: str) -> frozenset[int]:
    if index >= len(_BOUNDS):
        raise _refused(text, field)
    if field == "?" and index in (3, 5):
        field = "*"
    return frozenset(value for part in field.split(",") for value in _range(part, index, text))


def _range(part: str, index: int, text: str) -> range:
    found = _PART.fullmatch(part)
    if found is None:
        raise _refused(text, part)
    first, last, step = found.groups()
    low, high = _BOUNDS[index]
    begin = low if first is None else _number(first, index, text)
    end = _number(last, index, text) if last else (begin if first and not step else high)
    if not low <= begin <= end <= high or step == "0":
        raise _refused(text, part)
    return range(begin, end + 1, int(step or 1))


def _number(word: str, index: int, text: str) -> int:
    if word.isdecimal():
        return int(word)
    if word in _NAMES.get(index, {}):
        return _NAMES[index][word]
    raise _refused(text, word)


def _refused(text: str, part: str) -> TextRefused:
    zh = f"“{text}”里的“{part}”不能这样写。"
    return TextRefused(zh, f'"{part}" in the cron expression "{text}" is not understood.')
