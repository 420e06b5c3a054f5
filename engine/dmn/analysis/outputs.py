"""Constant outputs of a decision table against the type and the output values of their column."""

from collections.abc import Iterator

from engine.dmn import cells
from engine.dmn.analysis import messages
from engine.dmn.analysis.tables import Place, constant_of
from engine.dmn.cells import Cell
from engine.dmn.fitting import brief
from engine.dmn.language import Run, Scope, Value
from engine.dmn.report import Report
from engine.dmn.types import fit
from engine.errors import Finding


def check(place: Place) -> Iterator[Finding]:
    """A finding for each output that the engine would turn into null or complain about."""
    for column, output in enumerate(place.table.outputs):
        wanted = place.types.find(output.type_ref, output.line)
        listed = cells.read(output.values, place.names, Report(""), "") if output.values is not None else None
        for number, rule in enumerate(place.table.rules, 1):
            value = constant_of(rule.results[column], place.names)
            if value is None:
                continue
            fitted = fit(value, wanted, Run(""))
            if fitted is None or not _listed(fitted, listed):
                facts = {"rule": number, "value": brief(value), "column": output.name or place.name}
                yield place.error("dmn-output", messages.WRONG_OUTPUT, rule.results[column].line, **facts)


def _listed(value: Value, listed: Cell | None) -> bool:
    return listed is None or listed.holds(value, Scope({}, None, Run("")))
