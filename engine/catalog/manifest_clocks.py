"""The clocks a pack declares beside its promises: phases of an item, steps of the escalation."""

import re
from collections.abc import Mapping
from typing import Any

from engine.catalog import limits
from engine.catalog.keys import expression
from engine.catalog.limit import Limit, Sooner
from engine.catalog.pack import EscalationStep
from engine.forms import lines
from engine.forms.shape import Reading
from engine.words import LimitUnit, Post

WHOLE = 100
_AT = re.compile(r"(\d{1,3})%|\+(.+)")
KNOWN = "50%, 100%, +3 工作日"
# SAMPLE: shares and tiers (经办人、科室负责人、分管领导、督办) as usual in the field; the days are an example.
SAMPLE = (
    EscalationStep(50, None, (Post.HANDLER,)),
    EscalationStep(80, None, (Post.HANDLER, Post.REVIEWER)),
    EscalationStep(WHOLE, None, (Post.REVIEWER, Post.APPROVER)),
    EscalationStep(WHOLE, Limit(3, LimitUnit.WORKING_DAYS), (Post.APPROVER, Post.SUPERVISOR), slip=True),
    EscalationStep(WHOLE, Limit(5, LimitUnit.WORKING_DAYS), (Post.APPROVER, Post.SUPERVISOR), slip=True),
)


def phases(reading: Reading, table: Mapping[str, Any], where: str, line: int) -> dict[str, Limit]:
    """`phases = { "审查" = "3 工作日" }`: how long each group of steps of an item may take."""
    written = reading.table(table, "phases", where, line)
    found = {name: _limit(reading, written, name, f"{where} phases", line) for name in written}
    return {name: limit for name, limit in found.items() if limit}


def sooner(reading: Reading, promise: Mapping[str, Any], where: str, line: int, days: int) -> Sooner | None:
    """`sooner = { days = 24, when = "=…" }` of a promise: what holds where it presses more, and is less."""
    table = reading.table(promise, "sooner", where, line)
    if not table:
        return None
    where = f"{where} sooner"
    reading.only(table, {"days", "when"}, where, line)
    fewer, when = reading.integer(table, "days", where, line), expression(reading, table, where, line)
    if when is None:
        reading.refuse("missing-key", line, where=where, name="when")
    elif fewer is None or not 0 <= fewer < days:
        reading.refuse("bad-value", line, where=where, name="days", value=fewer, known=f"0 – {days - 1}")
    else:
        return Sooner(fewer, when)
    return None


def escalation(reading: Reading, document: Mapping[str, Any]) -> tuple[EscalationStep, ...]:
    """The steps of `[[escalation]]` in order; those of the sample if the pack has none of its own."""
    line = lines.line_of(reading.text, "[[escalation]]")
    tables = reading.objects(document, "escalation", "pack.toml", line)
    found = tuple(step for table in tables if (step := _step(reading, table, line)))
    if list(found) != sorted(found, key=_order):
        reading.refuse("escalation-order", line)
    return found or SAMPLE


def _step(reading: Reading, table: Mapping[str, Any], line: int) -> EscalationStep | None:
    where = "escalation"
    reading.only(table, {"at", "to", "slip"}, where, line)
    at = reading.string(table, "at", where, line)
    posts = reading.texts(table, "to", where, line)
    unknown = [post for post in posts if post not in list(Post)]
    found = _AT.fullmatch(at)
    after = limits.read(found[2]) if found and found[2] else None
    percent = int(found[1]) if found and found[1] else WHOLE
    if not found or (found[2] and after is None) or not 0 < percent <= WHOLE:
        reading.refuse("bad-value", line, where=where, name="at", value=at, known=KNOWN)
    elif not posts or unknown:
        reading.refuse("bad-value", line, where=where, name="to", value=", ".join(unknown), known=", ".join(Post))
    else:
        slip = reading.boolean(table, "slip", where, line)
        return EscalationStep(percent, after, tuple(Post(post) for post in posts), slip)
    return None


def _order(step: EscalationStep) -> tuple[int, int]:
    return (step.percent, step.after.hours if step.after else 0)


def _limit(reading: Reading, table: Mapping[str, Any], name: str, where: str, line: int) -> Limit | None:
    written = reading.string(table, name, where, line)
    found = limits.read(written)
    if found is None:
        reading.refuse("bad-value", line, where=where, name=name, value=written, known=limits.EXAMPLES)
    return found
