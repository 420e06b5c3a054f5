"""Life events at the level of commands: withdrawal, death, objection, and a mistake that is reversed."""

import pytest
from sqlalchemy import select
from stdnum.cn import ric

from engine import audit, cases, catalog, events, people, releases, repairs, seed, worker
from engine.app import Engine
from engine.errors import (
    AlreadyReported,
    EventOver,
    FormInvalid,
    KeyReused,
    NotFound,
    NotYours,
    PersonDied,
    SecondPerson,
)
from engine.events import Report
from engine.store import Case, Person
from engine.vault import Vault
from engine.words import (
    CaseState,
    ConcernState,
    EntryKind,
    EventKind,
    ItemState,
    NoticeState,
    Outcome,
    PersonRole,
    TaskState,
)
from engine.work import SYSTEM
from tests import story
from tests.engine.cases.test_cases__life import ISSUED

WHY = "双方商量后决定以后再办"
DEATH = {"day": "2026-11-20", "evidence": "33080020260001"}
CLERK, OTHER, SUPERVISOR, COORDINATOR, REVIEWER = "wangfang", "lina", "sunhui", "yangmin", "zhangwei"


@pytest.fixture
def url(database_url):
    """Everything here holds on both databases."""
    return database_url


@pytest.fixture
def office(city):
    """The demo city with the family pack published."""
    story.publish_family(city.engine)
    return city.engine


def accepted(engine, **changes):
    return story.accepted(engine, story.person(engine, CLERK), **changes)


def working(engine):
    """A case at the point where three departments are at work."""
    case_id = accepted(engine)
    story.decide(engine, story.person(engine, REVIEWER), "review_marriage")
    story.decide(engine, story.person(engine, REVIEWER), "issue_marriage", **ISSUED)
    return case_id


def reported(engine, case_id, kind=EventKind.DECEASED, *, login=CLERK, place="groom", key="", **raw):
    said = Report(
        kind, place if kind == EventKind.DECEASED else "", raw or (DEATH if kind == EventKind.DECEASED else {})
    )
    with engine.begin(story.person(engine, login)) as work:
        return events.report(work, case_id, said, key=key)


def confirmed(engine, event_id, login=COORDINATOR):
    with engine.begin(story.person(engine, login)) as work:
        events.confirm(work, event_id)
    worker.sweeps.spread(engine)


def withdrawn(engine, case_id, items=(), *, login=CLERK, reason=WHY, key=""):
    with engine.begin(story.person(engine, login)) as work:
        return events.withdraw(work, case_id, reason, items, key=key)


def decided(engine, event_id, case_id, what, *, login=COORDINATOR, reason="家属要求停止办理", key=""):
    with engine.begin(story.person(engine, login)) as work:
        events.decide(work, event_id, case_id, what, reason, key=key)


def undone(engine, event_id, *, login=SUPERVISOR, reason="同名同姓，报错了人", key=""):
    with engine.begin(story.person(engine, login)) as work:
        events.reverse(work, event_id, reason, key=key)


def view(engine, case_id, login=CLERK):
    with engine.begin(story.person(engine, login)) as work:
        return cases.view(work, case_id)


def desk(engine, case_id, login=COORDINATOR):
    with engine.begin(story.person(engine, login)) as work:
        return events.desk(work, case_id)


def concern(engine, case_id):
    return desk(engine, case_id).events[0].concerns[0]


def clean(engine):
    with engine.look(SYSTEM) as work:
        return list(audit.audit(work)) == []


def test_a_withdrawn_case_is_over_and_what_was_granted_stays(office):
    """Items without a result end as withdrawn, tasks are taken away, results stay (domain.md 2.0.1)."""
    case_id = working(office)
    assert withdrawn(office, case_id) == case_id
    case = view(office, case_id)
    assert case.state == CaseState.ENDED
    assert not [t for t in case.tasks if t.state == TaskState.OPEN]
    outcomes = {i.spec.code: i.outcome for i in case.items}
    assert outcomes.pop("marriage") == Outcome.APPROVED
    assert set(outcomes.values()) == {Outcome.WITHDRAWN}
    started = {i.spec.code for i in case.items if i.started_at}
    assert "hukou_page" not in started, "nobody had begun with it"
    assert "hukou_page" not in {e.facts["item"] for e in case.entries if e.kind == EntryKind.ITEM_STARTED}
    assert EntryKind.EVENT_REPORTED in {e.kind for e in case.entries}
    names = {paper.name for paper in case.notices}
    assert "撤回确认书" in names
    assert "办结清单" not in names, "it is not finished but withdrawn"
    assert clean(office)
    with pytest.raises(EventOver):
        withdrawn(office, case_id)


def test_withdrawing_twice_with_one_key_is_once(office):
    """A second click finds the first one's result; another content under the same key is refused."""
    case_id = working(office)
    withdrawn(office, case_id, key="k")
    assert withdrawn(office, case_id, key="k") == case_id
    with pytest.raises(KeyReused):
        withdrawn(office, case_id, key="k", reason="另一个理由")
    assert len(desk(office, case_id).events) == 1


def test_one_item_is_withdrawn_and_its_siblings_go_on(office):
    """Somebody who does not want to move any more still gets the marital status changed (domain.md 0.1)."""
    case_id = working(office)
    withdrawn(office, case_id, ["birth_registration"])
    case = view(office, case_id)
    states = {i.spec.code: (i.state, i.outcome) for i in case.items}
    assert states["birth_registration"] == (ItemState.ENDED, Outcome.WITHDRAWN)
    assert states["status_groom"][0] == ItemState.RUNNING
    assert clean(office)
    with pytest.raises(EventOver):
        withdrawn(office, case_id, ["birth_registration"])


def test_an_item_is_withdrawn_before_its_turn(office):
    """One of the couple does not want to move before the police begin: nobody is asked for it any more."""
    case_id = working(office)
    withdrawn(office, case_id, ["migration"])
    assert {i.spec.code: i.outcome for i in view(office, case_id).items}["migration"] == Outcome.WITHDRAWN
    police = story.person(office, "hejie")
    for task in ("review_status_groom", "review_status_bride"):
        story.decide(office, police, task)
    assert story.waiting(office, police) == {}, "neither the move nor the new page"
    story.decide(office, story.person(office, "tangyan"), "review_birth")
    outcomes = {i.spec.code: i.outcome for i in view(office, case_id).items}
    assert (outcomes["migration"], outcomes["hukou_page"]) == (Outcome.WITHDRAWN, Outcome.NOT_NEEDED)
    assert "deliver" in story.waiting(office, story.person(office, CLERK))
    assert clean(office)


def test_items_withdrawn_by_mistake_are_left_to_a_person(office):
    """Their siblings have gone on, so nothing is put back; nobody is told that it was undone."""
    case_id = working(office)
    withdrawn(office, case_id, ["birth_registration"])
    undone(office, desk(office, case_id).events[0].id)
    assert concern(office, case_id).state == ConcernState.UNDECIDED
    assert {i.spec.code: i.outcome for i in view(office, case_id).items}["birth_registration"] == Outcome.WITHDRAWN


def test_a_withdrawal_is_no_report(office):
    """It would leave the case running."""
    case_id = accepted(office)
    with pytest.raises(ValueError, match="withdraw"):
        reported(office, case_id, EventKind.WITHDRAWN)


def test_who_may_withdraw(office):
    """The window that took it, coordinator and supervisor; not a reviewer, nobody for another window."""
    case_id = working(office)
    with pytest.raises(NotYours):
        withdrawn(office, case_id, login=REVIEWER)
    with pytest.raises(NotFound):
        withdrawn(office, case_id, login="hutao")
    with pytest.raises(FormInvalid):
        withdrawn(office, case_id, reason="无")
    withdrawn(office, case_id, login=SUPERVISOR)


def test_a_withdrawal_by_mistake_is_put_back(office):
    """As long as nothing else has happened: same tasks for the same people, items as they were, and it can end."""
    case_id = working(office)
    before = view(office, case_id)
    withdrawn(office, case_id)
    undone(office, desk(office, case_id).events[0].id)
    after = view(office, case_id)
    assert after.state == CaseState.RUNNING
    assert {p.name: p.state for p in after.notices}["撤回确认书"] == NoticeState.REOPENED
    assert [(i.state, i.outcome, i.clock and i.clock.due) for i in after.items] == [
        (i.state, i.outcome, i.clock and i.clock.due) for i in before.items
    ]
    assert {t.id for t in after.tasks if t.state == TaskState.OPEN} == {
        t.id for t in before.tasks if t.state == TaskState.OPEN
    }
    assert clean(office)
    story.decide(office, story.person(office, "tangyan"), "review_birth")
    withdrawn(office, case_id)
    assert clean(office)


def test_a_death_counts_when_a_second_person_has_confirmed_it(office):
    """Two keys (domain.md 2.18): who reported it cannot confirm it, and until then no case is touched."""
    case_id = working(office)
    event = reported(office, case_id, login=COORDINATOR)
    assert desk(office, case_id).events[0].concerns == ()
    with pytest.raises(SecondPerson):
        confirmed(office, event, COORDINATOR)
    with pytest.raises(NotFound):
        confirmed(office, event, CLERK)
    confirmed(office, event, SUPERVISOR)
    assert concern(office, case_id).state == ConcernState.UNDECIDED
    confirmed(office, event, SUPERVISOR)
    assert len(desk(office, case_id).events[0].concerns) == 1


def test_a_death_reaches_every_open_case_of_the_person(office):
    """By ID number, whatever the pack; a finished case is left alone, another person's too."""
    first, second = accepted(office), working(office)
    over = accepted(office)
    withdrawn(office, over)
    other = accepted(office, groom__id_number="330802199003078211", groom__name="周明")
    confirmed(office, reported(office, first))
    states = {case: [c.state for e in desk(office, case).events for c in e.concerns] for case in (first, second, other)}
    assert states == {first: [ConcernState.UNDECIDED], second: [ConcernState.UNDECIDED], other: []}
    assert [e.kind for e in desk(office, over).events] == [EventKind.WITHDRAWN]
    assert desk(office, first).events[0].name == "李*"


def test_the_coordinator_ends_a_case_for_a_death(office):
    """Items without a result are terminated; the reason is recorded; deciding twice is refused."""
    case_id = working(office)
    event = reported(office, case_id)
    confirmed(office, event)
    decided(office, event, case_id, ConcernState.TERMINATED)
    case = view(office, case_id)
    assert case.state == CaseState.ENDED
    assert case.ending == "申请人死亡，终止办理"
    assert {i.outcome for i in case.items} == {Outcome.APPROVED, Outcome.TERMINATED}
    assert "终止办理通知书" in {paper.name for paper in case.notices}
    with pytest.raises(EventOver):
        decided(office, event, case_id, ConcernState.CONTINUED)
    undone(office, event)
    assert view(office, case_id).state == CaseState.RUNNING
    assert concern(office, case_id).state == ConcernState.UNDONE
    assert clean(office)


def test_what_has_gone_on_since_is_left_to_a_person(office):
    """A case that was opened again by hand after an event ended it is not thrown back when the event is reversed."""
    case_id = working(office)
    event = reported(office, case_id)
    confirmed(office, event)
    decided(office, event, case_id, ConcernState.TERMINATED)
    with office.begin(story.person(office, SUPERVISOR)) as work:
        again = next(a for a in repairs.offer(work, case_id).earlier if a.node == "review_birth" or a.last)
        wish = repairs.Wish(repairs.offer(work, case_id) and "reopen", node=again.node, scope=again.scope)
        seen = repairs.preview(work, case_id, wish)
        repairs.apply(work, case_id, wish, WHY, seen.revision, key="")
    standing = {t.id for t in view(office, case_id).tasks if t.state == TaskState.OPEN}
    undone(office, event)
    assert {t.id for t in view(office, case_id).tasks if t.state == TaskState.OPEN} == standing
    assert concern(office, case_id).state == ConcernState.UNDECIDED
    assert clean(office)


def test_a_dead_person_applies_for_nothing(office):
    """Neither as groom nor bride, until the supervisor has reversed the report."""
    event = reported(office, accepted(office))
    confirmed(office, event)
    with pytest.raises(PersonDied):
        accepted(office)
    with pytest.raises(AlreadyReported):
        reported(office, story_case(office))
    undone(office, event)
    accepted(office)


def story_case(engine):
    """A running case with the same people, accepted before."""
    with engine.look(SYSTEM) as work:
        return work.session.scalars(select(Case.id)).first()


def test_objection_and_change_are_decided_with_a_reason(office):
    """They count at once and wait for the coordinator; an objection may also come after the end."""
    case_id = working(office)
    event = reported(office, case_id, EventKind.OBJECTED, login=REVIEWER, said="对户口迁移有异议")
    assert concern(office, case_id).choices == (
        ConcernState.CONTINUED,
        ConcernState.UPHELD,
        ConcernState.TERMINATED,
    )
    with pytest.raises(NotFound):
        decided(office, event, case_id, ConcernState.CONTINUED, login=REVIEWER)
    with pytest.raises(FormInvalid):
        decided(office, event, case_id, ConcernState.CONTINUED, reason=" ")
    decided(office, event, case_id, ConcernState.UPHELD)
    withdrawn(office, case_id)
    late = reported(office, case_id, EventKind.OBJECTED, said="登记有误，要求更正")
    shown = next(e for e in desk(office, case_id).events if e.id == late)
    assert shown.concerns[0].choices == (ConcernState.CONTINUED, ConcernState.UPHELD)
    decided(office, late, case_id, ConcernState.CONTINUED)
    with pytest.raises(NotFound):
        reported(office, case_id, EventKind.CHANGED, said="已经搬到外省居住")


@pytest.mark.parametrize(
    ("raw", "key"),
    [
        ({"day": "", "evidence": "33080020260001"}, "day"),
        ({"day": "2026-11-24", "evidence": "33080020260001"}, "day"),
        ({"day": "2026-11-20", "evidence": ""}, "evidence"),
        ({"day": "11月20日", "evidence": "33080020260001"}, "day"),
    ],
)
def test_a_death_needs_a_day_that_has_been_and_a_certificate(office, raw, key):
    """Tomorrow is refused, today is not."""
    case_id = accepted(office)
    with pytest.raises(FormInvalid) as wrong:
        reported(office, case_id, **raw)
    assert [e.key for e in wrong.value.errors] == [key]
    with pytest.raises(FormInvalid):
        reported(office, case_id, place="nobody")
    assert reported(office, case_id, day="2026-11-23", evidence="33080020260001")


def test_the_index_holds_no_number_and_follows_corrections(office):
    """Only hashes are stored; a corrected ID number is found under the new one alone."""
    case_id = accepted(office)
    with office.look(SYSTEM) as work:
        rows = work.session.scalars(select(Person).order_by(Person.place)).all()
        assert [(r.place, r.role) for r in rows] == [("bride", PersonRole.APPLICANT), ("groom", PersonRole.APPLICANT)]
        assert all(len(r.id_hash) == 64 and "3308" not in r.id_hash[:4] for r in rows)
        mine = work.vault.blind("id", story.GROOM["id_number"])
        assert [p.case_id for p in people.cases_of(work, mine)] == [case_id]
    supplement_with(office, "330802199003078211")
    with office.look(SYSTEM) as work:
        assert people.cases_of(work, mine) == ()
        assert people.cases_of(work, work.vault.blind("id", "330802199003078211"))
    with office.begin(SYSTEM) as work:
        assert people.rebuild(work) == 1


def supplement_with(engine, number):
    """Police send the groom's item back, and the window corrects his number."""
    for node, said in (("review_marriage", {}), ("issue_marriage", ISSUED)):
        story.decide(engine, story.person(engine, REVIEWER), node, **said)
    wrong = {"decision": "supplement", "missing": "身份证号有误"}
    story.decide(engine, story.person(engine, "hejie"), "review_status_groom", **wrong)
    clerk = story.person(engine, CLERK)
    given = {**story.supplement(engine, clerk, "supplement_status_groom"), "groom__id_number": number}
    story.submit(engine, clerk, story.waiting(engine, clerk)["supplement_status_groom"], **given)


def test_another_secret_is_noticed_and_mended(office, tmp_path):
    """The audit says that nobody would be found any more; rebuilding makes it agree."""
    case_id = accepted(office)
    other = Engine(office.database, office.clock, Vault(tmp_path, "another secret"))
    with other.look(SYSTEM) as work:
        assert [found.case for found in audit.audit(work)] == [view(office, case_id).number]
    with other.begin(SYSTEM) as work:
        people.rebuild(work)
    assert clean(other)


def test_a_case_is_found_by_the_number_of_somebody_in_it(office):
    """As it is typed or scanned; another person's number finds nothing, and a stranger's window neither."""
    case_id = accepted(office)
    found = {}
    for login, typed in (
        (CLERK, " 330802 19880103 9976 "),
        (CLERK, "330802199003078211"),
        ("hutao", story.GROOM["id_number"]),
    ):
        with office.look(story.person(office, login)) as work:
            found[login, typed] = [line.id for line in cases.listing(work, search=typed).lines]
    assert list(found.values()) == [[case_id], [], []]


@pytest.mark.parametrize("number", ["330802194801059960", "330803196001019972", "332502195003039976"])
def test_people_older_than_the_code_of_their_county_are_known(office, number):
    """Numbers of the old carry county codes made after their birth, or given up since; a death still reaches them."""
    number = number[:17] + ric.calc_check_digit(number)
    case_id = accepted(office, groom__id_number=number)
    with office.look(story.person(office, CLERK)) as work:
        assert [line.id for line in cases.listing(work, search=number).lines] == [case_id]


def test_a_drawing_that_waits_for_a_withdrawal_takes_it_itself(office):
    """Temporary relief asks the window to confirm, and keeps what was decided: nothing is ended over its head."""
    pack = catalog.read(catalog.files_of(catalog.content_root(), "temporary-relief"))
    story_22 = next(s for s in catalog.scenarios(pack) if "22-applicant-withdraws" in s.file)
    with office.begin(SYSTEM) as work:
        releases.publish(work, pack.files)
    with office.begin(story.person(office, CLERK)) as work:
        case_id = seed.accepted(work, releases.current(work, pack.code), story_22, story.AREA)
    withdrawn(office, case_id, login=SUPERVISOR)
    case = view(office, case_id, SUPERVISOR)
    assert case.state == CaseState.RUNNING
    assert [t.node for t in case.tasks if t.state == TaskState.OPEN] == ["confirm_withdrawal"]
    assert desk(office, case_id, SUPERVISOR).events[0].concerns[0].state == ConcernState.DELIVERED
    assert clean(office)
