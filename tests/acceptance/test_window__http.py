"""The first true case over plain HTTP without JavaScript, and the ways two people or two clicks meet each other."""

import re
import threading
import time
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
from sqlalchemy import delete

from engine import store
from engine.app import Engine
from engine.work import SYSTEM
from tests import story
from tests.visitor import Visitor

SITUATION = {"origin": "both_local", "want_birth": "yes", "want_migration": "yes", "_area": "330802006"}
COUPLE = {
    "groom.name": "李志远",
    "groom.id_number": "330802198801039976",
    "groom.phone": "19900001000",
    "groom.hukou_address": "府山街道新桥街2号",
    "bride.name": "黄㼆𠅤",
    "bride.id_number": "330824200107029987",  # in no register: the name is invented here
    "bride.phone": "19900001001",
    "bride.hukou_address": "紫港街道荷花中路15号",
    "declaration.witness": "张伟",
    "move.householder": "李国强",
    "move.address": "府山街道新桥街2号",
    "birth.living_address": "府山街道新桥街2号",
}
CERTIFICATE = {
    "certificate_number": "J330802-2026-000123",
    "registered_on": "2026-11-23",
    "groom_copy": "33080200123",
    "bride_copy": "33080200124",
    "registrar": "张伟",
}
OPINION = "双方到场核对无误，同意登记。"


@pytest.fixture
def office(server):
    """Makes visitors: `office("wangfang")` is signed in, `office()` the public; each with a browser of their own."""

    def visitor(login=""):
        made = Visitor(server.address)
        if login:
            assert made.sign_in(login).status == 200
        return made

    return visitor


def completed(form, given):
    """The values of a form after somebody filled in what is enabled: `given`, else the first choice that says much."""
    values = dict(given)
    for field in form.xpath(".//*[@name][not(@disabled)]"):
        name, kind = field.get("name"), field.get("type", field.tag)
        if name in values or kind in ("hidden", "text", "textarea", "button", "submit"):
            continue
        if kind == "select":
            values[name] = field.xpath("./option[@value != '']/@value")[0]
        elif kind == "radio":
            offered = form.xpath(f".//input[@name='{name}']/@value")
            values[name] = next(v for v in offered if v != "missing")
        else:
            values[name] = field.get("value")
    names = {field.get("name") for field in form.xpath(".//*[@name][not(@disabled)]")}
    return {k: v for k, v in values.items() if k in names}


def situated(clerk):
    """Start an application and answer the situation questions; returns the address of the draft."""
    clerk.get("/window/")
    clerk.submit("/window/drafts", pack="family")
    page = clerk.fill("/situation", SITUATION)
    assert page.status == 422, "without JavaScript the question who moves appears after the first try"
    page = clerk.fill("/situation", {"migrant": "bride"})
    assert page.status == 200, page.words[:400]
    return page.address


def accept(clerk, **changes):
    """Fill in the combined form on the page and press accept."""
    form = clerk.page.form("/accept")
    return clerk.fill("/accept", completed(form, COUPLE) | changes)


def accepted(clerk):
    """Take a whole application; returns the receipt page."""
    situated(clerk)
    page = apart(clerk, accept(clerk))
    assert page.address.endswith("/receipt"), page.words[:600]
    return page


def apart(clerk, page):
    """Say of every case the application may be the same as that it is another one, and accept it; the page after."""
    if "/duplicates" not in page.address:
        return page
    while "/duplicates" in page.address:
        form = next(f for f in page.tree.forms if f.fields.get("reason") == "")
        page = clerk.post(page.address, dict(form.form_values()) | {"reason": "另一次申请，已核对"})
    return clerk.submit("/accept")


def printed(page):
    """Case number and query code of a receipt."""
    return page.tree.xpath("//*[contains(@class, 'paper')]//dd[contains(@class, 'mono')]//text()")[:2]


def open_task(person, step, number):
    """Open the task of this step and case from one's inbox; returns its page. Checks before it take a moment."""
    for box in ("free", "mine") * 20:
        person.get(f"/inbox/?box={box}")
        for row in person.page.tree.xpath("//tr[@data-row]"):
            words = row.text_content()
            if step in words and number in words:
                return person.get(row.xpath(".//a/@href")[0])
        time.sleep(0.1)
    raise AssertionError(f"{step} of {number} waits for nobody here: {person.page.words[:400]}")


def decide(person, step, number, given):
    """Open a task and submit it; returns the page that follows."""
    page = open_task(person, step, number)
    action = page.address.removeprefix(person.base)
    return person.fill(action, completed(page.form(action), given))


def done(person, step, number, given=None):
    """Decide a task, approving unless told otherwise, and see that it was taken."""
    page = decide(person, step, number, given or {"decision": "approved"})
    assert (page.status, "已提交" in page.words) == (200, True), page.words[:600]


def task_form(person, step, number):
    """Open a task; returns the action of its decision form and the fields as the browser would send them."""
    page = open_task(person, step, number)
    action = page.address.removeprefix(person.base)
    return action, dict(page.form(action).form_values())


def test_whole_case_by_five_people(office):
    """Situation, form, receipt, claim, release, approve, supplement, refuse; the couple reads each result and why."""
    clerk, registrar, police, health = (office(n) for n in ("wangfang", "zhangwei", "hejie", "tangyan"))
    couple = office()
    number, code = printed(accepted(clerk))
    page = open_task(registrar, "结婚登记审查", number)
    page = registrar.submit("/claim")
    assert "张伟" in page.tree.xpath("string(//section[@aria-labelledby='decision'])")
    registrar.submit("/release")
    assert registrar.page.form("/claim") is not None, "a released task can be claimed again"
    done(registrar, "结婚登记审查", number)
    done(registrar, "登记发证", number, CERTIFICATE)
    done(police, "男方婚姻状况变更", number)
    page = decide(police, "女方婚姻状况变更", number, {"decision": "supplement"})
    assert page.status == 422, "what is missing must be said"
    police.fill(page.address.removeprefix(police.base), {"missing": "户口簿首页"})
    refuse_birth(health, number)
    assert "户口簿首页" in look_up(couple, number, code).words
    supplement(clerk, number)
    done(police, "女方婚姻状况变更", number)
    done(police, "迁移", number)
    done(police, "换领", number, {"page_issued_on": "2026-11-23", "id_renewal": "no"})
    done(clerk, "出件", number, {"handover.handed_on": "2026-11-23", "handover.receiver": "李志远"})
    words = look_up(couple, number, code).words
    assert (words.count("✓通过"), words.count("✕")) == (5, 1), words
    english(couple, number, code)


def refuse_birth(health, number):
    """The health office refuses; a reason and its legal basis are demanded and then taken."""
    page = decide(health, "生育登记", number, {"decision": "refused"})
    assert page.status == 422
    assert {"reason", "legal_basis"} <= {key.removeprefix("f-").removesuffix("-error") for key in errors(page)}
    page = health.fill(page.address.removeprefix(health.base), {"reason": "材料不符", "legal_basis": "《条例》第三条"})
    assert "已提交" in page.words, page.words[:400]


def supplement(clerk, number):
    """The clerk hands in what was asked for; the page says what that was."""
    page = open_task(clerk, "补正", number)
    assert "户口簿首页" in page.words
    action = page.address.removeprefix(clerk.base)
    papers = [name for name in dict(page.form(action).form_values()) if name.startswith("papers.")]
    page = clerk.fill(action, {papers[0]: "missing", "bride.name": "黄改"})
    assert page.status == 422, "what was brought must be said"
    kept = dict(page.form(action).form_values())
    assert (kept[papers[0]], kept["bride.name"]) == ("missing", "黄改"), "ticks and corrections are still there"
    assert dict(clerk.get(action).form(action).form_values())[papers[0]] == "missing", "in a new browser too"
    clerk.fill(action, {papers[0]: "original", "bride.name": "黄㼆𠅤"})
    page = clerk.fill(action, {"brought": "户口簿首页原件"})
    assert "已提交" in page.words, page.words[:400]


def english(couple, number, code):
    """The same page in English speaks no Chinese except names of the pack without translation."""
    couple.get("/progress")
    couple.submit("/language", language="en")
    words = look_up(couple, number, code).words
    assert "Result of each item" in words
    assert "Marriage registration" in words


def look_up(couple, number, code):
    """Ask for the progress."""
    couple.get("/progress")
    page = couple.submit("/progress", number=number, code=code)
    assert page.status == 200, page.words[:300]
    assert number not in page.address
    return page


def errors(page):
    """Sentences beside fields, by element id."""
    return {e.get("id"): e.text_content() for e in page.tree.xpath("//*[contains(@class, 'form-error')]")}


def test_draft_survives_a_new_browser(office):
    """Half a form is saved, the browser and its cookies are thrown away, and another browser shows it all."""
    clerk = office("lina")
    address = situated(clerk)
    clerk.fill("/accept", {"groom.name": "㼆𠅤𠮷", "groom.id_number": "330802198801039976"})
    assert clerk.page.status == 422
    again = office("lina")
    assert again.get("/window/").tree.xpath(f"//a[@href='{address.removeprefix(again.base)}']")
    values = dict(again.get(address).form("/accept").form_values())
    assert (values["groom.name"], values["groom.id_number"]) == ("㼆𠅤𠮷", "330802198801039976")
    assert "1988-01-03" in again.page.tree.xpath("//*[@data-derived='groom.birth_date']/@value")
    again.submit("/language", language="en")
    assert dict(again.get(address).form("/accept").form_values())["groom.name"] == "㼆𠅤𠮷"


def test_two_tabs_of_one_draft(office):
    """The tab that saves second is refused with what it typed, the way back to the draft, and nothing overwritten."""
    clerk = office("wangfang")
    address = situated(clerk)
    old = dict(clerk.get(address).form("/accept").form_values())
    clerk.fill("/accept", {"groom.name": "先写"})
    for action in ("/save", "/accept"):
        page = clerk.post(address + action, old | {"groom.name": "后写", "_key": old["_key"][::-1]})
        assert page.status == 409
        assert "后写" in page.words
        assert page.tree.xpath(f"//a[@href='{address.removeprefix(clerk.base)}']"), "one click leads back to the draft"
    kept = dict(clerk.get(address).form("/accept").form_values())
    assert kept["groom.name"] == "先写"


def test_a_page_without_its_marks_overwrites_nothing(office):
    """A form posted without the fields it carries is refused instead of winning against what was saved."""
    clerk = office("wangfang")
    clerk.get("/window/")
    fields = dict(clerk.submit("/window/drafts", pack="family").form("/situation").form_values())
    bare = {"csrf_token": fields["csrf_token"], "migrant": "bride", **SITUATION}
    assert clerk.post(clerk.page.address, bare).status == 409
    address = situated(clerk)
    fields = dict(clerk.get(address).form("/accept").form_values())
    clerk.fill("/accept", {"groom.name": "先写"})
    bare = {k: v for k, v in fields.items() if k not in ("_key", "_revision")} | {"groom.name": "后写"}
    for _ in range(2):
        assert clerk.post(address + "/save", bare).status == 409
    assert dict(clerk.get(address).form("/accept").form_values())["groom.name"] == "先写"


def test_two_reviewers_at_once(office):
    """Both have the page open; the second reads who was first and finds the own words on the page."""
    number, _code = printed(accepted(office("wangfang")))
    first, second = office("zhangwei"), office("liuyang")
    (action, mine), (_, yours) = (task_form(p, "结婚登记审查", number) for p in (first, second))
    assert "已提交" in first.post(action, mine | {"decision": "approved"}).words
    page = second.post(action, yours | {"decision": "approved", "opinion": OPINION})
    assert page.status == 409
    assert re.search(r"张伟.*\d\d:\d\d", page.words)
    assert OPINION in page.words
    assert OPINION in second.get(action).words, "and still after closing the page"


def test_double_submit_of_a_decision(office):
    """The second click of the same page is answered like the first one and changes nothing."""
    number, _code = printed(accepted(office("wangfang")))
    person = office("zhangwei")
    action, fields = task_form(person, "结婚登记审查", number)
    for _ in range(2):
        page = person.post(action, fields | {"decision": "approved"})
        assert (page.status, "已提交" in page.words) == (200, True)
    page = person.post(action, fields | {"decision": "approved", "opinion": "改主意"})
    assert page.status == 409, "the same page with other content is no repetition"
    assert "改主意" in page.words


def test_decisions_without_their_key_do_not_meet(office):
    """A form without its key is carried out as what it is, and the next one without a key is not taken for it."""
    for _ in range(2):
        number, _code = printed(accepted(office("wangfang")))
        person = office("zhangwei")
        action, fields = task_form(person, "结婚登记审查", number)
        bare = {k: v for k, v in fields.items() if k != "_key"} | {"decision": "approved"}
        assert "已提交" in person.post(action, bare).words
        assert person.post(action, bare).status == 409


def test_eight_clicks_on_accept(office):
    """Eight threads press accept on one draft at once: one case, and everybody is shown its receipt."""
    clerk = office("wangfang")
    address = situated(clerk)
    form = clerk.page.form("/accept")
    others = {key.replace("__", "."): number for key, number in story.couple(8).items()}  # nobody applies twice
    fields = dict(form.form_values()) | completed(form, COUPLE) | others
    before = taken(clerk)
    people = [clerk, *(office("wangfang") for _ in range(3))] * 2
    tokens = {id(p): dict(p.get("/window/").form("/language").form_values())["csrf_token"] for p in people}
    start, found = threading.Barrier(len(people)), []

    def press(person, mine):
        start.wait()
        page = Visitor.post(mine, address + "/accept", fields | {"csrf_token": tokens[id(person)]})
        found.append((page.status, page.address))

    threads = [threading.Thread(target=press, args=(p, shadow(p))) for p in people]
    [t.start() for t in threads]
    [t.join() for t in threads]
    assert {status for status, _ in found} == {200}, found
    assert len({receipt for _, receipt in found}) == 1
    assert taken(clerk) == before + 1


def shadow(person):
    """Another window of the same browser."""
    window = Visitor(person.base)
    for cookie in person.cookies:
        window.cookies.set_cookie(cookie)
    return window


def taken(clerk):
    """How many cases the list at the window counts."""
    found = re.search(r"共\s*(\d+)", clerk.get("/window/").words)
    return int(found[1]) if found else 0


def test_session_that_ended_while_typing(office, server):
    """What was typed comes back with the refusal, and signing in from there leads to the draft."""
    clerk = office("liuqiang")
    clerk.get("/window/")
    clerk.submit("/window/drafts", pack="family")
    address = clerk.page.address.removeprefix(clerk.base)
    with end_of_session(server):
        page = clerk.fill("/situation", SITUATION)
    assert (page.status, "both_local" in page.words) == (401, True)
    clerk.get(page.tree.xpath("//main//a[contains(@href, '/signin')]/@href")[0])
    assert clerk.submit("/signin", login="liuqiang", password="lianban-demo").address.endswith(address)


@contextmanager
def end_of_session(server):
    """Everybody's session ended on the server; the cookies are still in the browsers."""
    database = store.connect(server.database or f"sqlite:///{server.data / 'lianban.db'}")
    with Engine(database, lambda: datetime.now(UTC)).begin(SYSTEM) as work:
        work.session.execute(delete(store.SignIn))
    yield
    database.dispose()


def test_the_language_stays_on_the_page(office):
    """Pressing the language button on a page that came from a refused form leads back to the form, not to an error."""
    clerk = office("wangfang")
    address = situated(clerk)
    clerk.fill("/accept", {"groom.name": "李志远"})
    page = clerk.submit("/language", language="en")
    assert (page.status, page.address) == (200, address)
    assert dict(page.form("/accept").form_values())["groom.name"] == "李志远"
    assert clerk.submit("/language", language="zh").status == 200


def test_lockout_refuses_the_right_password(office):
    """Five wrong passwords lock the account: 429, Retry-After, a sentence, in both languages; the right one waits."""
    visitor = office()
    for _ in range(5):
        assert visitor.sign_in("tianhua", "falsch").status == 422
    page = visitor.sign_in("tianhua")
    assert page.status == 429
    assert 0 < int(page.headers["Retry-After"]) <= 15 * 60
    assert "15 分钟" in page.words
    visitor.submit("/language", language="en")
    assert "Too many wrong attempts" in visitor.sign_in("tianhua").words
    assert visitor.get("/inbox/").address.split("?")[0].endswith("/signin")


def test_guessing_codes_is_limited(office):
    """The ninth try at one case number is refused with 429, Retry-After and a sentence."""
    couple = office()
    for code in range(8):
        couple.get("/progress")
        assert couple.submit("/progress", number="330802202611233000019", code=f"{code:06d}").status == 422
    page = couple.submit("/progress", number="330802202611233000019", code="000009")
    assert page.status == 429
    assert 0 < int(page.headers["Retry-After"]) <= 15 * 60
    assert "15 分钟" in page.words
