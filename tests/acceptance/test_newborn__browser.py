"""Birth in one go in a real browser: twins of a mother who is alone, in one case, each with papers of their own."""

import importlib.util
from pathlib import Path

from stdnum.cn import ric

spec = importlib.util.spec_from_file_location("relief", Path(__file__).with_name("test_relief__browser.py"))
relief = importlib.util.module_from_spec(spec)
spec.loader.exec_module(relief)
TODAY = relief.TODAY

SITUATION = {"certificate": "hospital", "parents": "unmarried", "father_named": "no", "settle": "mother",
             "settle_place": "local", "insured": "no"}  # fmt: skip
MOTHER = {"mother.name": "黄雨欣", "mother.id_number": "330822198902019961", "mother.phone": "19900001001"}
TWINS = ("黄念安", "黄念宁")
REST = {
    "household.householder": "黄大河", "household.address": "府山街道新桥街2号", "consent.signed_by": "黄雨欣",
    "consent.signed_on": TODAY, "bank.holder": "黄雨欣", "bank.name": "样例银行", "bank.card": "6222020000000000018",
}  # fmt: skip


def situated(clerk):
    """The situation; the preview says what will be done and why."""
    clerk.open("/window/")
    clerk.start("出生一件事")
    for key, value in SITUATION.items():
        relief.tick(clerk.page, key, value)
    clerk.page.locator("[name=_area]").select_option("330802006")
    clerk.page.wait_for_selector("#preview .preview-items")
    clerk.check()
    preview = clerk.page.locator("#preview").inner_text()
    clerk.press("继续填表")
    return preview


def rows(page, place, add, typed):
    """Fill in a list, a row for each of `typed`."""
    for number, row in enumerate(typed, 1):
        if number > 1:
            page.get_by_role("button", name=add).click()
        page.locator(f'[data-list-row="{place}.{number}"]').wait_for()
        for key, value in row.items():
            field = page.locator(f'[name="{place}.{number}.{key}"]')
            if field.first.get_attribute("type") == "radio":
                relief.tick(page, f"{place}.{number}.{key}", value)
            elif field.evaluate("each => each.tagName") == "SELECT":
                field.select_option(value)
            else:
                relief.fill(page, {f"{place}.{number}.{key}": value})


def accepted(clerk):
    """Take the whole application; returns the case number."""
    page = clerk.page
    relief.fill(page, MOTHER)
    rows(page, "children", "添加孩子", [{"name": n, "sex": "female", "born_on": TODAY, "nation": "01"} for n in TWINS])
    relief.fill(page, REST)
    for key in ("consent.truthful", "consent.sharing"):
        page.locator(f'[name="{key}"]').check()
    relief.tick(page, "delivery.way", "window")
    for paper in page.locator("[name^='papers.'][value=original]").all():
        paper.check()
    clerk.check()
    clerk.press("受理")
    return page.locator(".paper dd.mono").first.inner_text()


def issue(desk, case, step, place, add, typed, **rest):
    """Do a task that has a row for each child."""
    page = desk.page
    row = page.get_by_role("row").filter(has_text=case).filter(has_text=step)
    for _ in range(60):
        desk.open("/inbox/")
        if row.count():
            break
        page.wait_for_timeout(250)
    with page.expect_navigation():
        row.get_by_role("link").first.click()
    rows(page, place, add, typed)
    relief.fill(page, rest)
    desk.check()
    desk.press("提交")
    assert page.get_by_text("已提交").count(), page.locator("main").inner_text()[:600]


def test_twins_in_one_case(desk):
    """No paper of a marriage and no father are asked for; one certificate too few comes again; both are registered."""
    clerk, health, police, insurer = (desk(n) for n in ("wangfang", "tangyan", "hejie", "fanyong"))
    preview = situated(clerk)
    assert "随父落户或者随母落户由父母自愿选择" in preview
    assert not clerk.page.locator('[name="father.name"]').is_visible()
    assert "结婚证" not in clerk.page.locator("main").inner_text()
    case = accepted(clerk)
    relief.do(health, case, "出生医学证明审核", decision="approved")
    papers = [{"child": child, "paper_number": f"A33000000{n}"} for n, child in enumerate(TWINS)]
    for several in (papers[:1], papers):
        issue(health, case, "签发出生医学证明", "certificates", "添加出生医学证明", several, issued_on=TODAY)
    relief.do(health, case, "办理预防接种证", {"booked_on": TODAY, "site": "府山社区卫生服务中心"})
    relief.do(police, case, "新生儿户口登记审核", decision="approved")
    registered = [{"child": child, "id_number": number(child)} for child in TWINS]
    issue(police, case, "登记户口", "registered", "添加户口登记", registered, registered_on=TODAY)
    relief.do(insurer, case, "居民医保参保审核", decision="approved")
    relief.do(health, case, "育儿补贴审核", decision="approved")
    relief.do(clerk, case, "窗口出件", {"handover.handed_on": TODAY, "handover.receiver": "黄雨欣"})
    clerk.open("/window/")
    with clerk.page.expect_navigation():
        clerk.page.locator("table.dense a").first.click()
    clerk.check()
    said = clerk.page.locator("main").inner_text()
    assert case in said
    assert "全部通过" in said


def number(child):
    """A well-formed number for a child born today; serials of the demo people, given to nobody."""
    base = f"330802{TODAY.replace('-', '')}99{8 - 2 * TWINS.index(child)}"
    return base + ric.calc_check_digit(base + "0")
