"""The receipt 受理凭证: what the applicant takes home."""

from dataclasses import dataclass
from datetime import datetime

from engine import identity, ledger, notices, numbers, releases
from engine.cases.held import locked
from engine.cases.noticed import visible_notices
from engine.catalog import ItemSpec, MaterialSpec, Pack, Reasons
from engine.errors import NotFound
from engine.notices import NoticeView
from engine.store import Case
from engine.words import EntryKind, MaterialState, Post
from engine.work import Work


@dataclass(frozen=True)
class Receipt:
    """Everything printed on it. `code` is the applicant's key to the progress page; it is shown nowhere else."""

    case_id: str
    number: str
    grouped: str
    code: str
    pack: Pack
    applicant: str
    window: str
    clerk: str
    accepted_at: datetime
    counts_from: datetime | None
    items: tuple[tuple[ItemSpec, str], ...]
    papers: tuple[tuple[MaterialSpec, MaterialState], ...]
    why: Reasons
    notices: tuple[NoticeView, ...] = ()


def receipt(work: Work, case_id: str) -> Receipt:
    """The receipt of a case, for clerks of the window that took it; every printing is in the ledger."""
    case = locked(work, case_id)
    if case.window_id not in work.actor.departments((Post.WINDOW,)):
        raise NotFound
    ledger.record(work, case.id, EntryKind.RECEIPT_PRINTED)
    return _receipt(work, case)


def _receipt(work: Work, case: Case) -> Receipt:
    pack = releases.of_case(work, case)
    offices = identity.departments(work, {case.window_id, *(i.department_id for i in case.items)})
    specs = {spec.code: spec for spec in pack.items}
    papers = {spec.code: spec for spec in pack.materials}
    return Receipt(
        case_id=case.id,
        number=case.number,
        grouped=numbers.grouped(case.number),
        code=case.code,
        pack=pack,
        applicant=case.applicant,
        window=offices[case.window_id].name,
        clerk=identity.names(work, {case.accepted_by}).get(case.accepted_by, ""),
        accepted_at=case.accepted_at,
        counts_from=case.counts_from,
        items=tuple((specs[i.code], offices[i.department_id].name) for i in case.items),
        papers=tuple((papers[m.code], MaterialState(m.state)) for m in case.materials),
        why=notices.why(work, case, pack),
        notices=visible_notices(work, case),
    )
