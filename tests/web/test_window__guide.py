"""The situation guide and handing out over HTTP, as a browser without JavaScript posts them."""

import re

import pytest

from engine import cases, identity, tasks
from engine.work import SYSTEM
from tests import guided
from tests.web.client import app_for

ANSWERS = {"years": "70", "_area": "330802006", "_key": "p"}


@pytest.fixture
def browser(city, tmp_path):
    """王芳 in front of a new draft; `draft` is its address."""
    guided.release(city.engine)
    browser = app_for(city.engine, tmp_path).test_client()
    browser.sign_in("wangfang")
    answer = browser.send("/window/drafts", pack="guided", window="zw-330802")
    browser.draft = answer.location.removesuffix("/situation")
    return browser


def post(browser, path, **fields):
    """Post fields, lists as several ones of a name, with the revision the page has."""
    page = browser.get(browser.draft + "/situation").get_data(as_text=True)
    revision = re.search(r'name="_revision" value="(\d+)"', page)
    sent = {"csrf_token": browser.token(), "_revision": revision[1] if revision else "", **fields}
    return browser.post(browser.draft + path, data=sent)


def test_the_button_shows_what_follows(browser):
    """Without JavaScript a button shows items with their reasons, the choice, and the last day; nothing is stored."""
    page = post(browser, "/situation", **ANSWERS, _look="1").get_data(as_text=True)
    for words in ("人人都要办", "满六十周岁可领", "核对身份", 'name="_ticked" value="grant" checked', "2026-11-25"):
        assert words.replace('" checked', '"') in page
    assert 'id="f-items.grant"' not in browser.get(browser.draft + "/situation").get_data(as_text=True)


def test_the_live_preview_follows_the_ticks(browser):
    """Unticking takes the item and its paper out of the preview; the choice itself stays on offer."""
    panels = post(browser, "/preview", **ANSWERS, _offered=["grant"]).get_json()["panels"]
    assert "补助" in panels["offers"]
    assert "满六十周岁可领" not in panels["preview"]
    assert "银行卡" not in panels["preview"]


def test_a_required_item_cannot_be_left_out(browser):
    """A page that says so gets its answers back with the sentence."""
    answer = post(browser, "/situation", **ANSWERS, _offered=["permit"])
    assert answer.status_code == 422
    assert "“许可”必须办理" in answer.get_data(as_text=True)


def test_handing_out_on_the_case_page(browser, city):
    """A missing signature is said beside the item with what was typed; then the page says how it went out."""
    post(browser, "/situation", **ANSWERS, _offered=["grant"], _ticked=["grant"])
    answer = post(browser, "/accept", **{"person.name": "方知远", "papers.card": "original", "_key": "q"})
    case_id = answer.location.split("/")[2]
    with city.engine.look(SYSTEM) as work:
        reviewer = identity.actor_named(work, "zhangwei")
    with city.engine.begin(reviewer) as work:
        task = next(t for t in cases.view(work, case_id).tasks if t.item == "permit")
        tasks.complete(work, task.id, {"decision": "approved"}, key="once")
    path = f"/cases/{case_id}/items/permit/handover"
    unsigned = browser.send(path, way="window", receiver="方知远")
    assert unsigned.status_code == 422
    assert 'value="方知远"' in unsigned.get_data(as_text=True)
    assert browser.send(path, way="window", receiver="方知远", signed="true").status_code == 302
    assert browser.send(path, way="window", receiver="方知远", signed="true").status_code == 409
    assert "窗口领取" in browser.get(f"/cases/{case_id}").get_data(as_text=True)
