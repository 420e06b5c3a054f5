"""What goes wrong is seen, stays where it happened, and nobody else's work wipes it away."""

import pytest

from engine import cases, catalog, drafts, releases, store, tasks, worker
from engine.errors import FormInvalid, NoDepartment
from engine.words import CaseState
from engine.work import SYSTEM
from tests import story

DRAWING = "workflows/family/process.bpmn"
ISSUED = {
    "certificate_number": "J330802-2026-000123",
    "registered_on": "2026-11-23",
    "groom_copy": "33080200123",
    "bride_copy": "33080200124",
    "registrar": "张伟",
}


def publish(city, change=lambda drawing: drawing):
    """The family pack with a changed drawing."""
    files = catalog.files_of(catalog.content_root(), "family")
    with city.engine.begin(SYSTEM) as work:
        return releases.publish(work, {**files, DRAWING: change(files[DRAWING])})


def state(city, case_id):
    """The case's state and trouble."""
    with city.engine.look(SYSTEM) as work:
        case = work.session.get_one(store.Case, case_id)
        return case.state, case.trouble


def test_an_item_the_case_does_not_have_is_an_incident(city):
    """A process that ends an item the case does not have stops the case visibly; the task stays open."""
    publish(city)
    case_id = story.accepted(city.engine, city.actor("wangfang"))
    with city.engine.begin(SYSTEM) as work:
        case = cases.locked(work, case_id)
        work.session.delete(next(i for i in case.items if i.code == "marriage"))
    refusal = {"decision": "refused", "reason": "x", "legal_basis": "y"}
    done = story.decide(city.engine, city.actor("zhangwei"), "review_marriage", **refusal)
    assert done.stopped
    assert state(city, case_id)[0] == CaseState.INCIDENT
    assert "review_marriage" in story.waiting(city.engine, city.actor("zhangwei"))


def test_a_decision_that_was_stopped_may_be_sent_again(city):
    """What met an incident was not carried out: the same form does not find a result that never was."""
    publish(city)
    registrar = city.actor("zhangwei")
    case_id = story.accepted(city.engine, city.actor("wangfang"))
    with city.engine.begin(SYSTEM) as work:
        case = cases.locked(work, case_id)
        work.session.delete(next(i for i in case.items if i.code == "marriage"))
    task = story.waiting(city.engine, registrar)["review_marriage"]
    refusal = {"decision": "refused", "reason": "x", "legal_basis": "y"}
    for _ in range(2):
        with city.engine.begin(registrar) as work:
            assert tasks.complete(work, task, refusal, key="once").stopped
    with city.engine.look(SYSTEM) as work:
        assert work.session.get(store.Command, "once") is None


def test_another_departments_work_does_not_wipe_an_incident(city):
    """While one item is stopped the others go on, and the case still says what stopped it."""
    publish(city)
    case_id = story.accepted(city.engine, city.actor("wangfang"))
    story.decide(city.engine, city.actor("zhangwei"), "review_marriage")
    story.decide(city.engine, city.actor("zhangwei"), "issue_marriage", **ISSUED)
    with city.engine.begin(SYSTEM) as work:
        case = cases.locked(work, case_id)
        case.state, case.trouble, case.trouble_cause = CaseState.INCIDENT, "错", "some-other-task"
    story.decide(city.engine, city.actor("tangyan"), "review_birth")
    assert state(city, case_id) == (CaseState.INCIDENT, "错")


def test_a_corrected_name_is_the_cases_name(city):
    """After a supplement corrects the groom's name, lists and receipt show the new one."""
    publish(city)
    clerk = city.actor("wangfang")
    case_id = story.accepted(city.engine, clerk)
    story.decide(city.engine, city.actor("zhangwei"), "review_marriage", decision="supplement", missing="姓名有误")
    said = {**story.supplement(city.engine, clerk, "supplement_marriage"), "groom__name": "李致远"}
    story.submit(city.engine, clerk, story.waiting(city.engine, clerk)["supplement_marriage"], **said)
    with city.engine.begin(clerk) as work:
        assert cases.receipt(work, case_id).applicant == "李致远、黄雨欣"


def test_a_supplement_touches_its_own_papers_and_misses_none(city):
    """Required papers cannot be declared missing, and papers of other items stay as they are."""
    publish(city)
    clerk = city.actor("wangfang")
    case_id = story.accepted(city.engine, clerk)
    story.decide(city.engine, city.actor("zhangwei"), "review_marriage", decision="supplement", missing="照片")
    said = {k.replace("__", "."): v for k, v in story.supplement(city.engine, clerk, "supplement_marriage").items()}
    task = story.waiting(city.engine, clerk)["supplement_marriage"]
    with city.engine.look(SYSTEM) as work:
        codes = [m.code for m in work.session.get_one(store.Case, case_id).materials]
    with pytest.raises(FormInvalid) as invalid, city.engine.begin(clerk) as work:
        tasks.complete(work, task, said, papers=dict.fromkeys(codes, "missing"), key="k")
    assert "papers.id_groom" in {e.key for e in invalid.value.errors}


def test_a_closed_accounts_task_is_free_again(city):
    """A task claimed by somebody whose account was closed appears to the colleagues and can be decided."""
    publish(city)
    story.accepted(city.engine, city.actor("wangfang"))
    first, second = city.actor("zhangwei"), city.actor("liuyang")
    task = story.waiting(city.engine, first)["review_marriage"]
    with city.engine.begin(first) as work:
        tasks.claim(work, task)
    with city.engine.begin(SYSTEM) as work:
        work.session.get_one(store.User, first.id).disabled = True
    assert story.waiting(city.engine, second) == {"review_marriage": task}
    story.submit(city.engine, second, task)


def test_an_area_without_a_department_is_refused_at_the_situation(city):
    """The draft stays usable: nothing of the refused answer is stored."""
    publish(city)
    clerk = city.actor("wangfang")
    with city.engine.begin(SYSTEM) as work:
        for office in work.session.query(store.Department).filter_by(kind="wj"):
            for holding in work.session.query(store.Holding).filter_by(department_id=office.id):
                work.session.delete(holding)
            work.session.flush()
            work.session.delete(office)
    with pytest.raises(NoDepartment):
        story.situated(city.engine, clerk)
    with city.engine.look(clerk) as work:
        [line] = drafts.mine(work)
        assert drafts.view(work, line.id).area is None


def test_one_bad_case_does_not_stop_the_clock(city, clock, monkeypatch):
    """Whatever one case raises, the sweep goes on to the next."""
    met = []
    monkeypatch.setattr(cases, "due_cases", lambda _work: ["a", "b"])
    monkeypatch.setattr(cases, "fire", lambda _work, case_id: met.append(case_id) or 1 / 0)
    worker.sweep(city.engine)
    assert met == ["a", "b"]
