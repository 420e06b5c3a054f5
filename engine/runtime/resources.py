"""Who does a user task: in the standard's words (BPMN 2.0, 10.2.4) or in those of `zeebe:assignmentDefinition`.

A potential owner is a candidate group, a performer the assignee.
"""

from dataclasses import dataclass

from lxml import etree

from engine.runtime.definitions import Definitions, reference
from engine.runtime.dialect import Extensions
from engine.runtime.drawing import BPMN, local
from engine.runtime.report import Report

ROLES = frozenset({"potentialOwner", "humanPerformer", "performer"})
_ATTRIBUTES = ("candidateGroups", "assignee", "candidateUsers")
_CURE = (
    "请改用 zeebe:assignmentDefinition 的 candidateGroups、assignee 或 candidateUsers。",
    "Use candidateGroups, assignee or candidateUsers of zeebe:assignmentDefinition.",
)


@dataclass(frozen=True)
class Assignment:
    """Texts that may be FEEL: posts, one login, logins."""

    groups: str
    assignee: str
    users: str


def read(element: etree._Element, found: Extensions, known: Definitions, report: Report) -> Assignment:
    """Who does it, from the roles or from the extension; both, or two of one kind, contradict each other."""
    said = Assignment(*(found.get("assignmentDefinition", name) for name in _ATTRIBUTES))
    roles = [child for child in element if local(child) in ROLES]
    owners = [child for child in roles if local(child) == "potentialOwner"]
    if not roles:
        return said
    if "assignmentDefinition" in found.elements or max(len(owners), len(roles) - len(owners)) > 1:
        text = ("办理人写了不止一次。", "Who does the task is written more than once.")
        report.at("bpmn-resource", roles[-1], text, ("请只保留一种写法。", "Keep one of them."))
    names = {local(role) == "potentialOwner": _name(role, known, report) for role in roles}
    return Assignment(names.get(True, ""), names.get(False, ""), "")


def _name(role: etree._Element, known: Definitions, report: Report) -> str:
    written = role.find(f"{{{BPMN}}}resourceAssignmentExpression/{{{BPMN}}}formalExpression")
    ref = role.find(f"{{{BPMN}}}resourceRef")
    if role.find(f"{{{BPMN}}}resourceParameterBinding") is not None:
        report.unsupported(role, "资源参数", "A parameter of a resource", _CURE)
    name = (written.text or "").strip() if written is not None else ""
    if written is None and ref is not None:
        name = known.resources.get(reference(ref.text), "")
    if not name or (not name.startswith("=") and any(mark in name for mark in "({$")):
        said = (f"{local(role)} 没有写明可以识别的人员。", f"{local(role)} names nobody that can be understood.")
        report.at("bpmn-resource", role, said, _CURE)
        return ""
    return name
