"""The supervisor's board in the browser: every chart is drawn from its table under our own content policy."""

from datetime import UTC, datetime

import pytest

from engine import store
from engine.app import Engine
from tests import story


@pytest.fixture(scope="module")
def case(server):
    """A case of two departments on the running server; one of them has decided."""
    database = store.connect(f"sqlite:///{server.data / 'lianban.db'}")
    engine = Engine(database, lambda: datetime.now(UTC))
    made = story.accepted(engine, story.person(engine, "wangfang"))
    story.decide(engine, story.person(engine, "zhangwei"), "review_marriage")
    yield made
    database.dispose()


def test_charts_say_what_tables_say(case, desk):
    """Each figure is drawn, as many names as its table has lines; the page has no error and no barrier."""
    supervisor = desk("sunhui")
    supervisor.open("/supervisor/board")
    page = supervisor.page
    page.wait_for_selector('[data-chart="counties"][data-ready="true"] svg')
    page.wait_for_selector('[data-chart="loads"][data-ready="true"] svg')
    drawn = page.locator('[data-chart="counties"] svg text').all_text_contents()
    assert [name for name in page.locator("#counties tbody th").all_inner_texts() if name not in drawn] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280


def test_steps_are_shown_on_the_drawing(case, desk):
    """Each step carries its figures as text on the drawing, not a colour alone."""
    supervisor = desk("sunhui")
    supervisor.open("/supervisor/board/heat/family")
    assert supervisor.page.locator(".drawing-canvas .mark-badge-heat").all_inner_texts() == ["1 次 · 0 日"]


def test_without_scripts_the_tables_are_there(case, desk):
    """Nothing is missing where no script runs: numbers, links, the choice of a period."""
    supervisor = desk(java_script_enabled=False)
    supervisor.check = lambda: None  # axe is a script
    supervisor.sign_in("sunhui")
    supervisor.open("/supervisor/board")
    assert not supervisor.page.locator(".chart").first.is_visible()
    supervisor.page.locator("#loads tbody a").first.click()
    assert "/supervisor/board/list" in supervisor.page.url
