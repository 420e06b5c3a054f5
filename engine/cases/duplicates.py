"""Duplicate applications 重复申请 (domain.md 2.0.8): who applies has a case for the same item already.

What counts is the pack's (`[duplicates]`). The window compares both; it goes on with a reason, or not at all.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from engine import forms, identity, ledger, numbers, people, releases
from engine.cases.held import locked, may_read
from engine.cases.view import visible_keys
from engine.catalog import Pack
from engine.errors import DuplicateFound
from engine.forms import Field, Form
from engine.identity import DepartmentInfo
from engine.store import Case, Item, Person, take_turns
from engine.words import CaseState, EntryKind, Outcome
from engine.work import Work

# Whoever withdrew, or got no decision, may apply again.
UNDONE = frozenset({Outcome.NOT_NEEDED, Outcome.NOT_ACCEPTED, Outcome.WITHDRAWN, Outcome.TERMINATED})


@dataclass(frozen=True)
class Duplicate:
    """An earlier case for the same: `items` are those both ask for."""

    case_id: str
    number: str
    window: DepartmentInfo
    state: CaseState
    accepted_at: datetime
    ended_at: datetime | None
    items: tuple[str, ...]


@dataclass(frozen=True)
class Line:
    """One answer in both, masked. `there` is None where the actor may only know whether it is the same."""

    address: str
    field: Field
    here: str
    there: str | None
    same: bool


def duplicates(work: Work, pack: Pack, answers: Mapping[str, Any], items: Collection[str]) -> tuple[Duplicate, ...]:
    """The cases an application is the same as by the pack's rule, oldest first. `answers` are clean and nested."""
    found = _twins(work, pack, answers, items)
    offices = identity.departments(work, {case.window_id for case in found})
    return tuple(
        Duplicate(
            case_id=case.id,
            number=case.number,
            window=offices[case.window_id],
            state=CaseState(case.state),
            accepted_at=case.accepted_at,
            ended_at=case.ended_at,
            items=_shared(case, items),
        )
        for case in found
    )


def explained(
    work: Work, pack: Pack, answers: Mapping[str, Any], items: Collection[str], reasons: Mapping[str, str]
) -> dict[str, str]:
    """The numbers of the cases this is the same as, each with the reason to go on (`reasons`: by id of the case).

    `DuplicateFound` names those without one. From here to its end no other transaction accepts these people.
    """
    if pack.duplicates:
        take_turns(work.session, _hashes(work, pack, answers))
    found = _twins(work, pack, answers, items)
    unexplained = [case.number for case in found if not reasons.get(case.id)]
    if unexplained:
        raise DuplicateFound(numbers="、".join(map(numbers.grouped, unexplained)))
    return {case.number: reasons[case.id] for case in found}


def compared(work: Work, form: Form, answers: Mapping[str, Any], case_id: str) -> tuple[tuple[Line, ...], bool]:
    """What `form` asks, as it is answered now and in that case; and whether the actor may read that case.

    That somebody looked is in the ledger of the case.
    """
    case = locked(work, case_id)
    ledger.record(work, case.id, EntryKind.CASE_COMPARED)
    seen = visible_keys(work, case, releases.of_case(work, case))
    here, there = (forms.said(form, said) for said in (answers, case.facts))
    places = {place.address: place.field for said in (here, there) for place in forms.places(form, said)}
    said = ((address, field) for address, field in places.items() if here.get(address) or there.get(address))
    return tuple(_line(address, field, here, there, seen) for address, field in said), may_read(work, case)


def _twins(work: Work, pack: Pack, answers: Mapping[str, Any], items: Collection[str]) -> list[Case]:
    rule = pack.duplicates
    hashes = _hashes(work, pack, answers)
    if rule is None or not hashes:
        return []
    wanted = select(Case).join(Person, Person.case_id == Case.id).where(Case.pack == pack.code).distinct()
    wanted = wanted.where(Person.id_hash.in_(hashes), Person.role.in_(rule.roles))
    found = sorted(work.session.scalars(wanted), key=lambda case: (case.accepted_at, case.id))
    since = releases.local_day(work.now) - timedelta(days=rule.days)
    alive = [c for c in found if c.ended_at is None or (rule.days and releases.local_day(c.ended_at) >= since)]
    return [c for c in alive if _shared(c, items) and _alike(rule.same, answers, c.facts)]


def _hashes(work: Work, pack: Pack, answers: Mapping[str, Any]) -> frozenset[str]:
    """Everybody of the roles that count, by the names the index knows them under."""
    roles = pack.duplicates.roles if pack.duplicates else ()
    found = people.of_case(pack, answers)
    return frozenset(work.vault.blind("id", person.number) for person in found if person.role in roles)


def _shared(case: Case, items: Collection[str]) -> tuple[str, ...]:
    return tuple(item.code for item in case.items if item.code in items and _counts(item))


def _counts(item: Item) -> bool:
    return item.outcome is None or Outcome(item.outcome) not in UNDONE


def _alike(keys: Collection[str], here: Mapping[str, Any], there: Mapping[str, Any]) -> bool:
    """Whether each of these answers is the same in both; of rows it is enough that one is (a child in both)."""
    said = ((forms.values_at(here, key), forms.values_at(there, key)) for key in keys)
    return all(ours == theirs or any(value in theirs for value in ours) for ours, theirs in said)


def _line(address: str, field: Field, here: Mapping[str, Any], there: Mapping[str, Any], seen: Collection[str]) -> Line:
    ours, theirs = (forms.mask(field.secrecy, forms.display(field, said.get(address))) for said in (here, there))
    known = ".".join(part for part in address.split(".") if not part.isdecimal()) in seen
    return Line(
        address, field, ours, theirs if known else None, (here.get(address) or "") == (there.get(address) or "")
    )
