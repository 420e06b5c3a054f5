"""Reading drawings: linted, built, and kept by content so that a drawing is read once per process."""

import hashlib
import threading

from engine.errors import Finding, PackInvalid
from engine.runtime import drawing as xml
from engine.runtime import rules_flows, rules_nodes, rules_texts
from engine.runtime.build import build
from engine.runtime.reading import Reading, read_process
from engine.runtime.report import Report
from engine.runtime.values import Model

KEPT = 256
_models: dict[tuple[str, str], Model] = {}
_lock = threading.Lock()


def lint(drawing: bytes, name: str = "process.bpmn") -> list[Finding]:
    """Everything that is wrong with a drawing, by line; `name` is the file named in the findings."""
    return _read(drawing, name)[1].findings


def read(drawing: bytes, name: str = "process.bpmn") -> Model:
    """The model of a drawing. `PackInvalid` with all findings if one is more than a warning."""
    key = (hashlib.sha256(drawing).hexdigest(), name)
    kept = _models.get(key)
    if kept is not None:
        return kept
    reading, report = _read(drawing, name)
    if reading is None or report.refused:
        raise PackInvalid([f for f in report.findings if not f.warning] + [f for f in report.findings if f.warning])
    return _remember(key, build(reading, name, key[0]))


def _read(drawing: bytes, name: str) -> tuple[Reading | None, Report]:
    report = Report(name)
    root = xml.parse(drawing, report)
    reading = read_process(root, report) if root is not None else None
    if reading is not None:
        for rules in (rules_flows, rules_nodes, rules_texts):
            rules.check(reading, report)
    return reading, report


def _remember(key: tuple[str, str], model: Model) -> Model:
    with _lock:
        while len(_models) >= KEPT:
            del _models[next(iter(_models))]
        _models[key] = model
    return model
