"""All that a step may change in a case, read by one statement once its row is locked.

The statement puts the tables side by side: a row of it is a row of one of them and has nothing of the others.
"""

from collections.abc import Callable
from functools import cache, reduce
from operator import attrgetter
from typing import Any

from sqlalchemy import LABEL_STYLE_TABLENAME_PLUS_COL, bindparam, false, inspect, null, select, true, union_all
from sqlalchemy.orm.attributes import set_committed_value
from sqlalchemy.sql.selectable import ExecutableReturnsRows

from engine.store import Awaited, Case, Clock, Counter, Item, Row, Stop, Task, city
from engine.work import Work

PARTS: dict[str, tuple[type[Row], Callable[[Any], Any]]] = {  # of a case, and what they are in order of
    "items": (Item, attrgetter("position")),
    "tasks": (Task, attrgetter("opened_at")),
    "clocks": (Clock, attrgetter("item", "phase", "kind")),
    "stops": (Stop, attrgetter("since")),
    "awaited": (Awaited, attrgetter("id")),
}


def gather(work: Work, case: Case) -> None:
    """Read the parts of a case that are not there yet, and of which revision the city is, now that it is locked."""
    missing = inspect(case).unloaded & PARTS.keys()
    if not missing:
        return
    rows = work.session.execute(_beside(), {"case": case.id}).all()
    for place, (name, (_, order)) in enumerate(PARTS.items()):
        if name in missing:
            set_committed_value(case, name, sorted((row[place] for row in rows if row[place]), key=order))
    city.put(work.session, next((row[-1] for row in rows if row[-1] is not None), None))


@cache
def _beside() -> ExecutableReturnsRows:
    """Before the parts comes one that finds nothing: it names the columns and says their types."""
    kinds: list[Any] = [*(kind for kind, _ in PARTS.values()), Counter]
    tables = [kind.__table__ for kind in kinds]
    columns = [column for table in tables for column in table.columns]
    joined = reduce(lambda left, table: left.join(table, true()), tables)
    none = select(*columns).select_from(joined).where(false()).set_label_style(LABEL_STYLE_TABLENAME_PLUS_COL)
    parts = [select(*(column if column.table is table else null() for column in columns)) for table in tables]
    found = (part.where(_own(table)) for table, part in zip(tables, parts, strict=True))
    return select(*kinds[:-1], Counter.value).from_statement(union_all(none, *found))


def _own(table: Any) -> Any:
    return table.c.name == city.REVISION if table is Counter.__table__ else table.c.case_id == bindparam("case")
