"""Temporary relief in a real browser: an emergency paid before any paper, and a small amount the township grants."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

TODAY = f"{datetime.now(ZoneInfo('Asia/Shanghai')):%Y-%m-%d}"
HURT = {"victim.name": "郑丽娜", "victim.id_number": "330822196607179963", "victim.living_address": "芹江路20号"}
PERSON = {"victim.name": "胡海涛", "victim.id_number": "330802196306159971", "victim.living_address": "解放路7号"}
HARDSHIP = {"hardship.event_date": TODAY, "hardship.description": "骑车回家途中被撞，家里没有积蓄。"}
ACCOUNT = {"bank.holder": "胡海涛", "bank.bank": "样例银行", "bank.account": "6222020000000000018"}
VISIT = {"surveyors": "钱亮、孙静", "visited_on": TODAY, "findings": "租房居住，情况属实。"}
POSTED = {"posted_on": TODAY, "posted_at": "街道公开栏"}
FILED = {"filed_on": TODAY, "file_number": "样例备〔2026〕1号"}


def begin(clerk, situation, urgent=()):
    """The situation, as the window hears it; the next page asks the rest."""
    page = clerk.page
    clerk.open("/window/")
    clerk.start("临时救助")
    answers = {"residence": "hukou", "category": "none", "minor": "no", "want_referral": "no", **situation}
    page.locator("[name=cause]").select_option(answers.pop("cause"))
    fill(page, {"estimate": answers.pop("estimate")})
    for key, value in answers.items():
        tick(page, key, value)
    for key in urgent:
        page.locator(f'[name="urgent.{key}"]').check()
    page.locator("[name=_area]").select_option("330802006")
    page.wait_for_selector("#preview .preview-items")
    clerk.check()
    clerk.press("继续填表")


def accept(clerk, typed, ticks):
    """Fill in the rest and accept; returns the case number."""
    page = clerk.page
    for key, value in ticks.items():
        tick(page, key, value)
    fill(page, typed)
    for key in ("statement.truthful", "statement.sharing"):
        page.locator(f'[name="{key}"]').check()
    clerk.press("受理")
    return page.locator(".paper dd.mono").first.inner_text()


def fill(page, values):
    """Type into fields by their form key, leaving each with Tab."""
    for key, value in values.items():
        field = page.locator(f'[name="{key}"]')
        field.fill(value)
        field.press("Tab")


def tick(page, key, value):
    """Choose a radio button."""
    page.locator(f'[name="{key}"][value="{value}"]').check()


def do(desk, case, step, typed=(), **ticks):
    """Open the waiting task of a case with this name and submit it."""
    page = desk.page
    row = page.get_by_role("row", name=re.compile(step)).filter(has_text=case)
    for _ in range(60):
        desk.open("/inbox/")
        if row.count():
            break
        page.wait_for_timeout(250)
    with page.expect_navigation():
        row.get_by_role("link").first.click()
    desk.check()
    for key, value in ticks.items():
        tick(page, key, value)
    fill(page, dict(typed))
    desk.check()
    desk.press("提交")
    assert page.get_by_text("已提交").count(), page.locator("main").inner_text()[:600]


def emergency(desk):
    """The window reports, the leader agrees, the money is transferred; only then papers."""
    clerk, handler, leader = desk("liuqiang"), desk("qianliang"), desk("wujianhua")
    begin(clerk, {"channel": "bulletin", "cause": "traffic", "estimate": "3000"}, ["life_danger"])
    reporter = {"reporter.name": "郑协理", "reporter.phone": "19900009001", "reporter.relation": "交警中队"}
    cash = {"request.cash_reason": "住院，没有带卡"}
    case = accept(clerk, HURT | reporter | HARDSHIP | cash, {"request.way": "cash", "household.authorised": "later"})
    paid = {"amount": "2000", "account": "6222020000000000018"}
    do(leader, case, "负责人先行批准", paid, decision="approved", way="transfer", approval="oral")
    signed = {"signed_on": TODAY, "approved_by": "吴建华", "register_note": "郑丽娜，交通事故，2000元。"}
    do(handler, case, "补办手续", signed)
    return case, clerk, handler


def simple(desk):
    """An amount within what the township may grant: visit, publicity, township, payment, filing, return visit."""
    clerk, handler, leader, county = (desk(login) for login in ("liuqiang", "qianliang", "wujianhua", "zhangwei"))
    begin(clerk, {"channel": "self", "cause": "accident", "estimate": "3000"})
    income = {"household.own_income": "1200"}
    ticks = {"request.way": "transfer", "household.authorised": "now"}
    case = accept(clerk, PERSON | HARDSHIP | income | ACCOUNT, ticks)
    do(handler, case, "入户调查", VISIT, met="visited")
    counted = {"persons": "2", "income": "1200", "received": "0", "months": "1"}
    do(handler, case, "核定", counted, severity="light", disputed="no")
    do(leader, case, "乡镇审核", {"amount": "3000"}, decision="approved")
    do(clerk, case, "送达救助决定", {"handover.handed_on": TODAY, "handover.receiver": "胡海涛"})
    return case, clerk, handler, county


def test_emergency_is_paid_before_papers(desk):
    """Relief first: the item is granted when the money went out, and the papers follow."""
    case, clerk, handler = emergency(desk)
    clerk.open("/window/")
    with clerk.page.expect_navigation():
        clerk.page.locator("table.dense a").first.click()
    row = clerk.page.get_by_role("table", name=re.compile("事项")).get_by_role("row", name=re.compile("急难先行救助"))
    assert "通过" in row.inner_text()
    do(handler, case, "入户调查", VISIT, met="visited")


def test_township_grants_what_is_at_its_limit(desk):
    """3,000 yuan is exactly the township's limit: it decides, money goes out, the county only files."""
    case, clerk, handler, county = simple(desk)
    do(handler, case, "事后公示", POSTED)
    clerk.open("/window/")
    with clerk.page.expect_navigation():
        clerk.page.locator("table.dense a").first.click()
    clerk.check()
    said = clerk.page.locator("main").inner_text()
    assert all(word in said for word in ("救助资金发放", "通过", "金额规则"))
    county.open("/inbox/")
    assert not county.page.get_by_role("row", name=re.compile("县级审核确认")).count()
