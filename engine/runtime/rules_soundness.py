"""Lint: soundness. Whether every way through the flow, whatever the conditions say, comes to an end.

Only `lint` asks: an unsound drawing runs to the letter, so `read` takes it; nobody should depend on it. A designer who
knows better writes why, in the property `sound` of the node: the finding becomes a warning that quotes it.
"""

from collections.abc import Iterator, Sequence

from engine.runtime.build import first_nodes
from engine.runtime.reading import Reading
from engine.runtime.report import Report
from engine.runtime.soundness import Open, Scope, picture
from engine.runtime.soundness_played import Defect, Played, play
from engine.runtime.soundness_reduced import reduce
from engine.runtime.values import Flow, Node

MOST_MOVES = 100_000  # that are played of one process
_GAPS = frozenset(
    {
        "bpmn-boundary",
        "bpmn-dangling-flow",
        "bpmn-duplicate-id",
        "bpmn-event",
        "bpmn-event-gateway",
        "bpmn-link",
        "bpmn-transaction",
    }
)
SHOWN = 6  # choices of a way that are told
_KNOWN = (
    "确信条件不会这样组合的，请在该节点写属性 sound 说明理由。",
    "If the conditions can never combine like this, say why in a property `sound` of the node.",
)
_CURES = {
    "bpmn-deadlock": (
        "请让汇合与分支一致：排他分支用排他汇合，包容分支用包容汇合。" + _KNOWN[0],
        "Join the way you split: exclusive after exclusive, inclusive after inclusive. " + _KNOWN[1],
    ),
    "bpmn-unsynchronised": (
        "请先用并行或包容网关汇合。" + _KNOWN[0],
        "Join the branches with a parallel or inclusive gateway before it. " + _KNOWN[1],
    ),
    "bpmn-livelock": ("请从循环里画一个出口。" + _KNOWN[0], "Draw a way out of the loop. " + _KNOWN[1]),
}


def check(reading: Reading, report: Report) -> None:
    """Add what is unsound in a process and its sub-processes."""
    if reading.refused or report.refused_by(_GAPS):
        return  # what follows from them would be reported as if the designer had drawn it
    leaving, left = reading.leaving, MOST_MOVES
    told: set[str] = set()
    for name, inside in _scopes(reading).items():
        try:
            played = _played(_scope(name, inside, leaving, reading), left)
        except Open:
            played = Played([], 0, all=False)
        left -= played.moves
        told |= _tell(name, played, reading, report)
    for node in reading.nodes.values():
        if node.properties.get("sound") and node.id not in told:
            said = (
                f"“{node.called}”没有需要 sound 说明的问题。",
                f'Nothing about "{node.called}" needs the property sound.',
            )
            report.add("bpmn-sound", node.line, node.id, said, ("请删除它。", "Delete it."), warning=True)


def _played(scope: Scope, most: int) -> Played:
    """Everything that is wrong with one scope. `Open` when several tokens are meant: then nothing can be said."""
    if any(map(_unclear, scope.nodes.values())):
        raise Open
    net = picture(scope)
    reduce(net)
    return play(net, most)


def _tell(name: str, played: Played, reading: Reading, report: Report) -> set[str]:
    """Add the findings about one scope; the nodes something is said about."""
    circles = any(defect.rule == "bpmn-livelock" for defect in played.defects)
    idle = {"bpmn-livelock"} if circles and _ended_from_outside(name, reading) else set()
    idle |= {"bpmn-unsynchronised"} if name in reading.nodes and reading.nodes[name].ad_hoc else set()
    told = [defect for defect in played.defects if defect.rule not in idle]
    for defect in told:
        _add(defect, reading, report)
    if played.all:
        return {defect.node for defect in told}
    _add_open(name, reading, report)
    return {node.id for node in reading.inside.get(name, ())}


def _scopes(reading: Reading) -> dict[str, dict[str, Node]]:
    """The nodes that take part in the flow, by scope."""
    found: dict[str, dict[str, Node]] = {}
    for node in reading.nodes.values():
        if not (node.by_event or node.undoes or (node.event == "compensate" and node.kind == "boundaryEvent")):
            found.setdefault(node.scope, {})[node.id] = node
    return found


def _scope(name: str, inside: dict[str, Node], leaving: dict[str, list[Flow]], reading: Reading) -> Scope:
    hosted: dict[str, list[Node]] = {}
    for node in inside.values():
        if node.kind == "boundaryEvent":
            hosted.setdefault(node.host or "", []).append(node)
    first = tuple(node for node in first_nodes(reading, name) if node in inside)
    begins = [first] if first else []
    begins += [(node.id,) for node in inside.values() if (_starts(node) or node.instantiates) and node.id not in first]
    return Scope(
        nodes=inside,
        flows={node: [flow for flow in leaving.get(node, ()) if flow.target in inside] for node in inside},
        events=hosted,
        begins=begins,
        clearing=frozenset(node.id for node in inside.values() if _clears(node, reading)),
    )


def _clears(node: Node, reading: Reading) -> bool:
    """Whether a node takes everything in its scope away; an error nobody catches stops it for a person to look."""
    if node.event == "escalation" and node.kind in ("endEvent", "intermediateThrowEvent"):
        return _caught_interrupting(node, reading)
    return node.kind == "endEvent" and node.event in ("terminate", "error", "cancel")


def _caught_interrupting(thrower: Node, reading: Reading) -> bool:
    """What the nearest event that catches an escalation does: see `throwing`."""
    for level in _levels(thrower, reading):
        for code in (thrower.error, None):
            for catcher in level:
                if catcher.error == code:
                    return catcher.interrupting
    return False


def _levels(node: Node, reading: Reading) -> Iterator[list[Node]]:
    """The events that catch an escalation, from the inside outwards."""
    while True:
        parts = [n.id for n in reading.inside.get(node.scope, ()) if n.by_event and n.id != node.id]
        inside = (n for part in parts for n in reading.inside.get(part, ()))
        yield [n for n in inside if n.event == "escalation" and _starts(n)]
        if node.scope not in reading.nodes:
            return
        node = reading.nodes[node.scope]
        yield [n for n in reading.attached.get(node.id, ()) if n.event == "escalation"]


def _starts(node: Node) -> bool:
    return node.kind == "startEvent"


def _ended_from_outside(scope: str, reading: Reading) -> bool:
    """Whether something takes a scope away: going round until then may be meant."""
    parts = (part.id for part in reading.inside.get(scope, ()) if part.by_event)
    starts = [node for part in parts for node in reading.inside.get(part, ()) if _starts(node)]
    hosted = [node for node in reading.attached.get(scope, ()) if node.event != "compensate"]
    if any(node.interrupting for node in (*starts, *hosted)):
        return True
    host = reading.nodes.get(scope)
    if host is None:
        return False
    return host.ad_hoc or bool(host.loop and host.loop.until) or _ended_from_outside(host.scope, reading)


def _add(defect: Defect, reading: Reading, report: Report) -> None:
    node = reading.nodes[defect.node]
    zh, en = _sentence(defect, node, reading)
    way_zh, way_en = _way(defect.said, reading)
    same_zh, same_en = _asked_twice(defect.said, reading)
    said = (f"{zh}{way_zh}。{same_zh}", f"{en}{way_en}.{same_en}")
    reason = node.properties.get("sound", "")
    if reason:
        said = (f"{said[0]}设计者说明：{reason}。", f"{said[1]} The designer says: {reason}.")
        cure = ("说明不再成立时请改图；其后的流程不再证明。",
                "Redraw it when that is no longer so; what follows from it is not proven.")  # fmt: skip
        report.add(defect.rule, node.line, node.id, said, cure, warning=True)
        return
    report.add(defect.rule, node.line, node.id, said, _CURES[defect.rule])


def _sentence(defect: Defect, node: Node, reading: Reading) -> tuple[str, str]:
    name = node.called
    if defect.rule == "bpmn-deadlock":
        sources = [reading.nodes[reading.flows[flow].source].called for flow in defect.missing]
        zh, en = _listed(sources)
        return f"“{name}”可能永远等下去：{zh}那边不会再来", f'"{name}" may wait for ever for what comes from {en}'
    if defect.rule == "bpmn-livelock":
        return (
            f"走到“{name}”以后只能一直循环，到不了结束",
            f'From "{name}" on it only goes round; no end can be reached',
        )
    return (
        f"“{name}”可能同时进行两次：几个分支没有汇合就到了这里",
        f'"{name}" may happen twice at once: branches reach it unjoined',
    )


def _way(said: Sequence[str], reading: Reading) -> tuple[str, str]:
    """The last choices on the way there, in words."""
    names = [_called(name, reading) for name in said[-SHOWN:]]
    if not names:
        return "", ""
    cut = "…" if len(said) > SHOWN else ""
    zh, en = _listed(names)
    return f"（经由{cut}{zh}）", f" (via {cut}{en})"


def _listed(names: Sequence[str]) -> tuple[str, str]:
    return "、".join(f"“{name}”" for name in names), ", ".join(f'"{name}"' for name in names)


def _called(name: str, reading: Reading) -> str:
    if name in reading.flows:
        return reading.flows[name].name or name
    return reading.nodes[name].called


def _asked_twice(said: Sequence[str], reading: Reading) -> tuple[str, str]:
    """A condition that is asked at several gateways of the way may make it impossible; that is not looked into."""
    passed = {reading.flows[name].source for name in said if name in reading.flows}
    asked: dict[str, set[str]] = {}
    for flow in reading.flows.values():
        if flow.condition and flow.source in passed:
            asked.setdefault(flow.condition, set()).add(flow.source)
    text = next((condition for condition, sources in asked.items() if len(sources) > 1), "")
    if not text:
        return "", ""
    return (f"条件“{text}”在路上问了不止一次，数据不变时这条路未必走得通。",
            f' The condition "{text}" is asked more than once on this way, which may make it impossible.')  # fmt: skip


def _add_open(scope: str, reading: Reading, report: Report) -> None:
    node = reading.nodes.get(scope)
    name = node.called if node else reading.process_name or scope
    why = ("分支组合太多", "there are too many combinations of branches")
    if any(map(_unclear, reading.inside.get(scope, ()))):
        why = (
            "有复杂网关、并行启动的网关，或活动要几个令牌、一次送出几个",
            "it has a complex gateway, a parallel beginning, or activities that take or send several tokens",
        )
    said = (f"未能证明“{name}”不会卡住：{why[0]}。", f'That "{name}" never gets stuck is not proven: {why[1]}.')
    cure = ("请让每个分支和它的汇合成对，或拆成子流程。", "Pair each split with its join, or use sub-processes.")
    line = node.line if node else min((n.line for n in reading.nodes.values()), default=0)
    report.add("bpmn-soundness-open", line, scope, said, cure, warning=True)


def _unclear(node: Node) -> bool:
    """Whether several tokens are meant, or conditions say how many are."""
    together = node.instantiates and node.all_of
    return node.needs > 1 or node.gives > 1 or node.kind == "complexGateway" or together
