"""`[[checks]]` and `[[prefill]]` of `pack.toml` → values."""

from collections.abc import Mapping
from typing import Any

from engine.catalog.keys import NEVER, codes_are_good, expression, line_of, need
from engine.catalog.pack import CheckSpec, PrefillSpec
from engine.forms.shape import Reading

SEVERITIES = ("error", "warning")


def checks(reading: Reading, document: Mapping[str, Any]) -> tuple[CheckSpec, ...]:
    """What several answers say together; whatever is wrong is noted in `reading`."""
    found = tuple(_check(reading, table) for table in reading.objects(document, "checks", "pack.toml"))
    codes_are_good(reading, [check.code for check in found])
    return found


def prefill(reading: Reading, document: Mapping[str, Any]) -> tuple[PrefillSpec, ...]:
    """The blocks other departments' answers fill in."""
    return tuple(_prefill(reading, table) for table in reading.objects(document, "prefill", "pack.toml"))


def _check(reading: Reading, table: Mapping[str, Any]) -> CheckSpec:
    code = reading.string(table, "code", "checks")
    where, line = f"checks {code}", line_of(reading.text, "code", code)
    reading.only(table, {"code", "when", "field", "text", "severity", "each", "tasks"}, where, line)
    need(reading, table, ("code", "when", "field", "text", "severity"), where, line)
    severity = reading.string(table, "severity", where, line)
    if severity not in SEVERITIES:
        known = ", ".join(SEVERITIES)
        reading.refuse("bad-value", line, where=where, name="severity", value=severity, known=known)
    return CheckSpec(
        code=code,
        when=expression(reading, table, where, line) or NEVER,
        field=reading.string(table, "field", where, line),
        text=reading.plain(table, "text", where, line),
        warning=severity == "warning",
        each=reading.string(table, "each", where, line),
        tasks=reading.texts(table, "tasks", where, line),
    )


def _prefill(reading: Reading, table: Mapping[str, Any]) -> PrefillSpec:
    group = reading.string(table, "group", "prefill")
    where, line = f"prefill {group}", line_of(reading.text, "group", group)
    reading.only(table, {"group", "ask", "purpose", "basis", "consent"}, where, line)
    need(reading, table, ("group", "ask", "purpose", "basis", "consent"), where, line)
    texts = {name: reading.plain(table, name, where, line) for name in ("purpose", "basis")}
    consent = reading.string(table, "consent", where, line)
    return PrefillSpec(group, reading.texts(table, "ask", where, line), consent=consent, **texts)
