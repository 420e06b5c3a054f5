"""The reductions of a case, for whoever may read it and for whoever has its number and code."""

from datetime import datetime

from sqlalchemy import select

from engine import cases, clocks, ledger, releases
from engine.reductions.figures import Reductions
from engine.reductions.happened import Told, happened
from engine.reductions.planned import planned
from engine.store import Case, Draft
from engine.words import CaseState, Outcome
from engine.work import Work


def of_case(work: Work, case_id: str) -> Reductions:
    """What a finished case took, else what its items take by the model. `NotFound` if it is not the actor's to read."""
    return _of(work, cases.readable(work, case_id))


def of_progress(work: Work, number: str, code: str) -> Reductions:
    """The same for the applicant. `ProgressRefused`."""
    return _of(work, cases.owned(work, number, code))


def _of(work: Work, case: Case) -> Reductions:
    pack = releases.of_case(work, case)
    if case.state == CaseState.ENDED:
        told = Told(ledger.entries(work, case.id), _came(work, case))
        return happened(pack, case, told, clocks.calendar(work, case.area))
    return planned(pack, [item.code for item in case.items if item.outcome != Outcome.NOT_NEEDED])


def _came(work: Work, case: Case) -> list[datetime]:
    """When somebody came with the application: for its receipt, and again if more was asked for before acceptance."""
    mine = (Draft.user_id == case.accepted_by, Draft.case_id == case.id)  # the first one leads along an index
    row = work.session.execute(select(Draft.received_at, Draft.asked_at).where(*mine)).first()
    received, asked = row or (None, None)
    return [received or case.accepted_at, *([case.accepted_at] if asked else [])]
