"""What differs in the clocks of an item beside its promise, and in whom a pack tells that time is running out."""

from collections.abc import Iterator, Mapping

from engine.catalog import EscalationStep, ItemSpec, Promise
from engine.catalog.limit import Limit
from engine.catalog.manifest import line_of
from engine.changes.change import Audience, Both, Change, listed
from engine.forms.lines import line_of as line_of_text

FILE = "workflows/{code}/pack.toml"
WORDS = {
    "legal": ("法定时限", "Limit by law of", Audience.APPLICANT),
    "extension": ("可延长", "Possible extension of", Audience.APPLICANT),
    "phases": ("阶段时限", "Phases of", Audience.DEPARTMENT),
}


def clocks(both: Both, old: ItemSpec, new: ItemSpec) -> Iterator[Change]:
    """What the law allows, what an approver may add, and the phases."""
    file, text = both.file(FILE)
    for name, (zh, en, audience) in WORDS.items():
        before, after = (_words(getattr(one, name)) for one in (old, new))
        if before != after:
            said = (f"“{new.name}”{zh}：{before} → {after}", f'{en} "{both.en(new.name)}": {before} → {after}')
            department = new.lane if audience is Audience.DEPARTMENT else ""
            line = line_of(text, "code", new.code)
            yield Change(f"item-{name}", audience, department, new.name, before, after, *said, file, line)


def escalation(both: Both) -> Iterator[Change]:
    """Who is told when."""
    before, after = (listed(map(_step, one.escalation)) for one in (both.old, both.new))
    if before != after:
        file, text = both.file(FILE)
        said = (f"到期提醒：{before} → {after}", f"Who is told when time runs out: {before} → {after}")
        line = line_of_text(text, "[[escalation]]")
        yield Change("escalation", Audience.DESIGNER, "", both.new.name, before, after, *said, file, line)


def _words(value: Promise | Mapping[str, Limit] | None) -> str:
    if isinstance(value, Promise):
        stops = "" if value.pausable else "; !"
        return f"{value.days} {value.unit} ({value.text}; {value.source}{stops})"
    return listed(f"{name} {limit.amount} {limit.unit}" for name, limit in value.items()) if value else "—"


def _step(step: EscalationStep) -> str:
    at = f"+{step.after.amount} {step.after.unit}" if step.after else f"{step.percent}%"
    return f"{at} {'/'.join(step.to)}{' 督办' if step.slip else ''}"
