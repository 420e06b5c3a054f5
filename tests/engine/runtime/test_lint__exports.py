"""What people export from Camunda 8 and other tools: honoured, safely ignored, or refused by name."""

import pytest

from engine import runtime
from tests.engine.runtime.drawings import drawing, extension, nodes

ENDS = nodes("startEvent", "s") + nodes("endEvent", "e")
JOB = '<zeebe:taskDefinition type="io.camunda:http-json:1" retries="3"/>'
MODELER = "http://camunda.org/schema/modeler/1.0"
ENGINES = {
    "camunda": "http://camunda.org/schema/1.0/bpmn",
    "flowable": "http://flowable.org/bpmn",
    "activiti": "http://activiti.org/bpmn",
}


def one(kind, *elements, more="", inside=""):
    return drawing(f'{ENDS}<{kind} id="t" name="办理" {more}>{extension(*elements)}{inside}</{kind}>')


def refused(xml):
    return [f for f in runtime.lint(xml) if not f.warning]


TAKEN = {
    "user task of a worker": one("userTask"),
    "Camunda user task": one("userTask", "<zeebe:userTask/>", '<zeebe:formDefinition formId="apply"/>'),
    "headers of a user task": one("userTask", '<zeebe:taskHeaders><zeebe:header key="a"/></zeebe:taskHeaders>'),
    "connector of a template": one(
        "serviceTask", JOB, '<zeebe:ioMapping><zeebe:input source="GET" target="method"/></zeebe:ioMapping>',
        '<zeebe:taskHeaders><zeebe:header key="resultExpression" value="={a: 1}"/></zeebe:taskHeaders>',
        more='zeebe:modelerTemplate="io.camunda.connectors.HttpJson.v2" zeebe:modelerTemplateVersion="11"',
    ),
    "an agent's tools, chosen by data": one(
        "adHocSubProcess", '<zeebe:adHoc activeElementsCollection="=tools"/>', inside='<userTask id="k" name="k"/>'
    ),
    "modeler's attributes": one("userTask").replace(
        b"<definitions ", f'<definitions xmlns:modeler="{MODELER}" modeler:executionPlatform="Camunda Cloud" '.encode()
    ),
    "marks of Camunda 7 that change nothing": one(
        "userTask", more=f'xmlns:camunda="{ENGINES["camunda"]}" camunda:asyncBefore="true"'
    ),
}  # fmt: skip
REFUSED = {
    "embedded form": (one("userTask", '<zeebe:formDefinition formKey="camunda-forms:bpmn:f"/>'), "formKey"),
    "form of another system": (one("userTask", '<zeebe:formDefinition externalReference="x"/>'), "externalReference"),
    "execution listener": (
        one("serviceTask", JOB, '<zeebe:executionListeners><zeebe:executionListener eventType="start" type="a"/>'
            "</zeebe:executionListeners>"),
        "executionListeners",
    ),
    "task listener": (
        one("userTask", '<zeebe:taskListeners><zeebe:taskListener eventType="x" type="a"/></zeebe:taskListeners>'),
        "taskListeners",
    ),
    "agent that is a job": (one("adHocSubProcess", JOB, inside='<userTask id="k" name="k"/>'), "taskDefinition"),
    "mapping from nowhere": (
        one("userTask", '<zeebe:ioMapping><zeebe:input target="x"/></zeebe:ioMapping>'), "has no source"
    ),
    **{
        f"who decides, in words of {name}": (
            one("userTask", more=f'xmlns:{name}="{space}" {name}:assignee="demo" {name}:formKey="f"'),
            f"{name}:assignee {name}:formKey on userTask",
        )
        for name, space in ENGINES.items()
    },
}  # fmt: skip


@pytest.mark.parametrize("xml", TAKEN.values(), ids=TAKEN.keys())
def test_what_can_be_honoured_or_changes_nothing_is_taken(xml):
    """A model of a tool runs as it is."""
    assert refused(xml) == []


@pytest.mark.parametrize(("xml", "word"), REFUSED.values(), ids=REFUSED.keys())
def test_what_would_be_lost_is_refused_once_and_by_name(xml, word):
    """Who decides and what happens besides must not be lost in silence; the cure says what to write."""
    (found,) = refused(xml)
    assert word in found.en
    assert found.cure_zh
    assert found.cure_en
