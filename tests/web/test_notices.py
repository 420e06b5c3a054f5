"""Notices on the screen: listed, opened, printed, verified; and what a server without Pango shows instead."""

import sys

import pytest

from engine import notices, store
from engine.work import SYSTEM
from tests import story
from tests.engine.notices.test_issue__occasions import REFUSED
from tests.engine.notices.test_pdf__drawn import refusing
from tests.web.client import Browser, app_for

HIDDEN = [*story.GROOM.values(), *story.BRIDE.values()]


@pytest.fixture
def house(city, tmp_path):
    """The application, and a case whose marriage was refused."""
    story.publish_family(city.engine)
    case_id = story.accepted(city.engine, city.actor("wangfang"))
    story.decide(city.engine, city.actor("zhangwei"), "review_marriage", **REFUSED)
    app = app_for(city.engine, tmp_path)
    app.test_client_class = Browser
    return app, city.engine, case_id


@pytest.fixture
def papers(house):
    """The notices of the case, by kind."""
    _, engine, case_id = house
    with engine.begin(SYSTEM) as work:
        return {each.kind: each for each in notices.listed(work, work.session.get_one(store.Case, case_id))}


def signed_in(app, login):
    """A browser of somebody."""
    browser = app.test_client()
    assert browser.sign_in(login).status_code == 302
    return browser


def text(answer):
    """The page."""
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def test_the_case_lists_them_and_says_what_was_printed(house, papers):
    """Every notice with number, state and how often it was printed; the history says which copy."""
    app, _, case_id = house
    browser = signed_in(app, "wangfang")
    page = text(browser.get(f"/cases/{case_id}"))
    assert all(each.number in page for each in papers.values())
    browser.send(f"/notices/{papers['ACP'].id}/print")
    browser.send(f"/notices/{papers['ACP'].id}/print")
    page = text(browser.get(f"/cases/{case_id}"))
    assert "第 2 份" in page
    assert "built-in" not in page
    page = text(signed_in(app, "hejie").get(f"/cases/{case_id}"))
    assert "还没有出具您可以查看的文书" in page
    assert not [each.number for each in papers.values() if each.number in page], "nor does the history name them"


def test_one_is_opened_and_printed(house, papers):
    """The sheet with the applicants' code at the window only; a PDF; the second one says that it is one."""
    app, engine, case_id = house
    with engine.look(SYSTEM) as work:
        code = work.session.get_one(store.Case, case_id).code
    path = f"/notices/{papers['ACP'].id}"
    browser = signed_in(app, "wangfang")
    page = text(browser.get(path))
    assert 'class="notice-sheet"' in page
    assert f'办理进度查询码 <strong class="code">{code}</strong>' in page
    assert "查询码" not in text(signed_in(app, "sunhui").get(path))
    first, second = (browser.send(f"{path}/print") for _ in range(2))
    assert {first.mimetype, second.mimetype} == {"application/pdf"}
    assert first.get_data() != second.get_data()


@pytest.mark.parametrize("login", ["wangfang", "sunhui"])
def test_without_pango_the_page_is_printed(house, papers, monkeypatch, login):
    """The same sheet with the reason, and which printing it is."""
    app, _, _ = house
    browser = signed_in(app, login)
    monkeypatch.delitem(sys.modules, "weasyprint", raising=False)
    monkeypatch.setattr("builtins.__import__", refusing(__import__))
    pages = [text(browser.send(f"/notices/{papers['STL'].id}/print")) for _ in range(3)]
    assert all("没有安装 Pango" in page and 'class="notice-sheet"' in page for page in pages)
    assert ["补打" in page for page in pages] == [False, True, True]
    assert "补打第2次" in pages[2]


def test_a_wrong_reason_replaces_nothing(house, papers):
    """A correction without a reason, and one that would say the same, are refused in words."""
    app, _, _ = house
    browser = signed_in(app, "zhangwei")
    path = f"/notices/{papers['NSA'].id}/correct"
    assert browser.send(path, reason="").status_code == 422
    assert browser.send(path, reason="重新核对后更正").status_code == 409


def test_the_verify_page_tells_what_it_may(house, papers):
    """Genuine, kind, number, office, day, masked names: nothing of the applicants and nothing of the case."""
    app, engine, case_id = house
    with engine.look(SYSTEM) as work:
        number = work.session.get_one(store.Case, case_id).number
    browser = app.test_client()
    page = text(browser.get(f"/verify/{papers['NSA'].code}"))
    wanted = ["本文书真实有效", "不予办理结婚登记通知单", papers["NSA"].number, "柯城区民政局", "李*、黄*"]
    wanted += ["2026-11-23"]
    assert [told for told in wanted if told not in page] == []
    assert not [word for word in (*HIDDEN, number, number[:14], REFUSED["reason"]) if word in page]
    typed = browser.send("/verify", code=papers["NSA"].code.lower())
    assert papers["NSA"].number in text(typed)
    wrong = browser.get("/verify/AAAA-BBBB-CCCC")
    assert wrong.status_code == 404
    assert "没有核验码为此的文书" in wrong.get_data(as_text=True)
    assert "\x00" not in browser.send("/verify", code="\x00").get_data(as_text=True), "no page can hold it"


def test_trying_codes_is_limited(house, papers):
    """After thirty tries from one address even a right code has to wait."""
    app, _, _ = house
    browser = app.test_client()
    for _ in range(30):
        browser.get("/verify/AAAABBBBCCCC")
    answer = browser.get(f"/verify/{papers['ACP'].code}")
    assert answer.status_code == 429
    assert papers["ACP"].number not in answer.get_data(as_text=True)


def test_the_applicants_read_theirs(house, papers):
    """With number and code: a list, the sheet, the PDF; with a wrong code or another case's notice nothing."""
    app, engine, case_id = house
    with engine.look(SYSTEM) as work:
        case = work.session.get_one(store.Case, case_id)
        number, code = case.number, case.code
    browser = app.test_client()
    page = text(browser.send("/progress", number=number, code=code))
    assert all(each.number in page for each in papers.values())
    mine = {"number": number, "code": code, "notice": papers["NSA"].id}
    sheet = text(browser.send("/progress/notice", **mine))
    assert REFUSED["legal_basis"] in sheet
    assert "查询码" not in sheet
    assert browser.send("/progress/notice", **mine, pdf="1").mimetype == "application/pdf"
    assert browser.send("/progress/notice", **{**mine, "notice": "another"}).status_code == 404
    assert browser.send("/progress/notice", **{**mine, "code": "x"}).status_code == 422


def test_the_receipt_leads_to_the_notice(house, papers):
    """After acceptance the notice is one click away."""
    app, _, case_id = house
    assert f"/notices/{papers['ACP'].id}" in text(signed_in(app, "wangfang").get(f"/cases/{case_id}/receipt"))
