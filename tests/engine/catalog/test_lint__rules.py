"""Everything that can be wrong with a pack is named with its file, its line and a cure."""

import pytest

from engine import catalog
from engine.errors import Finding, PackInvalid

PACK = """
code = "tiny"
name = "小事"
about = "一件小事"
lead = "mz"
situation = "situation"
applicant = ["person.name"]
effective_from = 2026-01-01

[parameters.limit]
value = 3
unit = "天"
from = 2025-01-01
source = "某法第一条"

[lanes."民政"]
kind = "mz"
level = "county"
posts = ["reviewer"]

[[items]]
code = "permit"
name = "许可"
lane = "民政"
forms = ["apply"]
when = "=wants = true"
promise = { days = 1, unit = "工作日", text = "一个工作日", source = "某法第二条" }

[[materials]]
code = "card"
name = "身份证"
items = ["permit"]
when = '=person.name != null'
states = ["original"]
required = true
note = "查验"

[[letters]]
code = "NSA"
name = "不予决定书"
word = "不"
on = ["item:refused"]
template = "refused.html"
basis = "某法第四条"
"""
LETTER = """<article><p>{= notice.to }：</p>
<p>{= notice.item.said.reason }</p><p>{= permit.legal_basis }</p><p>可以申请行政复议或者提起行政诉讼。</p></article>
"""
LIMIT_HERE = "</zeebe:properties>"
DRAWING = """<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="d" targetNamespace="urn:tiny">
<bpmn:process id="tiny" name="小事" isExecutable="true">
<bpmn:laneSet id="lanes"><bpmn:lane id="l" name="民政">
<bpmn:flowNodeRef>start</bpmn:flowNodeRef><bpmn:flowNodeRef>review</bpmn:flowNodeRef>
<bpmn:flowNodeRef>ask</bpmn:flowNodeRef><bpmn:flowNodeRef>yes</bpmn:flowNodeRef><bpmn:flowNodeRef>no</bpmn:flowNodeRef>
</bpmn:lane></bpmn:laneSet>
<bpmn:startEvent id="start" name="受理"></bpmn:startEvent>
<bpmn:userTask id="review" name="审查"><bpmn:extensionElements><zeebe:userTask />
<zeebe:formDefinition formId="decide" /><zeebe:properties><zeebe:property name="item" value="permit" />
<zeebe:property name="outcome" value='=permit.decision' /></zeebe:properties></bpmn:extensionElements>
</bpmn:userTask>
<bpmn:exclusiveGateway id="ask" name="同意？" default="f4">
</bpmn:exclusiveGateway>
<bpmn:endEvent id="yes" name="准予"></bpmn:endEvent>
<bpmn:endEvent id="no" name="不予"></bpmn:endEvent>
<bpmn:sequenceFlow id="f1" sourceRef="start" targetRef="review" />
<bpmn:sequenceFlow id="f2" sourceRef="review" targetRef="ask" />
<bpmn:sequenceFlow id="f3" sourceRef="ask" targetRef="yes">
<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression"
>=permit.decision = "approved"</bpmn:conditionExpression></bpmn:sequenceFlow>
<bpmn:sequenceFlow id="f4" sourceRef="ask" targetRef="no" />
</bpmn:process></bpmn:definitions>
"""
DRAWING = DRAWING.replace(LIMIT_HERE, f'<zeebe:property name="limit" value="1 工作日" />{LIMIT_HERE}')
HEAD = '{"type": "default", "schemaVersion": 19, "id": "%s", "properties": {"title": "%s"}, "components": [\n%s]}'
DECIDE = HEAD % (
    "decide", "审查",
    '{"type": "radio", "id": "d", "key": "decision", "label": "结论",\n'
    '"values": [{"value": "approved", "label": "同意"}, {"value": "refused", "label": "不同意"}]},\n'
    '{"type": "textfield", "id": "r", "key": "reason", "label": "理由"},\n'
    '{"type": "textfield", "id": "b", "key": "legal_basis", "label": "法律依据"}',
)  # fmt: skip
FILES = {
    "workflows/tiny/pack.toml": PACK,
    "workflows/tiny/process.bpmn": DRAWING,
    "workflows/tiny/scenarios/one.toml": 'about = "一次"\n[start]\non = 2026-11-20\n',
    "forms/tiny/situation.json": HEAD % (
        "situation", "情形", '{"type": "checkbox", "id": "w", "key": "wants", "label": "要不要"}'
    ),
    "forms/tiny/apply.json": HEAD % (
        "apply", "申请",
        '{"type": "group", "id": "g", "path": "person", "label": "本人", "components": [\n'
        '{"type": "textfield", "id": "n", "key": "name", "label": "姓名"}]}',
    ),
    "forms/tiny/decide.json": DECIDE,
    "workflows/tiny/letters/refused.html": LETTER,
}  # fmt: skip
CHINESE = (  # noqa: SIM905  shorter to read
    "小事 一件小事 天 某法第一条 民政 许可 工作日 一个工作日 某法第二条 身份证 查验 受理 审查 同意？ 准予 "
    "不予 情形 要不要 申请 本人 姓名 结论 同意 不同意 理由 法律依据 不予决定书"
).split()
FILES["workflows/tiny/en.toml"] = "\n".join(f'"{text}" = "english"' for text in CHINESE)
OTHER_LANE = '[lanes."公安"]\nkind = "ga"\nlevel = "city"\nposts = ["lead"]\n'
TOML, BPMN, SITUATION, APPLY = (f"{place}/tiny/{name}" for place, name in (
    ("workflows", "pack.toml"), ("workflows", "process.bpmn"), ("forms", "situation.json"), ("forms", "apply.json"),
))  # fmt: skip


def changed(file: str, old: str, new: str) -> list[Finding]:
    """What lint finds after one replacement in one file."""
    assert old in FILES[file]
    return catalog.lint(FILES | {file: FILES[file].replace(old, new, 1)})


def test_a_good_pack_has_no_findings() -> None:
    """The pack these tests break is whole."""
    assert catalog.lint(FILES) == []


F3 = '<bpmn:sequenceFlow id="f3" sourceRef="ask" targetRef='
JOB = f"""<bpmn:serviceTask id="push" name="推送"><bpmn:extensionElements><zeebe:taskDefinition type="push" />
</bpmn:extensionElements></bpmn:serviceTask><bpmn:sequenceFlow id="f9" sourceRef="push" targetRef="yes" />
{F3}"push\""""


DAILY = """<bpmn:timerEventDefinition id="d1">
<bpmn:timeDuration>P1D</bpmn:timeDuration></bpmn:timerEventDefinition>"""
WAIT = f"""<bpmn:intermediateCatchEvent id="wait" name="等待"><bpmn:conditionalEventDefinition id="c">
<bpmn:condition xsi:type="bpmn:tFormalExpression">=permit.decison = "approved"</bpmn:condition>
</bpmn:conditionalEventDefinition></bpmn:intermediateCatchEvent>
<bpmn:sequenceFlow id="f9" sourceRef="wait" targetRef="yes" />{F3}"wait\""""


@pytest.mark.parametrize(
    ("file", "old", "new", "rule", "line"),
    [
        (TOML, 'lead = "mz"', 'lead = "mz"\nleader = "mz"', "unknown-key", 1),
        (TOML, 'code = "tiny"', 'code = "tinny"', "pack-code", 2),
        (TOML, 'code = "tiny"', 'code = tiny', "file-toml", 2),
        (TOML, 'lane = "民政"', 'lane = "民生"', "lane-unmapped", 22),
        (TOML, '[lanes."民政"]', OTHER_LANE + '[lanes."民政"]', "lane-undrawn", 16),
        (TOML, 'lead = "mz"', 'lead = "ga"', "bad-value", 5),
        (TOML, 'level = "county"', 'level = "village"', "bad-value", 16),
        (TOML, 'items = ["permit"]', 'items = ["permits"]', "item-unknown", 30),
        (TOML, 'forms = ["apply"]', 'forms = ["apply", "shared/person"]', "form-unknown", 22),
        (TOML, 'when = "=wants = true"', 'when = "=wamts = true"', "feel-name", 26),
        (TOML, "=person.name != null", "=person.nmae != null", "feel-name", 33),
        (TOML, 'when = "=wants = true"', 'when = "=wants = = true"', "feel-syntax", 22),
        (TOML, 'source = "某法第一条"', "", "parameter-source", 10),
        (TOML, "from = 2025-01-01", "", "parameter-date", 10),
        (TOML, "from = 2025-01-01", "from = 2026-01-02", "parameter-early", 10),
        (TOML, '["person.name"]', '["person.nam"]', "applicant-unknown", 7),
        (TOML, 'states = ["original"]', 'states = ["missing"]', "bad-value", 30),
        (TOML, "note = ", "remark = ", "unknown-key", 30),
        (TOML, 'forms = ["apply"]', 'forms = ["apply"]\ndepends = ["permit"]', "item-cycle", 0),
        (BPMN, 'name="民政"', 'name="民致"', "lane-unmapped", 5),
        (BPMN, 'name="item" value="permit"', 'name="item" value="permti"', "item-unknown", 10),
        (BPMN, 'formId="decide"', 'formId="decite"', "form-unknown", 10),
        (BPMN, '>=permit.decision = "approved"', '>=permit.decison = "approved"', "feel-name", 22),
        (BPMN, "'=permit.decision'", "'=permit.resolution'", "feel-name", 10),
        (BPMN, 'name="审查"', 'name="审批"', "text-no-english", 10),
        (BPMN, F3 + '"yes"', JOB, "connector-unknown", 20),
        (BPMN, F3 + '"yes"', WAIT, "feel-name", 20),
        (BPMN, '</bpmn:startEvent>', DAILY + '</bpmn:startEvent>', "start-not-plain", 9),
        (BPMN, '>=permit.decision = "approved"', '>=permit.decision > parameters.limit', "feel-type", 22),
        (TOML, 'when = "=wants = true"', 'when = "=wants = 3"', "feel-type", 26),
        (APPLY, '"label": "姓名"', '"label": "名字"', "text-no-english", 3),
        (APPLY, '"label": "姓名"', '"label": "姓名", "conditional": {"hide": "=wnats"}', "feel-name", 3),
        (APPLY, '"path": "person"', '"path": "permit"', "key-reserved", 3),
        (SITUATION, '"type": "checkbox"', '"type": "iframe"', "form-type", 2),
    ],
)  # fmt: skip
def test_each_mistake_is_found_where_it_is(file: str, old: str, new: str, rule: str, line: int) -> None:
    """One mistake gives its rule in its file on its line, in both languages with a cure."""
    found = [finding for finding in changed(file, old, new) if finding.rule == rule]
    assert [(finding.file, finding.line) for finding in found] == [(file, line)]
    assert found[0].zh
    assert found[0].en
    assert found[0].cure_zh
    assert found[0].cure_en
    assert not found[0].warning


def test_a_key_is_asked_in_the_situation_or_in_the_application() -> None:
    """A key of the situation form may not come back in a form of an item."""
    found = [f for f in changed(SITUATION, '"key": "wants"', '"key": "person.name"') if f.rule == "key-asked-twice"]
    assert [(f.file, f.line) for f in found] == [(APPLY, 3)]


def test_an_unknown_name_brings_the_nearest_one() -> None:
    """The finding about a misspelt name says what was probably meant."""
    found = changed(TOML, 'when = "=wants = true"', 'when = "=wamts = true"')
    assert "您是不是要写 wants？" in found[0].zh


def test_the_counts_of_several_instances_are_names() -> None:
    """A completion condition may read what BPMN says of a multi-instance activity, and nothing like it."""
    marker = """<bpmn:multiInstanceLoopCharacteristics><bpmn:loopCardinality>2</bpmn:loopCardinality>
<bpmn:completionCondition>=%s >= 1</bpmn:completionCondition></bpmn:multiInstanceLoopCharacteristics></bpmn:userTask>"""
    found = changed(BPMN, "</bpmn:userTask>", marker % "numberOfCompletedInstances")
    assert [f.rule for f in found if not f.warning] == []
    assert "feel-name" in {f.rule for f in changed(BPMN, "</bpmn:userTask>", marker % "numberOfCompletedInstance")}


def test_an_item_needs_work_and_an_end() -> None:
    """An item nobody works on, and one no node of which has an outcome, are found."""
    item = '<zeebe:property name="item" value="permit" />'
    outcome = "<zeebe:property name=\"outcome\" value='=permit.decision' />"
    assert "item-endless" in {f.rule for f in changed(BPMN, outcome, "")}
    assert "item-unused" in {f.rule for f in changed(BPMN, f"{item}\n{outcome}", "")}


def test_missing_and_superfluous_files() -> None:
    """A missing drawing or dictionary of English texts is found, and so is a form nobody uses."""
    rules = {
        (finding.rule, finding.file)
        for files in (
            {name: text for name, text in FILES.items() if not name.endswith(("en.toml", ".bpmn"))},
            FILES | {"forms/tiny/spare.json": DECIDE.replace('"decide"', '"spare"')},
            FILES | {"workflows/tiny/scenarios/two.toml": "= ="},
        )
        for finding in catalog.lint(files)
    }
    assert rules == {
        ("pack-file", "workflows/tiny/en.toml"), ("pack-file", BPMN), ("form-unused", "forms/tiny/spare.json"),
        ("file-toml", "workflows/tiny/scenarios/two.toml"),
    }  # fmt: skip


def test_superfluous_english_is_only_a_warning() -> None:
    """An English text nobody needs does not keep a pack from being published."""
    found = catalog.lint(FILES | {"workflows/tiny/en.toml": FILES["workflows/tiny/en.toml"] + '\n"旧" = "old"'})
    assert [(finding.rule, finding.warning) for finding in found] == [("text-unused", True)]


def test_read_refuses_what_does_not_fit_together() -> None:
    """A pack whose parts do not fit cannot be read; one whose words lack English can."""
    assert catalog.read(FILES | {"workflows/tiny/en.toml": ""}).code == "tiny"
    with pytest.raises(PackInvalid):
        catalog.read(FILES | {TOML: PACK.replace('"apply"', '"aply"')})
    with pytest.raises(PackInvalid):
        catalog.read({})


def test_a_supplement_may_not_ask_a_key_of_the_application() -> None:
    """The application stands beside the form of a supplement, so a key both have would be ambiguous."""
    again = DECIDE.replace('"key": "decision"', '"key": "person.name"')
    drawing = DRAWING.replace(
        '<zeebe:property name="item"', '<zeebe:property name="stage" value="supplement" />\n<zeebe:property name="item"'
    )
    found = catalog.lint(FILES | {"forms/tiny/decide.json": again, BPMN: drawing})
    assert ("key-asked-twice", "forms/tiny/decide.json", 2) in {(f.rule, f.file, f.line) for f in found}
