"""Lint: what can be executed to the letter, but nobody should depend on: a choice that may fail, work without a name.

Like soundness only `lint` asks, so that `read` takes whatever BPMN allows.
"""

from engine.runtime.reading import Reading
from engine.runtime.report import Report


def check(reading: Reading, report: Report) -> None:
    """Add the choices without a default flow, and the user tasks without a name."""
    for node in reading.nodes.values():
        leaving = reading.leaving.get(node.id, [])
        if len(leaving) > 1 and all(flow.condition for flow in leaving) and not node.default:
            said = (
                f"“{node.called}”没有默认流向：条件都不成立时流程会停住。",
                f'"{node.called}" has no default flow: without a true condition it stops.',
            )
            cure = ("请把一个流向设为默认。", "Make one of the flows the default.")
            report.add("bpmn-no-default", node.line, node.id, said, cure, warning=node.kind != "exclusiveGateway")
        if node.kind == "userTask" and not node.name:
            cure = ("请写上要做什么。", "Write what is to be done.")
            report.add("bpmn-unnamed", node.line, node.id, ("用户任务没有名称。", "The user task has no name."), cure)
