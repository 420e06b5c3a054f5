"""The event log: what the standard asks for is there, whoever it is about is not."""

from datetime import datetime
from io import BytesIO

import pytest
from lxml import etree

from engine import figures
from engine.errors import NotFound
from engine.store import Case, Task, User
from engine.work import SYSTEM
from tests import story

X = "{http://www.xes-standard.org/}"
MODEL = {
    "schedule", "assign", "withdraw", "reassign", "start", "suspend", "resume", "pi_abort", "ate_abort", "complete",
    "autoskip", "manualskip", "unknown",
}  # fmt: skip


def written(city, actor, *said):
    """The log as parsed, its bytes, and the count that was returned."""
    out = BytesIO()
    with city.engine.look(actor) as work:
        count = figures.write_xes(work, "family", figures.term(work.now, *said) if said else None, out)
    return etree.fromstring(out.getvalue()), out.getvalue(), count


def said(element):
    """The attributes of a log, trace or event by key."""
    return {child.get("key"): child.get("value") for child in element if child.get("key")}


def test_log_is_as_the_standard_has_it(city, case_id):
    """Extensions, globals, classifier, attributes, traces: in this order, every prefix declared, every global kept."""
    log, _, count = written(city, SYSTEM)
    assert (log.tag, log.get("xes.version"), count) == (f"{X}log", "1849-2016", 1)
    tags = [child.tag.removeprefix(X) for child in log]
    assert tags == ["extension"] * 4 + ["global"] * 2 + ["classifier"] + ["string"] * 2 + ["trace"]
    prefixes = {each.get("prefix"): each.get("uri") for each in log.iter(f"{X}extension")}
    keys = {each.get("key") for each in log.iter() if each.get("key")}
    assert {key.split(":")[0] for key in keys if ":" in key} == set(prefixes)
    always = {g.get("scope"): said(g).keys() for g in log.iter(f"{X}global")}
    assert all(always["trace"] <= said(trace).keys() for trace in log.iter(f"{X}trace"))
    assert all(always["event"] <= said(event).keys() for event in log.iter(f"{X}event"))
    assert set(log.find(f"{X}classifier").get("keys").split()) <= always["event"]


def test_events_tell_the_case(city, case_id):
    """From acceptance on, in the order they happened, with the standard's words and the department of the task."""
    log, _, _ = written(city, SYSTEM)
    events = [said(event) for event in log.iter(f"{X}event")]
    moments = [datetime.fromisoformat(event["time:timestamp"]) for event in events]
    assert moments == sorted(moments)
    assert all(moment.tzinfo for moment in moments)
    assert {event["lifecycle:transition"] for event in events} <= MODEL
    assert (events[0]["concept:name"], events[0]["org:group"]) == ("受理", "柯城综合窗口")
    review = [event for event in events if event["concept:name"] == "结婚登记审查"]
    assert [event["lifecycle:transition"] for event in review] == ["schedule", "complete"]
    assert len({event["concept:instance"] for event in review}) == 1
    assert {event["org:group"] for event in review} == {"柯城民政局"}
    assert {event["item"] for event in review} == {"marriage"}


def test_nobody_is_in_it(city, case_id):
    """No name, number, login or id of an applicant, an official, a case or a task."""
    _, text, _ = written(city, SYSTEM)
    with city.engine.look(SYSTEM) as work:
        case = work.session.get_one(Case, case_id)
        hidden = [case_id, case.number, case.code, case.area, *(task.id for task in work.session.query(Task))]
        for user in work.session.query(User):
            hidden += [user.id, user.login, user.name]
    hidden += [value for side in (story.GROOM, story.BRIDE) for value in side.values()]
    assert [word for word in hidden if word.encode() in text and word != "system"] == []


def test_same_people_have_the_same_code_name(city, case_id):
    """Who decided twice is one resource, in every log of this installation."""
    log, text, _ = written(city, SYSTEM)
    done = [event for event in map(said, log.iter(f"{X}event")) if event.get("org:group") == "柯城民政局"]
    who = {event["org:resource"] for event in done if event["lifecycle:transition"] == "complete"}
    assert len(who) == 1
    assert who != {"system"}
    assert written(city, SYSTEM)[1] == text


@pytest.mark.parametrize(
    ("login", "asked", "cases"),
    [("sunhui", "2026-11", 1), ("sunhui", "2026-10", 0), ("yangmin", "2026-11", 1), ("wuqian", "2026-11", 0)],
)
def test_term_and_areas_bound_it(city, case_id, login, asked, cases):
    """Cases accepted in the term, in the areas one oversees; an empty log is still one."""
    log, _, count = written(city, city.actor(login), asked)
    assert (count, len(log.findall(f"{X}trace"))) == (cases, cases)


def test_batches_leave_nothing_out(city, case_id, monkeypatch):
    """Read one by one or together, the log is the same."""
    story.accepted(city.engine, city.actor("wangfang"), situation={"want_birth": "no"})
    together = written(city, SYSTEM)
    monkeypatch.setattr("engine.figures.xes.BATCH", 1)
    assert written(city, SYSTEM)[1:] == together[1:]
    assert together[2] == 2


def test_unknown_packs_are_refused(city):
    """A log of nothing that was ever published is not an empty log."""
    with pytest.raises(NotFound), city.engine.look(SYSTEM) as work:
        figures.write_xes(work, "nothing", None, BytesIO())
