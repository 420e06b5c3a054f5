"""Deadlines on screen: the board, slips, more time, suspension, receipts and refusals; every page well-formed."""

from datetime import datetime

import pytest

from engine import drafts, store, supervision, worker
from engine.words import CITY
from engine.work import SYSTEM
from tests import story, timed
from tests.timed import CERTIFICATE, COPIES
from tests.web.client import Browser, app_for

WHY = "案情复杂，需调阅历史档案。"


@pytest.fixture
def app(city, tmp_path):
    """The screens on the city, with the pack that has every clock."""
    timed.publish(city.engine)
    made = app_for(city.engine, tmp_path)
    made.test_client_class = Browser
    return made


@pytest.fixture
def case_id(app, city):
    """The police have two items to do since Monday at nine."""
    case = story.accepted(city.engine, city.actor("wangfang"), situation={"want_birth": "no"})
    story.decide(city.engine, city.actor("zhangwei"), "review_marriage")
    story.decide(city.engine, city.actor("zhangwei"), "issue_marriage", **CERTIFICATE, **COPIES)
    return case


def signed_in(app, login):
    browser = app.test_client()
    assert browser.sign_in(login).status_code == 302
    return browser


def text(answer, status=200):
    assert answer.status_code == status
    return answer.get_data(as_text=True)


def progress(app, city, case_id):
    """What the applicant sees with number and code."""
    with city.engine.look(SYSTEM) as work:
        case = work.session.get(store.Case, case_id)
        said = {"number": case.number, "code": case.code}
    return text(app.test_client().send("/progress", **said))


def late(city, clock, moment="2026-12-15T10:00"):
    """It is later, and the worker has been by."""
    clock.now = datetime.fromisoformat(moment).replace(tzinfo=CITY)
    worker.alarm(city.engine)


def test_a_slip_from_the_board_to_its_answer(app, city, case_id, clock):
    """The station sees what is late, opens its slip, is told what an answer needs, and answers once."""
    late(city, clock)
    police = signed_in(app, "hejie")
    board = text(police.get("/deadlines/"))
    assert "已超期" in board
    with city.engine.look(city.actor("hejie")) as work:
        slip = supervision.mine(work)[0]
    assert slip.number in board
    page = f"/deadlines/slips/{slip.id}"
    assert "逾期原因" in text(police.get(page))
    assert "is-invalid" in text(police.send(page, reason=" "), 422)
    assert police.send(page, reason="系统故障已排除，明日办结。").location.endswith(page)
    assert "系统故障已排除" in text(police.get(page))
    again = text(police.send(page, reason="再答一次，内容不同。"), 409)
    assert "已于" in again
    assert "再答一次，内容不同。" in again  # nothing typed is lost
    assert "系统故障已排除" in text(signed_in(app, "sunhui").get(page))


def test_more_time_from_the_wish_to_the_new_day(app, city, case_id):
    """Asked for on the case's page, decided on the leader's, shown to the applicant."""
    police, boss = signed_in(app, "hejie"), signed_in(app, "chenjing")
    page = f"/deadlines/cases/{case_id}"
    assert "可延长10个工作日" in text(police.get(page))
    ask = f"{page}/extensions"
    assert "is-invalid" in text(police.send(ask, item="status_groom", days="5", reason=""), 422)
    assert "1 至 10" in text(police.send(ask, item="status_groom", days="99", reason=WHY), 409)
    assert police.send(ask, item="status_groom", days="5", reason=WHY).status_code == 302
    assert WHY in text(boss.get("/deadlines/"))
    with city.engine.look(city.actor("chenjing")) as work:
        wish = supervision.asked(work)[0].id
    short = text(boss.send(f"/deadlines/extensions/{wish}", decision="grant", reason="可以"), 422)
    assert "is-invalid" in short
    assert ">\n可以</textarea>" in short
    boss.send(f"/deadlines/extensions/{wish}", decision="grant", reason="情况属实。")
    assert "已延长 5" in text(police.get(page))
    twice = text(boss.send(f"/deadlines/extensions/{wish}", decision="grant", reason="再批准一次。"), 409)
    assert "已有人作出决定" in twice
    assert "再批准一次。" in twice
    assert "期限已延长 5 工作日" in progress(app, city, case_id)


def test_a_suspension_is_on_every_page(app, city, case_id):
    """With its reason on the case's clocks, in its history, and in plain words for the applicant."""
    boss = signed_in(app, "sunhui")
    page = f"/deadlines/cases/{case_id}"
    assert "is-invalid" in text(boss.send(f"{page}/suspend", reason="  "), 422)
    assert boss.send(f"{page}/suspend", reason="涉及诉讼，等待裁判。").status_code == 302
    assert "涉及诉讼，等待裁判。" in text(boss.get(page))
    assert "本办件已挂起" in text(boss.send(f"{page}/suspend", reason="再次挂起的理由。"), 409)
    assert "停止计时" in text(boss.get(f"/cases/{case_id}"))
    assert "停止计时：挂起" in progress(app, city, case_id)
    assert boss.send(f"{page}/resume").status_code == 302
    assert "没有挂起" in text(boss.send(f"{page}/resume"), 409)


def test_the_inbox_shows_lamps(app, city, case_id, clock):
    """Each open task says how its item stands, in shape, word and colour."""
    late(city, clock, "2026-11-25T10:00")
    page = text(signed_in(app, "hejie").get("/inbox/"))
    assert page.count("chip-red") == 1
    assert page.count("chip-green") == 1


def test_a_receipt_and_a_refusal(app, city, clock):
    """The window receives, prints, sees what has to be answered, and refuses with reason and basis, for good."""
    clerk = signed_in(app, "wangfang")
    draft = story.situated(city.engine, city.actor("wangfang"))
    form = text(clerk.get(f"/window/drafts/{draft}"))
    assert "接件" in form
    revision = str(story.revision_of(city.engine, city.actor("wangfang"), draft))
    taken = clerk.send(f"/window/drafts/{draft}/receive", _revision=revision, _key="k")
    assert taken.location.endswith("/received")
    page = text(clerk.get(taken.location))
    assert "SJ330802" in page
    assert "2026-11-30 17:30" in text(clerk.get("/window/"))
    refuse = f"/window/drafts/{draft}/refuse"
    assert "is-invalid" in text(clerk.send(refuse, reason="不属于本机关职权。", basis=""), 422)
    assert clerk.send(refuse, reason="不属于本机关职权。", basis="某法第一条").status_code == 302
    shown = text(clerk.get(taken.location))
    assert "不属于本机关职权。" in shown
    assert "行政复议" in shown
    assert "SJ330802" not in text(clerk.get("/window/"))


def test_the_window_tells_once_what_is_missing_and_a_colleague_goes_on(app, city):
    """The list is proposed from the papers, printed, and not asked for twice; who is at the same window takes over."""
    clerk, colleague = signed_in(app, "wangfang"), signed_in(app, "lina")
    draft = story.situated(city.engine, city.actor("wangfang"))
    revision = str(story.revision_of(city.engine, city.actor("wangfang"), draft))
    page = clerk.send(f"/window/drafts/{draft}/receive", _revision=revision, _key="k").location
    ask = f"/window/drafts/{draft}/ask"
    assert "男方居民身份证\n女方居民身份证" in text(clerk.get(page))
    assert "is-invalid" in text(clerk.send(ask, missing=""), 422)
    assert clerk.send(ask, missing="男方居民户口簿首页").status_code == 302
    shown = text(clerk.get(page))
    assert "补正材料告知书" in shown
    assert "男方居民户口簿首页" in shown
    assert ask not in shown
    assert "不再第二次要求补正" in text(clerk.send(ask, missing="另一份"), 409)
    assert "接手办理" not in text(clerk.get("/window/"))
    assert "接手办理" in text(colleague.get("/window/"))
    assert clerk.get(page).status_code == 200
    assert colleague.send(f"/window/drafts/{draft}/take").location.endswith(draft)
    assert (colleague.get(page).status_code, clerk.get(page).status_code) == (200, 409)
    typed = {"groom.name": "李志达", "_key": "late", "_revision": "-1"}
    said = text(clerk.send(f"/window/drafts/{draft}/save", **typed), 409)
    assert "李娜已接手" in said
    assert "李志达" in said
    assert "李志达" not in text(colleague.get(f"/window/drafts/{draft}"))


def test_what_was_deemed_accepted_is_on_the_lists(app, city, clock):
    """The window and the supervisor see it in red."""
    with city.engine.begin(city.actor("wangfang")) as work:
        draft = drafts.start(work, "family", "zw-330802")
        drafts.receive(work, draft)
    clock.forward(days=8)
    worker.deem(city.engine)
    clerk = signed_in(app, "wangfang")
    assert "视为受理" in text(clerk.get("/window/"))
    assert "起视为受理" in text(clerk.get(f"/window/drafts/{draft}/received"))
    assert "视为受理" in text(signed_in(app, "sunhui").get("/deadlines/"))
