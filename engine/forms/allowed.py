"""What a component lets people answer: limits, choices and the value it starts with."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from engine.forms import clean, lines, patterns
from engine.forms.clean import Wrong
from engine.forms.derive import VALUES
from engine.forms.measures import MEASURES, Measure
from engine.forms.model import CHOICE_TYPES, Choice, FieldDefinition, FieldType
from engine.forms.shape import Reading

LIMITS: Mapping[FieldType, frozenset[str]] = {
    FieldType.TEXTFIELD: frozenset({"minLength", "maxLength", "pattern", "patternErrorMessage", "validationType"}),
    FieldType.TEXTAREA: frozenset({"minLength", "maxLength"}),
    FieldType.NUMBER: frozenset({"min", "max"}),
}
LENGTHS = {FieldType.TEXTFIELD: 200, FieldType.TEXTAREA: 2000}
MOST_DECIMALS = 10


def limits(
    reading: Reading, component: Mapping[str, Any], kind: FieldType, key: str, check: str, line: int
) -> dict[str, Any]:
    """Keyword arguments of `Field` from `validate`, `decimalDigits` and what the number counts (`check`)."""
    validate = reading.table(component, "validate", key, line)
    reading.only(validate, LIMITS.get(kind, frozenset()) | {"required"}, f"{key} validate", line)
    if validate.get("validationType", "custom") not in ("", "custom"):
        reading.refuse("unknown-key", line, where=key, property="validationType", known="custom")
    found: dict[str, Any] = {
        "required": reading.boolean(validate, "required", key, line),
        "min": _number(reading, validate, "min", key, line),
        "max": _number(reading, validate, "max", key, line),
        "min_length": reading.integer(validate, "minLength", key, line),
        "max_length": reading.integer(validate, "maxLength", key, line),
        "pattern": reading.string(validate, "pattern", key, line),
        "pattern_message": reading.plain(validate, "patternErrorMessage", key, line),
    }
    if found["max_length"] is None:
        found["max_length"] = LENGTHS.get(kind)
    for low, high in (("min", "max"), ("min_length", "max_length")):
        if found[low] is not None and found[high] is not None and found[low] > found[high]:
            reading.refuse("form-limits", line, key=key, why=f"{found[low]} > {found[high]}")
    why = patterns.fault(found["pattern"])
    if why:
        reading.refuse("form-pattern", lines.line_of_json(reading.text, found["pattern"]), key=key, why=why)
    return _measured(found | {"decimals": _decimals(reading, component, key, line)}, MEASURES.get(check), component)


def _measured(found: dict[str, Any], measure: Measure | None, component: Mapping[str, Any]) -> dict[str, Any]:
    """The limits, no wider than what the number counts allows."""
    if measure is None:
        return found
    least, most = Decimal(measure.least), found["max"]
    if measure.most is not None:
        most = min(Decimal(measure.most), most) if most is not None else Decimal(measure.most)
    decimals = min(measure.decimals, found["decimals"]) if "decimalDigits" in component else measure.decimals
    return found | {"min": max(least, found["min"] or least), "max": most, "decimals": decimals}


def choices(
    reading: Reading,
    component: Mapping[str, Any],
    kind: FieldType,
    key: str,
    definition: FieldDefinition | None,
    line: int,
) -> tuple[Choice, ...]:
    """The choices the form lists, else those of the dictionary."""
    if kind not in CHOICE_TYPES:
        return ()
    known = definition.choices if definition else ()
    entries = reading.objects(component, "values", key, line)
    for entry in entries:
        reading.only(entry, {"label", "value"}, f"{key} values", line)
    own = tuple(Choice(reading.string(e, "value", key, line), reading.plain(e, "label", key, line)) for e in entries)
    offered = own or known
    why = _wrong_choices(offered, known, definition)
    if why:
        reading.refuse("form-choices", line, key=key, why_zh=why[0], why=why[1])
    return offered


def default(
    reading: Reading, component: Mapping[str, Any], kind: FieldType, offered: tuple[Choice, ...], line: int
) -> str | bool | tuple[str, ...] | None:
    """What the field holds before anybody types, as the field itself would accept it."""
    value = component.get("defaultValue")
    if value is None:
        return None
    if kind is FieldType.NUMBER and isinstance(value, int | Decimal) and not isinstance(value, bool):
        value = str(value)
    if not _is_acceptable(value, component, kind, {choice.value for choice in offered}):
        reading.refuse("form-default", line, key=component.get("key"))
        return None
    return tuple(value) if isinstance(value, list) else value


def _is_acceptable(value: object, component: Mapping[str, Any], kind: FieldType, offered: set[str]) -> bool:
    if kind is FieldType.CHECKBOX:
        return isinstance(value, bool)
    if kind is FieldType.CHECKLIST:
        return isinstance(value, list) and all(isinstance(one, str) and one in offered for one in value)
    if not isinstance(value, str):
        return False
    digits = component.get("decimalDigits", 2)
    try:
        clean.typed(kind, value, digits if isinstance(digits, int) else 2)
    except Wrong:
        return False
    return not offered or value in offered


def _decimals(reading: Reading, component: Mapping[str, Any], key: str, line: int) -> int:
    found = reading.integer(component, "decimalDigits", key, line)
    if found is not None and found > MOST_DECIMALS:
        reading.refuse("form-limits", line, key=key, why=f"decimalDigits {found} > {MOST_DECIMALS}")
    return 2 if found is None else found


def _number(reading: Reading, validate: Mapping[str, Any], name: str, key: str, line: int) -> Decimal | None:
    value = validate.get(name)
    if value is None or (isinstance(value, int | Decimal) and not isinstance(value, bool)):
        return None if value is None else Decimal(value)
    reading.refuse("value-type", line, where=f"{key} {name}", zh_kind="数字", kind="a number")
    return None


def _wrong_choices(
    choices: tuple[Choice, ...], known: tuple[Choice, ...], definition: FieldDefinition | None
) -> tuple[str, str] | None:
    values = [choice.value for choice in choices]
    if not choices:
        return "没有选项", "there are none"
    if not all(choice.value and choice.label for choice in choices):
        return "缺少 value 或 label", "a value or label is missing"
    if len(set(values)) < len(values):
        return "value 重复", "a value appears twice"
    strange = set(values) - {choice.value for choice in known} if known else set()
    if strange:
        return f"字典中没有 {', '.join(sorted(strange))}", f"the dictionary has no {', '.join(sorted(strange))}"
    needed = VALUES.get(definition.derive, frozenset()) if definition else frozenset()
    missing = ", ".join(sorted(needed - set(values)))
    return (f"缺少推算值 {missing}", f"the derived values {missing} are missing") if missing else None
