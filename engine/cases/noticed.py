"""Which notices of a case somebody may see."""

from engine import notices
from engine.cases.held import sees_all, worked_on
from engine.notices import NoticeView
from engine.store import Case
from engine.work import Work


def visible_notices(work: Work, case: Case) -> tuple[NoticeView, ...]:
    """The notices of a case this actor may see: those of their items; all at the window and for oversight."""
    items = worked_on(work, case)
    everything = sees_all(work, case)
    return tuple(each for each in notices.listed(work, case) if everything or each.item in items)
