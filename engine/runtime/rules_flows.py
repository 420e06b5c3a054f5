"""Lint: the flows. What leads nowhere, what is never reached, where a decision is missing."""

from collections import deque
from collections.abc import Callable, Iterator

from engine.runtime.activities import is_job
from engine.runtime.build import first_nodes
from engine.runtime.reading import ACTIVITIES, EVENTS, Reading, grouped
from engine.runtime.report import Report
from engine.runtime.values import Flow, Node

_CONDITIONAL = frozenset({"exclusiveGateway", "inclusiveGateway", "complexGateway"})
_WAITING = frozenset(
    {"userTask", "receiveTask", "intermediateCatchEvent", "boundaryEvent", "subProcess", "callActivity"}
)
_FEEL = (
    '条件要以 = 开头，例如 =decision = "approve"。',
    'Start the condition with =, for example =decision = "approve".',
)


def check(reading: Reading, report: Report) -> None:
    """Add what is wrong with the flows of a process."""
    sound = [flow for flow in reading.flows.values() if _ends_exist(flow, reading, report)]
    for flow in sound:
        _check_ends(flow, reading, report)
        _check_condition(flow, reading.nodes[flow.source], report)
    leaving = grouped(sound, "source")
    for node in reading.nodes.values():
        _check_choice(node, leaving.get(node.id, []), report)
    whole = not reading.refused and len(sound) == len(reading.flows)
    for scope in _scopes(reading):
        _check_scope(scope, reading, whole, report)


def _ends_exist(flow: Flow, reading: Reading, report: Report) -> bool:
    for end, zh, en in ((flow.source, "起点", "source"), (flow.target, "终点", "target")):
        if end in reading.refused or not end:  # reported there, or by the schema
            return False
        if end not in reading.nodes:
            said = (f"流向的{zh}“{end}”不存在。", f'The {en} "{end}" of the flow does not exist.')
            report.add(
                "bpmn-dangling-flow",
                flow.line,
                flow.id,
                said,
                ("请重新连接或删除它。", "Connect it again or delete it."),
            )
            return False
    return True


def _check_ends(flow: Flow, reading: Reading, report: Report) -> None:
    source, target = reading.nodes[flow.source], reading.nodes[flow.target]
    cure = ("请重新连接。", "Connect it differently.")
    if source.scope != target.scope:
        said = ("流向穿过了子流程的边界。", "The flow crosses the border of a sub-process.")
        report.add("bpmn-dangling-flow", flow.line, flow.id, said, cure)
    if source.kind == "endEvent":
        report.add(
            "bpmn-dangling-flow", flow.line, flow.id, ("结束事件之后还有流向。", "A flow leaves an end event."), cure
        )
    if target.kind in ("startEvent", "boundaryEvent"):
        said = ("流向通到了开始事件或边界事件。", "A flow leads to a start or boundary event.")
        report.add("bpmn-dangling-flow", flow.line, flow.id, said, cure)


def _check_condition(flow: Flow, source: Node, report: Report) -> None:
    if not flow.condition:
        return
    if not flow.condition.startswith("="):
        said = (f"条件“{flow.condition}”不是 FEEL。", f'The condition "{flow.condition}" is not FEEL.')
        report.add("bpmn-condition", flow.line, flow.id, said, _FEEL)
    if source.kind in ("parallelGateway", "eventBasedGateway") or source.kind in EVENTS:
        said = ("这里的流向不能有条件。", "A flow cannot have a condition here.")
        cure = ("请删除条件，或改用排他网关。", "Delete the condition or use an exclusive gateway.")
        report.add("bpmn-condition", flow.line, flow.id, said, cure)
    if flow.id == source.default:
        said = ("默认流向的条件不起作用。", "The condition of the default flow is not looked at.")
        report.add("bpmn-condition", flow.line, flow.id, said, ("请删除条件。", "Delete the condition."), warning=True)


def _check_choice(node: Node, leaving: list[Flow], report: Report) -> None:
    name = node.called
    conditional = [flow for flow in leaving if flow.condition]
    if node.default:
        _check_default(node, leaving, conditional, report)
    if node.kind in _CONDITIONAL and len(leaving) > 1:
        for flow in leaving:
            if not flow.condition and flow.id != node.default:
                said = (f"“{name}”的这个流向没有条件。", f'This flow from "{name}" has no condition.')
                cure = ("请填写条件，或设为默认流向。", "Write a condition or make it the default flow.")
                report.add("bpmn-no-condition", flow.line, flow.id, said, cure)


def _check_default(node: Node, leaving: list[Flow], conditional: list[Flow], report: Report) -> None:
    if node.default not in {flow.id for flow in leaving}:
        said = (f"默认流向“{node.default}”不从这里出发。", f'The default flow "{node.default}" does not start here.')
    elif node.kind not in _CONDITIONAL and (node.kind not in ACTIVITIES or not conditional):
        said = ("这里没有条件，默认流向没有意义。", "There are no conditions here, so a default flow means nothing.")
    else:
        return
    report.add("bpmn-default", node.line, node.id, said, ("请更正默认流向。", "Correct the default flow."))


def _scopes(reading: Reading) -> Iterator[str]:
    yield reading.process_id
    yield from (node.id for node in reading.nodes.values() if node.kind == "subProcess")


def _check_scope(scope: str, reading: Reading, whole: bool, report: Report) -> None:
    inside = {node.id: node for node in reading.inside.get(scope, ())}
    line = reading.nodes[scope].line if scope in reading.nodes else min((n.line for n in inside.values()), default=0)
    starts = [node for node in inside.values() if node.kind == "startEvent"]
    begins = tuple(node.id for node in inside.values() if node.kind == "startEvent" or node.instantiates)
    first = begins or first_nodes(reading, scope)
    if not first and scope in reading.nodes and reading.nodes[scope].id not in reading.inside:
        return  # an empty sub-process is told as that
    if not first:
        said = ("没有任何节点可以开始。", "Nothing in it can start.")
        report.add("bpmn-no-start", line, scope, said, ("请画一个开始事件。", "Draw a start event."))
        return
    for extra in [node for node in starts if not node.event and scope != reading.process_id][1:]:
        cure = ("请只保留一个开始事件。", "Keep one start event.")
        report.add(
            "bpmn-many-starts",
            extra.line,
            extra.id,
            ("开始事件不止一个。", "There is more than one start event."),
            cure,
        )
    if whole:  # else the gap would be reported at every node behind it
        _check_reach(inside, first, reading, report)
    _check_loops(inside, reading, report)


def _check_reach(inside: dict[str, Node], first: tuple[str, ...], reading: Reading, report: Report) -> None:
    """Each way that never begins is told once, at its first node; an event without its activity is told elsewhere."""
    after = _after(inside, reading)
    apart = {n.id for n in inside.values() if n.by_event or n.undoes or _is_loose(n, inside)}
    reached = _reach({*first, *apart}, after)
    lost = [name for name in inside if name not in reached]
    led = {target for name in lost for target in after(name)}
    for name in sorted(lost, key=led.__contains__):  # where a way begins, then what only goes round
        if name not in reached:
            reached |= _reach({name}, after)
            node = inside[name]
            said = (f"“{node.called}”永远不会走到。", f'"{node.called}" is never reached.')
            report.add("bpmn-unreachable", node.line, node.id, said, ("请连上或删除它。", "Connect it or delete it."))


def _is_loose(node: Node, inside: dict[str, Node]) -> bool:
    return node.kind == "boundaryEvent" and node.host not in inside


def _check_loops(inside: dict[str, Node], reading: Reading, report: Report) -> None:
    """Warn of loops in which nothing waits: they end only if a script or a gateway ends them."""
    quick = {name: node for name, node in inside.items() if not _waits(node)}
    left = _in_loops(quick, _after(quick, reading))
    for node in quick.values():
        if node.id in left:
            said = (
                f"“{node.called}”在一个没有人也没有时限的循环里。",
                f'"{node.called}" is in a loop without a person or a timer.',
            )
            cure = ("请确认循环一定会结束。", "Make sure that the loop ends.")
            report.add("bpmn-busy-loop", node.line, node.id, said, cure, warning=True)
            return


def _in_loops(inside: dict[str, Node], after: Callable[[str], list[str]]) -> set[str]:
    """The nodes in or between loops: what is left when nodes at which no way begins, or none goes on, are taken out."""
    left = set(inside)
    for ways in (after, _reversed(inside, after)):
        arriving = dict.fromkeys(left, 0)
        for name in left:
            for target in ways(name):
                arriving[target] = arriving.get(target, 0) + 1
        waiting = deque(name for name in left if not arriving[name])
        while waiting:
            name = waiting.popleft()
            left.discard(name)
            for target in ways(name):
                arriving[target] -= 1
                if not arriving[target] and target in left:
                    waiting.append(target)
    return left


def _reversed(inside: dict[str, Node], after: Callable[[str], list[str]]) -> Callable[[str], list[str]]:
    before: dict[str, list[str]] = {name: [] for name in inside}
    for name in inside:
        for target in after(name):
            before[target].append(name)
    return before.__getitem__


def _waits(node: Node) -> bool:
    quick = node.event == "link" or (node.kind == "businessRuleTask" and node.decision)
    return not quick and (node.kind in _WAITING or is_job(node))


def _after(inside: dict[str, Node], reading: Reading) -> Callable[[str], list[str]]:
    following: dict[str, list[str]] = {
        name: [flow.target for flow in reading.leaving.get(name, ()) if flow.target in inside] for name in inside
    }
    for node in inside.values():
        if node.host in following:
            following[node.host].append(node.id)
    return following.__getitem__


def _reach(begin: set[str], after: Callable[[str], list[str]]) -> set[str]:
    found, waiting = set(begin), deque(begin)
    while waiting:
        for name in after(waiting.popleft()):
            if name not in found:
                found.add(name)
                waiting.append(name)
    return found
