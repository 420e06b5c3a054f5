"""Changing by hand where a running case stands: retry, skip, reopen, move, cancel.

A change is a step like any other and gives an `Advance`; or a `Refusal`, when the case could not come to its end then.
Retrying and skipping leave the tokens where the drawing itself would put them; the others are looked at beforehand, in
every course the data could take (`repair_game`).
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from engine.runtime import expressions, repair_plan, repair_words, step, tokens
from engine.runtime.changes import Cancel, Change, Move, Refusal, Reopen, Retry, Skip
from engine.runtime.repair_game import Fault
from engine.runtime.repair_names import wanting
from engine.runtime.repair_net import Net
from engine.runtime.repair_plan import Plan
from engine.runtime.repair_standing import Scope, closed, items_again, node_of, scopes, standing, within
from engine.runtime.told import Advance, Incident, ItemEnded
from engine.runtime.values import Model, Node
from engine.runtime.waiting import Waits
from engine.words import Outcome

State = dict[str, Any]
AGAIN = ("userTask", "subProcess", "callActivity")  # kinds of nodes that can be opened again
_KEPT = ("via", "undo")  # what a token that begins again keeps


def repair(
    model: Model, document: State, change: Change, facts: Mapping[str, Any], *, now: datetime
) -> Advance | Refusal:
    """Make one change. What it would run into, now or later, is the `incident` of the advance; nothing happens then."""
    found = _MAKE[type(change)](model, document, change, facts, now)
    if isinstance(found, Refusal):
        return found
    incident = found.incident or _wanting(model, document, facts, found, now)
    return Advance(document, dict(facts), incident=incident) if incident else found


def earlier(model: Model, document: State) -> tuple[Reopen, ...]:
    """What can be opened again, in the order of the drawing."""
    found = [(scope, Net.of(model, scope.name)) for scope in scopes(model, document)]
    nodes = ((scope, net, node) for scope, net in found for node in _done_in(model, document, scope))
    return tuple(Reopen(n, s.id) for s, net, n in nodes if isinstance(_again(model, document, s, net, n), Plan))


def targets(model: Model, document: State, token: str) -> tuple[str, ...]:
    """The nodes a token can be moved to, in the order of the drawing."""
    scope = _scope_of(model, document, token)
    if scope is None:
        return ()
    net = Net.of(model, scope.name)
    return tuple(n for n in net.nodes if isinstance(_moved(model, document, scope, net, Move(token, n)), Plan))


def _wanting(model: Model, document: State, facts: Mapping[str, Any], after: Advance, now: datetime) -> Incident | None:
    """What the change takes away from a later step; what it lacked before is not for the change to answer."""
    found = wanting(model, after.state, after.facts, now)
    before = wanting(model, document, facts, now) if found else None
    return None if before and found and before.node == found.node else found


def _retry(model: Model, document: State, change: Retry, facts: Any, now: datetime) -> Advance | Refusal:
    if not _fits(model, document, change.token, "retry"):
        return repair_words.NOT_WAITING

    def again(process: tokens.Process) -> None:
        task = _token(process, change.token)
        kept = {name: task.internal_data[name] for name in _KEPT if name in task.internal_data}
        tokens.cancel(task)
        tokens.place(task.workflow, task.task_spec.node.id, **kept)

    return step.changed(model, document, facts, again, now=now)


def _skip(model: Model, document: State, change: Skip, facts: Any, now: datetime) -> Advance | Refusal:
    if not _fits(model, document, change.token, "skip"):
        return repair_words.NOT_WAITING

    def pass_by(process: tokens.Process) -> None:
        task = _token(process, change.token)
        run, answers = task.workflow.run, expressions.plain(dict(change.answers))
        if isinstance(task.task_spec, Waits):
            run.take(task.task_spec.caught, answers, {})
            task.task_spec.fire(run, task)
        else:
            run.gone(change.token)
            task.task_spec.answer(run, task, answers)
            task.run()

    return step.changed(model, document, facts, pass_by, now=now)


def _reopen(model: Model, document: State, change: Reopen, facts: Any, now: datetime) -> Advance | Refusal:
    scope = next((s for s in scopes(model, document) if s.id == change.scope), None)
    if scope is None:
        return repair_words.NOT_DONE
    net = Net.of(model, scope.name)
    plan = _again(model, document, scope, net, change.node)
    return plan if isinstance(plan, Refusal) else _back(model, document, scope, net, change.node, plan, facts, now)


def _move(model: Model, document: State, change: Move, facts: Any, now: datetime) -> Advance | Refusal:
    scope = _scope_of(model, document, change.token)
    if scope is None:
        return repair_words.NOT_WAITING
    net = Net.of(model, scope.name)
    plan = _moved(model, document, scope, net, change)
    return plan if isinstance(plan, Refusal) else _back(model, document, scope, net, change.node, plan, facts, now)


def _back(
    model: Model, document: State, scope: Scope, net: Net, node: str, plan: Plan, facts: Any, now: datetime
) -> Advance | Refusal:
    """Open `node`. What is done again after it was not done; items that are decided by it are told as reopened."""
    over = not scope.tokens
    gone = [node_of(model, t).id for t in scope.tokens if t["id"] in plan.gone]
    nodes = within(model, repair_plan.redone(net, node, gone, over))
    before = {
        **document,
        "done": [n for n in document["done"] if n not in nodes],
        "flows": [f for f in document["flows"] if f in model.flows and model.flows[f].source not in nodes],
    }

    def place(process: tokens.Process) -> None:
        workflow = _workflow(process, scope.id)
        for listener in workflow.spec.listeners if over else ():
            tokens.place(workflow, listener, watch=True)
        workflow.undo = [name for name in workflow.undo if name not in nodes]
        _carry_out(process, scope.id, plan)

    advance = step.changed(model, before, facts, place, now=now)
    if over and not advance.incident and not advance.state["tokens"]:
        return repair_words.NOTHING_LEFT
    return replace(advance, reopened=items_again(model, nodes, document["done"]))


def _cancel(model: Model, document: State, change: Cancel, facts: Any, now: datetime) -> Advance | Refusal:
    plans: dict[str, Plan] = {}
    for scope, ours in _holding(model, document, change.items):
        plan = _left(model, scope, ours, change.items)
        if isinstance(plan, Refusal):
            return plan
        plans[scope.id] = plan
    if not plans and change.outcome != Outcome.WITHDRAWN:
        return repair_words.NOT_RUNNING

    def end(process: tokens.Process) -> None:
        for item in change.items:
            process.run.outcomes.append(ItemEnded(item, change.outcome, ""))
        for scope, plan in plans.items():
            _carry_out(process, scope, plan)

    return step.changed(model, document, facts, end, now=now)


def _left(model: Model, scope: Scope, ours: list[str], items: tuple[str, ...]) -> Plan | Refusal:
    if closed(model, scope):
        return repair_words.CLOSED
    net = Net.of(model, scope.name)
    own = {n for n in net.nodes if any(model.nodes[inner].item in items for inner in within(model, [n]))}
    places = scope.places(net)
    found = repair_plan.best(net, places, repair_plan.leaving(net, places, ours, own))
    return _vetted(model, found, repair_words.STILL_COMING)


def _holding(model: Model, document: State, items: tuple[str, ...]) -> Iterator[tuple[Scope, list[str]]]:
    """The scopes with tokens of these items; what lies inside a token that goes is not looked at."""
    gone: set[str] = set()
    for scope in scopes(model, document):
        if scope.id in gone:
            gone |= {t["id"] for t in scope.tokens}
            continue
        places = scope.places(Net.of(model, scope.name))
        ours = [token for token in places if model.nodes[places[token][0]].item in items]
        gone |= {t["id"] for t in scope.tokens if t["id"] in ours or t["about"].get("body") in ours}
        if ours:
            yield scope, ours


def _again(model: Model, document: State, scope: Scope, net: Net, node: str) -> Plan | Refusal:
    if node not in _done_in(model, document, scope):
        return repair_words.NOT_DONE
    if closed(model, scope):
        return repair_words.CLOSED
    places = scope.places(net)
    return _vetted(model, repair_plan.best(net, places, repair_plan.reopening(net, places, node, document["done"])))


def _moved(model: Model, document: State, scope: Scope, net: Net, change: Move) -> Plan | Refusal:
    if not _fits(model, document, change.token, "move"):
        return repair_words.NOT_WAITING
    places = scope.places(net)
    if change.node not in net.nodes or not _enters(net, net.nodes[change.node]):
        return repair_words.NO_PLACE
    if places[change.token][0] == change.node:
        return repair_words.THERE
    return _vetted(model, repair_plan.best(net, places, repair_plan.moving(net, change.token, change.node)))


def _vetted(model: Model, found: Plan | Fault | None, none: Refusal = repair_words.NO_PLACE) -> Plan | Refusal:
    if isinstance(found, Fault):
        return repair_words.fault(found, model.nodes[found.node].called)
    return found or none


def _enters(net: Net, node: Node) -> bool:
    """Whether a token can be put on a node: nothing begins in the middle of an event or of undoing."""
    behind_choice = any(net.nodes[f.source].kind == "eventBasedGateway" for f in net.into[node.id])
    return not (node.host or node.by_event or node.undoes or node.kind == "startEvent" or behind_choice)


def _done_in(model: Model, document: State, scope: Scope) -> list[str]:
    """The nodes of a scope that completed and can be done again, in the order of the drawing."""
    done = set(document["done"])
    nodes = (n for n in model.nodes.values() if n.scope == scope.name and n.id in done)
    return [n.id for n in nodes if n.kind in AGAIN and not (n.by_event or n.undoes)]


def _fits(model: Model, document: State, token: str, verb: str) -> bool:
    return any(s.id == token and verb in s.can for s in standing(model, document))


def _scope_of(model: Model, document: State, token: str) -> Scope | None:
    return next((s for s in scopes(model, document) if any(t["id"] == token for t in s.tokens)), None)


def _carry_out(process: tokens.Process, scope: str, plan: Plan) -> None:
    workflow = _workflow(process, scope)
    for gone in plan.gone:
        tokens.cancel(workflow.tasks[UUID(gone)])
    for node, via in plan.come:
        arriving = workflow.spec.task_specs[tokens.PREFIX + node].incoming  # a gateway counts by flows, even by one
        tokens.place(workflow, node, **({"via": via or arriving[0]} if arriving else {}))


def _workflow(process: tokens.Process, scope: str) -> Any:
    return process.subprocesses[UUID(scope)] if scope else process


def _token(process: tokens.Process, token: str) -> Any:
    return next(task for task in tokens.everywhere(process) if str(task.id) == token)


_MAKE: Mapping[type[Any], Callable[..., Advance | Refusal]] = {
    Retry: _retry,
    Skip: _skip,
    Reopen: _reopen,
    Move: _move,
    Cancel: _cancel,
}
