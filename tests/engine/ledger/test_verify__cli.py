"""`lianban ledger verify`: what it says, in both languages, and its status."""

import json
import sqlite3
from contextlib import closing

import pytest

from engine import cli, demo, worker
from engine.app import Engine
from engine.settings import Settings
from engine.work import SYSTEM
from engine.worker import sweeps
from tests import story


@pytest.fixture
def home(tmp_path, monkeypatch):
    """An installation of its own with a case in it."""
    monkeypatch.setenv("LIANBAN_DATA", str(tmp_path / "var"))
    monkeypatch.delenv("LIANBAN_DATABASE", raising=False)
    engine = Engine.open(Settings.from_environment())
    with engine.begin(SYSTEM) as work:
        demo.load(work)
    story.publish_family(engine)
    story.accepted(engine, story.person(engine, "wangfang"))
    assert worker.sweep(engine) == 0
    assert [sweeps.seal(engine), sweeps.seal(engine)] == [1, 0]
    return tmp_path


def run(capsys, *arguments):
    """Exit status and what was printed."""
    return cli.main(arguments), capsys.readouterr().out


def test_whole(home, capsys):
    """Status 0 and what was counted."""
    status, said = run(capsys, "ledger", "verify", "--json")
    assert status == 0
    counted = json.loads(said)
    assert (counted["cases"], counted["checkpoints"], counted["flaws"]) == (1, 1, 0)
    assert counted["entries"] > 5
    status, said = run(capsys, "ledger", "verify")
    assert (status, said.startswith("✔ 1 件"), home.exists()) == (0, True, True)


def test_changed(home, capsys):
    """Status 1; case, number, moment, kind and both languages in one line; a secret of another one is no way round."""
    with closing(sqlite3.connect(home / "var" / "lianban.db")) as direct, direct:
        direct.execute("UPDATE entry SET actor_name = '某某' WHERE seq = 2")
        number, at, kind = direct.execute(
            'SELECT number, at, kind FROM entry JOIN "case" ON id = case_id WHERE seq = 2'
        ).fetchone()
    for more in ((), ("--without-secret",)):
        status, said = run(capsys, "ledger", "verify", *more)
        assert status == 1
        assert said.startswith(f"✘ {number}  #2  {at}  {kind}  与前一条接不上")
        assert "It does not follow the one before it" in said


def test_a_backup_and_its_drill(home, capsys):
    """What is restored is verified too: a changed entry makes the drill fail, and is named."""
    assert run(capsys, "backup", str(home / "a.zip"))[0] == 0
    with closing(sqlite3.connect(home / "var" / "lianban.db")) as direct, direct:
        direct.execute("UPDATE entry SET seal = 'x' WHERE seq = 3")
    status, said = run(capsys, "backup", str(home / "b.zip"))
    assert (status, "#3" in said) == (1, True)
