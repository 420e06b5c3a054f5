"""Loop markers: what makes an activity run several times (BPMN 2.0, 10.2.8), in its own words or in Camunda 8's."""

from dataclasses import dataclass

from lxml import etree

from engine.runtime import dialect, item_aware
from engine.runtime.associations import Io
from engine.runtime.definitions import Definitions, reference, resolved
from engine.runtime.drawing import BPMN, local
from engine.runtime.item_aware import ItemAware
from engine.runtime.report import Report
from engine.runtime.values import Loop, Mapped, Thrown

_IN_BPMN = frozenset({"loopCardinality", "loopDataInputRef", "loopDataOutputRef", "inputDataItem", "outputDataItem"})
_MARKER = frozenset({"extensionElements", "completionCondition", "complexBehaviorDefinition", "documentation"})
_THROWN = ("请用信号或升级事件。", "Use a signal or an escalation event.")


@dataclass(frozen=True)
class Marked:
    """The loop of an activity, and those of its mappings that are not part of the loop."""

    loop: Loop | None
    inputs: tuple[Mapped, ...]
    outputs: tuple[Mapped, ...]


def read(element: etree._Element, io: Io, names: ItemAware, known: Definitions, report: Report) -> Marked:
    """Read the marker of an activity whose data associations are `io`."""
    marker = element.find(f"{{{BPMN}}}multiInstanceLoopCharacteristics")
    if marker is None:
        loop = _standard(element.find(f"{{{BPMN}}}standardLoopCharacteristics"), report)
        return Marked(loop, io.inputs, io.outputs)
    collection, inputs = _collected(marker, "loopDataInputRef", io.inputs, names)
    result, outputs = _collected(marker, "loopDataOutputRef", io.outputs, names)
    found = dialect.extensions(marker, report)
    camunda = "loopCharacteristics" in found.elements
    _check_children(marker, camunda, report)
    until = _text(marker, "completionCondition")
    loop = Loop(
        sequential=marker.get("isSequential") == "true",
        count=_text(marker, "loopCardinality"),
        collection=found.get("loopCharacteristics", "inputCollection") if camunda else collection,
        element=found.get("loopCharacteristics", "inputElement") or _item(marker, "inputDataItem", names),
        result=found.get("loopCharacteristics", "outputCollection") if camunda else result.removeprefix("="),
        answer=found.get("loopCharacteristics", "outputElement") or _given(marker, names),
        until=until,
        throws=_throws(marker, known, report),
    )
    return Marked(loop, inputs, outputs)


def _check_children(marker: etree._Element, camunda: bool, report: Report) -> None:
    for child in marker:
        name = local(child)
        if name in _MARKER or (name in _IN_BPMN and not (camunda and name != "loopCardinality")):
            continue
        cure = ("改用 zeebe:loopCharacteristics，且不要写两种。", "Use zeebe:loopCharacteristics, and not both kinds.")
        report.unsupported(child, f"多实例的 {name}", f"{name} of a multi-instance activity", cure)


def _collected(
    marker: etree._Element, name: str, mappings: tuple[Mapped, ...], names: ItemAware
) -> tuple[str, tuple[Mapped, ...]]:
    """The list itself (with `=`): a data object, or what a data input or output is associated with."""
    ref = next(iter(item_aware.texts(marker, name)), "")
    found = names.element(ref)
    if not ref:
        return "", mappings
    own = names.name(ref, marker)
    if found is None or local(found) not in ("dataInput", "dataOutput"):
        return f"={own}" if own else "", mappings
    if local(found) == "dataInput":
        sources = [m.source for m in mappings if m.target == own]
    else:
        sources = [f"={m.target}" for m in mappings if m.source == f"={own}"]
    rest = tuple(m for m in mappings if own not in (m.target, m.source.removeprefix("=")))
    return sources[0] if len(sources) == 1 else "", rest


def _item(marker: etree._Element, name: str, names: ItemAware) -> str:
    found = marker.find(f"{{{BPMN}}}{name}")
    return names.own_name(found) if found is not None else ""


def _given(marker: etree._Element, names: ItemAware) -> str:
    name = _item(marker, "outputDataItem", names)
    return f"={name}" if name else ""


def _throws(marker: etree._Element, known: Definitions, report: Report) -> tuple[Thrown, ...]:
    """The events `behavior` asks for, each with the FEEL condition under which a completed instance throws it."""
    behaviour = marker.get("behavior", "All")
    if behaviour == "Complex":
        return tuple(
            _thrown(_text(one, "condition"), definition, known, report)
            for one in marker.findall(f"{{{BPMN}}}complexBehaviorDefinition")
            for event in one.findall(f"{{{BPMN}}}event")
            for definition in event
        )
    if behaviour not in ("None", "One"):
        return ()
    attribute = f"{behaviour.lower()}BehaviorEventRef"
    definition = known.events.get(reference(marker.get(attribute)))
    if definition is None:
        said = (f"多实例没有写明 {attribute}。", f"The multi-instance activity has no {attribute}.")
        cure = (
            "请引用一个信号事件定义：没有名称的信号没有人能接住。",
            "Refer to a signal event definition: nobody could catch a signal without a name.",
        )
        report.at("bpmn-loop", marker, said, cure)
        return ()
    return (_thrown("=true" if behaviour == "None" else "=numberOfCompletedInstances = 1", definition, known, report),)


def _thrown(condition: str, written: etree._Element, known: Definitions, report: Report) -> Thrown:
    definition = resolved(written, known, report)
    kind = local(definition).removesuffix("EventDefinition")
    named = {"signal": known.signals, "escalation": known.escalations}.get(kind)
    if named is None:
        zh, en = f"多实例抛出 {local(definition)}", f"{local(definition)} thrown by a multi-instance activity"
        report.unsupported(written, zh, en, _THROWN)
        return Thrown(condition, "", "")
    name = reference(definition.get(f"{kind}Ref"))
    if not named.get(name):
        said = (f"{kind}Ref “{name}”不存在，或没有代码。", f'The {kind}Ref "{name}" does not exist, or has no code.')
        report.at("bpmn-loop", written, said, ("请选择一个。", "Choose one."))
    return Thrown(condition, kind, named.get(name, ""))


def _text(element: etree._Element, name: str) -> str:
    found = element.find(f"{{{BPMN}}}{name}")
    return (found.text or "").strip() if found is not None else ""


def _standard(marker: etree._Element | None, report: Report) -> Loop | None:
    if marker is None:
        return None
    dialect.extensions(marker, report)
    again, most = _text(marker, "loopCondition"), (marker.get("loopMaximum") or "").strip()
    if (again and not again.startswith("=")) or (most and not (most.isdecimal() and int(most))) or not (again or most):
        said = (
            "标准循环没有以 = 开头的条件，也没有次数上限：按标准，这样的循环没有写完整，不能执行。",
            "The loop has no condition with = and no maximum: BPMN calls it underspecified, it cannot be executed.",
        )
        cure = ("请填写 loopCondition 或 loopMaximum。", "Write loopCondition or loopMaximum.")
        report.at("bpmn-loop", marker, said, cure)
        most = ""
    before = marker.get("testBefore") == "true"
    return Loop(standard=True, again=again, before=before, most=int(most or 0))
