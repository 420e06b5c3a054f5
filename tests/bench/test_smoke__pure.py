"""The benches that need no database run from end to end, and every bench has such a test."""

import json
from pathlib import Path

from tests.bench.conftest import BENCH


def test_every_bench_is_run_somewhere():
    """A new bench needs a test of its own."""
    here = "".join(path.read_text("utf-8") for path in Path(__file__).parent.glob("test_smoke__*.py"))
    beside = {"grow": "test_inbox_and_grow"}  # loaded by another bench
    benches = [path.stem for path in BENCH.glob("*.py")]
    assert len(benches) > 9
    assert [name for name in benches if f'load("{name}"' not in here and beside.get(name, "-") not in here] == []


def test_runtime(load, run):
    """What a command and a late step cost."""
    _, (line,) = run(load("runtime", CASES=1, EARLY=1, LATE=2, SPENT=2))
    assert line.keys() == {
        "command_ms_median", "command_ms_p95", "goal_ms", "step_ms_after_1", "step_ms_after_2", "ratio", "goal_ratio",
    }  # fmt: skip
    assert all(value > 0 for value in line.values())


def test_feel(load, monkeypatch, capsys):
    """One document: a row for each subject, what was missed, what was skipped."""
    bench = load("feel", _WARMING=1, _ROUNDS=1, _SECONDS=0, _LAB=Path("nowhere"))
    monkeypatch.setattr(bench.feelin, "find", lambda: None)
    monkeypatch.setattr("sys.argv", ["bench/feel.py", "--json"])
    assert bench.main() == 0
    told = json.loads(capsys.readouterr().out)
    assert told.keys() == {"python", "rows", "missed", "skipped"}
    assert [row["name"] for row in told["rows"]] == [subject.name for subject in bench.SUBJECTS]
    assert all(row[kind] > 0 for row in told["rows"] for kind in ("compiled", "cached", "cold"))
    monkeypatch.setattr("sys.argv", ["bench/feel.py"])
    assert bench.main() == 0
    assert "skipped feelin" in capsys.readouterr().out


def test_dmn(load, monkeypatch, capsys):
    """A table, and its cells one by one."""
    bench = load("dmn", RULES=3, INPUTS=None, _LAB=Path("nowhere"))
    monkeypatch.setattr(bench, "INPUTS", {"income": 2_500, "age": 45, "household": "r2", "resident": True})
    monkeypatch.setattr("sys.argv", ["bench/dmn.py"])
    assert bench.main() == 0
    first, second = capsys.readouterr().out.splitlines()
    assert first.startswith("table of 3 rules x 4 inputs: ")
    assert "ratio" in second


def test_hostile(load, monkeypatch, capsys):
    """The slowest and the largest of the battery."""
    bench = load("hostile")
    monkeypatch.setattr(bench, "BATTERY", dict(list(bench.BATTERY.items())[:2]))
    monkeypatch.setattr("sys.argv", ["bench/hostile.py", "--check"])
    assert bench.main() == 0
    said = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in said] == ["2", "slowest", "largest"]


def test_feelin(load, tmp_path, monkeypatch):
    """Node is asked once for all cases, and answers a line for each; here a node that knows everything."""
    bench = load("feelin")
    package = tmp_path / "node_modules" / "feelin" / "package.json"
    package.parent.mkdir(parents=True)
    package.write_text('{"version": "8.2.0"}')
    node = tmp_path / "node"
    node.write_text('#!/bin/sh\ncat > asked.json\nprintf \'{"value": 1, "microseconds": 2}\\n\'\n')
    node.chmod(0o755)
    monkeypatch.setattr(bench.shutil, "which", lambda _: str(node))
    monkeypatch.setattr(bench, "_PLACES", ("", str(tmp_path)))
    assert bench.find() == tmp_path
    assert bench.version(tmp_path) == "8.2.0"
    assert bench.answers(tmp_path, [("1", {})])[0]["value"] == 1
    assert bench.times(tmp_path, [("1", {})]) == [2.0]
    assert json.loads((tmp_path / "asked.json").read_text())["mode"] == "time"
    monkeypatch.setattr(bench.shutil, "which", lambda _: None)
    assert bench.find() is None


def test_feelin_differences(load, monkeypatch, capsys):
    """Every expression is compared; a difference nobody explains is an error, and without feelin nothing is."""
    bench = load("feelin_differences")
    monkeypatch.setattr(bench.feelin, "find", lambda: None)
    assert bench.main() == 0
    assert "skipped" in capsys.readouterr().out
    monkeypatch.setattr(bench.feelin, "find", lambda: Path("somewhere"))
    monkeypatch.setattr(bench, "_cases", lambda: [("1 + 1", {}), ("0.1 + 0.2", {}), ("2", {})])
    monkeypatch.setattr(
        bench.feelin, "answers", lambda *_: [{"value": 3}, {"value": 0.30000000000000004}, {"value": 2.0}]
    )
    assert bench.main() == 1
    assert capsys.readouterr().out.endswith("3 expressions, 2 differences, 1 not explained\n")
