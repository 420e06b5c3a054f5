"""Reporting what happened, and confirming it. A death counts once a second person has confirmed it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, select

from engine import cases, catalog, commands, forms, ledger, people, releases
from engine.errors import AlreadyReported, FieldError, FormInvalid, NotFound, SecondPerson
from engine.events.held import DECIDING, event, reportable
from engine.events.names import AFTER_THE_END, MESSAGES
from engine.events.reach import reached
from engine.events.typed import form, told
from engine.store import Case, Concern, LifeEvent, Person
from engine.words import N_, CaseState, ConcernState, EntryKind, EventKind
from engine.work import Work

LATER = timedelta(days=7)  # how long after its confirmation cases are looked for that were being accepted meanwhile
CHOOSE_PERSON = N_("Choose who it is about.")


@dataclass(frozen=True)
class Report:
    """What somebody learned: `place` names the person (`people_in`), `raw` is what was typed, flat by key."""

    kind: EventKind
    place: str = ""
    raw: Mapping[str, Any] = field(default_factory=dict)


def report(work: Work, case_id: str, said: Report, *, key: str) -> str:
    """Report an event in a case, once per `key`; returns its id. A death waits for `confirm`, the others count at once.

    `FormInvalid`; `AlreadyReported` for a death that is known; `NotFound`, `NotYours`, `KeyReused`.
    """
    if said.kind == EventKind.WITHDRAWN:
        raise ValueError("an application is taken back with withdraw")
    case = reportable(work, case_id)
    if case.state == CaseState.ENDED and said.kind not in AFTER_THE_END:
        raise NotFound  # an objection may come after the end; nothing else concerns a case that is over
    if commands.once(work, key, {**asdict(said), "raw": dict(said.raw), "case": case_id}, case.id):
        return _latest(work, case)
    clean = _clean(work, case, said)
    death = said.kind == EventKind.DECEASED
    row = _row(work, case, said, clean)
    work.session.add(row)
    work.session.flush()
    ledger.record(work, case.id, EntryKind.EVENT_REPORTED, event=row.id, what=said.kind, place=said.place)
    if not death:
        row.confirmed_at, row.confirmed_by = work.now, work.actor.id
        own = Concern(event_id=row.id, case_id=case.id, place=said.place, state=ConcernState.WAITING)
        work.session.add(own)
        work.session.flush()
        reached(work, row, own, case)
    return row.id


def confirm(work: Work, event_id: str) -> None:
    """Confirm a death as a second person; every open case with this person is told. Twice is once.

    `SecondPerson` for who reported it; `NotFound` when the event is none of theirs, or was reversed.
    """
    row = event(work, event_id, DECIDING)
    if row.confirmed_at:
        return
    if row.reversed_at:
        raise NotFound
    if row.reported_by == work.actor.id:
        raise SecondPerson
    row.confirmed_at, row.confirmed_by = work.now, work.actor.id
    cases.locked(work, row.reported_in)
    ledger.record(work, row.reported_in, EntryKind.EVENT_CONFIRMED, event=row.id, what=row.kind)
    concerned(work, Person.id_hash == row.person)


def concerned(work: Work, whom: ColumnElement[bool]) -> int:
    """Write down which running cases a confirmed death concerns, as far as that is not known; returns how many."""
    known = select(Concern.case_id).where(Concern.event_id == LifeEvent.id, Concern.case_id == Case.id)
    wanted = (
        select(LifeEvent.id, Case.id, Person.place, Person.role)
        .join(Person, Person.id_hash == LifeEvent.person)
        .join(Case, Case.id == Person.case_id)
        .where(whom, LifeEvent.confirmed_at.is_not(None), LifeEvent.reversed_at.is_(None))
        .where(Case.state != CaseState.ENDED, ~known.exists())
        .order_by(Case.id, Person.place)
    )
    rows = {(found, case): (place, role) for found, case, place, role in work.session.execute(wanted)}
    for (found, case), (place, role) in rows.items():
        added = Concern(event_id=found, case_id=case, place=place, role=role, state=ConcernState.WAITING)
        work.session.add(added)
    work.session.flush()
    return len(rows)


def late(work: Work) -> int:
    """Find cases that were being accepted while a death was confirmed; returns how many."""
    return concerned(work, LifeEvent.confirmed_at > work.now - LATER)


def _clean(work: Work, case: Case, said: Report) -> dict[str, Any]:
    clean = told(work, said.kind, said.raw)
    if said.kind == EventKind.DECEASED and _person(work, case, said.place) is None:
        raise FormInvalid([FieldError("place", "", CHOOSE_PERSON)])
    facts = {**case.facts, "event": {"place": said.place, **clean}}
    pack, asked, step = releases.of_case(work, case), form(said.kind), MESSAGES[said.kind]
    if wrong := catalog.contradictions(pack, asked, said.raw, facts, work.now, step):
        raise FormInvalid(wrong)
    return clean


def _row(work: Work, case: Case, said: Report, clean: Mapping[str, Any]) -> LifeEvent:
    who = _person(work, case, said.place)
    number = work.vault.blind("id", who.number) if who else None
    if number and said.kind == EventKind.DECEASED and people.death_of(work, number):
        raise AlreadyReported
    return LifeEvent(
        kind=said.kind,
        person=number,
        name=forms.mask("name", who.name) if who else "",
        day=date.fromisoformat(clean["day"]) if clean.get("day") else None,
        evidence=str(clean.get("evidence") or ""),
        said=str(clean.get("said") or clean.get("reason") or ""),
        reported_in=case.id,
        reported_at=work.now,
        reported_by=work.actor.id,
    )


def _person(work: Work, case: Case, place: str) -> people.Found | None:
    found = people.of_case(releases.of_case(work, case), case.facts)
    return next((person for person in found if person.place == place), None)


def _latest(work: Work, case: Case) -> str:
    mine = select(LifeEvent.id).where(LifeEvent.reported_in == case.id, LifeEvent.reported_by == work.actor.id)
    return work.session.scalars(mine.order_by(LifeEvent.reported_at.desc(), LifeEvent.id)).first() or case.id
