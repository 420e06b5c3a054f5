"""XML to decision tables."""

from lxml import etree

from engine.dmn import messages
from engine.dmn.boxed import Input, Output, Rule, Table, Text
from engine.dmn.drawing import line, local
from engine.dmn.read_parts import check_language, child, children, identity, name_of, text_of, type_ref
from engine.dmn.report import Report

POLICIES = ("UNIQUE", "ANY", "PRIORITY", "FIRST", "RULE ORDER", "OUTPUT ORDER", "COLLECT")
AGGREGATIONS = ("SUM", "MIN", "MAX", "COUNT")


def table(element: etree._Element, report: Report) -> Table:
    """A decision table; what is wrong with its shape is reported."""
    inputs = tuple(_input(column, report) for column in children(element, "input"))
    outputs = tuple(_output(column, report) for column in children(element, "output"))
    headings = [name_of(heading) for heading in children(element, "annotation")]
    rules = tuple(_rule(row, headings, report) for row in children(element, "rule"))
    policy = " ".join((element.get("hitPolicy") or "UNIQUE").split())
    aggregation = (element.get("aggregation") or "").strip()
    read = Table(*identity(element), policy, aggregation, inputs, outputs, rules)
    _check_policy(read, report)
    _check_outputs(read, report)
    _check_rules(read, report)
    return read


def _input(element: etree._Element, report: Report) -> Input:
    expression = child(element, "inputExpression")
    text = text_of(expression)
    if expression is None or text is None:
        report.add("dmn-incomplete", messages.INCOMPLETE, line(element), tag="input", wanted="inputExpression")
        text = Text("null", line(element))
    if expression is not None:
        check_language(expression, report)
    of_type = type_ref(expression) if expression is not None else None
    label = " ".join((element.get("label") or text.source).split())
    return Input(element.get("id") or "", line(element), label, text, of_type, _values(element, "inputValues", report))


def _output(element: etree._Element, report: Report) -> Output:
    default = child(element, "defaultOutputEntry")
    return Output(
        element.get("id") or "",
        line(element),
        name_of(element),
        type_ref(element),
        _values(element, "outputValues", report),
        text_of(default),
    )


def _values(element: etree._Element, name: str, report: Report) -> Text | None:
    values = child(element, name)
    if values is not None:
        check_language(values, report)
    return text_of(values)


def _rule(element: etree._Element, headings: list[str], report: Report) -> Rule:
    tests: list[Text] = []
    results: list[Text] = []
    notes: list[tuple[str, str]] = []
    for cell in element:
        kind = local(cell)
        if kind == "inputEntry":
            check_language(cell, report)
            tests.append(text_of(cell) or Text("-", line(cell)))
        elif kind == "outputEntry":
            check_language(cell, report)
            results.append(text_of(cell) or Text("null", line(cell)))
        elif kind == "annotationEntry":
            heading = headings[len(notes)] if len(notes) < len(headings) else ""
            found = text_of(cell)
            notes.append((heading, found.source if found else ""))
    return Rule(element.get("id") or "", line(element), tuple(tests), tuple(results), tuple(notes))


def _check_policy(read: Table, report: Report) -> None:
    if read.policy not in POLICIES:
        report.add("dmn-hit-policy", messages.BAD_POLICY, read.line, read.id, policy=read.policy)
    if not read.aggregation:
        return
    if read.policy != "COLLECT" or read.aggregation not in AGGREGATIONS:
        report.add("dmn-hit-policy", messages.BAD_AGGREGATION, read.line, read.id, aggregation=read.aggregation)
    if len(read.outputs) > 1:
        report.add("dmn-hit-policy", messages.COMPOUND_AGGREGATION, read.line, read.id)


def _check_outputs(read: Table, report: Report) -> None:
    if not read.outputs:
        report.add("dmn-incomplete", messages.NO_OUTPUT, read.line, read.id)
    names = [output.name for output in read.outputs]
    if len(names) > 1 and (not all(names) or len(set(names)) < len(names)):
        report.add("dmn-name", messages.NO_OUTPUT_NAME, read.line, read.id)


def _check_rules(read: Table, report: Report) -> None:
    shape = len(read.inputs), len(read.outputs)
    for number, rule in enumerate(read.rules, 1):
        if (len(rule.tests), len(rule.results)) != shape:
            facts = {"rule": number, "inputs": len(rule.tests), "outputs": len(rule.results)}
            report.add("dmn-rule", messages.RULE_WIDTH, rule.line, rule.id, columns=shape[0], results=shape[1], **facts)
