"""The border between JSON-like data and FEEL values. Nothing changes silently: what cannot cross exactly is refused."""

import datetime as dt
from collections.abc import Iterator, Mapping
from decimal import Decimal, DecimalException

from engine.feel import errors, lexer, limits, messages, text, timeline
from engine.feel.values import DECIMALS, Function, Range, Value, YearsMonths, is_integral
from engine.feel.wide import WideDate, WideDateTime, WideDays, WideTime

_WIDE = (WideDate, WideTime, WideDateTime, WideDays)
_SAME = (str, bool, type(None), dt.date, dt.time, dt.timedelta, *_WIDE, YearsMonths, Range, Function)
_READY = frozenset([str, bool, type(None), dt.date, YearsMonths])  # types whose values need no look at all
_SAFE = 10**limits.DIGITS  # whole numbers below are exact
_NAMED_LEVELS = 3  # how deep names of nested data are collected
_MISSING = object()
_CHILDLESS = frozenset([str, int, float, Decimal, *_READY])
_ORDINARY: set[object] = set()  # names met before that the lexer recognises by itself
_ORDINARY_KEPT = 8192


def to_feel(value: object) -> Value:
    """Data as a FEEL value: int and float (by its shortest text) become Decimal, tuples lists, mappings contexts.

    FEEL values stay as they are. Raises FeelError for anything else, and for numbers beyond 34 digits or not finite.
    """
    try:
        return _converted(value, "")
    except RecursionError:
        raise errors.FeelLimit(messages.TOO_DEEP) from None


def from_feel(value: Value) -> Value:
    """A FEEL value as data: whole numbers become int, others stay Decimal; dates, times, durations and ranges text.

    Raises FeelError for functions and FeelLimit for results too large to be data.
    """
    try:
        return _Exporter().export(value)
    except RecursionError:
        raise errors.FeelLimit(messages.TOO_DEEP) from None


def as_datetime(value: Value) -> dt.date | dt.time | dt.timedelta | None:
    """A date, time, date and time, or days and time duration as Python's datetime has it, cut to microseconds.

    None for anything else, and for what lies outside datetime's years.
    """
    try:
        return timeline.narrowed(value)
    except (ValueError, OverflowError):
        return None


class Facts(Mapping[str, Value]):
    """Data as the outermost scope: each name is converted when it is first read.

    Made once, it can serve many expressions over the same data (the cells of a decision table).
    """

    _special: tuple[str, ...] | None = None

    def __init__(self, data: Mapping[str, object]) -> None:
        self._data = data
        self._converted: dict[str, Value] = {}

    def __getitem__(self, name: str) -> Value:
        found = self.get(name, _MISSING)
        if found is _MISSING:
            raise KeyError(name)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._data)

    def __len__(self) -> int:
        return len(self._data)

    def get(self, name: str, default: Value = None) -> Value:
        """The value of a name, `default` when there is none."""
        value = self._data.get(name, _MISSING)
        if type(value) in _READY:
            return value
        if value is _MISSING:
            return default
        found = self._converted.get(name, _MISSING)
        if found is _MISSING:
            found = self._converted[name] = _converted(value, name)
        return found

    @property
    def special_names(self) -> tuple[str, ...]:
        """The names, also of nested data, that the lexer cannot recognise without knowing them."""
        if self._special is None:
            found = _special(self._data, _NAMED_LEVELS)
            self._special = tuple(sorted(set(found))) if found else ()
        return self._special


def _special(data: Mapping[str, object], levels: int) -> list[str]:
    # Looked at for every evaluation of a text: names and values of no interest must cost next to nothing.
    found = [] if _ORDINARY.issuperset(data) else [name for name in data if name not in _ORDINARY and _is_special(name)]
    if levels:
        for value in [value for value in data.values() if type(value) not in _CHILDLESS]:
            inner = value[0] if isinstance(value, list) and value else value
            if isinstance(inner, Mapping):
                found += _special(inner, levels - 1)
    return found


def _is_special(name: object) -> bool:
    if isinstance(name, str) and lexer.must_be_known(name):
        return True
    if len(_ORDINARY) >= _ORDINARY_KEPT:
        _ORDINARY.clear()
    _ORDINARY.add(name)
    return False


class _Unfit(Exception):
    """A value that is no FEEL value; the names on the way to it are gathered from the inside."""

    def __init__(self, value: object) -> None:
        super().__init__()
        self.type = type(value).__name__
        self.path: list[str] = []

    def refusal(self) -> errors.FeelError:
        """What the caller is told."""
        return errors.FeelError(messages.NOT_FEEL, path=".".join(reversed(self.path)), type=self.type)


def _converted(value: object, name: str) -> Value:
    try:
        return _to_feel(value)
    except _Unfit as unfit:
        unfit.path += [name] if name else []
        raise unfit.refusal() from None


def _to_feel(value: object) -> Value:
    if type(value) is int and -_SAFE < value < _SAFE:
        return Decimal(value)
    if isinstance(value, _SAME):
        return value
    if isinstance(value, int | float | Decimal):
        return _number(value)
    if isinstance(value, Mapping):
        return _context(value)
    if isinstance(value, list | tuple):
        return [inner if type(inner) in _READY else _to_feel(inner) for inner in value]
    raise _Unfit(value)


def _context(value: Mapping[object, object]) -> dict[str, Value]:
    made: dict[str, Value] = {}
    for key, inner in value.items():
        if not isinstance(key, str):
            raise _Unfit(value)
        try:
            made[key] = inner if type(inner) in _READY else _to_feel(inner)
        except _Unfit as unfit:
            unfit.path.append(key)
            raise
    return made


def _number(value: int | float | Decimal) -> Decimal:
    try:
        exact = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
        rounded = DECIMALS.create_decimal(exact)
    except DecimalException:
        raise _Unfit(value) from None
    if not rounded.is_finite() or rounded != exact:
        raise _Unfit(value)
    return rounded


class _Exporter:
    """Counts what it writes, because a list can hold the same long list many times."""

    def __init__(self) -> None:
        self.entries = 0

    def export(self, value: Value) -> Value:
        self.entries += 1
        if self.entries > limits.LIST:
            raise errors.FeelLimit(messages.LIST_TOO_LONG, limit=limits.LIST)
        if isinstance(value, Decimal):
            return int(value) if is_integral(value) and value.adjusted() < limits.DIGITS else value
        if isinstance(value, list):
            return [self.export(inner) for inner in value]
        if isinstance(value, dict):
            return {key: self.export(inner) for key, inner in value.items()}
        return _export_scalar(value)


def _write_wide(value: WideDate | WideDateTime | WideTime) -> str:
    """As isoformat() would write it: with the offset, not the name of the zone."""
    day = "" if isinstance(value, WideTime) else text.write_date(value)
    time = "" if isinstance(value, WideDate) else text.write_time(value, named=False)
    return day + ("T" if day and time else "") + time


def _export_scalar(value: Value) -> Value:
    if isinstance(value, dt.timedelta | WideDays | YearsMonths):
        return text.write_duration(value)
    if isinstance(value, dt.time) and value.tzinfo is not None and value.utcoffset() is None:
        return text.write_time(value)  # a named zone: without a date it has no offset that ISO could write
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, WideDate | WideDateTime | WideTime):
        return _write_wide(value)
    if isinstance(value, Range):
        return text.write(value)
    if isinstance(value, Function):
        raise errors.FeelError(messages.NOT_DATA)
    return value
