"""The window's pages around a duplicate application: told, compared, gone on with."""

import re

import lxml.html
import pytest

from engine import drafts, releases, store
from engine.work import SYSTEM
from tests import story
from tests.engine.drafts.test_duplicates__found import RULE, family
from tests.web.client import app_for


@pytest.fixture
def office(engine, city):
    """The demo city, in which the couple has a case already."""
    with engine.begin(SYSTEM) as work:
        releases.publish(work, family(RULE))
    story.accepted(engine, story.person(engine, "wangfang"))
    return engine


@pytest.fixture
def clerk(office, tmp_path):
    """The clerk's browser."""
    browser = app_for(office, tmp_path).test_client()
    browser.sign_in("wangfang")
    return browser


def shown(answer):
    """A page as a tree."""
    return lxml.html.fromstring(answer.get_data(as_text=True))


def filled(office, person):
    """A draft of the same couple with everything filled in."""
    draft = story.situated(office, person)
    said = story.told(office, person, draft)
    with office.begin(person) as work:
        drafts.save(work, draft, said.answers, said.papers, page="p", revision=-1)
    return draft


def revision(page):
    """The revision a page was made from."""
    return page.xpath("//input[@name='_revision']/@value")[0]


def test_told_compared_and_gone_on_with(office, clerk):
    """Accepting leads to the comparison; without a reason it stays there, with one the application is accepted."""
    person = story.person(office, "wangfang")
    draft = story.situated(office, person)
    said = story.told(office, person, draft, groom__phone="19900009999")
    form = f"/window/drafts/{draft}"
    papers = {f"papers.{code}": state for code, state in said.papers.items()}
    typed = {**said.answers, **papers, "_key": "the-page"}
    page = clerk.send(f"{form}/save", **typed, _revision=revision(shown(clerk.get(form))))
    (link,) = shown(page).xpath("//div[@id='twins']//a/@href")
    refused = clerk.send(f"{form}/accept", **typed, _revision="-1")
    assert refused.headers["Location"] == link == f"{form}/duplicates"
    page = shown(clerk.get(link))
    text = page.text_content()
    assert "199****9999" in text
    assert not re.search(r"33080219880103\d", text)
    case = page.xpath("//input[@name='_case']/@value")[0]
    carried = {"_case": case, "_key": "another", "_revision": revision(page)}
    short = clerk.send(link, **carried, reason="不")
    assert short.status_code == 422
    assert "请说明为什么不是重复申请" in short.get_data(as_text=True)
    assert shown(short).xpath("//input[@autofocus]/@id") == [f"r-{case}"]
    assert clerk.send(link, **carried, reason="手机号已更换，本人要求另办").headers["Location"] == form
    told = shown(clerk.get(form))
    assert "手机号已更换" in told.xpath("//div[@id='twins']")[0].text_content()
    accepted = clerk.send(f"{form}/accept", **typed | {"_key": "third"}, _revision=revision(told))
    assert "/receipt" in accepted.headers["Location"]


def test_one_reason_after_the_other(office, clerk):
    """A reason leads to the next case without one; of a case elsewhere no answer is shown, only what differs."""
    person = story.person(office, "wangfang")
    near, far = story.accepted(office, person), story.accepted(office, person)
    with office.begin(SYSTEM) as work:
        case = work.session.get_one(store.Case, far)
        case.window_id, case.area = "zw-330824", "330824115"
    draft = filled(office, person)
    page = clerk.get(f"/window/drafts/{draft}/duplicates")
    columns = [len(each.xpath(".//thead//th")) for each in shown(page).xpath("//section//table")]
    assert sorted(columns) == [3, 4, 4]
    left = shown(page).xpath("//input[@name='_case']/@value")
    assert {near, far} < set(left)
    for case, following in zip(left, [*left[1:], ""], strict=True):
        page = clerk.get(f"/window/drafts/{draft}/duplicates")
        carried = {"_case": case, "_key": f"of-{case}", "_revision": revision(shown(page))}
        answer = clerk.send(f"/window/drafts/{draft}/duplicates", **carried, reason="已电话核对，不是同一申请")
        assert answer.headers["Location"].endswith(f"/duplicates#r-{following}" if following else draft)


def test_nothing_to_compare_leads_to_the_form(office, clerk):
    """A draft that is the same as nothing has no such page."""
    draft = story.situated(office, story.person(office, "wangfang"))
    answer = clerk.get(f"/window/drafts/{draft}/duplicates")
    assert answer.headers["Location"] == f"/window/drafts/{draft}"
