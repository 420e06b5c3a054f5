"""The four reductions on the screen: of packs for who designs and oversees, of a case for its window and its people."""

import re

import pytest

from engine import cases, drafts
from tests import guided
from tests.engine.reductions.test_reading__who import EXTRA, HEAD
from tests.web.client import Browser, app_for

WORDS = ("办理环节", "自带材料", "时间", "跑动次数")


@pytest.fixture
def house(city, tmp_path):
    """The application with a pack that has a base and one in which nobody stated anything."""
    guided.release(city.engine, extra=EXTRA, head=HEAD, words="十日")
    app = app_for(city.engine, tmp_path)
    app.test_client_class = Browser
    return app, city


def page(app, login, address):
    """What somebody sees, without the tags."""
    browser = app.test_client()
    browser.sign_in(login)
    answer = browser.get(address)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.get_data(as_text=True)))


@pytest.mark.parametrize("login", ["gaomin", "sunhui", "yangmin"])
def test_designers_and_supervisors_see_every_pack(house, login):
    """Four figures; what nobody stated is named, not nought."""
    app, _ = house
    shown = page(app, login, "/packs/")
    assert all(word in shown for word in WORDS)
    assert "引导小事" in shown
    # steps: permit and burial state 3 each, grant and visit nothing
    assert "办理环节 未写明 5 — 补助、上门" in shown


def test_a_case_shows_its_own(house):
    """The page of a running case says what its items take by the process, apart and together."""
    app, city = house
    clerk = city.actor("wangfang")
    case_id = guided_case(city, clerk)
    shown = page(app, "wangfang", f"/cases/{case_id}")
    assert "这些事项按流程要用多少" in shown
    assert "办理环节 6 3 3" in shown
    assert "自带材料 3 1 2" in shown
    assert "跑动次数 2 1 1" in shown
    with city.engine.begin(clerk) as work:
        printed = cases.receipt(work, case_id)
    people = app.test_client()
    people.get("/progress")
    asked = people.send("/progress", number=printed.number, code=printed.code).get_data(as_text=True)
    assert "四减" in asked
    assert "自带材料" in asked


def guided_case(city, clerk):
    """A case of permit and burial."""
    with city.engine.begin(clerk) as work:
        draft = drafts.start(work, "guided", "zw-330802")
        drafts.situate(work, draft, {"years": "50"}, "330802006", page="p", revision=1)
    with city.engine.begin(clerk) as work:
        return drafts.accept(work, draft, {"person.name": "方知远"}, {"card": "original"}, page="p", revision=-1)


def test_people_are_shown_no_figure_that_has_no_base(house):
    """Where nobody stated what the matters take apart, the public page says nothing of it."""
    app, city = house
    guided.release(city.engine)
    case_id = guided_case(city, city.actor("wangfang"))
    with city.engine.begin(city.actor("wangfang")) as work:
        printed = cases.receipt(work, case_id)
    people = app.test_client()
    people.get("/progress")
    asked = people.send("/progress", number=printed.number, code=printed.code).get_data(as_text=True)
    assert "引导小事" in asked
    assert "四减" not in asked
