"""The border between JSON-like data and FEEL values. Nothing changes silently: what cannot cross exactly is refused."""

import datetime as dt
from collections.abc import Iterator, Mapping
from decimal import Decimal, DecimalException

from engine.feel import errors, lexer, limits, messages, text
from engine.feel.values import DECIMALS, Function, Range, Value, YearsMonths, is_integral

_SAME = (str, bool, type(None), dt.date, dt.time, dt.timedelta, YearsMonths, Range, Function)
_NAMED_LEVELS = 3  # how deep names of nested data are collected
_MISSING = object()


def to_feel(value: object) -> Value:
    """Data as a FEEL value: int and float (by its shortest text) become Decimal, tuples lists, mappings contexts.

    FEEL values stay as they are. Raises FeelError for anything else, and for numbers beyond 34 digits or not finite.
    """
    try:
        return _to_feel(value, "")
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


class Facts(Mapping[str, Value]):
    """Data as the outermost scope: each name is converted when it is first read.

    Made once, it can serve many expressions over the same data (the cells of a decision table).
    """

    def __init__(self, data: Mapping[str, object]) -> None:
        self._data = data
        self._converted: dict[str, Value] = {}
        self._special: tuple[str, ...] | None = None

    def __getitem__(self, name: str) -> Value:
        if name not in self._converted:
            self._converted[name] = _to_feel(self._data[name], name)
        return self._converted[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._data)

    def __len__(self) -> int:
        return len(self._data)

    def get(self, name: str, default: Value = None) -> Value:
        """The value of a name, `default` when there is none."""
        found = self._converted.get(name, _MISSING)
        if found is not _MISSING:
            return found
        return self[name] if name in self._data else default

    @property
    def special_names(self) -> tuple[str, ...]:
        """The names, also of nested data, that the lexer cannot recognise without knowing them."""
        if self._special is None:
            self._special = tuple(sorted(set(_special(self._data, _NAMED_LEVELS))))
        return self._special


def _special(data: Mapping[str, object], levels: int) -> Iterator[str]:
    for name, value in data.items():
        if isinstance(name, str) and lexer.must_be_known(name):
            yield name
        inner = value[0] if isinstance(value, list) and value else value
        if isinstance(inner, Mapping) and levels:
            yield from _special(inner, levels - 1)


def _to_feel(value: object, path: str) -> Value:
    if isinstance(value, _SAME):
        return value
    if isinstance(value, int | float | Decimal):
        return _number(value, path)
    if isinstance(value, Mapping):
        if not all(isinstance(key, str) for key in value):
            raise _not_feel(value, path)
        return {key: _to_feel(inner, f"{path}.{key}") for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_to_feel(inner, path) for inner in value]
    raise _not_feel(value, path)


def _number(value: int | float | Decimal, path: str) -> Decimal:
    try:
        exact = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
        rounded = DECIMALS.create_decimal(exact)
    except DecimalException:
        raise _not_feel(value, path) from None
    if not rounded.is_finite() or rounded != exact:
        raise _not_feel(value, path)
    return rounded


def _not_feel(value: object, path: str) -> errors.FeelError:
    return errors.FeelError(messages.NOT_FEEL, path=path.strip("."), type=type(value).__name__)


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


def _export_scalar(value: Value) -> Value:
    if isinstance(value, dt.timedelta | YearsMonths):
        return text.write_duration(value)
    if isinstance(value, dt.time) and value.tzinfo is not None and value.utcoffset() is None:
        return text.write_time(value)  # a named zone: without a date it has no offset that ISO could write
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, Range):
        return text.write(value)
    if isinstance(value, Function):
        raise errors.FeelError(messages.NOT_DATA)
    return value
