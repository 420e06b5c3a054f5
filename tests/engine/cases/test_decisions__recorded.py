"""A business rule task in a case: the table decides, the process follows, the ledger says why."""

import re

import pytest

from engine import cases, catalog, releases
from engine.errors import PackInvalid
from engine.work import SYSTEM
from tests import story

DRAWING, TABLE, ENGLISH = (f"workflows/family/{name}" for name in ("process.bpmn", "order.dmn", "en.toml"))
DMN = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" namespace="urn:order" name="order" id="order">
<inputData id="i" name="origin"><variable name="origin" typeRef="{type}"/></inputData>
<decision id="route" name="route"><variable name="route" typeRef="string"/>
<informationRequirement><requiredInput href="#i"/></informationRequirement>
<decisionTable hitPolicy="UNIQUE">
<input><inputExpression typeRef="string"><text>{input}</text></inputExpression>
<inputValues><text>"both_local","other_city","other_province"</text></inputValues></input>
<output name="route" typeRef="string"/>
<rule><inputEntry><text>"both_local"</text></inputEntry><outputEntry><text>"direct"</text></outputEntry></rule>
<rule><inputEntry><text>not("both_local")</text></inputEntry><outputEntry><text>"transfer"</text></outputEntry></rule>
</decisionTable></decision></definitions>"""
TASK = """<bpmn:businessRuleTask id="route"><bpmn:extensionElements>
<zeebe:calledDecision decisionId="route" resultVariable="route" /></bpmn:extensionElements></bpmn:businessRuleTask>
<bpmn:sequenceFlow id="f_route" sourceRef="{source}" targetRef="route" />"""


def pack(table):
    """The family pack whose process first asks a decision table."""
    files = catalog.files_of(catalog.content_root(), "family")
    drawing = files[DRAWING]
    start = re.search(r'<bpmn:startEvent id="(\w+)"', drawing)[1]
    first = re.search(rf'<bpmn:sequenceFlow [^>]*sourceRef="{start}"[^>]*>', drawing)[0]
    moved = first.replace(f'sourceRef="{start}"', 'sourceRef="route"')
    drawing = drawing.replace(first, TASK.format(source=start) + moved)
    drawing = re.sub(rf'(id="{start}".*?)<bpmn:outgoing>.*?</bpmn:outgoing>', r"\1", drawing, count=1, flags=re.S)
    return {**files, DRAWING: drawing, TABLE: table}


def test_a_decision_is_made_and_recorded(city):
    """The table's value is a fact, and the ledger holds inputs, rule and release."""
    with city.engine.begin(SYSTEM) as work:
        release = releases.publish(work, pack(DMN.format(type="string", input="origin"))).hash
    case_id = story.accepted(city.engine, city.actor("wangfang"))
    with city.engine.begin(city.actor("wangfang")) as work:
        made = [e.facts for e in cases.view(work, case_id).entries if e.kind == "decision:made"]
    assert made == [
        {
            "node": "route",
            "name": "route",
            "inputs": {"origin": "both_local"},
            "rules": [1],
            "value": "direct",
            "release": release,
        }
    ]


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"type": "number", "input": "origin"}, "decision-type"),
        ({"type": "string", "input": "orgin"}, "dmn"),
    ],
)
def test_a_wrong_table_is_not_published(city, changes, rule):
    """An input of another type than the field, and a name nobody knows, are found before anybody depends on them."""
    with pytest.raises(PackInvalid) as invalid, city.engine.begin(SYSTEM) as work:
        releases.publish(work, pack(DMN.format(**changes)))
    assert [f for f in invalid.value.findings if f.file == TABLE and f.line and rule in f.rule]
