"""What a form is, as values."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from graphlib import TopologicalSorter

from engine import feel


class FieldType(StrEnum):
    """The form-js component types that are executed; every other one is refused."""

    TEXTFIELD = "textfield"
    TEXTAREA = "textarea"
    NUMBER = "number"
    DATE = "datetime"
    SELECT = "select"
    RADIO = "radio"
    CHECKBOX = "checkbox"
    CHECKLIST = "checklist"
    TEXT = "text"


class Secrecy(StrEnum):
    """How a value is masked for those who need not know it."""

    ID = "id"
    PHONE = "phone"
    NAME = "name"
    ADDRESS = "address"
    NONE = "none"


CHOICE_TYPES = frozenset({FieldType.SELECT, FieldType.RADIO, FieldType.CHECKLIST})


@dataclass(frozen=True)
class Choice:
    """One thing to choose: what is stored and what is read."""

    value: str
    label: str
    en: str = ""


@dataclass(frozen=True)
class FieldDefinition:
    """An entry of the field dictionary: what a field is, whichever form asks for it.

    `source_field` is the dictionary entry a derived value is computed from (`from` in the file).
    """

    name: str
    label: str
    type: FieldType
    en: str = ""
    check: str = ""
    secrecy: Secrecy = Secrecy.NONE
    source: str = ""
    derive: str = ""
    source_field: str = ""
    help: str = ""
    help_en: str = ""
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True)
class Field:
    """One question. `key` is dotted (`groom.name`) and empty for static text, whose words are the label.

    `mark` identifies static text; `anchor` is what `visible` names. `derived_from` is the key of the field a derived
    value comes from; `definition` the dictionary entry, if any.
    """

    key: str
    type: FieldType
    label: str
    required: bool = False
    choices: tuple[Choice, ...] = ()
    min: Decimal | None = None
    max: Decimal | None = None
    min_length: int | None = None
    max_length: int | None = None
    decimals: int = 2
    pattern: str = ""
    pattern_message: str = ""
    default: str | bool | tuple[str, ...] | None = None
    help: str = ""
    hide: feel.Expression | None = None
    check: str = ""
    derive: str = ""
    derived_from: str = ""
    secrecy: Secrecy = Secrecy.NONE
    source: str = ""
    definition: str = ""
    columns: int | None = None
    mark: str = ""

    @property
    def anchor(self) -> str:
        """What `visible` calls this field: its key, or the mark of static text."""
        return self.key or self.mark

    @property
    def locked(self) -> bool:
        """Whether the value is computed and cannot be typed."""
        return bool(self.derive)


@dataclass(frozen=True)
class Section:
    """Fields shown together, while one of them is. `path` is the first part of their keys, or empty."""

    path: str
    label: str
    fields: tuple[Field, ...]


@dataclass(frozen=True)
class Form:
    """A form as it is asked, top to bottom."""

    id: str
    title: str
    sections: tuple[Section, ...]

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """The questions of all sections, in order, without static text."""
        return tuple(f for section in self.sections for f in section.fields if f.key)

    @cached_property
    def keys(self) -> frozenset[str]:
        """The keys of all questions."""
        return frozenset(self.by_key)

    @cached_property
    def by_key(self) -> Mapping[str, Field]:
        """Questions by key."""
        return {f.key: f for f in self.fields}

    @cached_property
    def order(self) -> tuple[str, ...]:
        """Keys so that a field comes after those its condition or its value depends on.

        Raises `graphlib.CycleError` when conditions wait for each other; `read` and `combine` refuse such a form.
        """
        return tuple(TopologicalSorter({f.key: self._needs(f) for f in self.fields}).static_order())

    def _needs(self, field: Field) -> set[str]:
        needs = {key for name in names_of(field.hide) for key in self.keys if _touches(name, key)}
        return needs | ({field.derived_from} if field.derived_from else set())


EMPTY = Form("", "", ())


def names_of(expression: feel.Expression | None) -> frozenset[str]:
    """The dotted names an expression reads; none without an expression."""
    return expression.names if expression else frozenset()


def _touches(name: str, key: str) -> bool:
    return name == key or name.startswith(key + ".") or key.startswith(name + ".")
