"""The first true case in a real browser: four desks and the couple, from the situation questions to the results."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

from playwright.sync_api import expect

GROOM = {"groom.name": "李志远", "groom.id_number": "330802198801039976", "groom.phone": "19900001000"}
# In no register of the sandbox: the name is invented here.
BRIDE = {"bride.name": "黄㼆𠅤", "bride.id_number": "330822198902019988", "bride.phone": "19900001001"}
REST = {
    "groom.hukou_address": "浙江省衢州市柯城区府山街道新桥街2号1幢101室",  # what the police say as well
    "bride.hukou_address": "紫港街道荷花中路15号",
    "declaration.witness": "张伟",
    "move.householder": "李国强",
    "move.address": "府山街道新桥街2号",
    "birth.living_address": "府山街道新桥街2号",
}


TODAY = f"{datetime.now(ZoneInfo('Asia/Shanghai')):%Y-%m-%d}"
CERTIFICATE = {
    "certificate_number": "J330802-2026-000123",
    "registered_on": TODAY,
    "groom_copy": "33080200123",
    "bride_copy": "33080200124",
    "registrar": "张伟",
}
APPROVE = {"decision": "approved"}


def fill(page, values):
    """Type into fields by their form key, as a person does, leaving each with Tab."""
    for key, value in values.items():
        field = page.locator(f'[name="{key}"]')
        field.fill(value)
        field.press("Tab")


def tick(page, key, value):
    """Choose a radio button or tick a box."""
    page.locator(f'[name="{key}"][value="{value}"]').check()


def choose_rest(page):
    """Choose the first answer of every select and radio group that is still open, and tick every box."""
    for select in page.locator("select.form-select").all():
        if select.is_visible() and not select.input_value():
            select.select_option(index=1)
    for group in page.locator('fieldset[role="radiogroup"]').all():
        if group.is_visible() and not group.locator("input:checked").count():
            group.locator("input").first.check()
    for box in page.locator('input[type="checkbox"]').all():
        if box.is_visible():
            box.check()


def take(clerk):
    """The clerk takes the application; returns case number and query code from the receipt."""
    page = clerk.page
    clerk.open("/window/")
    clerk.start("婚育户一件事")
    for key, value in {"origin": "both_local", "want_birth": "yes", "want_migration": "yes"}.items():
        tick(page, key, value)
    tick(page, "migrant", "bride")
    page.locator("[name=_area]").select_option("330802006")
    page.wait_for_selector("#preview .preview-items li:nth-child(6)")
    clerk.press("继续填表")
    fill(page, GROOM | BRIDE)
    for side, born in (("groom", "1988-01-03"), ("bride", "1989-02-01")):
        expect(page.locator(f'[id="f-{side}.birth_date"]')).to_have_value(born)
    fill(page, REST)
    choose_rest(page)
    for group in page.locator(".papers [role=radiogroup]").all():
        group.locator("input").nth(1).check()
    clerk.press("受理")
    return page.locator(".paper dd.mono").first.inner_text(), page.locator(".paper .code").inner_text()


def await_row(desk, step):
    """The inbox, with a row for this step; what is asked of other departments before it takes a moment."""
    for _ in range(30):
        desk.open("/inbox/")
        if desk.page.get_by_role("row", name=re.compile(step)).count():
            return
        desk.page.wait_for_timeout(200)


def decide(desk, step, typed=(), ticks=APPROVE):
    """Open the waiting task with this name and submit it; approve unless told otherwise."""
    page = desk.page
    await_row(desk, step)
    with page.expect_navigation():
        page.get_by_role("row", name=re.compile(step)).get_by_role("link").first.click()
    desk.check()
    for key, value in ticks.items():
        tick(page, key, value)
    fill(page, dict(typed))
    desk.press("提交")
    assert page.get_by_text("已提交").count(), page.locator("main").inner_text()[:500]


def test_whole_case(desk):
    """Window, registrar, police, health and window again; then the couple reads what became of each item."""
    clerk, registrar, police, health = (desk(login) for login in ("wangfang", "zhangwei", "hejie", "tangyan"))
    couple = desk()
    number, code = take(clerk)
    decide(registrar, "结婚登记审查")
    decide(registrar, "登记发证", CERTIFICATE, ticks={})
    decide(police, "男方婚姻状况变更")
    decide(police, "女方婚姻状况变更", {"missing": "户口簿首页"}, {"decision": "supplement"})
    decide(health, "生育登记")
    look_up(couple, number, code)
    assert "户口簿首页" in couple.page.locator("main").inner_text()
    decide(clerk, "补正", {"brought": "户口簿首页原件"}, ticks={})
    decide(police, "女方婚姻状况变更")
    decide(police, "迁移")
    decide(police, "换领", {"page_issued_on": TODAY}, {"id_renewal": "no"})
    decide(clerk, "出件", {"handover.handed_on": TODAY, "handover.receiver": "李志远"}, ticks={})
    look_up(couple, number, code)
    assert couple.page.locator(".results .chip-green").count() == 6
    decide_nothing_left(police)


def look_up(couple, number, code):
    """The couple asks for the progress with the receipt in hand."""
    couple.open("/progress")
    fill(couple.page, {"number": number, "code": code})
    couple.press("查询")


def decide_nothing_left(desk):
    """The inbox is empty when the case is over."""
    desk.open("/inbox/")
    assert desk.page.locator("table.dense").count() == 0
