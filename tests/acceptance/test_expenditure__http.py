"""Expenditure relief over plain HTTP with sandbox and worker: bills in a list, publicity, a bill used twice."""

import importlib.util
import re
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.visitor import Visitor

spec = importlib.util.spec_from_file_location("window", Path(__file__).with_name("test_window__http.py"))
window = importlib.util.module_from_spec(spec)
spec.loader.exec_module(window)


def today():
    """The day in the city when it is asked: a run may begin before midnight and end after it."""
    return f"{datetime.now(ZoneInfo('Asia/Shanghai')):%Y-%m-%d}"


TODAY = today()
SITUATION = {"channel": "self", "category": "none", "spending.medical": "true", "want_referral": "no"}
FAMILY = {
    "applicant.name": "胡海涛",
    "applicant.id_number": "330802196306159971",
    "applicant.living_address": "解放路7号",
    "household.wage": "36000",
    "household.business": "0",
    "household.property": "0",
    "household.transfer": "0",
    "household.houses": "1",
    "household.vehicles": "0",
    "household.savings": "5000",
    "household.authorised": "now",
}
BILL = {"kind": "medical", "payer": "胡海涛", "paid_on": TODAY, "total": "50000", "reimbursed": "20000"}


@pytest.fixture
def person(server):
    """Makes people with a browser of their own, signed in."""

    def visitor(login):
        made = Visitor(server.address)
        assert made.sign_in(login).status == 200
        return made

    return visitor


def apply(clerk, *serials, **changes):
    """Take the application of the family with hospital bills of these numbers; returns what follows."""
    clerk.get("/window/")
    clerk.submit("/window/drafts", pack="expenditure-relief")
    page = clerk.fill("/situation", SITUATION | {"_area": "330802006"})
    assert page.status == 200, page.words[:400]
    typed = window.completed(clerk.page.form("/accept"), FAMILY)
    for n, serial in enumerate(serials, 1):
        typed |= {f"bills.{n}.{key}": value for key, value in (BILL | {"serial": serial} | changes).items()}
    page = clerk.fill("/accept", typed | {"bills": [str(n) for n in range(1, len(serials) + 1)]})
    return window.apart(clerk, page)


def refuse(person, step, number, key):
    """Refuse; without JavaScript the reason is asked for after the first try."""
    said = {key: "refused", "reason": "支出占比没有超过一半", "legal_basis": "《刚性支出困难家庭认定办法》"}
    action = window.decide(person, step, number, said).address.removeprefix(person.base)
    page = person.fill(action, window.completed(person.page.form(action), said))
    assert "已提交" in page.words, page.words[:600]


def test_bills_are_counted_and_published(person):
    """The window types bills, machines ask and count, the township agrees and posts it."""
    clerk, handler, leader = (person(login) for login in ("liuqiang", "qianliang", "wujianhua"))
    page = apply(clerk, "HTTP-0001")
    assert page.address.endswith("/receipt"), page.words[:800]
    number, _ = window.printed(page)
    visit = {"met": "visited", "surveyors": "钱亮、孙静", "visited_on": TODAY, "findings": "情况属实。"}
    window.done(handler, "入户调查", number, visit)
    assert 'value="30000"' in window.open_task(handler, "审核票据", number).text
    window.done(handler, "审核票据", number, {"deducted": "0"})
    counted = {"status": "none", "persons": "1", "income": "36000", "houses": "1", "vehicles": "0", "savings": "5000"}
    window.done(handler, "核定", number, counted | {"disputed": "no"})
    assert "都符合《刚性支出困难家庭认定办法》" in window.open_task(leader, "乡镇审核", number).text
    window.done(leader, "乡镇审核", number, {"opinion": "approved"})
    window.done(handler, "张榜公示", number, {"posted_on": today(), "posted_at": "街道公开栏"})
    assert "公示" in window.open_task(handler, "公示期登记异议", number).words


def test_a_bill_of_another_case_needs_a_reason(person):
    """A number of a list, typed otherwise, in the list of a new case: not accepted until the clerk says why."""
    clerk = person("liuqiang")
    first = apply(clerk, "HTTP-0002", "HTTP-0003")
    number, _ = window.printed(first)
    page = apply(clerk, "HTTP-0004", " http-0003 ")
    assert (page.status, number in page.words) == (422, True), page.words[:800]
    page = apply(clerk, "HTTP-0005", "HTTP-0005")
    assert "同一个票据号码填了两次" in page.words, page.words[:800]
    apply(clerk, "HTTP-0004", "HTTP-0003")
    page = window.apart(clerk, clerk.fill("/accept", {"papers.bills.reason": "原件两次提交，前一件已撤回"}))
    assert page.address.endswith("/receipt"), page.words[:800]


def test_a_refusal_says_how_it_was_computed(person):
    """The county refuses what the rule does not allow; the letter gives the numbers, the reason and the remedy."""
    clerk, handler, leader, county = (person(login) for login in ("liuqiang", "qianliang", "wujianhua", "zhangwei"))
    number, _ = window.printed(apply(clerk, "HTTP-0006", total="38000"))
    visit = {"met": "visited", "surveyors": "钱亮、孙静", "visited_on": TODAY, "findings": "情况属实。"}
    window.done(handler, "入户调查", number, visit)
    window.done(handler, "审核票据", number, {"deducted": "0"})
    counted = {"status": "none", "persons": "1", "income": "36000", "houses": "1", "vehicles": "0", "savings": "5000"}
    window.done(handler, "核定", number, counted | {"disputed": "no"})
    refuse(leader, "乡镇审核", number, "opinion")
    refuse(county, "县级核定不予", number, "refusal")
    window.open_task(clerk, "送达不予认定", number)
    links = clerk.page.tree.xpath("//a[contains(@href, '/cases/')]/@href")
    clerk.get(next(link for link in links if re.search("/cases/[0-9a-f]{32}$", link)))
    row = next(row for row in clerk.page.tree.xpath("//tr[@data-href]") if "不予认定决定书" in row.text_content())
    said = clerk.get(row.get("data-href")).words
    assert "核定的刚性支出18000元" in said, said[:900]
    assert "十二个月刚性支出占家庭总收入的比例没有超过规定" in said
