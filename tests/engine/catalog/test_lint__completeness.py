"""A pack is complete: every task is somebody's and limited, promises can be kept, items can end either way."""

import pytest

from engine import catalog
from engine.catalog import limits
from engine.catalog.files import PROOFS
from engine.words import LimitUnit
from tests.engine.catalog.test_lint__rules import BPMN, FILES, TOML

DECIDE = "forms/tiny/decide.json"
LIMIT = '<zeebe:property name="limit" value="1 工作日" />'
ITEM = '<zeebe:property name="item" value="permit" />'
PROMISE = 'promise = { days = 1, unit = "工作日"'
F3 = '<bpmn:sequenceFlow id="f3" sourceRef="ask" targetRef="yes">'
YES = '<bpmn:endEvent id="yes" name="准予">'
START = "<bpmn:flowNodeRef>start<"
SHARED = '[death]\nname = "死亡证明"\nissuer = "医疗机构"\nsource = "某法第三条"\n'


def found(*changes, more=None):
    """The rules lint finds after replacements (file, old, new), English texts left aside."""
    files = {**FILES, **(more or {})}
    for file, old, new in changes:
        assert old in files[file], old
        files[file] = files[file].replace(old, new, 1)
    drawn = [name for name in ("more", "less") if f'Task id="{name}"' in files[BPMN]]
    lane = "".join(f"<bpmn:flowNodeRef>{name}</bpmn:flowNodeRef>" for name in drawn)
    files[BPMN] = files[BPMN].replace(START, lane + START)
    said = [f for f in catalog.lint(files) if not f.rule.startswith("text-")]
    assert all(f.line and f.cure_zh and f.cure_en for f in said), said
    return [f.rule for f in said]


def limited(text):
    """The task has this limit."""
    return BPMN, LIMIT, f'<zeebe:property name="limit" value="{text}" />'


def another(name, *, stage="", item=ITEM, limit=LIMIT):
    """One more task between the decision and the end that grants."""
    staged = f'<zeebe:property name="stage" value="{stage}" />' if stage else ""
    task = f"""<bpmn:userTask id="{name}" name="审查"><bpmn:extensionElements><zeebe:formDefinition formId="decide" />
    <zeebe:properties>{item}{limit}{staged}</zeebe:properties></bpmn:extensionElements></bpmn:userTask>"""
    on = f'<bpmn:sequenceFlow id="f_{name}" sourceRef="{name}" targetRef="yes" />'
    return BPMN, F3, task + on + F3.replace('"yes"', f'"{name}"')


def granting(outcome):
    """The end that grants says so."""
    text = f'{ITEM}<zeebe:property name="outcome" value="{outcome}" />'
    said = f"<bpmn:extensionElements><zeebe:properties>{text}</zeebe:properties></bpmn:extensionElements>"
    return BPMN, YES, YES + said


def test_a_task_is_work_of_an_item_or_says_why_not():
    """A task without an item is refused unless a property says the reason."""
    outcome = (BPMN, "<zeebe:property name=\"outcome\" value='=permit.decision' />", "")
    used = granting("approved")
    assert "item-none" not in found(another("more"))
    assert "item-none" in found(outcome, used, another("more", item=""))
    reason = '<zeebe:property name="no_item" value="窗口统一出件" />'
    assert "item-none" not in found(another("more", item=reason))


@pytest.mark.parametrize("text", ["两天", "2", "2 周", "-1 工作日", "1.5 工作日", "工作日 2"])
def test_a_limit_that_cannot_be_read_is_refused(text):
    """A number and one of three units, nothing else."""
    assert found(limited(text)) == ["limit-unreadable"]


@pytest.mark.parametrize("text", ["1 工作日", "1工作日", "0 工作日", "1 自然日", "24 小时"])
def test_a_limit_within_the_promise_is_fine(text):
    """A calendar day is never more than a working day, and 24 hours are one."""
    assert found(limited(text)) == []


@pytest.mark.parametrize("text", ["2 工作日", "2 自然日", "25 小时"])
def test_a_limit_above_the_promise_is_refused(text):
    """What was promised to the applicant binds the stages."""
    assert found(limited(text)) == ["limit-sum"]


def test_a_task_needs_a_limit_and_a_supplement_none():
    """While the applicant has to act, no limit of ours runs."""
    assert found((BPMN, LIMIT, "")) == ["limit-none"]
    assert found(another("more", stage="supplement", limit="")) == []


def test_limits_on_one_way_are_added():
    """Two tasks of the item one after the other; a task of none and a supplement do not count."""
    assert found(another("more")) == ["limit-sum"]
    assert found(another("more"), (TOML, PROMISE, 'promise = { days = 2, unit = "工作日"')) == []
    assert found(another("more", stage="supplement")) == []
    reason = '<zeebe:property name="no_item" value="统一出件" />'
    assert found(another("more", item=reason)) == []


def test_limits_on_two_ways_are_not_added():
    """Either the one or the other is done: the longer way counts."""
    other = another("less")[2].replace('"f3"', '"f4"').replace("f3", "f4")
    refused = '<bpmn:sequenceFlow id="f4" sourceRef="ask" targetRef="no" />'
    task = other.partition("<bpmn:sequenceFlow")[0]
    flows = refused.replace('"no"', '"less"') + '<bpmn:sequenceFlow id="f5" sourceRef="less" targetRef="no" />'
    two = (TOML, PROMISE, 'promise = { days = 2, unit = "工作日"')
    assert found(another("more"), (BPMN, refused, task + flows), two) == []


def test_working_days_do_not_fit_into_a_promise_of_calendar_days():
    """A holiday makes them longer, so the sum says nothing; nothing at all fits."""
    promised = (TOML, PROMISE, 'promise = { days = 9, unit = "自然日"')
    assert found(promised) == ["limit-units"]
    assert found(promised, limited("9 自然日")) == []
    assert found(promised, limited("0 工作日")) == []
    assert found((TOML, PROMISE, 'promise = { days = 24, unit = "小时"'), limited("1 自然日")) == []


def test_the_unit_of_a_promise_is_a_word():
    """Limits and promises use the same words."""
    assert "bad-value" in found((TOML, PROMISE, 'promise = { days = 1, unit = "周"'))
    assert [limits.read(f"3 {unit}") for unit in LimitUnit] == [limits.Limit(3, unit) for unit in LimitUnit]


def test_the_case_may_have_a_promise_of_its_own():
    """The promises of items that wait for each other are added; every item needs one then."""
    case = '\npromise = { days = %d, unit = "工作日", text = "一个工作日", source = "某法第二条" }\n'
    name = 'about = "一件小事"'
    assert found((TOML, name, name + case % 1)) == []
    assert found((TOML, name, name + case % 0)) == ["limit-sum"]
    second = """[[items]]
code = "second"
name = "许可"
lane = "民政"
forms = ["apply"]
when = "=true"
depends = ["permit"]
"""
    items = (TOML, "[[materials]]", second + "[[materials]]")
    worked = another("more", item=ITEM.replace("permit", "second"))
    added = [
        name for name in found((TOML, name, name + case % 1), items, worked) if name.startswith(("limit", "promise"))
    ]
    assert added == ["promise-none"]
    promised = (
        TOML,
        "[[materials]]",
        f'{second}{PROMISE}, text = "一个工作日", source = "某法第二条" }}\n[[materials]]',
    )
    for days, expected in ((1, ["limit-sum"]), (2, [])):
        rules = found((TOML, name, name + case % days), promised, worked)
        assert [rule for rule in rules if rule.startswith(("limit", "promise"))] == expected


def test_an_item_that_is_reviewed_can_be_refused_and_granted():
    """A form without the choice, or a drawing without the end, is refused."""
    refused = ', {"value": "refused", "label": "不同意"}'
    assert found((DECIDE, refused, "")) == ["refuse-path"]
    assert found((DECIDE, '{"value": "approved", "label": "同意"}, ', "")) == ["approve-path"]
    assert found((DECIDE, '{"value": "approved", "label": "同意"}, ', ""), granting("approved")) == []


def test_a_refusal_has_a_reason_and_a_legal_basis():
    """The form that refuses, or one before it on every way, asks for both."""
    basis = '"key": "legal_basis"'
    assert found((DECIDE, basis, '"key": "law"')) == ["letter-name", "refuse-reason"]
    assert found((DECIDE, '"key": "reason"', '"key": "why"')) == ["letter-name", "refuse-reason"]


def test_a_supplement_leads_back_to_the_review():
    """Papers that were completed are looked at again before the item is granted."""
    task = another("more", stage="supplement", limit="")[2].partition("<bpmn:sequenceFlow")[0]
    asked = (
        '<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">=permit.reason = "x"</bpmn:conditionExpression>'
    )
    task += f'<bpmn:sequenceFlow id="f8" sourceRef="ask" targetRef="more">{asked}</bpmn:sequenceFlow>'
    for target, expected in (("yes", ["supplement-past"]), ("review", [])):
        back = f'<bpmn:sequenceFlow id="f9" sourceRef="more" targetRef="{target}" />'
        assert found((BPMN, F3, task + back + F3), granting("approved")) == expected


def test_only_allowed_proofs_may_be_asked_for():
    """A material that is a proof names its code on the list; everything else that is called a proof is refused."""
    kin = (TOML, 'name = "身份证"', 'name = "亲属关系证明"')
    code = (TOML, 'note = "查验"', 'note = "查验"\nproof = "death"')
    assert found(kin) == ["proof-not-allowed"]
    assert found(kin, code) == ["proof-not-allowed"]
    assert found(kin, code, more={PROOFS: SHARED}) == []
    assert found(kin, (*code[:2], code[2].replace("death", "kinship")), more={PROOFS: SHARED}) == ["proof-not-allowed"]


def test_an_allowed_proof_says_who_issues_it_and_why():
    """An entry of the list without its source is refused."""
    code = (TOML, 'note = "查验"', 'note = "查验"\nproof = "death"')
    files = {**FILES, PROOFS: SHARED.replace('source = "某法第三条"\n', "")}
    files[TOML] = files[TOML].replace(*code[1:])
    assert [f.rule for f in catalog.lint(files)] == ["missing-key"]


def test_the_shipped_list_of_proofs_is_read_with_a_pack_that_needs_it(tmp_path):
    """The list belongs to a pack that names a proof, and to no other."""
    root = catalog.content_root()
    assert PROOFS not in catalog.files_of(root, "family")
    for file, text in FILES.items():
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).write_text(text, "utf-8")
    toml = tmp_path / TOML
    toml.write_text(toml.read_text("utf-8").replace('note = "查验"', 'note = "查验"\nproof = "death"'), "utf-8")
    (tmp_path / PROOFS).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / PROOFS).write_text((root / PROOFS).read_text("utf-8"), "utf-8")
    assert PROOFS in catalog.files_of(tmp_path, "tiny")
    assert catalog.lint(catalog.files_of(tmp_path, "tiny")) == []
