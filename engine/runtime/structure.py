"""Whether a file is BPMN at all: its schema, and the standard's rules for everything in it, executed or not."""

from collections.abc import Set

from lxml import etree

from engine.runtime import (
    definitions,
    rules_activities,
    rules_collaboration,
    rules_compensation,
    rules_connections,
    rules_data,
    rules_ends,
    rules_events,
    rules_flows,
    rules_outside,
    rules_places,
    rules_references,
    rules_sizes,
    schema,
)
from engine.runtime.index import Index
from engine.runtime.reading import read_process
from engine.runtime.report import Report

_ANYWHERE = frozenset(
    {
        "bpmn-compensation",
        "bpmn-dangling-flow",
        "bpmn-event-gateway",
        "bpmn-event-part",
        "bpmn-link",
        "bpmn-quantity",
        "bpmn-transaction",
    }
)


def check(root: etree._Element, executed: Set[str], report: Report, files: Set[str], *, strict: bool = False) -> None:
    """Add what is wrong with the structure of a file; `executed` processes run, `files` stand beside it.

    `strict`: also what the standard forbids and the runtime executes all the same.
    """
    index = Index(root, executed)
    schema.check(root, report, strict=strict)
    rules_outside.check(index, report, files)
    for rules in (
        rules_references,
        rules_connections,
        rules_activities,
        rules_places,
        rules_collaboration,
        rules_data,
        rules_sizes,
    ):
        rules.check(index, report)
    if strict:
        rules_ends.check(index, report)
    if "bpmn-duplicate-id" in report.rules:
        return  # a scope may lie in itself: nothing can be said of what flows
    known = definitions.read(root, Report(report.file))
    for process in index.all("process"):
        if not index.executed(process):
            _check_idle(process, known, report)


def _check_idle(process: etree._Element, known: definitions.Definitions, report: Report) -> None:
    """A process that is not executed is read as well; of what is wrong counts only what is wrong in any BPMN."""
    scratch = Report(report.file)
    reading = read_process(process, known, scratch)
    for rules in (rules_flows, rules_events, rules_compensation):
        rules.check(reading, scratch)
    report.take(finding for finding in scratch.findings if finding.rule in _ANYWHERE)
