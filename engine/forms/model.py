"""What a form is, as values."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from graphlib import TopologicalSorter

from engine import feel
from engine.forms.measures import MEASURES


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
    LIST = "dynamiclist"
    TEXT = "text"


class Secrecy(StrEnum):
    """How a value is masked for those who need not know it."""

    ID = "id"
    PHONE = "phone"
    NAME = "name"
    ADDRESS = "address"
    ACCOUNT = "account"
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
class Rows:
    """What each row of a list asks (keys are those inside the row), and how many rows there may be.

    `first` rows are shown before anybody adds one; `fixed` rows can be corrected, but none added or taken away.
    """

    form: "Form"
    least: int = 0
    most: int = 30
    first: int = 1
    fixed: bool = False


@dataclass(frozen=True)
class Field:
    """One question. `key` is dotted (`groom.name`) and empty for static text, whose words are the label.

    `mark` identifies static text; `anchor` is what `visible` names. `derived_from` is the key of the field a derived
    value comes from; `value` computes it from other answers; `definition` is the dictionary entry, if any. `rows` are
    those of a list, whose answer is a list of contexts.
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
    value: feel.Expression | None = None
    rows: Rows | None = None

    @property
    def anchor(self) -> str:
        """What `visible` calls this field: its key, or the mark of static text."""
        return self.key or self.mark

    @property
    def locked(self) -> bool:
        """Whether the value is computed and cannot be typed."""
        return bool(self.derive or self.value)

    @property
    def unit(self) -> str:
        """What a number is counted in, as a message id; empty for a bare number."""
        return MEASURES[self.check].unit if self.check in MEASURES else ""

    @property
    def reads(self) -> frozenset[str]:
        """Dotted names its condition, its value and its rows read; those of its own rows are not among them."""
        inner = self.rows.form.reads if self.rows else frozenset()
        return names_of(self.hide) | names_of(self.value) | inner


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
    def names(self) -> frozenset[str]:
        """What FEEL may call the answers: every key, and `members.income` for what the rows of `members` hold."""
        inner = {f"{f.key}.{name}" for f in self.fields if f.rows for name in f.rows.form.names}
        return self.keys | inner

    @cached_property
    def reads(self) -> frozenset[str]:
        """Names the form reads and does not ask."""
        read = (name for section in self.sections for f in section.fields for name in f.reads)
        return frozenset(name for name in read if not any(_touches(name, key) for key in self.keys))

    def at(self, address: str) -> Field | None:
        """The field an answer was posted for: `groom.name`, or `members.2.income` in a row of a list."""
        if address in self.by_key:
            return self.by_key[address]
        for field in self.fields:
            if field.rows and address.startswith(f"{field.key}."):
                mark, _, key = address.removeprefix(f"{field.key}.").partition(".")
                return field.rows.form.at(key) if mark.isdecimal() else None
        return None

    @cached_property
    def order(self) -> tuple[str, ...]:
        """Keys so that a field comes after those its condition or its value depends on.

        Raises `graphlib.CycleError` when conditions wait for each other; `read` and `combine` refuse such a form.
        """
        return tuple(TopologicalSorter({f.key: self._needs(f) for f in self.fields}).static_order())

    def _needs(self, field: Field) -> set[str]:
        needs = {key for name in field.reads for key in self.keys if _touches(name, key)}
        return needs | ({field.derived_from} if field.derived_from else set())


EMPTY = Form("", "", ())


def names_of(expression: feel.Expression | None) -> frozenset[str]:
    """The dotted names an expression reads, or may read in a filter; none without an expression."""
    return expression.names | expression.filter_names if expression else frozenset()


def _touches(name: str, key: str) -> bool:
    return name == key or name.startswith(key + ".") or key.startswith(name + ".")
