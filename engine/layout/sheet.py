"""Draw a file: read what there is, place it, connect it, write it."""

from lxml import etree

from engine.errors import Finding, PackInvalid
from engine.layout import sizes
from engine.layout.connect import connect
from engine.layout.keep import kept, seen
from engine.layout.labels import label
from engine.layout.measures import Measures, covered, measure, through
from engine.layout.old import Old, read_old
from engine.layout.place import place
from engine.layout.reading import read_planes
from engine.layout.values import Box, Picture, Plane
from engine.layout.writing import write
from engine.runtime.drawing import parse
from engine.runtime.report import Report, line_of

_SPREADS = 3  # how often the room for lines is widened before the best attempt is taken


def draw(drawing: bytes, name: str = "process.bpmn", *, keep: bool = False) -> bytes:
    """The file with its drawing made anew; with `keep` shapes that have a place stay there, what is missing is added.

    `PackInvalid` if the file cannot be read, or if what is missing finds no room; `name` is the file named then.
    """
    root = _root(drawing, name)
    old = read_old(root)
    planes = read_planes(root, old)
    drawn = [(plane, _complete(root, name, plane, old) if keep else arrange(plane)) for plane in planes]
    made = write(root, drawn, old)
    _root(made, name)  # what is written can be read again: shapes count towards the limits of a file
    return made


def judge(drawing: bytes, name: str = "process.bpmn") -> dict[str, Measures]:
    """How readable the drawing in the file is: measures for each plane. `PackInvalid` if the file cannot be read."""
    root = _root(drawing, name)
    old = read_old(root)
    return {plane.id: measure(plane, shown(plane, old)) for plane in read_planes(root, old)}


def shown(plane: Plane, old: Old) -> Picture:
    """What a viewer shows: the numbers of the file, and where a text has none, the place viewers give it."""
    picture = seen(plane, old)
    for node in plane.nodes().values():
        if sizes.named_outside(node) and node.id in picture.boxes and node.id not in picture.labels:
            width, height = sizes.label(node.name, 90)
            box = picture.boxes[node.id]
            picture.labels[node.id] = Box(box.centre[0] - width // 2, box.bottom + 4, width, height)
    return picture


def _complete(root: etree._Element, name: str, plane: Plane, old: Old) -> Picture:
    """The old picture with what was missing. What has to be put onto something else is refused."""
    before = seen(plane, old)
    fresh = arrange(plane)
    if not before.boxes:
        return fresh
    picture = kept(plane, fresh, old)
    _give_way(plane, picture, before)
    connect(plane, picture)
    frame(plane, picture)
    label(plane, picture)
    found = measure(plane, picture)
    were = measure(plane, before)
    pairs = [pair for pair in (*found.overlaps, *found.outside) if pair not in (*were.overlaps, *were.outside)]
    crowded = dict.fromkeys([*(pair[0] for pair in pairs), *(each for each in found.adrift if each not in were.adrift)])
    if crowded:
        raise PackInvalid([_no_room(root, name, each) for each in crowded])
    return picture


def _give_way(plane: Plane, picture: Picture, before: Picture) -> None:
    """Lines and texts that a new shape now covers are drawn again."""
    for line, shape in list(through(plane, picture)):
        if shape not in before.boxes:
            picture.paths.pop(line, None)
            picture.labels.pop(line, None)
    for owner, shape in list(covered(plane, picture)):
        if shape not in before.boxes:
            picture.labels.pop(owner, None)


def _no_room(root: etree._Element, name: str, element: str) -> Finding:
    found = next((each for each in root.iter("*") if each.get("id") == element), root)
    called = found.get("name") or element
    return Finding(
        name,
        line_of(found),
        "layout-room",
        f"“{called}”在已有的图形之间放不下。",
        f'There is no room for "{called}" among the shapes that are kept.',
        "请先腾出位置，或不用 --keep 重新排版。",
        "Make room first, or draw anew without --keep.",
        element=element,
    )


def arrange(plane: Plane) -> Picture:
    """The best of a few attempts, each with more room for lines than the one before."""
    best: tuple[tuple[int, ...], Picture] | None = None
    for spread in range(_SPREADS):
        picture = _attempt(plane, spread)
        found = measure(plane, picture)
        if best is None or found.badness < best[0]:
            best = (found.badness, picture)
        if found.readable:
            break
    assert best is not None
    return best[1]


def _attempt(plane: Plane, spread: int) -> Picture:
    picture = place(plane, spread)
    connect(plane, picture)
    frame(plane, picture)
    label(plane, picture)
    return picture


def frame(plane: Plane, picture: Picture) -> None:
    """Groups lie around their members; one without stands under everything."""
    for number, group in enumerate(plane.all_groups()):
        if group.id in picture.boxes:
            continue
        members = [picture.boxes[name] for name in group.members if name in picture.boxes]
        if members:
            x, y = min(box.x for box in members), min(box.y for box in members)
            right, bottom = max(box.right for box in members), max(box.bottom for box in members)
            picture.boxes[group.id] = Box(x, y, right - x, bottom - y).grown(12)
        else:
            lowest = max((box.bottom for box in picture.boxes.values()), default=80)
            picture.boxes[group.id] = Box(160 + number * 20, lowest + 60, 140, 100)


def _root(drawing: bytes, name: str) -> etree._Element:
    report = Report(name)
    root = parse(drawing, report, whole=True)
    if root is None:
        raise PackInvalid(report.findings)
    return root
