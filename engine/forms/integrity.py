"""What holds of a whole form, or of a row: sources beside derived fields, keys apart, conditions that end."""

from collections.abc import Mapping
from dataclasses import replace
from graphlib import CycleError

from engine.forms import lines
from engine.forms.model import Field, FieldDefinition, Form
from engine.forms.shape import Reading


def complete(reading: Reading, form: Form, dictionary: Mapping[str, FieldDefinition]) -> Form:
    """The form with the source of each derived field filled in; whatever is wrong is noted in `reading`."""
    form = _derived(reading, form, dictionary)
    _keys_are_apart(reading, form)
    _conditions_end(reading, form)
    return form


def _derived(reading: Reading, form: Form, dictionary: Mapping[str, FieldDefinition]) -> Form:
    """The form with the source of each derived field filled in: the one beside it that refers to the source's entry."""
    sources = {
        f.key: [o.key for o in form.fields if o.definition == dictionary[f.definition].source_field and _beside(o, f)]
        for f in form.fields
        if f.derive
    }
    for key, found in sources.items():
        if len(found) != 1:
            zh, en = f"旁边有 {len(found)} 个来源字段", f"there are {len(found)} source fields beside it"
            reading.refuse("form-derive", _line(reading, key), key=key, why_zh=zh, why=en)
    filled = {key: found[0] for key, found in sources.items() if len(found) == 1}
    sections = [
        replace(s, fields=tuple(replace(f, derived_from=filled.get(f.key, "")) for f in s.fields))
        for s in form.sections
    ]
    return replace(form, sections=tuple(sections))


def _beside(one: Field, other: Field) -> bool:
    """Whether two keys differ in their last part only, as `groom.id_number` and `groom.sex`."""
    return one.key.rpartition(".")[0] == other.key.rpartition(".")[0]


def _keys_are_apart(reading: Reading, form: Form) -> None:
    seen: set[str] = set()
    for field in (f for section in form.sections for f in section.fields):
        if field.anchor in seen:
            reading.refuse("form-key-twice", _line(reading, field.key), key=field.anchor)
        seen.add(field.anchor)
    for key in sorted(form.keys):
        inner = next((other for other in sorted(form.keys) if other.startswith(key + ".")), None)
        if inner:
            reading.refuse("form-key-nested", _line(reading, key), key=key, other=inner)


def _conditions_end(reading: Reading, form: Form) -> None:
    try:
        form.order  # noqa: B018  computing it is the check
    except CycleError as cycle:
        keys = list(dict.fromkeys(cycle.args[1]))
        reading.refuse("form-hide-cycle", _line(reading, keys[0]), keys=", ".join(keys))


def _line(reading: Reading, key: str) -> int:
    """Where a field's key stands, or the path of a list."""
    last = key.rpartition(".")[2]
    places = (lines.line_of_json(reading.text, text, name) for name in ("key", "path") for text in (key, last))
    return next(filter(None, places), 0)
