"""Running everything that needs neither a person nor a machine nor time, one token at a time.

SpiffWorkflow runs in batches: what was cancelled by the first of a batch is still run, and an interruption waits until
the batch is over.
"""

from typing import Any

from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from engine.runtime import joins, tokens
from engine.runtime.trouble import Trouble

BUDGET = 10_000  # steps of one call


def settle(process: tokens.Process) -> None:
    """Run until nothing moves. `Trouble` when that never happens, or when something waits that can never be reached."""
    run = process.run
    for _ in range(BUDGET):
        if run.queue:
            _step(run.queue.popleft())
        elif not _close_one(process) and not joins.release(process):
            _check_not_stuck(process)
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
            del process.subprocesses[host]
            process.get_task_from_id(host).complete()
            return True
    return False


def _check_not_stuck(process: tokens.Process) -> None:
    everywhere = tokens.everywhere(process)
    if not everywhere or any(_wakes(task) for task in everywhere):
        return
    task = everywhere[0]
    node = task.task_spec.node
    raise Trouble(
        node.id,
        f"流程停在“{node.called}”，再也不会往前走：没有人、没有作业、也没有时限在等。",
        f'The process stands at "{node.called}" and can never go on: it waits for nobody and nothing.',
    )


def _wakes(task: Any) -> bool:
    return "due" in task.internal_data or (task.state == TaskState.READY and task.task_spec.manual)
