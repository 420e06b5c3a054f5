"""A death in the funeral case: two people confirm it there, and every other open case of the deceased is told."""

from dataclasses import replace

import pytest

from engine import audit, cases, catalog, events, exchange, jobs, releases, seed, worker
from engine.errors import FormInvalid
from engine.events import Report
from engine.words import CaseState, ConcernState, EventKind, PersonRole, TaskState
from engine.work import SYSTEM
from tests import story

DEAD = {"name": "杜欣然", "id_number": "330802194801059960"}
DEATH = {"day": "2026-11-18", "evidence": "33080220260001"}
CLERK, SUPERVISOR, COORDINATOR = "liuqiang", "sunhui", "yangmin"


@pytest.fixture
def office(city):
    """The demo city with the two packs a death joins."""
    with city.engine.begin(SYSTEM) as work:
        for code in ("funeral", "temporary-relief"):
            releases.publish(work, catalog.files_of(catalog.content_root(), code))
    return city.engine


def begun(engine, code, name, **changes):
    """A case accepted as a scenario of the pack begins, some answers changed; returns its id."""
    with engine.begin(SYSTEM) as work:
        release = releases.current(work, code)
        told = next(s for s in catalog.scenarios(release.pack) if f"/{name}" in s.file)
        changed = replace(told, answers={**told.answers, **{k.replace("__", "."): v for k, v in changes.items()}})
        return seed.accepted(work, release, changed, story.AREA, again="另一件事，已核对")


def proven(engine):
    """A funeral case in which the death is proven and waits for the second key."""
    case_id = begun(engine, "funeral", "19-")
    with engine.begin(SYSTEM) as work:
        for asked in jobs.claim(work, "test", limit=5):
            jobs.finish(work, asked.id, asked.attempt, exchange.understood(asked, {"kind": "ok", "data": {}})[0])
    certificate = {"decision": "approved", "certificate_number": DEATH["evidence"], "certified_on": "2026-11-19"}
    story.decide(engine, story.person(engine, "tangyan"), "review_certificate", **certificate)
    return case_id


def confirmed(engine, case_id, place="deceased"):
    """The window reports a death, the coordinator confirms it, the sweep passes it on; returns the event's id."""
    with engine.begin(story.person(engine, CLERK)) as work:
        event = events.report(work, case_id, Report(EventKind.DECEASED, place, DEATH), key=f"{case_id}.{place}")
    with engine.begin(story.person(engine, COORDINATOR)) as work:
        events.confirm(work, event)
    worker.sweeps.spread(engine)
    return event


@pytest.mark.parametrize(
    ("wrong", "key"), [({"day": "2026-11-17"}, "day"), ({"evidence": "33080220260002"}, "evidence")]
)
def test_a_death_that_is_not_that_of_the_case_is_refused(office, wrong, key):
    """Name, day and certificate have to agree before a second person is asked: twins and namesakes."""
    case_id = proven(office)
    with office.begin(story.person(office, CLERK)) as work, pytest.raises(FormInvalid) as caught:
        events.report(work, case_id, Report(EventKind.DECEASED, "deceased", DEATH | wrong), key="k")
    assert [error.key for error in caught.value.errors] == [key]


def waiting(engine, case_id):
    """The open tasks of a case."""
    with engine.begin(story.person(engine, SUPERVISOR)) as work:
        return {task.node for task in cases.view(work, case_id).tasks if task.state == TaskState.OPEN}


def reversed_(engine, event):
    """The supervisor takes it back."""
    with engine.begin(story.person(engine, SUPERVISOR)) as work:
        events.reverse(work, event, "同名同姓，本人尚在", key=event)


def test_two_people_confirm_before_the_hukou_is_touched(office):
    """One report opens nothing; the confirmation opens hukou and pension, and the deceased is no applicant."""
    case_id = proven(office)
    assert waiting(office, case_id) == {"confirm_death", "fetch"}
    with office.begin(story.person(office, CLERK)) as work:
        event = events.report(work, case_id, Report(EventKind.DECEASED, "deceased", DEATH), key="one")
        found = {person.place: person.role for person in events.desk(work, case_id).people}
    assert found == {"deceased": PersonRole.SUBJECT, "applicant": PersonRole.APPLICANT}
    assert waiting(office, case_id) == {"confirm_death", "fetch"}
    with office.begin(story.person(office, COORDINATOR)) as work:
        events.confirm(work, event)
    worker.sweeps.spread(office)
    assert {"review_hukou", "fetch"} <= waiting(office, case_id)
    assert "confirm_death" not in waiting(office, case_id)


def test_the_other_open_case_of_the_deceased_is_told(office):
    """The relief the deceased had asked for asks its own leader what becomes of it (domain.md 2.18)."""
    relief = begun(office, "temporary-relief", "23-", victim__name=DEAD["name"], victim__id_number=DEAD["id_number"])
    confirmed(office, proven(office))
    assert waiting(office, relief) == {"handle_death"}


def test_a_death_confirmed_elsewhere_first_counts_here(office):
    """A funeral case taken after the confirmation needs no second one."""
    relief = begun(office, "temporary-relief", "23-", victim__name=DEAD["name"], victim__id_number=DEAD["id_number"])
    confirmed(office, relief, "victim")
    case_id = proven(office)
    with office.begin(SYSTEM) as work:
        assert events.late(work) == 1
    worker.sweeps.spread(office)
    assert "review_hukou" in waiting(office, case_id)


def test_a_mistaken_death_is_undone_by_the_departments(office):
    """Its reversal stops everything and asks for what was done to be restored; the case ends after that."""
    case_id = proven(office)
    event = confirmed(office, case_id)
    story.decide(office, story.person(office, "hejie"), "review_hukou", decision="approved")
    reversed_(office, event)
    assert waiting(office, case_id) == {"undo_hukou"}
    restored = {"restored_on": "2026-11-20", "restored": "已恢复"}
    story.decide(office, story.person(office, "hejie"), "undo_hukou", **restored)
    close = {"undone.proof_withdrawn": True, "undone.all_restored": True, "undone.note": "已核对"}
    story.decide(office, story.person(office, COORDINATOR), "close_undo", **close)
    with office.begin(story.person(office, SUPERVISOR)) as work:
        seen = cases.view(work, case_id)
        assert (seen.state, events.desk(work, case_id).events[0].concerns[0].state) == (
            CaseState.ENDED,
            ConcernState.UNDONE,
        )
        assert {i.spec.code: i.outcome for i in seen.items}["hukou"] == "terminated"
        assert list(audit.audit(work)) == []


def test_the_applicant_dies_and_another_takes_over(office):
    """The death of who applied ends nothing: another relative goes on, and the deceased is not confirmed by it."""
    case_id = proven(office)
    confirmed(office, case_id, "applicant")
    assert waiting(office, case_id) == {"confirm_death", "fetch", "change_agent"}
