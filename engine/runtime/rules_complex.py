"""Lint: complex gateways. When they go on, and that what follows does not happen twice by mistake."""

from engine.runtime.complex import STARTING
from engine.runtime.reading import Reading
from engine.runtime.report import Report
from engine.runtime.values import Node

_RULE = "bpmn-complex"
_SAMPLE = (
    "请填写 activationCondition，例如 =activationCount >= 2；也可用流向编号表示各流向上的令牌数。",
    "Write activationCondition, for example =activationCount >= 2; a flow's id is the number of tokens on it.",
)


def check(reading: Reading, report: Report) -> None:
    """Add what is wrong with the complex gateways of a process."""
    for node in reading.nodes.values():
        if node.kind == "complexGateway":
            _check(node, reading, report)


def _check(node: Node, reading: Reading, report: Report) -> None:
    joins = len(reading.arriving.get(node.id, ())) > 1
    if not node.activation.startswith("=") and (joins or node.activation):
        said = (
            f"“{node.called}”的激活条件“{node.activation}”缺失或不是 FEEL。",
            f'The activation condition "{node.activation}" of "{node.called}" is missing or not FEEL.',
        )
        report.add(_RULE, node.line, node.id, said, _SAMPLE)
    for flow in reading.leaving.get(node.id, ()):
        if joins and flow.condition and STARTING not in flow.condition:
            said = (
                f"“{node.called}”复位时会再次判断这个条件，可能第二次走这里。",
                f'The condition is looked at again when "{node.called}" resets: this way may be taken twice.',
            )
            cure = (
                f"只走一次的，请写成 … and {STARTING}。",
                f"If it is meant once, write … and {STARTING}.",
            )
            report.add(_RULE, flow.line, flow.id, said, cure, warning=True)
