"""The notices of a case, for whoever may see them: shown, printed, replaced. Each reading and printing is recorded."""

from engine import commands, forms, ledger, notices, releases
from engine.cases.held import WORKING, locked, readable
from engine.cases.noticed import visible_notices
from engine.cases.progress import owned
from engine.cases.view import REASON
from engine.errors import NotFound, NotYours, ReasonNeeded
from engine.forms import SHORTEST_REASON
from engine.notices import NoticeView
from engine.store import Case, Notice
from engine.words import EntryKind, Occasion, Post
from engine.work import Work


def notice(work: Work, notice_id: str) -> NoticeView:
    """One notice, to be read; `NotFound` unless the actor may see it."""
    _, found = _seen(work, notice_id)
    ledger.record(work, found.case_id, EntryKind.NOTICE_READ, notice=found.id, number=found.number)
    return found


def printed(work: Work, notice_id: str) -> NoticeView:
    """The same, to be printed: `copies` counts this printing. Every time is one: two papers are two papers."""
    case, found = _seen(work, notice_id)
    told = {"notice": found.id, "number": found.number, "printing": found.copies + 1}
    ledger.record(work, case.id, EntryKind.NOTICE_PRINTED, **told)
    return notices.view(work, case, notice_id)


def corrected(work: Work, notice_id: str, reason: str, *, key: str) -> str:
    """Issue a notice again from what the case knows now, once per `key`; returns the id of the one that replaces it.

    By the department whose notice it is: `NotYours`. `ReasonNeeded`, `FormInvalid`; `NotReplaced` when nothing differs.
    """
    case, found = _seen(work, notice_id)
    if found.department_id not in work.actor.departments(WORKING):
        raise NotYours
    why = forms.check(REASON, {"reason": reason}, now=work.now)["reason"] or ""
    if len(why) < SHORTEST_REASON:
        raise ReasonNeeded
    if commands.once(work, key, {"correct": notice_id, "reason": why}, case.id):
        return next(each.id for each in notices.listed(work, case) if each.replaces == found.number)
    pack = releases.of_case(work, case)
    return notices.correct(work, case, pack, work.session.get_one(Notice, notice_id), why)


def query_code(work: Work, found: NoticeView) -> str:
    """The applicant's code for the progress page, on the notice of acceptance and for the window that took the case."""
    case = work.session.get_one(Case, found.case_id)
    at_window = case.window_id in work.actor.departments((Post.WINDOW,))
    return case.code if at_window and found.occasion is Occasion.CASE_ACCEPTED else ""


def notices_of(work: Work, number: str, code: str) -> tuple[NoticeView, ...]:
    """The notices the applicants may read with number and code: those that are for all of them, as they share the code.

    `ProgressRefused`. What is for one of them only is handed out at the window.
    """
    case = owned(work, number, code)
    everybody = releases.of_case(work, case).applicant
    return tuple(each for each in notices.listed(work, case) if set(each.recipients) >= set(everybody))


def notice_of(work: Work, number: str, code: str, notice_id: str) -> NoticeView:
    """One of them; that it was read is recorded. `ProgressRefused`, `NotFound`."""
    found = next((each for each in notices_of(work, number, code) if each.id == notice_id), None)
    if found is None:
        raise NotFound
    locked(work, found.case_id)
    ledger.record(work, found.case_id, EntryKind.NOTICE_READ, notice=found.id, number=found.number)
    return found


def _seen(work: Work, notice_id: str) -> tuple[Case, NoticeView]:
    """The case, locked, and the notice, if the actor may see it."""
    row = work.session.get(Notice, notice_id)
    if row is None:
        raise NotFound
    case = readable(work, row.case_id)
    found = next((each for each in visible_notices(work, case) if each.id == notice_id), None)
    if found is None:
        raise NotFound
    return case, found
