"""A change at the level of commands: who may, what is written, and what happens when two are at it at once."""

import threading

import pytest

from engine import cases, repairs, store, tasks, worker
from engine.errors import FormInvalid, KeyReused, MovedOn, NotAdjusted, NotFound, NotYours, TaskCancelled
from engine.repairs import Wish
from engine.words import CaseOutcome, CaseState, ChangeKind, EntryKind, ItemState, Outcome, TaskState
from engine.work import SYSTEM
from tests import story
from tests.engine.cases.test_cases__life import ISSUED, PAGE

WHY = "材料录入有误，请重新审查"
SUPERVISOR, COORDINATOR = "sunhui", "yangmin"


@pytest.fixture
def url(database_url):
    """Everything here holds on both databases."""
    return database_url


@pytest.fixture
def office(city):
    """The demo city with the family pack published."""
    story.publish_family(city.engine)
    return city.engine


def married(engine):
    """A case at the point where three departments are at work."""
    case_id = story.accepted(engine, story.person(engine, "wangfang"))
    story.decide(engine, story.person(engine, "zhangwei"), "review_marriage")
    story.decide(engine, story.person(engine, "zhangwei"), "issue_marriage", **ISSUED)
    return case_id


def finished(engine):
    """A case that went all the way."""
    case_id = married(engine)
    story.decide(engine, story.person(engine, "tangyan"), "review_birth")
    police = story.person(engine, "hejie")
    for node in ("review_status_groom", "review_status_bride", "review_migration"):
        story.decide(engine, police, node)
    story.decide(engine, police, "issue_page", **PAGE)
    handed = {"handover__handed_on": "2026-11-23", "handover__receiver": "李志远"}
    story.decide(engine, story.person(engine, "wangfang"), "deliver", **handed)
    return case_id


def looked(engine, login, case_id, wish):
    with engine.begin(story.person(engine, login)) as work:
        return repairs.preview(work, case_id, wish)


def applied(engine, login, case_id, wish, *, reason=WHY, revision=None, key=""):
    """Preview and carry out."""
    seen = looked(engine, login, case_id, wish).revision if revision is None else revision
    with engine.begin(story.person(engine, login)) as work:
        return repairs.apply(work, case_id, wish, reason, seen, key=key)


def view(engine, case_id):
    with engine.begin(story.person(engine, "wangfang")) as work:
        return cases.view(work, case_id)


def step(engine, case_id, node, login=SUPERVISOR):
    """The step that waits at a node."""
    with engine.begin(story.person(engine, login)) as work:
        return next(s for s in repairs.offer(work, case_id).steps if s.node == node)


def told(engine, case_id, kind):
    return [entry.facts for entry in view(engine, case_id).entries if entry.kind == kind]


def test_what_was_previewed_is_what_happens(office):
    """Tasks that close and open, items that change: the preview says exactly what the rows say afterwards."""
    case_id = married(office)
    story.decide(office, story.person(office, "tangyan"), "review_birth")
    wish = Wish(ChangeKind.REOPEN, node="review_birth")
    seen = looked(office, SUPERVISOR, case_id, wish)
    assert [(o.name, o.item) for o in seen.opens] == [("生育登记", "birth_registration")]
    assert not seen.closes
    assert [(c.spec.code, c.before, c.after) for c in seen.items] == [
        ("birth_registration", (ItemState.ENDED, Outcome.APPROVED), (ItemState.RUNNING, None))
    ]
    assert seen.told == (seen.opens[0].office,)
    applied(office, SUPERVISOR, case_id, wish)
    item = next(i for i in view(office, case_id).items if i.spec.code == "birth_registration")
    assert (item.state, item.outcome, item.ended_at) == (ItemState.RUNNING, None, None)
    assert "review_birth" in story.waiting(office, story.person(office, "tangyan"))
    assert told(office, case_id, EntryKind.ITEM_REOPENED) == [{"item": "birth_registration", "outcome": "approved"}]
    adjusted = told(office, case_id, EntryKind.CASE_ADJUSTED)[0]
    assert (adjusted["change"], adjusted["name"], adjusted["reason"]) == ("reopen", "生育登记", WHY)
    assert "join_items" in adjusted["before"]
    assert "review_birth" in adjusted["after"]


def test_a_preview_changes_nothing_but_that_the_case_was_read(office):
    """Looking at a change leaves rows, state and revision alone."""
    case_id = married(office)
    before = view(office, case_id)
    seen = looked(office, SUPERVISOR, case_id, Wish(ChangeKind.CANCEL, item="migration"))
    assert seen.refusal
    seen = looked(office, SUPERVISOR, case_id, Wish(ChangeKind.CANCEL, item="birth_registration"))
    assert [c.name for c in seen.closes] == ["生育登记"]
    after = view(office, case_id)
    assert (after.tasks, after.items) == (before.tasks, before.items)
    assert looked(office, SUPERVISOR, case_id, seen.wish).revision == seen.revision


def test_cancelling_an_item(office):
    """Its task closes, it is terminated, and the reviewer who comes later keeps their words."""
    case_id = married(office)
    health = story.person(office, "tangyan")
    task = story.waiting(office, health)["review_birth"]
    applied(office, COORDINATOR, case_id, Wish(ChangeKind.CANCEL, item="birth_registration"))
    item = next(i for i in view(office, case_id).items if i.spec.code == "birth_registration")
    assert (item.state, item.outcome) == (ItemState.ENDED, Outcome.TERMINATED)
    with pytest.raises(TaskCancelled):
        story.submit(office, health, task)


def test_skipping_with_answers_keeps_who_said_them(office):
    """The supervisor answers in the reviewer's place: the facts have it, the task is cancelled with their name."""
    case_id = married(office)
    waiting = step(office, case_id, "review_birth")
    wish = Wish(ChangeKind.SKIP, token=waiting.token, answers={"decision": "approved", "opinion": "电话核实"})
    applied(office, SUPERVISOR, case_id, wish)
    task = next(t for t in view(office, case_id).tasks if t.id == waiting.token)
    assert (task.state, task.done_by, task.answers["opinion"]) == (TaskState.CANCELLED, "孙慧", "电话核实")
    assert told(office, case_id, EntryKind.CASE_ADJUSTED)[0]["answered"] == ["decision", "opinion"]
    item = next(i for i in view(office, case_id).items if i.spec.code == "birth_registration")
    assert item.outcome == Outcome.APPROVED


def test_a_skipped_refusal_needs_its_reason_too(office):
    """Whoever answers for somebody else is asked what the form asks; leaving it all empty is allowed."""
    case_id = married(office)
    token = step(office, case_id, "review_birth").token
    with pytest.raises(FormInvalid):
        looked(office, SUPERVISOR, case_id, Wish(ChangeKind.SKIP, token=token, answers={"decision": "refused"}))
    assert looked(office, SUPERVISOR, case_id, Wish(ChangeKind.SKIP, token=token)).refusal is None


def test_an_item_nobody_decides_on_any_more_is_named(office):
    """Skipped without an answer, the item would end undecided, and the preview says so; answered, it would not."""
    case_id = married(office)
    token = step(office, case_id, "review_birth").token
    seen = looked(office, SUPERVISOR, case_id, Wish(ChangeKind.SKIP, token=token))
    assert [item.code for item in seen.undecided] == ["birth_registration"]
    seen = looked(office, SUPERVISOR, case_id, Wish(ChangeKind.SKIP, token=token, answers={"decision": "approved"}))
    assert not seen.undecided


def test_a_refused_change_is_not_made(office):
    """Out of a branch behind the join: the preview says why, and applying it all the same stores nothing."""
    case_id = married(office)
    wish = Wish(ChangeKind.MOVE, token=step(office, case_id, "review_birth").token, node="deliver")
    seen = looked(office, SUPERVISOR, case_id, wish)
    assert "永远等不到" in seen.refusal.zh
    with pytest.raises(NotAdjusted):
        applied(office, SUPERVISOR, case_id, wish)
    assert not told(office, case_id, EntryKind.CASE_ADJUSTED)


def test_a_finished_case_is_opened_again_by_the_supervisor_alone(office):
    """撤销办结: the coordinator may not; afterwards the case runs, and its earlier end is in the ledger."""
    case_id = finished(office)
    wish = Wish(ChangeKind.REOPEN, node="review_birth")
    with pytest.raises(NotYours):
        looked(office, COORDINATOR, case_id, wish)
    applied(office, SUPERVISOR, case_id, wish)
    case = view(office, case_id)
    assert (case.state, case.outcome, case.ended_at, case.ending) == (CaseState.RUNNING, None, None, "")
    assert told(office, case_id, EntryKind.CASE_REOPENED)[0]["outcome"] == CaseOutcome.ALL
    refusal = {"decision": "refused", "reason": "重复登记", "legal_basis": "浙江省生育登记办法"}
    story.decide(office, story.person(office, "tangyan"), "review_birth", **refusal)
    handed = {"handover__handed_on": "2026-11-23", "handover__receiver": "李志远"}
    story.decide(office, story.person(office, "wangfang"), "deliver", **handed)
    case = view(office, case_id)
    assert (case.state, case.outcome) == (CaseState.ENDED, CaseOutcome.PARTLY)
    assert all(item.outcome for item in case.items)


@pytest.mark.parametrize(
    ("login", "refusal"),
    [("guoqin", NotFound), ("zhangwei", NotYours), ("wangfang", NotYours), ("hanxia", NotYours), ("pengbin", NotFound),
     ("chenjing", NotYours), ("caihong", NotFound)],
)  # fmt: skip
def test_who_may_not_adjust(office, login, refusal):
    """Neither another county's coordinator nor reviewers, clerks, leaders, the auditor or the administrator."""
    case_id = married(office)
    with pytest.raises(refusal):
        looked(office, login, case_id, Wish(ChangeKind.CANCEL, item="birth_registration"))
    with pytest.raises(refusal):
        applied(office, login, case_id, Wish(ChangeKind.CANCEL, item="birth_registration"), revision=1)


@pytest.mark.parametrize("reason", ["", "  ", "abc", "x" * 201, "a\x00bcd"])
def test_a_reason_is_needed(office, reason):
    """Too short, too long or unprintable: nothing is changed."""
    case_id = married(office)
    with pytest.raises(FormInvalid):
        applied(office, SUPERVISOR, case_id, Wish(ChangeKind.CANCEL, item="birth_registration"), reason=reason)
    assert not told(office, case_id, EntryKind.CASE_ADJUSTED)


def test_once_per_key(office):
    """The second click finds the first; the same key with something else is refused."""
    case_id = married(office)
    wish = Wish(ChangeKind.CANCEL, item="birth_registration")
    revision = looked(office, SUPERVISOR, case_id, wish).revision
    for _ in range(2):
        assert applied(office, SUPERVISOR, case_id, wish, revision=revision, key="k1") == case_id
    assert len(told(office, case_id, EntryKind.CASE_ADJUSTED)) == 1
    with pytest.raises(KeyReused):
        applied(office, SUPERVISOR, case_id, wish, reason="换一个理由", revision=revision, key="k1")


def test_a_task_finished_meanwhile_stops_the_change(office):
    """Between preview and confirmation a reviewer was quicker: the supervisor is told, nothing is half done."""
    case_id = married(office)
    wish = Wish(ChangeKind.CANCEL, item="birth_registration")
    revision = looked(office, SUPERVISOR, case_id, wish).revision
    story.decide(office, story.person(office, "tangyan"), "review_birth")
    with pytest.raises(MovedOn):
        applied(office, SUPERVISOR, case_id, wish, revision=revision)
    item = next(i for i in view(office, case_id).items if i.spec.code == "birth_registration")
    assert item.outcome == Outcome.APPROVED


def test_at_the_same_moment_one_is_first(office):
    """Two supervisors and the reviewer press at once: exactly one of them moves the case, the others are told."""
    case_id = married(office)
    health = story.person(office, "tangyan")
    task = story.waiting(office, health)["review_birth"]
    wish = Wish(ChangeKind.CANCEL, item="birth_registration")
    revision = looked(office, SUPERVISOR, case_id, wish).revision
    gate, results = threading.Barrier(3), []

    def run(act):
        gate.wait()
        try:
            act()
            results.append("done")
        except (MovedOn, TaskCancelled) as late:
            results.append(type(late).__name__)

    acts = [
        lambda: applied(office, SUPERVISOR, case_id, wish, revision=revision),
        lambda: applied(office, COORDINATOR, case_id, wish, revision=revision),
        lambda: story.submit(office, health, task),
    ]
    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(results) == 3
    assert results.count("done") == 1
    assert len([e for e in view(office, case_id).entries if e.kind == EntryKind.ITEM_ENDED]) == 2


def stopped(engine, case_id, cause):
    """Stop a case as an incident with this cause does."""
    from engine import ledger

    with engine.begin(SYSTEM) as work:
        case = cases.locked(work, case_id)
        case.state, case.trouble, case.trouble_cause = CaseState.INCIDENT, "名称不存在\nno such name", cause
        ledger.record(work, case_id, EntryKind.CASE_INCIDENT, node="review_birth", zh="名称不存在", en="no such name")


def test_incidents_are_listed_for_those_who_oversee_them(office, clock):
    """Where it stopped, since when, why, and who waits; nothing of another county."""
    case_id = married(office)
    task = story.waiting(office, story.person(office, "tangyan"))["review_birth"]
    stopped(office, case_id, task)
    for login in (SUPERVISOR, COORDINATOR):
        with office.look(story.person(office, login)) as work:
            page = repairs.incidents(work)
        assert [(x.case_id, x.node, x.name, x.since, x.zh) for x in page.lines] == [
            (case_id, "review_birth", "生育登记", clock.now, "名称不存在")
        ]
        assert page.lines[0].affected
        assert page.lines[0].en == "no such name"
        assert "李*" in page.lines[0].applicant
    for login in ("guoqin", "zhangwei", "pengbin", "hanxia"):
        with office.look(story.person(office, login)) as work:
            assert repairs.incidents(work).total == 0


def test_taking_the_stopped_task_away_ends_the_incident(office):
    """The case is running again once the task it stopped at is gone, whoever took it away."""
    case_id = married(office)
    task = story.waiting(office, story.person(office, "tangyan"))["review_birth"]
    stopped(office, case_id, task)
    applied(office, SUPERVISOR, case_id, Wish(ChangeKind.RETRY, token=task))
    case = view(office, case_id)
    assert (case.state, case.trouble) == (CaseState.RUNNING, "")
    assert story.waiting(office, story.person(office, "tangyan"))["review_birth"] != task


def test_the_clock_is_let_go_on(office):
    """A case that stopped on a time limit is fired again; one that stopped on a task says what to do instead."""
    case_id = married(office)
    stopped(office, case_id, cases.CLOCK)
    with office.begin(story.person(office, SUPERVISOR)) as work:
        assert repairs.offer(work, case_id).by_clock
    applied(office, SUPERVISOR, case_id, Wish(ChangeKind.RETRY))
    assert view(office, case_id).state == CaseState.RUNNING
    seen = looked(office, SUPERVISOR, case_id, Wish(ChangeKind.RETRY))
    assert "时限" in seen.refusal.zh
    assert worker.sweep(office) == 0


def test_every_wish_there_is_comes_back_in_words(office):
    """Whatever is asked of a running case, sensible or not, is a preview or a refusal, never an error."""
    case_id = married(office)
    with office.begin(story.person(office, SUPERVISOR)) as work:
        offer = repairs.offer(work, case_id)
    tokens = [*(s.token for s in offer.steps), "", "nothing", "0" * 32, "x" * 5000]
    for kind in ChangeKind:
        for token in tokens:
            for place in ("", "deliver", "nothing", "accepted", "join_items"):
                wish = Wish(kind, token=token, node=place, scope=place, item=place)
                seen = looked(office, SUPERVISOR, case_id, wish)
                assert seen.refusal or seen.marks


def test_a_skipped_task_is_in_nobodys_inbox(office):
    """Neither to claim nor as done by somebody."""
    case_id = married(office)
    token = step(office, case_id, "review_birth").token
    applied(office, SUPERVISOR, case_id, Wish(ChangeKind.SKIP, token=token))
    health = story.person(office, "tangyan")
    assert "review_birth" not in story.waiting(office, health)
    with office.look(health) as work:
        assert tasks.inbox(work, tasks.Box.DONE).total == 0
    with office.look(SYSTEM) as work:
        assert work.session.get_one(store.Task, token).state == TaskState.CANCELLED
