"""How a field of a form lies on the page."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace

import engine.forms
from engine.forms import Field, FieldType, Form, Place, Section
from engine.materials import Paper
from web.render.kept import printable
from web.render.posted import PAPERS

COLUMNS = 16  # form-js divides a row into sixteen
SPANS = (3, 4, 6, 8, 9, 12)  # of twelve; the classes theme.css knows
WIDE = frozenset({FieldType.TEXT, FieldType.TEXTAREA, FieldType.CHECKLIST, FieldType.LIST})
NEW = "__row__"  # the mark of the row rows.js makes others of
HALF = frozenset({FieldType.CHECKBOX, FieldType.RADIO})

Answer = str | list[str]


def span(field: Field) -> int:
    """How many of twelve columns a field takes: what the form says, else what its type needs."""
    if field.columns:
        wanted = field.columns * 12 / COLUMNS
        return min(SPANS, key=lambda each: abs(each - wanted))
    if field.locked:
        return 4  # one line of text, whatever it was computed from
    return 12 if field.type in WIDE else 6 if field.type in HALF else 4


def visible(field: Field, shown: Collection[str] | None) -> bool:
    """Whether a field or a static text is shown: `shown` are the anchors of visible ones, None shows all."""
    return shown is None or field.anchor in shown


def any_visible(section: Section, shown: Collection[str] | None) -> bool:
    """Whether a section has something to show."""
    return any(visible(field, shown) for field in section.fields)


def title(forms: Collection[Form], values: Mapping[str, Answer], key: str, text: Callable[[str], str]) -> str:
    """A field's label with its section and its row before it, because two persons have the same fields: 男方 · 姓名."""
    for form in forms:
        for place in engine.forms.places(form, values):
            if place.address == key:
                return " · ".join(_labels(form, place, text))
    return ""


def _labels(form: Form, place: Place, text: Callable[[str], str]) -> Iterator[str]:
    top = place.row[0] if place.row else place.field
    section = next(section.label for section in form.sections if top in section.fields)
    if section and section != top.label:
        yield text(section)
    if place.row:
        yield f"{text(top.label)} {place.row[1]}"
    yield text(place.field.label)


@dataclass(frozen=True)
class Row:
    """A row of a list on the page: `name` is what it posts under (`members.3`), and its fields by their address."""

    name: str
    fields: tuple[Field, ...]


def rows(field: Field, values: Mapping[str, Answer]) -> list[Row]:
    """The rows of a list as they are."""
    return [_row(field, mark) for mark in engine.forms.marks(field, values)]


def new_row(field: Field) -> Row:
    """The row that is copied where somebody adds one."""
    return _row(field, NEW)


def at_first(field: Field) -> bool:
    """Whether a field of a new row is shown before the server has looked at it."""
    return not (field.hide or field.derived_from)


def _row(field: Field, mark: str) -> Row:
    name = f"{field.key}.{mark}"
    form = field.rows.form if field.rows else engine.forms.EMPTY
    inner = (each for section in form.sections for each in section.fields)
    return Row(
        name,
        tuple(
            replace(each, key=each.key and f"{name}.{each.key}", mark=each.mark and f"{name}.{each.mark}")
            for each in inner
        ),
    )


def paper_title(papers: Collection[Paper], key: str, text: Callable[[str], str]) -> str:
    """The name of the paper whose row of the checklist posts under `key`; nothing for other keys."""
    return next((text(paper.spec.name) for paper in papers if f"{PAPERS}{paper.spec.code}" == key), "")


def answer(field: Field, values: Mapping[str, Answer]) -> Answer:
    """What the field shows: what was said, else its default."""
    if field.key in values:
        return _typed(field, values[field.key])
    if isinstance(field.default, bool):
        return "true" if field.default else ""
    return list(field.default) if isinstance(field.default, tuple) else field.default or ""


def _typed(field: Field, said: Answer) -> Answer:
    """What somebody typed, without what HTML does not allow; several answers to one question one after the other."""
    several = [printable(each) for each in ([said] if isinstance(said, str) else said)]
    return several if isinstance(said, list) and field.choices else " ".join(several)


def chosen(value: str, given: Answer) -> bool:
    """Whether a choice is ticked."""
    return value in given if isinstance(given, list) else value == given


def ticked(given: Answer) -> bool:
    """Whether a single check box is ticked; the words `engine.forms.check` takes for yes."""
    return given in ("true", "on", "1", ["true"], ["on"], ["1"])


def words(field: Field, text: Callable[[str], str]) -> dict[str, str]:
    """The translated labels of the choices by value; empty for a field without choices."""
    return {choice.value: text(choice.label) for choice in field.choices}


def label_of(field: Field, given: Answer) -> str:
    """The words of a chosen value, else the value itself, for fields that are only shown."""
    labels = {choice.value: choice.label for choice in field.choices}
    return "、".join(labels.get(each, each) for each in (given if isinstance(given, list) else [given]))
