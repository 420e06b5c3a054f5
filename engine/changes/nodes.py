"""What a node says, aspect by aspect, as texts that can be compared and read."""

import re
from dataclasses import dataclass

from engine.changes.change import Audience, plain
from engine.runtime import Node
from engine.runtime.values import Mapped

_SPAN = re.compile(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?")
_PROPERTIES = {  # properties that mean something here; others are told by their name
    "limit": ("环节时限", "limit", None), "stage": ("阶段", "stage", None),
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
        "due": Aspect(plain(node.due), "到期", "due"),
        "priority": Aspect(plain(node.priority), "优先级", "priority"),
        "timer": Aspect(plain(node.timer.text) if node.timer else "", "定时", "timer"),
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


def _inner(node: Node) -> dict[str, tuple[str, str, str]]:
    """What only designers care about."""
    events = [node.event, node.message, node.signal, node.link, node.error or ""]
    return {
        "event": (" ".join(filter(None, events)), "事件", "event"),
        "key": (plain(node.key), "关联键", "correlation key"),
        "event-condition": (plain(node.condition), "条件", "condition"),
        "job": (
            " ".join(filter(None, [node.job, *(f"{k}={v}" for k, v in sorted(node.headers.items()))])),
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
        "marks": (" ".join(_marks(node)), "特性", "marks"),
    }


def _marks(node: Node) -> list[str]:
    said = {
        "non-interrupting": not node.interrupting, "compensation": node.undoes, "transaction": node.transaction,
        "ad-hoc": node.ad_hoc, "by-event": node.by_event, "all-of": node.all_of, "keeps-rest": not node.cancels_rest,
        "gives-some": not node.gives_all, "takes-some": not node.takes_all,
        f"needs-{node.needs}": node.needs != 1, f"gives-{node.gives}": node.gives != 1,
    }  # fmt: skip
    return [name for name, true in said.items() if true]


def _properties(node: Node) -> dict[str, Aspect]:
    found = {}
    for name, value in node.properties.items():
        if name != "item":
            zh, en, audience = _PROPERTIES.get(name, (f"属性 {name}", f"property {name}", Audience.DESIGNER))
            found[name] = Aspect(plain(value) if value.startswith("=") else value, zh, en, audience)
    return found


def _mapped(entries: tuple[Mapped, ...]) -> str:
    return ", ".join(sorted(f"{entry.target} = {plain(entry.source)}" for entry in entries))


def _loop(node: Node) -> str:
    loop = node.loop
    if loop is None:
        return ""
    how = "一件接一件 / one by one" if loop.sequential else "同时 / at once"
    said = ["循环 / loop" if loop.standard else how]
    for name in ("collection", "element", "result", "answer", "until", "again"):
        text = plain(getattr(loop, name))
        said += [f"{name} {text}"] if text else []
    said += ["先判断 / tested first"] if loop.before else []
    return " ".join([*said, *([f"≤{loop.most}"] if loop.most else [])])
