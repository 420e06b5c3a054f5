"""Data associations (BPMN 2.0, 10.3.2) as mappings: what an activity is given before it starts, and what it gives back.

A transformation or an assignment is FEEL over what the activity sees. A required data input whose source has no value
yet keeps the activity waiting, as the standard asks: its input set is not available.
"""

from dataclasses import dataclass

from lxml import etree

from engine.runtime import dialect, item_aware
from engine.runtime.drawing import BPMN, local
from engine.runtime.item_aware import INPUTS, KEPT, OUTPUTS, ItemAware
from engine.runtime.report import Report, line_of
from engine.runtime.values import Mapped

_SIDES = {  # child: what its association starts at, what it leads to
    "dataInputAssociation": (KEPT | {"inputDataItem", "dataInput"}, INPUTS),
    "dataOutputAssociation": (OUTPUTS, KEPT | {"outputDataItem"}),
}
_MAP = ("请改用 zeebe:ioMapping。", "Use zeebe:ioMapping instead.")


@dataclass(frozen=True)
class Io:
    """What the associations of an activity say. `requires` are names of facts without which it does not start."""

    inputs: tuple[Mapped, ...] = ()
    outputs: tuple[Mapped, ...] = ()
    requires: tuple[str, ...] = ()
    takes: bool = False  # it has data inputs, and data outputs: nothing else comes in or goes out
    gives: bool = False


def read(element: etree._Element, names: ItemAware, report: Report) -> Io:
    """The data an activity is given and gives."""
    return _Reader(element, names, report).io()


def specification(process: etree._Element, names: ItemAware, report: Report) -> tuple[str, ...]:
    """Declare what a process is given and gives; the names it cannot start without."""
    spec = process.find(f"{{{BPMN}}}ioSpecification")
    if spec is None:
        return ()
    owner = names.declared.setdefault(process.get("id") or "", {})
    named = {e.get("id") or "": names.own_name(e) for e in spec if local(e) in ("dataInput", "dataOutput")}
    owner.update(dict.fromkeys(name for name in named.values() if name))
    return tuple(named[ref] for ref in _required(spec, report) if named.get(ref))


class _Reader:
    """The associations of one activity while they are read."""

    def __init__(self, element: etree._Element, names: ItemAware, report: Report) -> None:
        self._element = element
        self._names = names
        self._report = report
        self._filled: dict[str, list[str]] = {}  # id of a data input → ids of what it is filled from

    def io(self) -> Io:
        """Read them."""
        spec = self._element.find(f"{{{BPMN}}}ioSpecification")
        inputs, outputs = (
            tuple(entry for one in self._element.findall(f"{{{BPMN}}}{side}") for entry in self._mapped(one, side))
            for side in _SIDES
        )
        if spec is None:
            return Io((*self._properties(), *inputs), outputs)
        requires = self._requires(spec)
        takes, gives = (spec.find(f"{{{BPMN}}}{kind}") is not None for kind in ("dataInput", "dataOutput"))
        return Io((*self._properties(), *inputs), outputs, requires, takes, gives)

    def _properties(self) -> tuple[Mapped, ...]:
        """The properties of a task are names of its own, without a value at first."""
        if local(self._element) in item_aware.SCOPES:
            return ()
        found = (p for p in self._element.findall(f"{{{BPMN}}}property") if not item_aware.is_placeholder(p))
        return tuple(Mapped("=null", name) for one in found if (name := self._names.own_name(one)))

    def _mapped(self, one: etree._Element, side: str) -> list[Mapped]:
        sources = item_aware.texts(one, "sourceRef")
        ref = next(iter(item_aware.texts(one, "targetRef")), "")
        if item_aware.is_placeholder(self._names.element(ref)):
            return []
        self._filled.setdefault(ref, []).extend(sources)
        said = [*self._transformed(one), *self._assigned(one)]
        if not said and not sources and side == "dataOutputAssociation":
            text = ("数据关联没有写明数据，只是画着。", "The association names no data; it is only drawn.")
            cure = ("需要写入的，请加上 sourceRef。", "Add a sourceRef if something is to be written.")
            self._report.add("bpmn-data", line_of(one), self._element.get("id") or "", text, cure, warning=True)
            return []
        from_kinds, to_kinds = _SIDES[side]
        target = self._name(ref, to_kinds, one)
        named = [self._name(source, from_kinds, one) for source in sources]
        if said:
            return [Mapped(source, path or target) for source, path in said if self._within(path, target, one)]
        if len(sources) != 1:
            text = ("数据关联要有一个来源，或写明转换。", "An association has one source, or says how it transforms.")
            cure = ("请加上 transformation 或 assignment。", "Add a transformation or an assignment.")
            self._report.at("bpmn-data", one, text, cure)
        return [Mapped(f"={named[0]}", target)] if named and named[0] and target else []

    def _transformed(self, one: etree._Element) -> list[tuple[str, str]]:
        written = one.find(f"{{{BPMN}}}transformation")
        return [] if written is None else [(self._feel(written, one), "")]

    def _assigned(self, one: etree._Element) -> list[tuple[str, str]]:
        found = []
        for assignment in one.findall(f"{{{BPMN}}}assignment"):
            source, target = (assignment.find(f"{{{BPMN}}}{side}") for side in ("from", "to"))
            path = (target.text or "").strip().removeprefix("=").strip() if target is not None else ""
            found.append((self._feel(source, assignment), path))
        return found

    def _feel(self, written: etree._Element | None, at: etree._Element) -> str:
        text = (written.text or "").strip() if written is not None else ""
        if not text.startswith("="):
            said = (f"数据关联的“{text}”不是 FEEL。", f'"{text}" of the data association is not FEEL.')
            self._report.at("bpmn-data", at, said, ("请以 = 开头。", "Start it with =."))
        return text

    def _within(self, path: str, target: str, at: etree._Element) -> bool:
        """Whether an assignment goes into what the association leads to."""
        if not path or (dialect.is_target(path) and path.split(".")[0] == target):
            return True
        said = (f"“{path}”不在数据“{target}”里。", f'"{path}" is not inside the data "{target}".')
        self._report.at("bpmn-data", at, said, ("请更正 to。", "Correct the to."))
        return False

    def _name(self, ref: str, kinds: frozenset[str], at: etree._Element) -> str:
        found = self._names.element(ref)
        if found is not None and local(found) not in kinds | {"dataStoreReference"}:
            said = (f"数据关联不能用“{ref}”。", f'The association cannot use "{ref}".')
            cure = (
                "来源或目标应是活动自己的 dataInput、dataOutput 或 property，另一端是数据对象。",
                "One end is a dataInput, dataOutput or property of the activity, the other a data object.",
            )
            self._report.at("bpmn-data", at, said, cure)
            return ""
        return self._names.name(ref, at)

    def _requires(self, spec: etree._Element) -> tuple[str, ...]:
        found: dict[str, None] = {}
        for ref in _required(spec, self._report):
            if ref not in self._filled:
                said = (f"数据输入“{ref}”没有来源。", f'Nothing fills the data input "{ref}".')
                cure = ("请画出数据关联，或写进 optionalInputRefs。", "Associate it, or list it in optionalInputRefs.")
                self._report.at("bpmn-data", spec, said, cure)
            kept = (s for s in self._filled.get(ref, ()) if (e := self._names.element(s)) is not None and _lasts(e))
            found.update(dict.fromkeys(self._names.name(source, spec) for source in kept))
        return tuple(name for name in found if name)


def _lasts(element: etree._Element) -> bool:
    """Whether it is a fact: not what an activity, or an instance of it, has of its own."""
    parent = element.getparent()
    return local(element) in KEPT and parent is not None and local(parent) in item_aware.SCOPES


def _required(spec: etree._Element, report: Report) -> list[str]:
    """The data inputs of the one input set that have to be there; what is not executed of the sets is reported."""
    for kind, part in (("dataInput", "inputSet"), ("dataOutput", "outputSet")):
        sets = spec.findall(f"{{{BPMN}}}{part}")
        listed = {ref for one in sets for child in one for ref in [(child.text or "").strip()]}
        if len(sets) > 1:
            report.unsupported(spec, f"多个 {part}", f"More than one {part}", ("请只保留一个。", "Keep one."))
        for one in (e for e in spec.findall(f"{{{BPMN}}}{kind}") if e.get("id") not in listed):
            said = (f"“{one.get('id')}”不在 {part} 里。", f'"{one.get("id")}" belongs to no {part}.')
            report.at("bpmn-data", one, said, (f"请写进 {part}。", f"List it in an {part}."))
    for name in ("whileExecutingInputRefs", "whileExecutingOutputRefs", "optionalOutputRefs"):
        for child in spec.iter(f"{{{BPMN}}}{name}"):
            report.unsupported(child, name, name, _MAP)
    return [ref for one in spec.findall(f"{{{BPMN}}}inputSet") for ref in item_aware.texts(one, "dataInputRefs")
            if ref not in item_aware.texts(one, "optionalInputRefs")]  # fmt: skip
