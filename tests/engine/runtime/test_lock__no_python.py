"""Nothing a drawing contains is ever run as Python: attacks that work on plain SpiffWorkflow create no file here."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine, TaskDataEnvironment
from SpiffWorkflow.bpmn.specs import BpmnProcessSpec

from engine import runtime
from engine.errors import PackInvalid
from engine.runtime.lock import PythonRefused

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
SPACES = 'xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"'
FIRST = '<startEvent id="s"/><userTask id="u" name="U"/><endEvent id="e"/><sequenceFlow sourceRef="s" targetRef="u"/>'
THEN_X = '<sequenceFlow sourceRef="u" targetRef="x"/><sequenceFlow sourceRef="x" targetRef="e"/>'
LOOP = "<zeebe:loopCharacteristics inputCollection='{}' inputElement='i' outputCollection='o' outputElement='{}'/>"


def script(inside):
    return f'<scriptTask id="x">{inside}</scriptTask>' + THEN_X


def several(collection="=[1]", answer="=i", more=""):
    inside = f"<extensionElements>{LOOP.format(collection, answer)}</extensionElements>{more}"
    return (
        '<userTask id="x" name="X"><multiInstanceLoopCharacteristics>'
        f"{inside}</multiInstanceLoopCharacteristics></userTask>" + THEN_X
    )


def catch(definition):
    return f'<intermediateCatchEvent id="x">{definition}</intermediateCatchEvent>' + THEN_X


def gateway(condition):
    flows = '<sequenceFlow sourceRef="u" targetRef="x"/><sequenceFlow id="d" sourceRef="x" targetRef="e"/>'
    text = f"<conditionExpression>{condition}</conditionExpression>"
    return (
        f'<exclusiveGateway id="x" default="d"/>{flows}<sequenceFlow sourceRef="x" targetRef="e">{text}</sequenceFlow>'
    )


PLACES = {
    "script element": lambda code: script(f"<script>{code}</script>"),
    "zeebe script": lambda code: script(
        f"<extensionElements><zeebe:script expression='{code}' resultVariable='r'/></extensionElements>"
    ),
    "condition": gateway,
    "duration": lambda code: catch(f"<timerEventDefinition><timeDuration>{code}</timeDuration></timerEventDefinition>"),
    "date": lambda code: catch(f"<timerEventDefinition><timeDate>{code}</timeDate></timerEventDefinition>"),
    "conditional event": lambda code: catch(
        f"<conditionalEventDefinition><condition>{code}</condition></conditionalEventDefinition>"
    ),
    "cardinality": lambda code: several(more=f"<loopCardinality>{code}</loopCardinality>"),
    "collection": lambda code: several(collection=code),
    "output element": lambda code: several(answer=code),
    "completion condition": lambda code: several(more=f"<completionCondition>{code}</completionCondition>"),
    "pre script": lambda code: (
        '<manualTask id="x"><extensionElements><p:preScript xmlns:p="http://spiffworkflow.org/bpmn/schema/1.0/core">'
        f"{code}</p:preScript></extensionElements></manualTask>" + THEN_X
    ),
    "outcome": lambda code: (
        "<manualTask id='x'><extensionElements><zeebe:properties><zeebe:property name='item' value='i'/>"
        f"<zeebe:property name='outcome' value='{code}'/></zeebe:properties></extensionElements></manualTask>" + THEN_X
    ),
}
ATTACKS = {
    "import": '__import__("os").system("touch {}")',
    "open": 'open("{}","w").write("x")',
    "class walk": '[c for c in ().__class__.__mro__[1].__subclasses__() if c.__name__=="Popen"][0]'
    '(["touch","{}"]).wait()',
    "builtins": '__builtins__["open"]("{}","w").close()',
}


@pytest.mark.parametrize("sign", ["", "="])
@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS.keys())
@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES.keys())
def test_python_in_a_drawing_never_runs(tmp_path, place, attack, sign):
    """In every place SpiffWorkflow evaluates, lint refuses the text or FEEL does; also after a save and a load."""
    canary = tmp_path / "canary"
    code = (sign + attack.format(canary)).replace("<", "&lt;").replace('"', "&quot;")
    xml = f'<definitions {SPACES}><process id="P">{FIRST}{place(code)}</process></definitions>'.encode()
    refused = any(not finding.warning for finding in runtime.lint(xml))
    try:
        model = runtime.read(xml)
    except PackInvalid:
        assert refused
    else:
        _play(model)
    assert not canary.exists()


def _play(model):
    """Go as far as possible, writing the state out and reading it back before every step."""
    advance, moment = runtime.start(model, {}, now=NOW), NOW
    for _ in range(5):
        tasks = [task.id for task in advance.opened]
        for task in tasks:
            advance = runtime.finish(model, json.loads(json.dumps(advance.state)), task, {}, advance.facts, now=moment)
        if advance.incident or advance.ended:
            return
        moment += timedelta(days=400)
        if not advance.opened:
            advance = runtime.fire(model, json.loads(json.dumps(advance.state)), advance.facts, now=moment)


def test_spiffworkflows_own_engine_is_closed_in_the_whole_process():
    """Even a workflow that somebody builds without our environment cannot evaluate or execute."""
    flow = BpmnWorkflow(BpmnProcessSpec("P"), deserializing=True)
    for engine in (flow.script_engine, PythonScriptEngine(), PythonScriptEngine(TaskDataEnvironment({"x": 1}))):
        with pytest.raises(PythonRefused):
            engine.environment.evaluate("1", {})
        with pytest.raises(PythonRefused):
            engine.environment.execute("x = 1", {})


def test_answers_are_data_not_expressions():
    """What a person types is never evaluated, even when it looks like an expression."""
    body = FIRST + '<sequenceFlow sourceRef="u" targetRef="e"/>'
    xml = f'<definitions {SPACES}><process id="P">{body}</process></definitions>'
    model = runtime.read(xml.encode())
    first = runtime.start(model, {}, now=NOW)
    typed = {"name": "=now()", "typename": "BpmnWorkflow"}
    assert runtime.finish(model, first.state, first.opened[0].id, typed, {}, now=NOW).facts == typed
