"""How often a job is tried, and how far apart: `retries` of `zeebe:taskDefinition` and the header `retryBackoff`.

As in Camunda 8: `retries` counts all tries, three if nothing is said; the header holds an ISO 8601 duration.
"""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from engine.runtime import moments
from engine.runtime.report import Report
from engine.runtime.run import Run
from engine.runtime.trouble import TextRefused, Trouble
from engine.runtime.values import Node

USUAL = 3
MOST = 100
BACKOFF = "retryBackoff"  # the header of Camunda's own connectors
LONGEST = timedelta(days=31)
_WHAT = ("重试次数", "The retries")


def allowed(run: Run, node: Node, inputs: dict[str, Any]) -> int:
    """How often the job of this node may be tried: 1 to 100."""
    if not node.retries:
        return USUAL
    found = _count(run.value(node, node.retries, inputs, _WHAT))
    if found is not None:
        return found
    zh = f"“{node.called}”的重试次数应为 1 到 {MOST} 的整数。"
    raise Trouble(node.id, zh, f'The retries of "{node.called}" must be a whole number from 1 to {MOST}.')


def distance(node: Node) -> timedelta | None:
    """The time between two tries, if the drawing says it."""
    text = node.headers.get(BACKOFF, "")
    return span(text) if text else None


def span(text: str) -> timedelta | None:
    """A fixed ISO 8601 duration of at most a month (months themselves have no fixed length), or None."""
    try:
        found = moments.duration(text)
    except TextRefused:
        return None
    return found.rest if not found.months and found.rest <= LONGEST else None


def check(node: Node, report: Report) -> None:
    """Lint: both can be understood."""
    if node.retries and not node.retries.startswith("=") and _count(node.retries) is None:
        said = (
            f"重试次数“{node.retries}”不是 1 到 {MOST} 的整数。",
            f'The retries "{node.retries}" are no whole number from 1 to {MOST}.',
        )
        report.add("bpmn-retries", node.line, node.id, said, ("请更正 retries。", "Correct retries."))
    text = node.headers.get(BACKOFF, "")
    if text and span(text) is None:
        said = (
            f"重试间隔“{text}”不是 ISO 8601 时长，或超过 {LONGEST.days} 天。",
            f'The {BACKOFF} "{text}" is no ISO 8601 duration of at most {LONGEST.days} days.',
        )
        report.add("bpmn-retries", node.line, node.id, said, ("例如 PT30S。", "Write PT30S, for example."))


def _count(value: Any) -> int | None:
    text = str(value) if isinstance(value, str | int | Decimal) and not isinstance(value, bool) else ""
    whole = text.strip()
    return int(whole) if whole.isascii() and whole.isdecimal() and 1 <= int(whole) <= MOST else None
