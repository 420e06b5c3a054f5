"""What follows a death over plain HTTP, with the sandbox's departments and a live worker: the main story."""

import importlib.util
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from tests.visitor import Visitor

spec = importlib.util.spec_from_file_location("window", Path(__file__).with_name("test_window__http.py"))
window = importlib.util.module_from_spec(spec)
spec.loader.exec_module(window)

TODAY = f"{datetime.now(ZoneInfo('Asia/Shanghai')):%Y-%m-%d}"
NO = ("has_fund", "has_licence", "has_allowance", "is_veteran", "want_accounts", "heirs_dispute", "dependants")
SITUATION = dict.fromkeys(NO, "no") | {
    "death_kind": "normal", "death_place": "hospital", "hukou_here": "yes", "remains": "cremate", "insured": "none",
    "funeral_paid": "no", "eco_way": "tree", "medical_insured": "yes", "relief_kind": "none", "_area": "330802006",
}  # fmt: skip
ANSWERS = {
    "deceased.name": "杜欣然",
    "deceased.id_number": "330802194801059960",
    "deceased.death_date": TODAY,
    "deceased.hukou_address": "府山街道滨江路32号",
    "applicant.name": "胡海涛",
    "applicant.id_number": "330802196306159971",
    "applicant.phone": "19900001035",
    "services.fetch_place": "市人民医院",
    "bank.holder": "胡海涛",
    "bank.name": "样例银行",
    "bank.card": "6222020000000000018",
    "consent.signed_by": "胡海涛",
    "consent.signed_on": TODAY,
}
PAID = {"paid_on": TODAY, "paid_amount": "1250.30", "receipt": "YB-1"}


def taken(clerk):
    """The window takes the application, each page asking what follows from the answers; returns id and number."""
    clerk.get("/window/")
    clerk.submit("/window/drafts", pack="funeral")
    for _ in range(3):
        names = set(clerk.page.form("/situation").fields)
        page = clerk.fill("/situation", {k: v for k, v in SITUATION.items() if k in names})
        if page.status == 200:
            break
    page = clerk.fill("/accept", window.completed(clerk.page.form("/accept"), ANSWERS))
    assert page.address.endswith("/receipt"), page.words[:800]
    return page.address.split("/")[-2], window.printed(page)[0]


def confirmed(clerk, lead, case_id):
    """The window reports the death and the coordinator confirms it."""
    path = f"/events/cases/{case_id}"
    clerk.get(f"{path}?kind=deceased")
    death = {"_kind": "deceased", "_place": "deceased", "day": TODAY, "evidence": "33080220260001"}
    assert clerk.fill(path, death).status == 200
    lead.get(path)
    assert lead.submit("/confirm").status == 200


def done(person, step, number, given):
    """Decide a task; what follows from the decision is asked on the page that comes back."""
    page = window.decide(person, step, number, given)
    action = page.address.removeprefix(person.base)
    if page.status == 422:
        page = person.fill(action, window.completed(page.form(action), given))
    assert (page.status, "已提交" in page.words) == (200, True), page.words[:900]


def test_from_the_certificate_to_the_list_of_results(server):
    """Certificate, two keys, cremation, waiver, reward paid by machine, hukou, medical insurance, and the end."""
    people = {
        n: Visitor(server.address)
        for n in ["wangfang", "tangyan", "yangmin", "hejie", "shiming", "zhangwei", "fanyong"]
    }
    for login, visitor in people.items():
        assert visitor.sign_in(login).status == 200
    case_id, number = taken(people["wangfang"])

    def does(login, step, **given):
        done(people[login], step, number, given or {"decision": "approved"})

    does("tangyan", "出具死亡医学证明", decision="approved", certificate_number="33080220260001", certified_on=TODAY)
    confirmed(people["wangfang"], people["yangmin"], case_id)
    does("hejie", "注销户口")
    does("fanyong", "医保减员", decision="approved", amount="1250.30")
    does("fanyong", "支取医保个人账户", **PAID)
    does("shiming", "接运遗体", fetched_on=TODAY, cold_number="A12")
    cremated = {"decision": "approved", "cremation_number": "HH-1", "cremated_on": TODAY, "basic_cost": "1500"}
    does("shiming", "火化和出证", **cremated)
    does("zhangwei", "审核殡葬减免", decision="approved", amount="1500")
    does("shiming", "登记生态安葬", buried_on=TODAY, site="样例生态园", operator="样例公司")
    does("zhangwei", "审核生态葬奖补", decision="approved", amount="2000", operator_amount="2000")
    does("wangfang", "汇总送达", **{"handover.handed_on": TODAY, "handover.receiver": "胡海涛"})
    words = people["wangfang"].get(f"/cases/{case_id}").words
    assert "全部通过" in words
    assert "办结清单" in words
