"""The supervisor's screens over HTTP: preview, confirm, refusals, races, and hostile input in every field."""

import re
from html import unescape

import pytest

from engine import cases, exchange, jobs, ledger, store
from engine.words import CaseState, ChangeKind, EntryKind, JobState
from engine.work import SYSTEM
from tests import asking, story
from tests.engine.cases.test_cases__life import ISSUED
from tests.web.client import app_for

WHY = "材料录入有误，请重新审查"
HIDDEN = re.compile(r'<input type="hidden" name="(_\w+)" value="([^"]*)">')
HOSTILE = [
    "",
    "x" * 20_000,
    "\x00",
    '\'; drop table "case";--',
    "<script>alert(1)</script>",
    "../../etc/passwd",
    "🏳️‍🌈{{7*7}}",
]
FIELDS = ("_change", "_token", "_node", "_scope", "_item", "_mark", "_key", "_revision", "adjust.reason", "decision")


@pytest.fixture
def desk(city, tmp_path):
    """The supervisor's browser and a case at which three departments are at work."""
    engine = city.engine
    story.publish_family(engine)
    case_id = story.accepted(engine, city.actor("wangfang"))
    story.decide(engine, city.actor("zhangwei"), "review_marriage")
    story.decide(engine, city.actor("zhangwei"), "issue_marriage", **ISSUED)
    browser = app_for(engine, tmp_path).test_client()
    browser.sign_in("sunhui")
    return browser, engine, case_id


def wish(page):
    """What the preview's form would send, without a reason."""
    return {name: unescape(value) for name, value in HIDDEN.findall(page.partition('id="confirm"')[2])}


def preview(browser, case_id, **fields):
    return browser.send(f"/supervisor/cases/{case_id}/preview", **fields)


def confirm(browser, case_id, page, **changes):
    return browser.send(f"/supervisor/cases/{case_id}", **{**wish(page), "adjust.reason": WHY, **changes})


def test_preview_confirm_result(desk):
    """Ending an item: the preview says it, the confirmation does it, case page and history show it."""
    browser, _engine, case_id = desk
    assert "调整流程" in browser.get(f"/cases/{case_id}").text
    offer = browser.get(f"/supervisor/cases/{case_id}").text
    assert "终止事项" in offer
    page = preview(browser, case_id, _change="cancel", _item="birth_registration").text
    assert "府山街道卫健办" in page
    done = confirm(browser, case_id, page)
    assert (done.status_code, done.location) == (302, f"/cases/{case_id}")
    shown = browser.get(done.location).text
    assert "流程已按预览调整" in shown
    assert WHY in shown
    assert "终止" in shown
    again = confirm(browser, case_id, page)
    assert again.status_code == 302, "the second click finds the first"


def test_without_a_reason_the_page_comes_back(desk):
    """The field is marked, and what was typed is still there."""
    browser, _engine, case_id = desk
    page = preview(browser, case_id, _change="cancel", _item="birth_registration").text
    again = confirm(browser, case_id, page, **{"adjust.reason": "错"})
    assert again.status_code == 422
    assert "请写明理由" in again.text
    assert ">\n错</textarea>" in again.text


def test_a_change_that_is_not_possible_says_why(desk):
    """There is nothing to confirm; the sentence is in the language of the page."""
    browser, _engine, case_id = desk
    offer = browser.get(f"/supervisor/cases/{case_id}").text
    token = re.search(r'name="_token" value="([^"]+)"', offer)[1]
    page = preview(browser, case_id, _change="move", _token=token, _node="deliver").text
    assert "不能这样调整" in page
    assert "确认调整" not in page
    browser.send("/language", language="en", next="/")
    page = preview(browser, case_id, _change="move", _token=token, _node="deliver").text
    assert "This change is not possible." in page
    assert "wait at" in page


def test_somebody_was_quicker(desk):
    """The reviewer finished the task between preview and confirmation: told so, with the reason kept."""
    browser, engine, case_id = desk
    page = preview(browser, case_id, _change="cancel", _item="birth_registration").text
    story.decide(engine, story.person(engine, "tangyan"), "review_birth")
    late = confirm(browser, case_id, page)
    assert late.status_code == 409
    assert WHY in late.text
    with engine.look(SYSTEM) as work:
        told = {entry.kind for entry in ledger.entries(work, case_id)}
    assert EntryKind.CASE_ADJUSTED not in told


def test_answers_changed_after_the_preview_are_previewed_again(desk):
    """Nobody confirms what they have not seen."""
    browser, engine, case_id = desk
    with engine.look(SYSTEM) as work:
        tasks = work.session.get_one(store.Case, case_id).tasks
        token = next(t.id for t in tasks if t.node == "review_birth")
    page = preview(browser, case_id, _change="skip", _token=token).text
    assert "不再有环节" in page
    late = confirm(browser, case_id, page, decision="approved")
    assert late.status_code == 409
    assert "请重新查看预览" in late.text
    assert confirm(browser, case_id, late.text, decision="approved").status_code == 302


def test_wrong_answers_are_marked(desk):
    """A refusal without its reason is not taken from a supervisor either."""
    browser, engine, case_id = desk
    with engine.look(SYSTEM) as work:
        tasks = work.session.get_one(store.Case, case_id).tasks
        token = next(t.id for t in tasks if t.node == "review_birth")
    page = preview(browser, case_id, _change="skip", _token=token, decision="refused")
    assert page.status_code == 422
    assert 'aria-invalid="true"' in page.text


def test_who_cannot_change_a_case_is_not_led_to_one(desk, city, tmp_path):
    """The supervisor may look for another case to change; the administrator, who sees no cases, is not sent there."""
    browser, *_ = desk
    assert "调整其他办件" in browser.get("/supervisor/").text
    browser = app_for(city.engine, tmp_path).test_client()
    browser.sign_in("pengbin")
    page = browser.get("/supervisor/").text
    assert "没有停住的办件。" in page
    assert "调整" not in page


def test_stopped_cases_are_on_the_desk(desk):
    """The list names the case, where it stopped and why; from its page the clock is let go on."""
    browser, engine, case_id = desk
    assert "没有停住的办件" in browser.get("/supervisor/").text
    with engine.begin(SYSTEM) as work:
        case = cases.locked(work, case_id)
        case.state, case.trouble, case.trouble_cause = CaseState.INCIDENT, "名称不存在\nno such name", cases.CLOCK
        ledger.record(work, case_id, EntryKind.CASE_INCIDENT, node="review_birth", zh="名称不存在", en="no such name")
    listed = browser.get("/supervisor/").text
    assert f"/supervisor/cases/{case_id}" in listed
    assert "名称不存在" in listed
    assert "重新触发时限" in browser.get(f"/supervisor/cases/{case_id}").text
    page = preview(browser, case_id, _change="retry").text
    assert confirm(browser, case_id, page).status_code == 302
    assert "没有停住的办件" in browser.get("/supervisor/").text


@pytest.mark.parametrize("path", ["", "/preview"])
def test_hostile_input_is_answered_calmly(desk, path):
    """Whatever a field holds, the answer is a well-formed page or a refusal, and the case is as it was."""
    browser, engine, case_id = desk
    page = preview(browser, case_id, _change="skip", _token="t").text
    fields = {
        "_change": "skip",
        "_token": "t",
        "_node": "n",
        "_scope": "s",
        "_item": "i",
        **wish(page),
        "adjust.reason": WHY,
    }
    for field in FIELDS:
        for value in HOSTILE:
            answer = browser.send(f"/supervisor/cases/{case_id}{path}", **{**fields, field: value})
            assert answer.status_code < 500, (field, value)
            assert "<script>alert" not in answer.text
    with engine.look(SYSTEM) as work:
        assert EntryKind.CASE_ADJUSTED not in {entry.kind for entry in ledger.entries(work, case_id)}


def test_hostile_ids_for_every_change(desk):
    """Ids of nothing, of everything, far too long: refused in words."""
    browser, _engine, case_id = desk
    for kind in ChangeKind:
        for value in HOSTILE:
            answer = preview(browser, case_id, _change=kind, _token=value, _node=value, _scope=value, _item=value)
            assert answer.status_code < 500, (kind, value)
    assert browser.get("/supervisor/cases/" + "x" * 500).status_code == 404
    assert browser.get("/supervisor/?page=999999999999").status_code == 200


@pytest.fixture
def away(city, tmp_path):
    """The supervisor's browser and a case whose question to the other department failed for good."""
    asking.publish(city.engine, asking.first(asking.ask()))
    case_id = story.accepted(city.engine, city.actor("wangfang"))
    with city.engine.begin(SYSTEM) as work:
        [errand] = jobs.claim(work, "me")
        jobs.finish(work, errand.id, errand.attempt, jobs.Failure("对方拒绝", "denied", again=False))
    browser = app_for(city.engine, tmp_path).test_client()
    browser.sign_in("sunhui")
    return browser, city.engine, case_id, errand.id


def test_a_failed_job_is_one_incident(away):
    """The case it stopped is not listed a second time; its place in the drawing is linked."""
    browser, _engine, case_id, job = away
    page = browser.get("/supervisor/").text
    assert page.count("对方拒绝") == 1
    assert f"/supervisor/jobs/{job}" in page
    assert f"/cases/{case_id}?node=ask" in page
    assert '"focus": "ask"' in browser.get(f"/cases/{case_id}?node=ask").text


def test_a_failed_job_is_tried_again_for_a_reason(away):
    """Without a reason the page comes back; with one it is due at once, once, and in the history."""
    browser, engine, case_id, job = away
    wrong = browser.send(f"/supervisor/jobs/{job}", **{"adjust.reason": " "})
    assert wrong.status_code == 422
    assert 'aria-invalid="true"' in wrong.text
    for _ in range(2):
        assert browser.send(f"/supervisor/jobs/{job}", **{"adjust.reason": WHY}).location == "/supervisor/"
    assert asking.states(engine) == [JobState.WAITING]
    with engine.look(SYSTEM) as work:
        told = [e.facts["reason"] for e in ledger.entries(work, case_id) if e.kind == EntryKind.JOB_RETRIED]
    assert told == [WHY]


@pytest.mark.parametrize(("said", "kind"), [({}, "unavailable"), ({"answer.kind": "ok"}, "ok")])
def test_a_failed_job_is_skipped_with_what_came_of_it(away, said, kind):
    """Previewed like every change; unheard it is unavailable, said in its place it is that; the incident is over."""
    browser, engine, case_id, job = away
    page = preview(browser, case_id, _change="skip", _token=job, **said)
    assert "对方部门的答复" in page.text
    assert confirm(browser, case_id, page.text, **said).status_code == 302
    with engine.look(SYSTEM) as work:
        case = work.session.get_one(store.Case, case_id)
        assert (case.facts["marriage"]["check"]["kind"], case.state) == (kind, CaseState.RUNNING)
    assert "对方拒绝" not in browser.get("/supervisor/").text


def test_an_answer_nobody_can_give_is_refused(away):
    """A value that is none of the choices comes back beside its question."""
    browser, _engine, case_id, job = away
    page = preview(browser, case_id, _change="skip", _token=job, **{"answer.kind": "nonsense"})
    assert page.status_code == 422
    assert 'class="error-summary"' in page.text


def test_questions_are_on_the_case_page(city, tmp_path):
    """Connector, purpose, basis, how long, what came of it; what was asked is masked."""
    asking.publish(city.engine, asking.first(asking.ask()))
    case_id = story.accepted(city.engine, city.actor("wangfang"))
    with city.engine.begin(SYSTEM) as work:
        [errand] = jobs.claim(work, "me")
        reply, kind, detail = exchange.understood(errand, {"kind": "ok", "data": {}})
        exchange.record(work, exchange.Asked(errand, reply, work.now, 120, kind, detail))
        jobs.finish(work, errand.id, errand.attempt, reply)
    browser = app_for(city.engine, tmp_path).test_client()
    browser.sign_in("zhangwei")
    page = browser.get(f"/cases/{case_id}").text.partition('id="calls"')[2]
    assert all(word in page for word in ("mz.marriage", "结婚登记审查", "《婚姻登记条例》", "120 毫秒", "一致", "李*"))
    assert story.GROOM["id_number"] not in page
