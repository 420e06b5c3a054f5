"""Data becoming FEEL values of the types a model wants: JSON has no dates, so texts that are dates become dates."""

from collections.abc import Callable, Mapping

from engine.dmn.language import Value
from engine.dmn.types import Fields, Kind, ListType, Type, plain
from engine.feel import temporal, to_feel
from engine.feel.values import DATE, DATE_TIME, DAYS, MONTHS, TIME, kind


def take(data: object, wanted: Type) -> Value:
    """The data as a FEEL value, with texts turned into dates, times and durations where the type says so.

    Raises FeelError for what is no FEEL value.
    """
    return _turned(to_feel(data), wanted)


def _turned(value: Value, wanted: Type) -> Value:
    target = plain(wanted)
    if isinstance(target, Kind) and isinstance(value, str) and target.name in _READERS:
        found = _READERS[target.name](value)
        return found if found is not None and kind(found) == target.name else value
    if isinstance(target, ListType) and isinstance(value, list):
        return [_turned(item, target.inner) for item in value]
    if isinstance(target, Fields) and isinstance(value, dict):
        types = dict(target.fields)
        return {name: _turned(inner, types[name]) if name in types else inner for name, inner in value.items()}
    return value


_READERS: Mapping[str, Callable[[str], Value]] = {
    DATE: temporal.parse_date,
    TIME: temporal.parse_time,
    DATE_TIME: temporal.parse_date_time,
    DAYS: temporal.parse_duration,
    MONTHS: temporal.parse_duration,
}
