"""Which lane a node lies in: the innermost one that lists it."""

from lxml import etree

from engine.runtime.drawing import BPMN
from engine.runtime.report import Report, line_of

_LANE = f"{{{BPMN}}}lane"


class Lanes:
    """The lanes of one process, read once."""

    def __init__(self, process: etree._Element, report: Report) -> None:
        self._found: dict[str, tuple[int, str]] = {}
        self._names: dict[str, None] = {}
        ids = {element.get("id") for element in process.iter()}
        for lane in process.iter(_LANE):
            self._take(lane, ids, report)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of lanes in which something lies, in document order."""
        return tuple(self._names)

    def of(self, node: str) -> str | None:
        """The name of a node's lane, if it lies in one."""
        return self._found.get(node, (0, None))[1]

    def _take(self, lane: etree._Element, ids: set[str | None], report: Report) -> None:
        name = " ".join((lane.get("name") or "").split())
        depth = sum(1 for _ in lane.iterancestors(_LANE))
        listed = [(r.text or "").strip().rsplit(":", 1)[-1] for r in lane.findall(f"{{{BPMN}}}flowNodeRef")]
        if listed and not name:
            cure = ("请写上部门名称。", "Write the department's name on it.")
            report.at("bpmn-lane", lane, ("泳道没有名称。", "The lane has no name."), cure)
        for node in listed:
            self._place(node, depth, name, lane, report)
            if node not in ids:
                said = (f"泳道列出了不存在的“{node}”。", f'The lane lists "{node}", which does not exist.')
                cure = ("请删除这个引用。", "Delete the reference.")
                report.add("bpmn-lane", line_of(lane), lane.get("id") or "", said, cure, warning=True)
        if listed:
            self._names[name] = None

    def _place(self, node: str, depth: int, name: str, lane: etree._Element, report: Report) -> None:
        known = self._found.get(node)
        if known and known[0] == depth and known[1] != name:
            said = (f"“{node}”同时在两条泳道里。", f'"{node}" lies in two lanes.')
            report.at("bpmn-lane", lane, said, ("请只保留一条。", "Keep one."))
        if known is None or depth >= known[0]:
            self._found[node] = (depth, name)
