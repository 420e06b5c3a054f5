"""The supervisor looks at a change and makes it, in a real browser; the last steps with the keyboard alone."""

import importlib.util
from pathlib import Path

from playwright.sync_api import expect

_spec = importlib.util.spec_from_file_location("family", Path(__file__).with_name("test_family__browser.py"))
family = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(family)


def test_a_finished_step_is_opened_again(desk):
    """From the case page to the preview, on the drawing and in words; then a reason, Enter, and the reviewer has it."""
    clerk, registrar, health = (desk(login) for login in ("wangfang", "zhangwei", "tangyan"))
    number, _code = family.take(clerk)
    family.decide(registrar, "结婚登记审查")
    family.decide(registrar, "登记发证", family.CERTIFICATE, ticks={})
    family.decide(health, "生育登记")
    supervisor = desk("sunhui")
    page = supervisor.page
    supervisor.open("/cases/")
    with page.expect_navigation():
        page.get_by_role("link", name=number).click()
    supervisor.check()
    with page.expect_navigation():
        page.get_by_role("link", name="调整流程").click()
    supervisor.check()
    row = page.get_by_role("table", name="可以重新打开的环节").get_by_role("row", name="生育登记")
    with page.expect_navigation():
        row.get_by_role("button", name="重新打开").click()
    supervisor.check()
    changes = page.get_by_role("table", name="发生变化的事项")
    expect(changes.get_by_role("row", name="生育登记")).to_contain_text("办理中")
    expect(page.locator('[data-element-id="review_birth"].mark-current')).to_have_count(1)
    page.get_by_label("调整理由").focus()
    page.keyboard.type("孕周填写有误，请重新审核")
    page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    supervisor.check()
    expect(page.get_by_role("alert").first).to_contain_text("流程已按预览调整")
    expect(page.locator(".track").first).to_contain_text("孕周填写有误，请重新审核")
    family.decide(health, "生育登记")
