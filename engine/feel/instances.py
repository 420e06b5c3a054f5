"""`instance of`, and fitting arguments to typed parameters (DMN 1.5 sections 10.3.2.9 and 10.3.2.13.3)."""

from engine.feel import messages, timeline
from engine.feel.run import Run
from engine.feel.tree import Type
from engine.feel.values import (
    CONTEXT,
    DATE,
    DATE_TIME,
    DAYS,
    FUNCTION,
    LABELS_ZH,
    LIST,
    MONTHS,
    RANGE,
    Function,
    Value,
    kind,
)

_OTHER_NAMES = {
    "day time duration": DAYS,
    "dayTimeDuration": DAYS,
    "yearMonthDuration": MONTHS,
    "year month duration": MONTHS,
    "years month duration": MONTHS,
    "dateTime": DATE_TIME,
}

NAMES = frozenset({"Any", "Null", *_OTHER_NAMES, *LABELS_ZH})


def instance_of(value: Value, wanted: Type, run: Run) -> bool | None:
    """`instance of`; null, with a warning, when the type is not one: unknown, or a list, context … of nothing."""
    if wanted.name in (LIST, CONTEXT, FUNCTION, RANGE) and wanted.inner is None:
        run.warn(messages.BARE_TYPE, run.position, name=wanted.name)
        return None
    if run.types is None and wanted.name not in NAMES:
        run.warn(messages.UNKNOWN_TYPE, run.position, name=wanted.name)
        return None
    return is_instance(value, wanted, run)


def is_instance(value: Value, wanted: Type, run: Run) -> bool:
    """Whether a value is of a type; null is only of type Null."""
    name = _OTHER_NAMES.get(wanted.name, wanted.name)
    if name == "Any":
        return value is not None
    if name == "Null" or value is None:
        return name == "Null" and value is None
    if name in LABELS_ZH:
        return kind(value) == name and _inner_fits(value, name, wanted, run)
    if run.types is None:
        run.warn(messages.UNKNOWN_TYPE, run.position, name=name)
        return False
    return run.types.conforms(value, name)


def fit(value: Value, wanted: Type, run: Run) -> Value:
    """The value as the type wants it: one entry for a list of one and the other way round; None when it cannot be."""
    if wanted.name == "Any" or is_instance(value, wanted, run):
        return value
    is_list = isinstance(value, list)
    if is_list and len(value) == 1 and wanted.name != LIST and is_instance(value[0], wanted, run):
        return value[0]
    if not is_list and wanted.name == LIST and is_instance([value], wanted, run):
        return [value]
    if wanted.name == DATE_TIME and kind(value) == DATE:
        return timeline.utc_midnight(value)
    return None


def _inner_fits(value: Value, name: str, wanted: Type, run: Run) -> bool:
    if wanted.inner is None:
        return True
    if name == CONTEXT:
        run.spend(1)
        pairs = zip(wanted.keys, wanted.inner, strict=True)
        return all(key in value and _null_or(value[key], inner, run) for key, inner in pairs)
    if name == FUNCTION:
        return not isinstance(value, Function) or len(value.parameters) == len(wanted.inner)
    inner = wanted.inner[0]
    if name == RANGE:
        return _null_or(value.start, inner, run) and _null_or(value.end, inner, run)
    run.spend(2 + len(value) // 2)
    return all(_null_or(item, inner, run) for item in value)


def _null_or(value: Value, wanted: Type, run: Run) -> bool:
    return value is None or is_instance(value, wanted, run)
