"""Whether the index of people says what the cases say."""

from collections.abc import Iterator

from sqlalchemy import select

from engine import people
from engine.audit.discrepancy import Discrepancy
from engine.catalog import Pack
from engine.store import Case, Person
from engine.work import Work


def index(work: Work, case: Case, pack: Pack) -> Iterator[Discrepancy]:
    """Compare, where the secret is known; a copy looked at elsewhere cannot be told anything about it."""
    if not work.secret:
        return
    rows = work.session.execute(select(Person.place, Person.id_hash).where(Person.case_id == case.id))
    known = {(row.place, row.id_hash) for row in rows}
    if known != {(p.place, people.hashed(work, "id", p.number)) for p in people.of_case(pack, case.facts)}:
        zh = "人员索引与办件不一致，请运行 lianban reindex。"
        yield Discrepancy(case.number, zh, "The index of people does not agree; run lianban reindex.")
