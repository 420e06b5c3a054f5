"""The two joint modes: whether the leading department may close its part yet (domain.md 0.1: 一般联办, 前置联办)."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from engine.catalog import ItemSpec, Pack
from engine.errors import NotClosable
from engine.store import Task
from engine.words import Joint
from engine.work import Work


def may_close(work: Work, task: Task, pack: Pack) -> None:
    """`NotClosable` while a task that closes (property `closes`) still has to wait for items of its case."""
    if closes(pack, task.node):
        ended = {item.code for item in task.case.items if item.outcome}
        codes = {item.code for item in task.case.items}
        waits = awaited(pack, codes, ended, task.case.facts, task.item, now=work.now)
        if waits:
            raise NotClosable(items="、".join(spec.name for spec in waits))


def closes(pack: Pack, node: str) -> bool:
    """Whether the task at this node is the one with which the leading department closes."""
    return "closes" in pack.model.nodes[node].properties


def awaited(
    pack: Pack, codes: Collection[str], ended: Collection[str], facts: Mapping[str, Any], own: str | None,
    *, now: datetime,
) -> tuple[ItemSpec, ...]:  # fmt: skip
    """The items of the case the leading department has to wait for; `own` is the item it closes itself."""
    open_ = [spec for spec in pack.items if spec.code in codes and spec.code not in ended and spec.code != own]
    return tuple(spec for spec in open_ if not _committed(pack, spec, facts, now))


def _committed(pack: Pack, spec: ItemSpec, facts: Mapping[str, Any], now: datetime) -> bool:
    if (spec.joint or pack.joint) is Joint.ENDED or spec.commits is None:
        return False
    return spec.commits.evaluate(facts, now=now).value is True
