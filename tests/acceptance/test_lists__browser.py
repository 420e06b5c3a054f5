"""A form with a list of people: by keyboard alone, without scripts, and what each department sees of it."""

import importlib.util
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import expect

from engine import drafts, store
from engine.app import Engine
from tests import household, story

spec = importlib.util.spec_from_file_location("keys", Path(__file__).with_name("test_keyboard__whole_case.py"))
keys = importlib.util.module_from_spec(spec)
spec.loader.exec_module(keys)

ADD = "添加共同生活的家庭成员"
CARD = "6222021234567890128"
APPLICANT = {"name": "李志远", "id_number": "330802198801039976", "phone": "19900001000", "card": CARD}
TYPED = {f"applicant.{key}": value for key, value in APPLICANT.items()}
FIRST = {"name": "黄雨欣", "id_number": "330822198902019961", "income": "1800.50"}


@pytest.fixture(scope="module")
def engine(server):
    """The same database, opened beside the server, with the pack published."""
    database = store.connect(f"sqlite:///{server.data / 'lianban.db'}")
    opened = Engine(database, lambda: datetime.now(UTC))
    household.publish_household(opened)
    yield opened
    database.dispose()


@pytest.fixture
def draft(engine):
    """A draft of the clerk whose situation is answered."""
    clerk = story.person(engine, "wangfang")
    with engine.begin(clerk) as work:
        begun = drafts.start(work, "household", "zw-330802")
    with engine.begin(clerk) as work:
        situation, area = {"wants_care": "yes"}, story.AREA
        drafts.situate(work, begun, situation, area, page="p", revision=story.revision_of(engine, clerk, begun))
    return begun


def row(page, mark):
    """Values typed in a row, by key."""
    fields = page.locator(f'[data-list-row="members.{mark}"] [name^="members.{mark}."]:not([type=radio])')
    return {each.get_attribute("name").rpartition(".")[2]: each.input_value() for each in fields.all()}


def derived(page, address, value):
    """Wait until the server has worked this out."""
    expect(page.locator(f'[data-derived="{address}"]')).to_have_value(value)


def kept(page):
    """Wait until what was typed is saved."""
    page.locator("[data-saved-state]", has_text=":").wait_for()


def test_rows_by_keyboard(desk, draft, engine):
    """Rows are added, filled, corrected and removed without a mouse; every stop is seen and in order."""
    clerk = desk("wangfang")
    clerk.open(f"/window/drafts/{draft}")
    hands, page = keys.Keyboard(clerk), clerk.page
    for key, value in TYPED.items():
        hands.until(lambda stop, key=key: stop["name"] == key)
        hands.type(value)
    for key, value in FIRST.items():
        hands.until(lambda stop, key=key: stop["name"] == f"members.1.{key}")
        hands.type(value)
    hands.until(lambda stop: stop["name"] == "members.1.health")
    hands.choose("well")
    derived(page, "members.1.sex", "女")
    hands.to(ADD)
    page.keyboard.press("Enter")
    stop = page.evaluate(keys.FOCUS)
    assert stop["name"] == "members.2.name"
    assert page.locator("[data-list-said]").text_content() == "共同生活的家庭成员：2"
    hands.last = stop["order"]
    hands.type("黄小宝")
    hands.until(lambda each: each["name"] == "members.2.income")
    hands.type("0.1")
    hands.until(lambda each: each["name"] == "members.2.health")
    hands.choose("ill")
    page.wait_for_selector('[data-field="members.2.illness"]:not([hidden])')
    derived(page, "total", "1800.60")
    clerk.checked.clear()
    clerk.check()
    hands.until(lambda each: each["name"] == "members.2.illness")
    hands.type("样例病")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.locator("[data-error-summary] a").all_inner_texts() == [
        "共同生活的家庭成员 2 · 公民身份号码：此项必填。"
    ]
    assert row(page, 2) == {"name": "黄小宝", "id_number": "", "income": "0.1", "illness": "样例病"}
    clerk.check()


def test_half_typed_rows_come_back(desk, draft):
    """Whatever was typed in a row is there again in another browser, and a removed row is gone with its answers."""
    clerk = desk("wangfang")
    page = clerk.page
    clerk.open(f"/window/drafts/{draft}")
    page.get_by_role("button", name=ADD).click()
    page.get_by_role("button", name=ADD).click()
    for mark, name in {"1": "一", "2": "二", "3": "三"}.items():
        page.locator(f'[name="members.{mark}.name"]').fill(name)
    page.locator('[name="members.3.income"]').fill("12,")
    page.once("dialog", lambda asked: asked.accept())
    page.locator('[data-list-row="members.2"] [data-list-remove]').click()
    assert page.locator("[data-list-row] > legend").all_inner_texts() == [
        "共同生活的家庭成员 1", "共同生活的家庭成员 2",
    ]  # fmt: skip
    kept(page)
    other = desk("wangfang")
    other.open(f"/window/drafts/{draft}")
    assert [row(other.page, mark)["name"] for mark in (1, 3)] == ["一", "三"]
    assert row(other.page, 3)["income"] == "12,"
    assert not other.page.locator('[name="members.2.name"]').count()
    for _ in range(3):
        other.page.get_by_role("button", name=ADD).click()
    assert other.page.get_by_role("button", name=ADD).is_disabled()


def test_rows_need_no_scripts(desk, draft):
    """The same buttons post the form where nothing runs: one row more or less, and everything typed is still there."""
    clerk = desk(java_script_enabled=False)
    clerk.check = lambda: None
    clerk.sign_in("wangfang")
    page = clerk.page
    clerk.open(f"/window/drafts/{draft}")
    for key, value in (TYPED | {f"members.1.{k}": v for k, v in FIRST.items()}).items():
        page.locator(f'[name="{key}"]').fill(value)
    page.locator('[name="members.1.health"][value="well"]').check()
    clerk.press(ADD)
    clerk.press(ADD)
    page.locator('[name="members.3.name"]').fill("三")
    with page.expect_navigation():
        page.locator('[name="_remove"][value="members.2"]').click()
    assert row(page, 1)["income"] == "1800.50"
    assert row(page, 3)["name"] == "三"
    assert not page.locator('[data-list-row="members.2"]').count()
    with page.expect_navigation():
        page.locator('[name="_remove"][value="members.3"]').click()
    clerk.press("受理")
    assert page.locator(".paper .code").count()


def accepted(desk, draft):
    """The clerk's desk at the receipt of a case of two members, the second one ill."""
    clerk = desk("wangfang")
    page = clerk.page
    clerk.open(f"/window/drafts/{draft}")
    page.get_by_role("button", name=ADD).click()
    second = {"name": "黄小宝", "id_number": "330802201503159974", "income": "0"}
    typed = TYPED | {f"members.1.{k}": v for k, v in FIRST.items()} | {f"members.2.{k}": v for k, v in second.items()}
    for key, value in typed.items():
        page.locator(f'[name="{key}"]').fill(value)
    page.locator('[name="members.1.health"][value="well"]').check()
    page.locator('[name="members.2.health"][value="ill"]').check()
    page.locator('[name="members.2.illness"]').fill("样例病")
    clerk.press("受理")
    return clerk


def test_departments_see_their_part_of_each_row(desk, draft):
    """Civil affairs sees the incomes and no illness, health the illness and no income, the window both, all masked."""
    clerk = accepted(desk, draft)
    case = clerk.page.url.rpartition("/")[0]
    seen = {}
    for login in ("wangfang", "zhangwei", "tangyan"):
        reader = clerk if login == "wangfang" else desk(login)
        reader.page.goto(case)
        reader.check()
        seen[login] = " ".join(reader.page.locator("#application ~ ol.rows li").all_inner_texts())
    assert "1800.50" in seen["wangfang"]
    assert "样例病" in seen["wangfang"]
    assert "黄*" in seen["wangfang"]
    assert "黄雨欣" not in seen["wangfang"]
    assert "********" in seen["zhangwei"]
    assert "1800.50" in seen["zhangwei"]
    assert "样例病" not in seen["zhangwei"]
    assert "样例病" in seen["tangyan"]
    assert "1800.50" not in seen["tangyan"]
