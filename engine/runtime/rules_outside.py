"""Lint: what a file brings from outside or offers: imports, extensions, interfaces (BPMN 2.0.2 §8.2, 8.5)."""

from collections.abc import Set
from pathlib import PurePosixPath

from lxml import etree

from engine.runtime.definitions import reference
from engine.runtime.drawing import BPMN
from engine.runtime.index import Index, children, texts
from engine.runtime.report import Report


def check(index: Index, report: Report, files: Set[str]) -> None:
    """Add what is wrong with imports, extensions, interfaces and processes. `files` are the other drawings."""
    for one in index.all("import"):
        _check_import(one, report, files)
    for one in index.all("extension"):
        _check_extension(one, report)
    for operation in index.all("operation"):
        _check_operation(operation, report)
    for binding in index.all("ioBinding"):
        _check_binding(binding, index, report)
    for process in index.all("process"):
        if process.get("processType") == "Public" and process.get("isExecutable") == "true":  # §10.2.1
            said = ("公开流程不能执行。", "A public process is not executable.")
            cure = ("请删除 processType。", "Delete processType.")
            report.at("bpmn-process", process, said, cure)


def _check_extension(one: etree._Element, report: Report) -> None:
    if one.get("mustUnderstand") == "true":
        said = ("文件要求理解一个这里不认识的扩展。", "The file demands that an extension is understood that is not.")
        cure = ("请删除 extension，或设 mustUnderstand 为 false。", "Delete it or set mustUnderstand to false.")
        report.at("bpmn-unsupported", one, said, cure)


def _check_operation(operation: etree._Element, report: Report) -> None:
    errors = [reference(text) for text in texts(operation, "errorRef")]
    if len(set(errors)) < len(errors):
        said = ("操作两次列出同一个错误。", "The operation lists one error twice.")
        report.at("bpmn-reference", operation, said, ("只保留一个。", "Keep one."))


def _check_binding(binding: etree._Element, index: Index, report: Report) -> None:
    around = binding.getparent()
    if around is not None and not _offers(around, binding, index):
        said = ("ioBinding 的操作不是这里支持的接口的。", "The operation of ioBinding is of no supported interface.")
        report.at("bpmn-reference", binding, said, ("请更正 operationRef。", "Correct operationRef."))


def _check_import(one: etree._Element, report: Report, files: Set[str]) -> None:
    kind, place = one.get("importType") or "", one.get("location") or ""
    if kind != BPMN:
        said = (f"不支持导入 {kind}。", f"Importing {kind} is not supported.")
        report.at(
            "bpmn-import", one, said, ("请删除 import；数据类型写在表单里。", "Delete it: forms say the types of data.")
        )
    elif PurePosixPath(place).name not in files:
        said = (f"导入的文件“{place}”不在事项包里。", f'The imported file "{place}" is not in the pack.')
        report.at("bpmn-import", one, said, ("请加上这个文件，或删除 import。", "Add the file or delete the import."))


def _offers(around: etree._Element, binding: etree._Element, index: Index) -> bool:
    interfaces = [index.find(text) for text in texts(around, "supportedInterfaceRef")]
    known = {operation.get("id") for one in interfaces if one is not None for operation in children(one, "operation")}
    return reference(binding.get("operationRef")) in known
