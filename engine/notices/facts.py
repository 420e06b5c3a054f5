"""What a letter is given: the facts it may read, and under `notice` what we know about the case and its items."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine import catalog, forms, identity, numbers
from engine.catalog import LetterSpec, Pack
from engine.forms import Field, FieldType
from engine.notices.why import why
from engine.store import Case, Item
from engine.words import CITY, CaseOutcome, MaterialState, Outcome
from engine.work import Work

# A notice is a Chinese document, whatever language its reader's screen has.
OUTCOMES = {
    Outcome.APPROVED: "准予",
    Outcome.REFUSED: "不予办理",
    Outcome.TOLERATED: "容缺办理",
    Outcome.NOT_NEEDED: "无需办理",
    Outcome.NOT_ACCEPTED: "不予受理",
    Outcome.WITHDRAWN: "已撤回",
    Outcome.FORWARDED: "已转报",
    Outcome.TERMINATED: "已终止",
}
WHOLE = {
    CaseOutcome.ALL: "全部准予",
    CaseOutcome.PARTLY: "部分准予",
    CaseOutcome.NONE: "均未准予",
    CaseOutcome.WITHDRAWN: "已撤回",
    CaseOutcome.TERMINATED: "已终止",
}
STATES = {
    MaterialState.MISSING: "待补",
    MaterialState.ORIGINAL: "原件",
    MaterialState.COPY: "复印件",
    MaterialState.SHARED: "部门共享",
    MaterialState.COMMITMENT: "告知承诺",
    MaterialState.TOLERATED: "容缺后补",
    MaterialState.REUSED: "复用前次材料",
    MaterialState.EXPIRED: "已过期",
    MaterialState.RETURNED: "已退回",
    MaterialState.REFUTED: "经查不实",
}


@dataclass(frozen=True)
class Sender:
    """Whose notice it is: id, full name, and the word in its numbers."""

    id: str
    name: str
    word: str


def facts_for(
    work: Work, case: Case, pack: Pack, letter: LetterSpec, item: str, said: Mapping[str, Any], sender: Sender
) -> dict[str, Any]:
    """The facts this letter may read, and `notice`."""
    keys = catalog.readable_by(letter, item, pack, pack.forms, pack.model, pack.situation.id)
    given = _only(case.facts, keys)
    offices = identity.departments(work, {case.window_id, *(i.department_id for i in case.items)})
    reasons = why(work, case, pack) if catalog.of_case(letter) else None
    shown = {i.code: _item(pack, i, offices[i.department_id].name, given) for i in case.items}
    papers = _papers(case, pack, item)
    if reasons:
        shown = {code: {**one, "reason": "；".join(reasons.items[code])} for code, one in shown.items()}
        papers = {code: {**one, "reason": "；".join(reasons.papers[code])} for code, one in papers.items()}
    about: dict[str, Any] = {"item": shown[item]} if item else {"items": list(shown.values())}
    whole = {
        "number": numbers.grouped(case.number),
        "name": pack.name,
        "area": identity.area_name(work, case.area),
        "accepted_on": (case.counts_from or case.accepted_at).astimezone(CITY).date(),
        "ending": case.ending,
        "outcome": WHOLE[CaseOutcome(case.outcome)] if case.outcome else None,
    }
    notice: dict[str, Any] = {"name": letter.name, "to": addressee(pack, case, letter), "basis": letter.basis}
    notice |= {"said": dict(said)}
    notice |= {"department": sender.name, "window": offices[case.window_id].name, "case": whole}
    notice |= {"papers": list(papers.values())}
    return {**given, "notice": {**notice, **about}}


def addressee(pack: Pack, case: Case, letter: LetterSpec) -> str:
    """The names of whom the letter is for."""
    known = forms.flatten(case.facts)
    return "、".join(str(known[key]) for key in recipients(pack, letter) if known.get(key)) or case.applicant


def recipients(pack: Pack, letter: LetterSpec) -> tuple[str, ...]:
    """Keys of whom the letter is for: those it names, else all applicants."""
    return letter.to or pack.applicant


def labels(pack: Pack) -> dict[str, Field]:
    """The questions whose answers have words or a form of their own, by the name a letter reads."""
    found = {field.key: field for form in pack.forms.values() for field in form.fields}
    for node in pack.model.nodes.values():
        if node.item and node.form:
            found |= {f"{node.item}.{field.key}": field for field in pack.forms[node.form].fields}
    return {key: field for key, field in found.items() if field.choices or field.type is FieldType.DATE}


def label(field: Field, value: Any) -> str | None:
    """The words of a choice; a day as a letter says it; None for what needs no other words."""
    if field.type is FieldType.DATE:
        day = datetime.fromisoformat(value).date() if isinstance(value, str) and len(value) >= 10 else None
        return f"{day.year}年{day.month}月{day.day}日" if day else None
    return forms.display(field, value)


def _item(pack: Pack, item: Item, department: str, given: Mapping[str, Any]) -> dict[str, Any]:
    spec = pack.item(item.code)
    return {
        "code": item.code,
        "name": spec.name,
        "number": item.number,
        "department": department,
        "outcome": OUTCOMES[Outcome(item.outcome)] if item.outcome else None,
        "promise": spec.promise.text if spec.promise else None,
        "due": item.due_at.astimezone(CITY).date() if item.due_at else None,
        "said": given.get(item.code, {}),
    }


def _papers(case: Case, pack: Pack, item: str) -> dict[str, dict[str, Any]]:
    """The papers of the case, or those an item needs, by code; `due`: by when one that may follow (容缺) has to."""
    specs = {spec.code: spec for spec in pack.materials}
    return {
        m.code: {
            "name": specs[m.code].name,
            "state": STATES[MaterialState(m.state)],
            "missing": m.state == MaterialState.MISSING,
            "required": specs[m.code].required,
            "due": m.due_at.astimezone(CITY).date() if m.due_at else None,
        }
        for m in case.materials
        if m.code in specs and (not item or item in specs[m.code].items)
    }


def _only(facts: Mapping[str, Any], keys: Collection[str]) -> dict[str, Any]:
    """The facts under these dotted keys; a list on the way is taken whole."""
    taken: dict[str, Any] = {}
    for key in sorted(keys):
        _take(facts, key.split("."), taken)
    return taken


def _take(facts: Mapping[str, Any], path: list[str], taken: dict[str, Any]) -> None:
    first, rest = path[0], path[1:]
    if first not in facts:
        return
    value = facts[first]
    if rest and isinstance(value, Mapping):
        _take(value, rest, taken.setdefault(first, {}))
    elif not rest or isinstance(value, list):
        taken[first] = value
