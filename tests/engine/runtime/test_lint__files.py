"""Whatever bytes come, lint answers: with a verdict that has a line and a cure, in work that grows with the file."""

import io
import sys
import zipfile
from pathlib import Path

import pytest

from engine import runtime
from engine.runtime import drawing as xml
from tests.engine.runtime.drawings import ENDS, SPACES, drawing, extension, nodes, timer, user

SHARED = Path(__file__).parents[4] / "shared"
FOLDERS = [SHARED / "corpus" / "zeebe", SHARED / "corpus" / "miwg", SHARED / "lab" / "bpmn" / "repro"]
RIGHT = drawing(ENDS, "s -> e").decode()
MODEL = 'xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"'


def archive():
    """A compressed file."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as opened:
        opened.writestr("process.bpmn", RIGHT)
    return made.getvalue()


def around(inside):
    return f"<definitions {SPACES}>{inside}</definitions>".encode()


def deep(levels):
    opened = "".join(f'<subProcess id="s{number}">' for number in range(levels))
    return around(f'<process id="P">{opened}{"</subProcess>" * levels}</process>')


def changed(old, new):
    assert old in RIGHT
    return RIGHT.replace(old, new, 1).encode()


NOT_READ = {
    "empty": (b"", "empty"),
    "blank": (b" \n", "empty"),
    "archive": (archive(), "archive"),
    "zeros": (b"\0" * 99, "well-formed"),
    "cut off": (RIGHT[:-9].encode(), "well-formed"),
    "two roots": ((RIGHT + RIGHT).encode(), "well-formed"),
    "web page": (b"<html><body/></html>", "web page"),
    "web page of today": (b"<!DOCTYPE html><html><br></html>", "web page"),
    "decision": (b'<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/"/>', "DMN"),
    "case": (b'<definitions xmlns="http://www.omg.org/spec/CMMN/20151109/MODEL"/>', "CMMN"),
    "XPDL": (b'<Package xmlns="http://www.wfmc.org/2008/XPDL2.1"/>', "XPDL"),
    "BPMN 1": (b'<b:BpmnDiagram xmlns:b="http://stp.eclipse.org/bpmn"/>', "BPMN 1"),
    "no namespace": (changed(MODEL, ""), "namespace"),
    "other namespace": (changed("20100524", "20100501"), "namespace"),
    "only a process": (f'<process {MODEL} id="P"/>'.encode(), "not a BPMN 2.0 file"),
    "entity": (changed('id="s"', 'id="s" name="&x;"'), "well-formed"),
    "entity declared": (f'<!DOCTYPE d [<!ENTITY x "y">]>{RIGHT}'.encode(), "DOCTYPE"),
    "too deep": (deep(70), "deep"),
    "much too deep": (deep(2000), "deep"),
    "too large": (RIGHT.encode() + b" " * xml.LARGEST, "larger"),
    "bytes of another encoding": (changed('id="s"', 'id="s" name="x"').replace(b'"x"', b'"\xff"'), "well-formed"),
    "another encoding": (f'<?xml version="1.0" encoding="GBK"?>{RIGHT.replace("<startEvent", "<!--受理--><startEvent")}'
                         .encode("gbk"), "UTF-8"),
}  # fmt: skip


@pytest.mark.parametrize(("content", "word"), NOT_READ.values(), ids=NOT_READ.keys())
def test_what_is_no_drawing_is_said_to_be_none(content, word):
    """One finding says what the file is instead, and what to do."""
    (found,) = runtime.lint(content)
    assert found.rule == "bpmn-xml"
    assert word in found.en
    assert found.line > 0
    assert found.cure_zh
    assert found.cure_en
    assert not found.warning


def test_a_drawing_just_begun_is_read():
    """A start event alone, as tools make a new file, can be read and is not finished; it has to lead somewhere."""
    begun = drawing(nodes("startEvent", "s"), "")
    assert {(f.rule, f.warning) for f in runtime.lint(begun)} == {("bpmn-no-end", False)}
    assert runtime.read(begun).process_id == "P"
    two = drawing(nodes("startEvent", "s", "s2") + nodes("endEvent", "e"), "s2 -> e")
    assert "bpmn-dangling-flow" in {f.rule for f in runtime.lint(two) if not f.warning}


READ = {
    "byte order mark": b"\xef\xbb\xbf" + RIGHT.encode(),
    "UTF-16": f'<?xml version="1.0" encoding="UTF-16"?>{RIGHT}'.encode("utf-16"),
    "processing instruction": b"<?style x?>" + changed("<startEvent", "<?x y?><!-- z --><startEvent"),
    "blanks in an id": changed('id="s"', 'id=" s&#10;"'),
    "one for true": changed('isExecutable="true"', 'isExecutable=" 1 "'),
    "not said to be executable": changed(' isExecutable="true"', ""),
}


@pytest.mark.parametrize("content", READ.values(), ids=READ.keys())
def test_legal_xml_is_read(content):
    """XML allows more spellings than tools use."""
    assert runtime.lint(content) == []
    assert set(runtime.read(content).nodes) == {"s", "e"}


def test_a_comment_does_not_cut_a_condition():
    """The text before and after a comment, or in a CDATA section, is one text."""
    body = ENDS + nodes("endEvent", "e2") + '<exclusiveGateway id="x" default="x_e2"/>'
    text = drawing(body, "s -> x -> [=1 + 1]e\nx -> e2").decode()
    for written in ("=1<!-- and --> + 1", "<![CDATA[=1 + 1]]>", "=1<?and?> + 1"):
        assert runtime.read(text.replace("=1 + 1", written).encode()).flows["x_e"].condition == "=1 + 1"


NOTHING = {
    "nothing": "",
    "choreography": '<choreography id="c"/>',
    "collaboration": '<collaboration id="c"><participant id="p"/><participant id="q"/></collaboration>',
}


@pytest.mark.parametrize("inside", NOTHING.values(), ids=NOTHING.keys())
def test_without_a_process_there_is_nothing_to_execute(inside):
    """A file of black boxes, conversations or choreographies is refused for what it lacks."""
    assert any(f.rule == "bpmn-process" and "nothing to execute" in f.en for f in runtime.lint(around(inside)))


CIRCLES = {
    "process that calls itself": (drawing(ENDS + '<callActivity id="c" calledElement="P"/>', "s -> c -> e"), None),
    "event defined by itself": (drawing(ENDS + '<intermediateCatchEvent id="i"><eventDefinitionRef>i'
                                        "</eventDefinitionRef></intermediateCatchEvent>", "s -> i -> e"), "bpmn-event"),
    "event on itself": (drawing(ENDS + f'<boundaryEvent id="b" attachedToRef="b">{timer("timeDuration", "P1D")}'
                                "</boundaryEvent>", "s -> e\nb -> e"), "bpmn-boundary"),
    "lane in itself": (drawing('<laneSet><lane id="l" name="L"><flowNodeRef>l</flowNodeRef><childLaneSet><lane id="m" '
                               'name="M"><flowNodeRef>l</flowNodeRef></lane></childLaneSet></lane></laneSet>' + ENDS,
                               "s -> e"), "bpmn-reference"),
}  # fmt: skip


@pytest.mark.parametrize(("content", "rule"), CIRCLES.values(), ids=CIRCLES.keys())
def test_a_circle_of_references_ends(content, rule):
    """What names itself is refused, or is a recursion the designer wants."""
    found = [f.rule for f in runtime.lint(content) if not f.warning]
    assert found == [] if rule is None else rule in found


COLLECTS = extension('<zeebe:adHoc outputCollection="r"/>')
CAMUNDA = {
    "executionListeners": user("t", extension("<zeebe:executionListeners/>")),
    "taskListeners": user("t", extension("<zeebe:taskListeners/>")),
    "linkedResources": f'<serviceTask id="t">{extension("<zeebe:linkedResources/>")}</serviceTask>',
    "adHoc": f'<adHocSubProcess id="t">{COLLECTS}{user("u")}</adHocSubProcess>',
    "versionTag": user("t", extension('<zeebe:formDefinition formId="f" versionTag="1"/>')),
}


@pytest.mark.parametrize(("name", "body"), CAMUNDA.items(), ids=CAMUNDA.keys())
def test_camunda_extensions_that_change_behaviour_are_refused_by_name(name, body):
    """The sentence names the element or attribute."""
    found = runtime.lint(drawing(ENDS + body))
    assert any(f.rule == "bpmn-unsupported" and name in f.en for f in found)


def test_camunda_extensions_that_change_nothing_are_accepted():
    """Tags, properties, embedded forms nothing refers to, templates and the modeler's own attributes."""
    said = '<zeebe:userTask/><zeebe:properties><zeebe:property name="a" value="b"/></zeebe:properties>'
    task = user("t", extension(said)).replace("<userTask", '<userTask zeebe:modelerTemplate="x"')
    process = extension('<zeebe:versionTag value="1"/>', '<zeebe:userTaskForm id="f">{}</zeebe:userTaskForm>')
    text = drawing(process + ENDS + task).decode()
    modeler = 'xmlns:modeler="http://camunda.org/schema/modeler/1.0" modeler:executionPlatform="Camunda Cloud"'
    assert runtime.lint(text.replace("<definitions", f"<definitions {modeler}").encode()) == []


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_file_other_people_made_gets_a_verdict(folder):
    """Nothing raises; a refusal says where, by which rule, and what to do, in both languages."""
    if not folder.is_dir():
        pytest.skip(f"{folder.name} is not on this machine")
    files = sorted(folder.glob("**/*.bpmn"))
    assert files
    for file in files:
        for found in runtime.lint(file.read_bytes(), file.name):
            assert found.rule, file
            assert found.line > 0, file
            assert found.zh, file
            assert found.en, file
            assert found.cure_zh, file
            assert found.cure_en, file


def _chain(count):
    names = [f"t{number}" for number in range(count)]
    return drawing(ENDS + nodes("task", *names), " -> ".join(["s", *names, "e"]))


def _star(count):
    flows = "".join(f'<sequenceFlow id="f{number}" sourceRef="g" targetRef="e"/>' for number in range(count))
    return drawing(ENDS + '<parallelGateway id="g"/>' + flows, "s -> g")


def _nameless(count):
    return drawing(ENDS + "<task/>" * count, "s -> e")


def _parts(count):
    part = '<startEvent id="a{0}"/><endEvent id="b{0}"/><sequenceFlow id="c{0}" sourceRef="a{0}" targetRef="b{0}"/>'
    parts = "".join(f'<subProcess id="t{n}">{part.format(n)}</subProcess>' for n in range(count // 3))
    return drawing(ENDS + parts, " -> ".join(["s", *(f"t{n}" for n in range(count // 3)), "e"]))


def _links(count):
    link = '<linkEventDefinition name="l{0}"/>'
    ends = ("intermediateThrowEvent", "a"), ("intermediateCatchEvent", "b")
    pair = "".join(f'<{kind} id="{name}{{0}}">{link}</{kind}>' for kind, name in ends)
    return drawing(ENDS + "".join(pair.format(number) for number in range(count // 2)), "s -> e")


def _calls(count):
    calls = "".join(f'<callActivity id="c{n}" calledElement="Q{n}"/>' for n in range(count // 2))
    called = "".join(f'<process id="Q{n}"><startEvent id="q{n}"/></process>' for n in range(count // 2))
    return drawing(ENDS + calls, "s -> e").replace(b"</definitions>", called.encode() + b"</definitions>")


def _off_schema(count):
    return drawing(ENDS + "".join(f'<task id="t{number}" foo="1"/>' for number in range(count)), "s -> e")


def _lines(content):
    """How many lines of the engine run while a drawing is linted."""
    count = 0

    def local(_frame, event, _argument):
        nonlocal count
        count += event == "line"
        return local

    def follow(frame, _event, _argument):
        return local if "engine/runtime" in frame.f_code.co_filename else None

    before = sys.gettrace()
    sys.settrace(follow)
    try:
        runtime.lint(content)
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize("shape", [_chain, _star, _nameless, _parts, _links, _calls, _off_schema])
def test_the_work_grows_with_the_file(shape):
    """Four times the elements are about four times the work: nothing is found by going through all of them."""
    runtime.lint(shape(10))  # what is made once
    assert _lines(shape(800)) < 5 * _lines(shape(200))


@pytest.mark.parametrize("more", ["", 'triggeredByEvent="true"'])
def test_a_scope_that_lies_in_itself_is_said_to_be_there_twice(more):
    """Sub-processes of one id, each in the other, are followed nowhere: the id is the finding."""
    throw = '<endEvent id="t"><compensateEventDefinition/></endEvent>'
    body = f'<subProcess id="a" {more}>' * 60 + throw + "</subProcess>" * 60
    assert "bpmn-duplicate-id" in {f.rule for f in runtime.lint(drawing(body, "")) if not f.warning}
