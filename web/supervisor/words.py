"""Words for what the process itself calls by the names of BPMN."""

from collections.abc import Mapping

from flask_babel import gettext as _

from engine.words import N_
from web.language import speaks_chinese

WAITS: Mapping[str, str] = {
    "task": N_("a person"),
    "job": N_("another system"),
    "timer": N_("a point in time"),
    "message": N_("a message"),
    "signal": N_("a signal"),
    "condition": N_("a condition"),
    "join": N_("the other branches"),
    "part": N_("the steps inside"),
    "choice": N_("the first of several events"),
}
NODES: Mapping[str, str] = {
    "exclusiveGateway": N_("crossing"),
    "parallelGateway": N_("meeting or parting of branches"),
    "inclusiveGateway": N_("meeting or parting of branches"),
    "eventBasedGateway": N_("waiting for one of several events"),
    "endEvent": N_("end"),
}
STEP = N_("step")


def waits_for(kind: str) -> str:
    """What a step waits for."""
    return _(WAITS[kind])


def node_words(kind: str) -> str:
    """What a node is that has no name of its own."""
    return _(NODES.get(kind, STEP))


def said(sentence: tuple[str, str]) -> str:
    """The one of two sentences (Chinese, English) that the user reads."""
    return sentence[0] if speaks_chinese() else sentence[1]
