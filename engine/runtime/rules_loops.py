"""Lint: loops. What a multi-instance activity needs to make its instances, and where what they produce goes."""

from engine.runtime import expressions
from engine.runtime.dialect import is_target
from engine.runtime.reading import ACTIVITIES, Reading
from engine.runtime.report import Report
from engine.runtime.values import Loop, Node

MOST_INSTANCES = 10_000
_SILENT = frozenset({"task", "manualTask", "subProcess", "callActivity"})  # what they do is not lost
_MARKER = ("请在 zeebe:loopCharacteristics 上填写它。", "Write it on zeebe:loopCharacteristics.")


def check(reading: Reading, report: Report) -> None:
    """Add what is wrong with the loops of a process."""
    for node in reading.nodes.values():
        if node.loop is None:
            continue
        if node.kind not in ACTIVITIES or node.by_event:
            said = (f"不支持 {node.kind} 的多实例。", f"Multi-instance is not supported on {node.kind}.")
            cure = ("请放进一个多实例的子流程。", "Put it into a multi-instance sub-process.")
            report.add("bpmn-unsupported", node.line, node.id, said, cure)
        if not node.loop.standard:
            _check_source(node, node.loop, report)
            _check_several(node, node.loop, report)
            _check_texts(node, node.loop, report)
            _check_outputs(node, node.loop, report)


def _check_source(node: Node, loop: Loop, report: Report) -> None:
    """Either a number of instances or a list, not both."""
    if bool(loop.count) == bool(loop.collection):
        said = ("多实例要写明次数或列表之一。", "A multi-instance activity needs a number of instances or a list.")
        cure = (
            "请填写 loopCardinality，或 inputCollection。",
            "Write either loopCardinality or inputCollection.",
        )
        report.add("bpmn-loop", node.line, node.id, said, cure)
    counted = not loop.count or loop.count.startswith("=")
    if not counted and not (loop.count.isdecimal() and int(loop.count) <= MOST_INSTANCES):
        said = (f"loopCardinality “{loop.count}”无效。", f'The loopCardinality "{loop.count}" is not valid.')
        cure = (
            f"请写 0 到 {MOST_INSTANCES} 的整数，或以 = 开头的 FEEL。",
            f"Write a whole number from 0 to {MOST_INSTANCES}, or FEEL that starts with =.",
        )
        report.add("bpmn-loop", node.line, node.id, said, cure)


def _check_several(node: Node, loop: Loop, report: Report) -> None:
    collects = bool(loop.result or loop.answer)
    for name, value, valid in (
        ("inputCollection", loop.collection, not loop.collection or loop.collection.startswith("=")),
        ("inputElement", loop.element, not loop.element or (is_target(loop.element) and "." not in loop.element)),
        ("outputCollection", loop.result, not collects or is_target(loop.result)),
        ("outputElement", loop.answer, not collects or _gives(node, loop.answer)),
        ("resultVariable", node.variable, "." not in node.variable),
    ):
        if not valid:
            said = (
                f"多实例的 {name}（“{value}”）缺失或无效。",
                f'{name} ("{value}") of the multi-instance activity is missing or invalid.',
            )
            report.add("bpmn-loop", node.line, node.id, said, _MARKER)
    if not collects and not loop.until and node.kind not in _SILENT:
        said = (
            "多实例的结果没有汇总，会丢掉。",
            "What the instances produce is not collected, so it is lost.",
        )
        cure = ("请填写 outputCollection 和 outputElement。", "Write outputCollection and outputElement.")
        report.add("bpmn-loop", node.line, node.id, said, cure, warning=True)


def _check_texts(node: Node, loop: Loop, report: Report) -> None:
    for text in (loop.until, *(thrown.condition for thrown in loop.throws)):
        if text and not text.startswith("="):
            said = (f"条件“{text}”不是 FEEL。", f'The condition "{text}" is not FEEL.')
            report.add("bpmn-loop", node.line, node.id, said, ("请以 = 开头。", "Start it with =."))


def _check_outputs(node: Node, loop: Loop, report: Report) -> None:
    """What an instance's output mapping writes stays with the instance: something has to read it there."""
    read = {name.partition(".")[0] for text in (loop.answer, loop.until) for name in expressions.names(text)}
    for output in node.outputs:
        if output.target.partition(".")[0] not in read:
            said = (
                f"多实例的输出映射“{output.target}”没有人用：每个实例的结果只留在该实例里。",
                f'Nothing uses the output mapping "{output.target}": what an instance produces stays with it.',
            )
            cure = ("请在 outputElement 里使用它。", "Use it in outputElement.")
            report.add("bpmn-loop", node.line, node.id, said, cure)


def _gives(node: Node, answer: str) -> bool:
    """An expression; for a sub-process a name: only that one can be kept apart from those of the other instances."""
    name = answer.removeprefix("=").strip()
    mapped = any(output.target.partition(".")[0] == name.partition(".")[0] for output in node.outputs)
    plain = is_target(name) and "." not in name
    return answer.startswith("=") and (node.kind != "subProcess" or plain or mapped)
