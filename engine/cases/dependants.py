"""An item falls with what it depends on, and with nothing else (domain.md 0.1). Pure.

An item that says `otherwise` ends by itself as soon as one it depends on has ended without being granted. Nothing is
worked on for it any more: where the drawing stands in it, or comes to it later, it is ended there and the case goes on
behind it.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime

from engine import runtime
from engine.catalog import ItemSpec, Pack
from engine.runtime import Advance, Incident, ItemEnded, Refusal
from engine.words import Outcome

LOST = frozenset(
    {Outcome.REFUSED, Outcome.NOT_ACCEPTED, Outcome.WITHDRAWN, Outcome.FORWARDED, Outcome.TERMINATED}
)  # ended, and neither granted nor superfluous

ENDLESS = ("不再办理的事项，流程图却一再走回去。", "The drawing comes back for ever to an item that has ended.")


def fallen(items: Collection[ItemSpec], ended: Mapping[str, str]) -> dict[str, Outcome]:
    """The items of a case whose ground is gone, with how they end; `ended` are the outcomes so far.

    What the drawing has ended otherwise stays as it is, and what depends on it follows that.
    """
    gone = {spec.code for spec in items if ended.get(spec.code) in LOST}
    may = {spec.code: spec.otherwise for spec in items if spec.otherwise in (ended.get(spec.code, spec.otherwise),)}
    found: dict[str, Outcome] = {}
    while more := [s.code for s in items if may.get(s.code) and s.code not in found and gone & set(s.depends)]:
        found |= {code: how for code in more if (how := may[code])}
        gone |= set(more)
    return found


def reopened(items: Collection[ItemSpec], ended: Mapping[str, str], again: Collection[str]) -> set[str]:
    """What is opened again with these items: those that had fallen with one of them and do no more."""
    left = {code: how for code, how in ended.items() if code not in again}
    return {*again, *((fallen(items, ended).keys() & left.keys()) - fallen(items, left).keys())}


def followed(
    pack: Pack, codes: Collection[str], ended: Mapping[str, str], advance: Advance, *, now: datetime
) -> Advance:
    """One step, and what falls with it: `codes` are the items of the case, `ended` the outcomes before the step.

    An item that is opened again takes those along that fell with it. Nor does the drawing work on what was withdrawn.
    """
    items = [spec for spec in pack.items if spec.code in codes]
    again = reopened(items, ended, advance.reopened)
    before = {code: how for code, how in ended.items() if code not in again}
    lost = _over(items, before | {one.item: one.outcome for one in advance.outcomes})
    told = tuple(one for one in advance.outcomes if one.item not in before or one.item not in lost)
    known = {*before, *(one.item for one in told)}
    new = tuple(ItemEnded(code, how, "") for code, how in lost.items() if code not in known)
    if not lost and again == set(advance.reopened):
        return advance
    return _emptied(pack, replace(advance, outcomes=(*told, *new), reopened=tuple(sorted(again))), lost, now)


def _over(items: Collection[ItemSpec], ended: Mapping[str, str]) -> dict[str, Outcome]:
    """What the drawing must not work on: what fell, and what the applicant has withdrawn before its turn."""
    back = {spec.code: Outcome.WITHDRAWN for spec in items if ended.get(spec.code) == Outcome.WITHDRAWN}
    return fallen(items, ended) | back


def _emptied(pack: Pack, advance: Advance, lost: Collection[str], now: datetime) -> Advance:
    """Go on behind what has fallen, until the drawing stands in none of it."""
    for _ in pack.model.nodes:
        standing = {pack.model.nodes[one.node].item for one in runtime.standing(pack.model, advance.state)}
        here = sorted(code for code in lost if code in standing)
        if not here or advance.incident or advance.ended:
            return advance
        found = runtime.repair(pack.model, advance.state, runtime.Cancel(tuple(here)), advance.facts, now=now)
        if isinstance(found, Refusal):
            return replace(advance, incident=Incident("", found.zh, found.en))
        if found.incident:
            return replace(advance, incident=found.incident)
        advance = _joined(advance, replace(found, outcomes=tuple(o for o in found.outcomes if o.item not in lost)))
    return replace(advance, incident=Incident("", *ENDLESS))


def _joined(first: Advance, then: Advance) -> Advance:
    """Two steps as one: what the first opened and the second took away was never there."""
    gone = set(then.closed)
    return replace(
        then,
        opened=(*(task for task in first.opened if task.id not in gone), *then.opened),
        jobs=(*(job for job in first.jobs if job.id not in gone), *then.jobs),
        closed=(*first.closed, *then.closed),
        outcomes=(*first.outcomes, *then.outcomes),
        passed=(*first.passed, *then.passed),
        warnings=(*first.warnings, *then.warnings),
        decisions=(*first.decisions, *then.decisions),
        signals=(*first.signals, *then.signals),
        messages=(*first.messages, *then.messages),
        reopened=(*first.reopened, *then.reopened),
    )
