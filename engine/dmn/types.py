"""The types of a model, whether a value is of one, and fitting a value to one (DMN 1.5 sections 7.3.2, 10.3.2.9).

Null is of every type. A value that does not fit becomes null; whoever fits it says so with a warning.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from engine.dmn import limits
from engine.dmn.language import Evaluate, Function, Run, Scope, Value
from engine.feel import messages as feel_messages
from engine.feel import temporal
from engine.feel.values import CONTEXT, DATE, DATE_TIME, DAYS, FUNCTION, LABELS_ZH, LIST, MONTHS, kind


@dataclass(frozen=True, slots=True)
class Any_:  # noqa: N801  Any is Python's own
    """Every value; `unknown` is the name of a type that does not exist."""

    unknown: str = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """One of FEEL's own types."""

    name: str


@dataclass(frozen=True, slots=True)
class ListType:
    """Lists of one type."""

    inner: "Type"


@dataclass(frozen=True, slots=True)
class Fields:
    """Contexts with at least these entries."""

    fields: tuple[tuple[str, "Type"], ...]


@dataclass(frozen=True, slots=True)
class Signature:
    """Functions of some parameters."""

    parameters: tuple["Type", ...]
    result: "Type"


@dataclass(frozen=True, slots=True)
class Limited:
    """A type whose values pass a test; the test sees the value as "?". `source` is how the test is written."""

    base: "Type"
    test: Evaluate = field(compare=False)
    source: str


@dataclass(frozen=True, slots=True)
class Written:
    """A type written out in FEEL, such as list<number>; the test sees the value as "?"."""

    source: str
    test: Evaluate = field(compare=False)


@dataclass(frozen=True, slots=True)
class Named:
    """A type of the model by its name; looked up late because types may contain one another."""

    name: str
    book: "Book" = field(compare=False, repr=False)


Type: TypeAlias = Any_ | Kind | ListType | Fields | Signature | Limited | Written | Named

ANY = Any_()


@dataclass
class Book:
    """The types of one model by name, and those of the models it imports by the name of the import."""

    types: dict[str, Type] = field(default_factory=dict)
    imports: dict[str, list["Book"]] = field(default_factory=dict)

    def named(self, name: str) -> Type | None:
        """The type of this name, also `import.name`; None when there is none."""
        if name in self.types:
            return self.types[name]
        prefix, _, rest = name.partition(".")
        candidates = [(book, rest) for book in self.imports.get(prefix, ()) if rest]
        candidates += [(book, name) for book in self.imports.get("", ())]
        return next((book.types[wanted] for book, wanted in candidates if wanted in book.types), None)


def plain(wanted: Type) -> Type:
    """A type without its name and its limits."""
    for _ in range(limits.TYPE_DEPTH):
        if isinstance(wanted, Named):
            wanted = wanted.book.named(wanted.name) or ANY
        elif isinstance(wanted, Limited):
            wanted = wanted.base
        else:
            return wanted
    return ANY


def shown(wanted: Type) -> tuple[str, str]:
    """A type as messages name it, in Chinese and English."""
    if isinstance(wanted, Kind):
        return LABELS_ZH[wanted.name], wanted.name
    if isinstance(wanted, Named):
        return f"「{wanted.name}」", repr(wanted.name)
    if isinstance(wanted, Limited):
        return shown(wanted.base)
    if isinstance(wanted, ListType):
        inner = shown(wanted.inner)
        return f"{inner[0]}的列表", f"a list of {inner[1]}"
    found = {Fields: CONTEXT, Signature: FUNCTION}.get(type(wanted))
    return (LABELS_ZH[found], found) if found else (getattr(wanted, "source", "Any"),) * 2


def conforms(value: Value, wanted: Type, run: Run, depth: int = 0, *, limited: bool = True) -> bool:
    """Whether a value is of a type; without `limited`, allowed values do not count, as for `instance of`.

    FeelLimit when the value is nested too deeply to tell.
    """
    if value is None or isinstance(wanted, Any_):
        return True
    if depth > limits.TYPE_DEPTH:
        raise run.limit(feel_messages.TOO_DEEP)
    run.spend(1)
    if isinstance(wanted, Kind):
        return kind(value) == wanted.name
    if isinstance(wanted, Named):
        return conforms(value, wanted.book.named(wanted.name) or ANY, run, depth + 1, limited=limited)
    if isinstance(wanted, Limited):
        is_base = conforms(value, wanted.base, run, depth + 1, limited=limited)
        return is_base and (not limited or _passes(value, wanted.test, run))
    if isinstance(wanted, Written):
        return _passes(value, wanted.test, run)
    return _conforms_inside(value, wanted, run, depth + 1, limited)


def fit(value: Value, wanted: Type, run: Run) -> Value:
    """The value as the type wants it; None when it cannot be (DMN 1.5 section 10.3.2.9.4).

    A list of one stands for its entry and an entry for a list of one; a date stands for its midnight in UTC.
    """
    if conforms(value, wanted, run):
        return value
    target = plain(wanted)
    is_list = isinstance(value, list)
    if is_list and len(value) == 1 and not isinstance(target, ListType) and target != Kind(LIST):
        return value[0] if conforms(value[0], wanted, run) else None
    if not is_list and (isinstance(target, ListType) or target == Kind(LIST)):
        return [value] if conforms([value], wanted, run) else None
    if target == Kind(DATE_TIME) and kind(value) == DATE:
        midnight = temporal.utc_midnight(value)
        return midnight if conforms(midnight, wanted, run) else None
    return None


def _conforms_inside(value: Value, wanted: ListType | Fields | Signature, run: Run, depth: int, limited: bool) -> bool:
    if isinstance(wanted, ListType):
        inner = wanted.inner
        return isinstance(value, list) and all(conforms(item, inner, run, depth, limited=limited) for item in value)
    if isinstance(wanted, Signature):
        return isinstance(value, Function) and len(value.parameters) == len(wanted.parameters)
    if not isinstance(value, dict):
        return False
    return all(name in value and conforms(value[name], of, run, depth, limited=limited) for name, of in wanted.fields)


def _passes(value: Value, test: Evaluate, run: Run) -> bool:
    """Whether a value passes a limit; doubts inside the limit are not the decision's."""
    return test(Scope({"?": value}, None, run.unheard())) is True


BUILTIN: Mapping[str, Type] = {
    **{name: Kind(name) for name in LABELS_ZH if name != "null"},
    "Any": ANY,
    "any": ANY,
    "list": Kind(LIST),
    "context": Kind(CONTEXT),
    "dateTime": Kind(DATE_TIME),
    "dayTimeDuration": Kind(DAYS),
    "day time duration": Kind(DAYS),
    "yearMonthDuration": Kind(MONTHS),
    "year month duration": Kind(MONTHS),
    "xsd:string": Kind("string"),
    "xsd:boolean": Kind("boolean"),
    "xsd:date": Kind(DATE),
    "xsd:time": Kind("time"),
    "xsd:dateTime": Kind(DATE_TIME),
    "xsd:duration": ANY,
    **{f"xsd:{name}": Kind("number") for name in ("decimal", "double", "float", "int", "integer", "long")},
}
