"""Lint: what data elements belong to and where associations lead (BPMN 2.0.2 §10.4)."""

from lxml import etree

from engine.runtime.definitions import reference
from engine.runtime.drawing import local
from engine.runtime.index import Index, children, texts
from engine.runtime.report import Report

_SIDES = (  # set, what it lists, and its lists of a part of that
    ("inputSet", "dataInput", "dataInputRefs", ("optionalInputRefs", "whileExecutingInputRefs")),
    ("outputSet", "dataOutput", "dataOutputRefs", ("optionalOutputRefs", "whileExecutingOutputRefs")),
)
_STORED = frozenset({"dataObject", "dataObjectReference", "dataStoreReference", "property"})
_CORRECT = ("请更正引用。", "Correct the references.")


def check(index: Index, report: Report) -> None:
    """Add what is wrong with the data of a file."""
    owners = list(index.all("ioSpecification", "startEvent", "intermediateCatchEvent", "boundaryEvent",
                            "endEvent", "intermediateThrowEvent", "implicitThrowEvent"))  # fmt: skip
    for owner in owners:
        _check_sets(owner, index, report)
    for association in index.all("dataInputAssociation"):
        _check_association(association, index, report, inward=True)
    for association in index.all("dataOutputAssociation"):
        _check_association(association, index, report, inward=False)
    _check_objects(index, report)


def _check_sets(owner: etree._Element, index: Index, report: Report) -> None:
    """Sets list the inputs and outputs beside them, all of them, and the special ones among the listed."""
    for kind, item, lists, parts in _SIDES:
        own = {child.get("id") or "" for child in children(owner, item)}
        used: set[str] = set()
        for one in children(owner, kind):
            listed = {reference(text) for text in texts(one, lists)}
            used |= listed
            if any(index.find(name) is not None for name in listed - own):
                said = (f"{kind} 列出了别处的 {item}。", f"{kind} lists a {item} of another place.")
                report.at("bpmn-data", one, said, _CORRECT)
            for part in parts:
                if {reference(text) for text in texts(one, part)} - listed:
                    said = (f"{part} 里有没列在 {lists} 里的。", f"{part} names what {lists} does not list.")
                    report.at("bpmn-data", one, said, _CORRECT)
        if local(owner) == "ioSpecification" and own - used:
            said = (f"有 {item} 不在任何 {kind} 里。", f"A {item} is in no {kind}.")
            report.at("bpmn-data", owner, said, (f"请列进一个 {kind}。", f"List it in an {kind}."))


def _check_association(association: etree._Element, index: Index, report: Report, *, inward: bool) -> None:
    """§10.4.2: into an input of the element itself, out of an output of it; without a transformation one source."""
    owner = association.getparent()
    sources = [
        e for text in texts(association, "sourceRef") if (e := _found(text, association, index, report)) is not None
    ]
    targets = [
        e for text in texts(association, "targetRef") if (e := _found(text, association, index, report)) is not None
    ]
    own, other = (targets, sources) if inward else (sources, targets)
    inner = {"dataInput", "property"} if inward else {"dataOutput", "property"}
    for end in own:
        if local(end) not in inner or not _belongs(end, owner):
            name = "targetRef" if inward else "sourceRef"
            said = (f"{name} 不是这个元素自己的数据。", f"{name} is no data of this element itself.")
            report.at(
                "bpmn-data",
                association,
                said,
                ("请引用它的 ioSpecification 里的数据。", "Name one of its ioSpecification."),
            )
    for end in other:
        if local(end) not in _STORED | {"dataInput" if inward else "dataOutput"} or (
            owner is not None and _hidden(end, owner)
        ):
            said = (
                f"数据关联通到了 {local(end)}，这里够不着它。",
                f"The association leads to {local(end)}, out of reach here.",
            )
            report.at("bpmn-data", association, said, ("请引用周围流程里的数据。", "Name data of a process around it."))
    written = [child for child in association if local(child) in ("sourceRef", "transformation", "assignment")]
    if inward and not written:
        said = ("数据关联没有来源。", "The association has no source.")
        report.at("bpmn-data", association, said, ("请填写 sourceRef。", "Write sourceRef."))
    if len(texts(association, "sourceRef")) > 1 and not children(association, "transformation"):
        said = (
            "多个来源的数据关联要有 transformation。",
            "An association with several sources needs a transformation.",
        )
        report.at("bpmn-data", association, said, ("请只保留一个来源。", "Keep one source."))


def _found(text: str, association: etree._Element, index: Index, report: Report) -> etree._Element | None:
    found = index.find(text)
    if found is None and not index.elsewhere(text, association):
        said = (
            f"数据关联引用的“{reference(text)}”不存在。",
            f'The association names "{reference(text)}", which does not exist.',
        )
        report.at("bpmn-data", association, said, ("请更正或删除它。", "Correct or delete it."))
    return found


def _belongs(end: etree._Element, owner: etree._Element | None) -> bool:
    around = end.getparent()
    return owner is not None and (around is owner or (around is not None and around.getparent() is owner))


def _hidden(end: etree._Element, owner: etree._Element) -> bool:
    """Whether data lies in a scope that is not around the element an association belongs to."""
    if local(end) == "dataStoreReference":  # a store outlives every process
        return False
    scope = end.getparent()
    if scope is not None and local(scope) == "ioSpecification":
        scope = scope.getparent()
    return scope is None or not any(around is scope for around in owner.iterancestors())


def _check_objects(index: Index, report: Report) -> None:
    for one in index.all("dataObjectReference"):
        if not one.get("dataObjectRef"):
            said = ("数据对象引用没有 dataObjectRef。", "The data object reference has no dataObjectRef.")
            report.at("bpmn-data", one, said, ("请选择一个数据对象。", "Choose a data object."))
        found = index.find(one.get("dataObjectRef"))
        if found is not None and local(found) == "dataObject" and _hidden(found, one):
            said = ("引用的数据对象在另一个子流程或流程里。", "The data object lies in another sub-process or process.")
            report.at("bpmn-data", one, said, ("请引用周围流程里的数据对象。", "Name one of a process around it."))
    for one in index.all("dataObject", "dataInput", "dataOutput"):
        item = index.find(one.get("itemSubjectRef")) if one.get("itemSubjectRef") else None
        if item is not None and one.get("isCollection", "false") != item.get("isCollection", "false"):
            said = ("isCollection 与它的数据类型不一致。", "isCollection differs from that of its item definition.")
            report.at("bpmn-data", one, said, ("请改成一致。", "Make them the same."))
