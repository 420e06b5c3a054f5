"""What the applicant sees: plain words, no names, nothing of the other departments' inner life."""

import hmac
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from engine import identity, numbers, releases
from engine.cases.deadlines import ShownClock, readings, shown_clocks
from engine.cases.handover import Handed, deliverable, handed
from engine.catalog import ItemSpec, Pack
from engine.clocks import Reading
from engine.errors import ProgressRefused
from engine.store import Case, Item, Task
from engine.words import CaseOutcome, CaseState, ItemState, Outcome, Stage, TaskState
from engine.work import Work


@dataclass(frozen=True)
class ProgressItem:
    """One item in plain words: `wanted` while a supplement is open, `reason` and its legal basis after a refusal."""

    spec: ItemSpec
    department: str
    state: ItemState
    outcome: Outcome | None
    ended_at: datetime | None
    clock: Reading | None
    wanted: str
    reason: str
    handed: Handed | None = None
    ready: bool = False


@dataclass(frozen=True)
class Progress:
    """The public view of a case."""

    number: str
    pack: Pack
    state: CaseState
    outcome: CaseOutcome | None
    ending: str
    accepted_at: datetime
    counts_from: datetime | None
    ended_at: datetime | None
    window: str
    items: tuple[ProgressItem, ...]
    clocks: tuple[ShownClock, ...]


def progress(work: Work, number: str, code: str) -> Progress:
    """The case with this number, if the code is its own. `ProgressRefused` does not say which of the two was wrong.

    The caller limits how often anyone may try (`identity.throttle`).
    """
    case = owned(work, number, code)
    pack = releases.of_case(work, case)
    offices = identity.departments(work, {case.window_id, *(i.department_id for i in case.items)})
    specs = {spec.code: spec for spec in pack.items}
    timed = shown_clocks(work, case, pack)
    clocks, out = readings(timed), handed(work, case)
    return Progress(
        number=case.number,
        pack=pack,
        state=CaseState(case.state),
        outcome=CaseOutcome(case.outcome) if case.outcome else None,
        ending=case.ending or "",
        accepted_at=case.accepted_at,
        counts_from=case.counts_from,
        ended_at=case.ended_at,
        window=offices[case.window_id].name,
        items=tuple(
            ProgressItem(
                spec=specs[item.code],
                department=offices[item.department_id].name,
                state=ItemState(item.state),
                outcome=Outcome(item.outcome) if item.outcome else None,
                ended_at=item.ended_at,
                clock=clocks.get(item.code),
                wanted=_wanted(case, item.code),
                reason=_reason(case, item),
                handed=out.get(item.code),
                ready=deliverable(item) and item.code not in out,
            )
            for item in case.items
        ),
        clocks=tuple(one for one in timed if not one.clock.phase and not one.clock.task),
    )


def owned(work: Work, number: str, code: str) -> Case:
    """The case with this number, if the code is its own; else `ProgressRefused`."""
    case = work.session.scalar(select(Case).where(Case.number == numbers.plain(number)))
    known = case.code if case else "------"
    if not hmac.compare_digest(known.encode(), code.strip().encode()) or case is None:
        raise ProgressRefused
    return case


def _reason(case: Case, item: Item) -> str:
    """Why an item was refused, and by which law: the applicant has a right to both."""
    if item.outcome != Outcome.REFUSED:
        return ""
    answered = [t.answers for t in case.tasks if t.item == item.code and t.answers and t.answers.get("reason")]
    told = answered[-1] if answered else {}
    return "\n".join(str(told[key]) for key in ("reason", "legal_basis") if told.get(key))


def _wanted(case: Case, item: str) -> str:
    """What the last reviewer asked for, while the item waits for it."""
    own: list[Task] = [t for t in case.tasks if t.item == item]
    if not any(t.state == TaskState.OPEN and t.stage == Stage.SUPPLEMENT for t in own):
        return ""
    asked = [t for t in own if t.state == TaskState.DONE and t.answers and t.answers.get("missing")]
    return str(asked[-1].answers["missing"]) if asked and asked[-1].answers else ""
