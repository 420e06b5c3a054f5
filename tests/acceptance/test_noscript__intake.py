"""Intake and decision in a browser that runs no scripts: questions that follow from answers come with the next page."""

import importlib.util
from pathlib import Path

import pytest

spec = importlib.util.spec_from_file_location("family", Path(__file__).with_name("test_family__browser.py"))
family = importlib.util.module_from_spec(spec)
spec.loader.exec_module(family)


@pytest.fixture
def plain(desk):
    """Makes desks without scripts; what needs them to be checked (axe, the drawing) is left to the other tests."""

    def make(login):
        made = desk(java_script_enabled=False)
        made.check = lambda: None
        made.sign_in(login)
        return made

    return make


def test_intake_and_decision_need_no_scripts(plain):
    """The clerk accepts and the reviewer sends back; a question the page could not show yet is asked on the way."""
    clerk, registrar = plain("wangfang"), plain("zhangwei")
    page = clerk.page
    clerk.open("/window/")
    clerk.start("婚育户一件事")
    for key, value in {"origin": "both_local", "want_birth": "yes", "want_migration": "yes"}.items():
        family.tick(page, key, value)
    page.locator("[name=_area]").select_option("330802006")
    clerk.press("继续填表")
    assert page.locator("[data-error-summary] a").all_inner_texts() == ["户口迁移的一方：此项必填。"]
    family.tick(page, "migrant", "bride")
    clerk.press("继续填表")
    for key, value in (family.GROOM | family.BRIDE | family.REST).items():
        page.locator(f'[name="{key}"]').fill(value)
    family.choose_rest(page)
    for group in page.locator(".papers [role=radiogroup]").all():
        group.locator("input").nth(1).check()
    clerk.press("受理")
    assert page.locator(".paper .code").count()
    assert not page.get_by_role("button", name="打印").is_visible()
    send_back(registrar)


def send_back(registrar):
    """What is missing is asked for only after the decision was sent, because no script could show the field."""
    page = registrar.page
    family.await_row(registrar, "结婚登记审查")
    assert not page.locator("[data-row-open]").first.is_visible()
    with page.expect_navigation():
        page.locator("table.dense a").first.click()
    family.tick(page, "decision", "supplement")
    registrar.press("提交")
    page.locator('[name="missing"]').fill("户口簿首页")
    registrar.press("提交")
    assert page.url.endswith("/inbox/"), page.locator("main").inner_text()[:500]
