"""Reading drawings: linted, built, and kept by content so that a drawing is read once per process."""

import hashlib
import threading
from collections.abc import Mapping

from engine.errors import Finding, PackInvalid
from engine.runtime import drawing as xml
from engine.runtime import (
    rules_compensation,
    rules_complex,
    rules_decisions,
    rules_events,
    rules_flows,
    rules_loops,
    rules_nodes,
    rules_promises,
    rules_soundness,
    rules_starts,
    rules_texts,
    structure,
)
from engine.runtime.build import build
from engine.runtime.decisions import Table
from engine.runtime.processes import Drawn, read_all
from engine.runtime.report import Report
from engine.runtime.values import Model

KEPT = 256
_RULES = (  # what cannot be executed right
    rules_flows, rules_starts, rules_nodes, rules_loops, rules_events, rules_complex, rules_compensation, rules_texts,
)  # fmt: skip
_NONE: Mapping[str, bytes] = {}
_models: dict[tuple[str, str], Model] = {}
_lock = threading.Lock()


def lint(
    drawing: bytes,
    name: str = "process.bpmn",
    *,
    decisions: Mapping[str, bytes] = _NONE,
    drawings: Mapping[str, bytes] = _NONE,
) -> list[Finding]:
    """Everything that is wrong with a drawing, by file and line; `name` is the file named in the findings.

    `decisions` are the DMN files of the pack its business rule tasks may use, `drawings` other BPMN files whose
    processes it may call: file name → content. Findings about a called process name its file.
    """
    return _read(drawing, name, decisions, drawings, strict=True)[2]


def read(
    drawing: bytes,
    name: str = "process.bpmn",
    *,
    decisions: Mapping[str, bytes] = _NONE,
    drawings: Mapping[str, bytes] = _NONE,
) -> Model:
    """The model of a drawing. `PackInvalid` with all findings if one is more than a warning.

    What may come to a standstill, or does not draw its end, can still be executed to the letter: soundness, ends,
    default flows and names of tasks are asked by `lint` alone.
    """
    key = (_digest(drawing, drawings, decisions), name)
    kept = _models.get(key)
    if kept is not None:
        return kept
    found, used, findings = _read(drawing, name, decisions, drawings)
    if not found or any(not finding.warning for finding in findings):
        raise PackInvalid([f for f in findings if not f.warning] + [f for f in findings if f.warning])
    others = {file: drawings[file] for file in {drawn.report.file for drawn in found} if file in drawings}
    return _remember(key, build([drawn.reading for drawn in found], name, _digest(drawing, others), used))


def _read(
    drawing: bytes,
    name: str,
    decisions: Mapping[str, bytes],
    drawings: Mapping[str, bytes],
    *,
    strict: bool = False,
) -> tuple[list[Drawn], Mapping[str, Table], list[Finding]]:
    report = Report(name)
    root = xml.parse(drawing, report)
    found = read_all(root, report, drawings) if root is not None else []
    for drawn in found:
        if "bpmn-duplicate-id" in drawn.report.rules:
            continue  # a scope may lie in itself: nothing can be said of what flows
        for rules in (*_RULES, rules_promises, rules_soundness) if strict else _RULES:
            rules.check(drawn.reading, drawn.report)
    for one, tree in {report: root, **{drawn.report: drawn.root for drawn in found}}.items():
        if tree is not None:
            structure.check(tree, {drawn.reading.process_id for drawn in found}, one, drawings.keys(), strict=strict)
    used, doubts = rules_decisions.check(found, decisions)
    reports = list(dict.fromkeys([report, *(drawn.report for drawn in found)]))
    return found, used, [finding for one in reports for finding in one.findings] + doubts


def _digest(drawing: bytes, *others: Mapping[str, bytes]) -> str:
    """What a model, or a state written for it, is known by: of a single drawing its content alone."""
    if not any(others):
        return hashlib.sha256(drawing).hexdigest()
    parts = [hashlib.sha256(drawing).hexdigest()]
    for files in others:
        parts += [f"{file} {hashlib.sha256(files[file]).hexdigest()}" for file in sorted(files)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _remember(key: tuple[str, str], model: Model) -> Model:
    with _lock:
        while len(_models) >= KEPT:
            del _models[next(iter(_models))]
        _models[key] = model
    return model
