"""Which processes a drawing runs: the one that is started, and those it calls, in the same file or another one."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

from lxml import etree

from engine.runtime import definitions, global_tasks
from engine.runtime.build import can_be_called
from engine.runtime.drawing import BPMN, ZEEBE, local, parse
from engine.runtime.reading import KINDS, Reading, read_process
from engine.runtime.report import Report, line_of
from engine.runtime.values import Flow, Node

KNOWN = 100  # processes that are looked at to guess which one was meant


@dataclass(frozen=True)
class Drawn:
    """A process that was read, and the report of the file it stands in."""

    reading: Reading
    report: Report
    root: etree._Element = field(compare=False)


@dataclass(frozen=True)
class _File:
    root: etree._Element
    known: definitions.Definitions
    report: Report
    processes: dict[str, etree._Element]  # by id, the first of each


_Places = Mapping[str, tuple[etree._Element, _File]]  # process id → where it stands


def read_all(root: etree._Element, report: Report, others: Mapping[str, bytes]) -> list[Drawn]:
    """The process that is started, then the called ones; nothing after reporting that there is not exactly one."""
    main = _opened(root, report)
    process = _executable(root, report)
    if process is None:
        return []
    files = [main, *_files(others)]
    found = [Drawn(read_process(process, main.known, report), report, root)]
    places = {name: (one, file) for file in reversed(files) for name, one in file.processes.items()}
    known = {found[0].reading.process_id}
    for drawn in found:  # grows while it is read
        for node in (n for n in drawn.reading.nodes.values() if n.calls):
            found += _called(node, drawn, places, known)
    _warn_of_unused(root, {drawn.reading.process_id for drawn in found}, report)
    _check_across(found)
    return found


def _opened(root: etree._Element, report: Report) -> _File:
    seen: set[str] = set()
    for element in root.iter():
        name = element.get("id")
        if not name or etree.QName(element).namespace != BPMN:
            continue
        if name in seen:
            said = (f"编号“{name}”用了不止一次。", f'The id "{name}" is used more than once.')
            report.at("bpmn-duplicate-id", element, said, ("请改成不同的编号。", "Give it another id."))
        seen.add(name)
    global_tasks.wrap(root)
    processes = {process.get("id") or "": process for process in reversed(_processes(root))}
    return _File(root, definitions.read(root, report), report, processes)


def _files(others: Mapping[str, bytes]) -> Iterator[_File]:
    for name, content in others.items():
        report = Report(name)
        root = parse(content, report)
        if root is not None:
            yield _opened(root, report)


def _called(node: Node, drawn: Drawn, places: _Places, known: set[str]) -> Iterator[Drawn]:
    """The processes a call activity adds: one, or, where FEEL says which, every process of the pack."""
    if node.calls.startswith("="):
        drawable = (name for name, (process, _) in places.items() if any(local(child) in KINDS for child in process))
        yield from (_drawn(name, places, known) for name in drawable if name not in known)
    elif node.calls not in places:
        said = (f"流程“{node.calls}”不存在。", f'The process "{node.calls}" does not exist.')
        drawn.report.add("bpmn-call", node.line, node.id, said, _nearest(node.calls, places))
    elif node.calls not in known:
        called = _drawn(node.calls, places, known)
        yield called
        if not can_be_called(called.reading):
            said = (f"流程“{node.calls}”不能被调用：普通开始事件不是恰好一个。",
                    f'The process "{node.calls}" cannot be called: it needs one plain start event.')  # fmt: skip
            cure = ("请在被调用的流程里画一个普通开始事件。", "Draw one plain start event in the called process.")
            drawn.report.add("bpmn-call", node.line, node.id, said, cure)


def _drawn(name: str, places: _Places, known: set[str]) -> Drawn:
    process, file = places[name]
    known.add(name)
    return Drawn(read_process(process, file.known, file.report), file.report, file.root)


def _nearest(name: str, places: _Places) -> tuple[str, str]:
    known = list(places)[:KNOWN]
    close = get_close_matches(name, known, 1) or known[:1]
    return f"是否应为“{close[0]}”？", f'Did you mean "{close[0]}"?'


def _executable(root: etree._Element, report: Report) -> etree._Element | None:
    """The process to start: the one executable process that no other process of the file calls."""
    processes = _processes(root)
    candidates = [p for p in processes if p.get("isExecutable") == "true"] or [
        p for p in processes if p.get("isExecutable") != "false"
    ]
    if len(candidates) > 1:
        callers = Counter(name for process in processes for name in _calls(process))
        candidates = [p for p in candidates if callers[name := p.get("id") or ""] == (name in _calls(p))]
    if len(candidates) == 1:
        return candidates[0]
    if not processes:
        said = ("文件里没有可以执行的流程。", "There is no process in the file, so nothing to execute.")
        report.add("bpmn-process", line_of(root), "", said, ("请画一个流程。", "Draw a process."))
        return None
    said = (f"可以启动的流程有 {len(candidates)} 个。", f"There are {len(candidates)} processes that can be started.")
    cure = (
        '请让恰好一个不被调用的流程 isExecutable="true"。',
        'Mark exactly one process isExecutable="true" that is not called by another.',
    )
    report.add("bpmn-process", line_of(root), "", said, cure)
    return None


def _calls(process: etree._Element) -> set[str]:
    elements = process.iter(f"{{{BPMN}}}callActivity")
    zeebe = process.iter(f"{{{ZEEBE}}}calledElement")
    return {definitions.reference(e.get("calledElement")) for e in elements} | {e.get("processId") or "" for e in zeebe}


def _processes(root: etree._Element) -> list[etree._Element]:
    return [p for p in root if local(p) == "process"]


def _warn_of_unused(root: etree._Element, used: set[str], report: Report) -> None:
    """Processes with content that are not executed; a black box has none."""
    for other in _processes(root):
        if (other.get("id") or "process") in used or not any(local(child) in KINDS for child in other):
            continue
        said = (f"流程“{other.get('id')}”不执行。", f'The process "{other.get("id")}" is not executed.')
        cure = ("需要执行的，请画成另一个文件，或调用它。", "Call it, or draw it in its own file.")
        report.add("bpmn-process", line_of(other), other.get("id") or "", said, cure, warning=True)


def _check_across(found: list[Drawn]) -> None:
    """Ids mean one thing in a case, whichever file they stand in."""
    kinds: tuple[Callable[[Reading], Mapping[str, Node | Flow | None]], ...] = (
        lambda r: {r.process_id: None, **r.nodes},
        lambda r: r.flows,
    )
    for ids in kinds:
        seen: set[str] = set()
        for drawn in found:
            used = ids(drawn.reading)
            for name in seen & used.keys():
                said = (f"编号“{name}”在另一个文件里也有。", f'The id "{name}" is also used in another file.')
                cure = ("请改成不同的编号。", "Give it another id.")
                at = used[name]
                drawn.report.add("bpmn-duplicate-id", at.line if at else 1, name, said, cure)
            seen |= used.keys()
