"""Rows that name another row which is not there. Both databases refuse them, unless somebody wrote past the keys."""

from collections.abc import Iterator

from sqlalchemy import Column, func, select

from engine.audit.discrepancy import Discrepancy
from engine.store import Row
from engine.work import Work

# Named without a key of the database: the question of a job, and the case a command has moved.
NAMED = (("call.job_id", "job.id"), ("command.result", "case.id"))


def orphans(work: Work) -> Iterator[Discrepancy]:
    """One line a column that names missing rows, with how many."""
    for column, parent in (*_keys(), *((_column(a), _column(b)) for a, b in NAMED)):
        there = parent.table.alias("parent")
        lost = select(func.count()).select_from(column.table).where(column.is_not(None))
        count = work.session.scalar(lost.where(~select(there).where(there.c[parent.name] == column).exists()))
        if count:
            where, zh = f"{column.table.name}.{column.name}", f"有 {count} 行所指的记录不存在。"
            yield Discrepancy(where, zh, f"Rows that name one which is not there: {count}.")


def _keys() -> Iterator[tuple[Column[object], Column[object]]]:
    for table in Row.metadata.sorted_tables:
        for key in sorted(table.foreign_keys, key=lambda each: each.parent.name):
            yield key.parent, key.column


def _column(name: str) -> Column[object]:
    table, _, column = name.partition(".")
    return Row.metadata.tables[table].c[column]
