"""What a person or a machine is given when its task opens."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from engine.runtime import expressions, facts, moments, tries
from engine.runtime.run import Run
from engine.runtime.told import Job, Opened
from engine.runtime.trouble import TextRefused, Trouble
from engine.runtime.values import Mapped, Node

_ASSIGNEE = ("办理人", "The assignee")
_USERS = ("候选人", "The candidate users")
_FOLLOW_UP = ("跟进时间", "The follow-up date")
_GROUPS = ("候选组", "The candidate groups")
_DUE = ("到期时间", "The due date")
_PRIORITY = ("优先级", "The priority")


def opened(run: Run, node: Node, token: str, local: dict[str, Any]) -> Opened:
    """The task a person gets."""
    return Opened(
        id=token,
        node=node.id,
        name=node.name,
        lane=node.lane,
        form=node.form,
        item=node.item,
        stage=node.stage,
        groups=_names(run, node, node.groups, local, _GROUPS),
        properties=node.properties,
        due=_moment(run, node, node.due, local, _DUE),
        priority=_priority(run, node, local),
        assignee=_assignee(run, node, local),
        users=_names(run, node, node.users, local, _USERS),
        follow_up=_moment(run, node, node.follow_up, local, _FOLLOW_UP),
    )


def job(run: Run, node: Node, token: str, inputs: dict[str, Any]) -> Job:
    """The job a machine gets."""
    kind = run.value(node, node.job, inputs, ("作业类型", "The job type"))
    if not isinstance(kind, str) or not kind:
        raise _wrong(node, kind, ("作业类型", "The job type"), ("文字", "a text"))
    return Job(token, node.id, kind, node.headers, inputs, tries.allowed(run, node, inputs), tries.distance(node))


def take_inputs(run: Run, node: Node, into: dict[str, Any]) -> None:
    """Evaluate the input mappings, each seeing the ones before it."""
    _map(run, node, node.inputs, into, ("输入映射", "The input mapping"))


def map_outputs(run: Run, node: Node, into: dict[str, Any]) -> None:
    """Evaluate the output mappings of one of several instances: what they write stays with it."""
    _map(run, node, node.outputs, into, ("输出映射", "The output mapping"))


def _map(run: Run, node: Node, entries: Sequence[Mapped], into: dict[str, Any], what: tuple[str, str]) -> None:
    for entry in entries:
        value = run.value(node, entry.source, into, what)
        try:
            into.update(facts.put(into, entry.target.split("."), expressions.plain(value)))
        except facts.Blocked as blocked:
            raise _wrong(node, str(blocked), what, ("空位置", "a free place")) from blocked


def _names(run: Run, node: Node, text: str, local: dict[str, Any], what: tuple[str, str]) -> tuple[str, ...]:
    """A text with commas, or a list of texts."""
    if not text:
        return ()
    value = run.value(node, text, local, what)
    names = value.split(",") if isinstance(value, str) else value
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise _wrong(node, value, what, ("文字或文字的列表", "a text or a list of texts"))
    return tuple(name.strip() for name in names if name.strip())


def _assignee(run: Run, node: Node, local: dict[str, Any]) -> str | None:
    """One name; null, or nothing, is nobody."""
    value = run.value(node, node.assignee, local, _ASSIGNEE) if node.assignee else None
    if not isinstance(value, str | None):
        raise _wrong(node, value, _ASSIGNEE, ("文字", "a text"))
    return (value or "").strip() or None


def _moment(run: Run, node: Node, text: str, local: dict[str, Any], what: tuple[str, str]) -> datetime | None:
    if not text:
        return None
    value = run.value(node, text, local, what)
    if value is None:
        return None
    try:
        found = moments.moment(value) if isinstance(value, str) else expressions.moment(value, run.now)
    except TextRefused as refused:
        raise _wrong(node, value, what, ("时间", "a date and time")) from refused
    if found is None:
        raise _wrong(node, value, what, ("时间", "a date and time"))
    return found


def _priority(run: Run, node: Node, local: dict[str, Any]) -> int | None:
    if not node.priority:
        return None
    value = run.value(node, node.priority, local, _PRIORITY)
    try:
        number = int(value)
    except (TypeError, ValueError) as error:
        raise _wrong(node, value, _PRIORITY, ("0 到 100 的整数", "a whole number from 0 to 100")) from error
    if not 0 <= number <= 100:
        raise _wrong(node, value, _PRIORITY, ("0 到 100 的整数", "a whole number from 0 to 100"))
    return number


def _wrong(node: Node, value: Any, what: tuple[str, str], wanted: tuple[str, str]) -> Trouble:
    shown, name = expressions.shown(value), node.called
    return Trouble(
        node.id,
        f"“{name}”的{what[0]}是 {shown}，应为{wanted[0]}。",
        f'{what[1]} of "{name}" is {shown}; it should be {wanted[1]}.',
    )
