"""Bills 票据 that count once: the same number, or the same file, in another case is found and needs a reason."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import select

from engine import forms, numbers
from engine.catalog import MaterialSpec
from engine.materials.files import scans
from engine.store import Case, MaterialMark
from engine.work import Work


def used_before(
    work: Work,
    spec: MaterialSpec,
    facts: Mapping[str, Any],
    *,
    case_id: str | None = None,
    draft_id: str | None = None,
) -> tuple[tuple[str, bool], ...]:
    """Numbers of the other cases that used this bill, each with whether the actor may know it: it is their window's."""
    marks = _marks(work, spec, facts, case_id, draft_id)
    if not marks:
        return ()
    used = select(Case.number, Case.window_id).join(MaterialMark, MaterialMark.case_id == Case.id)
    used = used.where(MaterialMark.mark.in_(marks), Case.id != (case_id or "")).distinct().order_by(Case.number)
    own = work.actor.departments()
    return tuple((number, window in own) for number, window in work.session.execute(used))


def claim(work: Work, spec: MaterialSpec, facts: Mapping[str, Any], case_id: str) -> None:
    """Hold this bill until the transaction ends: two cases that use it at once come one after the other."""
    for mark in sorted(_marks(work, spec, facts, case_id, None)):
        numbers.hold(work, f"bill:{mark}")


def mark_bills(work: Work, spec: MaterialSpec, facts: Mapping[str, Any], case_id: str) -> None:
    """Remember that this case used the bill."""
    marks = set(_marks(work, spec, facts, case_id, None))
    of_case = select(MaterialMark.mark).where(MaterialMark.case_id == case_id, MaterialMark.code == spec.code)
    known = set(work.session.scalars(of_case)) if marks else set()
    work.session.add_all(MaterialMark(mark=mark, case_id=case_id, code=spec.code) for mark in sorted(marks - known))


def _marks(
    work: Work, spec: MaterialSpec, facts: Mapping[str, Any], case_id: str | None, draft_id: str | None
) -> Sequence[str]:
    """Keyed hashes: of what was typed, when all of it was, and of each file. None for papers that may be used again."""
    if not spec.unique:
        return ()
    marks = [work.vault.blind("bill", spec.kind, *typed) for typed in _typed(spec, facts) if all(typed)]
    files = scans(work, spec.code, case_id=case_id, draft_id=draft_id) if case_id or draft_id else ()
    return [*marks, *(work.vault.blind("file", each.hash) for each in files)]


def _typed(spec: MaterialSpec, facts: Mapping[str, Any]) -> Iterator[list[str]]:
    """What tells the bill from others; of a list of bills, for each of its rows."""
    for bill in _bills(spec, facts):
        said = forms.flatten(bill)
        yield ["".join(str(said.get(key) or "").split()).upper() for key in spec.unique]


def _bills(spec: MaterialSpec, facts: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The facts, or once for each row with the row in place of the list the keys lie in (lint: in one at most)."""
    parts = [key.split(".") for key in spec.unique]
    around = {".".join(names[:n]) for names in parts for n in range(1, len(names))}
    for name in sorted(around):
        rows = forms.value_at(facts, name)
        if isinstance(rows, list):
            return [forms.overlay(facts, forms.nest({name: row})) for row in rows]
    return [facts]
