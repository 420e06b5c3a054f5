"""Random models: pools, nested lanes, sub-processes, boundary events, data, notes, loops; connected or not."""

from random import Random

NAMES = [
    "",
    "受理",
    "结婚登记审查",
    "是否符合法定条件？",
    "Check",
    "不符合条件，不予办理并告知救济途径",
    "Notify the applicant by post",
]
TASKS = ["task", "userTask", "serviceTask", "scriptTask", "callActivity"]
GATEWAYS = ["exclusiveGateway", "parallelGateway", "inclusiveGateway", "eventBasedGateway"]
HOSTS = [*TASKS, "subProcess"]
EVENTS = ["intermediateThrowEvent", "intermediateCatchEvent"]
HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<bpmn:definitions '
    'xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" id="definitions" targetNamespace="urn:t">'
)


def file(*parts):
    """A whole file."""
    return (HEAD + "".join(parts) + "</bpmn:definitions>").encode()


def model(seed):
    """A whole file, the same for the same seed."""
    return _Maker(Random(seed)).file()


class _Maker:
    """Makes the parts of one file."""

    def __init__(self, random):
        self.random, self.count = random, 0
        self.flow_nodes, self.pools = {}, []

    def file(self):
        """One process, or a collaboration of up to three pools."""
        if self.random.random() < 0.4:
            return file(self.process("p", lanes=self.random.random() < 0.5))
        processes, participants = [], []
        for number in range(self.random.randint(1, 3)):
            self.flow_nodes[f"pool{number}"] = []
            black = number and self.random.random() < 0.3
            self.pools.append(f"pool{number}")
            reference = "" if black else f'processRef="p{number}"'
            participants.append(f'<bpmn:participant id="pool{number}" name="{self.name()}" {reference}/>')
            if not black:
                processes.append((number, self.process(f"p{number}", lanes=self.random.random() < 0.7)))
        messages = [self.message() for _ in range(self.random.randint(0, 4) if len(self.pools) > 1 else 0)]
        return file(
            '<bpmn:collaboration id="c">', *participants, *messages, "</bpmn:collaboration>", *(p for _, p in processes)
        )

    def process(self, name, *, lanes):
        """A process, with lanes or without."""
        inside, nodes = self.scope(0)
        return f'<bpmn:process id="{name}">{self.lanes(nodes) if lanes else ""}{inside}</bpmn:process>'

    def lanes(self, nodes):
        """Up to four lanes, some with lanes inside; a few nodes are in none."""
        leaves = [[] for _ in range(self.random.randint(1, 4))]
        for node in nodes:
            if self.random.random() < 0.9:
                self.random.choice(leaves).append(node)
        written = [self.lane(leaf) for leaf in leaves]
        if len(written) > 2 and self.random.random() < 0.5:
            inner = f"<bpmn:childLaneSet>{written[0]}{written[1]}</bpmn:childLaneSet>"
            written = [f'<bpmn:lane id="{self.id("Lane")}" name="部门">{inner}</bpmn:lane>', *written[2:]]
        return f"<bpmn:laneSet>{''.join(written)}</bpmn:laneSet>"

    def lane(self, nodes):
        """One lane."""
        named = "".join(f"<bpmn:flowNodeRef>{node}</bpmn:flowNodeRef>" for node in nodes)
        return f'<bpmn:lane id="{self.id("Lane")}" name="{self.name()}">{named}</bpmn:lane>'

    def scope(self, depth):
        """Nodes and flows; also the ids of what may be in lanes."""
        made = [self.node(depth) for _ in range(self.random.randint(1, 10 if depth == 0 else 4))]
        nodes = [node for node, _, _ in made]
        guests = [self.guest(node) for node, kind, _ in made if kind in HOSTS for _ in range(self.few())]
        senders = [node for node, kind, _ in made if kind != "endEvent"] + [guest for guest, _ in guests]
        receivers = [node for node, kind, _ in made if kind != "startEvent"]
        written = [inside for *_, inside in made] + [inside for _, inside in guests]
        flows = range(self.random.randint(0, 2 * len(nodes)) if senders and receivers else 0)
        ends = [(self.random.choice(senders), self.random.choice(receivers)) for _ in flows]
        written += [self.link("sequenceFlow", *each) for each in ends]
        written += [part for _ in range(self.random.choice([0, 0, 1, 2])) for part in self.artifact(nodes)]
        self.flow_nodes.setdefault(self.pools[-1] if self.pools else "", []).extend(nodes)
        return "".join(written), nodes

    def few(self):
        """Mostly none."""
        return self.random.choice([0, 0, 0, 1, 2, 4])

    def guest(self, host):
        """A boundary event."""
        name = self.id("Boundary")
        return name, f'<bpmn:boundaryEvent id="{name}" name="{self.name()}" attachedToRef="{host}"/>'

    def artifact(self, nodes):
        """Data or a note, and lines to some nodes."""
        name = self.id("Artifact")
        kind = self.random.choice(["dataObjectReference", "dataStoreReference", "textAnnotation"])
        yield f'<bpmn:{kind} id="{name}" name="{self.name()}"/>'
        for _ in range(self.random.randint(0, 2)):
            yield self.link("association", self.random.choice(nodes), name)

    def node(self, depth):
        """A flow node: its id, kind, and XML."""
        kind = self.random.choice([*TASKS, *GATEWAYS, *EVENTS, "startEvent", "endEvent", "subProcess"])
        if kind == "subProcess" and depth > 1:
            kind = "task"
        name = self.id(kind)
        inside = self.scope(depth + 1)[0] if kind == "subProcess" else ""
        event = ' triggeredByEvent="true"' if kind == "subProcess" and self.random.random() < 0.3 else ""
        return name, kind, f'<bpmn:{kind} id="{name}" name="{self.name()}"{event}>{inside}</bpmn:{kind}>'

    def link(self, kind, source, target):
        """A line, with an id or without."""
        own = f'id="{self.id("Link")}"' if self.random.random() < 0.8 else ""
        name = f'name="{self.name()}"' if kind == "sequenceFlow" else ""
        return f'<bpmn:{kind} {own} {name} sourceRef="{source}" targetRef="{target}"/>'

    def message(self):
        """A message flow between a pool and anything."""
        source, target = self.random.sample(self.pools, 2)
        ends = [self.random.choice([pool, *self.flow_nodes[pool]]) for pool in (source, target)]
        return self.link("messageFlow", *ends)

    def id(self, stem):
        """A new id."""
        self.count += 1
        return f"{stem}_{self.count}"

    def name(self):
        """A name, or none."""
        return self.random.choice(NAMES)
