"""Closes SpiffWorkflow's Python engine: it gives what a drawing contains to `eval` and `exec`; nothing here may.

Every workflow gets `CLOSED`; should one be built without it, SpiffWorkflow falls back on `TaskDataEnvironment`, so that
one is closed as well, for the whole process, as soon as this package is imported. Expressions are FEEL
(`expressions.py`).
"""

import logging
from typing import Any, NoReturn

from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine, TaskDataEnvironment
from SpiffWorkflow.bpmn.script_engine.python_environment import BasePythonScriptEngineEnvironment


class PythonRefused(Exception):
    """SpiffWorkflow tried to run Python that came from a drawing."""


def _refuse(*_: Any, **__: Any) -> NoReturn:
    raise PythonRefused


class ClosedEnvironment(BasePythonScriptEngineEnvironment):  # type: ignore[misc]  # SpiffWorkflow is untyped
    """Runs nothing."""

    evaluate = execute = call_service = staticmethod(_refuse)


CLOSED = PythonScriptEngine(environment=ClosedEnvironment())

TaskDataEnvironment.evaluate = TaskDataEnvironment.execute = _refuse

# SpiffWorkflow writes task data into its log records and collects them even when nobody listens.
for _name in ("spiff", "spiff.task", "spiff.workflow", "spiff.data"):
    logging.getLogger(_name).setLevel(logging.WARNING)
