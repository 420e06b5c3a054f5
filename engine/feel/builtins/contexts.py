"""Functions on contexts (DMN 1.5 table 77)."""

# ruff: noqa: D103  the table of the standard named above describes each function

from engine.feel import messages
from engine.feel.builtins.arguments import Refused, context, items, string
from engine.feel.builtins.registry import builtin
from engine.feel.run import Run
from engine.feel.values import STRING, Value, kind


@builtin("get value", "m, key", "context, key")
def get_value(entries: Value, key: Value) -> Value:
    return context(entries).get(string(key))


@builtin("get entries", "m", "context")
def get_entries(entries: Value) -> list[dict[str, Value]]:
    return [{"key": key, "value": value} for key, value in context(entries).items()]


@builtin("context", "entries")
def make_context(entries: Value) -> dict[str, Value]:
    made: dict[str, Value] = {}
    for entry in items(entries):
        pair = context(entry)
        if "key" not in pair or "value" not in pair:
            raise Refused
        key = string(pair["key"])
        if key in made:
            raise Refused(messages.REPEATED_KEY, name=key)
        made[key] = pair["value"]
    return made


@builtin("context put", "context, key, value", "context, keys, value")
def context_put(entries: Value, key: Value, value: Value) -> dict[str, Value]:
    if kind(key) == STRING:
        return {**context(entries), key: value}
    keys = [string(part) for part in items(key)]
    if not keys:
        raise Refused
    return _put(context(entries), keys, value)


@builtin("context merge", "contexts", with_run=True)
def context_merge(run: Run, contexts: Value) -> dict[str, Value]:
    merged: dict[str, Value] = {}
    for one in items(contexts):
        merged.update(context(one))
        run.made(merged)
    return merged


def _put(entries: dict[str, Value], keys: list[str], value: Value) -> dict[str, Value]:
    """The context with the value at the end of the path; every step of the path must be there already."""
    first, rest = keys[0], keys[1:]
    return {**entries, first: _put(context(entries.get(first)), rest, value) if rest else value}
