"""Running everything that needs neither a person nor a machine nor time, one token at a time.

SpiffWorkflow runs in batches: what was cancelled by the first of a batch is still run, and an interruption waits until
the batch is over.
"""

from typing import Any

from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from engine.runtime import conditions, enabling, joins, tokens, undoing
from engine.runtime.trouble import Trouble

BUDGET = 50_000  # steps of one call
_WAKERS = frozenset({"due", "message", "signal", "held"})


def settle(process: tokens.Process) -> None:
    """Run until nothing moves. `Trouble` when that never happens, or when something waits that can never be reached."""
    run = process.run
    for _ in range(BUDGET):
        if _changed(process):
            process.seen = -1 if conditions.look(process) else process.seen
        elif run.queue:
            _step(run.queue.popleft())
        elif not (_close_one(process) or joins.release(process) or enabling.release(process)):
            _rest(process)
            return
    raise Trouble(
        run.passed[-1].node,
        f"流程在一步里走了 {BUDGET} 个节点还没有停下：没有人也没有时限的循环。",
        f"The process went through {BUDGET} nodes in one step and did not rest: a loop without a person or a timer.",
    )


def _step(task: Task) -> None:
    if tokens.alive(task) and task.state == TaskState.READY:
        task.run()


def _close_one(process: tokens.Process) -> bool:
    """Complete one sub-process in which no token is left."""
    for host, scope in list(process.subprocesses.items()):
        if tokens.empty(scope):
            task = process.get_task_from_id(host)
            tokens.clear(scope)
            undoing.seal(task, scope)
            task.task_spec.closing(task.workflow.run, task, scope.run)
            del process.subprocesses[host]
            task.complete()
            return True
    return False


def _changed(process: tokens.Process) -> bool:
    """Whether conditional events have to be looked at: after the data or the events themselves changed."""
    if not process.run.model.conditional:
        return False
    waiting = [task for task in tokens.everywhere(process) if conditions.waits(task)]
    now = hash((tuple(task.id for task in waiting), sum(task.workflow.run.data.changes for task in waiting)))
    changed, process.seen = now != process.seen, now
    return changed


def _rest(process: tokens.Process) -> None:
    """Nothing moves any more: the process is over, or something has to be able to wake it."""
    if tokens.empty(process):
        tokens.clear(process)
    _check_not_stuck(process)


def _check_not_stuck(process: tokens.Process) -> None:
    everywhere = tokens.everywhere(process)
    if not everywhere or any(_wakes(task) for task in everywhere):
        return
    waiting = (task for task in everywhere if task.state == TaskState.WAITING and not tokens.listens(task))
    task = next(waiting, everywhere[0])  # what waits for tokens rather than what it lies in
    node = task.task_spec.node
    raise Trouble(
        node.id,
        f"流程停在“{node.called}”，再也不会往前走：没有人、没有作业、也没有时限在等。",
        f'The process stands at "{node.called}" and can never go on: it waits for nobody and nothing.',
    )


def _wakes(task: Any) -> bool:
    waits = task.state == TaskState.WAITING and not task.internal_data.keys().isdisjoint(_WAKERS)
    return waits or (task.state == TaskState.READY and task.task_spec.manual)
