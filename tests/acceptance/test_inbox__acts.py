"""What a reviewer does at the desk beside deciding, and how others urge it: by mouse, by keyboard, without scripts."""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from engine import store, tasks
from engine.app import Engine
from engine.words import CITY
from tests import story

WORDS = "证件照片不符合要求。"


@pytest.fixture(scope="module")
def engine(server):
    """The same database, opened beside the server."""
    database = store.connect(f"sqlite:///{server.data / 'lianban.db'}")
    opened = Engine(database, lambda: datetime.now(UTC))
    yield opened
    database.dispose()


@pytest.fixture
def task(engine):
    """A new case waiting for the registrar's review; the id of that task."""
    story.publish_family(engine)
    case = story.accepted(engine, story.person(engine, "wangfang"))
    with engine.look(story.person(engine, "zhangwei")) as work:
        found = work.session.get_one(store.Case, case).tasks
        return next(each.id for each in found if each.node == "review_marriage")


@pytest.fixture
def plain(desk):
    """A desk without scripts; what needs them to be checked (axe, the drawing) is left to the other tests."""
    made = desk(java_script_enabled=False)
    made.check = lambda: None
    made.sign_in("zhangwei")
    return made


def keep(desk, words):
    """Add a phrase of one's own."""
    desk.open("/inbox/phrases")
    desk.page.locator("#phrase").fill(words)
    desk.press("保存")


def test_a_phrase_by_mouse_and_by_keyboard(desk, task):
    """A click puts it where the reviewer was writing, Alt and its digit as well; what is in the field is kept."""
    reviewer = desk("zhangwei")
    keep(reviewer, WORDS)
    reviewer.open(f"/inbox/tasks/{task}")
    page = reviewer.page
    offered = page.locator("[data-phrase]").first
    offered.click()
    expect(page.locator('textarea[name="opinion"]')).to_have_value(WORDS)
    page.locator('[name="decision"][value="refused"]').check()
    reason = page.locator('textarea[name="reason"]')
    expect(reason).to_be_visible()
    reason.focus()
    offered.click()
    expect(reason).to_have_value(WORDS)
    expect(reason).to_be_focused()
    page.keyboard.type("请重拍。")
    page.keyboard.press("Alt+1")
    expect(reason).to_have_value(f"{WORDS}请重拍。\n{WORDS}")
    page.locator("[data-saved-state]", has_text=":").wait_for()
    page.reload()
    reviewer.check()
    expect(reason).to_have_value(f"{WORDS}请重拍。\n{WORDS}")
    reviewer.open("/inbox/phrases")
    reviewer.press(f"删除：{WORDS}")


def test_a_phrase_without_scripts(plain, task):
    """The button posts the form: the page comes back with the words in the field."""
    keep(plain, WORDS)
    page = plain.page
    page.goto(f"{plain.base}/inbox/tasks/{task}")
    page.locator('[name="decision"][value="refused"]').check()
    plain.press("提交")
    page.locator('textarea[name="reason"]').fill("照片模糊。")
    plain.press(WORDS)
    expect(page.locator('textarea[name="reason"]')).to_have_value(f"照片模糊。\n{WORDS}")
    plain.open("/inbox/phrases")
    plain.press(f"删除：{WORDS}")


def test_a_task_is_passed_on_and_given_back(desk, task):
    """Nothing without a reason; the colleague reads from whom and why in the list and at the task, and returns it."""
    giver, receiver = desk("zhangwei"), desk("liuyang")
    page = giver.page
    giver.open(f"/inbox/tasks/{task}")
    page.locator("summary", has_text="转办").click()
    page.locator("#receiver").select_option(label="刘洋")
    giver.press("转办")
    expect(page.locator("#pass-why-error")).to_be_visible()
    expect(page.locator("#receiver option:checked")).to_have_text("刘洋")
    page.locator("#pass-why").fill("本周出差，请代为审查。")
    giver.press("转办")
    receiver.open("/inbox/?box=mine")
    expect(receiver.page.locator("table.dense")).to_contain_text("张伟 转办：本周出差，请代为审查。")
    receiver.open(f"/inbox/tasks/{task}")
    expect(receiver.page.locator(".wanted")).to_contain_text("张伟 转办")
    receiver.page.locator("summary", has_text="退还").click()
    receiver.page.locator("#back-why").fill("与当事人系亲属，应当回避。")
    receiver.press("退还")
    giver.open(f"/inbox/tasks/{task}")
    expect(page.locator(".wanted")).to_contain_text("刘洋 退还：与当事人系亲属，应当回避。")


def test_the_window_urges_and_the_reviewer_reads_it(desk, engine, task):
    """From the page about time to the reviewer's list and task; a second time on the same day is refused."""
    with engine.look(story.person(engine, "zhangwei")) as work:
        case = work.session.get_one(store.Task, task).case_id
    clerk, reviewer = desk("wangfang"), desk("zhangwei")
    page = clerk.page
    clerk.open(f"/deadlines/cases/{case}")
    clerk.press("催办")
    expect(page.locator("form.urge .form-error")).to_be_visible()
    for _ in range(2):
        page.locator("form.urge input[name=reason]").fill("群众来电催问，请尽快审查。")
        clerk.press("催办")
    expect(page.locator(".alert-warning")).to_contain_text("每个工作日只能催办一次")
    reviewer.open("/inbox/?box=watched")
    expect(reviewer.page.locator("table.dense")).to_contain_text("王芳 催办：群众来电催问，请尽快审查。")
    reviewer.open(f"/inbox/tasks/{task}")
    expect(reviewer.page.locator(".wanted")).to_contain_text("王芳 催办")


def test_a_substitute_is_named_and_decides(desk, engine, task):
    """Named on a page of its own, wrong days turned back; the substitute decides, the history names both."""
    absent, substitute = desk("zhangwei"), desk("liuyang")
    with engine.begin(story.person(engine, "zhangwei")) as work:
        tasks.claim(work, task)
    page = absent.page
    absent.open("/inbox/substitutes")
    page.locator("#choice").select_option(label="刘洋 · 柯城民政局 审核人")
    page.locator("#since").fill("2020-01-01")
    page.locator("#until").fill("2020-01-05")
    page.locator("#away-why").fill("外出培训一周")
    absent.press("设定代理人")
    expect(page.locator("#days-error")).to_be_visible()
    today = datetime.now(CITY).date().isoformat()
    page.locator("#since").fill(today)
    page.locator("#until").fill(today)
    absent.press("设定代理人")
    expect(page.locator("table.dense")).to_contain_text("外出培训一周")
    substitute.open("/inbox/?box=mine")
    expect(substitute.page.locator("table.dense")).to_contain_text("代 张伟")
    substitute.open(f"/inbox/tasks/{task}")
    expect(substitute.page.locator(".wanted")).to_contain_text("代 张伟 办理")
    substitute.page.locator('[name="decision"][value="approved"]').check()
    substitute.press("提交")
    substitute.open(f"/inbox/tasks/{task}")
    expect(substitute.page.locator(".track")).to_contain_text("代 张伟")
    absent.open("/inbox/substitutes")
    with page.expect_navigation():
        page.get_by_role("button", name="终止").click()
    absent.check()
    expect(page.locator("table.dense")).to_contain_text("已结束")
