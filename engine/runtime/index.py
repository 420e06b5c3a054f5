"""One file as XML, indexed once for the rules that look at all of it: also at what is not executed."""

from collections.abc import Iterator, Set

from lxml import etree

from engine.runtime.definitions import reference
from engine.runtime.drawing import BPMN, local
from engine.runtime.reading import ACTIVITIES, EVENTS, GATEWAYS

FLOW_NODES = ACTIVITIES | EVENTS | GATEWAYS | {"complexGateway"}
CALLABLE = frozenset(
    {"process", "globalTask", "globalUserTask", "globalManualTask", "globalScriptTask", "globalBusinessRuleTask"}
)


class Index:
    """The BPMN elements of a file by id and by kind. `executed` are the ids of the processes that run."""

    def __init__(self, root: etree._Element, executed: Set[str] = frozenset()) -> None:
        self.root = root
        self._executed = executed
        self._by_id: dict[str, etree._Element] = {}
        self._by_kind: dict[str, list[etree._Element]] = {}
        self._imported = {e.get("namespace") for e in root.iterfind(f"{{{BPMN}}}import")}
        self._arriving: dict[str, list[etree._Element]] = {}
        self._leaving: dict[str, list[etree._Element]] = {}
        for element in root.iter(f"{{{BPMN}}}*"):
            self._by_kind.setdefault(local(element), []).append(element)
            if name := element.get("id"):
                self._by_id.setdefault(name, element)
        self._events_on: dict[str, list[etree._Element]] = {}
        for event in self.all("boundaryEvent"):
            self._events_on.setdefault(reference(event.get("attachedToRef")), []).append(event)
        for flow in self.all("sequenceFlow"):
            self._leaving.setdefault(reference(flow.get("sourceRef")), []).append(flow)
            self._arriving.setdefault(reference(flow.get("targetRef")), []).append(flow)

    def all(self, *kinds: str) -> Iterator[etree._Element]:
        """The elements of some kinds, in the order of the file within each kind."""
        for kind in kinds:
            yield from self._by_kind.get(kind, ())

    @property
    def lists(self) -> bool:
        """Whether nodes of this file list their flows."""
        return "incoming" in self._by_kind or "outgoing" in self._by_kind

    def kinds(self) -> list[str]:
        """The names of all elements there are."""
        return list(self._by_kind)

    def find(self, text: str | None) -> etree._Element | None:
        """The element a reference names, if it is in this file."""
        return self._by_id.get(reference(text))

    def kind(self, text: str | None) -> str:
        """The kind of the element a reference names; nothing if it is not in this file."""
        found = self.find(text)
        return "" if found is None else local(found)

    def elsewhere(self, text: str, element: etree._Element) -> bool:
        """Whether a reference has the prefix of a namespace that the file imports."""
        prefix, colon, _ = text.strip().partition(":")
        return bool(colon) and element.nsmap.get(prefix) in self._imported

    def arriving(self, node: etree._Element) -> list[etree._Element]:
        """The sequence flows that lead to a node."""
        return self._arriving.get(node.get("id") or "", [])

    def leaving(self, node: etree._Element) -> list[etree._Element]:
        """The sequence flows that start at a node."""
        return self._leaving.get(node.get("id") or "", [])

    def events_on(self, node: etree._Element) -> list[etree._Element]:
        """The boundary events of an activity."""
        return self._events_on.get(node.get("id") or "", [])

    def executed(self, element: etree._Element) -> bool:
        """Whether an element lies in a process that runs."""
        return (process_of(element) or "") in self._executed


def process_of(element: etree._Element) -> str | None:
    """The id of the process an element lies in, or is; None outside of all."""
    for around in (element, *element.iterancestors(f"{{{BPMN}}}process")):
        if local(around) == "process":
            return around.get("id") or "process"
    return None


def children(element: etree._Element, name: str) -> list[etree._Element]:
    """The BPMN children of one name."""
    return element.findall(f"{{{BPMN}}}{name}")


def texts(element: etree._Element, name: str) -> list[str]:
    """What the BPMN children of one name say: references, mostly."""
    return [(child.text or "").strip() for child in children(element, name)]
