"""Each kind of change is said in words, in both languages, to whom it concerns; and nothing else is."""

import json
import re

import pytest

from engine import catalog, changes
from tests.engine.migration.edited import DRAWING, ENGLISH, PACK, edited, family, in_english, with_limit, with_task

FORM = "forms/family/delivery.json"
OLD = catalog.read(family())


def said(files, old=OLD):
    """(kind, audience or department, Chinese, English) of every change."""
    found = changes.packs(old, catalog.read(files))
    return {(c.kind, c.department or str(c.audience), c.zh, c.en) for c in found}


def test_same_pack():
    """A pack has no differences from itself."""
    assert said(family()) == set()


def reformatted():
    """The same pack with other spaces, comments, order of elements, ids and shapes."""
    files = family()
    xml = files[DRAWING]
    ids = re.findall(r'<bpmn:(?!lane|process|collab|particip|definitions)\w+ id="(\w+)"', xml)
    for name in sorted(set(ids), key=len, reverse=True):
        xml = re.sub(rf'( id|Ref|default|bpmnElement)="{name}"', rf'\1="id_{name}_9"', xml)
        xml = xml.replace(f">{name}<", f">id_{name}_9<")
    xml = re.sub(r'x="(\d+)"', lambda m: f'x="{int(m[1]) + 7}"', xml).replace("  <", "\t<")
    flows = re.findall(
        r"\s*<bpmn:sequenceFlow (?:(?!/>|</bpmn:sequenceFlow>).)*(?:/>|</bpmn:sequenceFlow>)", xml, re.DOTALL
    )
    inner = "".join(re.findall(r"<bpmn:subProcess.*?</bpmn:subProcess>", xml, re.DOTALL))
    flows = [flow for flow in flows if flow not in inner]  # those stay where what they connect stands
    head, _, rest = xml.partition(flows[0])
    for flow in flows[1:]:
        rest = rest.replace(flow, "", 1)
    files[DRAWING] = head + "".join(reversed(flows)) + rest
    files[PACK] = "# comment\n" + files[PACK].replace(" = ", "   =  ")
    files[FORM] = json.dumps(json.loads(files[FORM]), indent=7)
    return files


def test_formatting_order_shapes_and_ids_are_no_change():
    """Nobody has to know that a file was saved by another tool."""
    assert said(reformatted()) == set()


def test_time_limit_in_numbers():
    """A shorter promise is told to the applicant and to the department that has to keep it."""
    files = edited(
        ('days = 2, unit = "工作日", text = "2个工作日"', 'days = 1, unit = "工作日", text = "2个工作日"'), file=PACK
    )
    words = (
        "“男方户口婚姻状况变更”承诺时限 2→1 工作日",
        """Promise of "Groom's marital status in the hukou register": 2→1 working days""",
    )
    assert ("promise", "applicant", *words) in said(files)
    assert ("promise", "公安户籍", *words) in said(files)


def limited(text):
    """The pack with this limit of the groom's change of status."""
    drawing = family()[DRAWING]
    task = re.search(r'<bpmn:userTask id="review_status_groom".*?</bpmn:userTask>', drawing, re.DOTALL).group()
    return edited((task, task.replace('value="2 工作日"', f'value="{text}"')))


def test_stage_limit_in_numbers():
    """A stage limit is told to the department that has it: a shorter one in numbers, another unit as text."""
    assert said(limited("1 工作日")) == {
        (
            "task-limit",
            "公安户籍",
            "“男方婚姻状况变更”环节时限 2→1 工作日",
            """"Groom's marital status", limit: 2→1 working days""",
        )
    }
    assert {zh for _, _, zh, _ in said(limited("24 小时"))} == {"“男方婚姻状况变更”环节时限 2 工作日 → 24 小时"}
    assert said(limited("2工作日")) == set()


def test_new_task_and_its_place():
    """A task that was added is told to its department, with what it comes after, and the order beside it is not."""
    assert said(in_english(with_task("flow_married", "lane_mz"), 复核="Second look")) == {
        (
            "task-added",
            "婚姻登记机关",
            "新增环节“复核”（在“登记发证”之后）",
            'New task "Second look" (after Register and issue)',
        )
    }


def test_task_moved_to_another_department():
    """Both departments are told: who had the work and who gets it."""
    lane = '<bpmn:lane id="lane_mz" name="婚姻登记机关">'
    files = edited(
        ("        <bpmn:flowNodeRef>deliver</bpmn:flowNodeRef>\n", ""),
        (lane, lane + "<bpmn:flowNodeRef>deliver</bpmn:flowNodeRef>"),
    )
    zh = "“窗口出件”由“综合窗口”改由“婚姻登记机关”办理"
    assert {(kind, who, zh) for kind, who, zh, _ in said(files)} == {
        ("task-department", "window", zh),
        ("task-department", "婚姻登记机关", zh),
    }


def test_new_time_limit_event():
    """A timer that was added is an event with its place."""
    assert {kind for kind, *_ in said(with_limit("review_migration"))} == {"event-added"}
    old = catalog.read(with_limit("review_migration", "P5D"))
    assert [zh for kind, _, zh, _ in said(with_limit("review_migration", "P3D"), old)] == ["“到期”定时 5→3 天"]


def test_order_of_work():
    """What comes after what is told where it differs among the steps both have."""
    files = edited(
        ('sourceRef="issue_page" targetRef="merge_police"', 'sourceRef="issue_page" targetRef="page_not_needed"'),
        lists=False,
    )
    assert {kind for kind, *_ in said(files)} == {"order"}


def test_condition_of_a_way():
    """When a way is taken is told with both conditions."""
    files = edited(('=marriage.decision = "approved"', '=marriage.decision != "refused"'))
    assert [kind for kind, *_ in said(files)] == ["condition"]


def test_form_fields():
    """New, removed, renamed and tightened questions and choices are told to the applicant who answers them."""
    text = family()[FORM]
    form = json.loads(text)
    group = form["components"][0]["components"]
    group[0]["validate"] = {}
    group[1]["label"] = "收件人姓名"
    del group[2]
    group.append(
        {"type": "number", "id": "floors", "key": "floors", "label": "楼层", "validate": {"required": True, "max": 9}}
    )
    files = in_english(
        {**family(), FORM: json.dumps(form, ensure_ascii=False)}, 楼层="Floor", 收件人姓名="Name on the parcel"
    )
    found = {(kind, who): zh for kind, who, zh, _ in said(files)}
    assert found["field-added", "applicant"] == "“领取方式”新增表单字段“楼层”（必填）"
    assert found["field-required", "applicant"].endswith("必填：是 → 否")
    assert "收件人姓名" in found["field-label", "applicant"]
    assert found["field-removed", "applicant"].startswith("“领取方式”删去字段")
    assert len(found) == 4


def test_bounds_of_a_field():
    """A bound that moved is told with both numbers."""

    def bounded(most):
        form = json.loads(family()[FORM])
        form["components"][0]["components"].append(
            {"type": "number", "id": "floors", "key": "floors", "label": "楼层", "validate": {"max": most}}
        )
        return in_english({**family(), FORM: json.dumps(form, ensure_ascii=False)}, 楼层="Floor")

    found = said(bounded(7), catalog.read(bounded(9)))
    assert [(k, w, z) for k, w, z, _ in found] == [("field-max", "applicant", "“领取方式”的“楼层”最大值：9 → 7")]


def test_materials():
    """Papers: new, no longer needed, to follow later, and what is accepted instead."""
    text = family()[PACK]
    place = text.index('code = "id_groom"')
    start = text.index('[[materials]]\ncode = "photo"')
    end = text.index("[[materials]]", start + 5)
    changed = text[:start] + text[end:]
    block = changed[place : changed.index("[[materials]]", place)]
    other = re.sub(r"states = \[.*?\]", 'states = ["original", "commitment"]', block).replace(
        "required = true", "required = false"
    )
    files = {**family(), PACK: changed.replace(block, other)}
    found = {kind: (who, zh) for kind, who, zh, _ in said(files)}
    assert found["material-removed"] == ("applicant", "不再需要材料“双方近期半身免冠合影照片”")
    assert found["material-required"] == ("applicant", "材料“男方居民身份证”不再必交，可以后补（容缺）")
    assert found["material-accepted"] == ("applicant", "材料“男方居民身份证”现在可以：告知承诺")


def test_items_lanes_and_parameters():
    """Items, departments and legal values."""
    files = edited(
        ('when = "=true"\nreason = "本人', 'when = "=false"\nreason = "本人'),
        ("value = 20", "value = 21"),
        ('posts = ["reviewer"]', 'posts = ["reviewer", "approver"]'),
        file=PACK,
    )
    found = {(kind, who): zh for kind, who, zh, _ in said(files)}
    assert found["item-condition", "applicant"] == "办理“结婚登记”的情形：true → false"
    assert found["parameter-value", "applicant"] == "参数 marriage_age_female：20 周岁 → 21 周岁"
    assert found["lane-posts", "婚姻登记机关"] == "岗位：reviewer → reviewer、approver"
    assert len(found) == 3


def test_dated_parameter_is_added():
    """A value from a later day on is told with the day and the value before it."""
    text = family()[PACK]
    start = text.index("[parameters.marriage_age_female]")
    block = text[start : text.index("\n\n", start)]
    both = block.replace("[parameters.", "[[parameters.").replace("female]", "female]]")
    later = both.replace("value = 20", "value = 18").replace("2021-01-01", "2027-01-01")
    found = said({**family(), PACK: text.replace(block, f"{both}\n\n{later}")})
    assert [(k, z) for k, _, z, _ in found] == [
        ("parameter-added", "参数 marriage_age_female 从 2027-01-01 起：20 周岁 → 18 周岁")
    ]


def test_scenarios_translations_and_other_files():
    """Scenarios, English words and other files are the designer's; comments in them are nobody's."""
    name = "workflows/family/scenarios/01-both-local-everything.toml"
    files = family()
    assert said({**files, name: "# why\n" + files[name]}) == set()
    assert {(k, w) for k, w, *_ in said({n: t for n, t in files.items() if n != name})} == {
        ("scenario-removed", "designer")
    }
    more = {**files, name.replace("01", "99"): files[name]}
    assert [z for _, _, z, _ in said(more)] == ["新增场景“scenarios/99-both-local-everything.toml”"]
    other = {**files, ENGLISH: files[ENGLISH].replace('"Police, household registration"', '"Police"')}
    assert {(k, w) for k, w, *_ in said(other)} == {("translation", "designer")}


TABLE = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" namespace="urn:t" name="t" id="t">
<inputData id="i" name="年龄"><variable name="年龄" typeRef="number"/></inputData>
<decision id="d" name="档次"><variable name="档次" typeRef="string"/>
<informationRequirement><requiredInput href="#i"/></informationRequirement>
<decisionTable hitPolicy="FIRST">
<input label="年龄"><inputExpression typeRef="number"><text>年龄</text></inputExpression></input>
<output name="档次" typeRef="string"/>{}</decisionTable></decision></definitions>"""
RULE = "<rule><inputEntry><text>{}</text></inputEntry><outputEntry><text>{}</text></outputEntry></rule>"


def tabled(*rules):
    return {**family(), "workflows/family/t.dmn": TABLE.format("".join(RULE.format(*rule) for rule in rules))}


A, B, C = ("&lt; 60", '"一般"'), ("[60..79]", '"老年"'), ("-", '"高龄"')


RULES = [
    ((A, C), "rule-removed", '删去规则：当 年龄 [60..79] 则 档次 = "老年"'),
    ((A, B, ("&lt; 90", '"九十"'), C), "rule-added", '新增规则：当 年龄 <90 则 档次 = "九十"'),
    ((A, (B[0], '"长者"'), C), "rule-cell", '规则 2（当 年龄 [60..79] 则 档次 = "长者"）⇒ 档次："老年" → "长者"'),
    ((A, ("[60..69]", B[1]), C), "rule-cell", '规则 2（当 年龄 [60..69] 则 档次 = "老年"）年龄：[60..79] → [60..69]'),
    ((B, A, C), "rule-order", "规则的先后变了"),
]


@pytest.mark.parametrize(("rules", "kind", "expected"), RULES)
def test_decision_tables(rules, kind, expected):
    """Rules added, gone and changed cell by cell, and their order where it decides."""
    found = said(tabled(*rules), catalog.read(tabled(A, B, C)))
    assert {(k, z) for k, _, z, _ in found} == {(kind, f"决策表“档次”{expected}")}


def test_whole_decision_is_added():
    """A new model is named by its decision."""
    assert {(k, z) for k, _, z, _ in said(tabled(A, B, C))} == {("decision-added", "新增决策“档次”")}


def test_groups_and_places():
    """Changes come in groups, the applicant first, departments under their names, each with file and line."""
    files = edited(("value = 20", "value = 21"), ('posts = ["reviewer"]', 'posts = ["approver"]'), file=PACK)
    found = changes.packs(OLD, catalog.read(files))
    heads = [(zh, en) for zh, en, _ in changes.grouped(found, lambda text: OLD.texts.get(text, text))]
    assert heads == [("申请人", "Applicant"), ("婚姻登记机关", "Marriage registry")]
    for change in found:
        assert change.file == PACK
        assert change.line > 0
