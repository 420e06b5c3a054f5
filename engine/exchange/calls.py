"""The log of questions: who asked whom, for which case, why, when, how long it took and what came of it. Masked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from engine import cases, forms
from engine.exchange.ask import Asked
from engine.forms import Secrecy
from engine.store import Call
from engine.work import Work


@dataclass(frozen=True)
class ShownCall:
    """One question as people read it; `took` milliseconds."""

    connector: str
    purpose: str
    basis: str
    asked: Mapping[str, Any]
    at: datetime
    took: int
    attempt: int
    outcome: str
    detail: str


def record(work: Work, asked: Asked, *, draft: str | None = None, case: str | None = None) -> None:
    """Write a question into the log, whether its answer counted or not.

    `draft`: the window asked; `case` is what became of the draft in the meantime, if anything did.
    """
    errand = asked.errand
    work.session.add(
        Call(
            case_id=errand.case_id if draft is None else case,
            job_id=errand.id if draft is None else None,
            draft_id=draft,
            asked_by=None if draft is None else work.actor.id,
            attempt=errand.attempt,
            connector=errand.type,
            purpose=errand.headers.get("purpose", ""),
            basis=errand.headers.get("basis", ""),
            asked={name: masked(value) for name, value in errand.inputs.items()},
            at=asked.at,
            took=asked.took,
            outcome=asked.outcome,
            detail=asked.detail,
        )
    )


def calls(work: Work, case_id: str) -> tuple[ShownCall, ...]:
    """The questions asked for a case, the first first; `NotFound` if it is not the actor's to read."""
    case = cases.readable(work, case_id)
    rows = work.session.scalars(select(Call).where(Call.case_id == case.id).order_by(Call.at, Call.id))
    return tuple(ShownCall(**{name: getattr(row, name) for name in ShownCall.__dataclass_fields__}) for row in rows)


def masked(value: Any) -> str:
    """Enough to recognise what was asked, not enough to use it; nothing but text is shown at all."""
    if not isinstance(value, str):
        return "…"
    return forms.mask(Secrecy.ID if len(value) >= 15 and value[:6].isdecimal() else Secrecy.NAME, value)
