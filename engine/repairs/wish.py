"""What somebody wishes to change, as typed, and what it means to the runtime."""

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from engine import cases, catalog, forms, runtime
from engine.catalog import Pack
from engine.forms import Choice, Field, FieldType, Form, Section
from engine.runtime import Advance, Node, Refusal
from engine.store import Case
from engine.store.columns import dumps
from engine.words import N_, Answered, ChangeKind
from engine.work import Work

NO_CLOCK = Refusal(
    "办件不是停在时限上。停下的任务仍然开着，请由承办人重新提交，或在下面的步骤中选择调整方式。",
    "The case did not stop on a time limit. The task it stopped at is still open: its handler submits it again, or "
    "choose a change for one of the steps below.",
)
ENDED = Refusal(
    "本办件没有这个事项，或者它已经有办理结果。要改变结果，请重新打开它的步骤。",
    "The case has no such item, or it already has a result. To change the result, open its step again.",
)
TOLD = [kind for kind in Answered if kind != Answered.DENIED]  # that is never an answer to a case
HEARD = Field(
    "answer.kind",
    FieldType.RADIO,
    N_("What the department answers"),
    choices=tuple(Choice(kind, kind.label) for kind in TOLD),
)
ANSWER = Form("answer", "", (Section("", "", (HEARD,)),))


@dataclass(frozen=True)
class Wish:
    """One change: `token` is what waits (empty in a retry: the clock), `node` where to, `scope` the part it lies in.

    `answers` are raw, flat by form key: what is said in place of the person whose task is skipped.
    """

    kind: ChangeKind
    token: str = ""
    node: str = ""
    scope: str = ""
    item: str = ""
    answers: Mapping[str, Any] = field(default_factory=dict)

    def content(self, case_id: str) -> dict[str, Any]:
        """The wish as a document: what makes two of them the same."""
        return {"case": case_id, **asdict(self), "answers": dict(self.answers)}

    def mark(self, case_id: str) -> str:
        """A short name of exactly this wish, so that a page can say which one it showed."""
        return hashlib.sha256(dumps(self.content(case_id)).encode()).hexdigest()


def form_of(pack: Pack, case: Case, wish: Wish) -> Form:
    """The form of the task that is to be skipped, or the one question about a department's answer; else empty."""
    node = _skipped(pack, case, wish)
    if node is None:
        return forms.EMPTY
    if catalog.answer_of(node, Answered.UNAVAILABLE):
        return ANSWER
    return catalog.form_for(pack, node.form) if node.form else forms.EMPTY


def answers_of(work: Work, pack: Pack, case: Case, wish: Wish) -> dict[str, Any]:
    """Either the whole form, checked as if its handler had sent it, or nothing: then every answer is empty.

    A department that was asked and is not heard is unavailable: the drawing knows what follows from that.
    """
    form, node = form_of(pack, case, wish), _skipped(pack, case, wish)
    typed = {key: value for key, value in wish.answers.items() if form.at(key) and value not in ("", [], None)}
    checked = forms.check(form, typed, case.facts, now=work.now) if typed else {}
    if node and form is ANSWER:
        return catalog.answer_of(node, str(forms.flatten(checked).get(HEARD.key) or Answered.UNAVAILABLE))
    return forms.overlay(forms.nest(dict.fromkeys(form.keys)), checked)


def _skipped(pack: Pack, case: Case, wish: Wish) -> Node | None:
    """The task or job that is to be skipped."""
    standing = (s for s in runtime.standing(pack.model, case.process) if s.id == wish.token)
    waits = (s for s in standing if wish.kind == ChangeKind.SKIP and s.kind in ("task", "job"))
    return next((pack.model.nodes[s.node] for s in waits), None)


def carried_out(work: Work, pack: Pack, case: Case, wish: Wish) -> Advance | Refusal:
    """What the wish leads to. Nothing is stored. `FormInvalid` when its answers are not what the form asks for."""
    if wish.kind == ChangeKind.RETRY and not wish.token:
        return _rung(work, pack, case)
    if wish.kind == ChangeKind.CANCEL:
        return _cancelled(work, pack, case, wish)
    return _repaired(work, pack, case, _change(work, pack, case, wish))


def dependants(pack: Pack, case: Case, code: str) -> tuple[str, ...]:
    """The item and those of the case that come after it and have no result yet."""
    open_items = [item.code for item in case.items if not item.outcome]
    found = [code]
    for before in found:  # grows while it is walked through
        found += [c for c in open_items if c not in found and before in pack.item(c).depends]
    return tuple(found)


def _repaired(work: Work, pack: Pack, case: Case, change: runtime.Change) -> Advance | Refusal:
    facts = _facts(pack, case, change)
    return runtime.repair(pack.model, case.process, change, facts, now=work.now)


def _rung(work: Work, pack: Pack, case: Case) -> Advance | Refusal:
    if case.trouble_cause != cases.CLOCK:
        return NO_CLOCK
    return runtime.fire(pack.model, case.process, case.facts, now=work.now)


def _cancelled(work: Work, pack: Pack, case: Case, wish: Wish) -> Advance | Refusal:
    """Items that depend on the cancelled one end with it where the drawing allows, else the drawing decides on them."""
    codes = [item.code for item in case.items if not item.outcome]
    if wish.item not in codes:
        return ENDED
    together = runtime.Cancel(dependants(pack, case, wish.item))
    found = _repaired(work, pack, case, together)
    if isinstance(found, Advance) and not found.incident:
        return found
    return _repaired(work, pack, case, runtime.Cancel((wish.item,)))


def _change(work: Work, pack: Pack, case: Case, wish: Wish) -> runtime.Change:
    if wish.kind == ChangeKind.RETRY:
        return runtime.Retry(wish.token)
    if wish.kind == ChangeKind.SKIP:
        return runtime.Skip(wish.token, answers_of(work, pack, case, wish))
    if wish.kind == ChangeKind.REOPEN:
        return runtime.Reopen(wish.node, wish.scope)
    return runtime.Move(wish.token, wish.node)


def _facts(pack: Pack, case: Case, change: runtime.Change) -> dict[str, Any]:
    """The facts, with an empty value for what the tasks that are passed by would have said."""
    facts: dict[str, Any] = case.facts
    if isinstance(change, runtime.Skip):
        return facts
    for node in runtime.passed_by(pack.model, case.process, change):
        keys = catalog.form_for(pack, node.form).keys if node.form else frozenset()
        blank = catalog.answer_of(node, Answered.UNAVAILABLE) or forms.nest(dict.fromkeys(keys))
        facts = forms.overlay({node.item: blank} if node.item else blank, facts)
    return facts
