"""Item-aware elements (BPMN 2.0, 10.3.1): data objects, properties, data inputs and outputs, and the FEEL name of each.

A data object that no association refers to is only drawn: it declares nothing.
"""

from lxml import etree

from engine.runtime import dialect
from engine.runtime.definitions import reference
from engine.runtime.drawing import BPMN, local
from engine.runtime.report import Report

INPUTS = frozenset({"dataInput", "property"})  # what an activity fills before it starts
OUTPUTS = frozenset({"dataOutput", "property"})  # what it has produced
KEPT = frozenset({"dataObject", "property"})  # what lives as long as the process or sub-process around it
_KINDS = INPUTS | OUTPUTS | KEPT | {"dataObjectReference", "dataStoreReference", "inputDataItem", "outputDataItem"}
SCOPES = frozenset({"process", "subProcess", "transaction", "adHocSubProcess"})
_PLACEHOLDER = "__targetRef_placeholder"  # of bpmn-js: it has to end an association somewhere


class ItemAware:
    """The item-aware elements of one process by id; `declared` collects, by scope, the ones that are referred to."""

    def __init__(self, process: etree._Element, report: Report) -> None:
        self._report = report
        self._found = {e.get("id") or "": e for e in process.iter() if local(e) in _KINDS}
        self._shown: dict[str, dict[str, None]] = {}
        self.declared: dict[str, dict[str, None]] = {}
        for element in self._found.values():
            if local(element) == "dataObjectReference" and element.get("name"):
                self._shown.setdefault(reference(element.get("dataObjectRef")), {})[element.get("name") or ""] = None

    def element(self, name: str) -> etree._Element | None:
        """The element with this id; of a reference, the data object it refers to."""
        found = self._found.get(name)
        if found is not None and local(found) == "dataObjectReference":
            return self._found.get(reference(found.get("dataObjectRef")))
        return found

    def name(self, ref: str, at: etree._Element) -> str:
        """The FEEL name of what `at` refers to, or nothing after reporting why there is none."""
        found = self.element(ref)
        if found is None:
            said = (f"数据“{ref}”不存在。", f'The data "{ref}" does not exist.')
            self._report.at("bpmn-data", at, said, ("请更正引用。", "Correct the reference."))
            return ""
        if local(found) == "dataStoreReference":
            cure = ("请用服务任务（作业）读写数据存储。", "Read and write a data store with a service task (a job).")
            self._report.unsupported(at, "数据存储的读写", "Reading or writing a data store", cure)
            return ""
        name = self.own_name(found)
        if name and local(found) in KEPT and local(scope := _around(found)) in SCOPES:
            self.declared.setdefault(scope.get("id") or "", {})[name] = None
        return name

    def own_name(self, found: etree._Element) -> str:
        """An element's name; without one, that of its references; else its id. Nothing if it cannot be written."""
        shown = self._shown.get(found.get("id") or "", {})
        names = [found.get("name") or ""] if found.get("name") else list(shown) or [found.get("id") or ""]
        if len(names) == 1 and dialect.is_target(names[0]) and "." not in names[0]:
            return names[0]
        said = (f"“{'”“'.join(names)}”不能用作数据的名称。", f'"{", ".join(names)}" cannot be the name of data.')
        cure = (
            "请给数据对象一个名称：文字、数字、下划线，没有空格。",
            "Give the data object one name of letters, digits and underscores, without spaces.",
        )
        self._report.at("bpmn-data", found, said, cure)
        return ""


def is_placeholder(element: etree._Element | None) -> bool:
    """Whether this is where bpmn-js ends an association that it only draws."""
    return element is not None and element.get("name") == _PLACEHOLDER


def texts(element: etree._Element, name: str) -> list[str]:
    """The ids that the `name` children of an element refer to."""
    return [reference(child.text) for child in element.findall(f"{{{BPMN}}}{name}")]


def _around(element: etree._Element) -> etree._Element:
    parent = element.getparent()
    return element if parent is None else parent
