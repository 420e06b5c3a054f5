"""A running process as one JSON document, and back. The specification is not in it: it comes from the model.

    {"version": 1, "model": sha256, "tokens": [token], "scopes": [{"host": token id, "tokens": [token], "data"?: data}],
     "done": [node id], "flows": [flow id]}

A process or scope in which something completed that can be compensated has "undo": [record] (`undoing`).

A scope has data when its names are not those of the scope around it: {"own": names and values, "closed": whether
nothing else is seen (a called process), "written": [name]}. A token is
{"id", "node", "state", "data", "about"}: data is local to the token, about is what `tokens` keeps of it.
"""

from copy import deepcopy
from typing import Any
from uuid import UUID

from SpiffWorkflow.task import Task

from engine.runtime import expressions, tokens
from engine.runtime.data import Document
from engine.runtime.run import Run

VERSION = 1


def dump(process: tokens.Process, before: dict[str, Any]) -> dict[str, Any]:
    """The document after a step; `before` is the one it was loaded from, or empty."""
    run: Run = process.run
    return {
        "version": VERSION,
        "model": run.model.hash,
        "tokens": [_token(task) for task in tokens.tokens(process)],
        **({"undo": process.undo} if process.undo else {}),
        "scopes": [_scope(host, inside) for host, inside in process.subprocesses.items()],
        "done": list(dict.fromkeys([*before.get("done", ()), *run.done])),
        "flows": list(dict.fromkeys([*before.get("flows", ()), *run.taken])),
    }


def load(document: dict[str, Any], run: Run) -> tokens.Process:
    """The process of a document. ValueError when it belongs to another drawing or another version of this format."""
    if document.get("version") != VERSION or document.get("model") != run.model.hash:
        raise ValueError("this state was not written for this drawing")
    process = tokens.Process(run.model, run)
    _restore(process, document)
    for scope in document["scopes"]:  # a list: an outer scope has to come before the ones in it
        host = process.get_task_from_id(UUID(scope["host"]))
        _restore(tokens.inner(process, host, run_of(scope, host.workflow.run)), scope)
    return process


def _scope(host: UUID, inside: Any) -> dict[str, Any]:
    written: dict[str, Any] = {"host": str(host), "tokens": [_token(task) for task in tokens.tokens(inside)]}
    if inside.undo:
        written["undo"] = inside.undo
    data = own_data(inside)
    return {**written, "data": data} if data else written


def own_data(inside: tokens.Inner) -> dict[str, Any] | None:
    """The data of a scope whose names are not those of the scope around it."""
    data = inside.run.data
    if data is inside.top_workflow.get_task_from_id(inside.parent_task_id).workflow.run.data:
        return None
    return {"own": expressions.plain(data.own), "closed": data.outer is None, "written": list(data.written)}


def run_of(scope: dict[str, Any], around: Run) -> Run:
    """The run a scope sees: with the data it was written with, or the one around it."""
    if "data" not in scope:
        return around
    data = Document(deepcopy(scope["data"]["own"]), None if scope["data"]["closed"] else around.data)
    data.written = dict.fromkeys(scope["data"]["written"])
    return around.within(data)


def _token(task: Task) -> dict[str, Any]:
    return {
        "id": str(task.id),
        "node": task.task_spec.name.removeprefix(tokens.PREFIX),
        "state": int(task.state),
        "data": expressions.plain(task.data),
        "about": expressions.plain(task.internal_data),
    }


def _restore(workflow: Any, scope: dict[str, Any]) -> None:
    workflow.undo = list(scope.get("undo", ()))
    for document in scope["tokens"]:
        spec = workflow.spec.task_specs[tokens.PREFIX + document["node"]]
        task = Task(workflow, spec, workflow.task_tree, state=document["state"], id=UUID(document["id"]))
        task.data = dict(document["data"])
        task.internal_data = deepcopy(document["about"])
