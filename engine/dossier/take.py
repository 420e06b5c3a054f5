"""What goes into the file of a case, read in one transaction, in which it is also recorded who wanted it and why."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import Row, Select, Table, select

from engine import cases, forms, ledger
from engine.cases import CaseView
from engine.errors import NotYours, ReasonNeeded
from engine.forms import SHORTEST_REASON, Field, FieldType, Form, Section
from engine.notices import NoticeView, listed
from engine.store import Asked, Case, Clock, Extension, Handover, Item, Material, MaterialFile, Notice, Slip, Stop, Task
from engine.store import Row as Base
from engine.store.columns import dumps
from engine.vault import Vault
from engine.words import N_, EntryKind, Post
from engine.work import Work

MAY = (Post.LEAD, Post.AUDITOR)
TABLES = (Item, Handover, Task, Material, MaterialFile, Notice, Asked, Clock, Stop, Extension, Slip)
REASON = Form(
    "export",
    "",
    (Section("", "", (Field("reason", FieldType.TEXTFIELD, N_("Reason for the export"), max_length=200),)),),
)
# How the engine goes on with it, and what lets applicants in: no part of what was done.
LEFT_OUT = {Case.__tablename__: ("process", "code", "revision"), Task.__tablename__: ("revision",)}


@dataclass(frozen=True)
class Dossier:
    """The file of a case: JSON by name, scans (place in the zip -> SHA-256), and what its papers are printed from.

    `head` is the hash of the last entry of its ledger, `view` the case as who exports it sees it, without masks.
    """

    case_id: str
    number: str
    at: datetime
    by: str
    reason: str
    head: str
    texts: dict[str, str]
    scans: dict[str, str]
    notices: tuple[NoticeView, ...]
    view: CaseView
    vault: Vault = field(repr=False)


def may_take(work: Work, case_id: str) -> bool:
    """Whether the actor may export this case, which they may read."""
    return cases.oversees(work, work.session.get_one(Case, case_id), MAY)


def take(work: Work, case_id: str, reason: str) -> Dossier:
    """The whole file, for coordinator and auditor over the area of the case, for a reason that is recorded.

    `NotFound`, `NotYours`; `ReasonNeeded` for less than four characters, `FormInvalid` for one that cannot be printed.
    """
    case = cases.readable(work, case_id)
    if not cases.oversees(work, case, MAY):
        raise NotYours
    why = forms.check(REASON, {"reason": reason}, now=work.now)["reason"] or ""
    if len(why) < SHORTEST_REASON:
        raise ReasonNeeded
    ledger.record(work, case.id, EntryKind.CASE_EXPORTED, reason=why)
    chain, links = ledger.chain_of(work, case.id)  # with the entry of this moment
    rows = {table.__tablename__: list(_rows(work, table, case)) for table in TABLES}
    texts = {f"rows/{name}.json": dumps(found) for name, found in rows.items()}
    texts["rows/case.json"] = dumps([_told(row) for row in work.session.execute(_of(Case, case))])
    texts["ledger.json"] = dumps({"case": _readable(chain), "entries": [_readable(link) for link in links]})
    return Dossier(
        case_id=case.id,
        number=case.number,
        at=work.now,
        by=work.actor.name,
        reason=why,
        head=links[-1].hash.decode(),
        texts=texts,
        scans={f"scans/{file['hash']}.{file['kind']}": file["hash"] for file in rows["material_file"]},
        notices=listed(work, case),
        view=cases.shown(work, case, reveal=True),
        vault=work.vault,
    )


def _rows(work: Work, table: type[Base], case: Case) -> Iterator[dict[str, Any]]:
    for row in work.session.execute(_of(table, case)):
        yield _told(row)


def _of(row: type[Base], case: Case) -> "Select[*tuple[Any, ...]]":
    """The rows of a table that belong to the case, in the order of their keys; documents as JSON."""
    table = cast("Table", row.__table__)
    gone = LEFT_OUT.get(table.name, ())
    wanted = select(*(column for column in table.c if column.name not in gone)).order_by(*table.primary_key.columns)
    if "case_id" in table.c:
        return wanted.where(table.c.case_id == case.id)
    if "item_id" in table.c:
        return wanted.where(table.c.item_id.in_([item.id for item in case.items]))
    return wanted.where(table.c.id == case.id)


def _told(row: Row[Any]) -> dict[str, Any]:
    return {name: _value(value) for name, value in row._mapping.items()}


def _value(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime | date) else value


def _readable(bytes_: Any) -> dict[str, str]:
    return {name: value.decode() for name, value in bytes_._asdict().items()}
