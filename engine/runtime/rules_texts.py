"""Lint: the texts. Every FEEL expression is read, every time understood."""

from collections.abc import Iterator

from engine.runtime import alarms, expressions, moments
from engine.runtime.reading import Reading
from engine.runtime.report import Report
from engine.runtime.trouble import TextRefused
from engine.runtime.values import Node, Timer

_READERS = {"date": moments.moment, "duration": moments.duration, "cycle": alarms.repetition}
_SAMPLES = {
    "date": "2026-01-31T09:00:00+08:00",
    "duration": "P5D",
    "cycle": "R3/PT1H",
}


def check(reading: Reading, report: Report) -> None:
    """Add what is wrong with the expressions and times of a process."""
    for flow in reading.flows.values():
        _check_feel(flow.condition, flow.condition_line, flow.id, report)
    for node in reading.nodes.values():
        for text in _texts(node):
            _check_feel(text, node.line, node.id, report)
        for part in node.triggers:
            for text in (part.message, part.key, part.condition):
                _check_feel(text, node.line, node.id, report)
        for part in node.awaits:
            if part.timer:
                _check_timer(node, part.timer, report)
        _check_due(node, report)


def _texts(node: Node) -> Iterator[str]:
    yield from (
        node.groups,
        node.assignee,
        node.users,
        node.due,
        node.follow_up,
        node.priority,
        node.job,
        node.retries,
        node.script,
        node.outcome,
        node.message,
        node.key,
        node.condition,
        node.activation,
        node.until,
        node.begins_with,
        node.properties.get("result", ""),
    )
    yield from (entry.source for entry in (*node.inputs, *node.outputs))
    if node.loop:
        yield from (node.loop.count, node.loop.collection, node.loop.answer, node.loop.until, node.loop.again)
        yield from (thrown.condition for thrown in node.loop.throws)


def _check_feel(text: str, line: int, element: str, report: Report) -> None:
    found = expressions.mistake(text) if text.startswith("=") else None
    if found:
        zh = f"表达式 {text} 第 {found.line + 1} 行第 {found.column} 个字符：{found.said[0]}"
        en = f"Expression {text}, line {found.line + 1}, column {found.column}: {found.said[1]}"
        report.add("feel-syntax", line + found.line, element, (zh, en), found.cure)


def _check_timer(node: Node, timer: Timer, report: Report) -> None:
    if timer.text.startswith("="):
        _check_feel(timer.text, timer.line, node.id, report)
        return
    try:
        _READERS[timer.kind](timer.text)
    except TextRefused as refused:
        sample = _SAMPLES[timer.kind]
        cure = (f"请写成 {sample} 的样子，或以 = 开头的 FEEL。", f"Write it like {sample}, or FEEL that starts with =.")
        report.add("bpmn-timer", timer.line, node.id, (refused.zh, refused.en), cure)


def _check_due(node: Node, report: Report) -> None:
    for text in (node.due, node.follow_up):
        if not text or text.startswith("="):
            continue
        try:
            moments.moment(text)
        except TextRefused as refused:
            cure = (f"请写成 {_SAMPLES['date']} 的样子。", f"Write it like {_SAMPLES['date']}.")
            report.add("bpmn-timer", node.line, node.id, (refused.zh, refused.en), cure)
    if (
        node.priority
        and not node.priority.startswith("=")
        and not (node.priority.isdecimal() and int(node.priority) <= 100)
    ):
        said = (f"优先级“{node.priority}”无效。", f'The priority "{node.priority}" is not valid.')
        report.add(
            "bpmn-property", node.line, node.id, said, ("请写 0 到 100 的整数。", "Write a whole number from 0 to 100.")
        )
