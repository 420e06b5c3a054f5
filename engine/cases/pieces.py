"""The pieces a view of a case is made of."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.cases.handover import Handed
from engine.catalog import ItemSpec
from engine.clocks import Reading
from engine.forms import Field
from engine.identity import DepartmentInfo
from engine.words import ItemState, Outcome, Stage, TaskState


@dataclass(frozen=True)
class ShownField:
    """One fact of the application as this actor sees it; `masked` says that characters were covered.

    `rows` are those of a list, which has no value of its own. `source`: the department that said it, as of when; with a
    `reason` it said something else, which is not shown here.
    """

    field: Field
    value: str
    masked: bool
    rows: tuple[tuple["ShownField", ...], ...] = ()
    source: Mapping[str, str] | None = None


@dataclass(frozen=True)
class ShownSection:
    """A section of the application form with the facts in it."""

    label: str
    fields: tuple[ShownField, ...]


@dataclass(frozen=True)
class ShownTask:
    """A task of the case and who has it."""

    id: str
    item: str | None
    node: str
    name: str
    stage: Stage
    state: TaskState
    department: DepartmentInfo
    holder: str
    opened_at: datetime
    done_at: datetime | None
    done_by: str
    answers: Mapping[str, Any]
    due: datetime | None = None
    follow_up: datetime | None = None


@dataclass(frozen=True)
class ShownItem:
    """An item: where it stands, who holds what, who handled it, its result (label and value) and whether it is out."""

    spec: ItemSpec
    number: str
    department: DepartmentInfo
    state: ItemState
    outcome: Outcome | None
    started_at: datetime | None
    ended_at: datetime | None
    holders: tuple[str, ...]
    clock: Reading | None
    handlers: tuple[str, ...] = ()
    result: tuple[tuple[str, str], ...] = ()
    deliverable: bool = False
    handed: Handed | None = None
