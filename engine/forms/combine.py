"""Several forms as one, each key asked once (多表合一)."""

from collections.abc import Sequence
from dataclasses import dataclass, field, fields, replace
from graphlib import CycleError

from engine import feel
from engine.errors import Finding, PackInvalid
from engine.forms import rules
from engine.forms.model import EMPTY, Field, Form, Rows, Section

MAY_DIFFER = frozenset({"hide", "columns", "rows"})
LIMITS = ("least", "most", "first")  # of the rows of a list


@dataclass
class _Union:
    """What was collected so far: fields by section, and which form said it first."""

    id: str
    sections: dict[tuple[str, str], list[Field]] = field(default_factory=dict)
    labels: dict[str, tuple[str, str]] = field(default_factory=dict)
    places: dict[str, tuple[tuple[str, str], int, str]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


def combine(forms: Sequence[Form], id: str = "", title: str = "") -> Form:  # noqa: A002  the form's own word
    """One form with the fields of all, in the order they first appear.

    Groups with the same path become one section. A field two forms ask for must be the same field; it is hidden only
    where every one of them hides it. `id` and `title` are the first form's when not given. Raises PackInvalid when two
    forms mean different things by one key.
    """
    first = forms[0] if forms else EMPTY
    union = _Union(id or first.id)
    for form in forms:
        for section in form.sections:
            _add(union, form, section)
    combined = Form(
        id or first.id,
        title or first.title,
        tuple(Section(*place, tuple(asked)) for place, asked in union.sections.items()),
    )
    _check_order(union, combined)
    if union.findings:
        raise PackInvalid(union.findings)
    return combined


def _add(union: _Union, form: Form, section: Section) -> None:
    label, first = union.labels.setdefault(section.path, (section.label, form.id))
    if section.path and label != section.label:
        _refuse(union, "form-section-conflict", path=section.path, first=first, second=form.id)
    place = (section.path, label if section.path else section.label)
    asked = union.sections.setdefault(place, [])
    for one in section.fields:
        if one.key in union.places:
            _merge(union, form, one)
        elif one.key or one not in asked:
            if one.key:
                union.places[one.key] = (place, len(asked), form.id)
            asked.append(one)


def _merge(union: _Union, form: Form, second: Field) -> None:
    place, index, first_form = union.places[second.key]
    first = union.sections[place][index]
    names = [f.name for f in fields(Field) if f.name not in MAY_DIFFER]
    differences = [name for name in names if _said(first, name) != _said(second, name)]
    if first.rows and second.rows:
        differences += [name for name in LIMITS if getattr(first.rows, name) != getattr(second.rows, name)]
    if differences:
        _refuse(
            union, "form-conflict", key=second.key, first=first_form, second=form.id, differences=", ".join(differences)
        )
    union.sections[place][index] = replace(
        first, hide=_both(first.hide, second.hide), rows=_rows(union, first, second, (first_form, form.id))
    )


def _said(field: Field, name: str) -> object:
    found = getattr(field, name)
    return found.source if isinstance(found, feel.Expression) else found


def _rows(union: _Union, first: Field, second: Field, names: tuple[str, str]) -> Rows | None:
    """Rows that ask what the rows of both ask."""
    if first.rows is None or second.rows is None:
        return first.rows
    both = [replace(rows.form, id=name) for rows, name in zip((first.rows, second.rows), names, strict=True)]
    try:
        return replace(first.rows, form=combine(both, first.rows.form.id))
    except PackInvalid as invalid:
        union.findings += invalid.findings
        return first.rows


def _both(first: feel.Expression | None, second: feel.Expression | None) -> feel.Expression | None:
    if first is None or second is None or first.source == second.source:
        return first and second
    return feel.compile(f"({first.source}) and ({second.source})")


def _check_order(union: _Union, combined: Form) -> None:
    try:
        combined.order  # noqa: B018  computing it is the check
    except CycleError as cycle:
        _refuse(union, "form-hide-cycle", keys=", ".join(dict.fromkeys(cycle.args[1])))


def _refuse(union: _Union, rule: str, **facts: object) -> None:
    union.findings.append(rules.finding(union.id, 0, rule, **facts))
