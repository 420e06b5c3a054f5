"""Moving a case to another release in the database: verdict, rows, ledger, and back again."""

import pytest
from sqlalchemy import select

from engine import cases, ledger, migration, releases, store
from engine.errors import CannotMigrate, MigrationOver, MovedOn, NotFound, NotYours, PackInvalid, ReasonNeeded
from engine.words import CaseState, ItemState, TaskState
from engine.work import SYSTEM
from tests import story
from tests.engine.migration.edited import DRAWING, PACK, edited, family, in_english, with_limit, with_task

AFTER = in_english(with_task("flow_married", "lane_mz"), 复核="Second look")
RENAMED = in_english(edited(("结婚登记审查", "结婚审查")), 结婚审查="Marriage check")
REASON = "新规施行"


@pytest.fixture
def office(city):
    """The demo city with the family pack published."""
    story.publish_family(city.engine)
    return city.engine


@pytest.fixture
def case_id(office):
    """A case that waits at the registrar's."""
    return story.accepted(office, story.person(office, "wangfang"))


def publish(engine, files):
    """Publish another release; returns its number."""
    with engine.begin(SYSTEM) as work:
        return releases.publish(work, files).number


def preview(engine, case_id, number, **renamed):
    with engine.look(SYSTEM) as work:
        return migration.preview(work, case_id, number, renamed)


def apply(engine, case_id, number, **said):
    with engine.begin(SYSTEM) as work:
        return migration.apply(work, case_id, number, reason=REASON, **said)


def undo(engine, migration_id):
    with engine.begin(SYSTEM) as work:
        migration.undo(work, migration_id, reason="弄错了")


def rows(engine, case_id):
    """Everything a migration may change, as plain values."""
    with engine.look(SYSTEM) as work:
        case = work.session.get_one(store.Case, case_id)
        tasks = [
            (t.id, t.name, t.form, t.state, t.department_id, t.posts, t.holder, t.due, t.follow_up, t.claimed_at,
             sorted(user.user_id for user in t.users)) for t in case.tasks
        ]  # fmt: skip
        papers = [(p.position, p.code, p.state) for p in case.materials]
        items = [(i.code, i.number, i.state, i.department_id) for i in case.items]
        timers = [(t.id, t.node, t.due) for t in work.session.scalars(select(store.Timer).order_by(store.Timer.id))]
        return {
            "release": case.release_hash, "process": case.process, "facts": case.facts, "state": case.state,
            "tasks": tasks, "papers": papers, "items": items, "timers": timers,
        }  # fmt: skip


def kinds(engine, case_id):
    with engine.look(SYSTEM) as work:
        return [(e.kind, e.facts) for e in ledger.entries(work, case_id) if e.kind.startswith(("case:m", "case:res"))]


def test_preview_changes_nothing(office, case_id):
    """A dry run says what would be, from which release to which, and leaves every row as it was."""
    before = rows(office, case_id)
    verdict = preview(office, case_id, publish(office, RENAMED))
    assert (verdict.movable, verdict.old, verdict.new) == (True, 1, 2)
    assert verdict.remarks == (
        ("待办“结婚登记审查”改名为“结婚审查”。", 'The task "结婚登记审查" is called "结婚审查" now.'),
    )
    assert rows(office, case_id) == before


def test_moved_case_goes_on_in_the_new_drawing(office, case_id):
    """After the move the open task has its new name, the added task comes, and the ledger says who moved it and why."""
    number = publish(office, AFTER)
    made = apply(office, case_id, number)
    registrar = story.person(office, "zhangwei")
    story.decide(office, registrar, "review_marriage")
    issued = {
        "certificate_number": "J330802-2026-000123", "registered_on": "2026-11-23", "groom_copy": "33080200123",
        "bride_copy": "33080200124", "registrar": "张伟",
    }  # fmt: skip
    story.decide(office, registrar, "issue_marriage", **issued)
    assert list(story.waiting(office, registrar)) == ["extra"]
    story.decide(office, registrar, "extra")
    assert set(story.waiting(office, story.person(office, "tangyan"))) == {"review_birth"}
    (entry,) = kinds(office, case_id)
    assert entry[0] == "case:migrated"
    assert {k: entry[1][k] for k in ("migration", "old", "new", "reason")} == {
        "migration": made, "old": 1, "new": 2, "reason": REASON,
    }  # fmt: skip


def test_undone_move_restores_every_row(office, case_id):
    """Undoing puts state, facts, tasks, items, papers and timers back as they were, and both are in the ledger."""
    before = rows(office, case_id)
    made = apply(
        office, case_id, publish(office, in_english(with_limit("review_marriage"), 到期="Due", 已提醒="Reminded"))
    )
    moved = rows(office, case_id)
    assert (len(before["timers"]), len(moved["timers"])) == (0, 1)
    undo(office, made)
    assert rows(office, case_id) == before
    assert [kind for kind, _ in kinds(office, case_id)] == ["case:migrated", "case:restored"]
    with pytest.raises(MigrationOver):
        undo(office, made)


def assigned(**said):
    """The pack where the registrar's review names who does it and until when."""
    drawing = family()[DRAWING]
    task = drawing[drawing.index('<bpmn:userTask id="review_marriage"') :]
    begin = task[: task.index("<zeebe:properties>")]
    words = " ".join(f'{name}="{value}"' for name, value in said.items() if name.startswith(("assignee", "candidate")))
    times = " ".join(f'{name}="{value}"' for name, value in said.items() if name.endswith("Date"))
    more = f"<zeebe:assignmentDefinition {words} /><zeebe:taskSchedule {times} />"
    return edited((begin, begin + more))


def test_open_task_is_assigned_and_due_as_the_new_drawing_says(office, case_id):
    """Assignee, users and due date the new drawing names hold for the open task; undoing takes them back."""
    before = rows(office, case_id)
    files = assigned(assignee="zhangwei", candidateUsers="zhangwei", dueDate="2099-01-01T00:00:00Z")
    made = apply(office, case_id, publish(office, files))
    (task,) = rows(office, case_id)["tasks"]
    zhangwei = story.person(office, "zhangwei").id
    assert (task[6], task[7].year, task[10]) == (zhangwei, 2099, [zhangwei])
    assert task[9] is not None
    undo(office, made)
    assert rows(office, case_id) == before


def test_move_cannot_be_undone_after_the_case_went_on(office, case_id):
    """Once somebody has decided, going back would lose what they did: it is refused, and the case goes on."""
    made = apply(office, case_id, publish(office, RENAMED))
    story.decide(office, story.person(office, "zhangwei"), "review_marriage")
    before = rows(office, case_id)
    with pytest.raises(MigrationOver):
        undo(office, made)
    assert rows(office, case_id) == before


def test_open_task_goes_to_the_new_department(office, case_id):
    """A lane that is another department now: the open task and the item are theirs, and nobody holds it."""
    files = edited(
        ('kind = "mz"\nlevel = "county"', 'kind = "wj"\nlevel = "township"'), ('lead = "mz"', 'lead = "wj"'), file=PACK
    )
    number = publish(office, files)
    verdict = preview(office, case_id, number)
    assert any("待办“结婚登记审查”由" in zh and "转到" in zh for zh, _ in verdict.remarks)
    apply(office, case_id, number)
    assert list(story.waiting(office, story.person(office, "tangyan"))) == ["review_marriage"]
    assert story.waiting(office, story.person(office, "zhangwei")) == {}


def test_vanished_task_is_an_obstacle(office, case_id):
    """A case at a task the new drawing does not have stays; the verdict says which and how to name its successor."""
    files = edited((">review_marriage<", ">check_marriage<"))
    number = publish(office, {n: text.replace('"review_marriage"', '"check_marriage"') for n, text in files.items()})
    verdict = preview(office, case_id, number)
    assert [zh for zh, _ in verdict.obstacles] == [
        "“结婚登记审查”在新图中没有。若只是改了编号：--map review_marriage=check_marriage。"
    ]
    before = rows(office, case_id)
    with pytest.raises(CannotMigrate, match="结婚登记审查"):
        apply(office, case_id, number)
    assert rows(office, case_id) == before
    assert preview(office, case_id, number, review_marriage="check_marriage").movable
    apply(office, case_id, number, renamed={"review_marriage": "check_marriage"})
    assert list(story.waiting(office, story.person(office, "zhangwei"))) == ["check_marriage"]


PAPER = """
[[materials]]
code = "extra_paper"
name = "补充材料"
items = ["marriage"]
when = "=true"
states = ["original"]
required = true
note = ""
"""


def test_papers_are_added_and_dropped(office, case_id):
    """A new paper is missing until it is brought, one no longer needed leaves the list; undoing brings both back."""
    text = family()[PACK]
    start = text.index('[[materials]]\ncode = "photo"')
    end = text.index("[[materials]]", start + 5)
    files = in_english({**family(), PACK: text[:start] + text[end:] + PAPER}, 补充材料="One more paper")
    number = publish(office, files)
    verdict = preview(office, case_id, number)
    assert {zh for zh, _ in verdict.remarks} == {"须补材料“补充材料”。", "不再需要材料“双方近期半身免冠合影照片”。"}
    before = rows(office, case_id)
    made = apply(office, case_id, number)
    codes = {code: state for _, code, state in rows(office, case_id)["papers"]}
    assert codes["extra_paper"] == "missing"
    assert "photo" not in codes
    with office.begin(story.person(office, "wangfang")) as work:
        assert cases.view(work, case_id).papers
    undo(office, made)
    assert rows(office, case_id) == before


def test_new_item_is_added_with_its_number(office):
    """An item the new release calls for gets a row, a number and a department, and can be done."""
    clerk = story.person(office, "wangfang")
    case_id = story.accepted(office, clerk, situation={"want_birth": "no"})
    text = family()[PACK]
    place = text.index('[[items]]\ncode = "birth_registration"')
    when = text.index("when = ", place)
    line = text[when : text.index("\n", when)]
    files = {**family(), PACK: text[:when] + 'when = "=true"' + text[when + len(line) :]}
    files[DRAWING] = files[DRAWING].replace('=want_birth = "no"', "=not(birth_registration.applies)")
    number = publish(office, files)
    verdict = preview(office, case_id, number)
    assert ("增加事项“生育登记”。", "The item birth_registration is added.") in verdict.remarks
    made = apply(office, case_id, number)
    found = {code: (number, state) for code, number, state, _ in rows(office, case_id)["items"]}
    assert found["birth_registration"][1] == ItemState.WAITING
    assert found["birth_registration"][0].endswith(f"-0{len(found)}")
    undo(office, made)
    assert "birth_registration" not in {code for code, *_ in rows(office, case_id)["items"]}


def test_what_nobody_will_ever_tell_is_an_obstacle(office, case_id):
    """A condition on a field only the new form asks cannot be answered by a case whose form was filled in before."""
    form = "forms/family/declaration.json"
    files = family()
    field = '"components": [{"type": "textfield", "key": "witness", "label": "见证人"},'
    files = {
        **files,
        form: files[form].replace('"components": [', field, 1),
        DRAWING: files[DRAWING].replace(
            '=marriage.decision = "approved"', '=marriage.decision = "approved" and witness != "x"', 1
        ),
    }
    number = publish(office, in_english(files, 见证人="Witness"))
    verdict = preview(office, case_id, number)
    assert [zh for zh, _ in verdict.obstacles] == ["“审查结论？”要用“witness”，本办件没有这项信息。"]


def test_paper_that_depends_on_a_new_question_is_told(office, case_id):
    """Whether a paper is needed that depends on what was never asked is said to be unknown, not quietly no."""
    form = "forms/family/declaration.json"
    files = family()
    field = '"components": [{"type": "textfield", "key": "witness", "label": "见证人"},'
    files[form] = files[form].replace('"components": [', field, 1)
    files[PACK] += PAPER.replace('"=true"', "'=witness = \"x\"'")
    verdict = preview(office, case_id, publish(office, in_english(files, 见证人="Witness", 补充材料="One more paper")))
    assert verdict.movable
    assert [zh for zh, _ in verdict.remarks] == ["不能判断是否需要材料“补充材料”：没有填过“witness”，未列入。"]


def test_ended_and_moved_cases_are_told(office, case_id):
    """A case that has ended, or is on the release already, is no candidate and its verdict says so."""
    number = publish(office, RENAMED)
    with office.look(SYSTEM) as work:
        assert migration.candidates(work, "family", number) == (case_id,)
        assert migration.candidates(work, "family", 1) == ()
    assert preview(office, case_id, 1).obstacles[0][0] == "本办件已经在版本 1 上。"
    refusal = {"decision": "refused", "reason": "未到场", "legal_basis": "第一千零四十九条"}
    story.decide(office, story.person(office, "zhangwei"), "review_marriage", **refusal)
    assert preview(office, case_id, number).obstacles[0][0] == "本办件已经办结。"
    with office.look(SYSTEM) as work:
        assert migration.candidates(work, "family", number) == ()


def test_who_may_and_with_which_reason(office, case_id):
    """Clerks move no cases, nobody does without a reason, and what changed since the preview is looked at again."""
    number = publish(office, RENAMED)
    clerk = story.person(office, "wangfang")
    with pytest.raises(NotYours), office.begin(clerk) as work:
        migration.apply(work, case_id, number, reason=REASON)
    with pytest.raises(ReasonNeeded), office.begin(SYSTEM) as work:
        migration.apply(work, case_id, number, reason=" ")
    with pytest.raises(MovedOn):
        apply(office, case_id, number, revision=99)
    with pytest.raises(NotFound), office.look(SYSTEM) as work:
        migration.candidates(work, "family", number, ["12345"])
    with pytest.raises(NotFound):
        undo(office, "nothing")


def test_stopped_case_can_be_moved_and_stays_marked(office, case_id):
    """A case stopped by an error moves to a release that mends it, stays marked, and goes on when it is tried again."""
    registrar = story.person(office, "zhangwei")
    broken = publish(office, edited(('=marriage.decision = "approved"', "=number(marriage.decision) &gt; 1")))
    apply(office, case_id, broken)
    assert story.decide(office, registrar, "review_marriage").stopped
    apply(office, case_id, publish(office, RENAMED))
    assert rows(office, case_id)["state"] == CaseState.INCIDENT
    assert not story.decide(office, registrar, "review_marriage").stopped
    assert rows(office, case_id)["state"] == CaseState.RUNNING
    assert [t[3] for t in rows(office, case_id)["tasks"]] == [TaskState.DONE, TaskState.OPEN]


def test_wrong_pack_is_never_a_target(office, case_id):
    """A pack lint refuses is no release, so no case can be moved to it."""
    with pytest.raises(PackInvalid):
        publish(office, {**family(), DRAWING: "<nonsense/>"})
