"""Carrying out a change: the whole rule, top to bottom."""

from engine import cases, commands, forms, ledger, releases, runtime
from engine.catalog import Pack
from engine.errors import FieldError, FormInvalid, MovedOn, NotAdjusted
from engine.forms import SHORTEST_REASON, Field, FieldType, Form, Section
from engine.repairs.held import adjustable
from engine.repairs.preview import settled, step_of
from engine.repairs.wish import Wish, answers_of, form_of
from engine.runtime import Refusal
from engine.store import Case
from engine.words import N_, ChangeKind, EntryKind
from engine.work import Work

ASKED = Field("_reason", FieldType.TEXTAREA, N_("Reason for the change"), max_length=200)
REASON = Form("adjust", "", (Section("", "", (ASKED,)),))
TOO_SHORT = N_("Say why, in at least 4 characters; the reason is recorded.")


def apply(work: Work, case_id: str, wish: Wish, reason: str, revision: int, *, key: str) -> str:
    """Change where a case stands, once per `key`; returns the case's id.

    `MovedOn` when the case is not what was previewed any more (`revision`), `NotAdjusted` when the change is refused,
    `FormInvalid` for a reason or answers that are none; `NotFound`, `NotYours`, `KeyReused`.
    """
    content = {**wish.content(case_id), "reason": reason}
    cases.readable(work, case_id)
    if done := commands.once(work, key, content, case_id):
        return done
    case = adjustable(work, case_id)
    why = _why(work, reason)
    if case.revision != revision:
        raise MovedOn
    pack = releases.of_case(work, case)
    advance = settled(work, pack, case, wish)
    if isinstance(advance, Refusal):
        raise NotAdjusted(reason=f"{advance.zh} / {advance.en}")
    _record(work, pack, case, wish, why, advance)
    _answered(work, pack, case, wish)
    if wish.kind == ChangeKind.RETRY and not wish.token:
        cases.rung(work, case, pack, advance)
    else:
        # The clock was stopped by what may be gone now: let it look again.
        clock = case.trouble_cause == cases.CLOCK
        cases.move(work, case, pack, advance, cause=cases.CLOCK if clock else wish.token)
    return case.id


def _why(work: Work, reason: str) -> str:
    said = str(forms.check(REASON, {ASKED.key: reason}, now=work.now)[ASKED.key] or "")
    if len(said) < SHORTEST_REASON:
        raise FormInvalid([FieldError(ASKED.key, ASKED.label, TOO_SHORT)])
    return said


def _record(work: Work, pack: Pack, case: Case, wish: Wish, why: str, advance: runtime.Advance) -> None:
    target = pack.model.nodes.get(wish.node) if wish.token else None
    before, after = (runtime.standing(pack.model, state) for state in (case.process, advance.state))
    ledger.record(
        work,
        case.id,
        EntryKind.CASE_ADJUSTED,
        change=wish.kind,
        name=step_of(pack, case, wish),
        to=target.called if target else "",
        item=wish.item or None,
        reason=why,
        before=sorted(s.node for s in before),
        after=sorted(s.node for s in after),
        answered=sorted(key for key in form_of(pack, case, wish).keys if wish.answers.get(key)),
    )


def _answered(work: Work, pack: Pack, case: Case, wish: Wish) -> None:
    """A skipped task keeps who answered in its handler's place, and what."""
    for task in case.tasks:
        if wish.kind == ChangeKind.SKIP and task.id == wish.token:
            task.done_by, task.answers = work.actor.id, answers_of(work, pack, case, wish)
