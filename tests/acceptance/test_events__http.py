"""Life events over HTTP: what is typed comes back, and a second person confirms, decides and reverses."""

import re

import pytest

from engine import worker
from tests import story
from tests.web.client import app_for

DEATH = {"_kind": "deceased", "_place": "groom", "day": "2026-11-20", "evidence": "33080020260001"}


@pytest.fixture
def desks(city, tmp_path):
    """The window's and the supervisor's browser, and a case of theirs."""
    story.publish_family(city.engine)
    case = story.accepted(city.engine, story.person(city.engine, "wangfang"))
    app = app_for(city.engine, tmp_path)
    browsers = {}
    for login in ("wangfang", "sunhui"):
        browsers[login] = app.test_client()
        browsers[login].sign_in(login)
    return browsers["wangfang"], browsers["sunhui"], f"/events/cases/{case}"


def text(answer):
    return answer.get_data(as_text=True)


@pytest.mark.parametrize("kind", ["withdrawn", "deceased", "changed", "objected"])
def test_every_kind_has_its_form_and_an_empty_one_comes_back(desks, kind):
    """What is missing is said beside its field; nothing is stored."""
    clerk, _, path = desks
    assert clerk.get(f"{path}?kind={kind}").status_code == 200
    answer = clerk.send(path, _kind=kind)
    assert answer.status_code == 422
    assert 'class="error-summary"' in text(answer)


def test_what_was_typed_comes_back(desks):
    """A day in the future is refused, the certificate number and the chosen person stay."""
    clerk, _, path = desks
    answer = clerk.send(path, **{**DEATH, "day": "2027-01-01"})
    assert answer.status_code == 422
    assert 'value="33080020260001"' in text(answer)
    assert re.search(r'value="groom"\s+checked', text(answer))


def test_unknown_kinds_and_hostile_values_are_refused(desks):
    """No bad input gives an error of ours."""
    clerk, chief, path = desks
    for sent in (
        {"_kind": "x"},
        {},
        {**DEATH, "_place": "<b>"},
        {**DEATH, "evidence": "x" * 900},
        {**DEATH, "day": "\x00"},
    ):
        assert clerk.send(path, **sent).status_code == 422
    assert clerk.send(path, _kind="withdrawn", reason="不想办了先撤回", _items="nothing").status_code == 409
    assert clerk.get(f"{path}?kind=x").status_code == 200
    assert clerk.get("/events/cases/x").status_code == 404
    assert chief.send("/events/x/confirm").status_code == 404
    assert chief.send("/events/x/reverse", reason="没有这个事件").status_code == 404
    assert chief.send(path.replace("/cases", "/x/cases"), _decision="continued", reason="没有这个").status_code == 404


def test_a_death_from_the_report_to_its_reversal(desks, city):
    """The clerk reports it, the supervisor confirms it, ends the case for it, and takes it back."""
    clerk, chief, path = desks
    assert clerk.send(path, **DEATH).status_code == 302
    assert "确认死亡" not in text(clerk.get(path))
    event = re.search(r"/events/(\w+)/confirm", text(chief.get(path)))[1]
    assert "待第二人确认" in text(chief.get("/events/"))
    assert chief.send(f"/events/{event}/confirm", _case=path.rpartition("/")[2]).location == path
    worker.sweeps.spread(city.engine)
    assert "终止办理" in text(chief.get(path))
    assert 'data-standing="deceased"' in text(clerk.get(path.replace("/events", "")))
    decide = path.replace("/cases", f"/{event}/cases")
    refused = chief.send(decide, _decision="terminated", reason="")
    assert refused.status_code == 422
    assert re.search(r'value="terminated"\s+checked', text(refused))
    assert chief.send(decide, _decision="terminated", reason="家属要求停止办理").status_code == 302
    assert "申请人死亡，终止办理" in text(clerk.get(path.replace("/events", "")))
    assert chief.send(f"/events/{event}/reverse", reason="").status_code == 404  # without its case it has no page
    assert chief.send(f"/events/{event}/reverse", reason="", _case=path.rpartition("/")[2]).status_code == 422
    assert chief.send(f"/events/{event}/reverse", reason="同名同姓，报错了人").status_code == 302
    page = text(clerk.get(path.replace("/events", "")))
    assert "同名同姓，报错了人" in page
    assert "事件撤销" in page
