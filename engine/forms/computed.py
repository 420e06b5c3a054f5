"""A form-js `expression` component → a field nobody types: its value is FEEL over the other answers.

The dictionary entry it names says what it is called and of what type its value is.
"""

from collections.abc import Mapping
from typing import Any

from engine.forms import component as components
from engine.forms.component import COMMON, OWN, Place
from engine.forms.model import Field, FieldDefinition, FieldType
from engine.forms.shape import Reading

TYPE = "expression"
KNOWN = COMMON | {"key", "expression", "computeOn", "label"}
TYPES = frozenset({FieldType.TEXTFIELD, FieldType.NUMBER, FieldType.DATE, FieldType.CHECKBOX})


def read(
    reading: Reading, component: Mapping[str, Any], dictionary: Mapping[str, FieldDefinition], place: Place
) -> Field | None:
    """The field, or None after noting why not."""
    line, where = components.line_of(reading, component), components.where_of(component)
    reading.only(component, KNOWN, where, line)
    own = reading.table(component, "properties", where, line)
    reading.only(own, OWN - {"check"}, f"{where} properties", line)
    key = components.key_of(reading, component, place.path, line)
    definition = components.definition_of(reading, own, dictionary, where, line)
    source = reading.string(component, "expression", where, line)
    value = components.expression(reading, source)
    if not source:
        reading.refuse("form-computed", line, key=key)
    if definition is None or definition.type not in TYPES:
        if definition or not own.get("field"):
            reading.refuse("form-computed-entry", line, key=key, known=", ".join(sorted(TYPES)))
        return None
    return Field(
        key=key,
        type=definition.type,
        label=reading.plain(component, "label", where, line) or definition.label,
        help=definition.help,
        hide=components.hidden(reading, component, place.hide),
        check=definition.check,
        secrecy=definition.secrecy,
        definition=definition.name,
        columns=components.columns(reading, component, where, line),
        value=value,
    )
