"""What checks that look at several fields at once say of an application, and of what a step is answered."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from engine import feel, forms
from engine.catalog import rules
from engine.catalog.facts import facts_at_start
from engine.catalog.pack import CheckSpec, Pack
from engine.errors import FieldError, PackInvalid
from engine.forms import Form
from engine.words import N_

SAID = N_("{reason}")  # the words are the pack's own


@dataclass(frozen=True)
class Remark:
    """A check that found something: at which field (by address), in which words, and whether it only warns."""

    address: str
    label: str
    text: str
    warning: bool

    @property
    def error(self) -> FieldError:
        """The same as what is wrong with a field."""
        return FieldError(self.address, self.label, SAID, {"reason": self.text})


def remarks(
    pack: Pack, form: Form, raw: Mapping[str, Any], situation: Mapping[str, Any], items: Sequence[str], *,
    area: str, on: date, now: datetime,
) -> tuple[Remark, ...]:  # fmt: skip
    """What the checks say of an application so far, in their order. What is not said yet, or wrong, is null to them."""
    if not pack.checks:
        return ()
    answers = {**situation, **forms.so_far(form, raw, situation, now)}
    facts = facts_at_start(pack, answers, items, number="", area=area, on=on)
    return tuple(_said(pack, form, raw, facts, now))


def contradictions(
    pack: Pack, form: Form, raw: Mapping[str, Any], facts: Mapping[str, Any], now: datetime, node: str = ""
) -> list[FieldError]:
    """What the checks refuse of the answers to `form` that `facts` hold already.

    Those of the step `node`, or without one of an application that somebody corrects.
    """
    return [remark.error for remark in _said(pack, form, raw, facts, now, node) if not remark.warning]


def _said(
    pack: Pack, form: Form, raw: Mapping[str, Any], facts: Mapping[str, Any], now: datetime, node: str = ""
) -> Iterator[Remark]:
    for check in pack.checks:
        due = node in check.tasks if node else not check.tasks
        if due and check.each in ("", *form.keys) and form.at(_inside(check)):
            yield from _found(pack, check, form, raw, facts, now)


def _inside(check: CheckSpec) -> str:
    return f"{check.each}.1.{check.field}" if check.each else check.field


def _found(
    pack: Pack, check: CheckSpec, form: Form, raw: Mapping[str, Any], facts: Mapping[str, Any], now: datetime
) -> Iterator[Remark]:
    for address, scope in _scopes(check, form, raw, facts):
        field = form.at(address)
        if field and _is_true(pack, check, scope, now):
            yield Remark(address, field.label, check.text, check.warning)


def _scopes(
    check: CheckSpec, form: Form, raw: Mapping[str, Any], facts: Mapping[str, Any]
) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Where the check looks: the whole application once, or each row of a list with what is around it."""
    if not check.each:
        yield check.field, facts
        return
    marks = forms.marks(form.by_key[check.each], forms.flatten(raw))
    for mark, row in zip(marks, forms.value_at(facts, check.each) or (), strict=False):
        yield f"{check.each}.{mark}.{check.field}", forms.overlay(facts, row)


def _is_true(pack: Pack, check: CheckSpec, facts: Mapping[str, Any], now: datetime) -> bool:
    try:
        return check.when.evaluate(facts, now=now).value is True
    except feel.FeelError as error:
        said = {"zh": error.zh, "en": error.en, "cure_zh": error.cure_zh, "cure_en": error.cure_en}
        raise PackInvalid([rules.finding(f"workflows/{pack.code}/pack.toml", 0, "feel-syntax", **said)]) from None
