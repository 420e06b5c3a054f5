"""Notices: each is as it was issued and in the ledger, and their numbers have no gap."""

from collections.abc import Iterator

from sqlalchemy import func, select

from engine import notices
from engine.audit.discrepancy import Discrepancy
from engine.store import Case, Entry, Notice
from engine.words import EntryKind
from engine.work import Work


def series(work: Work) -> Iterator[Discrepancy]:
    """Each series of numbers counts from 1 to its last notice; one line a series that does not."""
    counted = select(Notice.department_id, Notice.kind, Notice.year, func.count(), func.max(Notice.serial))
    grouped = counted.group_by(Notice.department_id, Notice.kind, Notice.year)
    for department, kind, year, count, last in work.session.execute(grouped.order_by(*grouped.selected_columns[:3])):
        if count != last:
            where, zh = f"{department} {kind} {year}", f"文书编号有缺号：共 {count} 份，最后一号是 {last}。"
            yield Discrepancy(where, zh, f"Numbers of notices are missing: there are {count}, the last one is {last}.")


def papers(work: Work, case: Case) -> Iterator[Discrepancy]:
    """The notices of a case are those of its ledger, word for word as they were issued."""
    rows = work.session.scalars(select(Notice).where(Notice.case_id == case.id)).all()
    if any(row.content != notices.content_of(row) for row in rows):
        yield Discrepancy(case.number, "文书内容在出具后被改动。", "A notice is not what was issued.")
    told = select(Entry.facts).where(Entry.case_id == case.id, Entry.kind == EntryKind.NOTICE_ISSUED)
    if sorted(row.id for row in rows) != sorted(facts["notice"] for facts in work.session.scalars(told)):
        yield Discrepancy(case.number, "文书与台账不一致。", "Its notices are not those of the ledger.")
