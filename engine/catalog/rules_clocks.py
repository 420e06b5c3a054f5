"""What is said about the clocks of a pack; one entry a rule."""

from collections.abc import Mapping

from engine.forms.rules import Rule

CLOCKS: Mapping[str, Rule] = {
    "limit-legal": Rule(
        "“{name}”承诺 {promise}，超过或无法与法定的 {legal} 比较。",
        "{name!r} promises {promise}; that is more than, or cannot be compared with, the {legal} the law allows.",
        "请缩短承诺，或统一单位。",
        "Promise less, or use one unit.",
    ),
    "phase-unknown": Rule(
        "环节“{name}”属于阶段“{phase}”，事项“{item}”却没有这个阶段的时限。",
        "The task {name!r} belongs to the phase {phase!r}, for which the item {item!r} has no limit.",
        "请在事项的 phases 中写明。",
        "Add it to the phases of the item.",
    ),
    "phase-unused": Rule(
        "事项“{item}”的阶段“{phase}”没有任何环节。",
        "No task belongs to the phase {phase!r} of the item {item!r}.",
        "请给环节加属性 phase，或删除该阶段。",
        "Give a task the property phase, or delete the phase.",
    ),
    "extension-unit": Rule(
        "事项“{name}”可以延期，却没有以同一单位计的承诺或法定时限。",
        "The item {name!r} can be extended, but has no promise or legal limit in the same unit.",
        "请填写 promise 或 legal，并统一单位。",
        "Give it a promise or a legal limit in that unit.",
    ),
    "escalation-order": Rule(
        "escalation 的各步不按时间先后。",
        "The steps of the escalation are not in the order of time.",
        "请由早到晚排列。",
        "Sort them from the earliest to the latest.",
    ),
    "pause-behind": Rule(
        "事件网关之后的“{name}”等不到令牌，它的 pause 不起作用。",
        "{name!r} stands behind an event-based gateway, where the case waits instead; its pause means nothing.",
        "请用带定时边界事件的任务或子流程，把 pause 写在那里。",
        "Use a task or a sub-process with boundary events, and write the pause there.",
    ),
    "pause-never": Rule(
        "事项“{item}”的时限不得停（pausable = false），环节“{name}”的 pause 不起作用。",
        "Nothing stops the clock of the item {item!r} (pausable = false), so the pause of {name!r} means nothing.",
        "请删除其中之一。",
        "Delete one of them.",
    ),
}
