"""What differs in two drawings: work added or gone, who does it, within which limit, in which order."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from engine.changes.change import Audience, Change, listed, plain
from engine.changes.nodes import Aspect, aspects, in_english, spoken
from engine.changes.pairs import Paired, paired
from engine.runtime import Flow, Model, Node
from engine.runtime.reading import ACTIVITIES, GATEWAYS

GATES = {
    "exclusiveGateway": ("排他网关", "exclusive gateway"), "parallelGateway": ("并行网关", "parallel gateway"),
    "inclusiveGateway": ("包容网关", "inclusive gateway"), "eventBasedGateway": ("事件网关", "event-based gateway"),
    "complexGateway": ("复杂网关", "complex gateway"),
}  # fmt: skip
DAYS_ZH, DAYS_EN = ("天", "小时", "分钟"), ("days", "hours", "minutes")


@dataclass(frozen=True)
class Teller:
    """What a comparison of drawings knows beside them: whose a lane is, the English of a text, the files."""

    whose: Callable[[str | None], tuple[Audience, str]]
    en: Callable[[str], str]
    old_file: str
    new_file: str

    def change(
        self, kind: str, node: Node, said: tuple[str | None, str | None], zh: str, en: str, *,
        audience: Audience | None = None, line: int = 0, gone: bool = False,
    ) -> Change:  # fmt: skip
        """A change at a node, for whoever works in its lane unless somebody else is named."""
        who, department = self.whose(node.lane) if audience is None else (audience, "")
        file = self.old_file if gone else self.new_file
        return Change(kind, who, department, node.called, *said, zh, en, file, line or node.line)


def drawings(old: Model, new: Model, teller: Teller | None = None) -> tuple[Change, ...]:
    """Every difference that means something; without a pack a lane is a department of its own."""
    tell = teller or Teller(_lane, str, old.name, new.name)
    both = paired(old, new)
    return (
        *_process(both, tell),
        *_gone(both, tell),
        *_come(both, tell),
        *(change for pair in both.pairs for change in _node(tell, *pair)),
        *_places(both, tell),
        *_order(both, tell),
        *_conditions(both, tell),
    )


def _process(both: Paired, tell: Teller) -> Iterator[Change]:
    before, after = both.old.process_name, both.new.process_name
    if before != after:
        said = f"流程改名：{before} → {after}", f"The process is called {tell.en(after)}, not {tell.en(before)}"
        yield Change("process-name", Audience.DESIGNER, "", after, before, after, *said, tell.new_file, 0)


def _places(both: Paired, tell: Teller) -> Iterator[Change]:
    """Where a node is: in which sub-process, on which activity, undone by what."""
    names = {a.id: b.id for a, b in both.pairs} | {both.old.process_id: both.new.process_id}
    for old, new in both.pairs:
        for name, zh_word, en_word in (
            ("scope", "所在子流程", "inside"), ("host", "附着于", "sits on"),
            ("handler", "由谁撤销", "undone by"), ("target", "撤销什么", "undoes"),
        ):  # fmt: skip
            before, after = getattr(old, name) or "", getattr(new, name) or ""
            if names.get(before, before) == after:
                continue
            was, now = _called(both.old, before), _called(both.new, after)
            zh = f"“{new.called}”{zh_word}：{was} → {now}"
            yield tell.change(f"task-{name}", new, (was, now), zh, f'"{tell.en(new.called)}", {en_word}: {was} → {now}')


def _called(model: Model, name: str) -> str:
    return model.nodes[name].called if name in model.nodes else model.process_name if name else "—"


def _lane(lane: str | None) -> tuple[Audience, str]:
    return (Audience.DEPARTMENT, lane) if lane else (Audience.DESIGNER, "")


def _gone(both: Paired, tell: Teller) -> Iterator[Change]:
    for node in (n for n in both.gone if _counts(both.old, n)):
        zh, en = _what(node)
        said = (f"删去{zh}“{node.called}”", f'The {en} "{tell.en(node.called)}" is gone')
        yield tell.change(f"{_word(node)}-removed", node, (node.called, None), *said, gone=True)


def _come(both: Paired, tell: Teller) -> Iterator[Change]:
    for node in (n for n in both.come if _counts(both.new, n)):
        zh, en = _what(node)
        before = [a.called for a in both.new.nodes.values() if a.name and node.id in _next(both.new, a.id)]
        where = (
            (f"（在“{listed(before)}”之后）", f" (after {listed(map(tell.en, before), ', ')})") if before else ("", "")
        )
        said = (f"新增{zh}“{node.called}”{where[0]}", f'New {en} "{tell.en(node.called)}"{where[1]}')
        yield tell.change(f"{_word(node)}-added", node, (None, node.called), *said)


def _next(model: Model, source: str) -> set[str]:
    """What follows a node, past gateways without a name."""
    found, todo = set(), [source]
    while todo:
        name = todo.pop()
        for flow in (f for f in model.flows.values() if f.source == name):
            node = model.nodes[flow.target]
            if flow.target not in found and node.kind in GATEWAYS and not node.name:
                todo.append(flow.target)
            found.add(flow.target)
    return found


def _counts(model: Model, node: Node) -> bool:
    """Whether a node means anything by itself: a gateway that only brings ways together does not."""
    return (
        node.kind not in GATEWAYS
        or sum(f.source == node.id for f in model.flows.values()) > 1
        or (node.kind != "exclusiveGateway" and sum(f.target == node.id for f in model.flows.values()) > 1)
    )


def _word(node: Node) -> str:
    return "task" if node.kind in ACTIVITIES else "gateway" if node.kind in GATEWAYS else "event"


def _what(node: Node) -> tuple[str, str]:
    if node.kind in GATEWAYS:
        return GATES[node.kind]
    return ("环节", "task") if node.kind in ACTIVITIES else ("事件", "event")


def _node(tell: Teller, old: Node, new: Node) -> Iterator[Change]:
    """What differs in one node."""
    if old.kind != new.kind:
        (zh_a, en_a), (zh_b, en_b) = GATES[old.kind], GATES[new.kind]
        zh, en = f"“{new.called}”由{zh_a}改为{zh_b}", f'"{tell.en(new.called)}": {en_a} → {en_b}'
        yield tell.change("gateway-kind", new, (old.kind, new.kind), zh, en)
    if old.lane != new.lane and new.kind in ACTIVITIES:
        yield from _lanes(tell, old, new)
    before, after = aspects(old), aspects(new)
    for name in dict.fromkeys((*before, *after)):
        aspect = after.get(name) or before[name]
        said = tuple(found[name].value if name in found else None for found in (before, after))
        if said[0] != said[1]:
            yield _aspect(tell, new, name, aspect, said[0], said[1])


def _lanes(tell: Teller, old: Node, new: Node) -> Iterator[Change]:
    """Told to both: to who had the work and to who gets it."""
    zh = f"“{new.called}”由“{old.lane or '—'}”改由“{new.lane or '—'}”办理"
    en = f'"{tell.en(new.called)}" goes from {tell.en(old.lane or "—")} to {tell.en(new.lane or "—")}'
    for lane in (old.lane, new.lane):
        who, department = tell.whose(lane)
        kind = "task-department"
        yield Change(kind, who, department, new.called, old.lane, new.lane, zh, en, tell.new_file, new.line)


def _aspect(tell: Teller, node: Node, name: str, aspect: Aspect, was: str | None, now: str | None) -> Change:
    zh, en = ([spoken(text or "", words) for text in (was, now)] for words in (DAYS_ZH, DAYS_EN))
    en = [in_english(text) for text in en]
    return tell.change(
        f"task-{name}",
        node,
        (was, now),
        f"“{node.called}”{aspect.zh} {shift(zh[0], zh[1])}",
        f'"{tell.en(node.called)}", {aspect.en}: {shift(en[0], en[1], tell.en)}',
        audience=aspect.audience,
    )


def shift(was: str, now: str, en: Callable[[str], str] = str) -> str:
    """`3→2 工作日` where only the number differs; else both texts."""
    found = [re.fullmatch(r"(\d+)\s*([^\d\s].*)", text) for text in (was, now)]
    if found[0] and found[1] and found[0][2] == found[1][2]:
        return f"{found[0][1]}→{found[1][1]} {en(found[0][2])}"
    return " → ".join(en(text) if text else "—" for text in (was, now))


def _order(both: Paired, tell: Teller) -> Iterator[Change]:
    """After which node comes what, where that differs among the nodes both drawings have."""
    names = {b.id: b for _, b in both.pairs}
    for old, new in both.pairs:
        before, after = both.after(old, new=False), both.after(new, new=True)
        if before == after:
            continue
        texts = [sorted(names[n].called for n in found) for found in (before, after)]
        said = (listed(texts[0]), listed(texts[1]))
        zh = f"“{new.called}”之后：{said[0]} → {said[1]}"
        words = [listed(map(tell.en, one), ", ") for one in texts]
        en = f'After "{tell.en(new.called)}": {words[0]} → {words[1]}'
        yield tell.change("order", new, said, zh, en)


def _conditions(both: Paired, tell: Teller) -> Iterator[Change]:
    """When a way is taken, where that differs for a flow both drawings have."""
    names = {a.id: b.id for a, b in both.pairs}
    new_flows = {(f.source, f.target): f for f in both.new.flows.values()}
    for flow in both.old.flows.values():
        other = new_flows.get((names.get(flow.source, ""), names.get(flow.target, "")))
        if other is None:
            continue
        was, now = _when(both.old, flow), _when(both.new, other)
        if was != now:
            source, target = both.new.nodes[other.source], both.new.nodes[other.target]
            zh = f"从“{source.called}”到“{target.called}”的条件：{was} → {now}"
            en = f'From "{tell.en(source.called)}" to "{tell.en(target.called)}" when: {was} → {now}'
            yield tell.change("condition", source, (was, now), zh, en, line=other.condition_line or other.line)
        if flow.name != other.name:
            zh, en = (
                f"连线“{flow.name}”改名为“{other.name}”",
                f'The way "{tell.en(flow.name)}" is "{tell.en(other.name)}" now',
            )
            source, said = both.new.nodes[other.source], (flow.name, other.name)
            yield tell.change("flow-name", source, said, zh, en, audience=Audience.DESIGNER, line=other.line)


def _when(model: Model, flow: Flow) -> str:
    default = model.nodes[flow.source].default == flow.id
    return "否则 / otherwise" if default else plain(flow.condition) or "—"
