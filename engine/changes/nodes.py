"""What a node says, aspect by aspect, as texts that can be compared and read."""

import re
from dataclasses import dataclass

from engine.catalog import limits
from engine.changes.change import Audience, listed, plain
from engine.runtime import Node
from engine.runtime.values import Mapped

_SPAN = re.compile(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?")
_PROPERTIES = {  # properties that mean something here; others are told by their name
    "limit": ("环节时限", "limit", None), "stage": ("环节类别", "stage", None),
    "phase": ("所属阶段", "phase", None), "pause": ("停计时限的事由", "ground of a pause", Audience.APPLICANT),
    "outcome": ("办理结果", "outcome", Audience.DESIGNER), "result": ("办结说明", "result", Audience.APPLICANT),
}  # fmt: skip


@dataclass(frozen=True)
class Aspect:
    """One thing a node says. Without an audience it matters for whoever works in its lane."""

    value: str
    zh: str
    en: str
    audience: Audience | None = None


def aspects(node: Node) -> dict[str, Aspect]:
    """Everything a node says beside its kind, place and lane; what it does not say is left out."""
    found = {
        "name": Aspect(node.name, "改名：", "name"),
        "form": Aspect(node.form or "", "表单", "form"),
        "groups": Aspect(plain(node.groups), "岗位", "posts"),
        "assignee": Aspect(plain(node.assignee), "指定办理人", "assignee"),
        "users": Aspect(plain(node.users), "可办理的人", "users who may do it"),
        "due": Aspect(plain(node.due), "到期", "due"),
        "follow-up": Aspect(plain(node.follow_up), "跟进", "follow up"),
        "priority": Aspect(plain(node.priority), "优先级", "priority"),
        "timer": Aspect(_timer(node), "定时", "timer"),
        "item": Aspect(node.item or "", "所属事项", "item"),
        **{name: Aspect(value, zh, en, Audience.DESIGNER) for name, (value, zh, en) in _inner(node).items()},
        **_properties(node),
    }
    return {name: aspect for name, aspect in found.items() if aspect.value}


def spoken(text: str, words: tuple[str, str, str]) -> str:
    """A duration in words for days, hours and minutes; any other text as it is written."""
    found = _SPAN.fullmatch(text)
    if not found or not any(found.groups()):
        return text
    return " ".join(f"{number} {word}" for number, word in zip(found.groups(), words, strict=True) if number)


def in_english(text: str) -> str:
    """A limit with its unit in English; any other text as it is written."""
    found = limits.read(text)
    return f"{found.amount} {found.unit.label}" if found else text


def _inner(node: Node) -> dict[str, tuple[str, str, str]]:
    """What only designers care about."""
    return {
        "event": (_event(node), "事件", "event"),
        "triggers": (listed(map(_trigger, node.triggers)) if node.triggers else "", "触发条件", "triggers"),
        "key": (plain(node.key), "关联键", "correlation key"),
        "event-condition": (plain(node.condition), "条件", "condition"),
        "job": (
            " ".join(
                filter(None, [node.job, plain(node.retries), *(f"{k}={v}" for k, v in sorted(node.headers.items()))])
            ),
            "作业",
            "job",
        ),
        "script": (plain(node.script), "脚本", "script"),
        "result-name": (node.variable, "结果写入", "result goes to"),
        "decision": (node.decision, "决策", "decision"),
        "calls": (node.calls, "调用流程", "calls"),
        "inputs": (_mapped(node.inputs), "输入", "inputs"),
        "outputs": (_mapped(node.outputs), "输出", "outputs"),
        "repeats": (_loop(node), "重复", "repeats"),
        "until": (plain(node.until), "完成条件", "enough when"),
        "requires": (listed(node.requires) if node.requires else "", "需要的数据", "data it needs"),
        "activation": (plain(node.activation), "激活条件", "activation condition"),
        "begins-with": (plain(node.begins_with), "开始的活动", "begins with"),
        "marks": (" ".join(_marks(node)), "特性", "marks"),
    }


def _marks(node: Node) -> list[str]:
    said = {
        "non-interrupting": not node.interrupting, "compensation": node.undoes, "transaction": node.transaction,
        "ad-hoc": node.ad_hoc, "by-event": node.by_event, "all-of": node.all_of, "keeps-rest": not node.cancels_rest,
        "one-by-one": node.one_by_one, "begins-process": node.instantiates, "goes-on-at-once": not node.waits,
        "gives-some": not node.gives_all, "takes-some": not node.takes_all,
        f"needs-{node.needs}": node.needs != 1, f"gives-{node.gives}": node.gives != 1,
    }  # fmt: skip
    return [name for name, true in said.items() if true]


def _properties(node: Node) -> dict[str, Aspect]:
    found = {}
    for name, value in node.properties.items():
        if name != "item":
            zh, en, audience = _PROPERTIES.get(name, (f"属性 {name}", f"property {name}", Audience.DESIGNER))
            text = _limit(value) if name == "limit" else plain(value) if value.startswith("=") else value
            found[name] = Aspect(text, zh, en, audience)
    return found


def _timer(node: Node) -> str:
    return plain(node.timer.text) if node.timer else ""


def _event(node: Node) -> str:
    return " ".join(filter(None, [node.event, node.message, node.signal, node.link, node.error or ""]))


def _trigger(node: Node) -> str:
    """One of several triggers of an event."""
    return " ".join(filter(None, [_event(node), plain(node.key), plain(node.condition), _timer(node)]))


def _limit(text: str) -> str:
    """A limit as its number and unit, however it is spaced."""
    found = limits.read(text)
    return f"{found.amount} {found.unit}" if found else text


def _mapped(entries: tuple[Mapped, ...]) -> str:
    return ", ".join(sorted(f"{entry.target} = {plain(entry.source)}" for entry in entries))


def _loop(node: Node) -> str:
    loop = node.loop
    if loop is None:
        return ""
    how = "一件接一件 / one by one" if loop.sequential else "同时 / at once"
    said = ["循环 / loop" if loop.standard else how]
    for name in ("count", "collection", "element", "result", "answer", "until", "again"):
        text = plain(getattr(loop, name))
        said += [f"{name} {text}"] if text else []
    said += [f"{one.event} {one.name}: {plain(one.condition)}" for one in loop.throws]
    said += ["先判断 / tested first"] if loop.before else []
    return " ".join([*said, *([f"≤{loop.most}"] if loop.most else [])])
