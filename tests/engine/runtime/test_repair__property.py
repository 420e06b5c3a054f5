"""Whatever change is allowed, wherever a case stands: the case can still be finished by doing what it asks for.

Each model is walked through state by state; in every state every change there is gets tried, and every allowed one is
played to the end in several ways, saved and restored between all steps.
"""

import random
from datetime import timedelta

import pytest

from engine import runtime
from engine.errors import TaskCancelled
from engine.runtime import Cancel, Move, Refusal, Reopen, Retry, Skip
from tests.engine.runtime import drawings as d

ANSWERS = ("approved", "refused", "supplement")
STATES = 60  # of one model
PLAYS = 3  # ways each changed state is played to its end
PATIENCE = 80  # steps of one play


def work(name, item="", outcome="", inside=""):
    said = d.extension(d.properties(**({"item": item} if item else {}), **({"outcome": outcome} if outcome else {})))
    return d.user(name, (said if item else "") + inside)


def ends(*names):
    return d.nodes("startEvent", "s") + d.nodes("endEvent", *names)


def part(name, inside, flows, extra="", item=""):
    said = d.extension(d.properties(item=item)) if item else ""
    body = d.nodes("startEvent", f"{name}_s") + inside + d.nodes("endEvent", f"{name}_e") + d.inner(flows)
    return f'<subProcess id="{name}" {extra}>{said}{body}</subProcess>'


TWO = d.nodes("parallelGateway", "f", "j")
DECIDED = "[=a.decision = &quot;supplement&quot;]".replace("&quot;", '"')
ITEM_A = '=if a.decision = "supplement" then null else a.decision'.replace('"', "&quot;")
EACH = (
    "<multiInstanceLoopCharacteristics><extensionElements><zeebe:loopCharacteristics inputCollection='=[1,2,3]' "
    "inputElement='x' outputCollection='all' outputElement='=decision'/></extensionElements>"
    "</multiInstanceLoopCharacteristics>"
)
MODELS = {
    "in a row": (
        ends("e") + work("t1", "a", "approved") + work("t2", "b", "approved") + work("t3"),
        "s -> t1 -> t2 -> t3 -> e",
    ),
    "side by side": (
        ends("e") + TWO + work("a1", "a") + work("a2", "a", "approved") + work("b1", "b", "approved") + work("c"),
        "s -> f -> a1 -> a2 -> j -> c -> e\nf -> b1 -> j",
    ),
    "blocks in a block": (
        ends("e")
        + d.nodes("parallelGateway", "f", "j", "f2", "j2")
        + work("a1", "a")
        + work("a2", "a")
        + work("a3", "b")
        + work("b1", "b")
        + work("c"),
        "s -> f -> f2 -> a1 -> j2 -> a3 -> j -> c -> e\nf2 -> a2 -> j2\nf -> b1 -> j",
    ),
    "one block after the other": (
        ends("e")
        + d.nodes("parallelGateway", "f", "j", "f2", "j2")
        + work("a1", "a")
        + work("b1", "b")
        + work("m")
        + work("a2", "a")
        + work("b2", "b"),
        "s -> f -> a1 -> j -> m -> f2 -> a2 -> j2 -> e\nf -> b1 -> j\nf2 -> b2 -> j2",
    ),
    "branches that end by themselves": (
        ends("e1", "e2") + d.nodes("parallelGateway", "f") + work("a1", "a") + work("a2", "a") + work("b1", "b"),
        "s -> f -> a1 -> a2 -> e1\nf -> b1 -> e2",
    ),
    "a loop": (
        ends("e")
        + '<exclusiveGateway id="m"/><exclusiveGateway id="x" default="x_c"/>'
        + work("t", "a", ITEM_A)
        + work("again", "a")
        + work("c", "b", "approved"),
        f"s -> m -> t -> x -> {DECIDED}again -> m\nx -> c -> e",
    ),
    "a loop around a block": (
        ends("e")
        + TWO
        + '<exclusiveGateway id="m"/><exclusiveGateway id="x" default="x_c"/>'
        + work("a", "a", ITEM_A)
        + work("b", "b")
        + work("again")
        + work("c"),
        f"s -> m -> f -> a -> j -> x -> {DECIDED}again -> m\nf -> b -> j\nx -> c -> e",
    ),
    "some of the branches": (
        ends("e")
        + '<inclusiveGateway id="f" default="f_c"/>'
        + d.nodes("inclusiveGateway", "j")
        + work("t")
        + work("a1", "a")
        + work("b1", "b")
        + work("b2", "b")
        + work("c")
        + work("z"),
        's -> t -> f -> [=decision = "approved"]a1 -> j -> z -> e\n'
        'f -> [=decision != "refused"]b1 -> b2 -> j\nf -> c -> j',
    ),
    "a part inside": (
        ends("e")
        + TWO
        + work("b", "b")
        + part("p", work("i1") + work("i2"), "p_s->i1;i1->i2;i2->p_e", item="a")
        + work("c"),
        "s -> f -> p -> j -> c -> e\nf -> b -> j",
    ),
    "for each one": (ends("e") + work("c") + work("m", "a", "", EACH), "s -> m -> c -> e"),
    "deadlines": (
        ends("e", "e2")
        + TWO
        + work("a", "a")
        + work("b", "b")
        + work("late")
        + work("c")
        + d.boundary("bt", "a", d.timer("timeDuration", "P2D"))
        + '<exclusiveGateway id="m"/>'
        + d.boundary("bn", "b", d.timer("timeDuration", "P1D"), "false")
        + work("nudge"),
        "s -> f -> a -> m -> j -> c -> e\nf -> b -> j\nbt -> late -> m\nbn -> nudge -> e2",
    ),
    "interrupted": (
        ends("e")
        + work("a", "a")
        + work("b", "b")
        + '<subProcess id="ev" triggeredByEvent="true"><startEvent id="es">'
        + d.timer("timeDuration", "P3D")
        + "</startEvent>"
        + work("stop")
        + d.nodes("endEvent", "ee")
        + d.inner("es->stop;stop->ee")
        + "</subProcess>",
        "s -> a -> b -> e",
    ),
    "beside the flow": (
        ends("e")
        + work("a", "a")
        + work("b", "b")
        + '<subProcess id="ev" triggeredByEvent="true"><startEvent id="es" isInterrupting="false">'
        + d.timer("timeDuration", "P3D")
        + "</startEvent>"
        + work("note")
        + d.nodes("endEvent", "ee")
        + d.inner("es->note;note->ee")
        + "</subProcess>",
        "s -> a -> b -> e",
    ),
    "the first of two events": (
        ends("e")
        + d.nodes("eventBasedGateway", "g")
        + '<exclusiveGateway id="m"/>'
        + work("a", "a")
        + work("b")
        + f'<intermediateCatchEvent id="k1">{d.timer("timeDuration", "P1D")}</intermediateCatchEvent>'
        + f'<intermediateCatchEvent id="k2">{d.timer("timeDuration", "P2D")}</intermediateCatchEvent>',
        "s -> a -> g -> k1 -> m -> b -> e\ng -> k2 -> m",
    ),
    "everything stops": (
        ends("e")
        + TWO
        + '<endEvent id="x"><terminateEventDefinition/></endEvent>'
        + '<exclusiveGateway id="q" default="q_b2"/>'
        + work("a", "a")
        + work("b", "b")
        + work("b2", "b"),
        's -> f -> a -> j -> e\nf -> b -> q -> [=b.decision = "refused"]x\nq -> b2 -> j',
    ),
    "in any order": (
        ends("e") + '<adHocSubProcess id="p">' + work("i1", "a") + work("i2", "b") + "</adHocSubProcess>" + work("c"),
        "s -> p -> c -> e",
    ),
}


SEVERAL_AT_ONCE = ("for each one", "deadlines", "beside the flow")


class Walk:
    """A case as a value: what waits, and how it goes on."""

    def __init__(self, model, now=d.NOW):
        self.model, self.now, self.ended = model, now, False
        self.open, self.state, self.facts = {}, {}, {}
        self.take(runtime.start(model, {}, now=now))

    def copy(self):
        other = object.__new__(Walk)
        other.__dict__.update(self.__dict__, open=dict(self.open))
        return other

    def take(self, advance):
        assert advance.incident is None, advance.incident
        self.state, self.facts = d.written(advance.state), d.written(advance.facts)
        self.timers = advance.timers
        for gone in advance.closed:
            self.open.pop(gone, None)
        self.open.update({t.id: t.node for t in advance.opened})
        self.ended = not self.state["tokens"]
        return self

    def finish(self, token, decision):
        step = runtime.finish(self.model, self.state, token, {"decision": decision}, self.facts, now=self.now)
        self.open.pop(token)
        return self.take(step)

    def wait(self):
        self.now = min(t.due for t in self.timers)
        return self.take(runtime.fire(self.model, self.state, self.facts, now=self.now))

    @property
    def where(self):
        """What makes two states the same for this test."""
        return (
            tuple(sorted((s.node, s.kind) for s in runtime.standing(self.model, self.state))),
            tuple(sorted(t["node"] + t["about"].get("via", "") for t in self.state["tokens"])),
            frozenset(self.state["done"]),
        )

    def moves(self):
        """All ways a person or the clock may go on."""
        for token in self.open:
            yield from ((lambda w, t=token, a=a: w.finish(t, a)) for a in ANSWERS)
        if self.timers:
            yield Walk.wait


def states(model):
    """Reachable states, the near ones first."""
    first = Walk(model)
    known, queue = {first.where: first}, [first]
    while queue and len(known) < STATES:
        here = queue.pop(0)
        for move in here.moves():
            there = move(here.copy())
            if there.where not in known:
                known[there.where] = there
                queue.append(there)
    return list(known.values())


def changes(walk):
    """Every change one could ask for, sensible or not."""
    model = walk.model
    scopes = {s.scope for s in runtime.standing(model, walk.state)} | {""}
    for standing in runtime.standing(model, walk.state):
        yield Retry(standing.id)
        yield Skip(standing.id, {"decision": "approved"})
        yield from (Move(standing.id, node) for node in model.nodes)
    yield from (Reopen(node, scope) for node in model.nodes for scope in sorted(scopes))
    items = sorted({n.item for n in model.nodes.values() if n.item})
    yield from (Cancel((item,)) for item in items)
    yield Cancel(tuple(items))


def play(walk, seed, once):
    """Do what waits, at random, until the case ends; `once`: no task may be open twice on the way."""
    luck = random.Random(seed)
    for step in range(PATIENCE):
        if walk.ended:
            return
        assert not once or len(set(walk.open.values())) == len(walk.open), walk.open
        moves = list(walk.moves())
        assert moves, f"nothing to do at {walk.where}"
        calm = [m for m in moves if step > PATIENCE // 2 or luck.random() < 0.7]
        luck.choice(calm or moves)(walk)
    while not walk.ended:
        assert walk.open or walk.timers, f"nothing to do at {walk.where}"
        walk.finish(next(iter(walk.open)), "approved") if walk.open else walk.wait()


def tried(walk, change):
    """The walk after the change, or None when it was refused."""
    facts = dict(walk.facts)
    for node in runtime.passed_by(walk.model, walk.state, change):
        said = facts if node.item is None else facts.setdefault(node.item, {})
        said.setdefault("decision", None)  # as a form says it that nobody filled in
    facts = d.written(facts)
    found = runtime.repair(walk.model, walk.state, change, facts, now=walk.now)
    if isinstance(found, Refusal):
        assert found.zh
        assert found.en
        return None
    if found.incident:
        assert (found.state, found.facts) == (walk.state, facts)
        return None
    return walk.copy().take(found)


@pytest.mark.parametrize("name", MODELS)
def test_every_allowed_change_leaves_a_case_that_can_end(name):
    """In every state of the model every change is refused in words, or the case can still be played to its end."""
    model = runtime.read(d.drawing(*MODELS[name]))
    allowed = dict.fromkeys((Retry, Skip, Move, Reopen, Cancel), 0)
    for walk in states(model):
        for change in changes(walk):
            after = tried(walk, change)
            if after is None:
                continue
            allowed[type(change)] += 1
            for seed in range(PLAYS):
                play(after.copy(), seed, name not in SEVERAL_AT_ONCE)
    assert min(allowed[kind] for kind in (Retry, Skip, Move, Reopen)) > 0, allowed
    if len({n.item for n in model.nodes.values() if n.item}) > 0:
        assert allowed[Cancel] > 0


@pytest.mark.parametrize("name", MODELS)
def test_what_is_offered_is_what_is_allowed(name):
    """`targets` and `earlier` name exactly the changes that are made when asked for."""
    model = runtime.read(d.drawing(*MODELS[name]))
    for walk in states(model)[:12]:
        offered = {*runtime.earlier(model, walk.state)}
        for standing in runtime.standing(model, walk.state):
            offered |= {Move(standing.id, node) for node in runtime.targets(model, walk.state, standing.id)}
        asked = [c for c in changes(walk) if isinstance(c, Reopen | Move)]
        made = {
            c for c in asked if not isinstance(runtime.repair(model, walk.state, c, walk.facts, now=walk.now), Refusal)
        }
        assert made == offered


def test_a_closed_task_is_really_closed():
    """A task that a change took away can no longer be finished."""
    walk = Walk(runtime.read(d.drawing(*MODELS["side by side"])))
    token = next(t for t, node in walk.open.items() if node == "a1")
    after = tried(walk, Skip(token, {"decision": "approved"}))
    with pytest.raises(TaskCancelled):
        runtime.finish(walk.model, after.state, token, {}, after.facts, now=walk.now + timedelta(hours=1))
