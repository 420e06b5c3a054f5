"""Reading notices: those of a case, one of them, and what a stranger with the code may know."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from engine import forms, ledger
from engine.errors import NotFound, NotGenuine
from engine.store import Case, Notice
from engine.words import CaseState, EntryKind, NoticeKind, NoticeState, Occasion, Outcome
from engine.work import Work

# What these say holds as long as the case is over.
ENDINGS = (Occasion.CASE_ENDED, Occasion.CASE_WITHDRAWN, Occasion.CASE_TERMINATED)


@dataclass(frozen=True)
class NoticeView:
    """A notice as it was issued, and what became of it since.

    `recipients` are keys of the applicants it is for, none between offices. `replaces` and `replaced_by` are numbers;
    `copies` is how often it was printed.
    """

    id: str
    case_id: str
    item: str
    kind: NoticeKind
    name: str
    number: str
    code: str
    occasion: Occasion
    department_id: str
    department: str
    recipients: tuple[str, ...]
    addressee: str
    body: str
    content: str
    issued_at: datetime
    issuer: str
    state: NoticeState
    replaces: str
    replaced_by: str
    copies: int


@dataclass(frozen=True)
class Verified:
    """What the verify page tells: nothing but what is needed to see whether a paper is genuine. `name` is masked."""

    state: NoticeState
    kind: str
    number: str
    department: str
    issued_at: datetime
    name: str
    replaced_by: str


def listed(work: Work, case: Case) -> tuple[NoticeView, ...]:
    """All notices of a case, oldest first. The caller has authorised, and leaves out what the actor need not know."""
    work.session.flush()
    rows = work.session.scalars(
        select(Notice).where(Notice.case_id == case.id).order_by(Notice.issued_at, Notice.number)
    ).all()
    if not rows:
        return ()
    numbers = {row.id: row.number for row in rows}
    after = {row.replaces: row.number for row in rows if row.replaces}
    printed = Counter(
        entry.facts["notice"] for entry in ledger.entries(work, case.id) if entry.kind == EntryKind.NOTICE_PRINTED
    )
    return tuple(
        _view(row, case, numbers.get(row.replaces or "", ""), after.get(row.id, ""), printed[row.id]) for row in rows
    )


def view(work: Work, case: Case, notice_id: str) -> NoticeView:
    """One notice of a case; `NotFound` if it has none with this id. The caller has authorised."""
    found = next((each for each in listed(work, case) if each.id == notice_id), None)
    if found is None:
        raise NotFound
    return found


def verify(work: Work, code: str) -> Verified:
    """Whether a paper with this code is genuine and still holds; `NotGenuine` if there is none.

    For everybody: the caller limits how often anyone may try (`identity.throttle`).
    """
    row = work.session.scalar(select(Notice).where(Notice.code == plain(code)))
    if row is None:
        raise NotGenuine
    case = work.session.get_one(Case, row.case_id)
    after = work.session.scalar(select(Notice.number).where(Notice.replaces == row.id)) or ""
    name = "、".join(forms.mask("name", each) for each in row.addressee.split("、"))
    return Verified(_state(row, case, after), row.name, row.number, row.department, row.issued_at, name, after)


def plain(code: str) -> str:
    """The code as stored, from what somebody typed: case, blanks and dashes do not count; O is 0, I and L are 1."""
    letters = "".join(c for c in code.upper() if c.isascii() and c.isalnum())
    return letters.translate(str.maketrans("OIL", "011"))


def _view(row: Notice, case: Case, replaces: str, replaced_by: str, copies: int) -> NoticeView:
    return NoticeView(
        id=row.id,
        case_id=row.case_id,
        item=row.item or "",
        kind=NoticeKind(row.kind),
        name=row.name,
        number=row.number,
        code=row.code,
        occasion=Occasion(row.occasion),
        department_id=row.department_id,
        department=row.department,
        recipients=tuple(row.recipients),
        addressee=row.addressee,
        body=row.body,
        content=row.content,
        issued_at=row.issued_at,
        issuer=row.issuer,
        state=_state(row, case, replaced_by),
        replaces=replaces,
        replaced_by=replaced_by,
        copies=copies,
    )


def _state(row: Notice, case: Case, replaced_by: str) -> NoticeState:
    """A notice that says how something ended holds as long as that is how it ended."""
    if replaced_by:
        return NoticeState.REPLACED
    if row.occasion in ENDINGS:
        return NoticeState.VALID if case.state == CaseState.ENDED else NoticeState.REOPENED
    said = row.occasion.removeprefix("item:")
    if row.occasion.startswith("item:") and said in set(Outcome):
        now = next((item.outcome for item in case.items if item.code == row.item), None)
        return NoticeState.VALID if now == said else NoticeState.REOPENED
    return NoticeState.VALID
