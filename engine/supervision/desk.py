"""A case as whoever looks after its time sees it: every clock, why it stood still, slips, more time."""

from dataclasses import dataclass
from datetime import datetime

from engine import cases, ledger, releases
from engine.cases import ShownClock
from engine.catalog import ItemSpec, Pack
from engine.store import Stop
from engine.supervision.extensions import ShownExtension, extendable, extensions
from engine.supervision.held import may_suspend, timed
from engine.supervision.slips import ShownSlip, of_case
from engine.supervision.suspend import suspended
from engine.supervision.urging import Urgeable, urgeable
from engine.words import CaseState, EntryKind
from engine.work import Work


@dataclass(frozen=True)
class Desk:
    """What the page about the time of a case shows, and what the actor may do: suspend it, ask for more time."""

    case_id: str
    number: str
    pack: Pack
    applicant: str
    clocks: tuple[ShownClock, ...]
    slips: tuple[ShownSlip, ...]
    extensions: tuple[ShownExtension, ...]
    extendable: tuple[ItemSpec, ...]
    suspended_at: datetime | None
    suspended_for: str
    can_suspend: bool
    urgeable: tuple[Urgeable, ...]


def desk(work: Work, case_id: str) -> Desk:
    """The clocks of a case; looking at them is reading the case. `NotFound`."""
    case = timed(work, case_id)
    ledger.record(work, case.id, EntryKind.CASE_READ)
    pack = releases.of_case(work, case)
    stop: Stop | None = suspended(case)
    return Desk(
        case_id=case.id,
        number=case.number,
        pack=pack,
        applicant=cases.masked_names(case.applicant),
        clocks=cases.shown_clocks(work, case, pack),
        slips=of_case(work, case.id),
        extensions=extensions(work, case.id),
        extendable=extendable(work, case.id),
        suspended_at=stop.since if stop else None,
        suspended_for=stop.reason if stop else "",
        can_suspend=case.state != CaseState.ENDED and may_suspend(work, case),
        urgeable=urgeable(work, case),
    )
