"""Papers were received 接件: the window has five working days to accept, to refuse or to ask for what is missing.

《行政许可法》第三十二条: who is not told within five days, once and completely, what is missing counts as accepted
from the day of receipt (视为受理). A refusal (不予受理) names its reason and its basis.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import or_, select

from engine import clocks, forms, identity, numbers, releases
from engine.catalog import Pack
from engine.catalog.limit import Limit
from engine.drafts.held import late, own
from engine.drafts.view import view
from engine.errors import DraftAsked, DraftRefused, NotFound, NotReceived
from engine.forms import Field, FieldType, Form, Section
from engine.identity import DepartmentInfo
from engine.store import Department, Draft
from engine.words import N_, LimitUnit, MaterialState, Post
from engine.work import Work

TO_DECIDE = Limit(5, LimitUnit.WORKING_DAYS)
PREFIX = "SJ"  # 收件
MOST = 500  # drafts of one sweep
_REASON = Field("reason", FieldType.TEXTAREA, N_("Reason of the refusal"), required=True, max_length=500)
_BASIS = Field("basis", FieldType.TEXTFIELD, N_("Legal basis of the refusal"), required=True, max_length=200)
REFUSAL = Form("refusal", "", (Section("", "", (_REASON, _BASIS)),))
_MISSING = Field("missing", FieldType.TEXTAREA, N_("Everything that is missing"), required=True, max_length=1000)
ASKED = Form("asked", "", (Section("", "", (_MISSING,)),))


@dataclass(frozen=True)
class Received:
    """An application whose papers were received and that is no case yet; `people` is masked.

    `decide_by` is None once it was asked for what is missing (`asked`), deemed accepted, or refused.
    `missing`: the required papers that are not there so far. `own`: the actor's draft; `ours`: one of their window.
    """

    id: str
    receipt: str
    pack: Pack
    people: str
    window: DepartmentInfo
    clerk: str
    received_at: datetime
    decide_by: datetime | None
    asked_at: datetime | None
    deemed_at: datetime | None
    refused_at: datetime | None
    refusal: str
    basis: str
    own: bool
    ours: bool
    asked: str = ""
    missing: tuple[str, ...] = ()


def receive(work: Work, draft_id: str) -> str:
    """Note that the papers were received now; returns the number of the receipt, the first one's if there is one."""
    draft = own(work, draft_id)
    if draft.receipt:
        return draft.receipt
    if draft.case_id:
        raise NotFound
    area = draft.area or _region(work, draft)
    draft.received_at = work.now
    draft.receipt = numbers.next_paper_number(work, PREFIX, area, releases.local_day(work.now))
    draft.decide_by = _decide_by(work, draft)
    return draft.receipt


def refuse(work: Work, draft_id: str, reason: str, basis: str) -> None:
    """Refuse to accept a received application, for good. `NotReceived`, `DraftRefused`, `FormInvalid`.

    What was deemed accepted is accepted: it cannot be refused any more (`NotFound`).
    """
    draft = own(work, draft_id)
    if draft.refused_at:
        raise DraftRefused(at=draft.refused_at)
    if draft.received_at is None:
        raise NotReceived
    if draft.case_id or draft.deemed_at or late(draft, work.now):
        raise NotFound
    said = forms.check(REFUSAL, {"reason": reason, "basis": basis}, now=work.now)
    draft.refusal, draft.basis = str(said["reason"]), str(said["basis"])
    draft.refused_at, draft.decide_by = work.now, None


def ask_missing(work: Work, draft_id: str, missing: str) -> None:
    """Tell the applicant now, once, everything that is missing: nothing is deemed accepted any more.

    `NotReceived`, `DraftRefused`, `DraftAsked`, `FormInvalid`; `NotFound` once it is deemed accepted.
    """
    draft = own(work, draft_id)
    if draft.refused_at:
        raise DraftRefused(at=draft.refused_at)
    if draft.received_at is None:
        raise NotReceived
    if draft.asked_at:
        raise DraftAsked(at=draft.asked_at)
    if draft.case_id or draft.deemed_at or late(draft, work.now):
        raise NotFound
    draft.asked = str(forms.check(ASKED, {"missing": missing}, now=work.now)["missing"])
    draft.asked_at, draft.decide_by = work.now, None


def take_over(work: Work, draft_id: str) -> None:
    """Go on with what a colleague of the same window received: its days run on whoever is away.

    `NotFound` for other windows, and for what is decided or was not received.
    """
    waits = (Draft.received_at.is_not(None), Draft.case_id.is_(None), Draft.refused_at.is_(None))
    draft = work.session.scalar(select(Draft).where(Draft.id == draft_id, *waits).with_for_update())
    if draft is None or draft.window_id not in work.actor.departments((Post.WINDOW,)):
        raise NotFound
    draft.user_id, draft.saver = work.actor.id, ""


def overdue(work: Work) -> bool:
    """Whether some window did not decide in time."""
    found = select(Draft.id).where(Draft.decide_by < work.now, Draft.case_id.is_(None)).limit(1)
    return work.session.scalar(found) is not None


def deem(work: Work) -> int:
    """Mark as accepted from the receipt what nobody decided in time; how many. For the worker."""
    over = select(Draft).where(Draft.decide_by < work.now, Draft.case_id.is_(None)).order_by(Draft.decide_by)
    found = list(work.session.scalars(over.limit(MOST).with_for_update(skip_locked=True)))
    for draft in found:
        draft.deemed_at, draft.decide_by = draft.decide_by, None
    return len(found)


def recount(work: Work) -> int:
    """Count again until when windows have to decide, after the calendar changed; how many moved."""
    open_ = list(work.session.scalars(select(Draft).where(Draft.decide_by.is_not(None), Draft.case_id.is_(None))))
    moved = 0
    for draft in open_:
        before, draft.decide_by = draft.decide_by, _decide_by(work, draft)
        moved += before != draft.decide_by
    return moved


def received(work: Work) -> tuple[Received, ...]:
    """Received applications that are no cases yet, of the actor's windows and the areas they oversee, oldest first.

    Those that were refused are left out.
    """
    windows = work.actor.departments((Post.WINDOW,))
    areas = {r.code for d in work.actor.departments((Post.SUPERVISOR,)) for r in identity.areas(work, d)}
    there = select(Department.id).where(Department.region.in_(areas))
    seen = or_(Draft.window_id.in_(windows), Draft.window_id.in_(there), Draft.area.in_(areas))
    open_ = (Draft.received_at.is_not(None), Draft.case_id.is_(None), Draft.refused_at.is_(None))
    rows = work.session.scalars(select(Draft).where(seen, *open_).order_by(Draft.received_at).limit(MOST))
    return tuple(_shown(work, draft) for draft in rows)


def receipt(work: Work, draft_id: str) -> Received:
    """The receipt of one's own draft, to print. `NotReceived` before there is one."""
    draft = own(work, draft_id)
    if draft.received_at is None:
        raise NotReceived
    papers = view(work, draft_id).papers
    missing = (paper.spec.name for paper in papers if paper.spec.required and paper.state is MaterialState.MISSING)
    return replace(_shown(work, draft), missing=tuple(missing))


def _decide_by(work: Work, draft: Draft) -> datetime | None:
    assert draft.received_at is not None
    calendar = clocks.calendar(work, draft.area or _region(work, draft))
    due = clocks.due(TO_DECIDE, draft.received_at, calendar)
    return due.moment if due else None


def _region(work: Work, draft: Draft) -> str:
    return identity.departments(work, {draft.window_id})[draft.window_id].region


def _shown(work: Work, draft: Draft) -> Received:
    assert draft.received_at is not None
    pack = releases.load(work, draft.release_hash)
    typed = (draft.answers.get(key) for key in pack.applicant)
    names = (t.strip() for t in typed if isinstance(t, str) and t.strip().isprintable())
    return Received(
        id=draft.id,
        receipt=draft.receipt or "",
        pack=pack,
        people="、".join(forms.mask("name", name) for name in names if name),
        window=identity.departments(work, {draft.window_id})[draft.window_id],
        clerk=identity.names(work, {draft.user_id}).get(draft.user_id, ""),
        received_at=draft.received_at,
        decide_by=draft.decide_by,
        asked_at=draft.asked_at,
        deemed_at=draft.deemed_at,
        refused_at=draft.refused_at,
        refusal=draft.refusal,
        basis=draft.basis,
        own=draft.user_id == work.actor.id,
        ours=draft.window_id in work.actor.departments((Post.WINDOW,)),
        asked=draft.asked,
    )
