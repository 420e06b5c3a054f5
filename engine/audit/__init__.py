"""Do rows and state documents agree? After a restore, after a disaster, and in tests that cause one."""

from collections.abc import Iterator

from sqlalchemy import select

from engine import releases
from engine.audit import books, index, orphans, standing
from engine.audit.discrepancy import Discrepancy
from engine.store import Case
from engine.words import CaseState
from engine.work import Work

__all__ = ["Discrepancy", "audit"]


def audit(work: Work) -> Iterator[Discrepancy]:
    """Look at every table and every case. Reads only; one case at a time, so that a city fits into memory."""
    yield from orphans.orphans(work)
    for case_id in work.session.scalars(select(Case.id).order_by(Case.id)).all():
        yield from _case(work, work.session.get_one(Case, case_id))
        work.session.expunge_all()


def _case(work: Work, case: Case) -> Iterator[Discrepancy]:
    pack = releases.load(work, case.release_hash)
    yield from books.books(work, case)
    yield from standing.items(case)
    yield from index.index(work, case, pack)
    if case.state == CaseState.ENDED:
        yield from standing.ended(work, case)
    else:
        yield from standing.running(work, case, pack)
