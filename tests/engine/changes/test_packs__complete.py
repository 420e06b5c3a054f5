"""Nothing a pack's values hold can differ without being told: each of their parts is changed in turn."""

from dataclasses import fields, replace
from datetime import date
from decimal import Decimal
from enum import Enum
from types import MappingProxyType

import pytest

from engine import catalog, changes, feel
from engine.catalog import Apart, Commitment, EscalationStep, Promise, Result, Tolerance, Visits
from engine.catalog.limit import Limit, Sooner
from engine.changes.drawing import drawings
from engine.forms import EMPTY, Field, Rows
from engine.runtime import Flow, Node
from engine.runtime.values import Loop, Mapped, Thrown, Timer
from engine.words import Joint, LimitUnit, MaterialState, Outcome, Post
from tests.engine.migration.edited import family

PACK = catalog.read(family())
SILENT = {  # what means nothing by itself, and why
    "Node": {"id", "line", "kind"},  # a kind under the same name is another node
    "Loop": set(),
    "Flow": {"id", "line", "condition_line", "source", "target"},  # the order of work tells where flows go
    "Field": {"columns", "mark", "definition"},  # how wide it is shown; which entry of the dictionary said the rest
    "ItemSpec": set(),
    "MaterialSpec": set(),
    "LaneSpec": {"name"},
    "Parameter": set(),
    "Promise": set(),
}


def another(name, value):
    """A value of the same kind that is not this one."""
    special = {
        "loop": Loop(True, "=a", "b", "c", "=d"), "timer": Timer("duration", "P9D", 1), "states": (MaterialState.COPY,),
        "posts": (Post.AUDITOR,), "inputs": (Mapped("=1", "x"),), "outputs": (Mapped("=1", "x"),),
        "when": feel.compile("1 = 2"), "commits": feel.compile("1 = 2"), "otherwise": Outcome.TERMINATED,
        "result": Result("x"), "joint": next(mode for mode in Joint if mode is not value),
        "hide": feel.compile("1 = 2"), "value": feel.compile("1 + 2"), "rows": Rows(EMPTY, 1, 2), "default": "another",
        "choices": (), "headers": {"k": "v"}, "properties": {"stage": "issue"},
        "promise": Promise(9, LimitUnit.DAYS, "9", "x"), "legal": Promise(9, LimitUnit.DAYS, "9", "x"),
        "sooner": Sooner(1, feel.compile("1 = 2")), "apart": Apart(9, 9, 9, "x"), "visits": Visits(9, "x"),
        "extension": Promise(9, LimitUnit.DAYS, "9", "x"), "phases": {"审查": Limit(2, LimitUnit.DAYS)},
        "tolerable": Tolerance(9, LimitUnit.DAYS, "x", False),
        "commitment": Commitment("x", feel.compile("1 = 2")),
        "triggers": (Node("x", "startEvent", "", 0, "", message="m"),),
    }  # fmt: skip
    plain = (name == "result" and isinstance(value, str)) or (name == "visits" and isinstance(value, int))
    if name in special and not plain:
        return special[name] if special[name] != value else None
    if isinstance(value, Enum):
        return next(one for one in type(value) if one is not value)
    kinds = {
        bool: lambda v: not v, int: lambda v: v + 1, date: lambda v: v.replace(year=2030), Decimal: lambda v: v + 1,
        tuple: lambda v: (*v, "another"), str: lambda v: v + " another", type(None): lambda _: Decimal(7),
    }  # fmt: skip
    return kinds[type(value)](value)


def told(new):
    return changes.packs(PACK, new)


def parts(kind):
    return [one.name for one in fields(kind) if one.name not in SILENT[kind.__name__]]


@pytest.mark.parametrize("name", parts(Node))
def test_every_part_of_a_node(name):
    """Whatever a node says is told when it says something else."""
    node = PACK.model.nodes["review_birth"]
    value = getattr(node, name)
    other = "supplement_birth" if name in ("host", "handler", "target", "scope") else another(name, value)
    if name in ("form", "lane", "item", "error"):
        other = "another"
    changed = {**PACK.model.nodes, node.id: replace(node, **{name: other})}
    if name == "default":
        changed = {**PACK.model.nodes, "gw_birth": replace(PACK.model.nodes["gw_birth"], default="flow_birth_unwanted")}
    assert drawings(PACK.model, replace(PACK.model, nodes=MappingProxyType(changed))) != ()


@pytest.mark.parametrize("name", parts(Loop))
def test_every_part_of_a_loop(name):
    """However an activity is repeated is told when it is repeated in another way."""
    node = replace(PACK.model.nodes["review_birth"], loop=Loop(collection="=list"))
    other = (Thrown("=true", "signal", "s"),) if name == "throws" else another(name, getattr(node.loop, name))
    old, new = (
        replace(PACK.model, nodes=MappingProxyType({**PACK.model.nodes, node.id: one}))
        for one in (node, replace(node, loop=replace(node.loop, **{name: other})))
    )
    assert drawings(old, new) != ()


TRIGGERS = ("timer", "message", "key", "signal", "condition")


@pytest.mark.parametrize("name", TRIGGERS)
def test_every_part_of_a_trigger(name):
    """What one of several triggers of an event waits for is told."""
    first = Node("x", "intermediateCatchEvent", "", 0, "", event="message")
    node = replace(PACK.model.nodes["review_birth"], triggers=(first, first))
    other = replace(node, triggers=(first, replace(first, **{name: another(name, getattr(first, name))})))
    old, new = (
        replace(PACK.model, nodes=MappingProxyType({**PACK.model.nodes, node.id: one})) for one in (node, other)
    )
    assert drawings(old, new) != ()


@pytest.mark.parametrize("name", parts(Flow))
def test_every_part_of_a_flow(name):
    """The name and the condition of a way are told."""
    flow = PACK.model.flows["flow_birth_supplement"]
    changed = {**PACK.model.flows, flow.id: replace(flow, **{name: another(name, getattr(flow, name))})}
    assert drawings(PACK.model, replace(PACK.model, flows=MappingProxyType(changed))) != ()


@pytest.mark.parametrize("name", parts(Field))
def test_every_part_of_a_field(name):
    """Whatever a question says is told when it says something else."""
    form = PACK.forms["delivery"]
    section = form.sections[0]
    field = section.fields[0]
    other = replace(field, **{name: another(name, getattr(field, name))})
    sections = (replace(section, fields=(other, *section.fields[1:])), *form.sections[1:])
    assert told(replace(PACK, forms={**PACK.forms, "delivery": replace(form, sections=sections)})) != ()


@pytest.mark.parametrize("name", [one.name for one in fields(PACK.items[0])])
def test_every_part_of_an_item(name):
    """Whatever an item says is told when it says something else."""
    item = PACK.items[1]
    other = (
        ("migration",)
        if name == "depends"
        else ("delivery",)
        if name == "forms"
        else another(name, getattr(item, name))
    )
    assert told(replace(PACK, items=(PACK.items[0], replace(item, **{name: other}), *PACK.items[2:]))) != ()


@pytest.mark.parametrize("name", ["steps", "papers", "visits", "source"])
def test_every_part_of_what_an_item_takes_apart(name):
    """Each figure of the base of the four reductions, and who says it, is told."""
    item = PACK.items[1]
    apart = Apart(3, None, 1, "SAMPLE")
    old, new = (
        replace(item, apart=one) for one in (apart, replace(apart, **{name: another(name, getattr(apart, name))}))
    )
    packs = [replace(PACK, items=(PACK.items[0], one, *PACK.items[2:])) for one in (old, new)]
    assert [change.kind for change in changes.packs(*packs)] == ["item-apart"]


@pytest.mark.parametrize("name", [one.name for one in fields(PACK.items[1].promise)])
def test_every_part_of_a_promise(name):
    """Number, unit, words and ground of a promise are told."""
    item = PACK.items[1]
    promise = replace(item.promise, **{name: another(name, getattr(item.promise, name))})
    assert told(replace(PACK, items=(PACK.items[0], replace(item, promise=promise), *PACK.items[2:]))) != ()


@pytest.mark.parametrize("name", [one.name for one in fields(PACK.materials[0])])
def test_every_part_of_a_material(name):
    """Whatever a paper says is told when it says something else."""
    first = PACK.materials[0]
    assert (
        told(
            replace(
                PACK, materials=(replace(first, **{name: another(name, getattr(first, name))}), *PACK.materials[1:])
            )
        )
        != ()
    )


@pytest.mark.parametrize("name", [one.name for one in fields(PACK.checks[0])])
def test_every_part_of_a_check(name):
    """Whatever a check across fields says is told when it says something else."""
    first = PACK.checks[0]
    other = replace(first, **{name: another(name, getattr(first, name))})
    assert told(replace(PACK, checks=(other, *PACK.checks[1:]))) != ()


@pytest.mark.parametrize("name", [one.name for one in fields(PACK.prefill[0])])
def test_every_part_of_a_block_that_is_filled_in(name):
    """Who is asked, why and by which right is told when it changes."""
    first = PACK.prefill[0]
    other = replace(first, **{name: another(name, getattr(first, name))})
    assert told(replace(PACK, prefill=(other, *PACK.prefill[1:]))) != ()


@pytest.mark.parametrize("name", [one.name for one in fields(PACK.letters[0])])
def test_every_part_of_a_letter(name):
    """Whatever the pack says of a letter is told."""
    first = PACK.letters[0]
    other = replace(first, **{name: another(name, getattr(first, name))})
    assert told(replace(PACK, letters=(other, *PACK.letters[1:]))) != ()


def test_the_words_of_a_letter():
    """A letter that says something else is told, also one that many packs share."""
    file = PACK.letters[0].file
    assert file.startswith("workflows/shared/")
    files = {**PACK.files, file: PACK.files[file].replace("决定予以受理", "予以受理")}
    assert [one.kind for one in told(replace(PACK, files=files))] == ["letter-words"]
    spaced = {**PACK.files, file: PACK.files[file].replace("<table>", "\n<table>")}
    assert told(replace(PACK, files=spaced)) == ()


@pytest.mark.parametrize("name", ["kind", "level", "posts"])
def test_every_part_of_a_lane(name):
    """Department, level and posts of a lane are told."""
    lane = PACK.lanes["公安户籍"]
    assert (
        told(
            replace(PACK, lanes={**PACK.lanes, lane.name: replace(lane, **{name: another(name, getattr(lane, name))})})
        )
        != ()
    )


@pytest.mark.parametrize("name", ["value", "unit", "since", "source"])
def test_every_part_of_a_parameter(name):
    """Value, unit, day and ground of a parameter are told."""
    values = PACK.parameters["marriage_age_male"]
    other = replace(values[0], **{name: another(name, getattr(values[0], name))})
    assert told(replace(PACK, parameters={**PACK.parameters, "marriage_age_male": (other,)})) != ()


@pytest.mark.parametrize(
    "name", ["name", "about", "lead", "effective_from", "applicant", "promise", "joint", "legal", "visits"]
)
def test_every_word_of_the_pack(name):
    """What the pack says about itself is told."""
    assert told(replace(PACK, **{name: another(name, getattr(PACK, name))})) != ()


def test_whom_a_clock_tells():
    """Another escalation is told."""
    step = EscalationStep(90, None, (Post.LEAD,))
    assert told(replace(PACK, escalation=(*PACK.escalation, step))) != ()
