"""Ending a case from outside of its process, so that it can be put back."""

from collections.abc import Collection
from dataclasses import replace

from engine import cases, catalog, notices, releases, runtime
from engine.runtime import ItemEnded
from engine.store import Case, Concern
from engine.words import ItemState, Occasion, Outcome
from engine.work import Work

LETTERS = {Outcome.WITHDRAWN: Occasion.CASE_WITHDRAWN, Outcome.TERMINATED: Occasion.CASE_TERMINATED}


def stop(work: Work, case: Case, own: Concern, outcome: Outcome, result: str, reason: str) -> None:
    """Take everything away that waits; every item that has no result gets this one, and the applicant a letter."""
    pack = releases.of_case(work, case)
    own.before = cases.taken_down(work, case)
    open_: Collection[str] = [item.code for item in case.items if item.state != ItemState.ENDED]
    step = runtime.terminate(pack.model, case.process, case.facts, result=result, now=work.now)
    ended = tuple(ItemEnded(code, outcome, "") for code in open_)
    cases.move(work, case, pack, replace(step, outcomes=ended), cause=cases.CLOCK)
    occasion = LETTERS[outcome]
    said = {name: reason if name == "reason" else "" for name in catalog.said_of(occasion)}
    notices.on(work, case, pack, occasion, said=said)
    work.session.flush()
    own.revision = case.revision
