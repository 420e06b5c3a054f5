"""A marriage declared void by a court over plain HTTP, with the sandbox's departments and a live worker."""

import importlib.util
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from tests.visitor import Visitor

spec = importlib.util.spec_from_file_location("window", Path(__file__).with_name("test_window__http.py"))
window = importlib.util.module_from_spec(spec)
spec.loader.exec_module(window)

TODAY = f"{datetime.now(ZoneInfo('Asia/Shanghai')):%Y-%m-%d}"
SITUATION = {
    "ground": "judgment_void", "groom_here": "yes", "bride_here": "yes", "moved": "yes", "birth_done": "yes",
    "_area": "330802006",
}  # fmt: skip
ANSWERS = {
    "groom.name": "方知远",
    "groom.id_number": "330802200003159973",
    "groom.phone": "19900000001",
    "bride.name": "蓝小溪",
    "bride.id_number": "330824200107029987",
    "bride.phone": "19900000002",
    "original.certificate_number": "J330802-2026-000101",
    "original.registered_on": "2026-05-20",
    "basis.wrong": "样例：登记错误的经过略。",
    "basis.document": "样例民初〔2026〕1号",
    "basis.effective_on": "2026-10-08",
    "consent.signed_by": "蓝小溪",
    "consent.signed_on": TODAY,
    "delivery.way": "window",
}
ANNULLED = {"noted_on": TODAY, "decision_number": "样例民婚撤〔2026〕1号", "recovered": "both"}


def taken(clerk):
    """The window takes the application, each page asking what follows from the answers; returns id and number."""
    clerk.get("/window/")
    clerk.submit("/window/drafts", pack="marriage-reversal")
    for _ in range(3):
        names = set(clerk.page.form("/situation").fields)
        if clerk.fill("/situation", {k: v for k, v in SITUATION.items() if k in names}).status == 200:
            break
    page = clerk.fill("/accept", window.completed(clerk.page.form("/accept"), ANSWERS))
    assert page.address.endswith("/receipt"), page.words[:800]
    assert "只凭人民法院的生效判决" in page.words, "the guide says why on the receipt"
    return page.address.split("/")[-2], window.printed(page)[0]


def test_from_the_judgment_to_the_notes_everywhere(server):
    """The register does not say married, so the window clears that first; two people decide; each office notes it."""
    logins = ("wangfang", "zhangwei", "chenjing", "hejie", "tangyan")
    people = {login: Visitor(server.address) for login in logins}
    for login, visitor in people.items():
        assert visitor.sign_in(login).status == 200
    case_id, number = taken(people["wangfang"])

    def does(login, step, **given):
        window.done(people[login], step, number, given or None)

    does("wangfang", "核实登记档案", brought="样例：登记档案复印件。")
    does("zhangwei", "核对依据")
    does("chenjing", "负责人批准", approval="approved")
    does("zhangwei", "备注栏记载撤销", **ANNULLED)
    does("hejie", "男方婚姻状况更正")
    does("hejie", "女方婚姻状况更正")
    does("hejie", "投靠迁移复核")
    does("tangyan", "生育登记备注")
    does("wangfang", "窗口出件", **{"handover.handed_on": TODAY, "handover.receiver": "蓝小溪"})
    words = people["wangfang"].get(f"/cases/{case_id}").words
    assert "全部通过" in words
    assert "婚姻登记撤销（更正）决定书" in words
