"""The supervisor's board on the screen: numbers in tables without scripts, each leading to what was counted."""

import re
from datetime import datetime

import pytest

from engine.words import CITY
from tests import story, timed
from tests.timed import CERTIFICATE, COPIES
from tests.web.client import app_for


@pytest.fixture
def house(city, tmp_path):
    """The application with one case, in which the police have two items to do."""
    timed.publish(city.engine)
    story.accepted(city.engine, city.actor("wangfang"), situation={"want_birth": "no"})
    story.decide(city.engine, city.actor("zhangwei"), "review_marriage")
    story.decide(city.engine, city.actor("zhangwei"), "issue_marriage", **CERTIFICATE, **COPIES)
    return app_for(city.engine, tmp_path)


@pytest.fixture
def desk(house):
    """The supervisor's browser."""
    browser = house.test_client()
    browser.sign_in("sunhui")
    return browser


def rows(page, table):
    """The cells of a table, line by line, without tags."""
    found = re.search(rf'<table[^>]*id="{table}".*?</table>', page, re.DOTALL)[0]
    lines = re.findall(r"<tr>(.*?)</tr>", found, re.DOTALL)
    return [
        [re.sub(r"<[^>]+>", "", c).strip() for c in re.findall(r"<t[dh].*?</t[dh]>", line, re.DOTALL)] for line in lines
    ]


def test_numbers_are_in_tables(desk):
    """The workload and the counties, as text: what the chart draws is what the table says."""
    page = desk.get("/supervisor/board").get_data(as_text=True)
    assert ["府山派出所", "0", "2", "0", "—"] in rows(page, "loads")
    assert ["柯城民政局", "0", "0", "2", "0"] in rows(page, "loads")
    assert ["柯城区", "100.0%", "1", "2", "0", "1", "0"] in rows(page, "counties")
    assert ["开化县", "—", "0", "0", "0", "0", "0"] in rows(page, "counties")


def test_every_number_leads_to_its_list(house, clock):
    """Each link of the board opens, and says as many lines as the number that leads there; red lamps as well."""
    clock.now = datetime(2026, 12, 7, 17, 31, tzinfo=CITY)
    desk = house.test_client()
    desk.sign_in("sunhui")
    page = desk.get("/supervisor/board?term=2026-Q4").get_data(as_text=True)
    links = re.findall(r'<a[^>]*href="(/(?:supervisor/board/list|deadlines/)\?[^"]+)"[^>]*>(?:[▲◆] )?(\d+)</a>', page)
    assert len(links) > 10
    for address, number in links:
        shown = desk.get(address.replace("&amp;", "&")).get_data(as_text=True)
        assert f"共 {number} 条" in shown, address
        assert "李志远" not in shown


def test_an_unclear_period_is_said(desk):
    """A period nobody can read shows this month and says so; a list of it is refused."""
    answer = desk.get("/supervisor/board?since=2026-11-30&until=2026-11-01")
    assert (answer.status_code, "现显示本月" in answer.get_data(as_text=True)) == (422, True)
    assert desk.get("/supervisor/board/list?what=tasks_open&term=2026-13").status_code == 422


@pytest.mark.parametrize("asked", ["", "?what=everything", "?what=tasks_open&county=%00", "?what=tasks_open&page=x"])
def test_lists_nobody_knows(desk, asked):
    """What is not counted has no list; odd words find nothing, and no page breaks."""
    status = desk.get(f"/supervisor/board/list{asked}").status_code
    assert status == (200 if "tasks_open" in asked else 404)


@pytest.mark.parametrize(
    "asked", ["?lamp=purple", "?department=nobody", "?pack=no%00body", "?lamp=red&department=ga-330802006"]
)
def test_deadlines_take_a_part(desk, asked):
    """The list of deadlines shows the part the board leads to, and says that it is a part."""
    answer = desk.get(f"/deadlines/{asked}")
    assert answer.status_code == 200
    assert ("只显示了列表的一部分" in answer.get_data(as_text=True)) == ("purple" not in asked)


def test_the_event_log_is_a_file(desk):
    """One button gives the log of a one-thing as a file; a pack nobody published has none."""
    answer = desk.get("/supervisor/board/xes/family?term=2026-11")
    assert (answer.status_code, answer.mimetype) == (200, "application/xml")
    assert "filename=family-2026-11.xes" in answer.headers["Content-Disposition"]
    assert answer.get_data().count(b"<trace>") == 1
    assert desk.get("/supervisor/board/xes/nothing").status_code == 404


def test_indicators_say_what_they_mean(desk):
    """A value with what was counted, or why there is none; goals of the year with their reason. In both languages."""
    page = desk.get("/supervisor/board/indicators?term=2026-11").get_data(as_text=True)
    lines = {row[0]: row for row in rows(page, "platform") if row}
    assert lines["P04"][3:] == ["1", "1", "100.0%"]
    assert lines["P01"][3:] == ["1", "—", "1"]
    assert "暂无数值" in lines["P08"][3]
    assert len(rows(page, "goals")) == 21
    desk.set_cookie("language", "en")
    assert "Model home-care centres" in desk.get("/supervisor/board/indicators").get_data(as_text=True)
    assert desk.get("/supervisor/board/indicators?term=never").status_code == 422


def test_the_drawing_is_a_table_as_well(desk):
    """Steps with how often and how long, in words; the same goes to the drawing. An unknown pack has none."""
    page = desk.get("/supervisor/board/heat/family?term=2026-11").get_data(as_text=True)
    found = re.findall(r"<tr><th scope=\"row\">结婚登记审查</th>.*?</tr>", page)
    assert [re.sub(r"<[^>]+>", " ", line).split() for line in found] == [["结婚登记审查", "结婚登记", "1", "0", "0"]]
    assert '"text": "1 \\u6b21 \\u00b7 0 \\u65e5"' in page
    assert desk.get("/supervisor/board/heat/nothing").status_code == 404
    assert desk.get("/supervisor/board/heat/family?term=x").status_code == 422
