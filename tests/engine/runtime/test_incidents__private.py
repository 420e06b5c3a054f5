"""An incident is read by every department of a case, so it names kinds of values, never what an applicant said."""

from datetime import UTC, datetime

import pytest

from engine import runtime

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
DRAWING = """<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="urn:t"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><bpmn:process id="p" isExecutable="true">
<bpmn:startEvent id="s" /><bpmn:sequenceFlow id="a" sourceRef="s" targetRef="g" />
<bpmn:exclusiveGateway id="g" default="no" /><bpmn:endEvent id="e" /><bpmn:endEvent id="f" />
<bpmn:sequenceFlow id="yes" sourceRef="g" targetRef="e">
<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">={condition}</bpmn:conditionExpression></bpmn:sequenceFlow>
<bpmn:sequenceFlow id="no" sourceRef="g" targetRef="f" /></bpmn:process></bpmn:definitions>"""


@pytest.mark.parametrize(
    ("condition", "kind"),
    [
        ("person.name", "string"),
        ("person.income", "number"),
        ("person", "context"),
        ("[person.name]", "list"),
        ("function(x) x", "function"),
        ("null", "null"),
    ],
)
def test_a_wrong_value_is_named_by_its_kind(condition: str, kind: str) -> None:
    """A condition that is neither true nor false stops the case without repeating the data."""
    model = runtime.read(DRAWING.replace("{condition}", condition).encode())
    stopped = runtime.start(model, {"person": {"name": "张三丰", "income": 98765}}, now=NOW).incident
    assert stopped is not None
    assert kind in stopped.en
    assert not [said for said in (stopped.zh, stopped.en) if "张三丰" in said or "98765" in said]
