"""The field dictionary: `forms/fields.toml`."""

import tomllib
from collections.abc import Mapping
from typing import Any

from engine.errors import PackInvalid
from engine.forms import lines
from engine.forms.checks import CHECKS
from engine.forms.derive import DERIVATIONS, VALUES
from engine.forms.model import CHOICE_TYPES, Choice, FieldDefinition, FieldType, Secrecy
from engine.forms.shape import Reading

KNOWN = frozenset({"label", "en", "type", "check", "secrecy", "source", "derive", "from", "help", "help_en", "choices"})
TYPES = frozenset(FieldType) - {FieldType.TEXT, FieldType.LIST}


def read_dictionary(toml_text: str, name: str = "forms/fields.toml") -> Mapping[str, FieldDefinition]:
    """Definitions by entry name. Raises PackInvalid naming every wrong entry with its line."""
    reading = Reading(name, toml_text)
    document = _parse(reading)
    entries = {key: _entry(reading, key, table, document) for key, table in document.items()}
    if reading.findings:
        raise PackInvalid(reading.findings)
    return {key: entry for key, entry in entries.items() if entry}


def _parse(reading: Reading) -> dict[str, Any]:
    try:
        return tomllib.loads(reading.text)
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        reading.refuse("fields-toml", line_in(error), why=error)
        raise PackInvalid(reading.findings) from None


def line_in(error: BaseException) -> int:
    """The line a TOML error names, 0 when it names none (the end of the file)."""
    words = str(error).partition("(at line ")[2].partition(",")[0]
    return int(words) if words.isdigit() else 0


def _entry(reading: Reading, name: str, table: Any, document: Mapping[str, Any]) -> FieldDefinition | None:
    line = lines.line_of(reading.text, f'["{name}"]') or lines.line_of(reading.text, f"[{name}]")
    why = _why_not(table, document)
    if why:
        reading.refuse("fields-entry", line, name=name, why_zh=why[0], why=why[1], known=", ".join(sorted(KNOWN)))
        return None
    return FieldDefinition(
        name=name,
        type=FieldType(table["type"]),
        secrecy=Secrecy(table.get("secrecy", "none")),
        source_field=table.get("from", ""),
        choices=tuple(Choice(c["value"], c["label"], c.get("en", "")) for c in table.get("choices", ())),
        **{key: table.get(key, "") for key in ("label", "en", "check", "source", "derive", "help", "help_en")},
    )


def _why_not(table: Any, document: Mapping[str, Any]) -> tuple[str, str] | None:
    if not isinstance(table, dict):
        return "不是一个表", "it is not a table"
    for reason in (_bad_keys, _bad_choices, _bad_values):
        why = reason(table)
        if why:
            return why
    return _bad_source(table, document)


def _bad_keys(table: Mapping[str, Any]) -> tuple[str, str] | None:
    unknown = sorted(set(table) - KNOWN)
    if unknown:
        return f"未知的键 {', '.join(unknown)}", f"unknown keys {', '.join(unknown)}"
    not_text = sorted(k for k in table if k != "choices" and not isinstance(table[k], str))
    if not_text:
        return f"{', '.join(not_text)} 须为文本", f"{', '.join(not_text)} must be text"
    missing = [key for key in ("label", "en", "type") if not table.get(key)]
    return (f"缺少 {', '.join(missing)}", f"{', '.join(missing)} is missing") if missing else None


def _bad_choices(table: Mapping[str, Any]) -> tuple[str, str] | None:
    choices = table.get("choices", [])
    if not isinstance(choices, list) or not all(_is_choice(choice) for choice in choices):
        return "choices 的每项须有 value、label，可有 en", "each of choices needs value and label, and may have en"
    values = [choice["value"] for choice in choices]
    if len(set(values)) < len(values):
        return "choices 的 value 重复", "a value of choices appears twice"
    if choices and table["type"] not in CHOICE_TYPES:
        return "该类型没有选项", "this type has no choices"
    return None


def _is_choice(choice: object) -> bool:
    return (
        isinstance(choice, dict)
        and set(choice) <= {"value", "label", "en"}
        and bool(choice.get("value"))
        and bool(choice.get("label"))
        and all(isinstance(text, str) for text in choice.values())
    )


def _bad_values(table: Mapping[str, Any]) -> tuple[str, str] | None:
    allowed: dict[str, Mapping[str, Any] | frozenset[str]] = {
        "type": frozenset(TYPES),
        "check": CHECKS,
        "secrecy": frozenset(Secrecy),
        "derive": DERIVATIONS,
    }
    for key, known in allowed.items():
        if key in table and table[key] not in known:
            names = ", ".join(sorted(known))
            return f"{key} “{table[key]}”未知，可用：{names}", f"{key} {table[key]!r} is unknown; use one of {names}"
    check = table.get("check")
    if check and CHECKS[check][0] != table["type"]:
        return f"校验 {check} 不适用于 {table['type']}", f"the check {check} is not made for a {table['type']}"
    return None


def _bad_source(table: Mapping[str, Any], document: Mapping[str, Any]) -> tuple[str, str] | None:
    how, source = table.get("derive"), table.get("from")
    if bool(how) != bool(source):
        return "derive 与 from 须同时出现", "derive and from go together"
    if not how:
        return None
    entry = document.get(source) if isinstance(source, str) else None
    if not isinstance(entry, dict) or entry.get("check") != "cn.ric":
        return f"from “{source}”须是校验为 cn.ric 的条目", f"from {source!r} must be an entry with the check cn.ric"
    offered = {choice["value"] for choice in table.get("choices", ())}
    missing = sorted(VALUES.get(how, frozenset()) - offered) if table["type"] in CHOICE_TYPES else []
    return (f"choices 缺少 {', '.join(missing)}", f"choices lack {', '.join(missing)}") if missing else None
