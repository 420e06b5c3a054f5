"""Filling in from shared data as a newcomer meets it: the demo's own departments answer after `make run`."""

from datetime import UTC, datetime

import pytest

from engine import store
from engine.app import Engine
from tests import story

ADDRESS = "浙江省衢州市柯城区府山街道新桥街2号1幢101室"
GROOM = {"groom.name": "李志远", "groom.id_number": "330802198801039976"}


@pytest.fixture(params=[True, False], ids=["scripts", "no scripts"])
def clerk(request, desk, server):
    """The clerk at a fresh draft of the family, with and without scripts."""
    database = store.connect(f"sqlite:///{server.data / 'lianban.db'}")
    engine = Engine(database, lambda: datetime.now(UTC))
    draft = story.situated(engine, story.person(engine, "wangfang"))
    database.dispose()
    made = desk(java_script_enabled=request.param)
    if not request.param:
        made.check = lambda: None
    made.sign_in("wangfang")
    made.open(f"/window/drafts/{draft}")
    return made


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
    assert not page.locator("#conflicts").count()
    assert "昨天刚迁入" in page.locator('[data-field="groom.hukou_address"]').inner_text()


def test_enter_accepts_and_asks_nobody(clerk):
    """Enter in a field is the form's own button, wherever other buttons stand."""
    page = clerk.page
    with page.expect_navigation():
        page.locator('[name="groom.name"]').press("Enter")
    assert page.url.endswith("/accept")
