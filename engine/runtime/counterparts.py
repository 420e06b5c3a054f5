"""What the nodes and flows of one drawing are in another one, by id or as a person said; and whether alike."""

from collections.abc import Mapping
from dataclasses import dataclass

from engine.runtime.activities import is_job
from engine.runtime.several import INSTANCE
from engine.runtime.values import Model, Node

Said = tuple[str, str]  # Chinese, English


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
        """The id a node has in the new drawing, if it is there; an instance of it keeps its mark."""
        base = node.removesuffix(INSTANCE)
        return self.renamed.get(base, base) + node[len(base) :]

    def node(self, name: str) -> Node | None:
        """The new node of an old one."""
        return self.new.nodes.get(self.name(name).removesuffix(INSTANCE))

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
        old, new = self.old.nodes[name.removesuffix(INSTANCE)], self.node(name)
        if new is None:
            zh, en = self._perhaps(old)
            return f"“{old.called}”在新图中没有。{zh}", f'"{old.called}" is not in the new drawing.{en}'
        if _nature(old) != _nature(new):
            zh = f"“{old.called}”在新图中是另一种节点（{old.kind} → {new.kind}）。"
            return zh, f'"{old.called}" is another kind of node in the new drawing ({old.kind} → {new.kind}).'
        if is_job(old) and (old.job, old.headers, old.inputs) != (new.job, new.headers, new.inputs):
            zh = f"“{old.called}”的作业已经交出，而新图要求的作业不同。"
            return zh, f'The job of "{old.called}" was handed out already, and the new drawing asks for another one.'
        if old.kind in ("subProcess", "callActivity") and old.inputs != new.inputs:
            zh = f"“{old.called}”正在运行，而它的输入映射变了。"
            return zh, f'"{old.called}" is running, and its input mappings changed.'
        return None

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
    loop = node.loop and (node.loop.standard, node.loop.sequential, node.loop.element, node.loop.answer)
    marks = (node.by_event, node.transaction, node.ad_hoc, node.undoes, node.all_of)
    return (node.kind, node.event, is_job(node), loop, node.needs, node.gives, *marks)
