"""Writing the index of a case from its facts, and looking people up in it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, insert, select

from engine import forms, releases
from engine.catalog import Pack
from engine.errors import PersonDied
from engine.forms import Form
from engine.store import Case, LifeEvent, Person
from engine.words import EventKind, PersonRole
from engine.work import Work

CHECK = "cn.ric"  # the check of a field that holds an ID number
NAME = "name"  # the field beside it
LIVING = (PersonRole.APPLICANT, PersonRole.AGENT)


@dataclass(frozen=True)
class Found:
    """Somebody in a case: where among the facts, as what, and the name as it was typed."""

    place: str
    role: PersonRole
    number: str
    name: str


def follow(work: Work, case: Case, pack: Pack) -> None:
    """Make the index of a case say what its facts say now. The case is locked or new."""
    rows = [
        {
            "case_id": case.id,
            "place": found.place,
            "role": found.role,
            "id_hash": work.vault.blind("id", found.number),
            "name_hash": work.vault.blind("name", found.name),
        }
        for found in of_case(pack, case.facts)
    ]
    work.session.flush()
    work.session.execute(delete(Person).where(Person.case_id == case.id))
    if rows:
        work.session.execute(insert(Person), rows)


def of_case(pack: Pack, facts: Mapping[str, Any]) -> tuple[Found, ...]:
    """Everybody with a valid ID number among the answers of the application."""
    ends = sorted({key.rpartition(".")[2] for form in pack.forms.values() for key in _numbers(form)})
    found = (_person(pack, place, said, end) for place, said in _answers(facts, "") for end in ends)
    return tuple(person for person in found if person)


def cases_of(work: Work, id_hash: str) -> tuple[Person, ...]:
    """The rows of everybody with this number, by case."""
    wanted = select(Person).where(Person.id_hash == id_hash).order_by(Person.case_id, Person.place)
    return tuple(work.session.scalars(wanted))


def death_of(work: Work, id_hash: str, *, confirmed: bool = False) -> LifeEvent | None:
    """The death of this person that was reported (and confirmed, if asked) and not reversed."""
    wanted = select(LifeEvent).where(LifeEvent.kind == EventKind.DECEASED, LifeEvent.person == id_hash)
    wanted = wanted.where(LifeEvent.reversed_at.is_(None))
    return work.session.scalar(wanted.where(LifeEvent.confirmed_at.is_not(None)) if confirmed else wanted)


def admit(work: Work, case: Case, pack: Pack) -> None:
    """`PersonDied` when somebody who applies, or acts for them, is known to be dead: a mistake or somebody's fraud."""
    for found in of_case(pack, case.facts):
        if found.role in LIVING and death_of(work, work.vault.blind("id", found.number), confirmed=True):
            raise PersonDied(name=forms.mask("name", found.name))


def rebuild(work: Work) -> int:
    """Write the index of all cases anew, after the secret has changed; returns how many cases it has."""
    ids = work.session.scalars(select(Case.id).order_by(Case.id)).all()
    for case_id in ids:
        case = work.session.get_one(Case, case_id)
        follow(work, case, releases.of_case(work, case))
        work.session.flush()
        work.session.expunge(case)
    return len(ids)


def _numbers(form: Form) -> Iterator[str]:
    """Keys of the questions for an ID number; those in the rows of a list as they are called inside the row."""
    for field in form.fields:
        if field.check == CHECK:
            yield field.key
        if field.rows:
            yield from _numbers(field.rows.form)


def _answers(said: Any, place: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every group of answers with its place; the rows of a list are counted from 1."""
    if isinstance(said, Mapping):
        yield place, said
        parts = ((str(name), value) for name, value in said.items())
    elif isinstance(said, list | tuple):
        parts = ((str(number), value) for number, value in enumerate(said, 1))
    else:
        return
    for name, value in parts:
        yield from _answers(value, f"{place}.{name}" if place else name)


def _person(pack: Pack, place: str, said: Mapping[str, Any], end: str) -> Found | None:
    number = forms.id_number(str(said.get(end) or ""))
    if number is None:
        return None
    return Found(place, _role(pack, place), number, str(said.get(NAME) or "").strip())


def _role(pack: Pack, place: str) -> PersonRole:
    """What the pack says; else whoever names the case is its applicant, and everybody else belongs to the family."""
    group = ".".join(part for part in place.split(".") if not part.isdecimal())  # a list says it for all its rows
    if group in pack.people:
        return pack.people[group]
    return PersonRole.APPLICANT if f"{place}.{NAME}" in pack.applicant else PersonRole.MEMBER
