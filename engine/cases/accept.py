"""Accepting an application: it becomes a case with a number, items, papers and first tasks."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from engine import catalog, forms, identity, ledger, materials, numbers, people, releases, runtime
from engine.cases.deadlines import wind
from engine.cases.duplicates import explained
from engine.cases.move import START, move, told, vetted
from engine.catalog import Pack
from engine.errors import NotStarted
from engine.store import Case, Item
from engine.words import EntryKind, ItemState
from engine.work import Work

LONGEST_NAMES = 600  # characters; an entry of an index holds 2,700 bytes


@dataclass(frozen=True)
class Application:
    """What the window hands over: answers are clean (`forms.check`), papers are states by material code.

    `reasons`: why a bill counts again, by material code. The scans are those of `draft`.
    `duplicates`: why this is not the same as an earlier case, by its id.
    `sources` says by address which answers another department gave, or gave otherwise.
    `counts_from` is the moment of receipt, if the application was deemed accepted.
    """

    release: str
    area: str
    window: str
    items: tuple[str, ...]
    answers: Mapping[str, Any]
    papers: Mapping[str, str]
    reasons: Mapping[str, str] = field(default_factory=dict)
    draft: str | None = None
    sources: Mapping[str, Any] = field(default_factory=dict)
    counts_from: datetime | None = None
    duplicates: Mapping[str, str] = field(default_factory=dict)


def accept(work: Work, application: Application) -> str:
    """Open a case; returns its id. `NoDepartment` when a lane has nobody in this area, `NotStarted` on an incident.

    `DuplicateFound` when who applies has a case for the same and `duplicates` (reasons by id) does not say why not.
    """
    day = releases.local_day(application.counts_from or work.now)
    pack = catalog.local(releases.load(work, application.release), application.area, day)
    # Before the number is taken: whoever waits here keeps nobody else waiting.
    others = explained(work, pack, application.answers, application.items, application.duplicates)
    number = numbers.next_case_number(work, application.area, releases.local_day(work.now))
    facts = catalog.facts_at_start(
        pack, application.answers, application.items, number=number, area=application.area, on=day
    )
    case = _case(work, application, pack, facts)
    work.session.add(case)
    work.session.flush()
    people.admit(work, case, pack)
    people.follow(work, case, pack)
    _tell(work, case, pack, application, others)
    for decided in catalog.decisions(pack, application.answers, facts, work.now):
        told(work, case, decided)
    advance = vetted(work, case, pack, runtime.start(pack.model, facts, now=work.now))
    if advance.incident:
        raise NotStarted(reason=f"{advance.incident.zh} / {advance.incident.en}")
    move(work, case, pack, advance, cause=START)
    if not case.clocks:  # no item has begun, but the case has
        wind(work, case, pack)
    return case.id


def _case(work: Work, application: Application, pack: Pack, facts: dict[str, Any]) -> Case:
    """The rows of case, items and papers, as they are on acceptance."""
    case = Case(
        number=facts["case"]["number"],
        code=numbers.code(),
        pack=pack.code,
        release_hash=application.release,
        area=application.area,
        window_id=application.window,
        applicant=named(pack, application.answers),
        facts=facts,
        process={},
        sources=dict(application.sources),
        accepted_at=work.now,
        accepted_by=work.actor.id,
        counts_from=application.counts_from,
    )
    case.items = [_item(work, pack, case, position, code) for position, code in enumerate(application.items, 1)]
    case.materials = materials.expected(work, case, pack, application.items, facts, application.papers)
    return case


def _tell(work: Work, case: Case, pack: Pack, application: Application, others: Mapping[str, str]) -> None:
    """The ledger has the acceptance first, then why it is none of the `others`, then what papers there are."""
    deemed = {"since": case.counts_from.isoformat()} if case.counts_from else {}
    ledger.record(work, case.id, EntryKind.CASE_ACCEPTED, number=case.number, release=case.release_hash, **deemed)
    for other, reason in others.items():
        ledger.record(work, case.id, EntryKind.CASE_DOUBLED, other=other, reason=reason)
    if application.draft:
        materials.hand_over(work, application.draft, case.id)
    materials.tell(work, case, pack, application.reasons)


def _item(work: Work, pack: Pack, case: Case, position: int, code: str) -> Item:
    spec = next(i for i in pack.items if i.code == code)
    lane = pack.lanes[spec.lane]
    return Item(
        position=position,
        code=code,
        number=numbers.item_number(case.number, position),
        department_id=identity.serving(work, lane.kind, lane.level, case.area).id,
        state=ItemState.WAITING,
    )


def named(pack: Pack, answers: Mapping[str, Any]) -> str:
    """The applicants' names, as lists and the receipt show them; not more than an index can hold."""
    said = forms.flatten(answers)
    return "、".join(str(said[key]) for key in pack.applicant if said.get(key))[:LONGEST_NAMES]
