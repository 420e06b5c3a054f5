"""The facts of a case: the document FEEL reads (engine/README.md), made and compared."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from engine.catalog.pack import Pack


def facts_at_start(
    pack: Pack, answers: Mapping[str, Any], items: Sequence[str], number: str, area: str, on: date
) -> dict[str, Any]:
    """The facts on the day of acceptance; `answers` are those of the situation and the application, nested.

    Raises PackInvalid when a parameter of the pack has no value on that day yet.
    """
    return {
        **answers,
        **{item.code: {"applies": item.code in items} for item in pack.items},
        "parameters": pack.parameters_on(on),
        "case": {"number": number, "area": area, "accepted_on": on.isoformat()},
    }


def result_of(pack: Pack, code: str, facts: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """What an item's result says: its name under an empty label, then the labels of its fields with their values."""
    result = pack.item(code).result
    if result is None:
        return ()
    said = ((key, _value_at(facts, f"{code}.{key}")) for key in (result.number, result.issued, result.until) if key)
    labels = {field.key: field.label for form in pack.forms.values() for field in form.fields}
    return (("", result.name), *((labels.get(key, key), str(value)) for key, value in said if value))


def differing(facts: Mapping[str, Any], changes: Mapping[str, Any]) -> frozenset[str]:
    """Dotted keys of `changes` under which the facts hold something else."""
    return frozenset(key for key, value in _leaves(changes, "") if _value_at(facts, key) != value)


def _value_at(facts: Mapping[str, Any], key: str) -> Any:
    """What the facts hold under a dotted key; None when nothing."""
    found: Any = facts
    for part in key.split("."):
        found = found.get(part) if isinstance(found, Mapping) else None
    return found


def _leaves(document: Mapping[str, Any], prefix: str) -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = []
    for key, value in document.items():
        found += _leaves(value, f"{prefix}{key}.") if isinstance(value, Mapping) else [(prefix + key, value)]
    return found
