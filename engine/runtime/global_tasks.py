"""Global tasks (BPMN 2.0, 10.2.7): a task at the top of a file that call activities call, read as a small process."""

from lxml import etree

from engine.runtime.drawing import BPMN, local

_TASKS = {
    "globalTask": "task",
    "globalManualTask": "manualTask",
    "globalUserTask": "userTask",
    "globalScriptTask": "scriptTask",
    "globalBusinessRuleTask": "businessRuleTask",
}
_OF_PROCESS = frozenset({"ioSpecification", "ioBinding", "supportedInterfaceRef"})


def wrap(root: etree._Element) -> None:
    """Put a process around every global task: it has the id and the data, the task inside does the work."""
    for element in [child for child in root if local(child) in _TASKS]:
        name = element.get("id") or ""
        process = etree.Element(f"{{{BPMN}}}process", id=name, isExecutable="false")
        if element.get("name"):
            process.set("name", element.get("name") or "")
        root.replace(element, process)
        process.extend([child for child in element if local(child) in _OF_PROCESS])
        process.append(element)
        element.tag = f"{{{BPMN}}}{_TASKS[local(element)]}"
        element.set("id", f"{name}_task")
