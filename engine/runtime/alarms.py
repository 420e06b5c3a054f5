"""When a timer event is due. Nothing here looks at a clock: the moment is an argument."""

from datetime import datetime, timedelta
from typing import Any

from SpiffWorkflow.task import Task

from engine.runtime import cron, expressions, moments
from engine.runtime.run import Run
from engine.runtime.told import TimerDue
from engine.runtime.trouble import TextRefused, Trouble
from engine.runtime.values import Node

_TICK = timedelta(microseconds=1)
_WHAT = ("定时", "The timer")


def alarm(run: Run, node: Node) -> dict[str, Any]:
    """What a token keeps of its timer: when it is `due`; of a cycle also how many times are `left` and `every` what.

    Times are the `first` and so many (`count`) times `every` after it, so that a month's last day stays the last day.
    Of a `cron` expression it keeps the text.
    """
    assert node.timer is not None
    value = run.value(node, node.timer.text, {}, _WHAT)
    try:
        if node.timer.kind == "cycle":
            return _repeated(run, repetition(_text(node, value)), _text(node, value))
        return {"due": moment_of(value, run.now).isoformat()}
    except TextRefused as refused:
        raise _trouble(node, value, refused.zh, refused.en) from refused


def repetition(text: str) -> moments.Cycle | cron.Cron:
    """`R3/PT1H` or `0 0 9 * * ?`. `TextRefused` if it is neither."""
    return cron.cron(text) if cron.is_cron(text.strip()) else moments.cycle(text)


def moment_of(value: Any, now: datetime) -> datetime:
    """When a FEEL value or an ISO text says: a moment, or so long after now. `TextRefused` if it says neither."""
    if isinstance(value, str):
        text = value.strip()
        return moments.duration(text).after(now) if text.upper().startswith("P") else moments.moment(text)
    found = expressions.moment(value, now)
    if found is None:
        raise TextRefused("不是时间或时长。", "It is neither a moment nor a duration.")
    return found


def due(task: Task) -> TimerDue | None:
    """When a token fires, if it waits for a time."""
    text = task.internal_data.get("due")
    if text is None:
        return None
    return TimerDue(str(task.id), task.task_spec.node.id, datetime.fromisoformat(text))


def again(task: Task) -> bool:
    """Whether a non-interrupting event can happen again. Sets the next time of a cycle; a single timer is over."""
    about = task.internal_data
    if "due" not in about:
        return True
    if "cron" in about:
        about["due"] = cron.cron(about["cron"]).after(datetime.fromisoformat(about["due"])).isoformat()
        return True
    left = about.get("left", 1)
    if left is not None and left <= 1:
        return False
    about.setdefault("first", about["due"])  # of a state that counted from the last time
    about["count"] = about.get("count", 0) + 1
    about["due"] = _nth(about, about["count"]).isoformat()
    about["left"] = None if left is None else left - 1
    return True


def _repeated(run: Run, found: moments.Cycle | cron.Cron, text: str) -> dict[str, Any]:
    if isinstance(found, cron.Cron):
        return {"due": found.after(run.now).isoformat(), "cron": text}
    return _cycle(run, found)


def _cycle(run: Run, cycle: moments.Cycle) -> dict[str, Any]:
    """Times before now are over: an event that did not wait yet does not see them."""
    every = [cycle.every.months, cycle.every.rest // _TICK]  # whole numbers: a document keeps them exact
    missed = moments.before(cycle, run.now) if cycle.start else 0
    if cycle.times and missed >= cycle.times:
        raise TextRefused("所有的时刻都已过去。", "All its times are in the past.")
    left = cycle.times and cycle.times - missed
    count = missed if cycle.start else 1
    about = {"first": (cycle.start or run.now).isoformat(), "every": every, "left": left, "count": count}
    return {**about, "due": _nth(about, count).isoformat()}


def _nth(about: dict[str, Any], count: int) -> datetime:
    months, ticks = (part * count for part in about["every"])
    return moments.Span(months, ticks * _TICK).after(datetime.fromisoformat(about["first"]))


def _text(node: Node, value: Any) -> str:
    if isinstance(value, str):
        return value
    raise _trouble(node, value, '重复间隔要写成文字，例如 "R3/PT1H"。', 'A cycle must be a text such as "R3/PT1H".')


def _trouble(node: Node, value: Any, zh: str, en: str) -> Trouble:
    shown = expressions.shown(value)
    return Trouble(
        node.id,
        f"“{node.called}”的定时 {shown} 无效：{zh}",
        f'The timer {shown} of "{node.called}" is invalid: {en}',
    )
