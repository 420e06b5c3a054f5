"""A draft beside the cases it may be the same as, and why it goes on all the same."""

from dataclasses import dataclass

from engine import cases, forms
from engine.cases import Compared, Duplicate
from engine.drafts.held import current
from engine.drafts.view import DraftView, view
from engine.errors import FieldError, FormInvalid, NotFound
from engine.forms import SHORTEST_REASON, Field, FieldType, Form, Section
from engine.words import N_
from engine.work import Work

TOO_SHORT = N_("Say why this is not the same application; the reason is recorded.")
REASON = Form(
    "duplicate",
    "",
    (Section("", "", (Field("reason", FieldType.TEXTFIELD, N_("Reason to go on"), max_length=200),)),),
)


@dataclass(frozen=True)
class Beside:
    """One earlier case and the draft, line by line; `reason` is why this one goes on, if somebody has said so.

    `may_open`: whether the actor may read that case.
    """

    duplicate: Duplicate
    lines: tuple[Compared, ...]
    reason: str
    may_open: bool


def compare(work: Work, draft_id: str) -> tuple[DraftView, tuple[Beside, ...]]:
    """The draft beside each case it may be the same as. That somebody looked is in the ledgers of those cases."""
    draft = view(work, draft_id)
    form = draft.form
    if form is None:
        return draft, ()
    return draft, tuple(_beside(work, draft, form, found, reason) for found, reason in draft.duplicates)


def explain(work: Work, draft_id: str, case_id: str, reason: str, *, page: str, revision: int) -> None:
    """Keep why the application is not the same as that case. `NotFound` if it is none of those, `FormInvalid`."""
    draft = current(work, draft_id, page=page, revision=revision)
    if case_id not in {found.case_id for found, _ in view(work, draft_id).duplicates}:
        raise NotFound
    why = forms.check(REASON, {"reason": reason}, now=work.now)["reason"] or ""
    if len(why) < SHORTEST_REASON:
        raise FormInvalid([FieldError("reason", "", TOO_SHORT)])
    draft.duplicates = {**draft.duplicates, case_id: why}
    draft.saved_at, draft.saver = work.now, page


def _beside(work: Work, draft: DraftView, form: Form, found: Duplicate, reason: str) -> Beside:
    lines, may_open = cases.compared(work, form, draft.answers, found.case_id)
    return Beside(found, lines, reason, may_open)
