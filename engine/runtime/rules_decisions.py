"""Lint: the decisions. Every business rule task finds the one it names."""

from collections.abc import Mapping

from engine.errors import Finding
from engine.runtime.decisions import Shelf, Table
from engine.runtime.processes import Drawn
from engine.runtime.report import Report
from engine.runtime.values import Node


def check(found: list[Drawn], files: Mapping[str, bytes]) -> tuple[dict[str, Table], list[Finding]]:
    """The decision of each business rule task by node id, and what is wrong with the DMN files."""
    shelf = Shelf(files)
    used: dict[str, Table] = {}
    for drawn in found:
        for node in drawn.reading.nodes.values():
            if node.kind != "businessRuleTask" or not node.decision:
                continue
            table = shelf.find(node.decision)
            if table is None:
                _report_missing(node, shelf, drawn.report)
            else:
                used[node.id] = table
    return used, list(dict.fromkeys(shelf.findings))


def _report_missing(node: Node, shelf: Shelf, report: Report) -> None:
    said = (f"决策“{node.decision}”不存在。", f'The decision "{node.decision}" does not exist.')
    near = shelf.nearest(node.decision)
    cure = ("请在事项包里加上它的 .dmn 文件。", "Add the .dmn file that holds it to the pack.")
    if near:
        cure = (f"是否应为“{near}”？", f'Did you mean "{near}"?')
    report.add("bpmn-decision", node.line, node.id, said, cure)
