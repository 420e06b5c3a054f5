"""The pages around shared data: nobody answers, and what a case page says of where its facts come from."""

import re

import lxml.html
import pytest
from sqlalchemy import update

from engine import drafts, prefill
from engine.store import Call, Case
from engine.work import SYSTEM
from tests import story
from tests.web.client import app_for

TYPED = {"groom.name": "李志远", "groom.id_number": "330802198801039976", "declaration.sharing": "true"}


@pytest.fixture
def clerk(engine, city, tmp_path):
    """The clerk's browser, at an installation that reaches no department."""
    story.publish_family(engine)
    browser = app_for(engine, tmp_path).test_client()
    browser.sign_in("wangfang")
    return browser


def test_an_installation_without_connectors_says_so(engine, clerk):
    """The button does not pretend: nobody answers, and the clerk is told to type."""
    draft = story.situated(engine, story.person(engine, "wangfang"))
    page = clerk.send(f"/window/drafts/{draft}/prefill", _block="groom", _key="another-page", _revision="-1", **TYPED)
    assert page.status_code == 409  # a page that does not know the draft's revision overwrites nothing
    shown = clerk.get(f"/window/drafts/{draft}").get_data(as_text=True)
    revision = re.search(r'name="_revision" value="(\d+)"', shown).group(1)
    page = clerk.send(
        f"/window/drafts/{draft}/prefill", _block="groom", _key="another-page", _revision=revision, **TYPED
    )
    assert page.status_code == 200
    assert "请手工填写" in page.get_data(as_text=True)


def test_the_case_page_says_where_a_fact_comes_from(engine, clerk):
    """Department and day beside what was taken; beside what was kept, the reason and never the other value."""
    case = story.accepted(engine, story.person(engine, "wangfang"))
    said = {"connector": "ga.identity", "department": "公安", "as_of": "2026-11-23T01:00:00+00:00"}
    kept = said | {"value": "别处的地址", "reason": "昨天刚迁入"}
    with engine.begin(SYSTEM) as work:
        work.session.execute(update(Case).values(sources={"groom.nation": said, "groom.hukou_address": kept}))
    page = clerk.get(f"/cases/{case}").get_data(as_text=True)
    badges = [e.text_content() for e in lxml.html.fromstring(page).xpath("//dl[@class='facts']//span[@class='source']")]
    assert sorted(badges) == ["保留已填内容，与公安的数据不一致：昨天刚迁入", "来自公安 2026-11-23"]
    assert "别处的地址" not in page


def test_the_background_is_answered_with_what_to_draw(engine, clerk):
    """What is missing is no mistake there; the save says which block to ask, its answer fills in and asks no more."""
    draft = story.situated(engine, story.person(engine, "wangfang"))
    shown = clerk.get(f"/window/drafts/{draft}").get_data(as_text=True)
    typed = TYPED | {"_revision": re.search(r'name="_revision" value="(\d+)"', shown).group(1), "_key": "a-page"}

    def told(action, **fields):
        data = {"csrf_token": clerk.token(), **typed, **fields}
        answer = clerk.post(f"/window/drafts/{draft}/{action}", data=data, headers={"X-Autosave": "true"})
        assert answer.status_code == 200
        return answer.get_json()

    lacking = told("prefill", _block="groom", **{"declaration.sharing": ""})
    assert (lacking["ask"], lacking["filled"], lacking["panels"]["heard-groom"].strip()) == ({}, {}, "")
    assert told("save")["ask"] == {"groom": ["groom.id_number", "groom.name"]}
    asked = told("prefill", _block="groom")
    assert asked["ask"] == told("save")["ask"] == {}
    assert "请手工填写" in asked["panels"]["heard-groom"]
    assert asked["panels"]["s-groom.nation"] == ""


def test_what_was_asked_is_logged_whatever_becomes_of_the_answer(engine, clerk, monkeypatch):
    """Another page saves while the department is asked: the answer is refused, the question stays in the log."""
    draft = story.situated(engine, story.person(engine, "wangfang"))
    shown = clerk.get(f"/window/drafts/{draft}").get_data(as_text=True)
    revision = re.search(r'name="_revision" value="(\d+)"', shown).group(1)
    ask = prefill.ask

    def overtaken(exchange, asked):
        answers = ask(exchange, asked)
        with engine.begin(story.person(engine, "wangfang")) as work:
            now = drafts.view(work, draft).revision
            drafts.save(work, draft, {"groom.name": "别人"}, {}, page="another-page", revision=now)
        return answers

    monkeypatch.setattr(prefill, "ask", overtaken)
    page = clerk.send(f"/window/drafts/{draft}/prefill", _block="groom", _key="a-page", _revision=revision, **TYPED)
    assert page.status_code == 409
    with engine.begin(SYSTEM) as work:
        assert work.session.query(Call).filter_by(draft_id=draft).count() == 2  # two departments
