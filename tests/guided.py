"""An invented pack with a situation guide, three departments' items and a drawing without surprises, for tests.

`files(**changes)` replaces parts, `pack` reads it, `release` publishes it.
"""

from typing import Any

from engine import catalog, releases
from engine.app import Engine
from engine.catalog import Pack
from engine.work import SYSTEM

ITEMS = ("permit", "grant", "visit", "burial")
NAMES = {"permit": "许可", "grant": "补助", "visit": "上门", "burial": "火化"}
HEAD = """
code = "guided"
name = "引导小事"
about = "一件小事"
lead = "mz"
situation = "situation"
applicant = ["person.name"]
effective_from = 2026-01-01
guide = { items = "items", materials = "papers" }

[parameters.age]
value = 60
unit = "周岁"
from = 2026-01-01
source = "SAMPLE"

[lanes."民政"]
kind = "mz"
level = "county"
posts = ["reviewer"]
"""
MATERIALS = """
[[materials]]
code = "card"
name = "身份证"
items = ["permit", "grant"]
states = ["original"]
required = true
note = "查验"

[[materials]]
code = "bank"
name = "银行卡"
items = ["grant"]
when = "=true"
reason = "补助打入本人账户"
states = ["original"]
required = false
note = "查验"
"""
LETTERS = """
[[letters]]
code = "NSA"
name = "不予决定书"
word = "不"
on = ["item:refused"]
template = "refused.html"
basis = "SAMPLE"
"""
FORM = '{"type": "default", "schemaVersion": 19, "id": "%s", "properties": {"title": "%s"}, "components": [\n%s]}'
SITUATION = (
    '{"type": "number", "id": "a", "key": "years", "label": "年龄", "validate": {"required": true}},\n'
    '{"type": "checkbox", "id": "m", "key": "muslim", "label": "土葬习俗"}'
)
APPLY = (
    '{"type": "group", "id": "g", "path": "person", "label": "本人", "components": [\n'
    '{"type": "textfield", "id": "n", "key": "name", "label": "姓名", "validate": {"required": true}}]}'
)
DECIDE = (
    '{"type": "radio", "id": "d", "key": "decision", "label": "结论", "validate": {"required": true},\n'
    '"values": [{"value": "approved", "label": "同意"}, {"value": "refused", "label": "不同意"}]},\n'
    '{"type": "textfield", "id": "r", "key": "reason", "label": "理由"},\n'
    '{"type": "textfield", "id": "b", "key": "legal_basis", "label": "法律依据"}'
)
RULES = (  # age, custom → item, reason, need
    ("-", "-", "permit", "人人都要办", "required"),
    (">= 60", "-", "grant", "满六十周岁可领", "chosen"),
    ("< 60", "-", "visit", "可以上门", "offered"),
    ("-", "-", "burial", "应当火化", "required"),
    ("-", "true", "burial", "尊重土葬习俗", "not_applicable"),
)


def table(name: str, code: str, rules: Any, third: bool) -> str:
    """A decision that collects; `rules` are cells without quotation marks in the results."""
    columns = [code, "reason", *(["need"] if third else [])]
    rows = "".join(
        f'<rule id="{name}{n}">'
        + "".join(f"<inputEntry><text>{cell.replace('<', '&lt;')}</text></inputEntry>" for cell in rule[:2])
        + "".join(f'<outputEntry><text>"{word}"</text></outputEntry>' for word in rule[2 : 2 + len(columns)])
        + "</rule>"
        for n, rule in enumerate(rules, 1)
    )
    return (
        f'<decision id="{name}" name="{name}"><variable name="{name}" />'
        '<informationRequirement id="r1%s"><requiredInput href="#years" /></informationRequirement>'
        '<informationRequirement id="r2%s"><requiredInput href="#muslim" /></informationRequirement>'
        % (name, name)
        + f'<decisionTable id="t{name}" hitPolicy="COLLECT">'
        '<input><inputExpression typeRef="number"><text>years</text></inputExpression></input>'
        '<input><inputExpression typeRef="boolean"><text>muslim</text></inputExpression></input>'
        + "".join(f'<output name="{column}" typeRef="string" />' for column in columns)
        + rows
        + "</decisionTable></decision>"
    )


def decisions(rules: Any = RULES, papers: Any = (("-", "-", "card", "核对身份"),)) -> str:
    """The pack's DMN file."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="urn:guided">'
        '<inputData id="years" name="years"><variable name="years" typeRef="number" /></inputData>'
        '<inputData id="muslim" name="muslim"><variable name="muslim" typeRef="boolean" /></inputData>'
        + table("items", "item", rules, True)
        + table("papers", "material", papers, False)
        + "</definitions>"
    )


def item(code: str, extra: str = "") -> str:
    """One of `[[items]]`, without a `when`."""
    return (
        f'\n[[items]]\ncode = "{code}"\nname = "{NAMES[code]}"\nlane = "民政"\nforms = ["apply"]\n{extra}'
        'promise = { days = 2, unit = "工作日", text = "两个工作日", source = "SAMPLE" }\n'
    )


def task(code: str, outcome: str = "") -> str:
    """The review of an item; a way round it when it does not apply."""
    said = outcome or f"={code}.decision"
    return (
        f'<bpmn:exclusiveGateway id="if_{code}" name="办理{NAMES[code]}？" default="skip_{code}" />'
        f'<bpmn:userTask id="review_{code}" name="审查{NAMES[code]}"><bpmn:extensionElements><zeebe:userTask />'
        f'<zeebe:formDefinition formId="decide" /><zeebe:properties><zeebe:property name="item" value="{code}" />'
        f"<zeebe:property name=\"outcome\" value='{said}' />"
        '<zeebe:property name="limit" value="1 工作日" /></zeebe:properties></bpmn:extensionElements></bpmn:userTask>'
        f'<bpmn:exclusiveGateway id="end_{code}" />'
        f'<bpmn:sequenceFlow id="in_{code}" sourceRef="fork" targetRef="if_{code}" />'
        f'<bpmn:sequenceFlow id="do_{code}" sourceRef="if_{code}" targetRef="review_{code}"><bpmn:conditionExpression '
        f'xsi:type="bpmn:tFormalExpression">={code}.applies</bpmn:conditionExpression></bpmn:sequenceFlow>'
        f'<bpmn:sequenceFlow id="skip_{code}" sourceRef="if_{code}" targetRef="end_{code}" />'
        f'<bpmn:sequenceFlow id="done_{code}" sourceRef="review_{code}" targetRef="end_{code}" />'
        f'<bpmn:sequenceFlow id="out_{code}" sourceRef="end_{code}" targetRef="join" />'
    )


def drawing(middle: str = "") -> str:
    """All items side by side, then the end."""
    ids = ["start", "fork", "join", "done", *(f"{part}_{code}" for code in ITEMS for part in ("if", "review", "end"))]
    refs = "".join(f"<bpmn:flowNodeRef>{name}</bpmn:flowNodeRef>" for name in ids)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" '
        'xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
        'id="d" targetNamespace="urn:guided"><bpmn:process id="guided" name="引导小事" isExecutable="true">'
        f'<bpmn:laneSet id="lanes"><bpmn:lane id="l" name="民政">{refs}</bpmn:lane></bpmn:laneSet>'
        '<bpmn:startEvent id="start" name="受理" /><bpmn:parallelGateway id="fork" /><bpmn:parallelGateway id="join" />'
        '<bpmn:endEvent id="done" name="办结" />'
        + (middle or "".join(map(task, ITEMS)))
        + '<bpmn:sequenceFlow id="first" sourceRef="start" targetRef="fork" />'
        '<bpmn:sequenceFlow id="last" sourceRef="join" targetRef="done" /></bpmn:process></bpmn:definitions>'
    )


CHINESE = (
    "不予决定书 引导小事 一件小事 周岁 民政 许可 补助 上门 火化 工作日 两个工作日 身份证 查验 银行卡 补助打入本人账户 "
    "情形 申请 审查 年龄 土葬习俗 本人 姓名 结论 同意 不同意 理由 法律依据 人人都要办 满六十周岁可领 可以上门 "
    "应当火化 尊重土葬习俗 核对身份 受理 办结 审查许可 审查补助 审查上门 审查火化 "
    "办理许可？ 办理补助？ 办理上门？ 办理火化？"
)
TOML, DMN, BPMN = (f"workflows/guided/{name}" for name in ("pack.toml", "items.dmn", "process.bpmn"))


def files(
    *, extra: dict[str, str] | None = None, more: str = "", head: str = HEAD, words: str = "", **changed: str
) -> dict[str, str]:
    """The pack's files: `extra` are lines of items by code, `more` ends `pack.toml`, `words` are Chinese texts."""
    refused = (catalog.content_root() / "workflows/shared/letters/refused.html").read_text("utf-8")
    items = "".join(item(code, (extra or {}).get(code, "")) for code in ITEMS)
    english = "\n".join(f'"{text}" = "English {n}"' for n, text in enumerate([*CHINESE.split(), *words.split()]))
    found = {
        TOML: head + items + MATERIALS + LETTERS + more,
        BPMN: drawing(),
        DMN: decisions(),
        "workflows/guided/en.toml": english,
        "workflows/guided/letters/refused.html": refused,
        "forms/guided/situation.json": FORM % ("situation", "情形", SITUATION),
        "forms/guided/apply.json": FORM % ("apply", "申请", APPLY),
        "forms/guided/decide.json": FORM % ("decide", "审查", DECIDE),
    }
    return found | {"workflows/guided/" + name.replace("__", "."): text for name, text in changed.items()}


def pack(**changes: Any) -> Pack:
    """The pack, read."""
    return catalog.read(files(**changes))


def release(engine: Engine, **changes: Any) -> str:
    """Publish it; returns the release's hash."""
    with engine.begin(SYSTEM) as work:
        return releases.publish(work, files(**changes)).hash
