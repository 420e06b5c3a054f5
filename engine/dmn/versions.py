"""Decisions that replace one another in time: which version of a rule applies on a day.

A version is an ordinary decision with these zeebe:property entries in its extension elements:

    lianban:decision   the common name of all versions, such as 低保标准
    lianban:from       first day it applies, 2026-01-01; missing: since always
    lianban:to         last day it applies; missing: until further notice
"""

import datetime as dt
import itertools
from collections.abc import Iterator
from dataclasses import dataclass, replace

from engine.dmn import messages
from engine.dmn.errors import NoVersion
from engine.dmn.model import Model
from engine.dmn.network import Node
from engine.dmn.report import finding
from engine.errors import Finding

_NAME, _FROM, _TO = "lianban:decision", "lianban:from", "lianban:to"


@dataclass(frozen=True)
class Version:
    """A decision and the days it applies, both included; None: without end on that side."""

    name: str
    decision: str
    first: dt.date | None
    last: dt.date | None
    line: int

    def applies(self, day: dt.date) -> bool:
        """Whether it is in force on a day."""
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


def versions(model: Model, name: str) -> tuple[Version, ...]:
    """All versions of a decision, the earliest first; those whose dates cannot be read are left to lint."""
    found = [version for version in _all(model, []) if version.name == name]
    return tuple(sorted(found, key=lambda version: version.first or dt.date.min))


def applicable(model: Model, name: str, day: dt.date) -> str:
    """The name of the decision to make for `name` on a day; a decision without versions applies always.

    Raises NoVersion when none is in force, or more than one: then nobody can say which is the law.
    """
    found = versions(model, name)
    if not found and name in model.decisions:
        return name
    in_force = [version for version in found if version.applies(day)]
    if len(in_force) != 1:
        raise NoVersion(
            messages.NO_VERSION if not in_force else messages.SEVERAL_VERSIONS,
            name=name,
            day=day.isoformat(),
            known="、".join(version.decision for version in in_force or found) or "-",
        )
    return in_force[0].decision


def lint(model: Model) -> list[Finding]:
    """Dates that cannot be read, versions in force together, and days between versions on which none is."""
    findings: list[Finding] = []
    every = list(_all(model, findings))
    for name in dict.fromkeys(version.name for version in every):
        row = versions(model, name)
        for earlier, later in itertools.pairwise(row):
            findings += _between(model, earlier, later)
    return findings


def _between(model: Model, earlier: Version, later: Version) -> Iterator[Finding]:
    file = model.units[0].report.file
    begins = later.first or dt.date.min
    if earlier.last is None or earlier.last >= begins:
        facts = {
            "decision": later.name,
            "first": earlier.decision,
            "second": later.decision,
            "date": begins.isoformat(),
        }
        yield finding(file, "dmn-version", messages.VERSION_OVERLAP, later.line, later.decision, **facts)
    elif earlier.last + dt.timedelta(days=1) < begins:
        day = (earlier.last + dt.timedelta(days=1)).isoformat()
        facts = {"decision": later.name, "date": day, "until": begins.isoformat()}
        gap = finding(file, "dmn-version", messages.VERSION_GAP, later.line, later.decision, **facts)
        yield replace(gap, warning=True)


def _all(model: Model, findings: list[Finding]) -> Iterator[Version]:
    for node in model.nodes:
        properties = dict(node.element.properties)
        if node.unit is model.units[0] and _NAME in properties:
            days = [_day(node, name, properties.get(name, ""), findings) for name in (_FROM, _TO)]
            if not any(isinstance(day, str) for day in days):
                first, last = (day if isinstance(day, dt.date) else None for day in days)
                yield Version(properties[_NAME], node.element.name, first, last, node.element.line)


def _day(node: Node, name: str, written: str, findings: list[Finding]) -> dt.date | str | None:
    """The day, None when none is written, the text when it is none."""
    if not written:
        return None
    try:
        return dt.date.fromisoformat(written)
    except ValueError:
        facts = {"name": node.name, "property": name, "value": written}
        line, id_ = node.element.line, node.element.id
        findings.append(finding(node.unit.report.file, "dmn-version", messages.VERSION_DATE, line, id_, **facts))
        return written
