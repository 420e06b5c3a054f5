"""A paper from the window to the archive: what is known of it, and what follows from that."""

import os
import threading
import time
from datetime import timedelta
from types import SimpleNamespace

import pytest

from engine import audit, backup, cases, drafts, materials, numbers, store, tasks
from engine.errors import FormInvalid, NotFound, PapersOutstanding, ReasonNeeded
from engine.ledger import entries
from engine.materials.checklist import BY_PROXY, MISSING_PAPER, UNSIGNED
from engine.vault import Vault
from engine.words import EntryKind, MaterialState, Outcome
from engine.work import SYSTEM
from engine.worker import sweeps
from tests import story
from tests.engine.cases.test_incidents__scope import ISSUED
from tests.engine.materials import samples

MAY = '{ days = 2, unit = "工作日", source = "SAMPLE", granted = true }'
MUST = '{ days = 2, unit = "工作日", source = "SAMPLE" }'
OTHER = {"groom__id_number": "330802199001012016", "groom__name": "赵明"}


def row(office, case_id, code="photo"):
    """The paper as it stands."""
    with office.engine.look(SYSTEM) as work:
        case = work.session.get_one(store.Case, case_id)
        found = next(m for m in case.materials if m.code == code)
        return SimpleNamespace(**{c.name: getattr(found, c.name) for c in store.Material.__table__.columns})


def told(office, case_id, kind):
    """What the ledger says of one kind."""
    with office.engine.look(SYSTEM) as work:
        return [e.facts for e in entries(work, case_id) if e.kind == kind]


def taken(office, content=None, name="a.jpg"):
    """One file, kept."""
    files, refused = materials.take_in(office.engine.vault, [(name, content or samples.picture())])
    assert not refused
    return files


def refused(invalid):
    """Messages by key."""
    return {e.key: e.message for e in invalid.value.errors}


def hand_in(office, case_id, state="original", login="wangfang", reason=""):
    with office.engine.begin(office.actor(login)) as work:
        cases.hand_in(work, case_id, "photo", state, reason)


@pytest.mark.parametrize(("state", "trust", "source"), [("original", "B", "applicant"), ("copy", "C", "applicant")])
def test_source_and_trust_follow_from_the_state(office, publish, accept, state, trust, source):
    """What is known of a paper: how far it is believed, where it came from, who recorded it when."""
    publish()
    found = row(office, accept(state))
    assert (found.state, found.trust, found.source, found.kind) == (state, trust, source, "photo_of_two")
    assert (found.recorded_by, found.recorded_at) == (office.actor("wangfang").id, office.engine.clock())


def test_a_commitment_is_signed_in_person(office, publish, accept):
    """Without the scan of what was signed, or by a proxy, it is none; with it, it is believed least of all."""
    publish()
    with pytest.raises(FormInvalid) as invalid:
        accept("commitment")
    assert refused(invalid) == {"papers.photo": UNSIGNED}
    with pytest.raises(FormInvalid) as invalid:
        accept("commitment", taken(office), groom__name="代办人")
    assert refused(invalid) == {"papers.photo": BY_PROXY}
    case_id = accept("commitment", taken(office))
    assert (row(office, case_id).trust, row(office, case_id).source) == ("D", "commitment")
    said = {"material": "photo", "before": "missing", "after": "commitment"}
    assert told(office, case_id, EntryKind.MATERIAL_RECORDED) == [said]


def test_a_required_paper_cannot_follow_unless_the_pack_says_so(office, publish, accept):
    """Nobody tolerates what the pack does not."""
    publish()
    with pytest.raises(FormInvalid) as invalid:
        accept("tolerated")
    assert refused(invalid) == {"papers.photo": MISSING_PAPER}


def test_a_paper_that_must_come_first_holds_back_its_item_alone(office, publish, accept):
    """The item is worked on; issuing and granting wait; once the paper is in, it goes on, and is simply approved."""
    publish(MUST)
    case_id, registrar = accept("tolerated"), office.actor("zhangwei")
    due = row(office, case_id).due_at
    assert due is not None
    assert due - office.engine.clock() > timedelta(days=2)
    story.decide(office.engine, registrar, "review_marriage")
    with pytest.raises(PapersOutstanding):
        story.decide(office.engine, registrar, "issue_marriage", **ISSUED)
    assert "issue_marriage" in story.waiting(office.engine, registrar)
    hand_in(office, case_id)
    story.decide(office.engine, registrar, "issue_marriage", **ISSUED)
    assert outcome(office, case_id) == Outcome.APPROVED
    assert row(office, case_id).due_at is None


def outcome(office, case_id, code="marriage"):
    with office.engine.look(SYSTEM) as work:
        return next(i.outcome for i in work.session.get_one(store.Case, case_id).items if i.code == code)


def test_a_paper_that_may_come_later_is_in_the_outcome(office, publish, accept, clock):
    """Granted before the paper is 容缺通过, of the items that need it and no other; it can still be handed in."""
    publish(MAY)
    case_id, registrar = accept("tolerated"), office.actor("zhangwei")
    story.decide(office.engine, registrar, "review_marriage")
    story.decide(office.engine, registrar, "issue_marriage", **ISSUED)
    story.decide(office.engine, office.actor("tangyan"), "review_birth")
    assert outcome(office, case_id) == Outcome.TOLERATED
    assert outcome(office, case_id, "birth_registration") == Outcome.APPROVED
    hand_in(office, case_id)
    assert row(office, case_id).state == MaterialState.ORIGINAL


def test_a_late_paper_is_noted_once(office, publish, accept, clock):
    """The sweep says so in the ledger when the day is over, and not again."""
    publish(MUST)
    case_id = accept("tolerated")
    assert sweeps.remind(office.engine) == 0
    clock.forward(days=4)
    assert [sweeps.remind(office.engine), sweeps.remind(office.engine)] == [1, 0]
    (said,) = told(office, case_id, EntryKind.MATERIAL_OVERDUE)
    assert said["material"] == "photo"
    with office.engine.begin(office.actor("wangfang")) as work:
        assert next(p for p in cases.view(work, case_id).papers if p.spec.code == "photo").overdue


def test_the_same_bill_in_another_case_needs_a_reason(office, publish, accept, intake):
    """The number, or the file, is found, whoever typed it how; with a reason it counts, and the ledger says why."""
    publish()
    first = accept("original", taken(office))
    number = told(office, first, EntryKind.CASE_ACCEPTED)[0]["number"]
    with pytest.raises(FormInvalid) as invalid:
        accept("original")
    (error,) = invalid.value.errors
    assert (error.key, error.facts) == ("papers.photo", {"others": numbers.grouped(number)})
    with pytest.raises(FormInvalid):
        accept("original", taken(office), **OTHER)
    with pytest.raises(FormInvalid):
        accept("original", taken(office), reason="因", **OTHER)
    second = accept("original", taken(office), reason="同一人再次申请", **OTHER)
    assert told(office, second, EntryKind.MATERIAL_DOUBLED) == [
        {"material": "photo", "reason": "同一人再次申请", "others": [number]}
    ]
    assert told(office, first, EntryKind.MATERIAL_DOUBLED) == []


def test_a_paper_of_an_earlier_case_serves_again_for_a_while(office, publish, accept, intake, clock):
    """Verified at a window and not too old: offered with its date, taken over with its trust; a copy never."""
    publish()
    copied = accept("copy", **OTHER)
    assert row(office, copied).expires_at is None
    first = accept("original")
    draft, answers, _ = intake("reused")
    clerk = office.actor("wangfang")
    with office.engine.begin(clerk) as work:
        drafts.save(work, draft, answers, {}, page="p", revision=-1)
    with office.engine.look(clerk) as work:
        offers = {p.spec.code: p.offer for p in drafts.view(work, draft).papers if p.offer}
    assert list(offers) == ["photo"]
    assert (offers["photo"].trust, offers["photo"].recorded_at) == ("B", clock())
    clock.forward(days=29)
    second = accept("reused", reason="同一张照片")
    assert (row(office, second).origin, row(office, second).trust) == (row(office, first).id, "B")
    assert row(office, second).expires_at == row(office, first).expires_at
    clock.forward(days=2)
    with pytest.raises(FormInvalid) as invalid:
        accept("reused", reason="同一张照片")
    assert refused(invalid) == {"papers.photo": MISSING_PAPER}


def test_another_persons_paper_is_never_offered(office, publish, accept):
    """Somebody else's ID number opens nothing, and the table tells nobody whose paper it is."""
    publish()
    first = accept("original")
    with pytest.raises(FormInvalid):
        accept("reused", **OTHER)
    assert story.GROOM["id_number"] not in str(vars(row(office, first)))


def test_a_paper_found_false_serves_nobody(office, publish, accept):
    """Who needs it says so, with a reason; from then on it is not there and is not taken over."""
    publish()
    case_id, registrar = accept("original"), office.actor("zhangwei")
    with pytest.raises(ReasonNeeded), office.engine.begin(registrar) as work:
        cases.refute(work, case_id, "photo", "假")
    with pytest.raises(NotFound), office.engine.begin(office.actor("tangyan")) as work:
        cases.refute(work, case_id, "photo", "经核实系伪造")
    with office.engine.begin(registrar) as work:
        cases.refute(work, case_id, "photo", "经核实系伪造")
    found = row(office, case_id)
    assert (found.state, found.trust, found.expires_at) == ("refuted", None, None)
    assert told(office, case_id, EntryKind.MATERIAL_RECORDED)[-1]["reason"] == "经核实系伪造"
    with pytest.raises(FormInvalid):
        accept("reused", reason="同一张照片")


def test_scans_go_with_the_draft_and_are_read_by_those_who_need_them(office, publish, accept):
    """The window, and departments whose item needs the paper; each opening is in the ledger."""
    publish()
    case_id = accept("original", taken(office, name="<b>.jpg"))
    with office.engine.begin(office.actor("zhangwei")) as work:
        (scan,) = cases.paper(work, case_id, "photo").scans
        found, content = cases.scan(work, case_id, scan.id)
    assert (found.name, content) == ("<b>.jpg", office.engine.vault.read(scan.hash))
    for stranger in ("tangyan", "hejie", "pengbin", "hutao"):
        with pytest.raises(NotFound), office.engine.begin(office.actor(stranger)) as work:
            cases.scan(work, case_id, scan.id)
        with pytest.raises(NotFound), office.engine.begin(office.actor(stranger)) as work:
            cases.paper(work, case_id, "photo")
    assert told(office, case_id, EntryKind.MATERIAL_READ) == [{"material": "photo", "file": scan.id}]


def test_a_scan_of_another_case_is_not_found(office, publish, accept):
    """Who may read one case reads nothing of another through it."""
    publish()
    first, second = accept("original", taken(office)), accept("original", **OTHER)
    clerk = office.actor("wangfang")
    with office.engine.begin(clerk) as work:
        (scan,) = cases.paper(work, first, "photo").scans
    with pytest.raises(NotFound), office.engine.begin(clerk) as work:
        cases.scan(work, second, scan.id)


def test_only_the_window_hands_in(office, publish, accept):
    """A department reads; another window does not even know of the case."""
    publish(MUST)
    case_id = accept("tolerated")
    for login in ("zhangwei", "sunhui", "hutao", "liuqiang"):
        with pytest.raises(NotFound):
            hand_in(office, case_id, login=login)
        with pytest.raises(NotFound), office.engine.begin(office.actor(login)) as work:
            cases.attach(work, case_id, "photo", taken(office))
    hand_in(office, case_id, login="lina")
    with pytest.raises(FormInvalid):
        hand_in(office, case_id, "reused")
    with pytest.raises(FormInvalid):
        hand_in(office, case_id, "tolerated")


def test_more_pages_than_a_paper_may_have_are_refused(office, publish, accept):
    """The limit counts what is there already; nothing of the last upload is added."""
    publish()
    case_id, clerk = accept("original", taken(office, samples.pdf(2))), office.actor("wangfang")
    with pytest.raises(FormInvalid), office.engine.begin(clerk) as work:
        cases.attach(work, case_id, "photo", taken(office, samples.pdf(2)))
    with office.engine.begin(clerk) as work:
        cases.attach(work, case_id, "photo", taken(office))
        assert [s.pages for s in cases.paper(work, case_id, "photo").scans] == [2, 1]


def test_what_nobody_names_is_swept_and_nothing_else(office, publish, accept):
    """An upload that was broken off is gone a day later; what a row names stays, and so does what came just now."""
    publish()
    case_id = accept("original", taken(office))
    kept = taken(office)[0].hash
    lost, fresh = taken(office, samples.pdf())[0].hash, taken(office, samples.pdf(2))[0].hash
    for name in (kept, lost):
        os.utime(office.engine.vault.path(name), (0, 0))
    sweeps.tidy(office.engine)
    assert set(office.engine.vault.names()) == {kept, fresh}
    assert row(office, case_id).state == "original"


def test_a_discarded_draft_leaves_no_scan(office, publish, intake):
    """Its rows are gone, and with them the reason to keep the file."""
    publish()
    draft, _, _ = intake("original")
    clerk = office.actor("wangfang")
    with office.engine.begin(clerk) as work:
        drafts.attach(work, draft, "photo", taken(office))
        drafts.discard(work, draft)
    with office.engine.look(SYSTEM) as work:
        assert work.session.query(store.MaterialFile).count() == 0


def test_a_backup_has_the_scans_and_the_audit_misses_none(office, publish, accept, tmp_path, clock):
    """Restored they are there; a file that was changed or is missing is named, and no backup is made of it."""
    publish()
    accept("original", taken(office))
    engine = office.engine
    made = backup.take(engine.database, tmp_path / "b.zip", clock(), engine.vault)
    (name,) = made.files
    there = store.connect(f"sqlite:///{tmp_path / 'restored.db'}")
    vault = Vault(tmp_path / "restored")
    backup.restore(tmp_path / "b.zip", there, vault)
    assert vault.read(name) == engine.vault.read(name)
    there.dispose()
    with engine.look(SYSTEM) as work:
        assert list(audit.audit(work)) == []
    engine.vault.path(name).write_bytes(b"other")
    with engine.look(SYSTEM) as work:
        assert [d.zh for d in audit.audit(work)] == ["材料 photo 的扫描件缺失或被改动。"]
    with pytest.raises(Exception, match="missing or was changed"):
        backup.take(engine.database, tmp_path / "c.zip", clock(), engine.vault)
    assert not (tmp_path / "c.zip").exists()


def test_a_scan_taken_off_is_gone_from_the_draft_alone(office, publish, intake):
    """A wrong page is taken off before acceptance; that of another draft is not reached."""
    publish()
    first, other, clerk = intake("original")[0], intake("original")[0], office.actor("wangfang")
    for draft in (first, other):
        with office.engine.begin(clerk) as work:
            drafts.attach(work, draft, "photo", taken(office))
    with office.engine.look(clerk) as work:
        (scan,) = drafts.paper(work, first, "photo").scans
    with pytest.raises(NotFound), office.engine.begin(clerk) as work:
        drafts.detach(work, other, scan.id)
    with office.engine.begin(clerk) as work:
        assert drafts.detach(work, first, scan.id) == "photo"
    with office.engine.look(clerk) as work:
        assert drafts.paper(work, first, "photo").scans == ()
        assert len(drafts.paper(work, other, "photo").scans) == 1


def test_what_was_taken_over_serves_no_third_case(office, publish, accept):
    """Each later case goes back to what was seen; once that is found false, no copy of it goes on serving."""
    publish()
    first = accept("original")
    second = accept("reused", reason="同一张照片")
    with office.engine.begin(office.actor("zhangwei")) as work:
        cases.refute(work, first, "photo", "经核实系伪造")
    assert row(office, second).state == "reused"
    with pytest.raises(FormInvalid) as invalid:
        accept("reused", reason="同一张照片")
    assert refused(invalid) == {"papers.photo": MISSING_PAPER}


def test_a_paper_that_was_to_come_cannot_be_made_to_come_never(office, publish, accept):
    """Declaring it missing, or false once it came, does not open the way around it."""
    publish(MUST)
    case_id, registrar = accept("tolerated"), office.actor("zhangwei")
    with pytest.raises(FormInvalid):
        hand_in(office, case_id, "missing")
    hand_in(office, case_id)
    with office.engine.begin(registrar) as work:
        cases.refute(work, case_id, "photo", "经核实系伪造")
    story.decide(office.engine, registrar, "review_marriage")
    with pytest.raises(PapersOutstanding):
        story.decide(office.engine, registrar, "issue_marriage", **ISSUED)


def test_two_cases_that_use_a_bill_at_once_do_not_both_get_it(office, publish, intake):
    """The second waits for the first and is refused, even though it looked before the first was there."""
    publish()
    clerk, (first, answers, papers), (second, _, _) = office.actor("wangfang"), intake("original"), intake("original")
    gate, outcome = threading.Barrier(2), []

    def take(draft):
        gate.wait()
        try:
            with office.engine.begin(clerk) as work:
                drafts.accept(work, draft, answers, papers, page="p", revision=-1)
                time.sleep(0.2)
            outcome.append("accepted")
        except FormInvalid as invalid:
            outcome.append(invalid.errors[0].key)

    threads = [threading.Thread(target=take, args=(draft,)) for draft in (first, second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcome) == ["accepted", "papers.photo"]


def test_a_paper_put_back_is_what_it_was(office, publish, accept):
    """Whoever takes a paper away and puts it back loses nothing that was known of it."""
    publish(MUST)
    case_id = accept("tolerated")
    with office.engine.look(SYSTEM) as work:
        before = next(m for m in work.session.get_one(store.Case, case_id).materials if m.code == "photo")
        said = materials.kept(before)
        assert materials.kept(materials.again(said)) == said
        assert said.keys() | {"id", "case_id"} == {c.name for c in store.Material.__table__.columns}


def test_which_papers_were_brought(office, publish, accept):
    """What was handed in, or is still to come, somebody had to bring; what an earlier case had not."""
    publish(MUST)
    first = accept("original")
    second = accept("reused", reason="同一张照片")
    third = accept("tolerated", reason="同一张照片")
    with office.engine.look(SYSTEM) as work:
        rows = [work.session.get_one(store.Case, c).materials for c in (first, second, third)]
        assert [any(row.code == "photo" and materials.brought(row) for row in each) for each in rows] == [
            True,
            False,
            True,
        ]


def test_a_folder_nobody_names_is_left_alone(office, publish):
    """A database without any scan may be the wrong one: then nothing is swept."""
    publish()
    name = taken(office)[0].hash
    os.utime(office.engine.vault.path(name), (0, 0))
    sweeps.tidy(office.engine)
    assert set(office.engine.vault.names()) == {name}


def test_a_bill_used_before_is_seen_at_a_supplement(office, publish, accept, clock):
    """The page of the supplement asks for the reason, and without one nothing of it is stored."""
    publish()
    accept("copy")
    case_id, registrar, clerk = accept("copy", reason="同一张照片"), office.actor("zhangwei"), office.actor("wangfang")
    with office.engine.look(SYSTEM) as work:
        mine = next(t.id for t in work.session.get_one(store.Case, case_id).tasks if t.node == "review_marriage")
    story.submit(office.engine, registrar, mine, decision="supplement", missing="照片原件")
    said = {k.replace("__", "."): v for k, v in story.supplement(office.engine, clerk, "supplement_marriage").items()}
    task = story.waiting(office.engine, clerk)["supplement_marriage"]
    with office.engine.begin(clerk) as work:
        photo = next(p for p in tasks.view(work, task, {"papers.photo.reason": "已"}).papers if p.spec.code == "photo")
    assert (len(photo.used), photo.reason) == (1, "已")
    with pytest.raises(FormInvalid), office.engine.begin(clerk) as work:
        tasks.complete(work, task, said, papers={"photo": "original"}, key="a")
    assert row(office, case_id).state == "copy"
    with office.engine.begin(clerk) as work:
        tasks.complete(work, task, said, papers={"photo": "original", "photo.reason": "已核对原件"}, key="b")
    assert (row(office, case_id).state, row(office, case_id).trust) == ("original", "B")
