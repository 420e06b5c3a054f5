"""The rows follow what the runtime says. Persons, the clock and machines all end here."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from sqlalchemy import delete

from engine import identity, ledger, materials, notices
from engine.cases import deadlines, machines, stops
from engine.cases.again import take_back
from engine.cases.dependants import followed
from engine.cases.gathered import gather
from engine.cases.happened import happened
from engine.cases.outcome import GRANTED, case_outcome, item_state
from engine.cases.paused import paused
from engine.catalog import Pack
from engine.runtime import Advance, Decided, Incident, Opened, TimerDue
from engine.store import Case, Item, Task, TaskUser, Timer, change
from engine.words import CaseState, EntryKind, ItemState, Outcome, Stage, TaskState
from engine.work import Work

START = "start"  # the cause when the case was just accepted
CLOCK = "clock"  # the cause when it was no task and no job
DECIDED = {*GRANTED, Outcome.REFUSED, Outcome.FORWARDED}  # outcomes that take work
MIGRATION = "migration"  # the cause when a case moved to another release: its old drawing may have had other events


def vetted(work: Work, case: Case, pack: Pack, advance: Advance) -> Advance:
    """The advance with the items that fall with it, or an incident if the case cannot take it.

    That is: an item it does not have, a message nobody can keep, a grant that has to wait for a paper, an item that
    cannot be ended where it stands.
    """
    gather(work, case)
    before = {item.code: item.outcome for item in case.items if item.outcome}
    items = {item.code for item in case.items}
    advance = followed(pack, items, before, advance, now=work.now)
    if advance.incident:
        return advance
    for ended in advance.outcomes:
        if ended.item not in items:
            zh = f"流程给出了事项“{ended.item}”的结果，但本办件没有这个事项。"
            en = f"The process ended the item {ended.item!r}, which this case does not have."
            return replace(advance, incident=Incident(node=ended.node, zh=zh, en=en))
    incident = machines.unfit(advance) or _premature(case, advance, pack)
    return replace(advance, incident=incident) if incident else advance


def _premature(case: Case, advance: Advance, pack: Pack) -> Incident | None:
    """A machine or the clock would grant an item whose paper is still to follow. People are told before they decide."""
    granted = {ended.item: ended.node for ended in advance.outcomes if ended.outcome in GRANTED}
    papers = materials.withheld(pack, case, granted)
    if not papers:
        return None
    names = "、".join(spec.name for spec in papers)
    zh, en = f"容缺材料“{names}”尚未补齐，不能办结。", f"It cannot be granted before {names} is handed in."
    return Incident(node=next(iter(granted.values())), zh=zh, en=en)


def move(work: Work, case: Case, pack: Pack, advance: Advance, *, cause: str) -> list[Task]:
    """Write one advance: state and facts, tasks and jobs opened and taken away, timers, item outcomes, the end.

    Returns the tasks it opened.

    `cause` is the id of the task or job, or a word for the clock, the start or another drawing. After an incident
    nothing moves: the case keeps the state before the step and says what stopped it, until the same cause succeeds or
    is taken away; other departments go on meanwhile.
    """
    if advance.incident:
        stop(work, case, advance.incident, cause)
        return []
    with work.session.no_autoflush:  # the rows are written together at the end, a statement a table
        return _follow(work, case, pack, advance, cause)


def _follow(work: Work, case: Case, pack: Pack, advance: Advance, cause: str) -> list[Task]:
    before = deadlines.standing(case)
    case.process, case.facts = advance.state, advance.facts
    take_back(work, case, advance.reopened)
    if case.trouble_cause in (cause, *advance.closed):
        case.state, case.trouble, case.trouble_cause = CaseState.RUNNING, None, None
    for decided in advance.decisions:
        told(work, case, decided)
    _cancel(work, case, advance.closed)
    concluded = {item.code for item in case.items if item.outcome}
    new = [_open(work, case, pack, opened) for opened in advance.opened]
    if pack.model.timed or cause in (CLOCK, MIGRATION):  # the drawing of before may have had timers
        _wait(work, case, advance.timers)
    machines.follow(work, case, pack, advance, anew=cause == MIGRATION)
    for ended in advance.outcomes:
        _conclude(work, case, ended.item, materials.granted_as(pack, case, ended.item, Outcome(ended.outcome)))
    _refresh(work, case, new, advance.reopened, {pack.model.nodes[job.node].item for job in advance.jobs})
    if advance.ended:
        _end(work, case, advance.ended.result or advance.ended.name)
    stopped = deadlines.follow(work, case, pack, before)
    steps = happened(case, pack, advance, new, concluded, first=cause == START)
    notices.issue(work, case, pack, [*steps, *paused(work, case, pack, advance, stopped)])
    return new


def recount(work: Work, case: Case, pack: Pack) -> None:
    """Let all items follow their tasks, after something else than the process has changed these."""
    _refresh(work, case, (), {item.code for item in case.items})
    stops.follow(work, case, pack, anew=True)
    deadlines.wind(work, case, pack)


def stop(work: Work, case: Case, incident: Incident, cause: str) -> None:
    """Say on the case what stopped it, and that a person has to look."""
    case.state, case.trouble, case.trouble_cause = CaseState.INCIDENT, f"{incident.zh}\n{incident.en}", cause
    ledger.record(work, case.id, EntryKind.CASE_INCIDENT, node=incident.node, zh=incident.zh, en=incident.en)


def told(work: Work, case: Case, decided: Decided) -> None:
    """What a decision table said, from which inputs, by which rules and release: anybody can check it later."""
    rules = [rule.number for rule in decided.matched]
    ledger.record(
        work,
        case.id,
        EntryKind.DECISION_MADE,
        node=decided.node,
        name=decided.decision,
        inputs=decided.inputs,
        rules=rules,
        value=decided.value,
        release=case.release_hash,
    )


def _cancel(work: Work, case: Case, ids: Iterable[str]) -> None:
    gone = set(ids)
    for task in case.tasks if gone else ():
        if task.id in gone and task.state == TaskState.OPEN:
            task.state, task.done_at = TaskState.CANCELLED, work.now
            ledger.record(work, case.id, EntryKind.TASK_CANCELLED, task=task.id, name=task.name, item=task.item)


def _open(work: Work, case: Case, pack: Pack, opened: Opened) -> Task:
    """A task for the department of its lane: held by the assignee, kept for the users named.

    Whoever of them is not there with the post does not count, and the ledger says so.
    """
    lane = pack.lanes[opened.lane or ""]
    department = identity.serving(work, lane.kind, lane.level, case.area)
    posts = list(opened.groups) or [str(post) for post in lane.posts]
    named = {*opened.users, *((opened.assignee,) if opened.assignee else ())}
    able = identity.serving_as(work, department.id, posts, named)
    holder = able.get(opened.assignee or "")
    task = Task(
        id=opened.id,
        case=case,
        item=opened.item,
        node=opened.node,
        name=opened.name,
        stage=opened.stage or Stage.REVIEW,
        form=opened.form,
        department_id=department.id,
        posts=posts,
        users=[TaskUser(user_id=able[login]) for login in dict.fromkeys(opened.users) if login in able],
        holder=holder,
        claimed_at=work.now if holder else None,
        due=opened.due,
        follow_up=opened.follow_up,
        state=TaskState.OPEN,
        opened_at=work.now,
    )
    work.session.add(task)
    facts = {"task": task.id, "name": task.name, "item": task.item, "department": department.id}
    who = {"assignee": holder, "unknown": sorted(named - able.keys())}
    ledger.record(work, case.id, EntryKind.TASK_OPENED, **facts, **{k: v for k, v in who.items() if v})
    return task


def _wait(work: Work, case: Case, timers: Iterable[TimerDue]) -> None:
    work.session.execute(delete(Timer).where(Timer.case_id == case.id))
    work.session.add_all(Timer(id=f"{t.id}", case_id=case.id, node=t.node, due=t.due) for t in timers)


def _conclude(work: Work, case: Case, code: str, outcome: Outcome) -> None:
    item = next(i for i in case.items if i.code == code)
    item.state, item.outcome, item.ended_at = ItemState.ENDED, outcome, work.now
    ledger.record(work, case.id, EntryKind.ITEM_ENDED, item=code, outcome=outcome)


def _refresh(
    work: Work, case: Case, new: Sequence[Task], reopened: Collection[str], asked: Collection[str | None] = ()
) -> None:
    """Items follow their tasks. The new ones say it all, except of items that wait for papers or are opened again.

    `asked`: items a machine begins to work on, which have started even if no person ever does.
    """
    for item in case.items:
        before = ItemState(item.state or ItemState.WAITING)
        again = before == ItemState.SUPPLEMENT or item.code in reopened
        tasks = case.tasks if again and not item.outcome else [task for task in new if task.item == item.code]
        state = item_state(item, tasks) if tasks or item.outcome else before
        if state == ItemState.WAITING and item.code in asked:
            state = ItemState.RUNNING
        if item.started_at is None and _worked_on(item, state):
            item.started_at = work.now
            ledger.record(work, case.id, EntryKind.ITEM_STARTED, item=item.code, department=item.department_id)
        change(item, state=state)


def _worked_on(item: Item, state: ItemState) -> bool:
    """Whether somebody or something has worked on it: what was dropped before that has ended and never started."""
    return state not in (ItemState.WAITING, ItemState.ENDED) or item.outcome in DECIDED


def _end(work: Work, case: Case, words: str) -> None:
    for item in case.items:
        if item.state != ItemState.ENDED:
            never = item.started_at is None
            _conclude(work, case, item.code, Outcome.NOT_NEEDED if never else Outcome.TERMINATED)
    machines.abandon(work, case)
    case.trouble, case.trouble_cause = None, None
    case.state, case.ended_at, case.ending = CaseState.ENDED, work.now, words
    case.outcome = case_outcome([Outcome(i.outcome) for i in case.items if i.outcome])
    ledger.record(work, case.id, EntryKind.CASE_ENDED, outcome=case.outcome, ending=words)
