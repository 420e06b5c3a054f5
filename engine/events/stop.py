"""Ending a case from outside of its process, so that it can be put back."""

from collections.abc import Collection
from dataclasses import replace

from engine import cases, releases, runtime
from engine.runtime import ItemEnded
from engine.store import Case, Concern
from engine.words import ItemState, Outcome
from engine.work import Work


def stop(work: Work, case: Case, own: Concern, outcome: Outcome, result: str) -> None:
    """Take everything away that waits; every item that has no result gets this one."""
    pack = releases.load(work, case.release_hash)
    own.before = cases.taken_down(work, case)
    open_: Collection[str] = [item.code for item in case.items if item.state != ItemState.ENDED]
    step = runtime.terminate(pack.model, case.process, case.facts, result=result, now=work.now)
    ended = tuple(ItemEnded(code, outcome, "") for code in open_)
    cases.move(work, case, pack, replace(step, outcomes=ended), cause=cases.CLOCK)
    work.session.flush()
    own.revision = case.revision
