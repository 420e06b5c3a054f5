"""Looking at what was typed so far: values, what is wrong, what is shown. A row is looked at as the form it is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from engine import feel
from engine.errors import PackInvalid
from engine.forms import rows, rules, typed
from engine.forms.clean import Wrong
from engine.forms.derive import derive
from engine.forms.model import Field, FieldType, Form
from engine.forms.moment import day_of
from engine.forms.paths import Raw, nest, overlay, value_at

COMPUTED: Mapping[FieldType, type] = {FieldType.NUMBER: Decimal, FieldType.CHECKBOX: bool}


@dataclass
class Looked:
    """Clean values of what is shown, by key (None: nothing said, or said wrong); what is wrong; the rows of lists.

    `shown` are keys of fields and marks of static text.
    """

    form: Form
    values: dict[str, Any] = field(default_factory=dict)
    wrong: dict[str, Wrong] = field(default_factory=dict)
    shown: set[str] = field(default_factory=set)
    rows: dict[str, dict[str, "Looked"]] = field(default_factory=dict)

    def answers(self) -> dict[str, Any]:
        """What is shown, nested by path."""
        return nest({key: self.values[key] for key in self.form.by_key if key in self.shown})


def look(form: Form, raw: Raw, facts: Mapping[str, Any], now: datetime) -> Looked:
    """Everything about flat `raw` at once. `facts` is what conditions may read beside it.

    Raises PackInvalid when a condition or a computed value cannot be carried out.
    """
    looking = _Looking(form, derive(form, raw), facts, now)
    for key in form.order:  # fields after those they depend on: what a hidden field says counts for nothing
        looking.ask(form.by_key[key])
    for text in (f for section in form.sections for f in section.fields if not f.key):
        if looking.applies(text):
            looking.looked.shown.add(text.mark)
    return looking.looked


class _Looking:
    def __init__(self, form: Form, raw: Raw, facts: Mapping[str, Any], now: datetime) -> None:
        self.looked = Looked(form)
        self._form, self._raw, self._facts, self._now = form, raw, facts, now
        self._flat: dict[str, Any] = dict.fromkeys(form.keys)
        self._known: dict[str, Any] | None = None

    def applies(self, asked: Field) -> bool:
        if asked.derived_from and asked.derived_from not in self.looked.shown:
            return False
        return not (asked.hide and self._evaluated(asked.hide) is True)

    def ask(self, asked: Field) -> None:
        if not self.applies(asked):
            return
        self.looked.shown.add(asked.key)
        try:
            value = self._value(asked)
        except Wrong as reason:
            value, self.looked.wrong[asked.key] = None, reason
        self.looked.values[asked.key] = self._flat[asked.key] = value
        self._known = None

    def _value(self, asked: Field) -> Any:
        if asked.value:
            return self._computed(asked, asked.value)
        if asked.rows:
            return self._rows(asked, asked.rows.form)
        return typed.value(asked, self._raw.get(asked.key, ""), day_of(self._now))

    def _rows(self, asked: Field, form: Form) -> list[dict[str, Any]]:
        scope = self._scope()
        found = {mark: look(form, raw, scope, self._now) for mark, raw in rows.rows(asked, self._raw)}
        self.looked.rows[asked.key] = found
        try:
            rows.demand(asked, self._raw, value_at(self._facts, asked.key))
        except Wrong as reason:
            self.looked.wrong[asked.key] = reason
        return [row.answers() for row in found.values()]

    def _computed(self, asked: Field, expression: feel.Expression) -> Any:
        found = feel.from_feel(self._evaluated(expression))
        if found is None:
            return None
        if isinstance(found, int) and not isinstance(found, bool):
            found = Decimal(found)
        if not isinstance(found, COMPUTED.get(asked.type, str)):
            said = {"key": asked.key, "value": type(found).__name__}
            raise PackInvalid([rules.finding(self._form.id, 0, "form-computed-type", **said)])
        return found

    def _scope(self) -> Mapping[str, Any]:
        if self._known is None:
            self._known = overlay(self._facts, nest(self._flat))
        return self._known

    def _evaluated(self, expression: feel.Expression) -> Any:
        try:
            return expression.evaluate(self._scope(), now=self._now).value
        except feel.FeelError as error:
            said = {"zh": error.zh, "en": error.en, "cure_zh": error.cure_zh, "cure_en": error.cure_en}
            raise PackInvalid([rules.finding(self._form.id, 0, "form-feel", **said)]) from None
