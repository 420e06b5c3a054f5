"""A running process as one JSON document, and back. The specification is not in it: it comes from the model.

    {"version": 1, "model": sha256, "tokens": [token], "scopes": [{"host": token id, "tokens": [token]}],
     "done": [node id], "flows": [flow id]}

A token is {"id", "node", "state", "data", "about"}: data is local to the token, about is what `tokens` keeps of it.
"""

from copy import deepcopy
from typing import Any
from uuid import UUID

from SpiffWorkflow.task import Task

from engine.runtime import expressions, tokens
from engine.runtime.run import Run

VERSION = 1


def dump(process: tokens.Process, before: dict[str, Any]) -> dict[str, Any]:
    """The document after a step; `before` is the one it was loaded from, or empty."""
    run: Run = process.run
    return {
        "version": VERSION,
        "model": run.model.hash,
        "tokens": [_token(task) for task in tokens.tokens(process)],
        "scopes": [_scope(host, inside) for host, inside in process.subprocesses.items()],
        "done": list(dict.fromkeys([*before.get("done", ()), *run.done])),
        "flows": list(dict.fromkeys([*before.get("flows", ()), *run.taken])),
    }


def load(document: dict[str, Any], run: Run) -> tokens.Process:
    """The process of a document. ValueError when it belongs to another drawing or another version of this format."""
    if document.get("version") != VERSION or document.get("model") != run.model.hash:
        raise ValueError("this state was not written for this drawing")
    process = tokens.Process(run.model, run)
    _restore(process, document["tokens"])
    for scope in document["scopes"]:  # a list: an outer scope has to come before the ones in it
        _restore(tokens.inner(process, process.get_task_from_id(UUID(scope["host"]))), scope["tokens"])
    return process


def _scope(host: UUID, inside: Any) -> dict[str, Any]:
    return {"host": str(host), "tokens": [_token(task) for task in tokens.tokens(inside)]}


def _token(task: Task) -> dict[str, Any]:
    return {
        "id": str(task.id),
        "node": task.task_spec.name.removeprefix(tokens.PREFIX),
        "state": int(task.state),
        "data": expressions.plain(task.data),
        "about": expressions.plain(task.internal_data),
    }


def _restore(workflow: Any, documents: list[dict[str, Any]]) -> None:
    for document in documents:
        spec = workflow.spec.task_specs[tokens.PREFIX + document["node"]]
        task = Task(workflow, spec, workflow.task_tree, state=document["state"], id=UUID(document["id"]))
        task.data = dict(document["data"])
        task.internal_data = deepcopy(document["about"])
