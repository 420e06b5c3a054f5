"""Whether a scope can always come to its end from where its tokens stand: every course it could take is looked at."""

from collections import deque
from dataclasses import dataclass
from itertools import pairwise

from engine.runtime.repair_net import Marking, Net, TooLarge, steps

MOST = 20_000  # markings looked at


@dataclass(frozen=True)
class Fault:
    """What would go wrong: `stuck` at a node for ever, `twice` the same node at once, or `large`: nobody can tell."""

    kind: str
    node: str


def fault(net: Net, marking: Marking, *, once: bool = True) -> Fault | None:
    """The first thing that goes wrong in some course from here, or None. `once`: two tokens at one place are one."""
    before: dict[Marking, list[Marking]] = {marking: []}
    waiting = deque([marking])
    try:
        while waiting:
            here = waiting.popleft()
            if once and (double := _double(net, here)):
                return Fault("twice", double)
            for there in steps(net, here):
                if there not in before:
                    before[there] = []
                    waiting.append(there)
                before[there].append(here)
            if len(before) > MOST:
                return Fault("large", marking[0][0])
    except TooLarge:
        return Fault("large", marking[0][0])
    lost = before.keys() - _ending(before)
    return Fault("stuck", _where(net, lost)) if lost else None


def sound(net: Net, now: Marking, then: Marking) -> Fault | None:
    """What a change from `now` to `then` would break, or None.

    Where the drawing, or the case as it stands, already runs a node twice at once, the change is not to blame for that.
    """
    found = fault(net, then)
    if found and found.kind == "twice" and any(_doubles(net, known) for known in (now, net.begun)):
        return fault(net, then, once=False)
    return found


def _doubles(net: Net, marking: Marking) -> bool:
    """Kept with the net: every change of one state asks it of the same markings."""
    if marking not in net.doubles:
        found = fault(net, marking)
        net.doubles[marking] = found is not None and found.kind == "twice"
    return net.doubles[marking]


def _double(net: Net, marking: Marking) -> str:
    """A node with two tokens at one place, if it does not need several to start."""
    return next((a[0] for a, b in pairwise(marking) if a == b and net.nodes[a[0]].needs == 1), "")


def _ending(before: dict[Marking, list[Marking]]) -> set[Marking]:
    """The markings from which the scope can come to its end."""
    ended: Marking = ()
    found = {ended} & before.keys()
    waiting = deque(found)
    while waiting:
        for earlier in before[waiting.popleft()]:
            if earlier not in found:
                found.add(earlier)
                waiting.append(earlier)
    return found


def _where(net: Net, lost: set[Marking]) -> str:
    """The node to name: where tokens wait in a marking that goes nowhere; joins first, they are what starves."""
    for marking in sorted(lost, key=len):
        if not steps(net, marking):
            return min((node for node, _ in marking), key=lambda node: not net.joins(node))
    return min(lost, key=len)[0][0]
