"""Backups: taken while people work, restored into either kind of database, never trusted unread."""

import json
import threading
import zipfile

import pytest
from sqlalchemy import text

from engine import audit, backup, cases, store
from engine.app import Engine
from engine.backup.take import tables
from engine.errors import BackupDamaged, NotEmpty
from engine.work import SYSTEM
from tests import story


@pytest.fixture
def url(database_url):
    """Taken from both databases."""
    return database_url


@pytest.fixture(params=["sqlite", "postgresql"])
def target(request, tmp_path):
    """An empty database of each kind to restore into, without any table."""
    if request.param == "sqlite":
        database = store.connect(f"sqlite:///{tmp_path / 'restored.db'}")
    else:
        cluster = request.getfixturevalue("cluster")
        database = store.connect(cluster.empty())
    yield database
    database.dispose()


def busy(city):
    """A city with a case in which something was decided."""
    story.publish_family(city.engine)
    case_id = story.accepted(city.engine, city.actor("wangfang"), groom__name="㼆𠅤")
    story.decide(city.engine, city.actor("zhangwei"), "review_marriage")
    return case_id


def everything(database):
    """All rows of a database, as a backup writes them."""
    with database.connect() as connection:
        return {
            table.name: sorted(str(backup.values.written(v)) for row in connection.execute(table.select()) for v in row)
            for table in tables(connection)
        }


def test_a_restored_installation_goes_on(city, target, tmp_path, clock):
    """Every row is there in the other database, rows and states agree, and the case can be worked on at once."""
    case_id = busy(city)
    made = backup.take(city.engine.database, tmp_path / "b.zip", clock())
    assert backup.restore(tmp_path / "b.zip", target).taken_at == made.taken_at
    assert everything(target) == everything(city.engine.database)
    restored = Engine(target, clock, "test")
    with restored.look(SYSTEM) as work:
        assert list(audit.audit(work)) == []
    certificate = {"certificate_number": "J330802-2026-000101", "registered_on": "2026-11-23", "registrar": "郑明理"}
    story.decide(restored, city.actor("zhangwei"), "issue_marriage", **certificate, groom_copy="1", bride_copy="2")
    with restored.begin(city.actor("wangfang")) as work:
        assert cases.view(work, case_id).items[0].outcome == "approved"


def test_a_backup_is_one_instant(city, tmp_path, clock):
    """While others write, the backup is consistent: no case without its items, tasks and ledger."""
    busy(city)
    stop = threading.Event()

    def write():
        while not stop.is_set():
            story.accepted(city.engine, city.actor("wangfang"))

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(3):
            backup.take(city.engine.database, tmp_path / f"{number}.zip", clock())
    finally:
        stop.set()
        writer.join()
    for number in range(3):
        database = store.connect(f"sqlite:///{tmp_path / f'{number}.db'}")
        backup.restore(tmp_path / f"{number}.zip", database)
        with Engine(database, clock, "test").look(SYSTEM) as work:
            assert list(audit.audit(work)) == []
        database.dispose()


def test_nothing_is_overwritten(city, tmp_path, clock):
    """A database with rows is left alone."""
    busy(city)
    backup.take(city.engine.database, tmp_path / "b.zip", clock())
    before = everything(city.engine.database)
    with pytest.raises(NotEmpty):
        backup.restore(tmp_path / "b.zip", city.engine.database)
    assert everything(city.engine.database) == before


def test_a_backup_is_its_owners(city, tmp_path, clock):
    """The file holds personal data: nobody else on the machine may read it, and no half of one keeps its name."""
    backup.take(city.engine.database, tmp_path / "b.zip", clock())
    assert (tmp_path / "b.zip").stat().st_mode & 0o777 == 0o600
    assert [p.name for p in tmp_path.iterdir() if "unfinished" in p.name] == []


def changed(path, name, change):
    """The same zip with one member changed or replaced; None leaves it out."""
    with zipfile.ZipFile(path) as old:
        members = {info.filename: old.read(info) for info in old.infolist()}
    members[name] = change(members[name]) if callable(change) else change
    with zipfile.ZipFile(path, "w") as new:
        for member, content in members.items():
            if content is not None:
                new.writestr(member, content)


def newer(manifest, **what):
    return json.dumps({**json.loads(manifest), **what}).encode()


@pytest.mark.parametrize(
    ("member", "change"),
    [
        ("tables/case.jsonl", lambda text: text.replace("㼆".encode(), "某".encode(), 1)),
        ("tables/case.jsonl", lambda text: text + text),
        ("tables/case.jsonl", b""),
        ("tables/case.jsonl", None),
        ("tables/task.jsonl", b"not json\n"),
        ("manifest.json", None),
        ("manifest.json", b"[]"),
        ("manifest.json", lambda text: newer(text, format=99)),
        ("manifest.json", lambda text: newer(text, schema="9999")),
    ],
)
def test_a_damaged_backup_is_refused(city, tmp_path, clock, member, change):
    """One changed byte, a missing table, a newer program: nothing is restored, and a sentence says why."""
    busy(city)
    path = tmp_path / "b.zip"
    backup.take(city.engine.database, path, clock())
    changed(path, member, change)
    database = store.connect(f"sqlite:///{tmp_path / 'restored.db'}")
    with pytest.raises(BackupDamaged):
        backup.restore(path, database)
    with database.connect() as connection:
        assert not any(connection.scalar(text(f'SELECT count(*) FROM "{t.name}"')) for t in tables(connection))
    database.dispose()


def test_what_is_no_backup_is_refused(tmp_path):
    """A text, an empty file, a folder, nothing."""
    (tmp_path / "text").write_text("hello")
    (tmp_path / "empty").touch()
    for name in ("text", "empty", "missing", "."):
        with pytest.raises(BackupDamaged):
            backup.verify(tmp_path / name)
