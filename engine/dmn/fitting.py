"""Fitting values to types where the model says them, never silently."""

from engine.dmn import messages
from engine.dmn.frame import frame_of
from engine.dmn.language import Scope, Value
from engine.dmn.types import Any_, Limited, Named, Type, conforms, fit, plain, shown
from engine.feel import text
from engine.feel.run import kinds


def none(_scope: Scope) -> None:
    """The logic of what has none."""


def fitted(value: Value, wanted: Type, scope: Scope, line: int, name: str) -> Value:
    """The value as its type wants it; null with a warning when it does not fit."""
    if value is None:
        return None
    if isinstance(wanted, Any_):
        if wanted.unknown:
            frame_of(scope.run).warn(messages.UNCHECKED, line, name=name, type=wanted.unknown)
        return value
    found = fit(value, wanted, scope.run)
    if found is None:
        _say_why(value, wanted, scope, line, name)
    return found


def brief(value: Value) -> str:
    """A value as a message shows it."""
    written = f'"{value}"' if isinstance(value, str) else str(text.write(value))
    return written if len(written) <= 40 else written[:40] + "…"


def _say_why(value: Value, wanted: Type, scope: Scope, line: int, name: str) -> None:
    frame = frame_of(scope.run)
    limited = _is_limited(wanted) and conforms(value, plain(wanted), scope.run)
    zh, en = shown(wanted)
    if limited:
        frame.fail(messages.NOT_ALLOWED, line, name=name, value=brief(value), type=zh.strip("「」"))
    else:
        facts = {"type": zh, "type_en": en, **kinds(found=value)}
        frame.fail(messages.NOT_OF_TYPE, line, name=name, **facts)


def _is_limited(wanted: Type) -> bool:
    if isinstance(wanted, Named):
        return isinstance(wanted.book.named(wanted.name), Limited)
    return isinstance(wanted, Limited)
