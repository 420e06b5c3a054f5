"""One list of what is still needed, from all departments of a case: asked for, told once, looked at."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from engine import forms, identity, ledger, materials, notices, releases
from engine.cases.held import WORKING, oversees, readable, sees_all, worked_on
from engine.cases.noticed import visible_notices
from engine.catalog import ItemSpec, MaterialSpec, Pack
from engine.errors import FieldError, FormInvalid, NotFound
from engine.forms import SHORTEST_REASON, Field, FieldType, Form, Section
from engine.materials import Line, Notice
from engine.notices import NoticeView
from engine.store import Case, Item
from engine.words import CITY, N_, CaseState, EntryKind, ItemState, Occasion, Post
from engine.work import Work

WORKED_ON = (ItemState.RUNNING, ItemState.SUPPLEMENT)
NOTHING = N_("Nothing is asked for, so there is nothing to tell.")
CHOOSE_ITEM = N_("Choose the item this is needed for.")
CHOOSE_PAPER = N_("Choose a paper this item needs, or leave it empty and say what is missing.")
LATER_DAY = N_("Choose a day after today.")
TOO_SHORT = N_("Say why this comes late; the reason is recorded.")
# In a letter, which is a Chinese document.
STILL = "前次告知后提交的材料仍不符合要求"
BEGAN = "该事项在前次告知之后开始办理"


def _form(excused: bool) -> Form:
    asked = [
        Field("reason", FieldType.TEXTFIELD, N_("What is missing or wrong"), max_length=300, required=True),
        Field("basis", FieldType.TEXTFIELD, N_("Legal basis"), max_length=200, required=True),
    ]
    late = Field("excuse", FieldType.TEXTFIELD, N_("Reason why it comes late"), max_length=200, required=excused)
    return Form("ask", "", (Section("", "", (*asked, late)),))


@dataclass(frozen=True)
class SupplementView:
    """The page: notices (the last may still be open), their letters, what this actor may add and for which items."""

    case_id: str
    number: str
    pack: Pack
    notices: tuple[Notice, ...]
    letters: tuple[NoticeView, ...]
    items: tuple[ItemSpec, ...]
    papers: tuple[MaterialSpec, ...]
    may_tell: bool
    excuses: bool


def supplement(work: Work, case_id: str) -> SupplementView:
    """What is asked for in a case, for whoever may read it. Reading is recorded."""
    case = readable(work, case_id)
    pack = releases.of_case(work, case)
    ledger.record(work, case.id, EntryKind.CASE_READ)
    codes = _askable(work, case)
    listed = {m.code for m in case.materials}
    return SupplementView(
        case_id=case.id,
        number=case.number,
        pack=pack,
        notices=_needed(work, case, materials.notices(work, case, pack)),
        letters=tuple(each for each in visible_notices(work, case) if each.occasion is Occasion.CASE_SUPPLEMENT),
        items=tuple(item for item in pack.items if item.code in codes),
        papers=tuple(spec for spec in pack.materials if spec.code in listed and codes & set(spec.items)),
        may_tell=_tells(work, case),
        excuses=_excuses(work, case),
    )


def ask_for(work: Work, case_id: str, item: str, code: str, said: dict[str, str]) -> None:
    """Add one line for an item of the actor's department. `said`: reason, basis; a supervisor's `excuse` for any item.

    `NotFound`, `FormInvalid`, `SupplementOnce`.
    """
    case = readable(work, case_id)
    pack = releases.of_case(work, case)
    codes, excuses = _askable(work, case), _excuses(work, case)
    if not codes:
        raise NotFound
    clean = forms.check(_form(excuses), said, now=work.now)
    if item not in codes:
        raise FormInvalid([FieldError("item", "", CHOOSE_ITEM)])
    if code and not any(s.code == code and item in s.items for s in pack.materials):
        raise FormInvalid([FieldError("code", "", CHOOSE_PAPER)])
    excuse = str(clean.get("excuse") or "") if excuses else ""
    if excuses and len(excuse) < SHORTEST_REASON:
        raise FormInvalid([FieldError("excuse", "", TOO_SHORT)])
    materials.ask(work, case, Line(item, code, str(clean["reason"]), str(clean["basis"]), excuse=excuse))


def tell(work: Work, case_id: str, due_on: date | None) -> int:
    """Tell the applicant, once, at the window or by the coordinator; returns the number of the notice.

    All lines are one letter of the window, if the pack has one. `FormInvalid`, `NoticeUnmade`.
    """
    case = readable(work, case_id)
    if not _tells(work, case):
        raise NotFound
    if due_on is None or due_on <= work.now.astimezone(CITY).date():
        raise FormInvalid([FieldError("due_on", "", LATER_DAY)])
    pack = releases.of_case(work, case)
    listed = materials.notices(work, case, pack)
    if not listed or listed[-1].number is not None:
        raise FormInvalid([FieldError("due_on", "", NOTHING)])
    number = materials.tell_once(work, case, due_on)
    said = _said(work, case, pack, materials.notices(work, case, pack))
    notices.on(work, case, pack, Occasion.CASE_SUPPLEMENT, said=said)
    return number


def _said(work: Work, case: Case, pack: Pack, told: tuple[Notice, ...]) -> dict[str, Any]:
    """What the letter says of the last of these notices; the others were told before."""
    *before, last = told
    items = {item.code: item for item in case.items}
    offices = identity.departments(work, {item.department_id for item in case.items})
    lines = [
        {
            "position": position,
            "item": pack.item(line.item).name,
            "department": offices[items[line.item].department_id].name,
            "paper": line.name,
            "reason": line.reason,
            "basis": line.basis,
            "again": line.excuse or _again(items[line.item], before),
        }
        for position, line in enumerate(last.lines, 1)
    ]
    return {"notice": last.number, "due": last.due_on.isoformat() if last.due_on else "", "lines": lines}


def _again(item: Item, before: Sequence[Notice]) -> str:
    """Why this is told after another notice went out: `materials.ask` let it through for one of these reasons."""
    if not before:
        return ""
    known = [each for each in before if item.started_at and each.told_at and item.started_at <= each.told_at]
    return STILL if known else BEGAN


def _needed(work: Work, case: Case, notices: tuple[Notice, ...]) -> tuple[Notice, ...]:
    """A department reads what its own items ask for; the window and oversight read everything."""
    if sees_all(work, case):
        return notices
    mine = worked_on(work, case)
    cut = (replace(each, lines=tuple(line for line in each.lines if line.item in mine)) for each in notices)
    return tuple(each for each in cut if each.lines)


def _askable(work: Work, case: Case) -> set[str]:
    """Items this actor may ask for: those their department works on; all of them for a supervisor."""
    if case.state == CaseState.ENDED:
        return set()
    own, all_ = work.actor.departments(WORKING), _excuses(work, case)
    return {i.code for i in case.items if i.state in WORKED_ON and (all_ or i.department_id in own)}


def _tells(work: Work, case: Case) -> bool:
    at_window = case.window_id in work.actor.departments((Post.WINDOW,))
    return case.state != CaseState.ENDED and (at_window or oversees(work, case, (Post.LEAD,)))


def _excuses(work: Work, case: Case) -> bool:
    return oversees(work, case, (Post.SUPERVISOR,))
