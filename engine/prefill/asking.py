"""Which questions a block asks, and asking them while the clerk waits."""

from collections.abc import Collection, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from engine import drafts, forms
from engine.catalog import Connector, PrefillSpec
from engine.drafts import DraftView
from engine.errors import FieldError, FormInvalid, NotFound
from engine.exchange import Asked, Exchange
from engine.forms import Field
from engine.jobs import Errand
from engine.words import N_, JobKind
from engine.work import Work

WITHIN = 3.0  # seconds; after that the clerk types it
AT_ONCE = 8
CONSENT = N_("Tick this first: nothing is asked without the consent.")
NEEDED = N_("Fill this in first: other departments are asked with it.")


@dataclass(frozen=True)
class Question:
    """One question about one person: `row` is where the person stands on the form (`groom.`, `members.2.`).

    `claims` are the addresses and texts it was asked with.
    """

    group: str
    row: str
    connector: Connector
    errand: Errand
    claims: Mapping[str, str]


def due(view: DraftView) -> dict[str, frozenset[str]]:
    """The blocks that can be asked and were not with what they hold now, and the addresses each is asked with.

    Nothing is due before the consent. What nobody answered is not due again: asking once more is the clerk's button.
    """
    if view.form is None or view.case_id:
        return {}
    agreed = (spec for spec in view.pack.prefill if forms.value_at(view.answers, spec.consent) is True)
    found = {spec.group: _fresh(view, spec.group, _block(view, spec)) for spec in agreed}
    return {group: frozenset(a for q in asked for a in q.claims) for group, asked in found.items() if asked}


def questions(work: Work, draft_id: str, group: str, *, again: bool = True) -> tuple[Question, ...]:
    """What the block asks with the draft as it is stored; without `again` only what was not asked with this yet.

    `FormInvalid` where consent or a needed answer is missing.
    """
    view = drafts.view(work, draft_id)
    spec = next((spec for spec in view.pack.prefill if spec.group == group), None)
    if spec is None or view.form is None or view.case_id:
        raise NotFound
    if forms.value_at(view.answers, spec.consent) is not True:
        raise FormInvalid([_error(view, spec.consent, CONSENT)])
    asked = _block(view, spec)
    if not asked:
        raise FormInvalid(_lacking(view, spec))
    return asked if again else _fresh(view, group, asked)


def ask(exchange: Exchange, asked: Collection[Question]) -> tuple[tuple[Question, Asked], ...]:
    """Ask all of them side by side, outside any transaction."""
    with ThreadPoolExecutor(AT_ONCE) as hands:
        return tuple(zip(asked, hands.map(lambda q: exchange.ask(q.errand, WITHIN), asked), strict=True))


def _block(view: DraftView, spec: PrefillSpec) -> tuple[Question, ...]:
    return tuple(q for row, known in _rows(view, spec) for q in _questions(view, spec, row, known))


def _fresh(view: DraftView, group: str, asked: Collection[Question]) -> tuple[Question, ...]:
    """Those nobody asked with these claims."""
    known = [(heard.connector, heard.row, heard.about) for heard in view.heard.get(group, ())]
    return tuple(q for q in asked if (q.connector.type, q.row, q.claims) not in known)


def _rows(view: DraftView, spec: PrefillSpec) -> list[tuple[str, Mapping[str, Any]]]:
    """Each person of the block: where they stand, and what is known of them."""
    found, listed = forms.value_at(view.answers, spec.group), _listed(view, spec)
    if listed is None:
        return [(f"{spec.group}.", found or {})]
    marks = forms.marks(listed, view.values)
    return [(f"{spec.group}.{mark}.", row) for mark, row in zip(marks, found or (), strict=False)]


def _questions(view: DraftView, spec: PrefillSpec, row: str, known: Mapping[str, Any]) -> list[Question]:
    found = []
    for connector in (view.pack.connectors[name] for name in spec.ask):
        inputs = {name: forms.value_at(known, name) for name in connector.inputs}
        if all(isinstance(value, str) for value in inputs.values()):
            claims = {row + name: str(view.values.get(row + name, "")).strip() for name in inputs}
            found.append(Question(spec.group, row, connector, _errand(spec, connector, inputs), claims))
    return found


def _errand(spec: PrefillSpec, connector: Connector, inputs: Mapping[str, Any]) -> Errand:
    headers = {
        "purpose": spec.purpose,
        "basis": spec.basis,
        "resultVariable": "said",
        "fields": ", ".join(sorted(set(connector.fills.values()))),
    }
    return Errand(uuid4().hex, 1, JobKind.SERVICE, connector.type, "", headers, inputs, "", "")


def _lacking(view: DraftView, spec: PrefillSpec) -> list[FieldError]:
    """The fields nobody can be asked without."""
    needed = dict.fromkeys(name for kind in spec.ask for name in view.pack.connectors[kind].inputs)
    row, known = next(iter(_rows(view, spec)), (f"{spec.group}.", {}))
    return [_error(view, row + name, NEEDED) for name in needed if not forms.value_at(known, name)]


def _listed(view: DraftView, spec: PrefillSpec) -> Field | None:
    field = view.form.by_key.get(spec.group) if view.form else None
    return field if field and field.rows else None


def _error(view: DraftView, address: str, message: str) -> FieldError:
    field = view.form.at(address) if view.form else None
    return FieldError(address, field.label if field else "", message)
