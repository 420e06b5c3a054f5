"""Filling in from shared data as a newcomer meets it: the demo's own departments answer after `make run`."""

import json
import re
import urllib.request
from datetime import UTC, datetime

import pytest

from engine import store
from engine.app import Engine
from tests import story

ADDRESS = "浙江省衢州市柯城区府山街道新桥街2号1幢101室"
GROOM = {"groom.name": "李志远", "groom.id_number": "330802198801039976"}


@pytest.fixture
def draft(server):
    """A fresh draft of the family, its situation known."""
    database = store.connect(f"sqlite:///{server.data / 'lianban.db'}")
    engine = Engine(database, lambda: datetime.now(UTC))
    made = story.situated(engine, story.person(engine, "wangfang"))
    database.dispose()
    return f"/window/drafts/{made}"


@pytest.fixture
def clerk(desk, draft):
    """The clerk at the form, in a browser without scripts: there is only the button."""
    made = desk(java_script_enabled=False)
    made.check = lambda: None
    made.sign_in("wangfang")
    made.open(draft)
    return made


@pytest.fixture
def hands(desk, draft):
    """The clerk at the form with scripts and a keyboard."""
    made = desk("wangfang")
    made.open(draft)
    return made


@pytest.fixture
def fault(server):
    """Makes a department of the demo's sandbox slow, or silent; all is mended afterwards."""
    log = (server.data / "server.log").read_text("utf-8")
    address = re.search(r"sandbox at (http://[0-9.:]+)", log).group(1)

    def put(**faults):
        body = json.dumps({name.replace("_", "."): said for name, said in faults.items()}).encode()
        urllib.request.urlopen(urllib.request.Request(f"{address}/faults", body, method="PUT")).close()

    yield put
    put()


def type_into(page, key, text):
    """Type a field with the keyboard and leave it with Tab."""
    page.locator(f'[name="{key}"]').focus()
    page.keyboard.type(text)
    page.keyboard.press("Tab")


def agree(page):
    """Tick the consent with the keyboard."""
    page.locator('[name="declaration.sharing"]').focus()
    page.keyboard.press("Space")


def state(page):
    """What the first block says of the asking."""
    return page.locator('[data-block="groom"] .heard')


def fill_in(clerk):
    """Press the button of the first block."""
    with clerk.page.expect_navigation():
        clerk.page.locator('[name="_block"][value="groom"]').click()
    clerk.check()


def test_consent_first_then_filled_in_then_decided(clerk):
    """Without the tick nothing is asked; then fields are filled in with their source, and what differs is decided."""
    page = clerk.page
    for key, value in GROOM.items():
        page.locator(f'[name="{key}"]').fill(value)
    fill_in(clerk)
    assert page.locator("[data-error-summary] a").get_attribute("href") == "#f-declaration.sharing"
    page.locator('[name="declaration.sharing"]').check()
    page.locator('[name="groom.hukou_address"]').fill("另一处")
    fill_in(clerk)
    assert page.locator('[name="groom.hukou_address"]').input_value() == "另一处"
    assert page.locator('[name="groom.nation"]').input_value() == "01"
    assert "来自公安" in page.locator('[data-field="groom.nation"]').inner_text()
    assert ADDRESS in page.locator("#conflicts").inner_text()
    page.locator('[name="_use.groom.hukou_address"][value="typed"]').check()
    clerk.press("确定")
    assert "请写明不采用共享数据的理由" in page.locator("#conflicts").inner_text()
    page.locator('[name="_why.groom.hukou_address"]').fill("昨天刚迁入，户口簿为证")
    clerk.press("确定")
    assert not page.locator("#conflicts fieldset").count()
    assert "昨天刚迁入" in page.locator('[data-field="groom.hukou_address"]').inner_text()


def test_enter_accepts_and_asks_nobody(clerk):
    """Enter in a field is the form's own button, wherever other buttons stand."""
    page = clerk.page
    with page.expect_navigation():
        page.locator('[name="groom.name"]').press("Enter")
    assert page.url.endswith("/accept")


def test_a_complete_block_is_asked_by_itself_and_disturbs_nobody(hands, fault):
    """The clerk types on while the answer comes: no key is lost, the focus stays, only empty fields are filled."""
    page = hands.page
    fault(ga_identity={"fault": "slow", "seconds": 2, "times": 1})
    for key, value in GROOM.items():
        type_into(page, key, value)
    assert not state(page).inner_text().strip()  # nobody is asked without the consent
    agree(page)
    state(page).get_by_text("正在向其他部门查询").wait_for()
    page.locator('[name="groom.hukou_address"]').focus()
    page.keyboard.type("另一处", delay=150)
    page.locator('[name="bride.name"]').focus()
    page.keyboard.type("黄雨欣黄雨欣黄雨欣", delay=250)
    assert page.evaluate("document.activeElement.name") == "bride.name"
    assert page.locator('[name="bride.name"]').input_value() == "黄雨欣黄雨欣黄雨欣"
    page.keyboard.press("Tab")
    page.locator("#conflicts").get_by_text(ADDRESS).wait_for()
    assert page.locator('[name="groom.hukou_address"]').input_value() == "另一处"
    assert page.locator('[name="groom.nation"]').input_value() == "01"
    assert "来自公安" in page.locator('[data-field="groom.nation"]').inner_text()
    assert "与公安的数据不一致" in page.locator('[data-field="groom.hukou_address"]').inner_text()
    assert "一致" in state(page).inner_text()
    hands.check()


def test_asked_once_for_what_was_typed(hands):
    """Leaving other fields asks nobody again; another number is another person and is asked about, once."""
    page, asked = hands.page, []
    page.on("request", lambda sent: asked.append(sent.url) if sent.url.endswith("/prefill") else None)
    agree(page)
    for key, value in GROOM.items():
        type_into(page, key, value)
    state(page).get_by_text("一致").first.wait_for()
    with page.expect_response("**/save"):
        type_into(page, "groom.phone", "19900001000")
    assert len(asked) == 1
    page.locator('[name="groom.id_number"]').focus()
    page.keyboard.press("Control+a")
    with page.expect_response("**/save"):
        page.keyboard.type("330822198902019988")  # complete, but the field is not left yet
    assert len(asked) == 1
    page.keyboard.press("Tab")
    state(page).get_by_text("查无").first.wait_for()
    assert len(asked) == 2
    assert not page.locator('[data-field="groom.nation"] .source').count()


def test_a_department_that_is_away_leaves_the_form_alone(hands, fault):
    """One sentence in the block, nothing over the page; the fields stay as they are, and the button asks again."""
    page = hands.page
    fault(ga_identity={"fault": "away"}, mz_record={"fault": "away"})
    for key, value in GROOM.items():
        type_into(page, key, value)
    agree(page)
    state(page).get_by_text("请手工填写").first.wait_for()
    assert not page.locator('[name="groom.hukou_address"]').input_value()
    assert not page.locator("#notice").inner_text()
    fault()
    fill_in(hands)
    assert page.locator('[name="groom.hukou_address"]').input_value() == ADDRESS


def test_a_failed_request_says_so_in_the_block(hands):
    """The server cannot be reached for this: one sentence, and the page does not try again and again."""
    page, tried = hands.page, []
    page.route("**/prefill", lambda route: (tried.append(1), route.fulfill(status=409, body="")))
    for key, value in GROOM.items():
        type_into(page, key, value)
    agree(page)
    state(page).get_by_text("无人应答").wait_for()
    with page.expect_response("**/save"):
        type_into(page, "groom.phone", "19900001000")
    assert tried == [1]
    assert not page.locator("#notice").inner_text()
