"""Lint: how long the texts are that are kept with every task: ids and names."""

from engine.runtime.drawing import local
from engine.runtime.index import FLOW_NODES, Index
from engine.runtime.report import Report, line_of

LONGEST = 200  # characters, as the store keeps them


def check(index: Index, report: Report) -> None:
    """Add the ids and names that are too long."""
    for kind in (*FLOW_NODES, "process", "sequenceFlow", "lane"):
        for element in index.all(kind):
            for attribute in ("id", "name"):
                length = len(element.get(attribute) or "")
                if length > LONGEST:
                    said = (
                        f"{local(element)} 的 {attribute} 有 {length} 个字符。",
                        f"{attribute} has {length} characters.",
                    )
                    cure = (f"最多 {LONGEST} 个字符。", f"At most {LONGEST} characters.")
                    report.add("bpmn-long", line_of(element), (element.get("id") or "")[:LONGEST], said, cure)
