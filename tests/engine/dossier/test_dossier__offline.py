"""The whole file of a case: exported with a reason, checked from the zip alone, and no byte of it can be otherwise."""

import hashlib
import io
import json
import zipfile
from dataclasses import replace

import pytest

from engine import cases, cli, dossier, ledger
from engine.errors import FileGone, NotFound, NotYours, ReasonNeeded
from engine.store import MaterialFile
from engine.vault import Vault
from engine.words import EntryKind
from engine.work import SYSTEM
from tests import story

SECRET = "of this installation"
PAPERS = {"cover.pdf": b"%PDF-1", "notices/ACP-1.pdf": b"%PDF-2"}


@pytest.fixture
def engine(engine, tmp_path):
    """An installation that keeps scans."""
    return replace(engine, vault=Vault(tmp_path / "files", SECRET))


@pytest.fixture
def case_id(city):
    """A case with a decision."""
    story.publish_family(city.engine)
    made = story.accepted(city.engine, city.actor("wangfang"))
    story.decide(city.engine, city.actor("zhangwei"), "review_marriage")
    scan = {"code": "marriage_photo", "position": 1, "kind": "jpeg", "bytes": 4, "pages": 1, "name": "照片.jpg"}
    with city.engine.begin(SYSTEM) as work:
        hash_ = work.vault.put(b"scan")
        work.session.add(MaterialFile(case_id=made, hash=hash_, added_at=work.now, added_by="wangfang", **scan))
    return made


def exported(city, case_id, path, reason="行政复议调卷"):
    with city.engine.begin(city.actor("yangmin")) as work:
        taken = dossier.take(work, case_id, reason)
    with path.open("wb") as file:
        dossier.bind(file, taken, PAPERS)
    return taken


def rebound(path, change):
    """The zip written anew, each file as `change` (name, content) gives it; None leaves it out."""
    with zipfile.ZipFile(path) as archive:
        old = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in old.items():
            if (new := change(name, content)) is not None:
                archive.writestr(name, new)
    return old


def test_an_export_is_whole(city, case_id, tmp_path):
    """With the secret everything fits, without it all but the seals; what it holds is what the case is."""
    path = tmp_path / "a.zip"
    taken = exported(city, case_id, path)
    blind = city.engine.vault.blind
    assert dossier.check(path, blind) == dossier.Verdict(
        taken.number, len(taken.texts) + len(PAPERS) + 2, len(taken.view.entries), keyed=True, wrong=()
    )
    assert dossier.check(path).wrong == ()
    assert "sealed with another secret" in dossier.check(path, Vault(secret="another").blind).wrong[-1][1]
    with zipfile.ZipFile(path) as archive:
        case = json.loads(archive.read("rows/case.json"))[0]
        tasks = json.loads(archive.read("rows/task.json"))
        named = {name: json.loads(archive.read(f"rows/{name}.json")) for name in ("item", "material", "notice")}
        (scan,) = [name for name in archive.namelist() if name.startswith("scans/")]
        assert archive.read(scan) == b"scan"
        assert scan == f"scans/{hashlib.sha256(b'scan').hexdigest()}.jpeg"
    assert all(row["code"] for rows in named.values() for row in rows), "which item, which paper, which notice"
    assert named["item"]
    assert named["material"]
    assert case["facts"]["groom"]["name"] == "李志远"
    assert {"process", "code", "revision"} & set(case) == set()
    assert "approved" in [(task["answers"] or {}).get("decision") for task in tasks]


def test_the_same_content_gives_the_same_bytes(city, case_id):
    """No clock and no system goes into the zip."""
    with city.engine.begin(city.actor("yangmin")) as work:
        taken = dossier.take(work, case_id, "行政复议调卷")
    first, second = io.BytesIO(), io.BytesIO()
    dossier.bind(first, taken, PAPERS)
    dossier.bind(second, taken, PAPERS)
    assert first.getvalue() == second.getvalue()


def test_a_scan_that_is_not_what_it_was(city, case_id):
    """It is no part of a file that says everything is as it was: nothing is exported."""
    with city.engine.begin(city.actor("yangmin")) as work:
        taken = dossier.take(work, case_id, "行政复议调卷")
    (hash_,) = taken.scans.values()
    city.engine.vault.path(hash_).write_bytes(b"other")
    with pytest.raises(FileGone):
        dossier.bind(io.BytesIO(), taken, PAPERS)


def test_its_ledger_says_so(city, case_id, tmp_path):
    """The export is the last entry, in the bundle as in the ledger, which stays whole."""
    exported(city, case_id, tmp_path / "a.zip")
    with city.engine.look(SYSTEM) as work:
        last = ledger.entries(work, case_id)[-1]
    assert (last.kind, last.facts) == (EntryKind.CASE_EXPORTED, {"reason": "行政复议调卷"})
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        assert json.loads(archive.read("ledger.json"))["entries"][-1]["kind"] == "case:exported"
    with city.engine.snapshot(SYSTEM) as work:
        assert not [one for one in ledger.verify(work) if one.flaw]


def test_every_file_is_bound(city, case_id, tmp_path):
    """Each file changed by a byte, left out or added is named; whoever mends the manifest lacks the seal."""
    path, blind = tmp_path / "a.zip", city.engine.vault.blind
    exported(city, case_id, path)
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
    for name in names:
        old = rebound(path, lambda n, c, name=name: bytes([c[0] ^ 1]) + c[1:] if n == name else c)
        wrong = dossier.check(path, blind).wrong
        assert wrong, name
        assert name.startswith("manifest") or name == "ledger.json" or name in wrong[0][1]
        rebound(path, lambda n, _, old=old: old[n])
        rebound(path, lambda n, c, name=name: None if n == name else c)
        assert dossier.check(path, blind).wrong, name
        with zipfile.ZipFile(path, "w") as archive:
            for each, content in old.items():
                archive.writestr(each, content)
    assert dossier.check(path, blind).wrong == ()
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("more.txt", "x")
    assert "more.txt" in dossier.check(path).wrong[0][1]


def test_an_entry_of_the_bundle_changed_with_its_hash(city, case_id, tmp_path):
    """The chain inside is followed by itself: a changed entry is named although the manifest was mended."""
    path = tmp_path / "a.zip"
    exported(city, case_id, path)

    def forge(name, content):
        return content.replace("周".encode(), "李".encode()) if name == "ledger.json" else content

    def late(name, content):
        return content.replace(b"task:completed", b"task:cancelled") if name == "ledger.json" else forge(name, content)

    rebound(path, late)
    assert [en for _, en in dossier.check(path).wrong if en.startswith("Entry ") and "task:cancelled" in en]


@pytest.mark.parametrize("content", [b"", b"PK", b"no zip at all"])
def test_what_is_no_bundle(tmp_path, content):
    """It is said in a sentence."""
    path = tmp_path / "a.zip"
    path.write_bytes(content)
    assert "no such file" in dossier.check(path).wrong[0][1]


def test_who_may(city, case_id):
    """Coordinator and auditor over the area; a clerk is refused, who may not read it finds nothing; with a reason."""
    for login, refusal in (("wangfang", NotYours), ("sunhui", NotYours), ("guoqin", NotFound)):
        with pytest.raises(refusal), city.engine.begin(city.actor(login)) as work:
            dossier.take(work, case_id, "行政复议调卷")
    with pytest.raises(ReasonNeeded), city.engine.begin(city.actor("hanxia")) as work:
        dossier.take(work, case_id, "要")
    with city.engine.begin(city.actor("hanxia")) as work:
        assert dossier.take(work, case_id, "审计抽查").by == city.actor("hanxia").name
        assert dossier.may_take(work, case_id)
    with city.engine.begin(city.actor("sunhui")) as work:
        cases.view(work, case_id)
        assert not dossier.may_take(work, case_id)


def test_the_verb(city, case_id, tmp_path, capsys):
    """`lianban ledger check` needs no installation and says what the seal would add; status 1 when changed."""
    path, secret = tmp_path / "a.zip", tmp_path / "secret"
    exported(city, case_id, path)
    secret.write_text(SECRET, "utf-8")
    assert cli.main(["ledger", "check", str(path)]) == 0
    assert "未验封印" in capsys.readouterr().out
    assert cli.main(["ledger", "check", str(path), "--secret", str(secret)]) == 0
    assert "封印相符" in capsys.readouterr().out
    rebound(path, lambda n, c: c + b" " if n == "cover.pdf" else c)
    assert cli.main(["ledger", "check", str(path), "--json"]) == 1
    assert "cover.pdf" in json.loads(capsys.readouterr().out)["en"]
