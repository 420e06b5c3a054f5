"""What the nodes and flows of one drawing are in another one, by id or as a person said; and whether alike."""

import re
from collections import Counter
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any

from engine.runtime.activities import is_job
from engine.runtime.several import INSTANCE
from engine.runtime.undoing import AGAIN
from engine.runtime.values import Model, Node
from engine.runtime.waiting import TRIGGER

Said = tuple[str, str]  # Chinese, English
_MARK = re.compile(rf"({re.escape(INSTANCE)}|{re.escape(AGAIN)}|{TRIGGER}\d+)$")


def drawn(name: str) -> str:
    """The drawn node of a token's: without the mark of an instance, of a trigger, or of what is undone."""
    return _MARK.sub("", name)


def spec_of(model: Model, scope: str) -> Any:
    """The specification of a process or sub-process."""
    return model.spec if scope == model.process_id else model.subprocess_specs[scope]


def caught(model: Model, name: str) -> Node | None:
    """The node that says what an event waits for: an event sub-process has it in its start event."""
    node = model.nodes.get(name)
    if node is None or not node.by_event:
        return node
    return next((n for n in model.nodes.values() if n.scope == name and n.kind == "startEvent"), None)


def terms(node: Node) -> tuple[object, ...]:
    """What an event waits for; where it is written does not matter."""
    return tuple(
        (one.timer and (one.timer.kind, one.timer.text), one.message, one.key, one.signal, one.condition)
        for one in node.awaits
    )


@dataclass(frozen=True)
class Counterparts:
    """Two drawings, and which node of the old one is called what in the new one where the id changed."""

    old: Model
    new: Model
    renamed: Mapping[str, str]

    def mistaken(self) -> tuple[str, str, str] | None:
        """What is wrong with the renaming a person gave: node, Chinese, English. None when it is possible."""
        for before, after in self.renamed.items():
            kept = after in self.old.nodes and after not in self.renamed
            if before not in self.old.nodes or after not in self.new.nodes:
                zh = f"“{before}={after}”：旧图中没有前者，或新图中没有后者。"
                return before, zh, f'"{before}={after}": the old drawing lacks the first or the new one the second.'
            if kept or list(self.renamed.values()).count(after) > 1:
                zh = f"“{before}={after}”：还有别的节点对应“{after}”。"
                return before, zh, f'"{before}={after}": another node is "{after}" as well.'
        return None

    def name(self, node: str) -> str:
        """The id a node has in the new drawing, if it is there; what is marked keeps its mark."""
        base = drawn(node)
        return self.renamed.get(base, base) + node[len(base) :]

    def node(self, name: str) -> Node | None:
        """The new node of an old one."""
        return self.new.nodes.get(drawn(self.name(name)))

    def flow(self, name: str) -> str | None:
        """The new flow on which a token waits before a join that came by the old flow `name`.

        The flow with its id if it still leads there, else the one from the same node, else the only one left over.
        """
        old = self.old.flows.get(name)
        if old is None:
            return None
        target = self.name(old.target)
        arriving = [f for f in self.new.flows.values() if f.target == target]
        same = [f.id for f in arriving if f.id == name] or [f.id for f in arriving if f.source == self.name(old.source)]
        if len(same) == 1:
            return same[0]
        before = {f.id: self.name(f.source) for f in self.old.flows.values() if f.target == old.target}
        known = {f.id for f in arriving if f.id in before or f.source in before.values()}
        gone = [f for f, source in before.items() if f not in known and source not in {a.source for a in arriving}]
        left = [f.id for f in arriving if f.id not in known]
        return left[0] if gone == [name] and len(left) == 1 else None

    def objection(self, name: str) -> Said | None:
        """Why a token at this old node has no place in the new drawing; None when it has."""
        old, new = self.old.nodes[drawn(name)], self.node(name)
        if new is None:
            zh, en = self._perhaps(old)
            return f"“{old.called}”在新图中没有。{zh}", f'"{old.called}" is not in the new drawing.{en}'
        if _nature(old) != _nature(new):
            zh = f"“{old.called}”在新图中是另一种节点（{old.kind} → {new.kind}）。"
            return zh, f'"{old.called}" is another kind of node in the new drawing ({old.kind} → {new.kind}).'
        if is_job(old) and (old.job, old.headers, old.inputs) != (new.job, new.headers, new.inputs):
            zh = f"“{old.called}”的作业已经交出，而新图要求的作业不同。"
            return zh, f'The job of "{old.called}" was handed out already, and the new drawing asks for another one.'
        return _objection_inside(old, new) if old.kind in ("subProcess", "callActivity") else None

    def alike(self, scope: str) -> bool:
        """Whether a scope, by its new name, is the same net of nodes and flows in both: then it can stand the same."""
        return scope in self._scopes() and self._net(self.old, self._scopes()[scope]) == self._net(self.new, scope)

    def _scopes(self) -> dict[str, str]:
        """Old scopes by their new names."""
        old = (self.old.process_id, *self.old.subprocess_specs)
        main = {self.old.process_id: self.new.process_id}
        return {main.get(name, self.name(name)): name for name in old}

    def _net(self, model: Model, scope: str) -> tuple[Hashable, ...]:
        """What a scope is made of, in the new drawing's ids; what conditions ask does not matter, but whether."""
        called = self.name if model is self.old else str
        inside = {node.id: node for node in model.nodes.values() if node.scope == scope}
        nodes = {
            called(n.id): (_nature(n), n.activation, called(n.host or ""), n.interrupting) for n in inside.values()
        }
        flows = Counter(
            (called(f.source), called(f.target), bool(f.condition), inside[f.source].default == f.id)
            for f in model.flows.values()
            if f.source in inside
        )
        return frozenset(nodes.items()), frozenset(flows.items())

    def _perhaps(self, old: Node) -> Said:
        """The node this one may have become: the only new one with its name, kind and item."""
        found = [
            n.id
            for n in self.new.nodes.values()
            if n.id not in self.old.nodes and (n.name, n.kind, n.item) == (old.name, old.kind, old.item) and n.name
        ]
        if len(found) != 1:
            return "", ""
        return f"若只是改了编号：--map {old.id}={found[0]}。", f" If only its id changed: --map {old.id}={found[0]}."


def _nature(node: Node) -> tuple[object, ...]:
    """What a token needs to be the same: what the node does, not how it is called or who does it."""
    loop = node.loop and (
        node.loop.standard, node.loop.sequential, node.loop.element, node.loop.answer, bool(node.loop.count),
    )  # fmt: skip
    marks = (node.by_event, node.transaction, node.ad_hoc, node.undoes, node.all_of)
    return (node.kind, node.event, is_job(node), loop, node.needs, node.gives, *marks)


def _objection_inside(old: Node, new: Node) -> Said | None:
    """Why what runs inside a sub-process or call has no place."""
    if old.inputs != new.inputs:
        zh = f"“{old.called}”正在运行，而它的输入映射变了。"
        return zh, f'"{old.called}" is running, and its input mappings changed.'
    if (old.calls, old.gives_all) != (new.calls, new.gives_all):
        zh = f"“{old.called}”正在运行，而它调用的流程或带入的信息变了。"
        return zh, f'"{old.called}" is running, and which process it calls, or what it is given, changed.'
    return None
