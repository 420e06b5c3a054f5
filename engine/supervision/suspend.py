"""Suspending a case 挂起 and letting it go on 恢复: its clocks stand still, its work may go on."""

from engine import cases, releases
from engine.cases import said, stops
from engine.errors import NothingRuns, NotSuspended, SuspendedAlready
from engine.store import Case, Stop
from engine.supervision.held import suspendable
from engine.words import N_, CaseState, Ground
from engine.work import Work

REASON = N_("Reason to suspend the case")


def suspend(work: Work, case_id: str, reason: str) -> None:
    """Stop the clocks of a running case, for a reason; what cannot be paused (an emergency) runs on.

    `NotFound`, `NotYours`, `FormInvalid` for a reason that is none, `NothingRuns` if it ended, `SuspendedAlready`.
    """
    case = suspendable(work, case_id)
    why = said(work, reason, REASON)
    if case.state == CaseState.ENDED:
        raise NothingRuns
    if suspended(case):
        raise SuspendedAlready
    stops.begin(work, case, "", Ground.SUSPENDED, why)
    cases.wind(work, case, releases.of_case(work, case))


def resume(work: Work, case_id: str) -> None:
    """Let the clocks go on. `NotSuspended`."""
    case = suspendable(work, case_id)
    stop = suspended(case)
    if stop is None:
        raise NotSuspended
    stops.end(work, case, stop)
    cases.wind(work, case, releases.of_case(work, case))


def suspended(case: Case) -> Stop | None:
    """The suspension a case is in."""
    open_ = (stop for stop in case.stops if stop.ground == Ground.SUSPENDED and stop.until is None)
    return next(open_, None)
