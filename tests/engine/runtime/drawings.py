"""Drawings in two lines, and a case driven by node names. What the runtime's tests are told in."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
import simplejson

from engine import runtime

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
SPACES = (
    'xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" '
    'targetNamespace="urn:lianban"'
)
ERRORS = '<error id="e1" errorCode="E1"/><error id="e2" errorCode="E2"/>'


def drawing(body, flows="s -> t -> e", before=""):
    """A drawing: elements as XML, flows as `a -> b -> c`, one chain a line; `[condition]` before the target."""
    lines = []
    for chain in filter(None, (line.strip() for line in flows.splitlines())):
        names = [part.strip() for part in chain.split("->")]
        for source, target in pairwise(names):
            condition, _, name = target.rpartition("]")
            text = (
                f"<conditionExpression>{condition[1:].replace('>', '&gt;')}</conditionExpression>" if condition else ""
            )
            source = source.rpartition("]")[2].strip()
            flow = f'id="{source}_{name.strip()}" sourceRef="{source}" targetRef="{name.strip()}"'
            lines.append(f"<sequenceFlow {flow}>{text}</sequenceFlow>")
    process = f'<process id="P" isExecutable="true">{body}{"".join(lines)}</process>'
    return f"<definitions {SPACES}>{before}{process}</definitions>".encode()


def user(name, inside=""):
    return f'<userTask id="{name}" name="{name}">{inside}</userTask>'


def nodes(kind, *names):
    return "".join(f'<{kind} id="{name}"/>' for name in names)


def inner(flows):
    """Flows for the inside of a sub-process."""
    pairs = (line.split("->") for line in flows.split(";"))
    return "".join(f'<sequenceFlow sourceRef="{a.strip()}" targetRef="{b.strip()}"/>' for a, b in pairs)


def extension(*elements):
    return f"<extensionElements>{''.join(elements)}</extensionElements>"


def properties(**values):
    listed = "".join(f"<zeebe:property name='{k}' value='{v}'/>" for k, v in values.items())
    return f"<zeebe:properties>{listed}</zeebe:properties>"


def script(name, expression, variable):
    text = f"<zeebe:script expression='{expression}' resultVariable='{variable}'/>"
    return f'<scriptTask id="{name}">{extension(text)}</scriptTask>'


def timer(kind, text):
    return f"<timerEventDefinition><{kind}>{text}</{kind}></timerEventDefinition>"


def boundary(name, host, definition, cancel="true"):
    return f'<boundaryEvent id="{name}" attachedToRef="{host}" cancelActivity="{cancel}">{definition}</boundaryEvent>'


def written(document):
    """The document as a database gives it back."""
    return simplejson.loads(simplejson.dumps(document, use_decimal=True), use_decimal=True)


class Case:
    """A running process, driven by node names."""

    saved = False

    def __init__(self, xml, facts=None):
        self.model, self.now, self.tasks, self.jobs = runtime.read(xml), NOW, {}, {}
        self.trace, self.outcomes, self.ended, self.incident = [], [], None, None
        self._take(runtime.start(self.model, facts or {}, now=self.now))

    def finish(self, node, **answers):
        """Complete the oldest open task of a node."""
        token = next(i for i, n in self.tasks.items() if n == node)
        advance = runtime.finish(self.model, self.state, token, answers, self.facts, now=self.now)
        if not advance.incident:
            del self.tasks[token]
        self._take(advance)
        return self

    def wait(self, **time):
        """Let time pass and fire what is due."""
        self.now += timedelta(**time)
        self._take(runtime.fire(self.model, self.state, self.facts, now=self.now))
        return self

    @property
    def open(self):
        return sorted(self.tasks.values())

    def _take(self, advance):
        self.incident, self.timers = advance.incident, advance.timers
        self.state, self.facts = advance.state, advance.facts
        if self.saved:
            self.state, self.facts = written(self.state), written(self.facts)
        self.trace += [p.node for p in advance.passed]
        self.outcomes += [(o.item, o.outcome) for o in advance.outcomes]
        self.tasks.update({o.id: o.node for o in advance.opened})
        self.jobs.update({j.id: j for j in advance.jobs})
        for gone in advance.closed:
            self.tasks.pop(gone, None)
        self.ended = advance.ended or self.ended


class Saved(Case):
    """The same, with everything written out and read back after each step."""

    saved = True


both_ways = pytest.mark.parametrize("run", [Case, Saved], ids=["straight", "saved"])
ENDS = nodes("startEvent", "s") + nodes("endEvent", "e")


SUB = nodes("startEvent", "s1") + user("u1") + nodes("endEvent", "e1")
