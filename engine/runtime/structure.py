"""Whether a file is BPMN at all: its schema, and the standard's rules for everything in it, executed or not."""

from collections.abc import Set

from lxml import etree

from engine.runtime import (
    rules_activities,
    rules_collaboration,
    rules_connections,
    rules_data,
    rules_outside,
    rules_places,
    rules_references,
    schema,
)
from engine.runtime.index import Index
from engine.runtime.report import Report


def check(root: etree._Element, executed: Set[str], report: Report, files: Set[str]) -> None:
    """Add what is wrong with the structure of a file; `executed` processes run, `files` stand beside it."""
    index = Index(root, executed)
    schema.check(root, report)
    rules_outside.check(index, report, files)
    for rules in (
        rules_references,
        rules_connections,
        rules_activities,
        rules_places,
        rules_collaboration,
        rules_data,
    ):
        rules.check(index, report)
