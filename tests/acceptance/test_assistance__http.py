"""Social assistance over plain HTTP, with the sandbox's departments and the live worker: a family told once."""

import importlib.util
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from engine import store, worker
from engine.app import Engine
from engine.words import CITY
from tests.visitor import Visitor

spec = importlib.util.spec_from_file_location("window", Path(__file__).with_name("test_window__http.py"))
window = importlib.util.module_from_spec(spec)
spec.loader.exec_module(window)


def today():
    """The day in the city when it is asked: a run may begin before midnight and end after it."""
    return f"{datetime.now(CITY):%Y-%m-%d}"


TODAY = today()
SITUATION = {
    "channel": "self", "residence": "here", "settlement": "rural", "current": "none", "urgent": "no", "kin": "no",
    "need.study": "true", "need.disability": "true", "_area": "330802006",
}  # fmt: skip
FAMILY = {
    "applicant.role": "self", "applicant.name": "胡海涛", "applicant.cert_type": "111",
    "applicant.id_number": "330802196306159971", "applicant.nation": "01", "applicant.phone": "19900001035",
    "applicant.hukou_address": "解放路7号", "applicant.living_address": "解放路7号",
    "household.wage": "500", "household.business": "0", "household.property": "0", "household.transfer": "0",
    "household.houses": "1", "household.cars": "0", "household.deposits": "3000", "household.authorised": "all",
    "hardship.description": "样例：残疾，独自生活。", "bank.holder": "胡海涛", "bank.name": "样例银行",
    "bank.card": "6222020000000000018", "consent.sharing": "true", "consent.truthful": "true",
    "consent.signed_by": "胡海涛", "consent.signed_on": TODAY, "papers.authority": "original",
}  # fmt: skip
VISIT = {"met": "visited", "surveyors": "钱亮、孙静", "visited_on": TODAY, "findings": "样例：属实。"}
ASSESSED = {
    "persons": "1", "income": "500", "deducted": "0", "houses": "1", "cars": "0", "deposits": "3000", "destitute": "no",
    "severe": "no", "special": "1", "labour": "no", "rigid": "no", "disputed": "no",
}  # fmt: skip
COUNTY = {"decision": "approved", "granted_category": "low", "monthly": "400"}
REFUSED = {"decision": "refused", "reason": "样例：已过申请时间。", "legal_basis": "样例依据"}


@pytest.fixture
def people(server):
    """Signed-in visitors by login."""
    made = {}

    def person(login):
        if login not in made:
            made[login] = Visitor(server.address)
            assert made[login].sign_in(login).status == 200
        return made[login]

    return person


def typed(form):
    """The form filled in; the rows a browser would copy for further members stay out."""
    found = {name: value for name, value in form.form_values() if "__row__" not in name + value}
    return found | FAMILY


def does(person, step, number, given=None):
    """Do the task of this step, approving unless told otherwise."""
    action = window.open_task(person, step, number).address.removeprefix(person.base)
    page = person.fill(action, given or {"decision": "approved"})
    assert (page.status, "已提交" in page.words) == (200, True), page.words[:900]


def publicity_over(server):
    """The clock looks again eight days later."""
    database = store.connect(f"sqlite:///{server.data / 'lianban.db'}")
    worker.sweep(Engine(database, lambda: datetime.now(UTC) + timedelta(days=8)))
    database.dispose()


def results(family, number, code):
    """How many items were granted and refused, once the case has ended: the money takes a moment."""
    for _ in range(100):
        words = window.look_up(family, number, code).words
        if "家庭认定和所选救助都已办完" in words:
            return words.count("✓通过"), words.count("✕")
        time.sleep(0.1)
    raise AssertionError(words[:900])


def test_a_family_told_once(people, server):
    """Check, visit, publicity and decision; the money is paid; one refusal leaves the other programmes alone."""
    clerk = people("wangfang")
    clerk.get("/window/")
    clerk.submit("/window/drafts", pack="assistance")
    assert clerk.fill("/situation", SITUATION).status == 200, clerk.page.words[:600]
    page = clerk.post(clerk.page.form("/accept").action, typed(clerk.page.form("/accept")))
    assert page.address.endswith("/receipt"), page.words[:900]
    number, code = window.printed(page)
    does(people("luohui"), "残疾人补贴", number)
    does(people("qianliang"), "入户调查", number, VISIT)
    does(people("qianliang"), "核定家庭情况", number, ASSESSED)
    does(people("wujianhua"), "乡镇初审", number, {"township_decision": "approved"})
    does(people("qianliang"), "张榜公示", number, {"posted_on": today(), "posted_at": "街道公开栏"})
    publicity_over(server)
    page = window.open_task(people("chenjing"), "县级审核确认", number)
    shown = page.tree.xpath("//p[starts-with(@data-field, 'text:')][not(@hidden)]/text()")
    assert shown == ["按规则的类别：最低生活保障。"]
    assert page.tree.xpath("//*[@id='f-shown_monthly']/@value") == ["400"], "250 to the line, and 150 for one in need"
    does(people("chenjing"), "县级审核确认", number, COUNTY)
    does(people("luohui"), "教育救助", number, REFUSED)
    does(people("liuqiang"), "送达认定决定", number, {"handover.handed_on": TODAY, "handover.receiver": "胡海涛"})
    assert results(Visitor(server.address), number, code) == (3, 1), "recognised, paid, subsidy; education refused"
