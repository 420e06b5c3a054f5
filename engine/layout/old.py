"""What the file's drawing says already: ids and colours to keep, what is collapsed, and where things were placed."""

from dataclasses import dataclass, field

from lxml import etree

from engine.layout.values import Box, Path

BPMNDI = "http://www.omg.org/spec/BPMN/20100524/DI"
DC = "http://www.omg.org/spec/DD/20100524/DC"
DI = "http://www.omg.org/spec/DD/20100524/DI"
_FARTHEST = 1_000_000  # px; a number beyond is no place on a sheet
_GIVEN = frozenset({"id", "bpmnElement", "isHorizontal", "isExpanded"})


@dataclass(slots=True)
class Old:
    """The drawing as it was, by the id of the element shown."""

    boxes: dict[str, Box] = field(default_factory=dict)
    paths: dict[str, Path] = field(default_factory=dict)
    labels: dict[str, Box] = field(default_factory=dict)
    expanded: dict[str, bool] = field(default_factory=dict)
    attributes: dict[str, dict[str, str]] = field(default_factory=dict)  # colours and the like
    ids: dict[str, str] = field(default_factory=dict)
    upright: set[str] = field(default_factory=set)  # pools and lanes drawn as columns
    twice: set[str] = field(default_factory=set)  # elements with more than one shape or edge

    def inside(self, group: str) -> list[str]:
        """What lay inside a group."""
        frame = self.boxes.get(group)
        return [] if frame is None else [name for name, box in self.boxes.items() if name != group and frame.holds(box)]


def read_old(root: etree._Element) -> Old:
    """The drawing in the file; parts without numbers, or that show nothing, are left out."""
    old = Old()
    for plane in root.iter(f"{{{BPMNDI}}}BPMNPlane"):
        old.ids[f"plane {_shown(plane)}"] = plane.get("id") or ""
    for element in root.iter(f"{{{BPMNDI}}}BPMNShape", f"{{{BPMNDI}}}BPMNEdge"):
        name = _shown(element)
        if name in old.ids:
            old.twice.add(name)
            continue
        old.ids[name] = element.get("id") or ""
        old.attributes[name] = {str(k): str(v) for k, v in element.attrib.items() if k not in _GIVEN}
        _geometry(old, name, element)
    return old


def _geometry(old: Old, name: str, element: etree._Element) -> None:
    if element.get("isExpanded"):
        old.expanded[name] = element.get("isExpanded") == "true"
    if element.get("isHorizontal") == "false":
        old.upright.add(name)
    box = _box(element)
    if box:
        old.boxes[name] = box
    label = element.find(f"{{{BPMNDI}}}BPMNLabel")
    box = _box(label) if label is not None else None
    if box:
        old.labels[name] = box
    points = [_numbers(point, "x", "y") for point in element.iterchildren(f"{{{DI}}}waypoint")]
    path = tuple((point[0], point[1]) for point in points if point)
    if len(path) > 1:
        old.paths[name] = path


def _box(element: etree._Element) -> Box | None:
    bounds = element.find(f"{{{DC}}}Bounds")
    numbers = _numbers(bounds, "x", "y", "width", "height") if bounds is not None else None
    return Box(*numbers) if numbers and numbers[2] > 0 and numbers[3] > 0 else None


def _numbers(element: etree._Element, *names: str) -> list[int] | None:
    try:
        numbers = [round(float(element.get(name) or "")) for name in names]
    except (ValueError, OverflowError):
        return None
    return numbers if all(abs(number) <= _FARTHEST for number in numbers) else None


def _shown(element: etree._Element) -> str:
    return (element.get("bpmnElement") or "").rpartition(":")[2]
