"""What can be undone: kept when an activity completes, taken up when compensation is thrown, the last one first.

A scope's `undo` is a list of records, one for each completed activity that can be undone, the oldest first: the
activity's id, or {"node": id, "data"?: names and values, "inside"?: inside}. `data` are those of one instance of a
multi-instance activity; the compensating activity sees them. `inside` is what a completed sub-process or called process
leaves, as BPMN 2.0 asks a snapshot: {"undo": [record], "data"?: names and values of its own, "calls"?: the process that
was called, where FEEL said it}.
"""

from collections.abc import Iterator
from typing import Any

from SpiffWorkflow.task import Task

from engine.runtime import expressions, state, tokens
from engine.runtime.run import Run

AGAIN = "()"  # what the name of the node ends with that opens a completed sub-process again: no XML id does
Queue = list[dict[str, Any]]  # what is still to be undone: {"at": host of the scope or "", "record": record}


def remember(task: Task) -> None:
    """An activity completed: keep what undoes it. Instances and rounds leave it with the activity around them."""
    about = task.internal_data
    if "body" in about:
        body = next(t for t in tokens.tokens(task.workflow) if str(t.id) == about["body"])
        body.internal_data["kept"] = [*body.internal_data.get("kept", ()), *_records(task)]
    elif "undo" not in about:
        task.workflow.undo += about["kept"] if "kept" in about else _records(task)


def seal(task: Task, inside: tokens.Inner) -> None:
    """Nothing is left in the inside of `task`: keep of it what a later compensation needs."""
    if "undo" in task.internal_data or not (inside.undo or inside.spec.undoer):
        return
    data = state.own_data(inside)
    called = task.internal_data.get("calls")
    rest = {"data": data} if data else {}
    task.internal_data["inside"] = {"undo": inside.undo, **rest, **({"calls": called} if called else {})}


def reopen(run: Run, task: Task) -> None:
    """Open the inside of a completed sub-process once more, and undo what completed in it."""
    kept = task.internal_data.pop("inside")
    if "calls" in kept:
        task.internal_data["calls"] = kept["calls"]
    inside = tokens.inner(task.workflow.top_workflow, task, state.run_of(kept, run))
    inside.undo = list(kept["undo"])
    if inside.spec.undoer:
        tokens.place(inside, inside.spec.undoer)
    else:
        proceed(task, "", take(inside, ""))


def take(workflow: Any, wanted: str) -> Queue:
    """Take out of a scope what is to be undone: all, or one activity. From an event sub-process also around it."""
    queue: Queue = []
    for scope in _reaches(workflow):
        found = [record for record in scope.undo if wanted in ("", _node(record))]
        scope.undo = [record for record in scope.undo if record not in found]
        queue += [{"at": _place_of(scope), "record": record} for record in reversed(found)]
    return queue


def proceed(task: Task, thrower: str, queue: Queue) -> bool:
    """Undo the first of the queue; the rest goes with it. False when nothing is left. `thrower` waits for the last."""
    process = task.workflow.top_workflow
    while queue:
        first, *queue = queue
        scope = next((s for s in (process, *process.subprocesses.values()) if _place_of(s) == first["at"]), None)
        if scope is not None:
            _undo(scope, first["record"], {"undo": thrower, "undoing": queue})
            return True
    return False


def undone(task: Task) -> None:
    """An activity that compensates is over: undo the next, or let the event that wanted it go on."""
    about = task.internal_data
    if "undo" not in about:
        return
    waiting = tokens.everywhere(task.workflow.top_workflow)
    thrower = next((t for t in waiting if str(t.id) == about["undo"]), None)
    if not proceed(task, about["undo"], about["undoing"] if "undoing" in about else _former(thrower)) and thrower:
        thrower.complete()


def _records(task: Task) -> list[Any]:
    node, about = task.task_spec.node, task.internal_data
    if node.id in task.workflow.spec.handlers:
        if "body" in about:
            return [{"node": node.id, "data": expressions.plain(task.data)}]
        over = about.get("ended", about.get("rounds", 1))  # of a loop without instances there is nothing to undo
        return [node.id] if over else []
    return [{"node": node.id, "inside": about["inside"]}] if "inside" in about else []


def _undo(scope: Any, record: Any, about: dict[str, Any]) -> None:
    if isinstance(record, str):
        tokens.place(scope, scope.spec.handlers[record], **about)
    elif "inside" in record:
        tokens.place(scope, record["node"] + AGAIN, inside=record["inside"], **about)
    else:
        tokens.place(scope, record.get("handler") or scope.spec.handlers[record["node"]], record.get("data"), **about)


def _reaches(workflow: Any) -> Iterator[Any]:
    yield workflow
    while workflow.spec.by_event:
        workflow = workflow.top_workflow.get_task_from_id(workflow.parent_task_id).workflow
        yield workflow


def _node(record: Any) -> str:
    return record if isinstance(record, str) else str(record["node"])


def _place_of(scope: Any) -> str:
    return str(scope.parent_task_id or "")


def _former(thrower: Task | None) -> Queue:
    """The queue as states kept it before it went with the compensating activity: names of those activities."""
    names = thrower.internal_data.get("undoing", []) if thrower else []
    return [{"at": _place_of(thrower.workflow), "record": {"handler": name}} for name in names] if thrower else []
