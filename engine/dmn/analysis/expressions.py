"""Types in a single expression outside a decision model, such as a condition in a drawing."""

from collections.abc import Mapping
from typing import Any

from engine.dmn.analysis import kinds
from engine.dmn.analysis.kinds import Misfit
from engine.dmn.boxed import Text
from engine.dmn.language import parsed
from engine.dmn.types import ANY, Fields, Kind, ListType, Type
from engine.feel import FeelError


def misfits(source: str, types: Mapping[str, Any]) -> tuple[Misfit, ...]:
    """Operators of a FEEL expression whose sides can never fit; none for a text that is no FEEL.

    `types` gives the type by name ("number", "string", "boolean", "date" …), a mapping for what has entries, a list of
    one type for a list, None for what nobody knows.
    """
    seen = {name: _type(told) for name, told in types.items()}
    try:
        return tuple(kinds.check(parsed(Text(source, 0), seen, tests=False), seen))
    except FeelError:
        return ()


def _type(told: Any) -> Type:
    if isinstance(told, Mapping):
        return Fields(tuple((name, _type(inner)) for name, inner in told.items()))
    if isinstance(told, list):
        return ListType(_type(told[0]))
    return Kind(told) if told else ANY
