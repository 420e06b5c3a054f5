"""What lies where in a process that was read: looked up, so that 10,000 nodes are not searched for each of them."""

from functools import cached_property
from typing import Any

from engine.runtime.values import Flow, Node


class Indexed:
    """Nodes and flows by what they hang on. Asked only when the reading is complete."""

    nodes: dict[str, Node]
    flows: dict[str, Flow]

    def leaving(self, name: str) -> list[Flow]:
        """The flows that leave a node, in document order."""
        return self._by["source"].get(name, [])

    def arriving(self, name: str) -> list[Flow]:
        """The flows that lead to a node."""
        return self._by["target"].get(name, [])

    def inside(self, scope: str) -> list[Node]:
        """The nodes of a process or sub-process, without those of the sub-processes in it."""
        return self._by["scope"].get(scope, [])

    def on(self, host: str) -> list[Node]:
        """The boundary events on an activity."""
        return self._by["host"].get(host, [])

    @cached_property
    def _by(self) -> dict[str, dict[str, list[Any]]]:
        found: dict[str, dict[str, list[Any]]] = {"source": {}, "target": {}, "scope": {}, "host": {}}
        for flow in self.flows.values():
            found["source"].setdefault(flow.source, []).append(flow)
            found["target"].setdefault(flow.target, []).append(flow)
        for node in self.nodes.values():
            found["scope"].setdefault(node.scope, []).append(node)
            found["host"].setdefault(node.host or "", []).append(node)
        return found
